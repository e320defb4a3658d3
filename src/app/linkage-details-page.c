/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-details-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define DIALOG_WIDTH 480  /* pixels */
#define DIALOG_HEIGHT 620 /* pixels */

struct _LinkageDetailsPage
{
  GtkWidget parent_instance;

  GtkWidget *back;          /* (unowned) template child */
  LinkageDetailsView *view; /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CLOSED,
  N_SIGNALS,
} LinkageDetailsPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageDetailsPage, linkage_details_page, GTK_TYPE_WIDGET)

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static gboolean
linkage_details_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_DETAILS_PAGE (widget)->view));
}

static void
linkage_details_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_details_page_parent_class)->dispose (object);
}

static void
linkage_details_page_class_init (LinkageDetailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_details_page_dispose;
  widget_class->grab_focus = linkage_details_page_grab_focus;

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LINKAGE_TYPE_DETAILS_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-details-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsPage, view);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_details_page_init (LinkageDetailsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_details_page_new:
 * @account: an account
 * @row: one of its rows
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates a page with the details of a connection.
 *
 * Returns: (transfer floating): a new #LinkageDetailsPage
 */
GtkWidget *
linkage_details_page_new (LinkageAccount *account, LinkageConnectionRow *row, gboolean in_window)
{
  LinkageDetailsPage *self;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_ROW (row), NULL);

  self = g_object_new (LINKAGE_TYPE_DETAILS_PAGE, NULL);
  gtk_widget_set_visible (self->back, in_window);
  linkage_details_view_set_row (self->view, account, row);

  return GTK_WIDGET (self);
}

/**
 * linkage_details_page_get_view:
 * @self: a #LinkageDetailsPage
 *
 * Gets what is under the header bar.
 *
 * Returns: (transfer none): the view
 */
LinkageDetailsView *
linkage_details_page_get_view (LinkageDetailsPage *self)
{
  g_return_val_if_fail (LINKAGE_IS_DETAILS_PAGE (self), NULL);

  return self->view;
}

/**
 * linkage_details_dialog_new:
 * @parent: the window that asks
 * @page: (transfer floating): what is in it
 *
 * Creates a dialog that closes with its page.
 *
 * Returns: (transfer none): a new dialog, owned by GTK
 */
GtkWidget *
linkage_details_dialog_new (GtkWindow *parent, LinkageDetailsPage *page)
{
  GtkWidget *dialog;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LINKAGE_IS_DETAILS_PAGE (page), NULL);

  dialog = g_object_new (ADW_TYPE_WINDOW, "accessible-role", GTK_ACCESSIBLE_ROLE_DIALOG, "title", _ ("Request Details"),
                         "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, "default-width",
                         DIALOG_WIDTH, "default-height", DIALOG_HEIGHT, "width-request", 360, "content", page, NULL);
  g_signal_connect_object (page, "closed", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);

  return dialog;
}
