/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-status-text.h"

#include <locale.h>

#define DAY G_GINT64_CONSTANT (86400)
#define SENT G_GINT64_CONSTANT (1769851800) /* 2026-01-31T09:30:00Z */
#define DUE (SENT + 30 * DAY)

typedef struct
{
  LinkageStatus status;
  const char *label;
  guint used;
  gint64 now;
  const char *word;
  const char *detail;
  const char *line;
} StatusCase;

static const StatusCase statuses[] = {
  { LINKAGE_STATUS_SUGGESTED, NULL, 0, SENT, "Suggested", NULL, "Suggested" },
  { LINKAGE_STATUS_PENDING, NULL, 1, SENT, "Pending", "30 days left", "Pending · 30 days left" },
  { LINKAGE_STATUS_PENDING, NULL, 1, SENT + 1, "Pending", "30 days left", "Pending · 30 days left" },
  { LINKAGE_STATUS_PENDING, NULL, 1, DUE - DAY, "Pending", "1 day left", "Pending · 1 day left" },
  { LINKAGE_STATUS_PENDING, NULL, 1, DUE - 1, "Pending", "1 day left", "Pending · 1 day left" },
  { LINKAGE_STATUS_PENDING, NULL, 1, DUE, "Pending", "Waiting for the portal", "Pending · Waiting for the portal" },
  { LINKAGE_STATUS_APPROVED, NULL, 1, SENT, "Approved", NULL, "Approved" },
  { LINKAGE_STATUS_EXPIRED, NULL, 2, DUE, "Expired", "Attempt 2 of 3", "Expired · Attempt 2 of 3" },
  { LINKAGE_STATUS_REJECTED, NULL, 1, SENT, "Rejected", NULL, "Rejected" },
  { LINKAGE_STATUS_UNKNOWN, "On hold", 1, SENT, "On hold", NULL, "On hold" },
  { LINKAGE_STATUS_UNKNOWN, NULL, 1, SENT, "Unknown", NULL, "Unknown" },
};

static LinkageConnection *
create_connection (LinkageStatus status, guint used)
{
  g_autoptr (LinkageCustomer) customer = linkage_customer_new ("c1", "Contoso");
  LinkageConnection *connection;

  customer->accepts_requests = TRUE;
  connection = linkage_connection_new ("r1", customer);
  connection->status = status;
  connection->requests_used = used;
  for (guint i = 1; i <= used; i++)
    {
      LinkageAttempt *attempt = linkage_attempt_new ();

      attempt->number = i;
      attempt->requested_at = SENT;
      attempt->expires_at = DUE;
      attempt->outcome = status;
      g_ptr_array_add (connection->attempts, attempt);
    }

  return connection;
}

static void
test_status (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      const StatusCase *c = &statuses[i];
      g_autoptr (LinkageConnection) connection = create_connection (c->status, c->used);
      g_autofree char *word = NULL;
      g_autofree char *detail = NULL;
      g_autofree char *line = NULL;

      connection->status_label = g_strdup (c->label);
      word = linkage_status_text_get_word (connection);
      detail = linkage_status_text_get_detail (connection, c->now);
      line = linkage_status_text_get_line (connection, c->now);

      g_assert_cmpstr (word, ==, c->word);
      g_assert_cmpstr (detail, ==, c->detail);
      g_assert_cmpstr (line, ==, c->line);
      g_assert_nonnull (linkage_status_text_get_icon (c->status));
    }
}

static void
test_email (void)
{
  g_autoptr (LinkageConnection) suggestion = create_connection (LINKAGE_STATUS_SUGGESTED, 0);
  g_autoptr (LinkageConnection) initiated = create_connection (LINKAGE_STATUS_PENDING, 1);
  g_autoptr (LinkageConnection) searched = create_connection (LINKAGE_STATUS_PENDING, 1);
  g_autofree char *of_suggestion = NULL;
  g_autofree char *of_initiated = NULL;
  g_autofree char *of_searched = NULL;

  searched->origin = LINKAGE_ORIGIN_SEARCH;
  linkage_connection_get_latest_attempt (searched)->contact_email = g_strdup ("ann@contoso.example");

  of_suggestion = linkage_status_text_get_email (suggestion);
  of_initiated = linkage_status_text_get_email (initiated);
  of_searched = linkage_status_text_get_email (searched);

  g_assert_cmpstr (of_suggestion, ==, "");
  g_assert_cmpstr (of_initiated, ==, "[system initiated]");
  g_assert_cmpstr (of_searched, ==, "ann@contoso.example");
}

