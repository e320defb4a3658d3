/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-transitions.h"

#include "linkage-rules.h"
#include "linkage-status.h"
#include "portal-error.h"
#include "portal-secret.h"

/* A row's new status at the account's next position. */
static gboolean
set_status (PortalStore *store, const char *connection_id, LinkageStatus status, gint64 expires_at, GError **error)
{
  g_autoptr (LinkageStatement) find = NULL;
  g_autoptr (LinkageStatement) update = NULL;
  gint64 position;

  find =
    linkage_statement_get (portal_store_get_database (store), "SELECT account_id FROM connections WHERE id = ?", error);
  if (find == NULL)
    return FALSE;
  linkage_statement_bind_text (find, 0, connection_id);
  if (!portal_store_find_row (find, "no such row", error) ||
      !portal_store_advance (store, linkage_statement_get_text (find, 0), &position, error))
    return FALSE;

  update = linkage_statement_get (portal_store_get_database (store),
                                  "UPDATE connections SET status = ?2, expires_at = ?3, revision = ?4, logged = ?4, "
                                  "removed_at = NULL, was_rejected = was_rejected OR ?2 = 'rejected' WHERE id = ?1",
                                  error);
  if (update == NULL)
    return FALSE;
  linkage_statement_bind_text (update, 0, connection_id);
  linkage_statement_bind_text (update, 1, linkage_status_to_string (status));
  if (expires_at != 0)
    linkage_statement_bind_int (update, 2, expires_at);
  else
    linkage_statement_bind_null (update, 2);
  linkage_statement_bind_int (update, 3, position);

  return linkage_statement_run (update, error);
}

static gboolean
insert_attempt (PortalStore *store,
                const char *connection_id,
                const char *contact_email,
                const char *requested_by,
                GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  gint64 now = portal_store_get_now (store);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "INSERT INTO attempts (connection_id, number, requested_at, expires_at, outcome, "
                                     "contact_email, requested_by) SELECT id, requests_used, ?2, ?3, 'pending', ?4, ?5 "
                                     "FROM connections WHERE id = ?1",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection_id);
  linkage_statement_bind_int (statement, 1, now);
  linkage_statement_bind_int (statement, 2, linkage_rules_get_expiry (now));
  linkage_statement_bind_text (statement, 3, contact_email);
  linkage_statement_bind_text (statement, 4, requested_by);

  return linkage_statement_run (statement, error);
}

/**
 * portal_transitions_send:
 * @store: a store in a transaction
 * @connection_id: a row for which the rules allow it
 * @contact_email: (nullable): whom to ask at the customer; NULL for a suggestion
 * @requested_by: the name of the user who asks
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Sends one more request, which is pending from now on.
 *
 * Returns: whether it was written
 */
gboolean
portal_transitions_send (PortalStore *store,
                         const char *connection_id,
                         const char *contact_email,
                         const char *requested_by,
                         GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (connection_id != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE connections SET requests_used = requests_used + 1 WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection_id);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  return insert_attempt (store, connection_id, contact_email, requested_by, error) &&
         set_status (store, connection_id, LINKAGE_STATUS_PENDING,
                     linkage_rules_get_expiry (portal_store_get_now (store)), error);
}

/**
 * portal_transitions_request:
 * @store: a store in a transaction
 * @account_id: the account that asks
 * @customer_id: a customer for which the rules allow it
 * @contact_email: whom to ask there
 * @requested_by: the name of the user who asks
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Makes the customer's row, or brings back the one that was removed, and sends a request.
 *
 * Returns: (transfer full) (nullable): the row's id, NULL on error
 */
char *
portal_transitions_request (PortalStore *store,
                            const char *account_id,
                            const char *customer_id,
                            const char *contact_email,
                            const char *requested_by,
                            GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *new_id = portal_secret_new_id ();
  g_autofree char *id = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);
  g_return_val_if_fail (account_id != NULL && customer_id != NULL, NULL);

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO connections (id, account_id, customer_id, origin, status, revision) "
                           "VALUES (?, ?, ?, 'search', 'pending', 0) "
                           "ON CONFLICT (account_id, customer_id) DO UPDATE SET origin = 'search' RETURNING id",
                           error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, new_id);
  linkage_statement_bind_text (statement, 1, account_id);
  linkage_statement_bind_text (statement, 2, customer_id);
  if (linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return NULL;
  id = g_strdup (linkage_statement_get_text (statement, 0));
  linkage_statement_reset (statement);

  return portal_transitions_send (store, id, contact_email, requested_by, error) ? g_steal_pointer (&id) : NULL;
}

