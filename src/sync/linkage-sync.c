/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-sync-private.h"

#include "linkage-account-error-private.h"
#include "linkage-outbox.h"

#define CLOSE_TIME_LIMIT 30 /* seconds */
#define CLOCK_TOLERANCE 2   /* seconds: less is not worth a write */

enum
{
  PROP_STATE = 1,
  PROP_STATE_SINCE,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_HAS_CONTENT,
};

static GParamSpec *properties[PROP_HAS_CONTENT + 1];

enum
{
  SIGNAL_OPERATION_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageSync, linkage_sync, G_TYPE_OBJECT)

static void
set_state (LinkageSync *self, LinkageAccountState state)
{
  if (self->state == state)
    return;

  self->state = state;
  self->is_deaf = FALSE;
  self->state_since = g_get_real_time () / G_USEC_PER_SEC;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_SINCE]);
}

static void
set_last_error (LinkageSync *self, const GError *error)
{
  if (self->last_error == NULL && error == NULL)
    return;

  g_clear_error (&self->last_error);
  self->last_error = error != NULL ? linkage_account_error_from (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_ERROR]);
}

static void
set_has_content (LinkageSync *self)
{
  if (self->has_content)
    return;

  self->has_content = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CONTENT]);
}

/**
 * linkage_sync_set_busy:
 * @self: a sync
 * @busy: whether a pass is under way
 */
void
linkage_sync_set_busy (LinkageSync *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static LinkageAccountState
get_state_for_error (LinkageSync *self, const GError *error)
{
  /* Only who reads it again says otherwise. */
  if (self->state == LINKAGE_ACCOUNT_STATE_REMOVED)
    return LINKAGE_ACCOUNT_STATE_REMOVED;
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED))
    return LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED;
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED))
    return LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED;
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED))
    return LINKAGE_ACCOUNT_STATE_REMOVED;
  if (error->domain != LINKAGE_REMOTE_ERROR && self->state != LINKAGE_ACCOUNT_STATE_STARTING)
    return self->state;

  return linkage_sync_is_offline (self) ? LINKAGE_ACCOUNT_STATE_OFFLINE : LINKAGE_ACCOUNT_STATE_UNREACHABLE;
}

static void
note_clock (LinkageSync *self)
{
  gboolean known = FALSE;
  gint64 offset = linkage_client_get_clock_offset (self->client, &known);

  if (known && ABS (offset - linkage_store_get_clock_offset (self->store)) >= CLOCK_TOLERANCE)
    linkage_store_set_clock_offset (self->store, offset);
}

static gboolean
is_worth_a_retry (LinkageAccountState state, const GError *error)
{
  return state == LINKAGE_ACCOUNT_STATE_UNREACHABLE || error->domain != LINKAGE_REMOTE_ERROR;
}

/**
 * linkage_sync_take_result:
 * @self: a sync
 * @error: (nullable): why the pass failed; %NULL: it did not
 *
 * Takes over what a pass says of the account.
 */
void
linkage_sync_take_result (LinkageSync *self, const GError *error)
{
  LinkageAccountState state;

  note_clock (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error == NULL)
    {
      set_has_content (self);
      set_last_error (self, NULL);
      set_state (self, LINKAGE_ACCOUNT_STATE_READY);
      return;
    }

  state = get_state_for_error (self, error);
  set_last_error (self, error);
  set_state (self, state);
  if (is_worth_a_retry (state, error))
    linkage_sync_retry_after_error (self, error);
}

/**
 * linkage_sync_take_offline:
 * @self: a sync
 *
 * Takes over that this machine has no network any more.
 */
void
linkage_sync_take_offline (LinkageSync *self)
{
  if (self->state == LINKAGE_ACCOUNT_STATE_STARTING || self->state == LINKAGE_ACCOUNT_STATE_READY ||
      self->state == LINKAGE_ACCOUNT_STATE_UNREACHABLE)
    set_state (self, LINKAGE_ACCOUNT_STATE_OFFLINE);
}

