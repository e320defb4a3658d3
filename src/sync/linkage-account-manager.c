/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"

enum
{
  PROP_CURRENT = 1,
  PROP_SECRETS_PERSISTENT,
};

static GParamSpec *properties[PROP_SECRETS_PERSISTENT + 1];

G_DEFINE_FINAL_TYPE (LinkageAccountManager, linkage_account_manager, G_TYPE_OBJECT)

/**
 * linkage_open_account_free:
 * @open: (transfer full): an account that is closed
 *
 * Lets an account go, and ends its sandbox.
 */
void
linkage_open_account_free (LinkageOpenAccount *open)
{
  g_clear_object (&open->account);
  g_clear_object (&open->sandbox);
  g_free (open);
}

static LinkageOpenAccount *
get_top (LinkageAccountManager *self)
{
  return self->open->len > 0 ? g_ptr_array_index (self->open, self->open->len - 1) : NULL;
}

static void
notify_current (LinkageAccountManager *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static void
on_persistent_changed (LinkageAccountManager *self, GParamSpec *pspec, LinkageSecrets *secrets)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECRETS_PERSISTENT]);
}

/**
 * linkage_account_manager_remember:
 * @self: a manager
 *
 * Remembers the current account for the next start. A sandbox is not remembered.
 */
void
linkage_account_manager_remember (LinkageAccountManager *self)
{
  LinkageOpenAccount *top = get_top (self);
  g_autoptr (GError) error = NULL;

  if (top == NULL || top->sandbox != NULL || self->is_closing)
    return;

  if (!linkage_account_folder_set_last_used (self->folder, linkage_account_get_id (top->account), &error))
    g_warning ("The account is not opened by itself at the next start: %s", error->message);
}

