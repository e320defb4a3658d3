/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-account.h"

#include <string.h>

#include "fixture-wait.h"
#include "linkage-connection-row.h"
#include "linkage-portal-account.h"

LinkageAccount *
fixture_account_open (const char *folder, const char *api, const char *token)
{
  return fixture_account_open_as (folder, api, token, FIXTURE_ACCOUNT);
}

LinkageAccount *
fixture_account_open_as (const char *folder, const char *api, const char *token, const char *account_id)
{
  g_autoptr (LinkagePortalAccountConfig) config = linkage_portal_account_config_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageAccount *account;

  config->id = g_strdup ("test");
  config->folder = g_strdup (folder);
  config->api = g_strdup (api);
  config->account_id = g_strdup (account_id);
  config->credentials = linkage_credentials_new (token, NULL, 0);
  config->sandbox = TRUE;

  linkage_portal_account_open_async (config, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  account = linkage_portal_account_open_finish (result, &error);
  g_assert_no_error (error);

  return account;
}

void
fixture_account_close (LinkageAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_close_async (account, fixture_keep_result, &result);
  fixture_wait_result (&result);
  linkage_account_close_finish (account, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (account);
}

typedef struct
{
  LinkageAccount *account;
  LinkageAccountState state;
  const char *customer_id;
  LinkageStatus status;
} Expectation;

static gboolean
is_in_state (Expectation *expected)
{
  return linkage_account_get_state (expected->account) == expected->state &&
         !linkage_account_get_busy (expected->account);
}

void
fixture_account_wait_state (LinkageAccount *account, LinkageAccountState state)
{
  Expectation expected = { .account = account, .state = state };
  g_autofree char *what = g_strdup_printf ("state %d", state);

  fixture_wait ((FixtureCondition)is_in_state, &expected, what);
}

static gboolean
is_loaded (LinkageConnectionList *list)
{
  return !linkage_connection_list_get_loading (list);
}

LinkageConnection *
fixture_account_find (LinkageAccount *account, const char *customer_id)
{
  g_autoptr (LinkageConnectionList) list = linkage_account_create_list (account);

  FIXTURE_WAIT (is_loaded, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);
      LinkageConnection *connection = linkage_connection_row_get_connection (row);

      if (g_str_equal (connection->customer->id, customer_id))
        return linkage_connection_ref (connection);
    }

  return NULL;
}

static gboolean
has_status (Expectation *expected)
{
  g_autoptr (LinkageConnection) connection = fixture_account_find (expected->account, expected->customer_id);

  return connection != NULL && connection->status == expected->status;
}

void
fixture_account_wait_status (LinkageAccount *account, const char *customer_id, LinkageStatus status)
{
  Expectation expected = { .account = account, .customer_id = customer_id, .status = status };
  g_autofree char *what = g_strdup_printf ("%s to be %s", customer_id, linkage_status_to_string (status));

  fixture_wait ((FixtureCondition)has_status, &expected, what);
}

guint
fixture_account_count_operations (LinkageAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (account, &error);

  g_assert_no_error (error);

  return operations->len;
}

static gboolean
has_empty_outbox (LinkageAccount *account)
{
  return fixture_account_count_operations (account) == 0;
}

void
fixture_account_wait_empty_outbox (LinkageAccount *account)
{
  FIXTURE_WAIT (has_empty_outbox, account);
}

LinkageOperation *
fixture_account_get_operation (LinkageAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (account, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (operations->len, ==, 1);

  return linkage_operation_ref (g_ptr_array_index (operations, 0));
}

LinkageOperation *
fixture_account_submit (LinkageAccount *account, LinkageOperation *operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageOperation *entry;

  linkage_account_submit_async (account, operation, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  entry = linkage_account_submit_finish (account, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (entry);

  return entry;
}

/* What one press on a row's button asks for. */
LinkageOperation *
fixture_account_press (LinkageAccount *account, LinkageOperationKind kind, const char *customer_id)
{
  g_autoptr (LinkageConnection) connection = fixture_account_find (account, customer_id);
  g_autoptr (LinkageOperation) operation = NULL;

  g_assert_nonnull (connection);
  operation = linkage_operation_new (kind, customer_id, connection->customer->name);
  operation->connection_id = g_strdup (connection->id);

  return fixture_account_submit (account, operation);
}

gboolean
fixture_account_undo (LinkageAccount *account, const char *key, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_undo_async (account, key, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_undo_finish (account, result, error);
}

gboolean
fixture_account_refresh (LinkageAccount *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  linkage_account_refresh_async (account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);

  return linkage_account_refresh_finish (account, result, error);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
describe_row (LinkageConnection *connection)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "%s %s r%" G_GINT64_FORMAT " %s %s used %u%s actions %u", connection->customer->id,
                          connection->id, connection->revision, linkage_status_to_string (connection->status),
                          linkage_origin_to_string (connection->origin), connection->requests_used,
                          connection->was_rejected ? " rejected" : "", (guint)connection->actions);
  for (guint i = 0; i < connection->attempts->len; i++)
    {
      LinkageAttempt *attempt = g_ptr_array_index (connection->attempts, i);

      g_string_append_printf (line, "; %u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s %s",
                              attempt->number, attempt->requested_at, attempt->expires_at, attempt->responded_at,
                              linkage_status_to_string (attempt->outcome), attempt->contact_email,
                              attempt->requested_by, attempt->comment);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
fixture_account_describe_rows (LinkageAccount *account)
{
  g_autoptr (LinkageConnectionList) list = linkage_account_create_list (account);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  FIXTURE_WAIT (is_loaded, list);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_ptr_array_add (lines, describe_row (linkage_connection_row_get_connection (row)));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **)lines->pdata);
}
