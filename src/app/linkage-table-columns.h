/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-connection-list.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_TABLE_COLUMNS (linkage_table_columns_get_type ())
G_DECLARE_FINAL_TYPE (LinkageTableColumns, linkage_table_columns, LINKAGE, TABLE_COLUMNS, GObject)

LinkageTableColumns *linkage_table_columns_new (GtkColumnView *view, GSettings *settings);
void linkage_table_columns_add (LinkageTableColumns *self, LinkageSort id, GtkListItemFactory *factory);
void linkage_table_columns_restore (LinkageTableColumns *self);
void linkage_table_columns_reset (LinkageTableColumns *self);
void linkage_table_columns_set_narrow (LinkageTableColumns *self, gboolean narrow);
void linkage_table_columns_widen (LinkageTableColumns *self, const char *name, int pixels);

G_END_DECLS
