/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-browser-sign-in.h"

G_BEGIN_DECLS

/* What a person sees while the browser signs in: how to get there again, or from another computer.
 *
 * Signals: ::try-again: the person wants another try, after it failed. */
#define LINKAGE_TYPE_SIGN_IN_PAGE (linkage_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageSignInPage, linkage_sign_in_page, LINKAGE, SIGN_IN_PAGE, GtkBox)

void linkage_sign_in_page_begin (LinkageSignInPage *self, LinkageBrowserSignIn *browser);
void linkage_sign_in_page_prepare (LinkageSignInPage *self);
void linkage_sign_in_page_end (LinkageSignInPage *self, const char *error);

G_END_DECLS
