/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-account-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-account-error-private.h"
#include "linkage-outbox-entry.h"
#include "linkage-removed-rows.h"
#include "linkage-store-erase.h"

enum
{
  PROP_INFO = 1,
  PROP_STATE,
  PROP_STATE_SINCE,
  PROP_LAST_ERROR,
  PROP_BUSY,
  PROP_UPDATED_AT,
  PROP_HAS_CONTENT,
};

enum
{
  CREDENTIALS_RENEWED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void linkage_portal_account_iface_init (LinkageAccountInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkagePortalAccount,
                               linkage_portal_account,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_ACCOUNT, linkage_portal_account_iface_init))

/**
 * linkage_portal_account_return_boolean:
 * @task: (transfer full): a task of this account
 * @done: what a layer below answered
 * @error: (transfer full) (nullable): its error, when @done is %FALSE
 *
 * Hands on what a layer below answered, with its error translated.
 */
void
linkage_portal_account_return_boolean (GTask *task, gboolean done, GError *error)
{
  g_autoptr (GTask) owned = task;

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    linkage_account_error_return (task, error);
}

/**
 * linkage_portal_account_return_pointer:
 * @task: (transfer full): a task of this account
 * @value: (transfer full) (nullable): what a layer below answered
 * @destroy: frees @value
 * @error: (transfer full) (nullable): its error, when @value is %NULL
 *
 * Hands on what a layer below answered, with its error translated.
 */
void
linkage_portal_account_return_pointer (GTask *task, gpointer value, GDestroyNotify destroy, GError *error)
{
  g_autoptr (GTask) owned = task;

  if (value != NULL)
    g_task_return_pointer (task, value, destroy);
  else
    linkage_account_error_return (task, error);
}

static const char *
linkage_portal_account_get_id (LinkageAccount *account)
{
  return LINKAGE_PORTAL_ACCOUNT (account)->config->id;
}

static const char *
linkage_portal_account_get_folder (LinkageAccount *account)
{
  return LINKAGE_PORTAL_ACCOUNT (account)->config->folder;
}

static LinkageAccountFeatures
linkage_portal_account_get_features (LinkageAccount *account)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  LinkageAccountFeatures features =
    LINKAGE_ACCOUNT_FEATURES_REFRESH | LINKAGE_ACCOUNT_FEATURES_SEARCH | LINKAGE_ACCOUNT_FEATURES_MERGE;

  if (self->config->sandbox)
    return features | LINKAGE_ACCOUNT_FEATURES_SANDBOX;

  return features | LINKAGE_ACCOUNT_FEATURES_KEPT | LINKAGE_ACCOUNT_FEATURES_SIGN_IN;
}

static LinkageConnectionList *
linkage_portal_account_create_list (LinkageAccount *account)
{
  return linkage_connection_list_new (LINKAGE_PORTAL_ACCOUNT (account)->store);
}

static gint64
linkage_portal_account_get_now (LinkageAccount *account)
{
  return linkage_sync_get_now (LINKAGE_PORTAL_ACCOUNT (account)->sync);
}

static const GError *
linkage_portal_account_get_last_error (LinkageAccount *account)
{
  return linkage_sync_get_last_error (LINKAGE_PORTAL_ACCOUNT (account)->sync);
}

static LinkageConnection *
linkage_portal_account_get_connection (LinkageAccount *account, const char *connection_id, GError **error)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  LinkageConnection *connection = linkage_store_get_connection (self->store, connection_id, &below);

  if (connection == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return connection;
}

static LinkageConnection *
linkage_portal_account_get_connection_of_customer (LinkageAccount *account, const char *customer_id, GError **error)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  LinkageConnection *connection = linkage_store_get_connection_of_customer (self->store, customer_id, &below);

  if (connection == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return connection;
}

static GPtrArray *
linkage_portal_account_list_operations (LinkageAccount *account, GError **error)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  GPtrArray *operations = linkage_store_list_operations (self->store, &below);

  if (operations == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return operations;
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  LinkagePortalAccount *self = g_task_get_source_object (task);
  GError *error = NULL;
  LinkageOperation *entry = linkage_outbox_entry_submit_finish (LINKAGE_STORE (source), result, &error);

  if (entry != NULL && entry->not_before <= g_get_real_time () / G_USEC_PER_SEC)
    linkage_sync_request (self->sync);
  linkage_portal_account_return_pointer (task, entry, (GDestroyNotify)linkage_operation_unref, error);
}

