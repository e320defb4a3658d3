/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-row-menu.h"

#include <glib/gi18n.h>

#include "linkage-cell.h"

struct _LinkageRowMenu
{
  GObject parent_instance;

  GtkWidget *host;    /* (unowned): outlives this: the popover's parent */
  GtkWidget *view;    /* (unowned): outlives this: where the rows are */
  GtkWidget *popover; /* (unowned) (nullable): child of the host: the one that was opened last */
  GtkWidget *focus;   /* (owned) (nullable): what had the focus before the popover took it */
};

G_DEFINE_FINAL_TYPE (LinkageRowMenu, linkage_row_menu, G_TYPE_OBJECT)

static LinkageCell *
find_first_cell (GtkWidget *widget)
{
  if (LINKAGE_IS_CELL (widget))
    return LINKAGE_CELL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      LinkageCell *cell = find_first_cell (child);

      if (cell != NULL)
        return cell;
    }

  return NULL;
}

/* A cell of the row that a widget is in, or is. */
static LinkageCell *
find_cell (LinkageRowMenu *self, GtkWidget *widget)
{
  GtkWidget *cell = gtk_widget_get_ancestor (widget, LINKAGE_TYPE_CELL);

  if (cell != NULL)
    return LINKAGE_CELL (cell);

  while (widget != NULL && widget != self->view && !GTK_IS_LIST_VIEW (widget))
    {
      LinkageCell *found = find_first_cell (widget);

      if (found != NULL)
        return found;
      widget = gtk_widget_get_parent (widget);
    }

  return NULL;
}

static LinkageCell *
find_focused_cell (LinkageRowMenu *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->view));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->view))
    return NULL;

  return find_cell (self, focus);
}

static void
add_item_for (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
add_item (GMenu *menu, const char *label, const char *action, const LinkageConnection *connection)
{
  add_item_for (menu, label, action, connection->id);
}

static void
add_items_for_operation (GMenu *menu, const LinkageConnection *connection, const LinkageOperation *operation)
{
  if (operation->state != LINKAGE_OPERATION_VERIFICATION_NEEDED)
    return;

  add_item (menu, _ ("_Verify Again…"), "win.verify", connection);
  add_item_for (menu, _ ("Discard _Request"), "win.undo", operation->key);
}

/* What the row's button does; a request that the person sent on the portal's page already is only marked. */
static GMenuModel *
create_actions (LinkageCell *cell, const LinkageConnection *connection)
{
  GMenu *menu = g_menu_new ();

  if (linkage_cell_get_operation (cell) != NULL)
    {
      add_items_for_operation (menu, connection, linkage_cell_get_operation (cell));
      return G_MENU_MODEL (menu);
    }

  if ((connection->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    add_item (menu, _ ("_Connect"), "win.connect", connection);
  else if ((connection->actions & LINKAGE_ACTIONS_RESEND) != 0)
    add_item (menu, _ ("_Send Again"), "win.send-again", connection);
  if (connection->actions != LINKAGE_ACTIONS_NONE &&
      (linkage_cell_get_features (cell) & LINKAGE_ACCOUNT_FEATURES_BY_HAND) != 0)
    add_item (menu, _ ("_Mark as Sent…"), "win.mark-sent", connection);

  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_menu (LinkageCell *cell)
{
  const LinkageConnection *connection = linkage_cell_get_connection (cell);
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);
  g_autoptr (GMenuModel) actions = create_actions (cell, connection);
  g_autoptr (GMenu) details = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  GMenu *menu = g_menu_new ();

  add_item (details, _ ("Request _Details…"), "win.details", connection);
  add_item (copies, _ ("Copy _Name"), "win.copy-name", connection);
  if (latest != NULL && latest->contact_email != NULL)
    add_item (copies, _ ("Copy _Email"), "win.copy-email", connection);
  g_menu_append_section (menu, NULL, actions);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (details));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));

  return G_MENU_MODEL (menu);
}

