/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-client-merges.h"

#include "linkage-client-private.h"
#include "linkage-mapping-limits.h"
#include "linkage-mapping-merge.h"

/**
 * linkage_client_list_merges_async:
 * @self: a client
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads the account's merge requests, both ways, and its suggestions.
 */
void
linkage_client_list_merges_async (LinkageClient *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));

  address = linkage_client_build_address (self, "merges", NULL);
  exchange = linkage_exchange_new ("GET", address);
  linkage_exchange_set_reader (exchange, "merges", linkage_mapping_read_merges,
                               (GDestroyNotify)linkage_merge_list_free);
  linkage_client_start (self, exchange, linkage_client_list_merges_async, cancellable, callback, user_data);
}

/**
 * linkage_client_list_merges_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_list_merges_async().
 *
 * Returns: (transfer full) (nullable): the list
 */
LinkageMergeList *
linkage_client_list_merges_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_list_merges_async, error);
}

static JsonObject *
create_asking (const char *account_id, const char *email, gboolean mine_stays, const char *note)
{
  JsonObject *body = json_object_new ();

  if (account_id != NULL)
    json_object_set_string_member (body, "account-id", account_id);
  else
    json_object_set_string_member (body, "email", email);
  json_object_set_string_member (body, "stays", mine_stays ? "mine" : "theirs");
  if (note != NULL)
    json_object_set_string_member (body, "note", note);

  return body;
}

/**
 * linkage_client_ask_merge_async:
 * @self: a client
 * @key: the idempotency key
 * @account_id: (nullable): which account is asked
 * @email: (nullable): where @account_id is %NULL, an admin of the account that is asked
 * @mine_stays: whether the client's account is there afterwards, else the other
 * @note: (nullable): what the other's admins read beside it
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks another account to become one with the client's.
 */
void
linkage_client_ask_merge_async (LinkageClient *self,
                                const char *key,
                                const char *account_id,
                                const char *email,
                                gboolean mine_stays,
                                const char *note,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (account_id != NULL || email != NULL);

  address = linkage_client_build_address (self, "merges", NULL);
  exchange = linkage_exchange_new ("POST", address);
  linkage_exchange_take_body (exchange, create_asking (account_id, email, mine_stays, note));
  linkage_exchange_set_key (exchange, key);
  linkage_exchange_set_reader (exchange, "merge", linkage_mapping_read_merge,
                               (GDestroyNotify)linkage_merge_request_unref);
  linkage_client_start (self, exchange, linkage_client_ask_merge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_ask_merge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_REFUSED where one of the two
 * is in a merge request already, or both are one, and %LINKAGE_REMOTE_ERROR_NOT_FOUND where nobody can be asked; or
 *   %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_ask_merge_async().
 *
 * Returns: (transfer full) (nullable): the merge request
 */
LinkageMergeRequest *
linkage_client_ask_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_ask_merge_async, error);
}

/**
 * linkage_client_preview_merge_async:
 * @self: a client
 * @merge_id: a merge request that came to the client's account
 * @offset: the first row
 * @limit: how many rows at most, 1 to 500
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a page of what the merge would do.
 */
void
linkage_client_preview_merge_async (LinkageClient *self,
                                    const char *merge_id,
                                    guint offset,
                                    guint limit,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *base = NULL;
  g_autofree char *address = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (merge_id != NULL);
  g_return_if_fail (limit >= 1 && limit <= LINKAGE_MAX_MERGE_ROWS);

  base = linkage_client_build_address (self, "merges", merge_id, "preview", NULL);
  address = g_strdup_printf ("%s?offset=%u&limit=%u", base, offset, limit);
  exchange = linkage_exchange_new ("GET", address);
  linkage_exchange_set_reader (exchange, "merge-preview", linkage_mapping_read_merge_preview,
                               (GDestroyNotify)linkage_merge_previewed_free);
  linkage_client_start (self, exchange, linkage_client_preview_merge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_preview_merge_finish:
 * @self: a client
 * @result: what the callback got
 * @own_name: the name of the client's account, which the portal does not repeat
 * @offset: as it was asked for
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_preview_merge_async().
 *
 * Returns: (transfer full) (nullable): the page
 */
LinkageMergePreview *
linkage_client_preview_merge_finish (LinkageClient *self,
                                     GAsyncResult *result,
                                     const char *own_name,
                                     guint offset,
                                     GError **error)
{
  g_autoptr (LinkageMergePreviewed) previewed = NULL;
  char **name;

  g_return_val_if_fail (own_name != NULL, NULL);

  previewed = linkage_client_finish_value (self, result, linkage_client_preview_merge_async, error);
  if (previewed == NULL)
    return NULL;

  name = previewed->merge->mine_stays ? &previewed->preview->staying_name : &previewed->preview->going_name;
  g_free (*name);
  *name = g_strdup (own_name);
  previewed->preview->offset = offset;

  return g_steal_pointer (&previewed->preview);
}

/**
 * linkage_client_approve_merge_async:
 * @self: a client
 * @key: the idempotency key
 * @merge_id: a merge request that came to the client's account
 * @going_name: the name of the account that will be no more, as it was typed
 * @state: of the preview that was seen
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Merges the two accounts, which cannot be undone.
 */
void
linkage_client_approve_merge_async (LinkageClient *self,
                                    const char *key,
                                    const char *merge_id,
                                    const char *going_name,
                                    const char *state,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL && merge_id != NULL);
  g_return_if_fail (going_name != NULL && state != NULL);

  address = linkage_client_build_address (self, "merges", merge_id, "approve", NULL);
  exchange = linkage_exchange_new ("PUT", address);
  body = json_object_new ();
  json_object_set_string_member (body, "name", going_name);
  json_object_set_string_member (body, "state", state);
  linkage_exchange_take_body (exchange, body);
  linkage_exchange_set_key (exchange, key);
  linkage_exchange_set_reader (exchange, "merged", linkage_mapping_read_merged, (GDestroyNotify)linkage_merged_free);
  linkage_client_start (self, exchange, linkage_client_approve_merge_async, cancellable, callback, user_data);
}

/* The account that stays is one of the two, as the merge request says. */
static gboolean
check_staying (LinkageClient *self, const LinkageMerged *merged, GError **error)
{
  if (merged->merge->mine_stays)
    return linkage_client_check_account (self, merged->account, error);
  if (g_str_equal (merged->account->id, merged->merge->other_id))
    return TRUE;

  g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                       "The reply is about neither of the two accounts");
  return FALSE;
}

