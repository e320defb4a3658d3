/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-sandbox.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "linkage-rules.h"
#include "linkage-text.h"
#include "portal-accounts.h"
#include "portal-customer-links.h"
#include "portal-error.h"
#include "portal-json.h"
#include "portal-searches.h"
#include "portal-users.h"

#define PASSWORD_BYTES 12
#define SAMPLE RESOURCE_PATH "/sandbox/sandbox.json"

/* The sample is part of the program, and so its shape is known; what it holds is described beside it in data/sandbox.
 */

typedef gboolean (
  *LoadFunc) (PortalStore *store, JsonObject *object, const char *parent_id, gint64 number, GError **error);

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gboolean
load_each (PortalStore *store,
           JsonObject *object,
           const char *name,
           const char *parent_id,
           LoadFunc load,
           GError **error)
{
  JsonArray *array = json_object_get_array_member (object, name);
  guint i;

  for (i = 0; i < json_array_get_length (array); i++)
    {
      if (!load (store, json_array_get_object_element (array, i), parent_id, i + 1, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_entry (PortalStore *store, JsonObject *object, const char *customer_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *folded = portal_searches_fold (get_text (object, "name"));

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO customer_entries (customer_id, number, name, folded, reference, country, "
                           "active) VALUES (?, ?, ?, ?, ?, ?, ?)",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, customer_id);
  linkage_statement_bind_int (statement, 1, number);
  linkage_statement_bind_text (statement, 2, get_text (object, "name"));
  linkage_statement_bind_text (statement, 3, folded);
  linkage_statement_bind_text (statement, 4, get_text (object, "reference"));
  linkage_statement_bind_text (statement, 5, get_text (object, "country"));
  linkage_statement_bind_int (statement, 6, json_object_get_boolean_member (object, "active"));

  return linkage_statement_run (statement, error);
}

static gboolean
load_customer (PortalStore *store, JsonObject *object, const char *parent_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *folded = portal_searches_fold (get_text (object, "name"));

  statement = linkage_statement_get (
    portal_store_get_database (store),
    "INSERT INTO customers (id, name, folded, country, accepts_requests) VALUES (?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, get_text (object, "id"));
  linkage_statement_bind_text (statement, 1, get_text (object, "name"));
  linkage_statement_bind_text (statement, 2, folded);
  linkage_statement_bind_text (statement, 3, get_text (object, "country"));
  linkage_statement_bind_int (statement, 4, json_object_get_boolean_member (object, "accepts-requests"));
  if (!linkage_statement_run (statement, error))
    return FALSE;

  return load_each (store, object, "entries", get_text (object, "id"), load_entry, error);
}

static gboolean
load_user (PortalStore *store, JsonObject *object, const char *account_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) user = NULL;
  g_autoptr (LinkageStatement) member = NULL;

  /* After a reset the user is there, as tokens stay. */
  user = linkage_statement_get (portal_store_get_database (store),
                                "INSERT INTO users (id, name, email) VALUES (?, ?, ?) "
                                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email",
                                error);
  if (user == NULL)
    return FALSE;
  linkage_statement_bind_text (user, 0, get_text (object, "id"));
  linkage_statement_bind_text (user, 1, get_text (object, "name"));
  linkage_statement_bind_text (user, 2, get_text (object, "email"));
  if (!linkage_statement_run (user, error))
    return FALSE;

  member = linkage_statement_get (portal_store_get_database (store),
                                  "INSERT INTO members (user_id, account_id, role) VALUES (?, ?, ?)", error);
  if (member == NULL)
    return FALSE;
  linkage_statement_bind_text (member, 0, get_text (object, "id"));
  linkage_statement_bind_text (member, 1, account_id);
  linkage_statement_bind_text (member, 2, get_text (object, "role"));

  return linkage_statement_run (member, error);
}

static gboolean
load_attempt (PortalStore *store, JsonObject *object, const char *connection_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  gint64 now = portal_store_get_now (store);
  gint64 requested_at = now - json_object_get_int_member (object, "requested-seconds-ago");

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO attempts (connection_id, number, requested_at, expires_at, responded_at, "
                           "outcome, contact_email, requested_by, comment) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT name FROM users WHERE id = ?), ?)",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, connection_id);
  linkage_statement_bind_int (statement, 1, number);
  linkage_statement_bind_int (statement, 2, requested_at);
  linkage_statement_bind_int (statement, 3, linkage_rules_get_expiry (requested_at));
  if (json_object_has_member (object, "responded-seconds-ago"))
    linkage_statement_bind_int (statement, 4, now - json_object_get_int_member (object, "responded-seconds-ago"));
  else
    linkage_statement_bind_null (statement, 4);
  linkage_statement_bind_text (statement, 5, get_text (object, "outcome"));
  linkage_statement_bind_text (statement, 6, get_text (object, "contact-email"));
  linkage_statement_bind_text (statement, 7, get_text (object, "requested-by"));
  linkage_statement_bind_text (statement, 8, get_text (object, "comment"));

  return linkage_statement_run (statement, error);
}

/* The expiry of a pending row, 0 for another. */
static gint64
get_expiry (PortalStore *store, JsonObject *connection)
{
  JsonArray *attempts = json_object_get_array_member (connection, "attempts");
  JsonObject *latest;

  if (g_strcmp0 (get_text (connection, "status"), "pending") != 0)
    return 0;

  latest = json_array_get_object_element (attempts, json_array_get_length (attempts) - 1);
  return linkage_rules_get_expiry (portal_store_get_now (store) -
                                   json_object_get_int_member (latest, "requested-seconds-ago"));
}

static gboolean
load_connection (PortalStore *store, JsonObject *object, const char *account_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *id = g_strconcat (account_id, "-", get_text (object, "customer"), NULL);
  gint64 expires_at = get_expiry (store, object);
  gint64 position;

  if (!portal_store_advance (store, account_id, &position, error))
    return FALSE;
  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO connections (id, account_id, customer_id, origin, status, requests_used, "
                           "was_rejected, revision, logged, expires_at) "
                           "VALUES (?, ?, ?, ?, ?5, ?, ?5 = 'rejected', ?7, ?7, nullif (?8, 0))",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, account_id);
  linkage_statement_bind_text (statement, 2, get_text (object, "customer"));
  linkage_statement_bind_text (statement, 3, get_text (object, "origin"));
  linkage_statement_bind_text (statement, 4, get_text (object, "status"));
  linkage_statement_bind_int (statement, 5, json_array_get_length (json_object_get_array_member (object, "attempts")));
  linkage_statement_bind_int (statement, 6, position);
  linkage_statement_bind_int (statement, 7, expires_at);
  if (!linkage_statement_run (statement, error))
    return FALSE;

  return load_each (store, object, "attempts", id, load_attempt, error);
}

static gboolean
load_account (PortalStore *store, JsonObject *object, const char *parent_id, gint64 number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  JsonObject *support = json_object_get_object_member (object, "support");
  const char *id = get_text (object, "id");

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "INSERT INTO accounts (id, name, invitation_email, support_name, support_email, "
                           "confirmation_text, searches_limit, searches_used) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, id);
  linkage_statement_bind_text (statement, 1, get_text (object, "name"));
  linkage_statement_bind_text (statement, 2, get_text (object, "invitation-email"));
  linkage_statement_bind_text (statement, 3, get_text (support, "name"));
  linkage_statement_bind_text (statement, 4, get_text (support, "email"));
  linkage_statement_bind_text (statement, 5, get_text (object, "confirmation-text"));
  linkage_statement_bind_int (statement, 6, LINKAGE_RULES_SEARCHES_PER_ACCOUNT);
  linkage_statement_bind_int (statement, 7, json_object_get_int_member (object, "searches-used"));
  if (!linkage_statement_run (statement, error))
    return FALSE;

  return load_each (store, object, "users", id, load_user, error) &&
         load_each (store, object, "connections", id, load_connection, error);
}

/**
 * portal_sandbox_load:
 * @store: a store in a transaction, without accounts and customers
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Writes the sample data, with its times counted back from now.
 *
 * Returns: whether it was written
 */
gboolean
portal_sandbox_load (PortalStore *store, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) sample = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), FALSE);

  bytes = g_resources_lookup_data (SAMPLE, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return FALSE;
  sample = portal_json_parse (bytes, error);
  if (sample == NULL)
    return FALSE;

  return load_each (store, sample, "customers", NULL, load_customer, error) &&
         load_each (store, sample, "accounts", NULL, load_account, error);
}

/**
 * portal_sandbox_load_if_empty:
 * @store: a store outside a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR, or PORTAL_ERROR_INVALID where the database holds
 *   accounts that are no sample data: a sandbox would let anyone who signs in delete them
 *
 * Writes the sample data where there is no account.
 *
 * Returns: whether the database is a sandbox
 */
gboolean
portal_sandbox_load_if_empty (PortalStore *store, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, error);
  g_autoptr (LinkageStatement) statement = NULL;

  if (transaction == NULL)
    return FALSE;
  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT is_sandbox, EXISTS (SELECT 1 FROM accounts) FROM portal", error);
  if (statement == NULL || !portal_store_find_row (statement, "no record of the portal", error))
    return FALSE;
  if (linkage_statement_get_int (statement, 0) != 0)
    return TRUE;
  if (linkage_statement_get_int (statement, 1) != 0)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID,
                           _ ("This database is no sandbox: it holds accounts of its own"));
      return FALSE;
    }

  return linkage_database_execute (portal_store_get_database (store), "UPDATE portal SET is_sandbox = 1", error) &&
         portal_sandbox_load (store, error) && portal_transaction_commit (transaction, error);
}

