/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What signs in, as it is kept, and where it cannot be changed into a token. */

#include <string.h>

#include "linkage-client.h"
#include "scripted-portal.h"
#include "waiting.h"

static void
test_credentials_are_one_secret (void)
{
  g_autoptr (LinkageCredentials) whole = linkage_credentials_new ("aaa", "rrr", 1800000000);
  g_autoptr (LinkageCredentials) half = linkage_credentials_new ("aaa", NULL, 0);
  const LinkageCredentials *all[] = { whole, half };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *text = linkage_credentials_print (all[i]);
      g_autoptr (LinkageCredentials) again = linkage_credentials_parse (text);

      g_assert_cmpstr (again->access_token, ==, all[i]->access_token);
      g_assert_cmpstr (again->refresh_token, ==, all[i]->refresh_token);
      g_assert_cmpint (again->expires_at, ==, all[i]->expires_at);
    }
}

static void
test_a_token_alone_is_a_secret_too (void)
{
  const char *tokens[] = { "token", "linkage-1", "linkage-1 x y z", "", "a b" };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autoptr (LinkageCredentials) credentials = linkage_credentials_parse (tokens[i]);

      g_assert_cmpstr (credentials->access_token, ==, tokens[i]);
      g_assert_null (credentials->refresh_token);
      g_assert_cmpint (credentials->expires_at, ==, 0);
    }
}

/* Else a request that waits for a token would be taken for one that the portal refused for good. */
static void
test_what_a_token_endpoint_says_is_not_said_of_the_call (void)
{
  static const struct
  {
    guint status;
    const char *type;
  } answers[] = {
    { 403, "no-requests-left" },
    { 404, "not-found" },
    { 410, "account-merged" },
    { 422, "invalid-fields" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (SoupSession) session = linkage_client_create_session ();
      g_autoptr (ScriptedPortal) away = scripted_portal_new (NULL);
      g_autofree char *problem =
        g_strdup_printf ("{\"type\": \"https://linkage-app.github.io/problems/%s\", \"title\": \"T\", \"status\": %u}",
                         answers[i].type, answers[i].status);
      g_autoptr (LinkageTokenSource) source =
        linkage_token_source_new (session, away->address, "client", linkage_credentials_new ("old", "refresh", 1));
      g_autoptr (LinkageClient) client = linkage_client_new (session, away->address, NULL, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      scripted_portal_answer (away, answers[i].status, "application/problem+json", problem);
      linkage_client_set_token_source (client, source);
      linkage_client_list_accounts_async (client, NULL, waiting_on_ready, &result);
      WAIT_UNTIL (result != NULL);
      g_assert_null (linkage_client_list_accounts_finish (client, result, &error));
      g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/credentials/print", test_credentials_are_one_secret);
  g_test_add_func ("/credentials/token", test_a_token_alone_is_a_secret_too);
  g_test_add_func ("/credentials/refusals", test_what_a_token_endpoint_says_is_not_said_of_the_call);

  return g_test_run ();
}
