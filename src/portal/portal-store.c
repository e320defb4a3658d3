/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-store.h"

#include <glib/gi18n.h>

#include "linkage-random.h"
#include "portal-error.h"
#include "portal-secret.h"

#define MIGRATIONS RESOURCE_PATH "/portal/migrations"
#define SECRET_LENGTH 32

struct _PortalStore
{
  GObject parent_instance;

  char *path;                /* (owned) */
  LinkageDatabase *database; /* (owned) (nullable): null once it is closed */
  char *epoch;               /* (owned) */
  GBytes *secret;            /* (owned) */
  gint64 clock_offset;       /* seconds that the portal's clock is ahead */
  gint64 frozen_now;         /* the time of the open transaction, 0: none is open */
  gint64 data_version;       /* of the file, as SQLite counts what other connections wrote */
  gboolean is_changed;       /* the open transaction changed what a client sees */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PortalStore, portal_store, G_TYPE_OBJECT)

static gboolean
insert_portal (PortalStore *self, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *epoch = portal_secret_new_id ();
  guint8 secret[SECRET_LENGTH];

  statement =
    linkage_statement_get (self->database, "INSERT OR IGNORE INTO portal (id, epoch, secret) VALUES (1, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  linkage_random_fill (secret, sizeof secret);
  linkage_statement_bind_text (statement, 0, epoch);
  linkage_statement_bind_blob (statement, 1, secret, sizeof secret);
  return linkage_statement_run (statement, error);
}

static gboolean
read_portal (PortalStore *self, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  gconstpointer secret;
  gsize length;

  statement = linkage_statement_get (self->database, "SELECT epoch, secret, clock_offset FROM portal", error);
  if (statement == NULL || !portal_store_find_row (statement, "no record of the portal", error))
    return FALSE;

  g_free (self->epoch);
  self->epoch = g_strdup (linkage_statement_get_text (statement, 0));
  secret = linkage_statement_get_blob (statement, 1, &length);
  g_clear_pointer (&self->secret, g_bytes_unref);
  self->secret = g_bytes_new (secret, length);
  self->clock_offset = linkage_statement_get_int (statement, 2);

  return TRUE;
}

static gboolean
read_data_version (PortalStore *self, gint64 *version, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (self->database, "PRAGMA data_version", error);

  if (statement == NULL || linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *version = linkage_statement_get_int (statement, 0);
  return TRUE;
}

static void
portal_store_finalize (GObject *object)
{
  PortalStore *self = PORTAL_STORE (object);

  g_clear_object (&self->database);
  g_clear_pointer (&self->secret, g_bytes_unref);
  g_free (self->epoch);
  g_free (self->path);

  G_OBJECT_CLASS (portal_store_parent_class)->finalize (object);
}

static void
portal_store_class_init (PortalStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = portal_store_finalize;

  /**
   * PortalStore::changed:
   *
   * What a client may see was changed, here or by another process on the same file, and is committed.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
portal_store_init (PortalStore *self)
{
}

/**
 * portal_store_open:
 * @path: the file, or ":memory:"
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Opens the portal's database, makes it where there is none, and migrates an older one.
 *
 * Returns: (transfer full) (nullable): the store, NULL on error
 */
PortalStore *
portal_store_open (const char *path, GError **error)
{
  g_autoptr (PortalStore) self = g_object_new (PORTAL_TYPE_STORE, NULL);

  g_return_val_if_fail (path != NULL, NULL);

  self->path = g_strdup (path);
  self->database =
    linkage_database_open (path, PORTAL_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_DEFAULT, NULL, error);
  if (self->database == NULL)
    return NULL;
  if (!linkage_database_migrate (self->database, MIGRATIONS, NULL, error))
    return NULL;
  if (!insert_portal (self, error) || !read_portal (self, error) ||
      !read_data_version (self, &self->data_version, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * portal_store_close:
 * @self: a store outside a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Closes the database; afterwards only the last reference may be dropped.
 *
 * Returns: whether it closed cleanly
 */
gboolean
portal_store_close (PortalStore *self, GError **error)
{
  g_autoptr (LinkageDatabase) database = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);

  database = g_steal_pointer (&self->database);
  return database == NULL || linkage_database_close (database, error);
}

/**
 * portal_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the file's name as it was opened, or ":memory:"
 */
const char *
portal_store_get_path (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), NULL);

  return self->path;
}

/**
 * portal_store_get_database:
 * @self: a store
 *
 * Returns: (transfer none): its connection
 */
LinkageDatabase *
portal_store_get_database (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), NULL);

  return self->database;
}

/**
 * portal_store_get_epoch:
 * @self: a store
 *
 * Returns: (transfer none): the epoch within which revisions and states compare
 */
const char *
portal_store_get_epoch (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), NULL);

  return self->epoch;
}

