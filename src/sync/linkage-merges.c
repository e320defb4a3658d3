/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-merges-private.h"

#include "linkage-account-error-private.h"

#define PAGE_SIZE 200

enum
{
  PROP_BUSY = 1,
  PROP_SUGGESTIONS_ENABLED,
};

static GParamSpec *properties[PROP_SUGGESTIONS_ENABLED + 1];

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void read_list (GTask *task);

G_DEFINE_FINAL_TYPE (LinkageMerges, linkage_merges, G_TYPE_OBJECT)

static void
call_free (gpointer data)
{
  LinkageMergesCall *call = data;

  g_free (call->press);
  g_free (call);
}

/**
 * linkage_merges_get_client:
 * @self: merges
 *
 * Returns: (transfer none): the account's client
 */
LinkageClient *
linkage_merges_get_client (LinkageMerges *self)
{
  return linkage_sync_get_client (self->account->sync);
}

static void
add_calls (LinkageMerges *self, int n_calls)
{
  gboolean was_busy = self->n_calls > 0;

  self->n_calls += n_calls;
  if (was_busy != (self->n_calls > 0))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_returned (GTask *task, GParamSpec *pspec, LinkageMerges *self)
{
  add_calls (self, -1);
}

/**
 * linkage_merges_begin:
 * @self: merges
 * @press: (transfer full) (nullable): what was pressed, and with what; %NULL for what only reads
 * @source_tag: the asynchronous function
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Begins a call that somebody waits for.
 *
 * Returns: (transfer full) (nullable): its task; %NULL where it failed already, as there is no network
 */
GTask *
linkage_merges_begin (LinkageMerges *self,
                      char *press,
                      gpointer source_tag,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  LinkageMergesCall *call = g_new0 (LinkageMergesCall, 1);

  call->press = press;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, call, call_free);
  /* What was done is told as done, whoever has lost interest meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  if (linkage_sync_is_offline (self->account->sync))
    {
      g_task_return_error (
        task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_OFFLINE, NULL, NULL, "A merge is never queued"));
      return NULL;
    }

  add_calls (self, 1);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (on_returned), self, 0);

  return g_steal_pointer (&task);
}

static gboolean
is_answer (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_FIELDS) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED);
}

/* What is said of the account as a whole is not said here alone. */
static gboolean
concerns_account (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED);
}

/**
 * linkage_merges_take_answer:
 * @self: merges
 * @task: of a call
 * @error: (nullable): what the portal, or the way to it, said; %NULL: it was done
 *
 * Forgets the key of a press that was answered: made again, it is another one.
 */
void
linkage_merges_take_answer (LinkageMerges *self, GTask *task, const GError *error)
{
  const LinkageMergesCall *call = g_task_get_task_data (task);

  if (call->press != NULL && (error == NULL || is_answer (error)))
    g_hash_table_remove (self->account->unanswered_presses, call->press);
  if (error != NULL && concerns_account (error))
    linkage_sync_request (self->account->sync);
}

/**
 * linkage_merges_fail:
 * @task: of a call
 * @error: (transfer full): why it failed
 *
 * Returns from a call that failed.
 */
void
linkage_merges_fail (GTask *task, GError *error)
{
  linkage_merges_take_answer (g_task_get_source_object (task), task, error);
  linkage_account_error_return (task, error);
}

/**
 * linkage_merges_outdate_reads:
 * @self: merges
 *
 * Notes that a list which is on its way may have been made before what is known now.
 */
void
linkage_merges_outdate_reads (LinkageMerges *self)
{
  self->generation++;
  self->is_outdated = self->is_rereading;
}

/**
 * linkage_merges_tell_changed:
 * @self: merges
 * @was_enabled: whether suggestions were enabled before
 */
void
linkage_merges_tell_changed (LinkageMerges *self, gboolean was_enabled)
{
  if (was_enabled != self->list->suggestions_enabled)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUGGESTIONS_ENABLED]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* list: (transfer full) */
static void
take_list (LinkageMerges *self, LinkageMergeList *list)
{
  gboolean was_enabled = self->list->suggestions_enabled;

  linkage_merge_list_free (self->list);
  self->list = list;
  self->was_read = TRUE;
  linkage_merges_tell_changed (self, was_enabled);
}