static void
on_operation_refused (LinkageSync *self, LinkageOperation *operation, LinkageOutboxPusher *pusher)
{
  g_signal_emit (self, signals[SIGNAL_OPERATION_REFUSED], 0, operation);
}

static void
linkage_sync_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageSync *self = LINKAGE_SYNC (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_STATE_SINCE:
      g_value_set_int64 (value, self->state_since);
      break;
    case PROP_LAST_ERROR:
      g_value_set_boxed (value, self->last_error);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_HAS_CONTENT:
      g_value_set_boolean (value, self->has_content);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_sync_dispose (GObject *object)
{
  LinkageSync *self = LINKAGE_SYNC (object);

  linkage_sync_stop_schedule (self);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_cancellable_cancel (self->push_cancellable);
  g_cancellable_cancel (self->pull_cancellable);
  g_clear_object (&self->pusher);
  g_clear_object (&self->client);
  g_clear_object (&self->source);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (linkage_sync_parent_class)->dispose (object);
}

static void
linkage_sync_finalize (GObject *object)
{
  LinkageSync *self = LINKAGE_SYNC (object);

  g_clear_pointer (&self->api, g_free);
  g_clear_error (&self->last_error);
  g_clear_error (&self->deferred);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->waiting_next, g_ptr_array_unref);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  g_clear_object (&self->push_cancellable);
  g_clear_object (&self->pull_cancellable);

  G_OBJECT_CLASS (linkage_sync_parent_class)->finalize (object);
}

static void
linkage_sync_class_init (LinkageSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = linkage_sync_get_property;
  object_class->dispose = linkage_sync_dispose;
  object_class->finalize = linkage_sync_finalize;

  /**
   * LinkageSync:state:
   *
   * As #LinkageAccount:state.
   */
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, LINKAGE_ACCOUNT_STATE_REMOVED, 0, flags);
  /**
   * LinkageSync:state-since:
   *
   * As #LinkageAccount:state-since.
   */
  properties[PROP_STATE_SINCE] = g_param_spec_int64 ("state-since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  /**
   * LinkageSync:last-error:
   *
   * As #LinkageAccount:last-error.
   */
  properties[PROP_LAST_ERROR] = g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR, flags);
  /**
   * LinkageSync:busy:
   *
   * As #LinkageAccount:busy.
   */
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  /**
   * LinkageSync:has-content:
   *
   * As #LinkageAccount:has-content.
   */
  properties[PROP_HAS_CONTENT] = g_param_spec_boolean ("has-content", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LinkageSync::operation-refused:
   * @self: the sync
   * @operation: what was refused, with its refusal
   *
   * As #LinkageAccount::operation-refused.
   */
  signals[SIGNAL_OPERATION_REFUSED] = g_signal_new ("operation-refused", LINKAGE_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL,
                                                    NULL, NULL, G_TYPE_NONE, 1, LINKAGE_TYPE_OPERATION);
}

static void
linkage_sync_init (LinkageSync *self)
{
  self->state_since = g_get_real_time () / G_USEC_PER_SEC;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting_next = g_ptr_array_new_with_free_func (g_object_unref);
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->push_cancellable = g_cancellable_new ();
  self->pull_cancellable = g_cancellable_new ();
}

static gboolean
is_local_address (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GInetAddress) inet_address = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0)
    return TRUE;

  inet_address = g_inet_address_new_from_string (g_uri_get_host (uri));
  return inet_address != NULL && g_inet_address_get_is_loopback (inet_address);
}

static gboolean
is_merged (LinkageStore *store)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (store);

  return info != NULL && info->merged_into_id != NULL;
}

static gboolean
has_cached_rows (LinkageStore *store)
{
  g_autofree char *state = linkage_store_dup_state (store);

  return state != NULL || linkage_store_get_updated_at (store) > 0;
}

