/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-cell.h"

typedef struct
{
  LinkageConnectionRow *row; /* (owned) (nullable): while bound */
  LinkageAccount *account;   /* (owned) (nullable): while bound */
  gulong changed_id;
  gboolean narrow;
} LinkageCellPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LinkageCell, linkage_cell, GTK_TYPE_WIDGET)

static void
row_changed_cb (LinkageConnectionRow *row, gpointer user_data)
{
  linkage_cell_update (LINKAGE_CELL (user_data));
}

static void
linkage_cell_dispose (GObject *object)
{
  LinkageCell *self = LINKAGE_CELL (object);
  GtkWidget *child;

  linkage_cell_unbind (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_cell_parent_class)->dispose (object);
}

static void
linkage_cell_class_init (LinkageCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
linkage_cell_init (LinkageCell *self)
{
}

/**
 * linkage_cell_bind:
 * @self: a #LinkageCell that is not bound
 * @row: the row to show
 * @account: the account that the row is of
 * @narrow: whether the table has its two columns
 *
 * Shows a row, and from now on what becomes of it.
 */
void
linkage_cell_bind (LinkageCell *self, LinkageConnectionRow *row, LinkageAccount *account, gboolean narrow)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_if_fail (LINKAGE_IS_CELL (self));
  g_return_if_fail (LINKAGE_IS_CONNECTION_ROW (row));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (priv->row == NULL);

  priv->row = g_object_ref (row);
  priv->account = g_object_ref (account);
  priv->narrow = narrow;
  priv->changed_id = g_signal_connect (row, "changed", G_CALLBACK (row_changed_cb), self);
  linkage_cell_update (self);
}

/**
 * linkage_cell_unbind:
 * @self: a #LinkageCell
 *
 * Lets go of the row. What was shown stays until the next one is bound.
 */
void
linkage_cell_unbind (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_if_fail (LINKAGE_IS_CELL (self));

  if (priv->row != NULL)
    g_clear_signal_handler (&priv->changed_id, priv->row);
  g_clear_object (&priv->row);
  g_clear_object (&priv->account);
}

/**
 * linkage_cell_update:
 * @self: a #LinkageCell
 *
 * Shows the row anew: for what changes with the time, the width and the account's state.
 */
void
linkage_cell_update (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_if_fail (LINKAGE_IS_CELL (self));

  if (priv->row != NULL)
    LINKAGE_CELL_GET_CLASS (self)->update (self);
}

/**
 * linkage_cell_set_narrow:
 * @self: a #LinkageCell
 * @narrow: whether the table has its two columns
 *
 * Changes between the wide and the narrow shape.
 */
void
linkage_cell_set_narrow (LinkageCell *self, gboolean narrow)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_if_fail (LINKAGE_IS_CELL (self));

  if (priv->narrow == narrow)
    return;

  priv->narrow = narrow;
  linkage_cell_update (self);
}

/**
 * linkage_cell_get_narrow:
 * @self: a #LinkageCell
 *
 * Gets the shape.
 *
 * Returns: whether the table has its two columns
 */
gboolean
linkage_cell_get_narrow (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_val_if_fail (LINKAGE_IS_CELL (self), FALSE);

  return priv->narrow;
}

/**
 * linkage_cell_get_row:
 * @self: a #LinkageCell
 *
 * Gets the row that is shown.
 *
 * Returns: (transfer none) (nullable): the row, %NULL while nothing is bound
 */
LinkageConnectionRow *
linkage_cell_get_row (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_val_if_fail (LINKAGE_IS_CELL (self), NULL);

  return priv->row;
}

/**
 * linkage_cell_get_connection:
 * @self: a #LinkageCell
 *
 * Gets the connection that is shown.
 *
 * Returns: (transfer none) (nullable): the connection, %NULL while nothing is bound
 */
LinkageConnection *
linkage_cell_get_connection (LinkageCell *self)
{
  LinkageConnectionRow *row = linkage_cell_get_row (self);

  return row != NULL ? linkage_connection_row_get_connection (row) : NULL;
}

/**
 * linkage_cell_get_operation:
 * @self: a #LinkageCell
 *
 * Gets what waits in the outbox for the row that is shown.
 *
 * Returns: (transfer none) (nullable): the operation
 */
LinkageOperation *
linkage_cell_get_operation (LinkageCell *self)
{
  LinkageConnectionRow *row = linkage_cell_get_row (self);

  return row != NULL ? linkage_connection_row_get_operation (row) : NULL;
}

/**
 * linkage_cell_get_account_state:
 * @self: a #LinkageCell that is bound
 *
 * Gets the state of the account that the row is of.
 *
 * Returns: the state
 */
LinkageAccountState
linkage_cell_get_account_state (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_val_if_fail (LINKAGE_IS_CELL (self), LINKAGE_ACCOUNT_STATE_STARTING);
  g_return_val_if_fail (priv->account != NULL, LINKAGE_ACCOUNT_STATE_STARTING);

  return linkage_account_get_state (priv->account);
}

/**
 * linkage_cell_get_features:
 * @self: a #LinkageCell that is bound
 *
 * Gets what the account can do that the row is of.
 *
 * Returns: the features
 */
LinkageAccountFeatures
linkage_cell_get_features (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_val_if_fail (LINKAGE_IS_CELL (self), LINKAGE_ACCOUNT_FEATURES_NONE);
  g_return_val_if_fail (priv->account != NULL, LINKAGE_ACCOUNT_FEATURES_NONE);

  return linkage_account_get_features (priv->account);
}

/**
 * linkage_cell_get_now:
 * @self: a #LinkageCell that is bound
 *
 * Gets the time by which days are counted.
 *
 * Returns: Unix seconds, by the portal's clock
 */
gint64
linkage_cell_get_now (LinkageCell *self)
{
  LinkageCellPrivate *priv = linkage_cell_get_instance_private (self);

  g_return_val_if_fail (LINKAGE_IS_CELL (self), 0);
  g_return_val_if_fail (priv->account != NULL, 0);

  return linkage_account_get_now (priv->account);
}