static void
popover_closed_cb (GtkPopover *popover, gpointer user_data)
{
  LinkageRowMenu *self = LINKAGE_ROW_MENU (user_data);
  g_autoptr (GtkWidget) focus = g_steal_pointer (&self->focus);

  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
}

/* A new one each time: GTK 4.8 keeps the height of the menu that was there before. */
static void
create_popover (LinkageRowMenu *self, LinkageCell *cell)
{
  g_autoptr (GMenuModel) menu = create_menu (cell);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, self->host);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (popover_closed_cb), self, 0);
}

static void
open_at (LinkageRowMenu *self, LinkageCell *cell, const GdkRectangle *area)
{
  if (linkage_cell_get_connection (cell) == NULL)
    return;

  create_popover (self, cell);
  g_set_object (&self->focus, gtk_root_get_focus (gtk_widget_get_root (self->host)));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), area);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static gboolean
open_at_point (LinkageRowMenu *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  LinkageCell *cell = picked != NULL ? find_cell (self, picked) : NULL;
  GdkRectangle area = { 0, 0, 1, 1 };
  double left, top;

  if (cell == NULL)
    return FALSE;

  gtk_widget_translate_coordinates (self->view, self->host, x, y, &left, &top);
  area.x = (int)left;
  area.y = (int)top;
  open_at (self, cell, &area);

  return TRUE;
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  if (open_at_point (LINKAGE_ROW_MENU (user_data), x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  if (open_at_point (LINKAGE_ROW_MENU (user_data), x, y))
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LinkageRowMenu *self = LINKAGE_ROW_MENU (user_data);
  LinkageCell *cell = find_focused_cell (self);
  graphene_rect_t bounds;
  GdkRectangle area;

  if (cell == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (cell), self->host, &bounds))
    return FALSE;

  area = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height };
  open_at (self, cell, &area);

  return TRUE;
}

static gboolean
details_key_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  LinkageCell *cell = find_focused_cell (LINKAGE_ROW_MENU (user_data));
  const LinkageConnection *connection = cell != NULL ? linkage_cell_get_connection (cell) : NULL;

  return connection != NULL && gtk_widget_activate_action (widget, "win.details", "s", connection->id);
}

static void
add_key (GtkShortcutController *controller, const char *trigger, GtkShortcutFunc function, LinkageRowMenu *self)
{
  gtk_shortcut_controller_add_shortcut (controller, gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                                      gtk_callback_action_new (function, self, NULL)));
}

/* Before the rows: they take Return with whatever is held down for an activation. */
static void
add_keys (LinkageRowMenu *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), "Menu|<Shift>F10", menu_key_cb, self);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), "<Alt>Return|<Alt>KP_Enter", details_key_cb, self);
  add_key (GTK_SHORTCUT_CONTROLLER (keys), "<Control>Return|<Control>KP_Enter", details_key_cb, self);
  gtk_widget_add_controller (self->view, keys);
}

static void
add_gestures (LinkageRowMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (long_pressed_cb), self, 0);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (press));
}

static void
linkage_row_menu_dispose (GObject *object)
{
  LinkageRowMenu *self = LINKAGE_ROW_MENU (object);

  g_clear_object (&self->focus);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (linkage_row_menu_parent_class)->dispose (object);
}

static void
linkage_row_menu_class_init (LinkageRowMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linkage_row_menu_dispose;
}

static void
linkage_row_menu_init (LinkageRowMenu *self)
{
}

/**
 * linkage_row_menu_new:
 * @host: the widget that will be the popover's parent; it outlives the object
 * @view: the view whose rows have cells, within @host; it outlives the object
 *
 * Gives the rows of a view their context menu.
 *
 * Returns: (transfer full): a new #LinkageRowMenu
 */
LinkageRowMenu *
linkage_row_menu_new (GtkWidget *host, GtkWidget *view)
{
  LinkageRowMenu *self;

  g_return_val_if_fail (GTK_IS_WIDGET (host), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);

  self = g_object_new (LINKAGE_TYPE_ROW_MENU, NULL);
  self->host = host;
  self->view = view;
  add_gestures (self);
  add_keys (self);

  return self;
}
