/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-operator.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "portal-accounts.h"
#include "portal-customer-links.h"
#include "portal-error.h"
#include "portal-options.h"
#include "portal-tokens.h"

static gboolean
reset_searches (const char *database, const char *account_id, GError **error)
{
  g_autoptr (PortalStore) store = portal_options_open_existing_store (database, error);
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (GError) local_error = NULL;

  if (store == NULL)
    return FALSE;
  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL)
    return FALSE;

  if (!portal_accounts_set_searches_used (store, account_id, 0, &local_error))
    {
      if (g_error_matches (local_error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND))
        /* Translators: %s is an id. */
        g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, _ ("There is no account “%s”"), account_id);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return portal_transaction_commit (transaction, error);
}

static gboolean
check_customer (PortalStore *store, const char *customer_id, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (store),
                                     "SELECT EXISTS (SELECT 1 FROM customers WHERE id = ?)", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, customer_id);
  if (!portal_store_find_row (statement, "no answer", error))
    return FALSE;
  if (linkage_statement_get_int (statement, 0) == 0)
    {
      /* Translators: %s is an id. */
      g_set_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, _ ("There is no customer “%s”"), customer_id);
      return FALSE;
    }

  return TRUE;
}

static char *
create_customer_link (const char *database, const char *customer_id, GError **error)
{
  g_autoptr (PortalStore) store = portal_options_open_existing_store (database, error);
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autofree char *address = NULL;
  g_autofree char *link = NULL;

  if (store == NULL)
    return NULL;
  address = portal_store_read_address (store, error);
  if (address == NULL)
    return NULL;
  transaction = portal_transaction_begin (store, error);
  if (transaction == NULL || (customer_id != NULL && !check_customer (store, customer_id, error)))
    return NULL;

  link = portal_customer_links_create (store, address, customer_id, error);
  if (link == NULL || !portal_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&link);
}

/* A line of the standard input, as whatever stands on a command line is seen by others. */
static char *
read_token (GError **error)
{
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL || *g_strstrip (line) == '\0')
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("There is no token on the standard input"));
      return NULL;
    }

  return g_strdup (line);
}

static gboolean
revoke_token (const char *database, const char *token, GError **error)
{
  g_autoptr (PortalStore) store = portal_options_open_existing_store (database, error);
  g_autoptr (GError) local_error = NULL;

  if (store == NULL)
    return FALSE;
  if (portal_tokens_revoke (store, token, &local_error))
    return TRUE;

  if (g_error_matches (local_error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND))
    g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND, _ ("This token is unknown or revoked already"));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * portal_operator_reset_searches:
 * @argv: the arguments, the subcommand's name first
 *
 * Gives an account its searches back, as the supplier support does. A portal that serves from the database tells it to
 * the account's clients.
 *
 * Returns: an exit code
 */
int
portal_operator_reset_searches (char **argv)
{
  g_autofree char *database = NULL;
  g_autofree char *account_id = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    PORTAL_OPTIONS_DATABASE (&database),
    { "account", 0, 0, G_OPTION_ARG_STRING, &account_id, N_ ("The account that may search again"), N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_summary (context, _ ("Gives an account all of its searches back."));
  if (!portal_options_parse (context, entries, argv, 0, NULL, &error))
    return portal_options_report (error);
  if (account_id == NULL)
    {
      g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--account is missing"));
      return portal_options_report (error);
    }
  if (!reset_searches (database, account_id, &error))
    return portal_options_report (error);

  return PORTAL_EXIT_OK;
}

/**
 * portal_operator_customer_link:
 * @argv: the arguments, the subcommand's name first
 *
 * Prints a link by which a customer's person comes to the customers' pages once, at the address where the portal
 * listened last.
 *
 * Returns: an exit code
 */
int
portal_operator_customer_link (char **argv)
{
  g_autofree char *database = NULL;
  g_autofree char *customer_id = NULL;
  g_autofree char *link = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    PORTAL_OPTIONS_DATABASE (&database),
    { "customer", 0, 0, G_OPTION_ARG_STRING, &customer_id, N_ ("The customer whose requests the link opens"),
      N_ ("ID") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_summary (context, _ ("Prints a link that opens the customers’ pages once. Without --customer it "
                                            "opens the requests of all customers."));
  if (!portal_options_parse (context, entries, argv, 0, NULL, &error))
    return portal_options_report (error);
  link = create_customer_link (database, customer_id, &error);
  if (link == NULL)
    return portal_options_report (error);

  printf ("%s\n", link);

  return PORTAL_EXIT_OK;
}

/**
 * portal_operator_revoke_token:
 * @argv: the arguments, the subcommand's name first
 *
 * Ends the access token that the standard input gives. A portal that serves from the database ends its event streams.
 *
 * Returns: an exit code
 */
int
portal_operator_revoke_token (char **argv)
{
  g_autofree char *database = NULL;
  g_autofree char *token = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    PORTAL_OPTIONS_DATABASE (&database),
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_set_summary (context, _ ("Ends the access token that is read from the standard input."));
  if (!portal_options_parse (context, entries, argv, 0, NULL, &error))
    return portal_options_report (error);
  token = read_token (&error);
  if (token == NULL || !revoke_token (database, token, &error))
    return portal_options_report (error);

  return PORTAL_EXIT_OK;
}
