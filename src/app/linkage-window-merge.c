/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-merge-companion.h"
#include "linkage-merge-text.h"
#include "linkage-merges-page.h"
#include "linkage-portal-text.h"
#include "linkage-removed-page.h"

static gboolean
is_removed (LinkageWindow *self)
{
  return self->account != NULL && linkage_account_get_state (self->account) == LINKAGE_ACCOUNT_STATE_REMOVED;
}

static void
on_removed_counted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  g_autoptr (GPtrArray) first = linkage_account_list_removed_finish (LINKAGE_ACCOUNT (source), result, &total, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->counting_removed);
  if (first == NULL)
    g_message ("Cannot count what was removed: %s", error->message);
  self->has_removed = first != NULL && total > 0;
  linkage_window_update_merge_actions (self);
}

static void
count_removed (LinkageWindow *self)
{
  if (self->counting_removed != NULL)
    g_cancellable_cancel (self->counting_removed);
  g_clear_object (&self->counting_removed);
  self->counting_removed = g_cancellable_new ();
  linkage_account_list_removed_async (self->account, 0, 1, self->counting_removed, on_removed_counted,
                                      g_object_ref (self));
}

static void
tell_merged (LinkageWindow *self, const char *sentence, const LinkageMergePreview *preview)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (preview->removed > 0)
    {
      adw_toast_set_button_label (toast, _ ("Show _Removed"));
      adw_toast_set_action_name (toast, "win.removed-requests");
    }
  linkage_window_add_toast (self, toast);
}

static void
on_merged (LinkageMergesPage *page, LinkageMergePreview *preview, LinkageWindow *self)
{
  g_autofree char *sentence = linkage_merge_text_get_done (preview);

  g_signal_emit_by_name (page, "closed");
  tell_merged (self, sentence, preview);
}

/* What was done is said first, then where the other account's data is. */
static void
on_companion_merged (LinkageMergesPage *page, LinkageMergePreview *preview, LinkageWindow *self)
{
  g_autoptr (LinkageMergeCompanion) source =
    g_object_ref (LINKAGE_MERGE_COMPANION (linkage_merges_page_get_source (page)));
  const char *path = linkage_merge_companion_get_set_aside (source);
  g_autofree char *sentence = linkage_merge_text_get_done_here (preview);
  g_autofree char *name = linkage_portal_text_isolate (preview->going_name);

  g_signal_emit_by_name (page, "closed");
  count_removed (self);
  tell_merged (self, sentence, preview);
  if (path != NULL)
    linkage_window_tell_set_aside (self, name, path);
}

static void
merge_companion (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  GtkWidget *page = linkage_merges_page_new_for_companions (self->manager, self->narrow);

  g_signal_connect_object (page, "merged", G_CALLBACK (on_companion_merged), self, 0);
  linkage_window_present_page (self, page);
}

static void
merge_requests (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autoptr (LinkageMerges) merges = linkage_merges_new (self->account);
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  GtkWidget *page = NULL;

  if (merges == NULL || info == NULL)
    return;

  page = linkage_merges_page_new (merges, info->name, self->narrow);
  g_signal_connect_object (page, "merged", G_CALLBACK (on_merged), self, 0);
  linkage_window_present_page (self, page);
}

static void
removed_requests (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);

  linkage_window_present_page (self, linkage_removed_page_new (self->account, self->narrow));
}

/* (transfer full) (nullable): the id of the program's account that this one became part of */
static char *
find_merged (LinkageWindow *self)
{
  GListModel *entries = linkage_account_manager_get_accounts (self->manager);
  g_autoptr (LinkageAccountInfo) info = is_removed (self) ? linkage_account_get_info (self->account) : NULL;

  for (guint i = 0; info != NULL && info->merged_into_id != NULL && i < g_list_model_get_n_items (entries); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (entries, i);
      LinkageAccount *account = linkage_account_entry_get_account (entry);
      g_autoptr (LinkageAccountInfo) other = account != NULL ? linkage_account_get_info (account) : NULL;

      if (other != NULL && g_str_equal (other->id, info->merged_into_id))
        return g_strdup (linkage_account_entry_get_id (entry));
    }

  return NULL;
}

static void
on_merged_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_switch_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_window_show_error (self, error);
}

static void
open_merged (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageWindow *self = LINKAGE_WINDOW (widget);
  g_autofree char *id = find_merged (self);

  if (id != NULL)
    linkage_account_manager_switch_async (self->manager, id, NULL, on_merged_opened, g_object_ref (self));
}

/**
 * linkage_window_forget_removed:
 * @self: a #LinkageWindow
 *
 * Counts no more what was removed from the account that was shown.
 */
void
linkage_window_forget_removed (LinkageWindow *self)
{
  if (self->counting_removed != NULL)
    g_cancellable_cancel (self->counting_removed);
  g_clear_object (&self->counting_removed);
  self->has_removed = FALSE;
}

/**
 * linkage_window_follow_removed:
 * @self: a #LinkageWindow with another account than before
 *
 * Finds out from now on whether the account has rows that are no more.
 */
void
linkage_window_follow_removed (LinkageWindow *self)
{
  if (!linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_MERGE | LINKAGE_ACCOUNT_FEATURES_IMPORT))
    return;

  g_signal_connect_object (self->account, "notify::updated-at", G_CALLBACK (count_removed), self, G_CONNECT_SWAPPED);
  count_removed (self);
}

/**
 * linkage_window_update_merge_actions:
 * @self: a #LinkageWindow
 *
 * Enables what is done about merging, and disables what an account that is merged into another cannot do any more.
 */
void
linkage_window_update_merge_actions (LinkageWindow *self)
{
  static const char *const asking[] = { "win.connect", "win.send-again", "win.verify" };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_covered = g_strcmp0 (gtk_stack_get_visible_child_name (self->view_stack), "main") != 0;
  g_autofree char *merged = find_merged (self);
  g_autoptr (GPtrArray) companions = linkage_merge_companion_list (self->manager);
  gboolean can_merge = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_MERGE) && !is_removed (self) &&
                       linkage_account_get_state (self->account) != LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED;

  gtk_widget_action_set_enabled (widget, "win.merge-requests", can_merge && !is_covered);
  gtk_widget_action_set_enabled (widget, "win.merge-companion",
                                 self->account != NULL && companions->len > 0 && !is_covered);
  gtk_widget_action_set_enabled (widget, "win.removed-requests", self->has_removed && !is_covered);
  gtk_widget_action_set_enabled (widget, "win.open-merged", merged != NULL);
  linkage_notice_bar_set_can_open_merged (self->notice_bar, merged != NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (asking); i++)
    gtk_widget_action_set_enabled (widget, asking[i], !is_removed (self));
  if (is_removed (self))
    {
      gtk_widget_action_set_enabled (widget, "win.search", FALSE);
      gtk_widget_action_set_enabled (widget, "win.refresh", FALSE);
      gtk_widget_action_set_enabled (widget, "win.sign-in", FALSE);
    }
}

/**
 * linkage_window_class_install_merge_actions:
 * @widget_class: the window's class
 *
 * Installs what is done about merging: `win.merge-requests`, `win.merge-companion`, `win.removed-requests`, and
 * `win.open-merged` for the account that this one became part of.
 */
void
linkage_window_class_install_merge_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.merge-requests", NULL, merge_requests);
  gtk_widget_class_install_action (widget_class, "win.merge-companion", NULL, merge_companion);
  gtk_widget_class_install_action (widget_class, "win.removed-requests", NULL, removed_requests);
  gtk_widget_class_install_action (widget_class, "win.open-merged", NULL, open_merged);
}
