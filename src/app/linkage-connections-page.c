/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-connections-page.h"

#include <glib/gi18n.h>

#include "linkage-actions-cell.h"
#include "linkage-cell-utils.h"
#include "linkage-connection-selection.h"
#include "linkage-customer-cell.h"
#include "linkage-customer-hover.h"
#include "linkage-footer.h"
#include "linkage-reason-popover.h"
#include "linkage-row-menu.h"
#include "linkage-status-cell.h"
#include "linkage-status-text.h"
#include "linkage-table-columns.h"
#include "linkage-text-cell.h"

struct _LinkageConnectionsPage
{
  GtkWidget parent_instance;

  GSettings *settings;          /* (owned) */
  LinkageAccount *account;      /* (owned) (nullable) */
  LinkageConnectionList *list;  /* (owned) (nullable): while there is an account */
  LinkageTableColumns *columns; /* (owned) */
  LinkageCustomerHover *hover;  /* (owned) */
  LinkageRowMenu *row_menu;     /* (owned) */
  GHashTable *cells;            /* (owned) (element-type LinkageCell): those that are bound; not owned */
  GtkWidget *reason;            /* (unowned) child: a popover */
  double scroll_value;          /* while the list is replaced */
  gint64 focused_row;           /* likewise; 0: none */
  gint64 wanted_row;            /* to be selected as soon as it is in the list; 0: none */
  gboolean narrow;
  gboolean enter_pressed; /* a row is being activated by the keyboard */

  GtkScrolledWindow *scroller; /* (unowned) template child */
  GtkColumnView *view;         /* (unowned) template child */
  LinkageFooter *footer;       /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageConnectionsPage, linkage_connections_page, GTK_TYPE_WIDGET)

static void
update_cells (LinkageConnectionsPage *self)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    linkage_cell_update (LINKAGE_CELL (cell));
}

static GtkWidget *
find_cell (LinkageConnectionsPage *self, GType type, const char *connection_id)
{
  GHashTableIter iter;
  gpointer cell;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      LinkageConnection *connection = linkage_cell_get_connection (LINKAGE_CELL (cell));

      if (G_TYPE_CHECK_INSTANCE_TYPE (cell, type) && g_str_equal (connection->id, connection_id))
        return GTK_WIDGET (cell);
    }

  return NULL;
}

/* The part of a row that has the focus, else the whole row's action: what a popover points at. */
static GtkWidget *
find_anchor (LinkageConnectionsPage *self, const char *connection_id)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *cell = focus != NULL ? gtk_widget_get_ancestor (focus, LINKAGE_TYPE_CELL) : NULL;

  if (cell != NULL && g_hash_table_contains (self->cells, cell) &&
      g_str_equal (linkage_cell_get_connection (LINKAGE_CELL (cell))->id, connection_id))
    return focus;

  return find_cell (self, LINKAGE_TYPE_ACTIONS_CELL, connection_id);
}

static void
show_customers (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (widget);
  GtkWidget *cell = find_cell (self, LINKAGE_TYPE_CUSTOMER_CELL, g_variant_get_string (parameter, NULL));
  GtkWidget *link = cell != NULL ? linkage_customer_cell_get_link (LINKAGE_CUSTOMER_CELL (cell)) : NULL;

  if (link != NULL)
    linkage_customer_hover_open (self->hover, link);
}

static void
show_reason (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  GtkWidget *anchor = find_anchor (self, id);
  GtkWidget *cell = find_cell (self, LINKAGE_TYPE_CUSTOMER_CELL, id);
  g_autoptr (LinkageAccountInfo) info = NULL;
  graphene_rect_t bounds;
  GdkRectangle area;

  if (anchor == NULL || cell == NULL || !gtk_widget_compute_bounds (anchor, widget, &bounds))
    return;

  area = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height };
  info = linkage_account_get_info (self->account);
  linkage_reason_popover_set_connection (LINKAGE_REASON_POPOVER (self->reason),
                                         linkage_cell_get_connection (LINKAGE_CELL (cell)),
                                         linkage_account_get_now (self->account), info);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->reason), &area);
  gtk_popover_popup (GTK_POPOVER (self->reason));
}