/**
 * portal_store_get_secret:
 * @self: a store
 *
 * Returns: (transfer none): the key with which the portal signs states and challenges
 */
GBytes *
portal_store_get_secret (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), NULL);

  return self->secret;
}

/**
 * portal_store_get_now:
 * @self: a store
 *
 * The portal's clock: the machine's, and as much as the sandbox moved it. It stands still while a transaction is open,
 * so that all that one transaction reads and writes happens at one time.
 *
 * Returns: Unix seconds, UTC
 */
gint64
portal_store_get_now (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), 0);

  if (self->frozen_now != 0)
    return self->frozen_now;

  return g_get_real_time () / G_USEC_PER_SEC + self->clock_offset;
}

/**
 * portal_store_get_clock_offset:
 * @self: a store
 *
 * Returns: how many seconds the portal's clock is ahead of the machine's
 */
gint64
portal_store_get_clock_offset (PortalStore *self)
{
  g_return_val_if_fail (PORTAL_IS_STORE (self), 0);

  return self->clock_offset;
}

/**
 * portal_store_set_clock_offset:
 * @self: a store in a transaction
 * @offset: how many seconds the portal's clock is ahead of the machine's
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Moves the portal's clock, for this process and for those that come.
 *
 * Returns: whether it was written
 */
gboolean
portal_store_set_clock_offset (PortalStore *self, gint64 offset, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (linkage_database_in_transaction (self->database), FALSE);

  statement = linkage_statement_get (self->database, "UPDATE portal SET clock_offset = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, offset);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  self->frozen_now += offset - self->clock_offset;
  self->clock_offset = offset;
  self->is_changed = TRUE;

  return TRUE;
}

/**
 * portal_store_set_address:
 * @self: a store
 * @address: where the portal listens, with scheme and port
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Writes the address down for whoever makes links from another process.
 *
 * Returns: whether it was written
 */
gboolean
portal_store_set_address (PortalStore *self, const char *address, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (address != NULL, FALSE);

  statement = linkage_statement_get (self->database, "UPDATE portal SET address = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, address);

  return linkage_statement_run (statement, error);
}

/**
 * portal_store_read_address:
 * @self: a store
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): where the portal listened last, NULL on error and where it never did
 */
char *
portal_store_read_address (PortalStore *self, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (self), NULL);

  statement = linkage_statement_get (self->database, "SELECT address FROM portal WHERE address IS NOT NULL", error);
  if (statement == NULL || !portal_store_find_row (statement, _ ("The portal has not listened yet"), error))
    return NULL;

  return g_strdup (linkage_statement_get_text (statement, 0));
}

/**
 * portal_store_renew_epoch:
 * @self: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Begins a new epoch: states that were given out before cannot be used any more.
 *
 * Returns: whether it was written
 */
gboolean
portal_store_renew_epoch (PortalStore *self, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *epoch = portal_secret_new_id ();

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (linkage_database_in_transaction (self->database), FALSE);

  statement = linkage_statement_get (self->database, "UPDATE portal SET epoch = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, epoch);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  g_free (self->epoch);
  self->epoch = g_steal_pointer (&epoch);
  self->is_changed = TRUE;

  return TRUE;
}

/**
 * portal_store_advance:
 * @self: a store in a transaction
 * @account_id: the account of which a row or the account block changes
 * @position: (out) (optional): the new position, the changed row's revision
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Takes the next position of the change log and makes it the account's newest.
 *
 * Returns: whether it was written
 */
gboolean
portal_store_advance (PortalStore *self, const char *account_id, gint64 *position, GError **error)
{
  g_autoptr (LinkageStatement) next = NULL;
  g_autoptr (LinkageStatement) update = NULL;
  gint64 number;

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);
  g_return_val_if_fail (account_id != NULL, FALSE);
  g_return_val_if_fail (linkage_database_in_transaction (self->database), FALSE);

  next = linkage_statement_get (self->database, "UPDATE portal SET position = position + 1 RETURNING position", error);
  if (next == NULL || !portal_store_find_row (next, "no record of the portal", error))
    return FALSE;
  number = linkage_statement_get_int (next, 0);
  linkage_statement_reset (next);

  update = linkage_statement_get (self->database, "UPDATE accounts SET position = ? WHERE id = ?", error);
  if (update == NULL)
    return FALSE;
  linkage_statement_bind_int (update, 0, number);
  linkage_statement_bind_text (update, 1, account_id);
  if (!linkage_statement_run (update, error))
    return FALSE;

  if (position != NULL)
    *position = number;
  self->is_changed = TRUE;

  return TRUE;
}

/**
 * portal_store_find_row:
 * @statement: a statement that gives one row at most
 * @missing: what to say where it gives none, for the log
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or PORTAL_ERROR_NOT_FOUND
 *
 * Returns: whether @statement stands on its row
 */
gboolean
portal_store_find_row (LinkageStatement *statement, const char *missing, GError **error)
{
  switch (linkage_statement_step (statement, error))
    {
    case LINKAGE_STEP_ROW:
      return TRUE;
    case LINKAGE_STEP_DONE:
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, missing);
      return FALSE;
    case LINKAGE_STEP_ERROR:
    default:
      return FALSE;
    }
}

