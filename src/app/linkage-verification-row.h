/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_VERIFICATION_ROW (linkage_verification_row_get_type ())
G_DECLARE_FINAL_TYPE (LinkageVerificationRow, linkage_verification_row, LINKAGE, VERIFICATION_ROW, GtkWidget)

/* The human verification of one request: Verify, progress with Cancel, Verified; or in a browser: Open Browser, a wait
 * that ends by itself, Verified.
 *
 * Properties: session (string, nullable): the passed session's id; title (string): what it is called: by its name only
 * where that provider runs */
void linkage_verification_row_set_action (LinkageVerificationRow *self,
                                          LinkageAccount *account,
                                          LinkageActions action,
                                          const char *customer_id);
const char *linkage_verification_row_get_session (LinkageVerificationRow *self);
/* What was passed does not count any more: says why and offers to verify again. */
void linkage_verification_row_reset (LinkageVerificationRow *self, const char *reason);

G_END_DECLS