/* What Enter does on a row: what its button does. A double click never sends anything. */
static const char *
get_row_action (LinkageConnectionsPage *self, LinkageConnection *connection, LinkageOperation *operation)
{
  if (operation != NULL)
    return NULL;
  if (self->enter_pressed && (connection->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    return "win.connect";
  if (self->enter_pressed && (connection->actions & LINKAGE_ACTIONS_RESEND) != 0)
    return "win.send-again";
  if (connection->status == LINKAGE_STATUS_APPROVED)
    return "table.show-customers";
  if (linkage_status_text_get_refusal (connection, linkage_account_get_now (self->account)) != LINKAGE_REFUSAL_NONE)
    return "table.show-reason";

  return "win.details";
}

static void
row_activated_cb (GtkColumnView *view, guint position, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);
  g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);
  LinkageConnection *connection;
  const char *action;

  if (row == NULL)
    return;

  connection = linkage_connection_row_get_connection (row);
  action = get_row_action (self, connection, linkage_connection_row_get_operation (row));
  if (action != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), action, "s", connection->id);
}

static gboolean
view_key_pressed_cb (GtkEventControllerKey *controller,
                     guint keyval,
                     guint keycode,
                     GdkModifierType state,
                     gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);

  self->enter_pressed = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  return GDK_EVENT_PROPAGATE;
}

static void
view_key_released_cb (GtkEventControllerKey *controller,
                      guint keyval,
                      guint keycode,
                      GdkModifierType state,
                      gpointer user_data)
{
  LINKAGE_CONNECTIONS_PAGE (user_data)->enter_pressed = FALSE;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *cell;

  switch ((LinkageSort)GPOINTER_TO_UINT (user_data))
    {
    case LINKAGE_SORT_CUSTOMER:
      cell = linkage_customer_cell_new ();
      break;
    case LINKAGE_SORT_ACTIONS:
      cell = linkage_actions_cell_new ();
      break;
    case LINKAGE_SORT_STATUS:
      cell = linkage_status_cell_new ();
      break;
    case LINKAGE_SORT_EMAIL:
      cell = linkage_text_cell_new (LINKAGE_TEXT_CELL_EMAIL);
      break;
    case LINKAGE_SORT_DATE:
      cell = linkage_text_cell_new (LINKAGE_TEXT_CELL_DATE);
      break;
    case LINKAGE_SORT_COMMENTS:
      cell = linkage_text_cell_new (LINKAGE_TEXT_CELL_COMMENT);
      break;
    case LINKAGE_SORT_NONE:
    default:
      g_assert_not_reached ();
    }

  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);
  LinkageCell *cell = LINKAGE_CELL (gtk_list_item_get_child (item));

  linkage_cell_bind (cell, LINKAGE_CONNECTION_ROW (gtk_list_item_get_item (item)), self->account, self->narrow);
  g_hash_table_add (self->cells, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);
  LinkageCell *cell = LINKAGE_CELL (gtk_list_item_get_child (item));

  g_hash_table_remove (self->cells, cell);
  linkage_cell_unbind (cell);
}

/* Who goes through what can take the focus would meet the row of titles, which cannot, and a list without a name. */
static void
name_parts (LinkageConnectionsPage *self)
{
  GtkWidget *titles = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *rows = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  gtk_widget_set_focusable (titles, FALSE);
  linkage_cell_utils_set_label (rows, _ ("Connection requests"));
}

/* The factories are owned by the view's columns, which do not outlive the page. */
static void
add_columns (LinkageConnectionsPage *self)
{
  self->columns = linkage_table_columns_new (self->view, self->settings);
  for (guint id = LINKAGE_SORT_CUSTOMER; id <= LINKAGE_SORT_COMMENTS; id++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (id));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
      g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
      linkage_table_columns_add (self->columns, (LinkageSort)id, factory);
    }
  linkage_table_columns_restore (self->columns);
}

static void
apply_sort (LinkageConnectionsPage *self)
{
  if (self->list != NULL)
    linkage_connection_list_set_sort (self->list, (LinkageSort)g_settings_get_enum (self->settings, "sort-column"),
                                      g_settings_get_boolean (self->settings, "sort-descending"));
}

static void
sort_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  apply_sort (LINKAGE_CONNECTIONS_PAGE (user_data));
}

/* The id of the row that has the focus, or whose button has it; 0: none. */
static gint64
find_focused_row (LinkageConnectionsPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GHashTableIter iter;
  gpointer cell;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return 0;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    {
      if (gtk_widget_is_ancestor (cell, focus) || gtk_widget_is_ancestor (focus, cell))
        return linkage_connection_row_get_row_id (linkage_cell_get_row (LINKAGE_CELL (cell)));
    }

  return 0;
}

