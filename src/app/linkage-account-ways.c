/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-ways.h"

struct _LinkageAccountWays
{
  GtkWidget parent_instance;

  GtkWidget *sandbox_row; /* (unowned) template child */
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageAccountWays, linkage_account_ways, GTK_TYPE_WIDGET)

static void
choose_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[CHOSEN], 0, g_variant_get_string (parameter, NULL));
}

static void
linkage_account_ways_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_account_ways_parent_class)->dispose (object);
}

static void
linkage_account_ways_class_init (LinkageAccountWaysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_account_ways_dispose;

  /**
   * LinkageAccountWays::chosen:
   * @self: the list
   * @action: the window's action
   *
   * The person chose a way.
   */
  signals[CHOSEN] = g_signal_new ("chosen", LINKAGE_TYPE_ACCOUNT_WAYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-account-ways.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountWays, sandbox_row);
  gtk_widget_class_install_action (widget_class, "ways.choose", "s", choose_activated);
}

static void
linkage_account_ways_init (LinkageAccountWays *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_account_ways_set_has_sandbox:
 * @self: the list
 * @has_sandbox: whether the sandbox is open
 *
 * Leaves out what is there already: there is one sandbox at a time.
 */
void
linkage_account_ways_set_has_sandbox (LinkageAccountWays *self, gboolean has_sandbox)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT_WAYS (self));

  gtk_widget_set_visible (self->sandbox_row, !has_sandbox);
}
