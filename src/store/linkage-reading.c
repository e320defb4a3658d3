/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-reading.h"

#include "linkage-account-table.h"
#include "linkage-removed-table.h"
#include "linkage-search-table.h"
#include "linkage-statement.h"

#define COLUMNS "state, total, updated_at, clock_offset, generation, rereading, epoch, epoch_generation, collation"

/* The order of COLUMNS. */
enum
{
  STATE,
  TOTAL,
  UPDATED_AT,
  CLOCK_OFFSET,
  GENERATION,
  REREADING,
  EPOCH,
  EPOCH_GENERATION,
  COLLATION,
};

/*
 * linkage_reading_load:
 * @self: (out caller-allocates): to be cleared by linkage_reading_clear()
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR; CORRUPT also where the row is missing
 */
gboolean
linkage_reading_load (LinkageReading *self, LinkageDatabase *database, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "SELECT " COLUMNS " FROM reading", error);
  LinkageStep step;

  *self = (LinkageReading){ 0 };
  if (statement == NULL)
    return FALSE;

  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ERROR)
    return FALSE;
  if (step == LINKAGE_STEP_DONE)
    {
      g_set_error_literal (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CORRUPT, "The table reading is empty");
      return FALSE;
    }

  self->state = g_strdup (linkage_statement_get_text (statement, STATE));
  self->total = linkage_statement_get_int (statement, TOTAL);
  self->updated_at = linkage_statement_get_int (statement, UPDATED_AT);
  self->clock_offset = linkage_statement_get_int (statement, CLOCK_OFFSET);
  self->generation = linkage_statement_get_int (statement, GENERATION);
  self->rereading = linkage_statement_get_int (statement, REREADING) != 0;
  self->epoch = g_strdup (linkage_statement_get_text (statement, EPOCH));
  self->epoch_generation = linkage_statement_get_int (statement, EPOCH_GENERATION);
  self->collation = g_strdup (linkage_statement_get_text (statement, COLLATION));

  return TRUE;
}

/*
 * linkage_reading_save:
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_reading_save (const LinkageReading *self, LinkageDatabase *database, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "UPDATE reading SET (" COLUMNS ") = (?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, STATE, self->state);
  linkage_statement_bind_int (statement, TOTAL, self->total);
  linkage_statement_bind_int (statement, UPDATED_AT, self->updated_at);
  linkage_statement_bind_int (statement, CLOCK_OFFSET, self->clock_offset);
  linkage_statement_bind_int (statement, GENERATION, self->generation);
  linkage_statement_bind_int (statement, REREADING, self->rereading);
  linkage_statement_bind_text (statement, EPOCH, self->epoch);
  linkage_statement_bind_int (statement, EPOCH_GENERATION, self->epoch_generation);
  linkage_statement_bind_text (statement, COLLATION, self->collation);

  return linkage_statement_run (statement, error);
}

/* Revisions that are known so far do not compare with those of another epoch. Returns whether it is another. */
static gboolean
enter_epoch (LinkageReading *self, const char *epoch)
{
  gboolean is_first = self->epoch == NULL;

  if (epoch == NULL || *epoch == '\0' || g_strcmp0 (epoch, self->epoch) == 0)
    return FALSE;

  g_free (self->epoch);
  self->epoch = g_strdup (epoch);
  if (is_first)
    return FALSE;

  self->generation++;
  self->epoch_generation = self->generation;

  return TRUE;
}

/* The answer to a replay is as old as the first try, and answers may overtake each other. */
static gboolean
is_older (const LinkageReading *self, LinkageDatabase *database, const LinkageAccountInfo *info, GError **error)
{
  g_autoptr (LinkageAccountInfo) known = NULL;

  if (g_strcmp0 (info->epoch, self->epoch) != 0)
    return FALSE;

  return linkage_account_table_read (database, &known, error) && known != NULL && info->revision < known->revision;
}

/*
 * linkage_reading_take_account:
 *
 * Writes what an answer of the portal says of the account, unless newer is known, and notes whether it speaks for
 * another epoch: searches of the former one are forgotten then, as the portal knows them no more and would count them
 * again, and so are rows that it took away. @self is to be saved afterwards.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_reading_take_account (LinkageReading *self,
                              LinkageDatabase *database,
                              const LinkageAccountInfo *info,
                              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_outdated = is_older (self, database, info, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_outdated)
    return TRUE;
  if (enter_epoch (self, info->epoch) &&
      (!linkage_search_table_forget_all (database, error) || !linkage_removed_table_forget_all (database, error)))
    return FALSE;

  return linkage_account_table_write (database, info, error);
}

/*
 * linkage_reading_clear:
 *
 * Frees what @self owns.
 */
void
linkage_reading_clear (LinkageReading *self)
{
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->collation, g_free);
}
