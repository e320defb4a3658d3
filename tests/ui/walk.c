/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk.h"

#include "fixture-wait.h"
#include "linkage-connection-row.h"
#include "linkage-connections-page.h"
#include "linkage-portal-text.h"

#define DEADLINE_SECONDS 30
#define FRAMES 3 /* in the first a size is asked for, in the second it is given, in the third it is drawn */

static const struct
{
  const char *name;
  int width;
  int height;
} sizes[WALK_SIZES] = {
  { "wide", 1000, 700 },
  { "narrow", 360, 720 },
};

static gboolean
wake_up (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;

  return G_SOURCE_CONTINUE;
}

void
walk_wait (gboolean (*condition) (gpointer), gpointer user_data)
{
  gboolean late = FALSE;
  guint timer = g_timeout_add_seconds (DEADLINE_SECONDS, wake_up, &late);

  while (!condition (user_data) && !late)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (timer);
  g_assert_true (condition (user_data));
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *frames = user_data;

  gtk_widget_queue_draw (widget);

  return --(*frames) > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_zero (gpointer user_data)
{
  return *(guint *)user_data == 0;
}

void
walk_settle (GtkWidget *widget)
{
  guint frames = FRAMES;

  gtk_widget_add_tick_callback (widget, count_frame, &frames, NULL);
  walk_wait (is_zero, &frames);
}

static void
take_picture (Walk *walk, GtkWidget *widget, const char *page)
{
  const char *folder = g_getenv ("LINKAGE_WALK_PICTURES");
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;

  if (folder == NULL)
    return;

  paintable = gtk_widget_paintable_new (widget);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return;

  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node, NULL);
  name = g_strdup_printf ("%s-%s.png", walk->size, page);
  path = g_build_filename (folder, name, NULL);
  gdk_texture_save_to_png (texture, path);
}

/* What in a window asks for its width, from the outside in. */
static char *
describe_width (GtkWidget *window)
{
  GString *path = g_string_new (NULL);
  GtkWidget *widest = window;

  while (widest != NULL)
    {
      GtkWidget *parent = widest;
      int most = 0;

      widest = NULL;
      for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          int minimum;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
          if (minimum <= most)
            continue;
          most = minimum;
          widest = child;
        }
      if (widest != NULL)
        g_string_append_printf (path, " > %s %d", G_OBJECT_TYPE_NAME (widest), most);
    }

  return g_string_free (path, FALSE);
}

static void
check_width (Walk *walk, GtkWidget *window, const char *page)
{
  g_autofree char *path = NULL;

  if (gtk_widget_get_width (window) <= walk->width)
    return;

  path = describe_width (window);
  g_test_message ("%s: %d pixels wide, where there are only %d:%s", page, gtk_widget_get_width (window), walk->width,
                  path);
  g_test_fail ();
}

void
walk_look (Walk *walk, GtkWidget *widget, const char *page)
{
  walk_settle (widget);
  take_picture (walk, widget, page);
  walk_check_widget (walk->check, widget, page);

  if (GTK_IS_WINDOW (widget))
    check_width (walk, widget, page);
}

GtkWidget *
walk_find (GtkWidget *widget, const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type) && gtk_widget_get_mapped (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = walk_find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

GtkWindow *
walk_find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_visible (l->data))
        return l->data;
    }

  return NULL;
}

static void
add_customer (WalkCheck *check, LinkageCustomer *customer)
{
  walk_check_add_data (check, customer->name);
  walk_check_add_data (check, customer->country);
  for (guint i = 0; i < customer->entries->len; i++)
    {
      LinkageCustomerEntry *entry = g_ptr_array_index (customer->entries, i);

      walk_check_add_data (check, entry->name);
      walk_check_add_data (check, entry->reference);
      walk_check_add_data (check, entry->country);
    }
}

static void
add_connection (WalkCheck *check, LinkageConnection *connection)
{
  add_customer (check, connection->customer);
  for (guint i = 0; i < connection->attempts->len; i++)
    {
      LinkageAttempt *attempt = g_ptr_array_index (connection->attempts, i);
      g_autofree char *line = attempt->comment != NULL ? linkage_portal_text_to_line (attempt->comment) : NULL;

      walk_check_add_data (check, attempt->contact_email);
      walk_check_add_data (check, attempt->comment);
      walk_check_add_data (check, line);
    }
}

static void
add_account (WalkCheck *check, LinkageAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  walk_check_add_data (check, info->name);
  walk_check_add_data (check, info->user_name);
  walk_check_add_data (check, info->support_name);
}

void
walk_open_window (Walk *walk)
{
  g_settings_set_int (walk->settings, "window-width", walk->width);
  g_settings_set_int (walk->settings, "window-height", walk->height);
  walk->window = linkage_window_new (walk->application, walk->settings, walk->manager);
  gtk_window_present (GTK_WINDOW (walk->window));
  walk_settle (GTK_WIDGET (walk->window));
}

