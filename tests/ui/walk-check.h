/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks at what is shown, as a reader of the pseudo-locale does: every text must have come through gettext, and none
 * may be cut off. What comes from outside (names, addresses, comments) is neither: it is told beforehand. */
typedef struct _WalkCheck WalkCheck;

/* is_pseudo: whether the texts are accented, so that those show which did not go through gettext */
WalkCheck *walk_check_new (gboolean is_pseudo);
void walk_check_free (WalkCheck *check);
/* A text from outside; NULL: nothing. */
void walk_check_add_data (WalkCheck *check, const char *text);
/* All that a widget of a library says by itself, which is not ours to translate. */
void walk_check_add_library (WalkCheck *check, GtkWidget *widget);
/* Reports, as failures of the running test, what is wrong with a widget and all that is shown in it. */
void walk_check_widget (WalkCheck *check, GtkWidget *widget, const char *page);
/* The same of a text that is not in a widget. */
void walk_check_text (WalkCheck *check, const char *text, const char *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WalkCheck, walk_check_free)

G_END_DECLS
