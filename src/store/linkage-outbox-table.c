/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-outbox-table.h"

#include "linkage-rules.h"
#include "linkage-statement.h"

#define COLUMNS                                                                                                        \
  "key, kind, state, connection_id, customer_id, customer_name, contact_email, confirmed, challenge_session,"          \
  " created_at, not_before, tries, epoch, refusal_type, refusal_detail"

/* The order of COLUMNS. */
enum
{
  KEY,
  KIND,
  STATE,
  CONNECTION_ID,
  CUSTOMER_ID,
  CUSTOMER_NAME,
  CONTACT_EMAIL,
  CONFIRMED,
  CHALLENGE_SESSION,
  CREATED_AT,
  NOT_BEFORE,
  TRIES,
  EPOCH,
  REFUSAL_TYPE,
  REFUSAL_DETAIL,
};

static const char *const states[] = {
  [LINKAGE_OPERATION_WAITING] = "waiting",
  [LINKAGE_OPERATION_SENDING] = "sending",
  [LINKAGE_OPERATION_VERIFICATION_NEEDED] = "verification-needed",
  [LINKAGE_OPERATION_REFUSED] = "refused",
};

static gboolean
state_from_string (const char *string, LinkageOperationState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i], string) != 0)
        continue;
      *state = i;
      return TRUE;
    }

  return FALSE;
}

static void
bind_operation (LinkageStatement *statement, const LinkageOperation *operation)
{
  linkage_statement_bind_text (statement, KEY, operation->key);
  linkage_statement_bind_text (statement, KIND, linkage_operation_kind_to_string (operation->kind));
  linkage_statement_bind_text (statement, STATE, states[operation->state]);
  linkage_statement_bind_text (statement, CONNECTION_ID, operation->connection_id);
  linkage_statement_bind_text (statement, CUSTOMER_ID, operation->customer_id);
  linkage_statement_bind_text (statement, CUSTOMER_NAME, operation->customer_name);
  linkage_statement_bind_text (statement, CONTACT_EMAIL, operation->contact_email);
  linkage_statement_bind_int (statement, CONFIRMED, operation->confirmed);
  linkage_statement_bind_text (statement, CHALLENGE_SESSION, operation->challenge_session);
  linkage_statement_bind_int (statement, CREATED_AT, operation->created_at);
  linkage_statement_bind_int (statement, NOT_BEFORE, operation->not_before);
  linkage_statement_bind_int (statement, TRIES, operation->tries);
  linkage_statement_bind_text (statement, EPOCH, operation->epoch);
  linkage_statement_bind_text (statement, REFUSAL_TYPE, operation->refusal_type);
  linkage_statement_bind_text (statement, REFUSAL_DETAIL, operation->refusal_detail);
}

/* not_before is clamped where it is read: the clock may have been set back since, and nothing waits longer than a press
 * can be undone. Returns NULL for a row that a damaged file made unreadable. */
static LinkageOperation *
make_operation (LinkageStatement *statement, gint64 now)
{
  const char *key = linkage_statement_get_text (statement, KEY);
  const char *customer_id = linkage_statement_get_text (statement, CUSTOMER_ID);
  const char *customer_name = linkage_statement_get_text (statement, CUSTOMER_NAME);
  LinkageOperation *operation;
  LinkageOperationKind kind;
  LinkageOperationState state;

  if (key == NULL || customer_id == NULL || customer_name == NULL ||
      !linkage_operation_kind_from_string (linkage_statement_get_text (statement, KIND), &kind) ||
      !state_from_string (linkage_statement_get_text (statement, STATE), &state))
    return NULL;

  operation = linkage_operation_new (kind, customer_id, customer_name);
  g_free (operation->key);
  operation->key = g_strdup (key);
  operation->state = state;
  operation->connection_id = g_strdup (linkage_statement_get_text (statement, CONNECTION_ID));
  operation->contact_email = g_strdup (linkage_statement_get_text (statement, CONTACT_EMAIL));
  operation->confirmed = linkage_statement_get_int (statement, CONFIRMED) != 0;
  operation->challenge_session = g_strdup (linkage_statement_get_text (statement, CHALLENGE_SESSION));
  operation->created_at = linkage_statement_get_int (statement, CREATED_AT);
  operation->not_before = linkage_rules_clamp_not_before (linkage_statement_get_int (statement, NOT_BEFORE), now);
  operation->tries = linkage_statement_get_int (statement, TRIES);
  operation->epoch = g_strdup (linkage_statement_get_text (statement, EPOCH));
  operation->refusal_type = g_strdup (linkage_statement_get_text (statement, REFUSAL_TYPE));
  operation->refusal_detail = g_strdup (linkage_statement_get_text (statement, REFUSAL_DETAIL));

  return operation;
}