static void
on_reread (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageMerges *self = user_data;
  g_autoptr (GError) error = NULL;
  LinkageMergeList *list = linkage_client_list_merges_finish (LINKAGE_CLIENT (source), result, &error);

  /* Then the merges are gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->is_rereading = FALSE;
  if (list == NULL)
    g_info ("Merge requests are those of a while ago: %s", error->message);
  else if (self->is_outdated)
    linkage_merge_list_free (list);
  else
    take_list (self, list);

  if (self->is_outdated && list != NULL)
    linkage_merges_reread (self);
}

/**
 * linkage_merges_reread:
 * @self: merges
 *
 * Reads the list again, for nobody in particular.
 */
void
linkage_merges_reread (LinkageMerges *self)
{
  if (self->is_rereading)
    {
      self->is_outdated = TRUE;
      return;
    }

  self->is_rereading = TRUE;
  self->is_outdated = FALSE;
  linkage_client_list_merges_async (linkage_merges_get_client (self), self->cancellable, on_reread, self);
}

/* Whoever asks or answers changes the account's state on the portal, of which its programs are told. */
static void
on_account_updated (LinkageMerges *self, GParamSpec *pspec, LinkageAccount *account)
{
  if (self->was_read && linkage_account_get_state (account) == LINKAGE_ACCOUNT_STATE_READY)
    linkage_merges_reread (self);
}

static void
linkage_merges_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageMerges *self = LINKAGE_MERGES (object);

  switch (property_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, linkage_merges_get_busy (self));
      break;
    case PROP_SUGGESTIONS_ENABLED:
      g_value_set_boolean (value, linkage_merges_get_suggestions_enabled (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_merges_dispose (GObject *object)
{
  LinkageMerges *self = LINKAGE_MERGES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (linkage_merges_parent_class)->dispose (object);
}

static void
linkage_merges_finalize (GObject *object)
{
  LinkageMerges *self = LINKAGE_MERGES (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->list, linkage_merge_list_free);

  G_OBJECT_CLASS (linkage_merges_parent_class)->finalize (object);
}

static void
linkage_merges_class_init (LinkageMergesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = linkage_merges_get_property;
  object_class->dispose = linkage_merges_dispose;
  object_class->finalize = linkage_merges_finalize;

  /**
   * LinkageMerges:busy:
   *
   * Whether the portal is asked something that somebody waits for.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /**
   * LinkageMerges:suggestions-enabled:
   *
   * Whether the account is suggested to others, and others to it.
   */
  properties[PROP_SUGGESTIONS_ENABLED] = g_param_spec_boolean ("suggestions-enabled", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LinkageMerges::changed:
   * @self: the merges
   *
   * There are other merge requests or suggestions, or they stand differently.
   */
  signals[CHANGED] =
    g_signal_new ("changed", LINKAGE_TYPE_MERGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_merges_init (LinkageMerges *self)
{
  self->list = linkage_merge_list_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * linkage_merges_new:
 * @account: an account
 *
 * Makes what asks, shows and answers the merge requests of an account. Nothing is read yet. Once it was read, it is
 * read again by itself whenever the account is.
 *
 * Returns: (transfer full) (nullable): the merges; %NULL where the account has not %LINKAGE_ACCOUNT_FEATURES_MERGE
 */
LinkageMerges *
linkage_merges_new (LinkageAccount *account)
{
  LinkageMerges *self;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), NULL);

  if ((linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_MERGE) == 0)
    return NULL;

  self = g_object_new (LINKAGE_TYPE_MERGES, NULL);
  self->account = g_object_ref (LINKAGE_PORTAL_ACCOUNT (account));
  g_signal_connect_object (account, "notify::updated-at", G_CALLBACK (on_account_updated), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * linkage_merges_get_requests:
 * @self: merges
 *
 * Gets the merge requests, both ways, as the portal said last.
 *
 * Returns: (transfer none) (element-type LinkageMergeRequest): the requests, the open one first; until ::changed
 */
GPtrArray *
linkage_merges_get_requests (LinkageMerges *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), NULL);

  return self->list->requests;
}

/**
 * linkage_merges_get_n_suggestions:
 * @self: merges
 *
 * Gets how many accounts are suggested.
 *
 * Returns: the number
 */
guint
linkage_merges_get_n_suggestions (LinkageMerges *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), 0);

  return self->list->suggested->len;
}

static LinkageAccountInfo *
get_suggested (LinkageMerges *self, guint position)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), NULL);
  g_return_val_if_fail (position < self->list->suggested->len, NULL);

  return g_ptr_array_index (self->list->suggested, position);
}

/**
 * linkage_merges_get_suggested_id:
 * @self: merges
 * @position: less than linkage_merges_get_n_suggestions()
 *
 * Gets which account is suggested.
 *
 * Returns: (transfer none): the account's id on the portal
 */
const char *
linkage_merges_get_suggested_id (LinkageMerges *self, guint position)
{
  LinkageAccountInfo *suggested = get_suggested (self, position);

  return suggested != NULL ? suggested->id : NULL;
}

