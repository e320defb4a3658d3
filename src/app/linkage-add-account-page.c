/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-add-account-page.h"

#include <glib/gi18n.h>

#include "linkage-account-ways.h"

struct _LinkageAddAccountPage
{
  GtkWidget parent_instance;

  GtkWidget *back;          /* (unowned) template child */
  LinkageAccountWays *ways; /* (unowned) template child */
};

enum
{
  PROP_TITLE = 1,
};

enum
{
  CLOSED,
  WINDOW_ACTION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageAddAccountPage, linkage_add_account_page, GTK_TYPE_WIDGET)

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
chosen_cb (LinkageAccountWays *ways, const char *action, LinkageAddAccountPage *self)
{
  g_signal_emit (self, signals[WINDOW_ACTION], 0, action);
}

static gboolean
linkage_add_account_page_grab_focus (GtkWidget *widget)
{
  LinkageAddAccountPage *self = LINKAGE_ADD_ACCOUNT_PAGE (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->ways), GTK_DIR_TAB_FORWARD);
}

static void
linkage_add_account_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Add Account"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_add_account_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_add_account_page_parent_class)->dispose (object);
}

static void
linkage_add_account_page_class_init (LinkageAddAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_add_account_page_get_property;
  object_class->dispose = linkage_add_account_page_dispose;
  widget_class->grab_focus = linkage_add_account_page_grab_focus;

  /**
   * LinkageAddAccountPage:title:
   *
   * What the page is called.
   */
  g_object_class_install_property (
    object_class, PROP_TITLE,
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));

  /**
   * LinkageAddAccountPage::closed:
   * @self: the page
   *
   * The person is done with the page.
   */
  signals[CLOSED] =
    g_signal_new ("closed", LINKAGE_TYPE_ADD_ACCOUNT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /**
   * LinkageAddAccountPage::window-action:
   * @self: the page
   * @action: the window's action
   *
   * The person chose a way to an account.
   */
  signals[WINDOW_ACTION] = g_signal_new ("window-action", LINKAGE_TYPE_ADD_ACCOUNT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LINKAGE_TYPE_ACCOUNT_WAYS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-add-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAddAccountPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageAddAccountPage, ways);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
}

static void
linkage_add_account_page_init (LinkageAddAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_add_account_page_new:
 * @in_window: whether it is a page of the window, with a way back
 * @has_sandbox: whether the sandbox is open
 *
 * Creates a page with the ways to one more account.
 *
 * Returns: (transfer floating): a new #LinkageAddAccountPage
 */
GtkWidget *
linkage_add_account_page_new (gboolean in_window, gboolean has_sandbox)
{
  LinkageAddAccountPage *self = g_object_new (LINKAGE_TYPE_ADD_ACCOUNT_PAGE, NULL);

  gtk_widget_set_visible (self->back, in_window);
  linkage_account_ways_set_has_sandbox (self->ways, has_sandbox);

  return GTK_WIDGET (self);
}
