/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

#include "linkage-account-error-private.h"
#include "linkage-row-history.h"
#include "linkage-text.h"

static void
edit (LinkageCompanionAccount *self,
      const char *connection_id,
      LinkageRowChangeKind kind,
      const char *present,
      GPtrArray *entries,
      GTask *task)
{
  g_autoptr (LinkageRowChange) change =
    linkage_row_change_new (kind, g_get_real_time () / G_USEC_PER_SEC, 0, NULL, present);

  linkage_store_edit_async (self->store, connection_id, change, entries, g_task_get_cancellable (task),
                            linkage_companion_account_on_written, task);
}

static gboolean
check_email (const char *email, GTask *task)
{
  if (email == NULL || linkage_text_is_email (email))
    return TRUE;

  g_task_return_error (
    task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS, NULL, NULL, "Not an e-mail address"));

  return FALSE;
}

/**
 * linkage_companion_account_mark_sent_async:
 * @self: an account
 * @connection_id: which row
 * @contact_email: (nullable): to whom the request went; %NULL for one from a suggestion
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Records that the person sent a request on the portal's page just now. To be ended with
 * linkage_companion_account_finish(): %LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS for what is no e-mail address.
 */
void
linkage_companion_account_mark_sent_async (LinkageCompanionAccount *self,
                                           const char *connection_id,
                                           const char *contact_email,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (connection_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_mark_sent_async);
  if (check_email (contact_email, task))
    edit (self, connection_id, LINKAGE_ROW_CHANGE_SENT, contact_email, NULL, g_object_ref (task));
}

/**
 * linkage_companion_account_set_requests_used_async:
 * @self: an account
 * @connection_id: which row
 * @requests_used: how many requests there were, of 3
 * @is_minimum: whether there may have been more
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Corrects what no table shows. To be ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_set_requests_used_async (LinkageCompanionAccount *self,
                                                   const char *connection_id,
                                                   guint requests_used,
                                                   gboolean is_minimum,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data)
{
  g_autofree char *present = linkage_row_history_format_requests_used (requests_used, is_minimum);
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (connection_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_set_requests_used_async);
  edit (self, connection_id, LINKAGE_ROW_CHANGE_REQUESTS_USED, present, NULL, task);
}

/**
 * linkage_companion_account_set_contact_async:
 * @self: an account
 * @connection_id: which row
 * @contact_email: (nullable): to whom its latest request went
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Adds or corrects an address. To be ended with linkage_companion_account_finish():
 * %LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS for what is no e-mail address.
 */
void
linkage_companion_account_set_contact_async (LinkageCompanionAccount *self,
                                             const char *connection_id,
                                             const char *contact_email,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (connection_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_set_contact_async);
  if (check_email (contact_email, task))
    edit (self, connection_id, LINKAGE_ROW_CHANGE_CONTACT, contact_email, NULL, g_object_ref (task));
}

/**
 * linkage_companion_account_set_entries_async:
 * @self: an account
 * @connection_id: which row
 * @entries: (element-type LinkageCustomerEntry): the customer list behind its name; a reference is taken
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Adds what the portal shows only when hovering. To be ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_set_entries_async (LinkageCompanionAccount *self,
                                             const char *connection_id,
                                             GPtrArray *entries,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autofree char *present = NULL;
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (connection_id != NULL);
  g_return_if_fail (entries != NULL);

  present = g_strdup_printf ("%u", entries->len);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_set_entries_async);
  edit (self, connection_id, LINKAGE_ROW_CHANGE_ENTRIES, present, entries, task);
}

static LinkageAccountInfo *
copy_info (LinkageCompanionAccount *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (self->store);

  return linkage_account_info_copy (info);
}

/**
 * linkage_companion_account_set_searches_used_async:
 * @self: an account
 * @searches_used: how many searches the person made on the portal's page; more than there are count as all
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Counts searches by the person's word. To be ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_set_searches_used_async (LinkageCompanionAccount *self,
                                                   guint searches_used,
                                                   GCancellable *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer user_data)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));

  info = copy_info (self);
  info->searches_used = MIN (searches_used, info->searches_limit);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_set_searches_used_async);
  linkage_companion_account_write_info (self, info, task);
}

/**
 * linkage_companion_account_set_details_async:
 * @self: an account
 * @name: the account's name
 * @page: (nullable): where requests are made, https
 * @invitation_email: (nullable): what a customer invites
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Takes what the person says of the account. To be ended with linkage_companion_account_finish():
 * %LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS for a page that is not https, %LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS for what
 * is no e-mail address.
 */
void
linkage_companion_account_set_details_async (LinkageCompanionAccount *self,
                                             const char *name,
                                             const char *page,
                                             const char *invitation_email,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (name != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_set_details_async);
  if (!check_email (invitation_email, task))
    return;
  if (!linkage_companion_account_check_page (page, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  info = copy_info (self);
  g_free (info->name);
  info->name = g_strdup (name);
  g_free (info->page);
  info->page = g_strdup (page);
  g_free (info->invitation_email);
  info->invitation_email = g_strdup (invitation_email);
  linkage_companion_account_write_info (self, info, g_object_ref (task));
}

/**
 * linkage_companion_account_list_backups:
 * @self: an account
 *
 * Lists the backups that linkage_companion_account_restore_async() can restore.
 *
 * Returns: (transfer full) (element-type LinkageStoreBackup): those that can be read, newest first
 */
GPtrArray *
linkage_companion_account_list_backups (LinkageCompanionAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);

  return linkage_store_list_backups (self->store);
}

/**
 * linkage_companion_account_restore_async:
 * @self: an account
 * @backup: the path of one of linkage_companion_account_list_backups()
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Makes the account what it was when the backup was made. What there is now becomes the newest backup first. To be
 * ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_restore_async (LinkageCompanionAccount *self,
                                         const char *backup,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (backup != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_restore_async);
  linkage_store_restore_async (self->store, backup, cancellable, linkage_companion_account_on_copies_written, task);
}
