/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-ask-text.h"

#include <locale.h>

static LinkageAccountInfo *
make_info (void)
{
  LinkageAccountInfo *info = linkage_account_info_new ("account-7", "Fabrikam\nSupplies");

  info->user_name = g_strdup ("Anna Meier");
  info->user_email = g_strdup ("anna@fabrikam.example");
  info->searches_limit = 5;
  info->searches_used = 5;

  return info;
}

static LinkageConnection *
make_rejected (const char *comment)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("customer-1", "Contoso");
  LinkageConnection *connection = linkage_connection_new ("connection-1", customer);
  LinkageAttempt *attempt = linkage_attempt_new ();

  attempt->number = 1;
  attempt->outcome = LINKAGE_STATUS_REJECTED;
  attempt->comment = g_strdup (comment);
  g_ptr_array_add (connection->attempts, attempt);
  connection->status = LINKAGE_STATUS_REJECTED;
  connection->requests_used = 1;

  return connection;
}

static void
test_invitation (void)
{
  g_autoptr (LinkageAccountInfo) info = make_info ();
  g_autoptr (LinkageAskText) login = linkage_ask_text_new_for_invitation (info);
  g_autoptr (LinkageAskText) invitation = NULL;
  g_autoptr (LinkageAskText) none = NULL;

  g_assert_nonnull (strstr (login->message, "Fabrikam Supplies"));
  g_assert_nonnull (strstr (login->message, "anna@fabrikam.example"));
  g_assert_true (g_str_has_suffix (login->message, "Anna Meier"));

  info->invitation_email = g_strdup ("invite@fabrikam.example");
  invitation = linkage_ask_text_new_for_invitation (info);
  g_assert_nonnull (strstr (invitation->message, "invite@fabrikam.example"));
  g_assert_nonnull (strstr (invitation->reason, "invite@fabrikam.example"));

  g_clear_pointer (&info->invitation_email, g_free);
  g_clear_pointer (&info->user_email, g_free);
  g_clear_pointer (&info->user_name, g_free);
  none = linkage_ask_text_new_for_invitation (info);
  g_assert_null (strchr (none->message, '@'));
  g_assert_true (g_str_has_suffix (none->message, "Fabrikam Supplies"));
}

static void
test_rejection (void)
{
  g_autoptr (LinkageAccountInfo) info = make_info ();
  g_autoptr (LinkageConnection) silent = make_rejected (NULL);
  g_autoptr (LinkageConnection) told = make_rejected ("We buy\nelsewhere.");
  g_autoptr (LinkageAskText) without = NULL;
  g_autoptr (LinkageAskText) with = NULL;

  without = linkage_ask_text_new_for_connection (silent, LINKAGE_REFUSAL_REJECTED, info);
  g_assert_nonnull (strstr (without->reason, "Contoso"));
  g_assert_nonnull (strstr (without->message, "without a comment"));

  with = linkage_ask_text_new_for_connection (told, LINKAGE_REFUSAL_REJECTED, info);
  g_assert_nonnull (strstr (with->message, "We buy\nelsewhere."));
}

/* Whoever cannot be sent a request can still invite. */
static void
test_no_further_request (void)
{
  static const LinkageRefusal refusals[] = { LINKAGE_REFUSAL_NO_REQUESTS_LEFT, LINKAGE_REFUSAL_TAKES_NO_REQUESTS };
  g_autoptr (LinkageAccountInfo) info = make_info ();
  g_autoptr (LinkageConnection) connection = make_rejected (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (LinkageAskText) text = linkage_ask_text_new_for_connection (connection, refusals[i], info);

      g_assert_nonnull (strstr (text->reason, "anna@fabrikam.example"));
      g_assert_nonnull (strstr (text->message, "anna@fabrikam.example"));
    }
}

static void
test_support (void)
{
  g_autoptr (LinkageAccountInfo) info = make_info ();
  g_autoptr (LinkageAskText) unnamed = linkage_ask_text_new_for_support (info);
  g_autoptr (LinkageAskText) named = NULL;

  g_assert_nonnull (strstr (unnamed->message, "all its 5 searches"));
  g_assert_nonnull (strstr (unnamed->message, "anna@fabrikam.example"));

  info->support_name = g_strdup ("Supplier Support");
  info->support_email = g_strdup ("support@portal.example");
  info->searches_limit = 1;
  named = linkage_ask_text_new_for_support (info);
  g_assert_nonnull (strstr (named->reason, "Supplier Support"));
  g_assert_nonnull (strstr (named->reason, "support@portal.example"));
  g_assert_nonnull (strstr (named->message, "its 1 search "));
}

static void
test_role (void)
{
  g_autoptr (LinkageAccountInfo) info = make_info ();
  g_autoptr (LinkageAskText) text = linkage_ask_text_new_for_role (info);

  g_assert_nonnull (strstr (text->reason, "Anna Meier"));
  g_assert_nonnull (strstr (text->message, "anna@fabrikam.example"));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/ask-text/invitation", test_invitation);
  g_test_add_func ("/app/ask-text/rejection", test_rejection);
  g_test_add_func ("/app/ask-text/no-further-request", test_no_further_request);
  g_test_add_func ("/app/ask-text/support", test_support);
  g_test_add_func ("/app/ask-text/role", test_role);

  return g_test_run ();
}
