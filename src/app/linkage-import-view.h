/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_IMPORT_VIEW (linkage_import_view_get_type ())
G_DECLARE_FINAL_TYPE (LinkageImportView, linkage_import_view, LINKAGE, IMPORT_VIEW, GtkWidget)

/* What a person brought, on its way into an account: it is read, shown as what would change, corrected, and saved.
 *
 * Properties: title, dialog-width.
 * Signals: ::closed () — the person is done with it;
 *  ::open-page () — the person wants to copy from the portal's page;
 *  ::open-file () — the person wants to open another file in place of the one that did not do;
 *  ::imported (guint) — so many rows were saved. */
GtkWidget *linkage_import_view_new (LinkageCompanionAccount *account, gboolean in_window);
void linkage_import_view_paste (LinkageImportView *self);
void linkage_import_view_drop (LinkageImportView *self, GdkDrop *drop);
void linkage_import_view_open (LinkageImportView *self, GFile *file);

G_END_DECLS
