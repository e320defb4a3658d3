/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-entry-private.h"

G_DEFINE_FINAL_TYPE (LinkageAccountEntry, linkage_account_entry, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (LinkageAccountEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
let_account_go (LinkageAccountEntry *self)
{
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
}

static void
linkage_account_entry_dispose (GObject *object)
{
  LinkageAccountEntry *self = LINKAGE_ACCOUNT_ENTRY (object);

  let_account_go (self);
  g_clear_object (&self->account);
  g_clear_object (&self->sandbox);

  G_OBJECT_CLASS (linkage_account_entry_parent_class)->dispose (object);
}

static void
linkage_account_entry_finalize (GObject *object)
{
  LinkageAccountEntry *self = LINKAGE_ACCOUNT_ENTRY (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->address, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (linkage_account_entry_parent_class)->finalize (object);
}

static void
linkage_account_entry_class_init (LinkageAccountEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linkage_account_entry_dispose;
  object_class->finalize = linkage_account_entry_finalize;

  /**
   * LinkageAccountEntry::changed:
   * @self: an entry
   *
   * What a list says of the account is not what it said before.
   */
  signals[CHANGED] =
    g_signal_new ("changed", LINKAGE_TYPE_ACCOUNT_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linkage_account_entry_init (LinkageAccountEntry *self)
{
}

/**
 * linkage_account_entry_new:
 * @id: the account's local id
 * @name: (nullable): what it was called when it was made
 * @address: (nullable): of the portal's interface, or of the page where requests are made
 * @added_at: Unix time in microseconds; %G_MAXINT64: after all others
 *
 * Lists an account that is not open yet.
 *
 * Returns: (transfer full): the entry
 */
LinkageAccountEntry *
linkage_account_entry_new (const char *id, const char *name, const char *address, gint64 added_at)
{
  LinkageAccountEntry *self = g_object_new (LINKAGE_TYPE_ACCOUNT_ENTRY, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->address = g_strdup (address);
  self->added_at = added_at;

  return self;
}

/**
 * linkage_account_entry_compare:
 * @a: (type LinkageAccountEntry): an entry
 * @b: (type LinkageAccountEntry): another
 * @data: nothing
 *
 * The order in which accounts are listed, which stays the same from one start to the next.
 *
 * Returns: which comes first, as strcmp() says it
 */
int
linkage_account_entry_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const LinkageAccountEntry *first = a;
  const LinkageAccountEntry *second = b;

  if (first->added_at != second->added_at)
    return first->added_at < second->added_at ? -1 : 1;

  return g_strcmp0 (first->id, second->id);
}

/**
 * linkage_account_entry_take_account:
 * @self: an entry of an account that is not open
 * @account: (transfer full): the account, open
 *
 * Says that the account is open.
 */
void
linkage_account_entry_take_account (LinkageAccountEntry *self, LinkageAccount *account)
{
  g_clear_error (&self->error);
  self->account = account;
  g_signal_connect_object (account, "notify::info", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::state", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  emit_changed (self);
}

/**
 * linkage_account_entry_steal_account:
 * @self: an entry
 *
 * Says that the account is not open any more.
 *
 * Returns: (transfer full) (nullable): the account, to be closed
 */
LinkageAccount *
linkage_account_entry_steal_account (LinkageAccountEntry *self)
{
  LinkageAccount *account;

  let_account_go (self);
  account = g_steal_pointer (&self->account);
  emit_changed (self);

  return account;
}

/**
 * linkage_account_entry_take_error:
 * @self: an entry of an account that is not open
 * @error: (transfer full) (nullable): why it could not be opened; %NULL: it is tried again
 *
 * Says why the account could not be opened.
 */
void
linkage_account_entry_take_error (LinkageAccountEntry *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  emit_changed (self);
}

/**
 * linkage_account_entry_get_id:
 * @self: an entry
 *
 * Returns: (transfer none): the account's local id
 */
const char *
linkage_account_entry_get_id (LinkageAccountEntry *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  return self->id;
}

/**
 * linkage_account_entry_get_account:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the account; %NULL while it is not open
 */
LinkageAccount *
linkage_account_entry_get_account (LinkageAccountEntry *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  return self->account;
}

/**
 * linkage_account_entry_get_error:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): why the account could not be opened, a %LINKAGE_ACCOUNT_ERROR
 */
const GError *
linkage_account_entry_get_error (LinkageAccountEntry *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  return self->error;
}

/**
 * linkage_account_entry_get_sandbox:
 * @self: an entry
 *
 * Returns: whether it is the bundled portal with made-up data, which is not kept
 */
gboolean
linkage_account_entry_get_sandbox (LinkageAccountEntry *self)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), FALSE);

  return self->sandbox != NULL;
}

static LinkageAccountInfo *
dup_info (LinkageAccountEntry *self)
{
  return self->account != NULL ? linkage_account_get_info (self->account) : NULL;
}

/**
 * linkage_account_entry_dup_name:
 * @self: an entry
 *
 * Gets what the account is called, which several may be.
 *
 * Returns: (transfer full): text from outside
 */
char *
linkage_account_entry_dup_name (LinkageAccountEntry *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  info = dup_info (self);
  if (info != NULL)
    return g_strdup (info->name);
  if (self->name != NULL)
    return g_strdup (self->name);

  host = linkage_account_entry_dup_host (self);

  return g_strdup (host != NULL ? host : "");
}

/**
 * linkage_account_entry_dup_host:
 * @self: an entry
 *
 * Gets the name of the computer where the account is.
 *
 * Returns: (transfer full) (nullable): text from outside; %NULL where it is on none, or on one that does not matter
 */
char *
linkage_account_entry_dup_host (LinkageAccountEntry *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *address;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  if (self->sandbox != NULL)
    return NULL;

  info = dup_info (self);
  address = info != NULL && info->page != NULL ? info->page : self->address;
  uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

/**
 * linkage_account_entry_dup_user:
 * @self: an entry
 *
 * Gets who signs in to the account.
 *
 * Returns: (transfer full) (nullable): an e-mail address or a name, text from outside
 */
char *
linkage_account_entry_dup_user (LinkageAccountEntry *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), NULL);

  info = dup_info (self);
  if (info == NULL)
    return NULL;

  return g_strdup (info->user_email != NULL ? info->user_email : info->user_name);
}

/**
 * linkage_account_entry_count_waiting:
 * @self: an entry
 *
 * Counts what the person asked for and the portal has not answered.
 *
 * Returns: how much there is in the account's outbox
 */
guint
linkage_account_entry_count_waiting (LinkageAccountEntry *self)
{
  g_autoptr (GPtrArray) operations = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (self), 0);

  operations = self->account != NULL ? linkage_account_list_operations (self->account, NULL) : NULL;

  return operations != NULL ? operations->len : 0;
}