static void
linkage_portal_account_submit_async (LinkageAccount *account,
                                     LinkageOperation *operation,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_submit_async);
  g_task_set_check_cancellable (task, FALSE);
  linkage_outbox_entry_submit_async (self->store, operation, linkage_sync_get_now (self->sync), cancellable,
                                     on_submitted, task);
}

static LinkageOperation *
linkage_portal_account_submit_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean done = linkage_outbox_entry_withdraw_finish (LINKAGE_STORE (source), result, &error);

  linkage_portal_account_return_boolean (user_data, done, error);
}

static void
linkage_portal_account_undo_async (LinkageAccount *account,
                                   const char *key,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_undo_async);
  g_task_set_check_cancellable (task, FALSE);
  linkage_outbox_entry_withdraw_async (self->store, key, cancellable, on_withdrawn, task);
}

static gboolean
linkage_portal_account_undo_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  gboolean done = linkage_sync_refresh_finish (LINKAGE_SYNC (source), result, &error);

  linkage_portal_account_return_boolean (user_data, done, error);
}

static void
refresh (LinkagePortalAccount *self, GTask *task)
{
  linkage_sync_refresh_async (self->sync, g_task_get_cancellable (task), on_refreshed, g_object_ref (task));
}

static void
on_hastened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalAccount) self = user_data;
  g_autoptr (GError) error = NULL;

  /* Closing sends all that waits. */
  if (!linkage_store_hasten_finish (LINKAGE_STORE (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    g_warning ("What was to be sent now is sent when it is due: %s", error->message);

  self->n_hastening--;
  if (self->n_hastening > 0)
    return;

  linkage_sync_request (self->sync);
  for (guint i = 0; i < self->refreshing->len; i++)
    refresh (self, g_ptr_array_index (self->refreshing, i));
  g_ptr_array_set_size (self->refreshing, 0);
}

static void
linkage_portal_account_send_now (LinkageAccount *account, const char *key)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);

  self->n_hastening++;
  linkage_store_hasten_async (self->store, key, NULL, on_hastened, g_object_ref (self));
}

/* It takes along what was to be sent now before. */
static void
linkage_portal_account_refresh_async (LinkageAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_refresh_async);
  if (self->n_hastening > 0)
    g_ptr_array_add (self->refreshing, g_steal_pointer (&task));
  else
    refresh (self, task);
}

static gboolean
linkage_portal_account_refresh_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
linkage_portal_account_abandon (LinkageAccount *account)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);

  linkage_sync_abandon (self->sync);
  linkage_store_keep_log (self->store);
}

static void
on_store_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalAccount) self = user_data;
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->closing);
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_store_close_finish (LINKAGE_STORE (source), result, &error);

  self->is_closed = TRUE;
  for (guint i = 0; i < tasks->len; i++)
    linkage_portal_account_return_boolean (g_object_ref (g_ptr_array_index (tasks, i)), done,
                                           done ? NULL : g_error_copy (error));
}

static void
on_sync_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalAccount) self = user_data;

  linkage_sync_close_finish (LINKAGE_SYNC (source), result, NULL);
  linkage_store_close_async (self->store, on_store_closed, g_object_ref (self));
}

static void
linkage_portal_account_close_async (LinkageAccount *account, GAsyncReadyCallback callback, gpointer user_data)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (account);
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, linkage_portal_account_close_async);
  if (self->is_closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* Who closes it a second time waits for the same end. */
  if (self->closing == NULL)
    {
      self->closing = g_ptr_array_new_with_free_func (g_object_unref);
      linkage_sync_close_async (self->sync, on_sync_closed, g_object_ref (self));
    }
  g_ptr_array_add (self->closing, g_steal_pointer (&task));
}

static gboolean
linkage_portal_account_close_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
linkage_portal_account_list_removed_async (LinkageAccount *account,
                                           guint offset,
                                           guint limit,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  linkage_removed_rows_list_async (account, LINKAGE_PORTAL_ACCOUNT (account)->store, offset, limit, cancellable,
                                   callback, user_data);
}

