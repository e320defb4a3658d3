/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-connection-row.h"
#include "linkage-order.h"
#include "linkage-store.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_SORT_NONE, /* the order in which rows came */
  LINKAGE_SORT_CUSTOMER,
  LINKAGE_SORT_ACTIONS,
  LINKAGE_SORT_STATUS,
  LINKAGE_SORT_EMAIL,
  LINKAGE_SORT_DATE,
  LINKAGE_SORT_COMMENTS,
} LinkageSort;

#define LINKAGE_TYPE_CONNECTION_LIST (linkage_connection_list_get_type ())
G_DECLARE_FINAL_TYPE (LinkageConnectionList, linkage_connection_list, LINKAGE, CONNECTION_LIST, GObject)

/* A GListModel of LinkageConnectionRow over a store. It owns the order (row ids) and makes rows on demand.
 *
 * Properties: n-items, loading (no order yet), n-unfiltered, error (GError, nullable)
 * Signals: ::order-replacing, ::order-replaced — around the one turn in which a new sort or filter, or more changes
 * at once than are worth telling one by one, takes the whole list out and puts another in, for who keeps focus,
 * selection and scroll position by id.
 */
LinkageConnectionList *linkage_connection_list_new (LinkageStore *store);
void linkage_connection_list_set_sort (LinkageConnectionList *self, LinkageSort sort, gboolean descending);
void linkage_connection_list_set_filter (LinkageConnectionList *self, const char *text);
const char *linkage_connection_list_get_filter (LinkageConnectionList *self);
gboolean linkage_connection_list_get_loading (LinkageConnectionList *self);
guint linkage_connection_list_get_n_unfiltered (LinkageConnectionList *self);
const GError *linkage_connection_list_get_error (LinkageConnectionList *self);
/* Reads the order again, after an error. */
void linkage_connection_list_reload (LinkageConnectionList *self);
/* Never makes a row object. 0: no such position */
gint64 linkage_connection_list_get_row_id (LinkageConnectionList *self, guint position);
gboolean linkage_connection_list_find (LinkageConnectionList *self, gint64 row_id, guint *position);
/* Reads one row's id. 0: no such connection, filtered or not */
gint64 linkage_connection_list_get_row_id_of (LinkageConnectionList *self, const char *connection_id);
/* (transfer full) (nullable): the row of a connection, filtered or not */
LinkageConnectionRow *linkage_connection_list_get_row (LinkageConnectionList *self, const char *connection_id);
/* (transfer full): all ids as they are now, shared and not copied: what a selection of all rows holds on to. */
LinkageOrder *linkage_connection_list_ref_order (LinkageConnectionList *self);

G_END_DECLS