/**
 * linkage_merges_get_suggested_name:
 * @self: merges
 * @position: less than linkage_merges_get_n_suggestions()
 *
 * Gets how a suggested account is called. It is text from outside: never markup.
 *
 * Returns: (transfer none): the account's name
 */
const char *
linkage_merges_get_suggested_name (LinkageMerges *self, guint position)
{
  LinkageAccountInfo *suggested = get_suggested (self, position);

  return suggested != NULL ? suggested->name : NULL;
}

/**
 * linkage_merges_get_suggestions_enabled:
 * @self: merges
 *
 * Gets whether the account is suggested to others, and others to it.
 *
 * Returns: what the portal said last; %FALSE before
 */
gboolean
linkage_merges_get_suggestions_enabled (LinkageMerges *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), FALSE);

  return self->list->suggestions_enabled;
}

/**
 * linkage_merges_get_busy:
 * @self: merges
 *
 * Gets whether the portal is asked something that somebody waits for.
 *
 * Returns: %TRUE while it is
 */
gboolean
linkage_merges_get_busy (LinkageMerges *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), FALSE);

  return self->n_calls > 0;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageMerges *self = g_task_get_source_object (task);
  const LinkageMergesCall *call = g_task_get_task_data (task);
  g_autoptr (LinkageMergeList) list = NULL;
  GError *error = NULL;

  list = linkage_client_list_merges_finish (LINKAGE_CLIENT (source), result, &error);
  if (list == NULL)
    {
      linkage_merges_fail (task, error);
      return;
    }
  if (call->generation != self->generation)
    {
      read_list (g_steal_pointer (&task));
      return;
    }

  take_list (self, g_steal_pointer (&list));
  g_task_return_boolean (task, TRUE);
}

/* task: (transfer full) */
static void
read_list (GTask *task)
{
  LinkageMerges *self = g_task_get_source_object (task);
  LinkageMergesCall *call = g_task_get_task_data (task);

  call->generation = self->generation;
  linkage_client_list_merges_async (linkage_merges_get_client (self), g_task_get_cancellable (task), on_listed, task);
}

/**
 * linkage_merges_read_async:
 * @self: merges
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads merge requests and suggestions.
 */
void
linkage_merges_read_async (LinkageMerges *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));

  task = linkage_merges_begin (self, NULL, linkage_merges_read_async, cancellable, callback, user_data);
  if (task != NULL)
    read_list (task);
}

/**
 * linkage_merges_finish_done:
 * @self: merges
 * @result: the result that the callback was given
 * @source_tag: the asynchronous function
 * @error: (out) (optional): where an error goes
 *
 * Ends a call that is only done or not.
 *
 * Returns: whether it was done
 */
gboolean
linkage_merges_finish_done (LinkageMerges *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_merges_read_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_read_async() began.
 *
 * Returns: %TRUE when it was read; %FALSE with @error set
 */
gboolean
linkage_merges_read_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  return linkage_merges_finish_done (self, result, linkage_merges_read_async, error);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageMerges *self = g_task_get_source_object (task);
  const LinkageMergesCall *call = g_task_get_task_data (task);
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (self->account->store);
  GError *error = NULL;
  LinkageMergePreview *preview = linkage_client_preview_merge_finish (
    LINKAGE_CLIENT (source), result, info != NULL ? info->name : "", call->offset, &error);

  if (preview == NULL)
    linkage_merges_fail (task, error);
  else
    g_task_return_pointer (task, preview, (GDestroyNotify)linkage_merge_preview_unref);
}

/**
 * linkage_merges_preview_async:
 * @self: merges
 * @merge_id: a merge request that came to this account
 * @offset: the first row
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads a page of what the merge would do.
 */
void
linkage_merges_preview_async (LinkageMerges *self,
                              const char *merge_id,
                              guint offset,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_MERGES (self));
  g_return_if_fail (merge_id != NULL);

  task = linkage_merges_begin (self, NULL, linkage_merges_preview_async, cancellable, callback, user_data);
  if (task == NULL)
    return;

  ((LinkageMergesCall *)g_task_get_task_data (task))->offset = offset;
  linkage_client_preview_merge_async (linkage_merges_get_client (self), merge_id, offset, PAGE_SIZE, cancellable,
                                      on_previewed, task);
}

/**
 * linkage_merges_preview_finish:
 * @self: merges
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_merges_preview_async() began.
 *
 * Returns: (transfer full) (nullable): the page; %NULL with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED of the type
 *   `merge-closed` or `merge-not-yours`, and others
 */
LinkageMergePreview *
linkage_merges_preview_finish (LinkageMerges *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_merges_preview_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
