/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-connection-list.h"

G_BEGIN_DECLS

/* A GtkSelectionModel over the ids of a list's rows: what is selected stays selected when rows move, and under another
 * sort or filter. Neither selecting all rows nor asking what is selected makes a row object. */
#define LINKAGE_TYPE_CONNECTION_SELECTION (linkage_connection_selection_get_type ())
G_DECLARE_FINAL_TYPE (LinkageConnectionSelection, linkage_connection_selection, LINKAGE, CONNECTION_SELECTION, GObject)

LinkageConnectionSelection *linkage_connection_selection_new (LinkageConnectionList *list);
gboolean linkage_connection_selection_is_row_selected (LinkageConnectionSelection *self, gint64 row_id);

G_END_DECLS