static gboolean
close_attempt (PortalStore *store,
               const char *connection_id,
               LinkageStatus outcome,
               gint64 responded_at,
               const char *comment,
               GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "UPDATE attempts SET outcome = ?2, responded_at = ?3, comment = ?4 "
                                     "WHERE connection_id = ?1 AND outcome = 'pending'",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection_id);
  linkage_statement_bind_text (statement, 1, linkage_status_to_string (outcome));
  if (responded_at != 0)
    linkage_statement_bind_int (statement, 2, responded_at);
  else
    linkage_statement_bind_null (statement, 2);
  linkage_statement_bind_text (statement, 3, comment);

  return linkage_statement_run (statement, error) && set_status (store, connection_id, outcome, 0, error);
}

static gboolean
check_pending (PortalStore *store, const char *connection_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT status = 'pending' FROM connections WHERE id = ? AND removed_at IS NULL", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection_id);
  if (!portal_store_find_row (statement, "no such row", error))
    return FALSE;
  if (linkage_statement_get_int (statement, 0) == 0)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_NOT_PENDING, "the request does not wait for an answer");
      return FALSE;
    }

  return TRUE;
}

static gboolean
answer (PortalStore *store, const char *connection_id, LinkageStatus outcome, const char *comment, GError **error)
{
  if (!portal_transitions_settle (store, error) || !check_pending (store, connection_id, error))
    return FALSE;

  return close_attempt (store, connection_id, outcome, portal_store_get_now (store), comment, error);
}

/**
 * portal_transitions_approve:
 * @store: a store in a transaction
 * @connection_id: a row
 * @error: return location for an error of LINKAGE_DATABASE_ERROR, PORTAL_ERROR_NOT_FOUND, or PORTAL_ERROR_NOT_PENDING
 *   where the request was answered or has expired
 *
 * The customer's yes.
 *
 * Returns: whether it was written
 */
gboolean
portal_transitions_approve (PortalStore *store, const char *connection_id, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (connection_id != NULL, FALSE);

  return answer (store, connection_id, LINKAGE_STATUS_APPROVED, NULL, error);
}

/**
 * portal_transitions_reject:
 * @store: a store in a transaction
 * @connection_id: a row
 * @comment: (nullable): why, at most 2000 characters
 * @error: return location for an error of LINKAGE_DATABASE_ERROR, PORTAL_ERROR_NOT_FOUND, or PORTAL_ERROR_NOT_PENDING
 *   where the request was answered or has expired
 *
 * The customer's no.
 *
 * Returns: whether it was written
 */
gboolean
portal_transitions_reject (PortalStore *store, const char *connection_id, const char *comment, GError **error)
{
  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (connection_id != NULL, FALSE);

  return answer (store, connection_id, LINKAGE_STATUS_REJECTED, comment, error);
}

static GPtrArray *
list_due (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  LinkageStep step;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT id FROM connections WHERE expires_at <= ? ORDER BY expires_at, id", error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store));
  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    g_ptr_array_add (ids, g_strdup (linkage_statement_get_text (statement, 0)));

  return step == LINKAGE_STEP_ERROR ? NULL : g_steal_pointer (&ids);
}

/**
 * portal_transitions_settle:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Writes down what has expired by now. The portal does so before it answers or signals anything.
 *
 * Returns: whether it was written
 */
gboolean
portal_transitions_settle (PortalStore *store, GError **error)
{
  g_autoptr (GPtrArray) due = NULL;
  guint i;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  due = list_due (store, error);
  if (due == NULL)
    return FALSE;
  for (i = 0; i < due->len; i++)
    {
      if (!close_attempt (store, g_ptr_array_index (due, i), LINKAGE_STATUS_EXPIRED, 0, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * portal_transitions_settle_now:
 * @store: a store outside a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * portal_transitions_settle() in a transaction of its own, where something is due.
 *
 * Returns: whether it was written
 */
gboolean
portal_transitions_settle_now (PortalStore *store, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  gint64 next;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  if (!portal_transitions_get_next_expiry (store, &next, error))
    return FALSE;
  if (next > portal_store_get_now (store))
    return TRUE;

  transaction = portal_transaction_begin (store, error);
  return transaction != NULL && portal_transitions_settle (store, error) &&
         portal_transaction_commit (transaction, error);
}

/**
 * portal_transitions_get_next_expiry:
 * @store: a store
 * @time: (out): when the next request expires by the portal's clock, Unix seconds, UTC; G_MAXINT64: none waits
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Returns: FALSE on error
 */
gboolean
portal_transitions_get_next_expiry (PortalStore *store, gint64 *time, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);
  g_return_val_if_fail (time != NULL, FALSE);

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT min (expires_at) FROM connections WHERE expires_at IS NOT NULL", error);
  if (statement == NULL || linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return FALSE;

  *time = linkage_statement_is_null (statement, 0) ? G_MAXINT64 : linkage_statement_get_int (statement, 0);
  return TRUE;
}
