/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-customer-hover.h"

#include "linkage-customer-cell.h"
#include "linkage-customer-popover.h"

#define OPEN_DELAY 500   /* milliseconds: as long as a tooltip takes */
#define CLOSE_DELAY 300  /* milliseconds: enough to get from the name into the popover */
#define CONTENT_MARGIN 9 /* pixels: between the border of a popover and what is in it */

/* Opens the customer list of the name under the pointer, or of one that was pressed. One set of controllers at the view
 * and one popover serve all rows. */
struct _LinkageCustomerHover
{
  GObject parent_instance;

  GtkWidget *host;            /* (unowned): outlives this: the popover's parent */
  GtkWidget *view;            /* (unowned): outlives this: where the cells are */
  GtkWidget *popover;         /* (unowned): child of the host */
  GtkEventController *escape; /* (unowned) (nullable): the window's, while the popover is open */
  GtkWidget *link;            /* (unowned) (nullable): only compared, never looked into */
  GtkWidget *opening;         /* (owned) (nullable): what the timer will open */
  GtkWidget *dismissed;       /* (unowned) (nullable): only compared: closed with the pointer still over it */
  GtkWidget *focus;           /* (owned) (nullable): what had the focus before the popover took it */
  guint open_id;
  guint close_id;
  gboolean pinned; /* opened by a press: stays until it is closed */
};

G_DEFINE_FINAL_TYPE (LinkageCustomerHover, linkage_customer_hover, G_TYPE_OBJECT)

static void
cancel_opening (LinkageCustomerHover *self)
{
  g_clear_handle_id (&self->open_id, g_source_remove);
  g_clear_object (&self->opening);
}

static void
take_focus (LinkageCustomerHover *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (self->host));

  if (focus != NULL && !gtk_widget_is_ancestor (focus, self->popover))
    g_set_object (&self->focus, focus);
  linkage_customer_popover_focus_entries (LINKAGE_CUSTOMER_POPOVER (self->popover));
}

static void
give_focus_back (LinkageCustomerHover *self)
{
  g_autoptr (GtkWidget) focus = g_steal_pointer (&self->focus);

  if (focus != NULL && gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (focus);
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);

  if (keyval != GDK_KEY_Escape || !gtk_widget_get_visible (self->popover))
    return GDK_EVENT_PROPAGATE;

  self->dismissed = self->link;
  linkage_customer_hover_close (self);

  return GDK_EVENT_STOP;
}

/* What is hovered over does not have the focus: Escape has to be caught wherever that is. */
static void
watch_escape (LinkageCustomerHover *self)
{
  if (self->escape != NULL)
    return;

  self->escape = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->escape, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->escape, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (self->host)), self->escape);
}

static void
forget_escape (LinkageCustomerHover *self)
{
  GtkEventController *escape = g_steal_pointer (&self->escape);

  if (escape != NULL)
    gtk_widget_remove_controller (gtk_event_controller_get_widget (escape), escape);
}

static void
open_at (LinkageCustomerHover *self, GtkWidget *link, gboolean pinned)
{
  GtkWidget *cell = gtk_widget_get_ancestor (link, LINKAGE_TYPE_CUSTOMER_CELL);
  LinkageConnection *connection;
  graphene_rect_t bounds;
  GdkRectangle area;

  connection = cell != NULL ? linkage_cell_get_connection (LINKAGE_CELL (cell)) : NULL;
  if (connection == NULL || !gtk_widget_compute_bounds (link, self->host, &bounds))
    return;

  area = (GdkRectangle){ (int)bounds.origin.x, (int)bounds.origin.y, (int)bounds.size.width, (int)bounds.size.height };
  self->link = link;
  self->pinned = pinned;
  linkage_customer_popover_set_connection (
    LINKAGE_CUSTOMER_POPOVER (self->popover), connection,
    (linkage_cell_get_features (LINKAGE_CELL (cell)) & LINKAGE_ACCOUNT_FEATURES_IMPORT) != 0);
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), pinned);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &area);
  watch_escape (self);
  gtk_popover_popup (GTK_POPOVER (self->popover));
  if (pinned)
    take_focus (self);
}

