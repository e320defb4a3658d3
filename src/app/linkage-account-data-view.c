/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-data-view.h"

#include <glib/gi18n.h>

#include "linkage-account-data-text.h"
#include "linkage-account-data.h"
#include "linkage-account-removal.h"
#include "linkage-compat-ui.h"
#include "linkage-error-text.h"

struct _LinkageAccountDataView
{
  GtkBox parent_instance;

  LinkageAccount *account; /* (owned) (nullable) */
  GFile *file;             /* (owned) (nullable): where the export goes */
  GCancellable *exporting; /* (owned) (nullable): while it is written */
  GCancellable *asking;    /* (owned) (nullable): while the person is asked */

  GtkWidget *progress_box;      /* (unowned) template child */
  GtkProgressBar *progress_bar; /* (unowned) template child */
  GtkLabel *error;              /* (unowned) template child */
};

enum
{
  EXPORTED,
  REMOVAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageAccountDataView, linkage_account_data_view, GTK_TYPE_BOX)

static void
update (LinkageAccountDataView *self)
{
  gboolean is_free = self->account != NULL && self->exporting == NULL && self->asking == NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.export", is_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.remove", is_free);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.cancel", self->exporting != NULL);
  gtk_widget_set_visible (self->progress_box, self->exporting != NULL);
}

static void
show_sentence (LinkageAccountDataView *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static GtkWindow *
get_window (LinkageAccountDataView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_progress (double fraction, gpointer user_data)
{
  LinkageAccountDataView *self = user_data;

  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageAccountDataView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean exported = linkage_account_export_finish (result, &error);

  g_clear_object (&self->exporting);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  update (self);
  if (exported)
    g_signal_emit (self, signals[EXPORTED], 0, self->file);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sentence = linkage_account_data_text_describe_export_error (self->file, error);
      show_sentence (self, sentence);
    }
}

static void
on_file_chosen (GFile *file, gpointer user_data)
{
  LinkageAccountDataView *self = user_data;

  if (self->account == NULL || self->exporting != NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  g_set_object (&self->file, file);
  self->exporting = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  show_sentence (self, NULL);
  update (self);
  linkage_account_export_async (self->account, file, on_progress, self, self->exporting, on_exported,
                                g_object_ref (self));
}

static char *
dup_account_name (LinkageAccountDataView *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);

  return g_strdup (info != NULL ? info->name : "");
}

static void
export_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageAccountDataView *self = LINKAGE_ACCOUNT_DATA_VIEW (widget);
  g_autofree char *account_name = dup_account_name (self);
  g_autofree char *name = linkage_account_data_text_make_file_name (account_name, g_get_real_time () / G_USEC_PER_SEC);

  linkage_compat_save_file (get_window (self), _ ("Export Everything"), name, on_file_chosen, g_object_ref (self),
                            g_object_unref);
}

static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageAccountDataView *self = LINKAGE_ACCOUNT_DATA_VIEW (widget);

  if (self->exporting != NULL)
    g_cancellable_cancel (self->exporting);
}

static void
on_removal_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageAccountDataView) self = user_data;
  g_autoptr (LinkageErrorText) text = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccountRemoval removal = linkage_account_removal_ask_finish (result, &error);

  g_clear_object (&self->asking);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  update (self);
  if (error != NULL)
    {
      text = linkage_error_text_new (error);
      show_sentence (self, text->sentence);
    }
  else if (removal != LINKAGE_ACCOUNT_REMOVAL_NONE)
    g_signal_emit (self, signals[REMOVAL_CHOSEN], 0, removal);
}

static void
remove_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageAccountDataView *self = LINKAGE_ACCOUNT_DATA_VIEW (widget);
  g_autofree char *name = dup_account_name (self);

  show_sentence (self, NULL);
  self->asking = g_cancellable_new ();
  update (self);
  linkage_account_removal_ask_async (get_window (self), name, self->account, self->asking, on_removal_answered,
                                     g_object_ref (self));
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_account_data_view_unroot (GtkWidget *widget)
{
  LinkageAccountDataView *self = LINKAGE_ACCOUNT_DATA_VIEW (widget);

  if (self->exporting != NULL)
    g_cancellable_cancel (self->exporting);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);

  GTK_WIDGET_CLASS (linkage_account_data_view_parent_class)->unroot (widget);
}

static void
linkage_account_data_view_dispose (GObject *object)
{
  LinkageAccountDataView *self = LINKAGE_ACCOUNT_DATA_VIEW (object);

  g_clear_object (&self->exporting);
  g_clear_object (&self->asking);
  g_clear_object (&self->account);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (linkage_account_data_view_parent_class)->dispose (object);
}

static void
linkage_account_data_view_class_init (LinkageAccountDataViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_account_data_view_dispose;
  widget_class->unroot = linkage_account_data_view_unroot;

  /**
   * LinkageAccountDataView::exported:
   * @self: the view
   * @file: where it is
   *
   * Everything was exported.
   */
  signals[EXPORTED] = g_signal_new ("exported", LINKAGE_TYPE_ACCOUNT_DATA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_FILE);
  /**
   * LinkageAccountDataView::removal-chosen:
   * @self: the view
   * @removal: a #LinkageAccountRemoval
   *
   * The person has read what there is, and wants the account to go.
   */
  signals[REMOVAL_CHOSEN] = g_signal_new ("removal-chosen", LINKAGE_TYPE_ACCOUNT_DATA_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-account-data-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDataView, progress_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDataView, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountDataView, error);
  gtk_widget_class_install_action (widget_class, "data.export", NULL, export_activated);
  gtk_widget_class_install_action (widget_class, "data.remove", NULL, remove_activated);
  gtk_widget_class_install_action (widget_class, "data.cancel", NULL, cancel_activated);
}

static void
linkage_account_data_view_init (LinkageAccountDataView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * linkage_account_data_view_set_account:
 * @self: the view
 * @account: an account with %LINKAGE_ACCOUNT_FEATURES_KEPT
 *
 * Says whose data it is.
 */
void
linkage_account_data_view_set_account (LinkageAccountDataView *self, LinkageAccount *account)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT_DATA_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));

  g_set_object (&self->account, account);
  update (self);
}
