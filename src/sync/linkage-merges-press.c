/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-merges-private.h"

/* A press that was not answered may have arrived: made again, it goes under the same key. */
static const char *
lend_key (LinkageMerges *self, GTask *task)
{
  const LinkageMergesCall *call = g_task_get_task_data (task);
  GHashTable *keys = self->account->unanswered_presses;
  const char *key = g_hash_table_lookup (keys, call->press);

  if (key != NULL)
    return key;

  g_hash_table_insert (keys, g_strdup (call->press), g_uuid_string_random ());

  return g_hash_table_lookup (keys, call->press);
}

static gboolean
is_same_request (gconstpointer request, gconstpointer other)
{
  return g_str_equal (((const LinkageMergeRequest *)request)->id, ((const LinkageMergeRequest *)other)->id);
}

/* request: (transfer full): what an answer says of it. An account is in one that is open at most, which is first. */
static void
take_request (LinkageMerges *self, LinkageMergeRequest *request)
{
  GPtrArray *requests = self->list->requests;
  guint position;

  if (g_ptr_array_find_with_equal_func (requests, request, is_same_request, &position))
    g_ptr_array_remove_index (requests, position);
  else
    position = 0;
  g_ptr_array_insert (requests, (int)position, request);

  linkage_merges_outdate_reads (self);
  linkage_merges_tell_changed (self, self->list->suggestions_enabled);
}

/* request: (transfer full) (nullable); error: (transfer full) (nullable) */
static gboolean
take_reply (GTask *task, LinkageMergeRequest *request, GError *error)
{
  LinkageMerges *self = g_task_get_source_object (task);

  if (request == NULL)
    {
      linkage_merges_fail (task, error);
      return FALSE;
    }

  linkage_merges_take_answer (self, task, NULL);
  take_request (self, request);

  return TRUE;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageMergeRequest *request = linkage_client_ask_merge_finish (LINKAGE_CLIENT (source), result, &error);

  if (take_reply (task, request, error))
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_merges_ask_async:
 * @self: merges
 * @account_id: (nullable): one of the suggested accounts
 * @email: (nullable): where @account_id is %NULL, the address of an admin of the other account
 * @mine_stays: whether this account is there afterwards, else the other
 * @note: (nullable): what the other's admins read beside it, 500 characters at most
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks another account to become one with this one.
 */
void
linkage_merges_ask_async (LinkageMerges *self,
                          const char *account_id,
                          const char *email,
                          gboolean mine_stays,
                          const char *note,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task;
  char *press;

  g_return_if_fail (LINKAGE_IS_MERGES (self));
  g_return_if_fail (account_id != NULL || email != NULL);

  press = g_strjoin ("\n", "ask", account_id != NULL ? "id" : "email", account_id != NULL ? account_id : email,
                     mine_stays ? "mine" : "theirs", note != NULL ? note : "", NULL);
  task = linkage_merges_begin (self, press, linkage_merges_ask_async, cancellable, callback, user_data);
  if (task != NULL)
    linkage_client_ask_merge_async (linkage_merges_get_client (self), lend_key (self, task), account_id, email,
                                    mine_stays, note, cancellable, on_asked, task);
}

/**
 * linkage_merges_ask_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_ask_async() began. The merge request is the first of the list then.
 *
 * Returns: %TRUE when it was asked; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED of the type `not-found`,
 *   `merge-with-itself` or `merge-open`, and others
 */
gboolean
linkage_merges_ask_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_ask_async, error);
}

/* It is merged, whatever the reading of what came of it says. */
static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_sync_refresh_finish (LINKAGE_SYNC (source), result, &error))
    g_info ("After a merge: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
on_approved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageMerges *self = g_task_get_source_object (task);
  GError *error = NULL;
  LinkageMergeRequest *request = linkage_client_approve_merge_finish (LINKAGE_CLIENT (source), result, NULL, &error);

  if (take_reply (task, request, error))
    linkage_sync_refresh_async (self->account->sync, NULL, on_refreshed, g_steal_pointer (&task));
}

/**
 * linkage_merges_approve_async:
 * @self: merges
 * @merge_id: a merge request that came to this account
 * @going_name: the name of the account that will be no more, as the person typed it
 * @state: of the preview that the person saw
 * @cancellable: (nullable): a cancellable; what has begun may be done all the same
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Merges the two accounts, which cannot be undone, and reads what came of it.
 */
