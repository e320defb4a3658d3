/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-compat-ui.h"
#include "linkage-import-source.h"
#include "linkage-import-view.h"

#define UNDO_SECONDS 10 /* longer than toasts are shown by themselves: there is something to look at first */

/* (nullable): the account, where its rows are what a person brings */
static LinkageCompanionAccount *
get_account (LinkageWindow *self)
{
  if (self->account == NULL || (linkage_account_get_features (self->account) & LINKAGE_ACCOUNT_FEATURES_IMPORT) == 0)
    return NULL;

  return LINKAGE_COMPANION_ACCOUNT (self->account);
}

static void
close_view (GtkWidget *view)
{
  g_signal_emit_by_name (view, "closed");
}

static void
on_open_page (GtkWidget *view, LinkageWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-portal-page", NULL);
}

static void
on_open_file (GtkWidget *view, LinkageWindow *self)
{
  close_view (view);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-copy", NULL);
}

static void
on_imported (GtkWidget *view, guint n_rows, LinkageWindow *self)
{
  g_autofree char *text = NULL;
  AdwToast *toast;

  close_view (view);
  linkage_window_forget_import (self);
  /* Translators: %u is how many rows were imported. */
  text = g_strdup_printf (ngettext ("%u row imported", "%u rows imported", n_rows), n_rows);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, C_ ("button of a toast", "_Undo"));
  adw_toast_set_action_name (toast, "win.undo-import");
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  self->import_toast = g_object_ref (toast);
  linkage_window_add_toast (self, toast);
}

static void
on_view_gone (GtkWidget *view, LinkageWindow *self)
{
  if (self->import_view == view)
    self->import_view = NULL;
}

/* (transfer none) (nullable): null while one is open already, or the account takes nothing */
static LinkageImportView *
present_view (LinkageWindow *self)
{
  LinkageCompanionAccount *account = get_account (self);
  GtkWidget *view;

  if (account == NULL || self->import_view != NULL)
    return NULL;

  view = linkage_import_view_new (account, self->narrow);
  g_signal_connect_object (view, "open-page", G_CALLBACK (on_open_page), self, 0);
  g_signal_connect_object (view, "open-file", G_CALLBACK (on_open_file), self, 0);
  g_signal_connect_object (view, "imported", G_CALLBACK (on_imported), self, 0);
  g_signal_connect_object (view, "destroy", G_CALLBACK (on_view_gone), self, 0);
  self->import_view = view;
  linkage_window_present_page (self, view);

  return LINKAGE_IMPORT_VIEW (view);
}

static void
paste (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportView *view = present_view (LINKAGE_WINDOW (widget));

  if (view != NULL)
    linkage_import_view_paste (view);
}

static void
on_file_chosen (GFile *file, gpointer user_data)
{
  LinkageImportView *view = present_view (LINKAGE_WINDOW (user_data));

  if (view != NULL)
    linkage_import_view_open (view, file);
}

static GListModel *
create_filters (void)
{
  GListStore *filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _ ("Tables and Web Pages"));
  gtk_file_filter_add_mime_type (tables, "text/csv");
  gtk_file_filter_add_mime_type (tables, "text/tab-separated-values");
  gtk_file_filter_add_mime_type (tables, "text/html");
  gtk_file_filter_add_mime_type (tables, "text/plain");
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);

  return G_LIST_MODEL (filters);
}

static void
open_copy (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GListModel) filters = create_filters ();

  linkage_compat_open_file (GTK_WINDOW (widget), _ ("Open a Copy of the Table"), filters, on_file_chosen,
                            g_object_ref (widget), g_object_unref);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = LINKAGE_WINDOW (user_data);
  g_autoptr (GError) error = NULL;

  if (linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error))
    {
      linkage_window_forget_import (self);
      linkage_window_show_sentence (self, _ ("The import was undone"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      linkage_window_show_error (self, error);
    }
}

static void
undo_import (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCompanionAccount *account = get_account (LINKAGE_WINDOW (widget));

  if (account != NULL)
    linkage_companion_account_undo_import_async (account, NULL, on_undone, g_object_ref (widget));
}

static gboolean
on_drop_accepted (GtkDropTargetAsync *target, GdkDrop *drop, LinkageWindow *self)
{
  return get_account (self) != NULL && self->import_view == NULL &&
         gdk_content_formats_match (gtk_drop_target_async_get_formats (target), gdk_drop_get_formats (drop));
}

static gboolean
on_dropped (GtkDropTargetAsync *target, GdkDrop *drop, double x, double y, LinkageWindow *self)
{
  LinkageImportView *view = present_view (self);

  if (view == NULL)
    return FALSE;

  linkage_import_view_drop (view, drop);

  return TRUE;
}

/**
 * linkage_window_forget_import:
 * @self: a #LinkageWindow
 *
 * Takes back the Undo that is offered for the latest import: it would undo another one.
 */
void
linkage_window_forget_import (LinkageWindow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->import_toast);

  if (toast != NULL)
    adw_toast_dismiss (toast);
}

/**
 * linkage_window_accept_drops:
 * @self: a #LinkageWindow
 *
 * Lets files, pages and text be dropped onto what the window shows, where the account takes them.
 */
void
linkage_window_accept_drops (LinkageWindow *self)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (linkage_import_source_get_formats (), GDK_ACTION_COPY);

  g_signal_connect_object (target, "accept", G_CALLBACK (on_drop_accepted), self, 0);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->content_stack), GTK_EVENT_CONTROLLER (target));
}

static void
on_copies_changed (LinkageWindow *self)
{
  LinkageCompanionAccount *account = get_account (self);
  g_autoptr (LinkageCopy) copy = account != NULL ? linkage_companion_account_get_latest_copy (account) : NULL;

  self->can_undo_import = copy != NULL && copy->can_undo;
  linkage_window_update_import_actions (self);
}

/**
 * linkage_window_follow_copies:
 * @self: a #LinkageWindow with an account
 *
 * Keeps in mind from now on whether the latest copy of the account can be taken back.
 */
void
linkage_window_follow_copies (LinkageWindow *self)
{
  if (get_account (self) != NULL)
    g_signal_connect_object (self->account, "copies-changed", G_CALLBACK (on_copies_changed), self, G_CONNECT_SWAPPED);
  on_copies_changed (self);
}

/**
 * linkage_window_update_import_actions:
 * @self: a #LinkageWindow
 *
 * Enables what can be done with what a person brings.
 */
void
linkage_window_update_import_actions (LinkageWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_covered = g_strcmp0 (gtk_stack_get_visible_child_name (self->view_stack), "main") != 0;
  gboolean can_import = get_account (self) != NULL && self->opening == NULL && !is_covered;

  gtk_widget_action_set_enabled (widget, "win.paste", can_import);
  gtk_widget_action_set_enabled (widget, "win.open-copy", can_import);
  gtk_widget_action_set_enabled (widget, "win.undo-import", get_account (self) != NULL && self->can_undo_import);
}

/**
 * linkage_window_class_install_import_actions:
 * @widget_class: the window's class
 *
 * Installs what is done with what a person brings: `win.paste`, also by Ctrl+V wherever no text takes it,
 * `win.open-copy` and `win.undo-import`.
 */
void
linkage_window_class_install_import_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.paste", NULL, paste);
  gtk_widget_class_install_action (widget_class, "win.open-copy", NULL, open_copy);
  gtk_widget_class_install_action (widget_class, "win.undo-import", NULL, undo_import);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "win.paste", NULL);
}
