/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

#include "linkage-account-error-private.h"
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
  COPIES_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void linkage_companion_account_iface_init (LinkageAccountInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageCompanionAccount,
                               linkage_companion_account,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LINKAGE_TYPE_ACCOUNT, linkage_companion_account_iface_init))

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static const char *
linkage_companion_account_get_id (LinkageAccount *account)
{
  return LINKAGE_COMPANION_ACCOUNT (account)->id;
}

static const char *
linkage_companion_account_get_folder (LinkageAccount *account)
{
  return LINKAGE_COMPANION_ACCOUNT (account)->folder;
}

static LinkageAccountFeatures
linkage_companion_account_get_features (LinkageAccount *account)
{
  return LINKAGE_ACCOUNT_FEATURES_IMPORT | LINKAGE_ACCOUNT_FEATURES_BY_HAND | LINKAGE_ACCOUNT_FEATURES_KEPT;
}

static LinkageConnectionList *
linkage_companion_account_create_list (LinkageAccount *account)
{
  return linkage_connection_list_new (LINKAGE_COMPANION_ACCOUNT (account)->store);
}

/* There is no portal whose clock could be read. */
static gint64
linkage_companion_account_get_now (LinkageAccount *account)
{
  return get_now ();
}

static const GError *
linkage_companion_account_get_last_error (LinkageAccount *account)
{
  return NULL;
}

static LinkageConnection *
linkage_companion_account_get_connection (LinkageAccount *account, const char *connection_id, GError **error)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  LinkageConnection *connection = linkage_store_get_connection (self->store, connection_id, &below);

  if (connection == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return connection;
}

static LinkageConnection *
linkage_companion_account_get_connection_of_customer (LinkageAccount *account, const char *customer_id, GError **error)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  LinkageConnection *connection = linkage_store_get_connection_of_customer (self->store, customer_id, &below);

  if (connection == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return connection;
}

static GPtrArray *
linkage_companion_account_list_operations (LinkageAccount *account, GError **error)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (account);
  g_autoptr (GError) below = NULL;
  GPtrArray *operations = linkage_store_list_operations (self->store, &below);

  if (operations == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return operations;
}

static void
linkage_companion_account_list_removed_async (LinkageAccount *account,
                                              guint offset,
                                              guint limit,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data)
{
  linkage_removed_rows_list_async (account, LINKAGE_COMPANION_ACCOUNT (account)->store, offset, limit, cancellable,
                                   callback, user_data);
}

static void
linkage_companion_account_abandon (LinkageAccount *account)
{
  linkage_store_keep_log (LINKAGE_COMPANION_ACCOUNT (account)->store);
}

static void
on_store_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_close_finish (LINKAGE_STORE (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
linkage_companion_account_close_async (LinkageAccount *account, GAsyncReadyCallback callback, gpointer user_data)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (account);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, linkage_companion_account_close_async);
  linkage_store_close_async (self->store, on_store_closed, task);
}

static gboolean
linkage_companion_account_close_finish (LinkageAccount *account, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, account), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
linkage_companion_account_iface_init (LinkageAccountInterface *iface)
{
  iface->get_id = linkage_companion_account_get_id;
  iface->get_folder = linkage_companion_account_get_folder;
  iface->get_features = linkage_companion_account_get_features;
  iface->create_list = linkage_companion_account_create_list;
  iface->get_now = linkage_companion_account_get_now;
  iface->get_last_error = linkage_companion_account_get_last_error;
  iface->get_connection = linkage_companion_account_get_connection;
  iface->get_connection_of_customer = linkage_companion_account_get_connection_of_customer;
  iface->list_operations = linkage_companion_account_list_operations;
  iface->list_removed_async = linkage_companion_account_list_removed_async;
  iface->list_removed_finish = linkage_removed_rows_list_finish;
  iface->abandon = linkage_companion_account_abandon;
  iface->close_async = linkage_companion_account_close_async;
  iface->close_finish = linkage_companion_account_close_finish;
  linkage_companion_account_init_portal (iface);
}

static void
linkage_companion_account_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (object);

  switch (property_id)
    {
    case PROP_INFO:
      g_value_take_boxed (value, linkage_store_get_account_info (self->store));
      break;
    case PROP_STATE:
      g_value_set_uint (value, LINKAGE_ACCOUNT_STATE_READY);
      break;
    case PROP_STATE_SINCE:
      g_value_set_int64 (value, self->opened_at);
      break;
    case PROP_LAST_ERROR:
      g_value_set_boxed (value, NULL);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_UPDATED_AT:
      g_value_set_int64 (value, linkage_store_get_updated_at (self->store));
      break;
    case PROP_HAS_CONTENT:
      g_value_set_boolean (value, TRUE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_companion_account_dispose (GObject *object)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (object);

  g_clear_object (&self->store);

  G_OBJECT_CLASS (linkage_companion_account_parent_class)->dispose (object);
}

static void
linkage_companion_account_finalize (GObject *object)
{
  LinkageCompanionAccount *self = LINKAGE_COMPANION_ACCOUNT (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (linkage_companion_account_parent_class)->finalize (object);
}

static void
linkage_companion_account_class_init (LinkageCompanionAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_companion_account_get_property;
  object_class->dispose = linkage_companion_account_dispose;
  object_class->finalize = linkage_companion_account_finalize;

  g_object_class_override_property (object_class, PROP_INFO, "info");
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_STATE_SINCE, "state-since");
  g_object_class_override_property (object_class, PROP_LAST_ERROR, "last-error");
  g_object_class_override_property (object_class, PROP_BUSY, "busy");
  g_object_class_override_property (object_class, PROP_UPDATED_AT, "updated-at");
  g_object_class_override_property (object_class, PROP_HAS_CONTENT, "has-content");

  /**
   * LinkageCompanionAccount::copies-changed:
   *
   * A copy was applied or taken back, or a backup restored: the latest copy is another one.
   */
  signals[COPIES_CHANGED] = g_signal_new ("copies-changed", LINKAGE_TYPE_COMPANION_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_companion_account_init (LinkageCompanionAccount *self)
{
  self->opened_at = get_now ();
}

void
linkage_companion_account_on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_companion_finish (LINKAGE_STORE (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
linkage_companion_account_on_copies_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_companion_finish (LINKAGE_STORE (source), result, &error))
    {
      linkage_account_error_return (task, error);
      return;
    }

  g_signal_emit (g_task_get_source_object (task), signals[COPIES_CHANGED], 0);
  g_task_return_boolean (task, TRUE);
}

static void
on_info_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
linkage_companion_account_write_info (LinkageCompanionAccount *self, LinkageAccountInfo *info, GTask *task)
{
  linkage_store_complete_async (self->store, NULL, NULL, info, g_task_get_cancellable (task), on_info_written, task);
}

/**
 * linkage_companion_account_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends all that is only done or not: applying and taking back a copy, what is written by hand, restoring a backup.
 *
 * Returns: %TRUE when it is done and durable; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR as the function says, or
 *   one of the STORE codes, or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_companion_account_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