void
linkage_merges_approve_async (LinkageMerges *self,
                              const char *merge_id,
                              const char *going_name,
                              const char *state,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));
  g_return_if_fail (merge_id != NULL && going_name != NULL && state != NULL);

  task = linkage_merges_begin (self, g_strjoin ("\n", "approve", merge_id, state, going_name, NULL),
                               linkage_merges_approve_async, cancellable, callback, user_data);
  if (task != NULL)
    linkage_client_approve_merge_async (linkage_merges_get_client (self), lend_key (self, task), merge_id, going_name,
                                        state, cancellable, on_approved, task);
}

/**
 * linkage_merges_approve_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_approve_async() began. Where this account is the one that goes, its state is
 * %LINKAGE_ACCOUNT_STATE_REMOVED then.
 *
 * Returns: %TRUE when they are merged; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED of the type
 *   `merge-closed`, `merge-not-yours`, `merge-wrong-name` or `merge-stale`, and others
 */
gboolean
linkage_merges_approve_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_approve_async, error);
}

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageMergeRequest *request = linkage_client_decline_merge_finish (LINKAGE_CLIENT (source), result, &error);

  if (take_reply (task, request, error))
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_merges_decline_async:
 * @self: merges
 * @merge_id: a merge request that came to this account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Says no.
 */
void
linkage_merges_decline_async (LinkageMerges *self,
                              const char *merge_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));
  g_return_if_fail (merge_id != NULL);

  task = linkage_merges_begin (self, g_strjoin ("\n", "decline", merge_id, NULL), linkage_merges_decline_async,
                               cancellable, callback, user_data);
  if (task != NULL)
    linkage_client_decline_merge_async (linkage_merges_get_client (self), lend_key (self, task), merge_id, cancellable,
                                        on_declined, task);
}

/**
 * linkage_merges_decline_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_decline_async() began.
 *
 * Returns: %TRUE when it is declined; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED of the type `merge-closed`
 *   or `merge-not-yours`, and others
 */
gboolean
linkage_merges_decline_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_decline_async, error);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageMergeRequest *request = linkage_client_withdraw_merge_finish (LINKAGE_CLIENT (source), result, &error);

  if (take_reply (task, request, error))
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_merges_withdraw_async:
 * @self: merges
 * @merge_id: a merge request of this account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Takes it back.
 */
void
linkage_merges_withdraw_async (LinkageMerges *self,
                               const char *merge_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));
  g_return_if_fail (merge_id != NULL);

  task = linkage_merges_begin (self, g_strjoin ("\n", "withdraw", merge_id, NULL), linkage_merges_withdraw_async,
                               cancellable, callback, user_data);
  if (task != NULL)
    linkage_client_withdraw_merge_async (linkage_merges_get_client (self), lend_key (self, task), merge_id, cancellable,
                                         on_withdrawn, task);
}

/**
 * linkage_merges_withdraw_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_withdraw_async() began.
 *
 * Returns: %TRUE when it is taken back; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED of the type
 *   `merge-closed` or `merge-not-yours`, and others
 */
gboolean
linkage_merges_withdraw_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_withdraw_async, error);
}

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageMerges *self = g_task_get_source_object (task);
  gboolean was_enabled = self->list->suggestions_enabled;
  GError *error = NULL;

  if (!linkage_client_switch_merge_suggestions_finish (LINKAGE_CLIENT (source), result,
                                                       &self->list->suggestions_enabled, &error))
    {
      linkage_merges_fail (task, error);
      return;
    }

  linkage_merges_take_answer (self, task, NULL);
  linkage_merges_outdate_reads (self);
  linkage_merges_tell_changed (self, was_enabled);
  /* Which accounts are suggested now only a list tells. */
  linkage_merges_reread (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * linkage_merges_set_suggestions_enabled_async:
 * @self: merges
 * @enabled: whether the account is to be suggested to others, and others to it
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Switches suggestions on or off and reads which there are now.
 */
void
linkage_merges_set_suggestions_enabled_async (LinkageMerges *self,
                                              gboolean enabled,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));

  task = linkage_merges_begin (self, g_strjoin ("\n", "suggestions", enabled ? "on" : "off", NULL),
                               linkage_merges_set_suggestions_enabled_async, cancellable, callback, user_data);
  if (task != NULL)
    linkage_client_switch_merge_suggestions_async (linkage_merges_get_client (self), lend_key (self, task), enabled,
                                                   cancellable, on_switched, task);
}

/**
 * linkage_merges_set_suggestions_enabled_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_set_suggestions_enabled_async() began.
 *
 * Returns: %TRUE when it holds; %FALSE with @error set
 */
gboolean
linkage_merges_set_suggestions_enabled_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_set_suggestions_enabled_async, error);
}
