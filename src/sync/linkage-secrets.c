/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-secrets.h"

#include <libsecret/secret.h>

#include "linkage-time-limit.h"

/* A keyring may ask the person to unlock it. */
#define TIME_LIMIT 30 /* seconds */

struct _LinkageSecrets
{
  GObject parent_instance;

  GHashTable *tokens; /* (owned) (element-type utf8 utf8): account id to token, of this run */
  gboolean persistent;
};

enum
{
  PROP_PERSISTENT = 1,
};

static GParamSpec *properties[PROP_PERSISTENT + 1];

typedef struct
{
  char *account_id;             /* (owned) */
  LinkageTimeLimit *time_limit; /* (owned) */
} Request;

G_DEFINE_FINAL_TYPE (LinkageSecrets, linkage_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "io.github.linkage_app.Linkage.Token",
  SECRET_SCHEMA_NONE,
  { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static void
request_free (Request *request)
{
  g_clear_pointer (&request->account_id, g_free);
  g_clear_pointer (&request->time_limit, linkage_time_limit_free);
  g_free (request);
}

static Request *
request_new (const char *account_id, GCancellable *cancellable)
{
  Request *request = g_new0 (Request, 1);

  request->account_id = g_strdup (account_id);
  request->time_limit = linkage_time_limit_new (TIME_LIMIT, cancellable);

  return request;
}

static void
set_persistent (LinkageSecrets *self, gboolean persistent)
{
  if (self->persistent == persistent)
    return;

  self->persistent = persistent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSISTENT]);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageSecrets *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    {
      secret_password_free (token);
      return;
    }
  if (error != NULL)
    {
      g_info ("The Secret Service gives no token: %s", error->message);
      set_persistent (self, FALSE);
    }
  if (token != NULL)
    g_hash_table_insert (self->tokens, g_strdup (request->account_id), g_strdup (token));

  g_task_return_pointer (task, token, (GDestroyNotify)secret_password_free);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageSecrets *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean stored = secret_password_store_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!stored)
    g_info ("The Secret Service keeps no token: %s", error->message);

  set_persistent (self, stored);
  g_task_return_boolean (task, TRUE);
}

static void
linkage_secrets_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageSecrets *self = LINKAGE_SECRETS (object);

  switch (property_id)
    {
    case PROP_PERSISTENT:
      g_value_set_boolean (value, self->persistent);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_secrets_finalize (GObject *object)
{
  LinkageSecrets *self = LINKAGE_SECRETS (object);

  g_clear_pointer (&self->tokens, g_hash_table_unref);

  G_OBJECT_CLASS (linkage_secrets_parent_class)->finalize (object);
}

static void
linkage_secrets_class_init (LinkageSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_secrets_get_property;
  object_class->finalize = linkage_secrets_finalize;

  /**
   * LinkageSecrets:persistent:
   *
   * Whether tokens outlive this run, as far as is known.
   */
  properties[PROP_PERSISTENT] =
    g_param_spec_boolean ("persistent", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
linkage_secrets_init (LinkageSecrets *self)
{
  self->persistent = TRUE;
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)secret_password_free);
}

/**
 * linkage_secrets_new:
 *
 * Makes the keeper of tokens. Nothing is asked of the Secret Service before the first look-up.
 *
 * Returns: (transfer full): the keeper
 */
LinkageSecrets *
linkage_secrets_new (void)
{
  return g_object_new (LINKAGE_TYPE_SECRETS, NULL);
}

/**
 * linkage_secrets_get_persistent:
 * @self: the keeper
 *
 * Tells whether tokens outlive this run, as far as is known.
 *
 * Returns: %FALSE when the Secret Service did not answer
 */
gboolean
linkage_secrets_get_persistent (LinkageSecrets *self)
{
  g_return_val_if_fail (LINKAGE_IS_SECRETS (self), FALSE);

  return self->persistent;
}

/**
 * linkage_secrets_lookup_async:
 * @self: the keeper
 * @account_id: the account's local id
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done, after 30 seconds at most
 * @user_data: data for @callback
 *
 * Looks an account's token up.
 */
void
linkage_secrets_lookup_async (LinkageSecrets *self,
                              const char *account_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request;
  const char *known;

  g_return_if_fail (LINKAGE_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_secrets_lookup_async);

  known = g_hash_table_lookup (self->tokens, account_id);
  if (known != NULL)
    {
      g_task_return_pointer (task, g_strdup (known), (GDestroyNotify)secret_password_free);
      return;
    }

  request = request_new (account_id, cancellable);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  secret_password_lookup (&schema, linkage_time_limit_get_cancellable (request->time_limit), on_looked_up,
                          g_object_ref (task), "account", account_id, NULL);
}

/**
 * linkage_secrets_lookup_finish:
 * @self: the keeper
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_secrets_lookup_async() began.
 *
 * Returns: (transfer full) (nullable): the token; %NULL without an error when none is known; %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
char *
linkage_secrets_lookup_finish (LinkageSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_secrets_store_async:
 * @self: the keeper
 * @account_id: the account's local id
 * @label: what a person sees in the list of passwords
 * @token: the token
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done, after 30 seconds at most
 * @user_data: data for @callback
 *
 * Keeps an account's token. Where there is no Secret Service it is kept for this run, and #LinkageSecrets:persistent
 * says so.
 */
void
linkage_secrets_store_async (LinkageSecrets *self,
                             const char *account_id,
                             const char *label,
                             const char *token,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (LINKAGE_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (token != NULL);

  g_hash_table_insert (self->tokens, g_strdup (account_id), g_strdup (token));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_secrets_store_async);
  request = request_new (account_id, cancellable);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token,
                         linkage_time_limit_get_cancellable (request->time_limit), on_stored, task, "account",
                         account_id, NULL);
}

/**
 * linkage_secrets_store_finish:
 * @self: the keeper
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_secrets_store_async() began.
 *
 * Returns: %TRUE when it is kept, at least for this run; %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_secrets_store_finish (LinkageSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Without a session bus, or with nobody on it who keeps secrets, there never was a token anywhere but in memory. */
static gboolean
is_no_service (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);

  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (g_task_return_error_if_cancelled (task))
    g_clear_error (&error);
  else if (error != NULL && !is_no_service (error))
    g_task_return_error (task, error);
  else
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
    }
}

/**
 * linkage_secrets_forget_async:
 * @self: the keeper
 * @account_id: the account's local id
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done, after 30 seconds at most
 * @user_data: data for @callback
 *
 * Takes an account's token out of the Secret Service and out of memory.
 */
void
linkage_secrets_forget_async (LinkageSecrets *self,
                              const char *account_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;
  Request *request;

  g_return_if_fail (LINKAGE_IS_SECRETS (self));
  g_return_if_fail (account_id != NULL);

  g_hash_table_remove (self->tokens, account_id);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_secrets_forget_async);
  request = request_new (account_id, cancellable);
  g_task_set_task_data (task, request, (GDestroyNotify)request_free);
  secret_password_clear (&schema, linkage_time_limit_get_cancellable (request->time_limit), on_cleared, task, "account",
                         account_id, NULL);
}

/**
 * linkage_secrets_forget_finish:
 * @self: the keeper
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_secrets_forget_async() began.
 *
 * Returns: %TRUE when the Secret Service has none for this account; %FALSE with what it said, or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_secrets_forget_finish (LinkageSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