/**
 * portal_sandbox_reset:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Begins anew: the sample data, the machine's time, a new epoch. Users and their tokens stay.
 *
 * Returns: whether it was written
 */
gboolean
portal_sandbox_reset (PortalStore *store, GError **error)
{
  LinkageDatabase *database = portal_store_get_database (store);

  return linkage_database_execute (database, "DELETE FROM accounts", error) &&
         linkage_database_execute (database, "DELETE FROM customers", error) &&
         portal_store_set_clock_offset (store, 0, error) && portal_store_renew_epoch (store, error) &&
         portal_sandbox_load (store, error);
}

/* The same one at every start, so that a sign-in of before still holds. */
static char *
make_password (PortalStore *store, const char *user_id)
{
  GBytes *secret = portal_store_get_secret (store);
  g_autofree char *text = g_strconcat ("password of ", user_id, NULL);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, g_bytes_get_data (secret, NULL), g_bytes_get_size (secret));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *)text, -1);
  g_hmac_get_digest (hmac, digest, &length);

  return linkage_text_encode_base64url (digest, PASSWORD_BYTES);
}

static gboolean
set_password (PortalStore *store, const char *user_id, const char *email, const char *password, GError **error)
{
  g_autoptr (PortalUser) user = NULL;

  if (!portal_users_check_password (store, email, password, &user, error))
    return FALSE;

  return user != NULL || portal_users_set_password (store, user_id, password, PORTAL_PASSWORD_RANDOM, error);
}