static gboolean
open_cb (gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);
  g_autoptr (GtkWidget) link = g_steal_pointer (&self->opening);

  self->open_id = 0;
  if (gtk_widget_get_mapped (link))
    open_at (self, link, FALSE);

  return G_SOURCE_REMOVE;
}

/* Where the pointer really is. When a window is laid out anew GTK 4.8 makes up a motion in it, even under a popover, so
 * that events alone would say that the pointer has left the popover in which it rests. */
static gboolean
is_pointer_inside (LinkageCustomerHover *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self->popover));
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (self->popover));
  GtkWidget *content = gtk_popover_get_child (GTK_POPOVER (self->popover));
  graphene_rect_t bounds;
  double left, top, x, y;

  if (!gtk_widget_get_mapped (self->popover) || surface == NULL || seat == NULL ||
      !gtk_widget_compute_bounds (content, self->popover, &bounds) ||
      !gdk_surface_get_device_position (surface, gdk_seat_get_pointer (seat), &x, &y, NULL))
    return FALSE;

  gtk_native_get_surface_transform (GTK_NATIVE (self->popover), &left, &top);
  graphene_rect_inset (&bounds, -CONTENT_MARGIN, -CONTENT_MARGIN);

  return graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float)(x - left), (float)(y - top)));
}

static gboolean
close_cb (gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);

  if (is_pointer_inside (self))
    return G_SOURCE_CONTINUE;

  self->close_id = 0;
  linkage_customer_hover_close (self);

  return G_SOURCE_REMOVE;
}

static void
close_soon (LinkageCustomerHover *self)
{
  if (self->close_id == 0 && !self->pinned && gtk_widget_get_visible (self->popover))
    self->close_id = g_timeout_add (CLOSE_DELAY, close_cb, self);
}

static GtkWidget *
find_link (LinkageCustomerHover *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell = picked != NULL ? gtk_widget_get_ancestor (picked, LINKAGE_TYPE_CUSTOMER_CELL) : NULL;
  GtkWidget *link = cell != NULL ? linkage_customer_cell_get_link (LINKAGE_CUSTOMER_CELL (cell)) : NULL;

  if (link == NULL || (picked != link && !gtk_widget_is_ancestor (picked, link)))
    return NULL;

  return link;
}

static void
pointer_over (LinkageCustomerHover *self, GtkWidget *link)
{
  gboolean shown = gtk_widget_get_visible (self->popover);

  if (shown && is_pointer_inside (self))
    return;
  if (link != NULL && shown && link == self->link)
    {
      g_clear_handle_id (&self->close_id, g_source_remove);
      return;
    }
  if (link != NULL && (link == self->opening || link == self->dismissed))
    return;

  self->dismissed = NULL;
  cancel_opening (self);
  close_soon (self);
  if (link == NULL || (shown && self->pinned))
    return;

  self->opening = g_object_ref (link);
  self->open_id = g_timeout_add (OPEN_DELAY, open_cb, self);
}

static void
view_motion_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);

  pointer_over (self, find_link (self, x, y));
}

static void
view_leave_cb (GtkEventControllerMotion *controller, gpointer user_data)
{
  pointer_over (LINKAGE_CUSTOMER_HOVER (user_data), NULL);
}

static void
popover_enter_cb (GtkEventControllerMotion *controller, double x, double y, gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);

  g_clear_handle_id (&self->close_id, g_source_remove);
}

static void
popover_leave_cb (GtkEventControllerMotion *controller, gpointer user_data)
{
  close_soon (LINKAGE_CUSTOMER_HOVER (user_data));
}