/**
 * portal_store_read_foreign_changes:
 * @self: a store outside a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Looks whether another process wrote to the file, and if so reads epoch and clock anew and emits
 * #PortalStore::changed.
 *
 * Returns: FALSE on error
 */
gboolean
portal_store_read_foreign_changes (PortalStore *self, GError **error)
{
  gint64 version;

  g_return_val_if_fail (PORTAL_IS_STORE (self), FALSE);

  if (!read_data_version (self, &version, error))
    return FALSE;
  if (version == self->data_version)
    return TRUE;

  self->data_version = version;
  if (!read_portal (self, error))
    return FALSE;

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/**
 * portal_transaction_begin:
 * @store: a store outside a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Begins a durable transaction. Let it go out of scope to roll it back.
 *
 * Returns: (transfer full) (nullable): the guard, NULL on error
 */
PortalTransaction *
portal_transaction_begin (PortalStore *store, GError **error)
{
  gint64 now;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);

  now = portal_store_get_now (store);
  if (!linkage_database_begin (store->database, LINKAGE_DATABASE_DURABLE, error))
    return NULL;

  store->frozen_now = now;
  store->is_changed = FALSE;

  return g_object_ref (store);
}

/**
 * portal_transaction_note_change:
 * @transaction: an open transaction
 *
 * Says that it changes something for clients beside what portal_store_advance() knows of.
 */
void
portal_transaction_note_change (PortalTransaction *transaction)
{
  g_return_if_fail (PORTAL_IS_STORE (transaction));

  transaction->is_changed = TRUE;
}

/**
 * portal_transaction_commit:
 * @transaction: an open transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Commits, and then says so with #PortalStore::changed where a client may see a difference.
 *
 * Returns: whether all of it was written
 */
gboolean
portal_transaction_commit (PortalTransaction *transaction, GError **error)
{
  if (!linkage_database_commit (transaction->database, error))
    return FALSE;

  transaction->frozen_now = 0;
  if (transaction->is_changed)
    g_signal_emit (transaction, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}

/**
 * portal_transaction_end:
 * @transaction: (transfer full): a transaction
 *
 * Rolls back what was not committed.
 */
void
portal_transaction_end (PortalTransaction *transaction)
{
  g_autoptr (PortalStore) self = transaction;
  g_autoptr (GError) error = NULL;

  if (self->database == NULL || self->frozen_now == 0)
    return;

  linkage_database_rollback (self->database);
  self->frozen_now = 0;
  /* What was rolled back may have been the clock or the epoch. */
  if (!read_portal (self, &error))
    g_message ("Cannot read the portal's record after a rollback: %s", error->message);
}