/* A new token, and the password, for one of the users with the role. number: from 0 */
static gboolean
add_user (PortalStore *store, JsonBuilder *builder, const char *member, const char *role, guint number, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  g_autofree char *password = NULL;
  g_autofree char *token = NULL;
  const char *id;

  statement =
    linkage_statement_get (portal_store_get_database (store),
                           "SELECT DISTINCT users.id, name, email FROM members JOIN users ON users.id = user_id "
                           "WHERE role = ? ORDER BY users.id LIMIT 1 OFFSET ?",
                           error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, role);
  linkage_statement_bind_int (statement, 1, number);
  if (!portal_store_find_row (statement, "no such user", error))
    return FALSE;
  id = linkage_statement_get_text (statement, 0);
  token = portal_tokens_create (store, id, NULL, error);
  password = make_password (store, id);
  if (token == NULL || !set_password (store, id, linkage_statement_get_text (statement, 2), password, error))
    return FALSE;

  json_builder_set_member_name (builder, member);
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "token", token);
  portal_json_add_string (builder, "name", linkage_statement_get_text (statement, 1));
  portal_json_add_string (builder, "email", linkage_statement_get_text (statement, 2));
  portal_json_add_string (builder, "password", password);
  json_builder_end_object (builder);

  return TRUE;
}

/* The admin of the account that the first one's may be merged with; a file of an earlier version has none. */
static gboolean
add_other_admin (PortalStore *store, JsonBuilder *builder, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (add_user (store, builder, "other-admin", "admin", 1, &local_error) ||
      g_error_matches (local_error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * portal_sandbox_sign_in:
 * @store: a store with sample data
 * @address: where the portal is reached
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Makes what is needed to sign in: tokens and passwords of an admin, of a plain user and of the admin of another
 * account, and a link to the customers' pages.
 *
 * Returns: (transfer full) (nullable): one line of JSON, NULL on error
 */
char *
portal_sandbox_sign_in (PortalStore *store, const char *address, GError **error)
{
  g_autoptr (PortalTransaction) transaction = portal_transaction_begin (store, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *link = NULL;

  if (transaction == NULL)
    return NULL;

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "address", address);
  if (!add_user (store, builder, "admin", "admin", 0, error) || !add_user (store, builder, "user", "user", 0, error) ||
      !add_other_admin (store, builder, error))
    return NULL;
  link = portal_customer_links_create (store, address, NULL, error);
  if (link == NULL || !portal_transaction_commit (transaction, error))
    return NULL;
  portal_json_add_string (builder, "customer-link", link);
  json_builder_end_object (builder);

  return portal_json_print (builder);
}
