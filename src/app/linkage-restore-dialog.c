/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-restore-dialog.h"

#include <glib/gi18n.h>

#include "linkage-compat-ui.h"
#include "linkage-date-text.h"
#include "linkage-error-text.h"

struct _LinkageRestoreDialog
{
  AdwWindow parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  GPtrArray *list;                  /* (owned) (nullable) (element-type LinkageStoreBackup): as the rows show them */
  LinkageStoreBackup *chosen;       /* (owned) (nullable) */
  GCancellable *cancellable;        /* (owned) (nullable): while it is restored */

  GtkListBox *backups; /* (unowned) template child */
  GtkLabel *error;     /* (unowned) template child */
};

enum
{
  RESTORED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageRestoreDialog, linkage_restore_dialog, ADW_TYPE_WINDOW)

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageRestoreDialog) self = LINKAGE_RESTORE_DIALOG (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageErrorText) text = NULL;
  gboolean restored = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backups), TRUE);
  if (restored)
    {
      g_signal_emit (self, signals[RESTORED], 0, self->chosen);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  text = linkage_error_text_new (error);
  gtk_label_set_text (self->error, text->sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
}

static void
restore_confirmed (gpointer user_data)
{
  LinkageRestoreDialog *self = LINKAGE_RESTORE_DIALOG (user_data);

  if (self->chosen == NULL || self->cancellable != NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->backups), FALSE);
  self->cancellable = g_cancellable_new ();
  linkage_companion_account_restore_async (self->account, self->chosen->path, self->cancellable, restored_cb,
                                           g_object_ref (self));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, gpointer user_data)
{
  LinkageRestoreDialog *self = LINKAGE_RESTORE_DIALOG (user_data);
  LinkageStoreBackup *backup = g_ptr_array_index (self->list, (guint)gtk_list_box_row_get_index (row));
  g_autofree char *date = linkage_date_text_format_exact (backup->made_at, NULL);
  /* Translators: %s is a day and a time. */
  g_autofree char *heading = g_strdup_printf (_ ("Restore the Backup of %s?"), date);

  g_clear_pointer (&self->chosen, linkage_store_backup_unref);
  self->chosen = linkage_store_backup_ref (backup);
  linkage_compat_ask (GTK_WINDOW (self), heading,
                      _ ("Your list becomes what it was then. What it is now becomes a backup first, so you can come "
                         "back to it."),
                      _ ("_Cancel"), _ ("_Restore"), restore_confirmed, g_object_ref (self), g_object_unref);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_restore_dialog_unrealize (GtkWidget *widget)
{
  LinkageRestoreDialog *self = LINKAGE_RESTORE_DIALOG (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  GTK_WIDGET_CLASS (linkage_restore_dialog_parent_class)->unrealize (widget);
}

static void
linkage_restore_dialog_dispose (GObject *object)
{
  LinkageRestoreDialog *self = LINKAGE_RESTORE_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, linkage_store_backup_unref);

  G_OBJECT_CLASS (linkage_restore_dialog_parent_class)->dispose (object);
}

static void
linkage_restore_dialog_class_init (LinkageRestoreDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_restore_dialog_dispose;
  widget_class->unrealize = linkage_restore_dialog_unrealize;

  /**
   * LinkageRestoreDialog::restored:
   * @self: the dialog
   * @backup: what the account is now
   *
   * A backup was restored.
   */
  signals[RESTORED] = g_signal_new ("restored", LINKAGE_TYPE_RESTORE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, LINKAGE_TYPE_STORE_BACKUP);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageRestoreDialog, backups);
  gtk_widget_class_bind_template_child (widget_class, LinkageRestoreDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_restore_dialog_init (LinkageRestoreDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
create_row (const LinkageStoreBackup *backup)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *date = linkage_date_text_format_exact (backup->made_at, NULL);
  /* Translators: How many rows a backup has. */
  g_autofree char *rows = g_strdup_printf (ngettext ("%'u request", "%'u requests", backup->n_rows), backup->n_rows);
  /* Translators: When a backup was made, and how many rows it has. */
  g_autofree char *label = g_strdup_printf (_ ("%1$s, %2$s"), date, rows);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), date);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), rows);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);

  return row;
}

/**
 * linkage_restore_dialog_new:
 * @parent: the window that asks
 * @account: whose backups they are
 *
 * Creates a dialog that shows the backups of an account, the newest first.
 *
 * Returns: (transfer none): a new dialog, owned by GTK
 */
LinkageRestoreDialog *
linkage_restore_dialog_new (GtkWindow *parent, LinkageCompanionAccount *account)
{
  LinkageRestoreDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_RESTORE_DIALOG, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  self->list = linkage_companion_account_list_backups (account);
  for (guint i = 0; i < self->list->len; i++)
    gtk_list_box_append (self->backups, create_row (g_ptr_array_index (self->list, i)));

  return self;
}