static void
linkage_portal_account_iface_init (LinkageAccountInterface *iface)
{
  iface->get_id = linkage_portal_account_get_id;
  iface->get_folder = linkage_portal_account_get_folder;
  iface->get_features = linkage_portal_account_get_features;
  iface->create_list = linkage_portal_account_create_list;
  iface->get_now = linkage_portal_account_get_now;
  iface->get_last_error = linkage_portal_account_get_last_error;
  iface->get_connection = linkage_portal_account_get_connection;
  iface->get_connection_of_customer = linkage_portal_account_get_connection_of_customer;
  iface->list_operations = linkage_portal_account_list_operations;
  iface->submit_async = linkage_portal_account_submit_async;
  iface->submit_finish = linkage_portal_account_submit_finish;
  iface->undo_async = linkage_portal_account_undo_async;
  iface->undo_finish = linkage_portal_account_undo_finish;
  iface->send_now = linkage_portal_account_send_now;
  iface->refresh_async = linkage_portal_account_refresh_async;
  iface->refresh_finish = linkage_portal_account_refresh_finish;
  iface->abandon = linkage_portal_account_abandon;
  iface->close_async = linkage_portal_account_close_async;
  iface->close_finish = linkage_portal_account_close_finish;
  iface->list_removed_async = linkage_portal_account_list_removed_async;
  iface->list_removed_finish = linkage_removed_rows_list_finish;
  linkage_portal_account_init_search (iface);
  linkage_portal_account_init_sandbox (iface);
}

static void
linkage_portal_account_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_INFO:
      g_value_take_boxed (value, linkage_store_get_account_info (self->store));
      break;
    case PROP_UPDATED_AT:
      g_value_set_int64 (value, linkage_store_get_updated_at (self->store));
      break;
    case PROP_STATE:
    case PROP_STATE_SINCE:
    case PROP_LAST_ERROR:
    case PROP_BUSY:
    case PROP_HAS_CONTENT:
      g_object_get_property (G_OBJECT (self->sync), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
on_sync_notify (LinkagePortalAccount *self, GParamSpec *pspec, LinkageSync *sync)
{
  g_object_notify (G_OBJECT (self), pspec->name);
}

static void
on_account_changed (LinkagePortalAccount *self, LinkageStore *store)
{
  g_object_notify (G_OBJECT (self), "info");
  g_object_notify (G_OBJECT (self), "updated-at");
}

static void
on_operation_refused (LinkagePortalAccount *self, LinkageOperation *operation, LinkageSync *sync)
{
  g_signal_emit_by_name (self, "operation-refused", operation);
}

static void
linkage_portal_account_dispose (GObject *object)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (object);

  g_clear_object (&self->sync);
  g_clear_object (&self->source);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (linkage_portal_account_parent_class)->dispose (object);
}

static void
linkage_portal_account_finalize (GObject *object)
{
  LinkagePortalAccount *self = LINKAGE_PORTAL_ACCOUNT (object);

  g_clear_pointer (&self->config, linkage_portal_account_config_free);
  g_clear_pointer (&self->refreshing, g_ptr_array_unref);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  g_clear_pointer (&self->unanswered_presses, g_hash_table_unref);

  G_OBJECT_CLASS (linkage_portal_account_parent_class)->finalize (object);
}

