/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-ask-dialog.h"

#include <glib/gi18n.h>

/* Why one has to ask somebody, and a text to send them, which can be changed before it is copied. */
struct _LinkageAskDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toast_overlay; /* (unowned) template child */
  GtkLabel *reason;               /* (unowned) template child */
  GtkTextView *message;           /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageAskDialog, linkage_ask_dialog, ADW_TYPE_WINDOW)

static void
copy_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageAskDialog *self = LINKAGE_ASK_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->message);
  g_autofree char *message = NULL;
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  message = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), message);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (_ ("Message copied")));
}

static void
linkage_ask_dialog_class_init (LinkageAskDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-ask-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAskDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageAskDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, LinkageAskDialog, message);
  gtk_widget_class_install_action (widget_class, "dialog.copy", NULL, copy_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_ask_dialog_init (LinkageAskDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_ask_dialog_present:
 * @parent: (nullable): the window that asks
 * @text: whom to ask and what
 *
 * Shows a text to copy.
 */
void
linkage_ask_dialog_present (GtkWindow *parent, const LinkageAskText *text)
{
  LinkageAskDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (text != NULL);

  self = g_object_new (LINKAGE_TYPE_ASK_DIALOG, "transient-for", parent, "title", text->title, NULL);
  gtk_label_set_text (self->reason, text->reason);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->message), text->message, -1);
  gtk_window_present (GTK_WINDOW (self));
}
