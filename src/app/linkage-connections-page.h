/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CONNECTIONS_PAGE (linkage_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (LinkageConnectionsPage, linkage_connections_page, LINKAGE, CONNECTIONS_PAGE, GtkWidget)

void linkage_connections_page_set_settings (LinkageConnectionsPage *self, GSettings *settings);
void linkage_connections_page_set_account (LinkageConnectionsPage *self, LinkageAccount *account);
LinkageConnectionList *
linkage_connections_page_get_list (LinkageConnectionsPage *self); /* (transfer none) (nullable) */
void linkage_connections_page_show_connection (LinkageConnectionsPage *self, const char *connection_id);
void linkage_connections_page_set_narrow (LinkageConnectionsPage *self, gboolean narrow);
void linkage_connections_page_refresh (LinkageConnectionsPage *self);
void linkage_connections_page_update_footer (LinkageConnectionsPage *self);
void linkage_connections_page_count_searches (LinkageConnectionsPage *self);
void linkage_connections_page_widen_column (LinkageConnectionsPage *self, const char *name, int pixels);
void linkage_connections_page_reset_columns (LinkageConnectionsPage *self);

G_END_DECLS