/**
 * linkage_client_approve_merge_finish:
 * @self: a client
 * @result: what the callback got
 * @account: (out) (transfer full) (optional): the account that is there from now on
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_REFUSED for another name, and
 *   for a preview that does not hold any more; or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_approve_merge_async().
 *
 * Returns: (transfer full) (nullable): the merge request after it
 */
LinkageMergeRequest *
linkage_client_approve_merge_finish (LinkageClient *self,
                                     GAsyncResult *result,
                                     LinkageAccountInfo **account,
                                     GError **error)
{
  g_autoptr (LinkageMerged) merged =
    linkage_client_finish_value (self, result, linkage_client_approve_merge_async, error);

  if (merged == NULL || !check_staying (self, merged, error))
    return NULL;
  if (account != NULL)
    *account = g_steal_pointer (&merged->account);

  return g_steal_pointer (&merged->merge);
}

static void
answer_merge (LinkageClient *self,
              const char *key,
              const char *merge_id,
              const char *answer,
              gpointer source_tag,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autofree char *address = linkage_client_build_address (self, "merges", merge_id, answer, NULL);
  LinkageExchange *exchange = linkage_exchange_new ("PUT", address);

  linkage_exchange_set_key (exchange, key);
  linkage_exchange_set_reader (exchange, "merge", linkage_mapping_read_merge,
                               (GDestroyNotify)linkage_merge_request_unref);
  linkage_client_start (self, exchange, source_tag, cancellable, callback, user_data);
}

/**
 * linkage_client_decline_merge_async:
 * @self: a client
 * @key: the idempotency key
 * @merge_id: a merge request that came to the client's account
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Says no.
 */
void
linkage_client_decline_merge_async (LinkageClient *self,
                                    const char *key,
                                    const char *merge_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL && merge_id != NULL);

  answer_merge (self, key, merge_id, "decline", linkage_client_decline_merge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_decline_merge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_decline_merge_async().
 *
 * Returns: (transfer full) (nullable): the merge request after it
 */
LinkageMergeRequest *
linkage_client_decline_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_decline_merge_async, error);
}

/**
 * linkage_client_withdraw_merge_async:
 * @self: a client
 * @key: the idempotency key
 * @merge_id: a merge request that the client's account made
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes it back.
 */
void
linkage_client_withdraw_merge_async (LinkageClient *self,
                                     const char *key,
                                     const char *merge_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL && merge_id != NULL);

  answer_merge (self, key, merge_id, "withdraw", linkage_client_withdraw_merge_async, cancellable, callback, user_data);
}

/**
 * linkage_client_withdraw_merge_finish:
 * @self: a client
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_withdraw_merge_async().
 *
 * Returns: (transfer full) (nullable): the merge request after it
 */
LinkageMergeRequest *
linkage_client_withdraw_merge_finish (LinkageClient *self, GAsyncResult *result, GError **error)
{
  return linkage_client_finish_value (self, result, linkage_client_withdraw_merge_async, error);
}

/**
 * linkage_client_switch_merge_suggestions_async:
 * @self: a client
 * @key: the idempotency key
 * @enabled: whether the account is suggested to others, and others to it
 * @cancellable: (nullable): cancels the wait; the portal may have acted all the same
 * @callback: called when done
 * @user_data: for @callback
 *
 * Switches suggestions on or off.
 */
void
linkage_client_switch_merge_suggestions_async (LinkageClient *self,
                                               const char *key,
                                               gboolean enabled,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data)
{
  g_autofree char *address = NULL;
  LinkageExchange *exchange;
  JsonObject *body;

  g_return_if_fail (LINKAGE_IS_CLIENT (self));
  g_return_if_fail (key != NULL);

  address = linkage_client_build_address (self, "merge-suggestions", NULL);
  exchange = linkage_exchange_new ("PUT", address);
  body = json_object_new ();
  json_object_set_boolean_member (body, "enabled", enabled);
  linkage_exchange_take_body (exchange, body);
  linkage_exchange_set_key (exchange, key);
  linkage_exchange_set_reader (exchange, "merge-suggestions", linkage_mapping_read_merge_suggestions, g_free);
  linkage_client_start (self, exchange, linkage_client_switch_merge_suggestions_async, cancellable, callback,
                        user_data);
}

/**
 * linkage_client_switch_merge_suggestions_finish:
 * @self: a client
 * @result: what the callback got
 * @enabled: (out) (optional): what holds now
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_switch_merge_suggestions_async().
 *
 * Returns: whether it succeeded
 */
gboolean
linkage_client_switch_merge_suggestions_finish (LinkageClient *self,
                                                GAsyncResult *result,
                                                gboolean *enabled,
                                                GError **error)
{
  g_autofree gboolean *now =
    linkage_client_finish_value (self, result, linkage_client_switch_merge_suggestions_async, error);

  if (now == NULL)
    return FALSE;
  if (enabled != NULL)
    *enabled = *now;

  return TRUE;
}