static gboolean
is_open (gpointer user_data)
{
  Walk *walk = user_data;
  LinkageAccount *account = linkage_window_get_account (walk->window);
  g_autoptr (LinkageAccountInfo) info = account != NULL ? linkage_account_get_info (account) : NULL;

  if (info == NULL)
    return FALSE;

  return info->is_admin ? walk_find (GTK_WIDGET (walk->window), "LinkageConnectionsPage") != NULL
                        : walk_find (GTK_WIDGET (walk->window), "LinkageRolePage") != NULL;
}

static gboolean
is_loaded (gpointer list)
{
  return !linkage_connection_list_get_loading (list);
}

/* What people have written is not translated. */
static LinkageConnectionList *
watch_data (Walk *walk)
{
  GtkWidget *page;
  LinkageConnectionList *list;

  walk_wait (is_open, walk);
  add_account (walk->check, linkage_window_get_account (walk->window));
  page = walk_find (GTK_WIDGET (walk->window), "LinkageConnectionsPage");
  if (page == NULL)
    return NULL;

  list = linkage_connections_page_get_list (LINKAGE_CONNECTIONS_PAGE (page));
  walk_wait (is_loaded, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      add_connection (walk->check, linkage_connection_row_get_connection (row));
    }

  return list;
}

void
walk_open_sandbox (Walk *walk, gboolean as_user)
{
  walk_open_window (walk);
  linkage_window_open_sandbox (walk->window, as_user);
  watch_data (walk);
}

LinkageConnectionList *
walk_open_account (Walk *walk)
{
  walk_open_window (walk);

  return watch_data (walk);
}

/* Shows each of the pages of a menu, which are its submenus. */
static void
look_at_pages (Walk *walk, GtkWidget *popover, const char *page)
{
  GtkWidget *stack = walk_find (popover, "GtkStack");

  walk_look (walk, popover, page);
  if (stack == NULL)
    return;

  for (GtkWidget *child = gtk_widget_get_first_child (stack); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gtk_stack_set_visible_child (GTK_STACK (stack), child);
      walk_look (walk, popover, page);
    }
}

void
walk_look_at_menu (Walk *walk, GtkMenuButton *button, const char *page)
{
  GtkPopover *popover;

  gtk_menu_button_popup (button);
  popover = gtk_menu_button_get_popover (button);
  look_at_pages (walk, GTK_WIDGET (popover), page);
  gtk_popover_popdown (popover);
  walk_settle (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (button))));
}

static void
add_libraries (WalkCheck *check)
{
  GtkWidget *about = adw_about_window_new ();
  GtkWidget *shortcuts = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, NULL);
  GtkWidget *password = g_object_ref_sink (gtk_password_entry_new ());

  walk_check_add_library (check, about);
  walk_check_add_library (check, shortcuts);
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (password), TRUE);
  walk_check_add_library (check, password);
  g_object_unref (password);
  gtk_window_destroy (GTK_WINDOW (about));
  gtk_window_destroy (GTK_WINDOW (shortcuts));
}

/* GTK writes these, in its own words. */
static void
add_accelerators (WalkCheck *check)
{
  for (guint key = GDK_KEY_1; key <= GDK_KEY_9; key++)
    {
      g_autofree char *label = gtk_accelerator_get_label (key, GDK_CONTROL_MASK);

      walk_check_add_data (check, label);
    }
}

static WalkCheck *
make_check (void)
{
  WalkCheck *check = walk_check_new (g_strcmp0 (g_getenv ("LANGUAGE"), "xx") == 0);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *zone = g_date_time_format (now, "%Z");

  walk_check_add_data (check, zone);
  walk_check_add_data (check, PACKAGE_VERSION);
  walk_check_add_data (check, "supplier.coupa.com");
  add_accelerators (check);
  add_libraries (check);

  return check;
}

/* One for the whole process: an application cannot be registered twice. */
static LinkageApplication *
get_application (void)
{
  static LinkageApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;

  application = linkage_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  return application;
}

void
walk_set_up (Walk *walk, gconstpointer size)
{
  guint i = GPOINTER_TO_UINT (size);

  walk->size = sizes[i].name;
  walk->width = sizes[i].width;
  walk->height = sizes[i].height;
  walk->application = get_application ();
  walk->settings = g_settings_new ("io.github.linkage_app.Linkage");
  walk->folder = fixture_make_folder ();
  walk->manager = linkage_account_manager_new (walk->folder);
  walk->check = make_check ();
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  g_assert_no_error (error);
  *(guint *)user_data = 0;
}

void
walk_tear_down (Walk *walk, gconstpointer size)
{
  guint closing = 1;

  linkage_account_manager_close_async (walk->manager, closed_cb, &closing);
  walk_wait (is_zero, &closing);
  if (walk->window != NULL)
    gtk_window_destroy (GTK_WINDOW (walk->window));
  g_object_unref (walk->manager);
  g_object_unref (walk->settings);
  walk_check_free (walk->check);
  fixture_remove_folder (walk->folder);
  g_free (walk->folder);
}