/**
 * linkage_sync_new:
 * @store: an open store
 * @api: base address of the portal's interface
 * @account_id: the portal's id of the account
 * @source: (nullable): what signs in; %NULL: nothing is asked before there is one
 *
 * Joins a store with a portal. Nothing happens before linkage_sync_start() or linkage_sync_refresh_async().
 *
 * Returns: (transfer full): the sync
 */
LinkageSync *
linkage_sync_new (LinkageStore *store, const char *api, const char *account_id, LinkageTokenSource *source)
{
  LinkageSync *self;

  g_return_val_if_fail (LINKAGE_IS_STORE (store), NULL);
  g_return_val_if_fail (api != NULL, NULL);
  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (source == NULL || LINKAGE_IS_TOKEN_SOURCE (source), NULL);

  self = g_object_new (LINKAGE_TYPE_SYNC, NULL);
  self->store = g_object_ref (store);
  self->api = g_strdup (api);
  g_set_object (&self->source, source);
  self->is_local = is_local_address (api);
  self->client = linkage_client_new (NULL, api, account_id, NULL);
  linkage_client_set_token_source (self->client, source);
  self->pusher = linkage_outbox_pusher_new (store, self->client);
  self->has_content = has_cached_rows (store);
  if (is_merged (store))
    self->state = LINKAGE_ACCOUNT_STATE_REMOVED;
  g_signal_connect_object (self->pusher, "refused", G_CALLBACK (on_operation_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (linkage_sync_schedule_due), self, G_CONNECT_SWAPPED);
  linkage_sync_start_schedule (self);

  return self;
}

/**
 * linkage_sync_get_client:
 * @self: a sync
 *
 * Gets the client with which the portal is asked.
 *
 * Returns: (transfer none): the client
 */
LinkageClient *
linkage_sync_get_client (LinkageSync *self)
{
  g_return_val_if_fail (LINKAGE_IS_SYNC (self), NULL);

  return self->client;
}

/**
 * linkage_sync_get_last_error:
 * @self: a sync
 *
 * Gets why the last pass failed.
 *
 * Returns: (transfer none) (nullable): an error of the domain %LINKAGE_ACCOUNT_ERROR; %NULL when it did not
 */
const GError *
linkage_sync_get_last_error (LinkageSync *self)
{
  g_return_val_if_fail (LINKAGE_IS_SYNC (self), NULL);

  return self->last_error;
}

/**
 * linkage_sync_get_now:
 * @self: a sync
 *
 * Gets the time by the portal's clock: ours and what the last reply's date, or the store, says of the difference.
 *
 * Returns: Unix seconds
 */
gint64
linkage_sync_get_now (LinkageSync *self)
{
  gboolean known = FALSE;
  gint64 offset;

  g_return_val_if_fail (LINKAGE_IS_SYNC (self), 0);

  offset = linkage_client_get_clock_offset (self->client, &known);
  if (!known)
    offset = linkage_store_get_clock_offset (self->store);

  return g_get_real_time () / G_USEC_PER_SEC + offset;
}

/**
 * linkage_sync_is_offline:
 * @self: a sync
 *
 * Tells whether this machine has no network by which the portal could be reached.
 *
 * Returns: %TRUE when there is none
 */
gboolean
linkage_sync_is_offline (LinkageSync *self)
{
  g_return_val_if_fail (LINKAGE_IS_SYNC (self), FALSE);

  return !self->is_local && !g_network_monitor_get_network_available (g_network_monitor_get_default ());
}

/**
 * linkage_sync_set_token_source:
 * @self: a sync
 * @source: (nullable): what signs in from now on
 *
 * Signs in with something else and begins a pass with it.
 */
void
linkage_sync_set_token_source (LinkageSync *self, LinkageTokenSource *source)
{
  g_return_if_fail (LINKAGE_IS_SYNC (self));
  g_return_if_fail (source == NULL || LINKAGE_IS_TOKEN_SOURCE (source));

  g_set_object (&self->source, source);
  linkage_client_set_token_source (self->client, source);
  linkage_sync_stop_listening (self);
  self->is_deaf = FALSE;
  linkage_sync_request (self);
}

/**
 * linkage_sync_request:
 * @self: a sync
 *
 * Asks for a pass in the background. During a pass it means one more. Without a network it begins when there is one;
 * while the portal wants to be left alone, it begins then.
 */
void
linkage_sync_request (LinkageSync *self)
{
  g_return_if_fail (LINKAGE_IS_SYNC (self));

  if (self->closed)
    return;
  if (self->busy)
    {
      self->wanted = TRUE;
      return;
    }

  self->wanted = FALSE;
  if (linkage_sync_is_offline (self))
    linkage_sync_take_offline (self);
  else if (!linkage_sync_is_put_off (self))
    linkage_sync_begin_pass (self);
}

/**
 * linkage_sync_start:
 * @self: a sync
 *
 * Begins to keep the two the same. Of an account that is known to be no more, nothing is asked but what became of
 * requests that it has not answered.
 */
void
linkage_sync_start (LinkageSync *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (LINKAGE_IS_SYNC (self));

  operations = linkage_store_list_operations (self->store, &error);
  if (operations == NULL)
    g_warning ("The outbox cannot be read: %s", error->message);
  if (self->state != LINKAGE_ACCOUNT_STATE_REMOVED || (operations != NULL && linkage_outbox_is_open (operations)))
    linkage_sync_request (self);
}

/**
 * linkage_sync_refresh_async:
 * @self: a sync
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Begins a pass that a person asked for, whatever the network and the back-off say. During a pass it waits for the
 * next.
 */
void
linkage_sync_refresh_async (LinkageSync *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_SYNC (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_sync_refresh_async);
  if (self->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The account is being closed");
      return;
    }

  g_ptr_array_add (self->waiting_next, g_steal_pointer (&task));
  if (!self->busy)
    linkage_sync_begin_pass (self);
}

/**
 * linkage_sync_refresh_finish:
 * @self: a sync
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_sync_refresh_async() began.
 *
 * Returns: %TRUE when all was read; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_sync_refresh_finish (LinkageSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
on_deadline (gpointer user_data)
{
  LinkageSync *self = user_data;

  self->deadline_id = 0;
  g_cancellable_cancel (self->push_cancellable);

  return G_SOURCE_REMOVE;
}

/**
 * linkage_sync_abandon:
 * @self: a sync that is about to be closed
 *
 * Sends nothing any more, also not when it is closed: what is under way is cut off.
 */
void
linkage_sync_abandon (LinkageSync *self)
{
  g_return_if_fail (LINKAGE_IS_SYNC (self));

  g_cancellable_cancel (self->push_cancellable);
  g_cancellable_cancel (self->pull_cancellable);
}

/**
 * linkage_sync_close_async:
 * @self: a sync
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Stops for good. What waits is sent first, for 30 seconds at most. Asked for again, it waits for the same end.
 */
void
linkage_sync_close_async (LinkageSync *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_SYNC (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_sync_close_async);
  if (self->has_ended)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_ptr_array_add (self->closing, g_steal_pointer (&task));
  if (self->closed)
    return;

  self->closed = TRUE;
  linkage_sync_stop_schedule (self);
  self->deadline_id = g_timeout_add_seconds (CLOSE_TIME_LIMIT, on_deadline, self);
  g_cancellable_cancel (self->pull_cancellable);
  if (!self->busy)
    linkage_sync_push_for_closing (self);
}

/**
 * linkage_sync_close_finish:
 * @self: a sync
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_sync_close_async() began.
 *
 * Returns: %TRUE
 */
gboolean
linkage_sync_close_finish (LinkageSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
