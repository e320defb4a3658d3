/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LINKAGE_TYPE_CHECK_ENTRY (linkage_check_entry_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCheckEntry, linkage_check_entry, LINKAGE, CHECK_ENTRY, GtkWidget)

/* Where names are typed, pasted, or read from a file, one per line. Activates page.check. */
/* (transfer full) (array zero-terminated=1) (nullable): null: it says itself what is wrong */
GStrv linkage_check_entry_collect (LinkageCheckEntry *self, guint *n_repeated);
void linkage_check_entry_show_error (LinkageCheckEntry *self, const GError *error);

G_END_DECLS