static void
test_comment (void)
{
  g_autoptr (LinkageConnection) pending = create_connection (LINKAGE_STATUS_PENDING, 1);
  g_autoptr (LinkageConnection) silent = create_connection (LINKAGE_STATUS_REJECTED, 1);
  g_autoptr (LinkageConnection) explained = create_connection (LINKAGE_STATUS_REJECTED, 1);
  g_autofree char *of_pending = NULL;
  g_autofree char *of_silent = NULL;
  g_autofree char *of_explained = NULL;
  gboolean from_customer;

  linkage_connection_get_latest_attempt (explained)->comment = g_strdup ("Unknown\nto us");

  of_pending = linkage_status_text_get_comment (pending, NULL);
  g_assert_cmpstr (of_pending, ==, "");

  of_silent = linkage_status_text_get_comment (silent, &from_customer);
  g_assert_cmpstr (of_silent, ==, "No comment");
  g_assert_false (from_customer);

  of_explained = linkage_status_text_get_comment (explained, &from_customer);
  g_assert_cmpstr (of_explained, ==, "Unknown\nto us");
  g_assert_true (from_customer);
}

static void
test_progress (void)
{
  static const struct
  {
    LinkageOperationState operation;
    LinkageAccountState account;
    const char *text;
  } cases[] = {
    { LINKAGE_OPERATION_WAITING, LINKAGE_ACCOUNT_STATE_READY, "Sending soon" },
    { LINKAGE_OPERATION_WAITING, LINKAGE_ACCOUNT_STATE_OFFLINE, "Waiting, offline" },
    { LINKAGE_OPERATION_WAITING, LINKAGE_ACCOUNT_STATE_UNREACHABLE, "Waiting" },
    { LINKAGE_OPERATION_SENDING, LINKAGE_ACCOUNT_STATE_READY, "Sending…" },
    { LINKAGE_OPERATION_SENDING, LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED, "Waiting" },
    { LINKAGE_OPERATION_VERIFICATION_NEEDED, LINKAGE_ACCOUNT_STATE_OFFLINE, "Verification needed" },
    { LINKAGE_OPERATION_REFUSED, LINKAGE_ACCOUNT_STATE_READY, "Not sent" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LinkageOperation) operation = linkage_operation_new (LINKAGE_OPERATION_CONNECT, "c1", "Contoso");

      operation->state = cases[i].operation;
      g_assert_cmpstr (linkage_status_text_get_progress (operation, cases[i].account), ==, cases[i].text);
    }
}

/* The portal decides what may be done; the rules only explain what it does not offer. */
static void
test_refusal (void)
{
  g_autoptr (LinkageConnection) used_up = create_connection (LINKAGE_STATUS_EXPIRED, 3);
  g_autoptr (LinkageConnection) rejected = create_connection (LINKAGE_STATUS_REJECTED, 1);
  g_autoptr (LinkageConnection) closed = create_connection (LINKAGE_STATUS_SUGGESTED, 0);
  g_autoptr (LinkageConnection) pending = create_connection (LINKAGE_STATUS_PENDING, 1);
  g_autoptr (LinkageConnection) offered = create_connection (LINKAGE_STATUS_EXPIRED, 3);

  closed->customer->accepts_requests = FALSE;
  rejected->was_rejected = TRUE;
  offered->actions = LINKAGE_ACTIONS_RESEND;

  g_assert_cmpint (linkage_status_text_get_refusal (used_up, DUE), ==, LINKAGE_REFUSAL_NO_REQUESTS_LEFT);
  g_assert_cmpint (linkage_status_text_get_refusal (rejected, DUE), ==, LINKAGE_REFUSAL_REJECTED);
  g_assert_cmpint (linkage_status_text_get_refusal (closed, DUE), ==, LINKAGE_REFUSAL_TAKES_NO_REQUESTS);
  g_assert_cmpint (linkage_status_text_get_refusal (pending, SENT), ==, LINKAGE_REFUSAL_NONE);
  g_assert_cmpint (linkage_status_text_get_refusal (offered, DUE), ==, LINKAGE_REFUSAL_NONE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status-text/status", test_status);
  g_test_add_func ("/status-text/email", test_email);
  g_test_add_func ("/status-text/comment", test_comment);
  g_test_add_func ("/status-text/progress", test_progress);
  g_test_add_func ("/status-text/refusal", test_refusal);

  return g_test_run ();
}
