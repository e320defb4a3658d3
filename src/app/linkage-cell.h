/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_CELL (linkage_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (LinkageCell, linkage_cell, LINKAGE, CELL, GtkWidget)

/* A cell of the table: shows one row of the list while it is bound.
 *
 * update: shows the row as it is now. Only called while the cell is bound. */
struct _LinkageCellClass
{
  GtkWidgetClass parent_class;

  void (*update) (LinkageCell *self);
};

void linkage_cell_bind (LinkageCell *self, LinkageConnectionRow *row, LinkageAccount *account, gboolean narrow);
void linkage_cell_unbind (LinkageCell *self);
void linkage_cell_update (LinkageCell *self);
void linkage_cell_set_narrow (LinkageCell *self, gboolean narrow);
gboolean linkage_cell_get_narrow (LinkageCell *self);
LinkageConnectionRow *linkage_cell_get_row (LinkageCell *self);     /* (transfer none) (nullable) */
LinkageConnection *linkage_cell_get_connection (LinkageCell *self); /* (transfer none) (nullable) */
LinkageOperation *linkage_cell_get_operation (LinkageCell *self);   /* (transfer none) (nullable) */
LinkageAccountState linkage_cell_get_account_state (LinkageCell *self);
LinkageAccountFeatures linkage_cell_get_features (LinkageCell *self);
gint64 linkage_cell_get_now (LinkageCell *self);

G_END_DECLS
