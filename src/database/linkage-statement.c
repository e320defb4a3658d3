/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-database"

#include "linkage-statement.h"

#include "linkage-database-private.h"

struct _LinkageStatement
{
  LinkageDatabase *database; /* (owned) */
  const char *sql;           /* (unowned): a literal */
  sqlite3_stmt *prepared;    /* (owned) */
  int bind_result;           /* the first error of a bind since the last reset */
};

static void
keep_bind_result (LinkageStatement *self, int result)
{
  if (self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/**
 * linkage_statement_get:
 * @sql: one statement, a string literal
 *
 * Returns: (transfer full): the statement with nothing bound, or %NULL with @error in LINKAGE_DATABASE_ERROR
 */
LinkageStatement *
linkage_statement_get (LinkageDatabase *database, const char *sql, GError **error)
{
  LinkageStatement *self;
  sqlite3_stmt *prepared;

  g_return_val_if_fail (LINKAGE_IS_DATABASE (database), NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_return_val_if_fail (linkage_database_get_handle (database) != NULL, NULL);

  prepared = linkage_database_take_prepared (database, sql, error);
  if (prepared == NULL)
    return NULL;

  self = g_new0 (LinkageStatement, 1);
  self->database = g_object_ref (database);
  self->sql = sql;
  self->prepared = prepared;

  return self;
}

/**
 * linkage_statement_release:
 * @self: (transfer full)
 *
 * Gives the statement back to its connection's cache. Ends the read that it may have held open.
 */
void
linkage_statement_release (LinkageStatement *self)
{
  g_return_if_fail (self != NULL);

  linkage_statement_reset (self);
  linkage_database_give_prepared (self->database, self->sql, self->prepared);
  g_object_unref (self->database);
  g_free (self);
}

/**
 * linkage_statement_bind_int:
 * @index: from 0
 *
 * An error of any bind is reported by the next linkage_statement_step().
 */
void
linkage_statement_bind_int (LinkageStatement *self, int index, gint64 value)
{
  keep_bind_result (self, sqlite3_bind_int64 (self->prepared, index + 1, value));
}

/**
 * linkage_statement_bind_text:
 * @index: from 0
 * @value: (nullable): copied; %NULL binds NULL
 */
void
linkage_statement_bind_text (LinkageStatement *self, int index, const char *value)
{
  keep_bind_result (self, sqlite3_bind_text (self->prepared, index + 1, value, -1, SQLITE_TRANSIENT));
}

/**
 * linkage_statement_lend_text:
 * @index: from 0
 * @value: (nullable): not copied: it stays as it is until the statement was run or reset; %NULL binds NULL
 *
 * For loops over many rows, where copies are a large part of the work.
 */
void
linkage_statement_lend_text (LinkageStatement *self, int index, const char *value)
{
  keep_bind_result (self, sqlite3_bind_text (self->prepared, index + 1, value, -1, SQLITE_STATIC));
}

static void
bind_blob (LinkageStatement *self, int index, gconstpointer data, gsize length, sqlite3_destructor_type destructor)
{
  int result;

  if (length == 0)
    result = sqlite3_bind_zeroblob (self->prepared, index + 1, 0);
  else
    result = sqlite3_bind_blob64 (self->prepared, index + 1, data, length, destructor);

  keep_bind_result (self, result);
}

/**
 * linkage_statement_bind_blob:
 * @index: from 0
 * @data: (nullable): copied; %NULL binds an empty blob
 */
void
linkage_statement_bind_blob (LinkageStatement *self, int index, gconstpointer data, gsize length)
{
  bind_blob (self, index, data, length, SQLITE_TRANSIENT);
}

/**
 * linkage_statement_lend_blob:
 * @index: from 0
 * @data: (nullable): not copied, as with linkage_statement_lend_text(); %NULL binds an empty blob
 */
void
linkage_statement_lend_blob (LinkageStatement *self, int index, gconstpointer data, gsize length)
{
  bind_blob (self, index, data, length, SQLITE_STATIC);
}

/**
 * linkage_statement_bind_null:
 * @index: from 0
 */
void
linkage_statement_bind_null (LinkageStatement *self, int index)
{
  keep_bind_result (self, sqlite3_bind_null (self->prepared, index + 1));
}

/**
 * linkage_statement_step:
 *
 * Returns: %LINKAGE_STEP_ROW with a row to read, %LINKAGE_STEP_DONE, or %LINKAGE_STEP_ERROR with @error in
 *   LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
LinkageStep
linkage_statement_step (LinkageStatement *self, GError **error)
{
  int result;

  g_return_val_if_fail (self != NULL, LINKAGE_STEP_ERROR);

  if (!linkage_database_check (self->database, self->bind_result, error) ||
      linkage_database_is_cancelled (self->database, error))
    return LINKAGE_STEP_ERROR;

  result = sqlite3_step (self->prepared);
  if (!linkage_database_check (self->database, result, error))
    return LINKAGE_STEP_ERROR;

  return result == SQLITE_ROW ? LINKAGE_STEP_ROW : LINKAGE_STEP_DONE;
}

/**
 * linkage_statement_run:
 *
 * Steps to the end and resets; rows are discarded. What was bound is cleared, for the next use in a loop.
 *
 * Returns: %FALSE with @error as linkage_statement_step() sets it
 */
gboolean
linkage_statement_run (LinkageStatement *self, GError **error)
{
  LinkageStep step;

  do
    step = linkage_statement_step (self, error);
  while (step == LINKAGE_STEP_ROW);

  linkage_statement_reset (self);

  return step == LINKAGE_STEP_DONE;
}

/**
 * linkage_statement_reset:
 *
 * Makes the statement ready to be bound and stepped again.
 */
void
linkage_statement_reset (LinkageStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->prepared);
  sqlite3_clear_bindings (self->prepared);
  self->bind_result = SQLITE_OK;
}

/**
 * linkage_statement_get_int:
 * @column: from 0
 *
 * Returns: the value, 0 for NULL
 */
gint64
linkage_statement_get_int (LinkageStatement *self, int column)
{
  return sqlite3_column_int64 (self->prepared, column);
}

/**
 * linkage_statement_get_text:
 * @column: from 0
 *
 * Returns: (nullable) (transfer none): the value until the next step, %NULL for NULL
 */
const char *
linkage_statement_get_text (LinkageStatement *self, int column)
{
  return (const char *)sqlite3_column_text (self->prepared, column);
}

/**
 * linkage_statement_get_blob:
 * @column: from 0
 * @length: (out): in bytes
 *
 * Returns: (nullable) (transfer none): the value until the next step, %NULL for NULL and for no bytes
 */
gconstpointer
linkage_statement_get_blob (LinkageStatement *self, int column, gsize *length)
{
  gconstpointer data = sqlite3_column_blob (self->prepared, column);

  *length = sqlite3_column_bytes (self->prepared, column);

  return data;
}

/**
 * linkage_statement_is_null:
 * @column: from 0
 *
 * Returns: whether the value is NULL
 */
gboolean
linkage_statement_is_null (LinkageStatement *self, int column)
{
  return sqlite3_column_type (self->prepared, column) == SQLITE_NULL;
}