/* GTK 4.8 only offers the action with which its own rows bring themselves into sight; the focus follows it. */
static void
focus_row (LinkageConnectionsPage *self, guint position)
{
  GtkWidget *rows = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  gtk_widget_activate_action (rows, "list.scroll-to-item", "u", position);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_wanted_row (LinkageConnectionsPage *self)
{
  guint position;

  if (self->wanted_row == 0 || !linkage_connection_list_find (self->list, self->wanted_row, &position))
    return;

  self->wanted_row = 0;
  gtk_selection_model_select_item (gtk_column_view_get_model (self->view), position, TRUE);
  focus_row (self, position);
}

static void
order_replacing_cb (LinkageConnectionList *list, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);

  self->focused_row = find_focused_row (self);
  self->scroll_value = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller));
}

static void
order_replaced_cb (LinkageConnectionList *list, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);
  guint position;

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), self->scroll_value);
  if (self->focused_row != 0 && linkage_connection_list_find (list, self->focused_row, &position))
    focus_row (self, position);
  show_wanted_row (self);
}

/* After the view, which handles the change first. */
static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);

  linkage_connections_page_update_footer (self);
  show_wanted_row (self);
}

static void
list_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  linkage_connections_page_update_footer (LINKAGE_CONNECTIONS_PAGE (user_data));
}

static void
account_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (user_data);

  if (g_str_equal (pspec->name, "state"))
    update_cells (self);
  linkage_connections_page_update_footer (self);
}

static gboolean
linkage_connections_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_CONNECTIONS_PAGE (widget)->view));
}

static void
linkage_connections_page_dispose (GObject *object)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (object);
  GtkWidget *child;

  linkage_connections_page_set_account (self, NULL);
  g_clear_object (&self->hover);
  g_clear_object (&self->row_menu);
  g_clear_object (&self->columns);
  g_clear_object (&self->settings);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_connections_page_parent_class)->dispose (object);
}

static void
linkage_connections_page_finalize (GObject *object)
{
  LinkageConnectionsPage *self = LINKAGE_CONNECTIONS_PAGE (object);

  g_hash_table_unref (self->cells);

  G_OBJECT_CLASS (linkage_connections_page_parent_class)->finalize (object);
}

static void
linkage_connections_page_class_init (LinkageConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_connections_page_dispose;
  object_class->finalize = linkage_connections_page_finalize;
  widget_class->grab_focus = linkage_connections_page_grab_focus;

  g_type_ensure (LINKAGE_TYPE_FOOTER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageConnectionsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageConnectionsPage, view);
  gtk_widget_class_bind_template_child (widget_class, LinkageConnectionsPage, footer);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_key_released_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);

  gtk_widget_class_install_action (widget_class, "table.show-customers", "s", show_customers);
  gtk_widget_class_install_action (widget_class, "table.show-reason", "s", show_reason);
}

static void
linkage_connections_page_init (LinkageConnectionsPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->cells = g_hash_table_new (NULL, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_init_template (GTK_WIDGET (self));
  name_parts (self);

  self->hover = linkage_customer_hover_new (GTK_WIDGET (self), GTK_WIDGET (self->view));
  self->row_menu = linkage_row_menu_new (GTK_WIDGET (self), GTK_WIDGET (self->view));
  self->reason = linkage_reason_popover_new ();
  gtk_widget_set_parent (self->reason, GTK_WIDGET (self));
}

/**
 * linkage_connections_page_set_settings:
 * @self: a #LinkageConnectionsPage
 * @settings: what is remembered of sort and columns
 *
 * Builds the columns as they are remembered. Called once.
 */
void
linkage_connections_page_set_settings (LinkageConnectionsPage *self, GSettings *settings)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  add_columns (self);
  g_signal_connect_object (settings, "changed::sort-column", G_CALLBACK (sort_changed_cb), self, 0);
  g_signal_connect_object (settings, "changed::sort-descending", G_CALLBACK (sort_changed_cb), self, 0);
}