static void
linkage_portal_account_class_init (LinkagePortalAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_portal_account_get_property;
  object_class->dispose = linkage_portal_account_dispose;
  object_class->finalize = linkage_portal_account_finalize;

  g_object_class_override_property (object_class, PROP_INFO, "info");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_STATE_SINCE, "state-since");
  g_object_class_override_property (object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property (object_class, PROP_BUSY, "busy");
  g_object_class_override_property (object_class, PROP_UPDATED_AT, "updated-at");
  g_object_class_override_property (object_class, PROP_HAS_CONTENT, "has-content");

  /**
   * LinkagePortalAccount::credentials-renewed:
   * @self: an account
   * @credentials: (transfer none) (type LinkageCredentials): what signs in from now on
   *
   * As #LinkageTokenSource::renewed.
   */
  signals[CREDENTIALS_RENEWED] = g_signal_new ("credentials-renewed", LINKAGE_TYPE_PORTAL_ACCOUNT, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
linkage_portal_account_init (LinkagePortalAccount *self)
{
  self->refreshing = g_ptr_array_new_with_free_func (g_object_unref);
  self->unanswered_presses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
on_renewed (LinkagePortalAccount *self, const LinkageCredentials *credentials, LinkageTokenSource *source)
{
  g_signal_emit (self, signals[CREDENTIALS_RENEWED], 0, credentials);
}

static void
set_source (LinkagePortalAccount *self,
            const char *issuer,
            const char *client_id,
            const LinkageCredentials *credentials)
{
  g_autoptr (SoupSession) session = NULL;

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_func (self->source, on_renewed, self);
  g_clear_object (&self->source);
  if (credentials == NULL)
    return;

  session = linkage_client_create_session ();
  self->source = linkage_token_source_new (session, issuer, client_id, linkage_credentials_copy (credentials));
  g_signal_connect_object (self->source, "renewed", G_CALLBACK (on_renewed), self, G_CONNECT_SWAPPED);
}

static void
on_store_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkagePortalAccount) self = g_object_ref (g_task_get_task_data (task));
  GError *error = NULL;

  self->store = linkage_store_open_finish (result, &error);
  if (self->store == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }
  if (linkage_store_get_set_aside (self->store) != NULL)
    g_message ("A cache that could not be read was set aside as %s", linkage_store_get_set_aside (self->store));

  set_source (self, self->config->issuer, self->config->client_id, self->config->credentials);
  self->sync = linkage_sync_new (self->store, self->config->api, self->config->account_id, self->source);
  g_signal_connect_object (self->sync, "notify", G_CALLBACK (on_sync_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "operation-refused", G_CALLBACK (on_operation_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "account-changed", G_CALLBACK (on_account_changed), self, G_CONNECT_SWAPPED);
  linkage_sync_start (self->sync);

  g_task_return_pointer (task, g_steal_pointer (&self), g_object_unref);
}

/**
 * linkage_portal_account_open_async:
 * @config: which account; it is copied
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when the store is open
 * @user_data: data for @callback
 *
 * Opens the account's store, whose rows are there at once, and begins to sync.
 */
void
linkage_portal_account_open_async (const LinkagePortalAccountConfig *config,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (LinkagePortalAccount) self = NULL;
  g_autofree char *path = NULL;
  g_return_if_fail (config != NULL);

  self = g_object_new (LINKAGE_TYPE_PORTAL_ACCOUNT, NULL);
  self->config = linkage_portal_account_config_copy (config);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_portal_account_open_async);

  if (g_mkdir_with_parents (config->folder, 0700) != 0)
    {
      g_task_return_error (
        task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY, NULL, NULL, g_strerror (errno)));
      return;
    }

  path = g_build_filename (config->folder, "store.sqlite", NULL);
  g_task_set_task_data (task, g_steal_pointer (&self), g_object_unref);
  linkage_store_open_async (path, cancellable, on_store_opened, g_object_ref (task));
}

/**
 * linkage_portal_account_open_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_portal_account_open_async() began.
 *
 * Returns: (transfer full) (nullable): the account; %NULL with @error set: one of the STORE codes of
 *   %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageAccount *
linkage_portal_account_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_former_revoked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_token_source_revoke_finish (LINKAGE_TOKEN_SOURCE (source), result, &error))
    g_info ("Former credentials stay good until they run out: %s", error->message);
}

/**
 * linkage_portal_account_sign_in:
 * @self: an account
 * @issuer: (nullable): who gave @credentials; %NULL: they are a token alone
 * @client_id: (nullable): what the program calls itself there
 * @credentials: (nullable): what signs in from now on
 *
 * Takes other credentials and reads what changed with them. Who gave the former ones is told that nobody uses them any
 * more.
 */
void
linkage_portal_account_sign_in (LinkagePortalAccount *self,
                                const char *issuer,
                                const char *client_id,
                                const LinkageCredentials *credentials)
{
  g_autoptr (LinkageTokenSource) former = NULL;

  g_return_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (self));

  former = self->source != NULL ? g_object_ref (self->source) : NULL;
  set_source (self, issuer, client_id, credentials);
  linkage_sync_set_token_source (self->sync, self->source);
  if (former != NULL)
    linkage_token_source_revoke_async (former, NULL, on_former_revoked, NULL);
}

/**
 * linkage_portal_account_sign_out:
 * @self: an account
 *
 * Asks nothing more of the portal until somebody signs in.
 *
 * Returns: (transfer full) (nullable): what signed in, to be revoked; %NULL: nobody was signed in
 */
LinkageTokenSource *
linkage_portal_account_sign_out (LinkagePortalAccount *self)
{
  g_autoptr (LinkageTokenSource) former = NULL;

  g_return_val_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (self), NULL);

  former = self->source != NULL ? g_object_ref (self->source) : NULL;
  set_source (self, NULL, NULL, NULL);
  linkage_sync_set_token_source (self->sync, NULL);

  return g_steal_pointer (&former);
}

/**
 * linkage_portal_account_get_config:
 * @self: an account
 *
 * Gets how the account was described when it was opened.
 *
 * Returns: (transfer none): the description
 */
const LinkagePortalAccountConfig *
linkage_portal_account_get_config (LinkagePortalAccount *self)
{
  g_return_val_if_fail (LINKAGE_IS_PORTAL_ACCOUNT (self), NULL);

  return self->config;
}
