/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ENTRIES_EDITOR (linkage_entries_editor_get_type ())
G_DECLARE_FINAL_TYPE (LinkageEntriesEditor, linkage_entries_editor, LINKAGE, ENTRIES_EDITOR, GtkWidget)

/* A customer list that is typed or pasted, with what is understood of it beneath.
 * Signals: ::closed () — it was saved, or the person does not want to. */
void linkage_entries_editor_begin (LinkageEntriesEditor *self,
                                   LinkageCompanionAccount *account,
                                   const LinkageConnection *connection);

G_END_DECLS