static void
popover_closed_cb (GtkPopover *popover, gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);

  g_clear_handle_id (&self->close_id, g_source_remove);
  self->link = NULL;
  self->pinned = FALSE;
  forget_escape (self);
  give_focus_back (self);
}

/* Who presses wants something else than to look: a menu, say. */
static void
view_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  cancel_opening (LINKAGE_CUSTOMER_HOVER (user_data));
}

static void
long_press_cb (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (user_data);
  GtkWidget *link = find_link (self, x, y);

  if (link == NULL)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  linkage_customer_hover_open (self, link);
}

static void
scrolled_cb (GtkAdjustment *adjustment, gpointer user_data)
{
  linkage_customer_hover_close (LINKAGE_CUSTOMER_HOVER (user_data));
}

static void
add_controllers (LinkageCustomerHover *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *inside = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  g_signal_connect_object (motion, "motion", G_CALLBACK (view_motion_cb), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (view_leave_cb), self, 0);
  gtk_widget_add_controller (self->view, motion);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (view_pressed_cb), self, 0);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect_object (press, "pressed", G_CALLBACK (long_press_cb), self, 0);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (press));

  g_signal_connect_object (inside, "enter", G_CALLBACK (popover_enter_cb), self, 0);
  g_signal_connect_object (inside, "leave", G_CALLBACK (popover_leave_cb), self, 0);
  gtk_widget_add_controller (self->popover, inside);
}

static void
linkage_customer_hover_dispose (GObject *object)
{
  LinkageCustomerHover *self = LINKAGE_CUSTOMER_HOVER (object);

  cancel_opening (self);
  forget_escape (self);
  g_clear_object (&self->focus);
  g_clear_handle_id (&self->close_id, g_source_remove);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (linkage_customer_hover_parent_class)->dispose (object);
}

static void
linkage_customer_hover_class_init (LinkageCustomerHoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linkage_customer_hover_dispose;
}

static void
linkage_customer_hover_init (LinkageCustomerHover *self)
{
}

/**
 * linkage_customer_hover_new:
 * @host: the widget that will be the popover's parent; it outlives the object
 * @view: the scrollable view whose cells have the names, within @host; it outlives the object
 *
 * Watches the names in a view.
 *
 * Returns: (transfer full): a new #LinkageCustomerHover
 */
LinkageCustomerHover *
linkage_customer_hover_new (GtkWidget *host, GtkWidget *view)
{
  LinkageCustomerHover *self;

  g_return_val_if_fail (GTK_IS_WIDGET (host), NULL);
  g_return_val_if_fail (GTK_IS_SCROLLABLE (view), NULL);

  self = g_object_new (LINKAGE_TYPE_CUSTOMER_HOVER, NULL);
  self->host = host;
  self->view = view;
  self->popover = linkage_customer_popover_new ();
  gtk_widget_set_parent (self->popover, host);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (popover_closed_cb), self, 0);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)), "value-changed",
                           G_CALLBACK (scrolled_cb), self, 0);
  add_controllers (self);

  return self;
}

/**
 * linkage_customer_hover_open:
 * @self: a #LinkageCustomerHover
 * @link: the name of a connected customer, in a cell of the view
 *
 * Opens the customer list at once and gives it the focus: the name was pressed.
 */
void
linkage_customer_hover_open (LinkageCustomerHover *self, GtkWidget *link)
{
  g_return_if_fail (LINKAGE_IS_CUSTOMER_HOVER (self));
  g_return_if_fail (GTK_IS_WIDGET (link));

  cancel_opening (self);
  g_clear_handle_id (&self->close_id, g_source_remove);
  open_at (self, link, TRUE);
}

/**
 * linkage_customer_hover_close:
 * @self: a #LinkageCustomerHover
 *
 * Closes the customer list, if one is open.
 */
void
linkage_customer_hover_close (LinkageCustomerHover *self)
{
  g_return_if_fail (LINKAGE_IS_CUSTOMER_HOVER (self));

  cancel_opening (self);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}