static void
linkage_account_manager_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (object);

  switch (property_id)
    {
    case PROP_CURRENT:
      g_value_set_object (value, linkage_account_manager_get_current (self));
      break;
    case PROP_SECRETS_PERSISTENT:
      g_value_set_boolean (value, linkage_account_manager_get_secrets_persistent (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
linkage_account_manager_dispose (GObject *object)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (object);

  g_ptr_array_set_size (self->open, 0);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (linkage_account_manager_parent_class)->dispose (object);
}

static void
linkage_account_manager_finalize (GObject *object)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (object);

  g_clear_pointer (&self->open, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (linkage_account_manager_parent_class)->finalize (object);
}

static void
linkage_account_manager_class_init (LinkageAccountManagerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = linkage_account_manager_get_property;
  object_class->dispose = linkage_account_manager_dispose;
  object_class->finalize = linkage_account_manager_finalize;

  /**
   * LinkageAccountManager:current:
   *
   * The account that the window shows; %NULL: none.
   */
  properties[PROP_CURRENT] = g_param_spec_object ("current", NULL, NULL, LINKAGE_TYPE_ACCOUNT, flags);
  /**
   * LinkageAccountManager:secrets-persistent:
   *
   * Whether tokens outlive this run, as far as is known.
   */
  properties[PROP_SECRETS_PERSISTENT] = g_param_spec_boolean ("secrets-persistent", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
linkage_account_manager_init (LinkageAccountManager *self)
{
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_open_account_free);
  self->secrets = linkage_secrets_new ();
  g_signal_connect_object (self->secrets, "notify::persistent", G_CALLBACK (on_persistent_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * linkage_account_manager_new:
 * @folder: the program's data directory
 *
 * Makes the manager of this machine's accounts. It opens none by itself.
 *
 * Returns: (transfer full): the manager
 */
LinkageAccountManager *
linkage_account_manager_new (const char *folder)
{
  LinkageAccountManager *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_ACCOUNT_MANAGER, NULL);
  self->folder = g_strdup (folder);

  return self;
}

/**
 * linkage_account_manager_get_current:
 * @self: a manager
 *
 * Gets the account that the window shows.
 *
 * Returns: (transfer none) (nullable): the account; %NULL: none
 */
LinkageAccount *
linkage_account_manager_get_current (LinkageAccountManager *self)
{
  LinkageOpenAccount *top;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);

  top = get_top (self);
  return top != NULL ? top->account : NULL;
}

/**
 * linkage_account_manager_get_secrets_persistent:
 * @self: a manager
 *
 * Tells whether tokens outlive this run, as far as is known.
 *
 * Returns: %FALSE when there is no Secret Service
 */
gboolean
linkage_account_manager_get_secrets_persistent (LinkageAccountManager *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), FALSE);

  return linkage_secrets_get_persistent (self->secrets);
}

/**
 * linkage_account_manager_push:
 * @self: a manager
 * @account: (transfer full): an account that was opened
 * @sandbox: (nullable): what ends with it
 *
 * Makes an account current and remembers it.
 */
void
linkage_account_manager_push (LinkageAccountManager *self, LinkageAccount *account, LinkageSandbox *sandbox)
{
  LinkageOpenAccount *open = g_new0 (LinkageOpenAccount, 1);

  open->account = account;
  open->sandbox = sandbox != NULL ? g_object_ref (sandbox) : NULL;
  g_ptr_array_add (self->open, open);
  if (LINKAGE_IS_PORTAL_ACCOUNT (account) && sandbox == NULL)
    linkage_account_manager_keep_renewals (self, LINKAGE_PORTAL_ACCOUNT (account));
  linkage_account_manager_remember (self);
  notify_current (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageAccount *account;
  GError *error = NULL;

  account = linkage_portal_account_open_finish (result, &error);
  if (account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  linkage_account_manager_push (g_task_get_source_object (task), account, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static gboolean
find_open (LinkageAccountManager *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      LinkageOpenAccount *open = g_ptr_array_index (self->open, i);

      if (g_strcmp0 (linkage_account_get_id (open->account), id) == 0)
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * linkage_account_manager_bring_to_top:
 * @self: a manager
 * @id: an account's local id
 *
 * Makes an account current that is open already.
 *
 * Returns: whether it is open
 */
gboolean
linkage_account_manager_bring_to_top (LinkageAccountManager *self, const char *id)
{
  guint position;

  if (!find_open (self, id, &position))
    return FALSE;

  g_ptr_array_add (self->open, g_ptr_array_steal_index (self->open, position));
  linkage_account_manager_remember (self);
  notify_current (self);

  return TRUE;
}

/**
 * linkage_account_manager_open_async:
 * @self: a manager
 * @config: which account
 * @sandbox: (nullable): what ends with it
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Opens an account and makes it current. One that is open already takes the credentials of @config.
 */
void
linkage_account_manager_open_async (LinkageAccountManager *self,
                                    const LinkagePortalAccountConfig *config,
                                    LinkageSandbox *sandbox,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, linkage_account_manager_open_async);
  if (linkage_account_manager_bring_to_top (self, config->id))
    {
      linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (get_top (self)->account), config->issuer,
                                      config->client_id, config->credentials);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (sandbox != NULL)
    g_task_set_task_data (task, g_object_ref (sandbox), g_object_unref);
  linkage_portal_account_open_async (config, cancellable, on_opened, g_object_ref (task));
}

/**
 * linkage_account_manager_open_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_open_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_open_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_account_manager_pop:
 * @self: a manager with a current account
 *
 * Takes the current account out. What was there before is current.
 *
 * Returns: (transfer full): the account, still open
 */
LinkageOpenAccount *
linkage_account_manager_pop (LinkageAccountManager *self)
{
  LinkageOpenAccount *top = g_ptr_array_steal_index (self->open, self->open->len - 1);

  linkage_account_manager_remember (self);
  notify_current (self);

  return top;
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error))
    linkage_account_error_return (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_account_manager_leave_async:
 * @self: a manager with a current account
 * @callback: what to call when it is closed
 * @user_data: data for @callback
 *
 * Closes the current account, and ends the sandbox if it is one. What was there before is current at once.
 */
void
linkage_account_manager_leave_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  LinkageOpenAccount *left;
  GTask *task;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (self->open->len > 0);

  left = linkage_account_manager_pop (self);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_leave_async);
  g_task_set_task_data (task, left, (GDestroyNotify)linkage_open_account_free);
  linkage_account_close_async (left->account, on_left, task);
}

/**
 * linkage_account_manager_leave_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_leave_async() began.
 *
 * Returns: %TRUE when it is closed; %FALSE with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_manager_leave_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
has_work (LinkageAccountManager *self)
{
  return self->n_deleting > 0 || self->n_keeping > 0;
}

/**
 * linkage_account_manager_end_work:
 * @self: a manager that has deleted an account or kept its credentials
 *
 * Lets go on who waits for the end of all that.
 */
void
linkage_account_manager_end_work (LinkageAccountManager *self)
{
  g_autoptr (GPtrArray) waiting = NULL;

  if (has_work (self))
    return;

  waiting = g_steal_pointer (&self->waiting);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static void
await_work (LinkageAccountManager *self, GTask *task)
{
  if (!has_work (self))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->waiting == NULL)
    self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_object_ref (task));
}

typedef struct
{
  guint waiting;
  GError *error; /* (owned) (nullable): the first */
} Closing;

static void
closing_free (Closing *closing)
{
  g_clear_error (&closing->error);
  g_free (closing);
}

static void
return_when_closed (GTask *task)
{
  Closing *closing = g_task_get_task_data (task);

  if (closing->waiting > 0)
    return;

  if (closing->error != NULL)
    g_task_return_error (task, g_steal_pointer (&closing->error));
  else
    await_work (g_task_get_source_object (task), task);
}

static void
on_one_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Closing *closing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_leave_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error) &&
      closing->error == NULL)
    closing->error = g_steal_pointer (&error);

  closing->waiting--;
  return_when_closed (task);
}

/**
 * linkage_account_manager_close_async:
 * @self: a manager
 * @callback: what to call when all is closed
 * @user_data: data for @callback
 *
 * Closes all accounts at the same time, for the end of the program, and ends what is being deleted or kept. The next
 * start opens the same one again.
 */
void
linkage_account_manager_close_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Closing *closing;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_close_async);
  closing = g_new0 (Closing, 1);
  closing->waiting = self->open->len;
  g_task_set_task_data (task, closing, (GDestroyNotify)closing_free);

  self->is_closing = TRUE;
  while (self->open->len > 0)
    linkage_account_manager_leave_async (self, on_one_left, g_object_ref (task));
  self->is_closing = FALSE;

  return_when_closed (task);
}

/**
 * linkage_account_manager_close_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_close_async() began.
 *
 * Returns: %TRUE when all is closed; %FALSE with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_manager_close_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
