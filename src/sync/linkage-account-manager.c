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

enum
{
  ACCOUNTS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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

static void
emit_accounts_changed (LinkageAccountManager *self)
{
  g_signal_emit (self, signals[ACCOUNTS_CHANGED], 0);
}

/* For the next start. A sandbox is not remembered. */
static void
remember (LinkageAccountManager *self)
{
  g_autoptr (GError) error = NULL;

  if (self->current == NULL || self->current->sandbox != NULL || self->is_closing)
    return;

  if (!linkage_account_folder_set_last_used (self->folder, self->current->id, &error))
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

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_ptr_array_set_size (self->open, 0);
  g_clear_object (&self->current);
  g_clear_object (&self->entries);
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

  /**
   * LinkageAccountManager::accounts-changed:
   * @self: a manager
   *
   * There are other accounts, or there is something else to say of one.
   */
  signals[ACCOUNTS_CHANGED] = g_signal_new ("accounts-changed", LINKAGE_TYPE_ACCOUNT_MANAGER, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_account_manager_init (LinkageAccountManager *self)
{
  self->entries = g_list_store_new (LINKAGE_TYPE_ACCOUNT_ENTRY);
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
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
 * Returns: (transfer none) (nullable): the account; %NULL: none, or one that could not be opened
 */
LinkageAccount *
linkage_account_manager_get_current (LinkageAccountManager *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);

  return self->current != NULL ? self->current->account : NULL;
}

/**
 * linkage_account_manager_get_current_entry:
 * @self: a manager
 *
 * Gets what the list of accounts says of the one that the window shows.
 *
 * Returns: (transfer none) (nullable): the entry, also where it could not be opened; %NULL: there is none
 */
LinkageAccountEntry *
linkage_account_manager_get_current_entry (LinkageAccountManager *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);

  return self->current;
}

/**
 * linkage_account_manager_get_accounts:
 * @self: a manager
 *
 * Gets all accounts that are kept, in the order in which they were added, and then the sandbox.
 * #LinkageAccountManager::accounts-changed tells of what the entries themselves say anew.
 *
 * Returns: (transfer none): a list of #LinkageAccountEntry
 */
GListModel *
linkage_account_manager_get_accounts (LinkageAccountManager *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self), NULL);

  return G_LIST_MODEL (self->entries);
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
 * linkage_account_manager_find_entry:
 * @self: a manager
 * @id: an account's local id
 *
 * Looks for an account in the list.
 *
 * Returns: (transfer none) (nullable): the account
 */
LinkageAccountEntry *
linkage_account_manager_find_entry (LinkageAccountManager *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (g_str_equal (entry->id, id))
        return entry;
    }

  return NULL;
}

/**
 * linkage_account_manager_add_entry:
 * @self: a manager
 * @entry: an account that is not in the list
 *
 * Lists an account.
 */
void
linkage_account_manager_add_entry (LinkageAccountManager *self, LinkageAccountEntry *entry)
{
  g_list_store_insert_sorted (self->entries, entry, linkage_account_entry_compare, NULL);
  g_signal_connect_object (entry, "changed", G_CALLBACK (emit_accounts_changed), self, G_CONNECT_SWAPPED);
  emit_accounts_changed (self);
}

/**
 * linkage_account_manager_remove_entry:
 * @self: a manager
 * @entry: an account that is in the list and not open
 *
 * Takes an account out of the list.
 */
void
linkage_account_manager_remove_entry (LinkageAccountManager *self, LinkageAccountEntry *entry)
{
  guint position;

  g_signal_handlers_disconnect_by_data (entry, self);
  if (g_list_store_find (self->entries, entry, &position))
    g_list_store_remove (self->entries, position);
  emit_accounts_changed (self);
}

/**
 * linkage_account_manager_put_beneath:
 * @self: a manager
 * @entry: an account that was opened
 *
 * Keeps an account open beneath all that were used before it.
 */
void
linkage_account_manager_put_beneath (LinkageAccountManager *self, LinkageAccountEntry *entry)
{
  g_ptr_array_insert (self->open, 0, g_object_ref (entry));
}

/**
 * linkage_account_manager_set_current:
 * @self: a manager
 * @entry: (nullable): an account, open or not
 *
 * Has the window show an account, and remembers it.
 */
void
linkage_account_manager_set_current (LinkageAccountManager *self, LinkageAccountEntry *entry)
{
  guint position;

  if (entry != NULL && g_ptr_array_find (self->open, entry, &position))
    g_ptr_array_add (self->open, g_ptr_array_steal_index (self->open, position));
  g_set_object (&self->current, entry);
  remember (self);
  notify_current (self);
}

/**
 * linkage_account_manager_take_out:
 * @self: a manager
 * @entry: an account
 *
 * Lets go of what is open of an account. If it was current, what was used before it is.
 *
 * Returns: (transfer full) (nullable): the account, to be closed; %NULL: it was not open
 */
LinkageAccount *
linkage_account_manager_take_out (LinkageAccountManager *self, LinkageAccountEntry *entry)
{
  LinkageAccount *account;

  g_ptr_array_remove (self->open, entry);
  account = linkage_account_entry_steal_account (entry);
  if (self->current == entry)
    linkage_account_manager_set_current (self, self->open->len > 0 ? g_ptr_array_index (self->open, self->open->len - 1)
                                                                   : NULL);

  return account;
}

/**
 * linkage_account_manager_begin_work:
 * @self: a manager
 *
 * Begins what the end of the program has to wait for.
 */
void
linkage_account_manager_begin_work (LinkageAccountManager *self)
{
  self->n_working++;
}

/**
 * linkage_account_manager_end_work:
 * @self: a manager
 *
 * Ends what linkage_account_manager_begin_work() began, and lets go on who waits for the end of all that.
 */
void
linkage_account_manager_end_work (LinkageAccountManager *self)
{
  g_autoptr (GPtrArray) waiting = NULL;

  self->n_working--;
  if (self->n_working > 0)
    return;

  waiting = g_steal_pointer (&self->waiting);
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}
