/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A human verification on its way, between who passes it and who shows it. Main thread only.
 *
 * Properties: fraction (double): how far a proof of work is; page (string, nullable): what a browser has to open, once
 * it is known. Signals: ::check-asked (): the person says that it is done; ::not-yet (): the portal, asked because of
 * that, does not say so. */
#define LINKAGE_TYPE_VERIFICATION (linkage_verification_get_type ())
G_DECLARE_FINAL_TYPE (LinkageVerification, linkage_verification, LINKAGE, VERIFICATION, GObject)

LinkageVerification *linkage_verification_new (void);
double linkage_verification_get_fraction (LinkageVerification *self);
const char *linkage_verification_get_page (LinkageVerification *self);     /* (nullable) */
const char *linkage_verification_get_provider (LinkageVerification *self); /* (nullable): known with the page */
void linkage_verification_check (LinkageVerification *self);

/* For who passes it. */
void linkage_verification_set_fraction (LinkageVerification *self, double fraction);
void linkage_verification_set_page (LinkageVerification *self, const char *provider, const char *page);
void linkage_verification_note_not_yet (LinkageVerification *self);

G_END_DECLS