/*
 * linkage_outbox_table_add:
 *
 * Returns: %FALSE with @error: LINKAGE_DATABASE_ERROR_CONSTRAINT when the key is there or something else is open for
 *   the customer
 */
gboolean
linkage_outbox_table_add (LinkageDatabase *database, const LinkageOperation *operation, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "INSERT INTO outbox (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (statement == NULL)
    return FALSE;

  bind_operation (statement, operation);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_outbox_table_update:
 * @found: (out): whether there was one with this key
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_update (LinkageDatabase *database,
                             const LinkageOperation *operation,
                             gboolean *found,
                             GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database,
                           "UPDATE outbox SET (" COLUMNS ") = (?1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                           " WHERE key = ?1",
                           error);

  if (statement == NULL)
    return FALSE;

  bind_operation (statement, operation);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  *found = linkage_database_get_n_changes (database) > 0;

  return TRUE;
}

/*
 * linkage_outbox_table_hasten:
 *
 * Makes the operation with this key due, if there is one and it is not.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_hasten (LinkageDatabase *database, const char *key, gint64 now, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "UPDATE outbox SET not_before = min (not_before, ?2) WHERE key = ?1", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, key);
  linkage_statement_bind_int (statement, 1, now);

  return linkage_statement_run (statement, error);
}

/*
 * linkage_outbox_table_remove:
 * @found: (out): whether there was one with this key
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_remove (LinkageDatabase *database, const char *key, gboolean *found, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "DELETE FROM outbox WHERE key = ?", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, key);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  *found = linkage_database_get_n_changes (database) > 0;

  return TRUE;
}

/*
 * linkage_outbox_table_make_room:
 *
 * Removes what waits for the person about a customer: a new press means that it was seen.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_make_room (LinkageDatabase *database, const char *customer_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    database, "DELETE FROM outbox WHERE customer_id = ? AND state IN ('refused', 'verification-needed')", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, customer_id);

  return linkage_statement_run (statement, error);
}

static gboolean
find (LinkageDatabase *database,
      const char *sql,
      const char *value,
      gint64 now,
      LinkageOperation **operation,
      GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, sql, error);
  LinkageStep step;

  *operation = NULL;
  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, value);
  step = linkage_statement_step (statement, error);
  if (step == LINKAGE_STEP_ROW)
    *operation = make_operation (statement, now);

  return step != LINKAGE_STEP_ERROR;
}

/*
 * linkage_outbox_table_look_up:
 * @operation: (out) (transfer full) (nullable): %NULL where there is none
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_look_up (LinkageDatabase *database,
                              const char *key,
                              gint64 now,
                              LinkageOperation **operation,
                              GError **error)
{
  return find (database, "SELECT " COLUMNS " FROM outbox WHERE key = ?", key, now, operation, error);
}

/*
 * linkage_outbox_table_find_by_connection:
 * @operation: (out) (transfer full) (nullable): the latest for this row, %NULL where there is none
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_find_by_connection (LinkageDatabase *database,
                                         const char *connection_id,
                                         gint64 now,
                                         LinkageOperation **operation,
                                         GError **error)
{
  return find (database, "SELECT " COLUMNS " FROM outbox WHERE connection_id = ? ORDER BY position DESC LIMIT 1",
               connection_id, now, operation, error);
}

/*
 * linkage_outbox_table_read:
 * @operations: (inout) (element-type LinkageOperation): where all are appended, oldest first; after an error too, what
 *   could be read
 * @clamped: (out) (optional): whether one of them was to wait longer than is allowed, and still is to in the file
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_read (LinkageDatabase *database,
                           gint64 now,
                           GPtrArray *operations,
                           gboolean *clamped,
                           GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "SELECT " COLUMNS " FROM outbox ORDER BY position", error);
  LinkageStep step;

  if (clamped != NULL)
    *clamped = FALSE;
  if (statement == NULL)
    return FALSE;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      LinkageOperation *operation = make_operation (statement, now);

      if (operation == NULL)
        continue;

      if (clamped != NULL && operation->not_before < linkage_statement_get_int (statement, NOT_BEFORE))
        *clamped = TRUE;
      g_ptr_array_add (operations, operation);
    }

  return step == LINKAGE_STEP_DONE;
}

/*
 * linkage_outbox_table_clamp:
 *
 * Writes down what reading clamps. Clamped at each reading alone, a row would stay ten seconds ahead of a clock that
 * was set back.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_outbox_table_clamp (LinkageDatabase *database, gint64 now, GError **error)
{
  g_autoptr (LinkageStatement) statement =
    linkage_statement_get (database, "UPDATE outbox SET not_before = ?1 WHERE not_before > ?1", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_int (statement, 0, linkage_rules_clamp_not_before (G_MAXINT64, now));

  return linkage_statement_run (statement, error);
}