static void
show_list (LinkageConnectionsPage *self)
{
  g_autoptr (LinkageConnectionSelection) selection = linkage_connection_selection_new (self->list);

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

/**
 * linkage_connections_page_set_account:
 * @self: a #LinkageConnectionsPage with settings
 * @account: (nullable): whose rows to show
 *
 * Shows the rows of another account, sorted as is remembered and unfiltered.
 */
void
linkage_connections_page_set_account (LinkageConnectionsPage *self, LinkageAccount *account)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));
  g_return_if_fail (account == NULL || LINKAGE_IS_ACCOUNT (account));

  if (self->account == account)
    return;

  self->wanted_row = 0;
  linkage_customer_hover_close (self->hover);
  gtk_column_view_set_model (self->view, NULL);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->list);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
  if (account != NULL)
    {
      self->account = g_object_ref (account);
      self->list = linkage_account_create_list (account);
    }
  linkage_footer_set_account (self->footer, self->account, self->list);
  if (account == NULL)
    return;

  g_signal_connect_object (account, "notify", G_CALLBACK (account_notify_cb), self, 0);
  g_signal_connect_object (self->list, "notify", G_CALLBACK (list_notify_cb), self, 0);
  g_signal_connect_object (self->list, "order-replacing", G_CALLBACK (order_replacing_cb), self, 0);
  apply_sort (self);
  show_list (self);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  g_signal_connect_object (self->list, "order-replaced", G_CALLBACK (order_replaced_cb), self, 0);
}

/**
 * linkage_connections_page_get_list:
 * @self: a #LinkageConnectionsPage
 *
 * Gets the rows that are shown.
 *
 * Returns: (transfer none) (nullable): the list, %NULL while there is no account
 */
LinkageConnectionList *
linkage_connections_page_get_list (LinkageConnectionsPage *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self), NULL);

  return self->list;
}

/**
 * linkage_connections_page_show_connection:
 * @self: a #LinkageConnectionsPage with an account
 * @connection_id: a connection
 *
 * Selects the row of a connection and brings it into sight, at once or as soon as it is in the list. It has to pass the
 * filter.
 */
void
linkage_connections_page_show_connection (LinkageConnectionsPage *self, const char *connection_id)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));
  g_return_if_fail (connection_id != NULL);
  g_return_if_fail (self->list != NULL);

  self->wanted_row = linkage_connection_list_get_row_id_of (self->list, connection_id);
  show_wanted_row (self);
}

/**
 * linkage_connections_page_set_narrow:
 * @self: a #LinkageConnectionsPage with settings
 * @narrow: whether the window is narrow
 *
 * Changes between the table with all columns and the one with two, whose cells have several lines.
 */
void
linkage_connections_page_set_narrow (LinkageConnectionsPage *self, gboolean narrow)
{
  GHashTableIter iter;
  gpointer cell;

  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  linkage_table_columns_set_narrow (self->columns, narrow);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    linkage_cell_set_narrow (LINKAGE_CELL (cell), narrow);
  linkage_footer_set_narrow (self->footer, narrow);
}

/**
 * linkage_connections_page_refresh:
 * @self: a #LinkageConnectionsPage
 *
 * Shows anew what depends on the time.
 */
void
linkage_connections_page_refresh (LinkageConnectionsPage *self)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  update_cells (self);
  linkage_connections_page_update_footer (self);
}

/**
 * linkage_connections_page_update_footer:
 * @self: a #LinkageConnectionsPage
 *
 * Counts anew what stands under the table: rows, what waits to be sent, searches that are left.
 */
void
linkage_connections_page_update_footer (LinkageConnectionsPage *self)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  linkage_footer_update (self->footer);
}

/**
 * linkage_connections_page_count_searches:
 * @self: a #LinkageConnectionsPage with an account whose searches are made by hand
 *
 * Asks how many searches the person used.
 */
void
linkage_connections_page_count_searches (LinkageConnectionsPage *self)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  linkage_footer_count_searches (self->footer);
}

/**
 * linkage_connections_page_widen_column:
 * @self: a #LinkageConnectionsPage with settings
 * @name: the column's name, as in the settings
 * @pixels: how much wider; less than 0: narrower
 *
 * Changes a column's width.
 */
void
linkage_connections_page_widen_column (LinkageConnectionsPage *self, const char *name, int pixels)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  linkage_table_columns_widen (self->columns, name, pixels);
}

/**
 * linkage_connections_page_reset_columns:
 * @self: a #LinkageConnectionsPage with settings
 *
 * Gives all columns their usual width and place.
 */
void
linkage_connections_page_reset_columns (LinkageConnectionsPage *self)
{
  g_return_if_fail (LINKAGE_IS_CONNECTIONS_PAGE (self));

  linkage_table_columns_reset (self->columns);
}
