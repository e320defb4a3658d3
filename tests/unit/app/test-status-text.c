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

typedef struct
{
  LinkageStatus status;
  guint used;
  gboolean is_minimum;
  gboolean is_missing;
  gint64 sent; /* 0: not known */
  gint64 now;
  const char *line;
  const char *whole;
} CopyCase;

#define SEEN (SENT + DAY)

/* Of a row that a person brought nothing is said that was not seen. */
static const CopyCase copies[] = {
  { LINKAGE_STATUS_SUGGESTED, 0, FALSE, FALSE, 0, SEEN, "Suggested", "Suggested, as of 1 Feb" },
  { LINKAGE_STATUS_PENDING, 1, TRUE, FALSE, SENT, DUE - DAY, "Pending · 1 day left",
    "Pending · 1 day left, as of 1 Feb" },
  { LINKAGE_STATUS_PENDING, 1, TRUE, FALSE, SENT, DUE, "Pending · No answer seen",
    "Pending · No answer seen, as of 1 Feb" },
  { LINKAGE_STATUS_PENDING, 1, TRUE, FALSE, 0, DUE + DAY, "Pending", "Pending, as of 1 Feb" },
  { LINKAGE_STATUS_PENDING, 1, TRUE, TRUE, SENT, SEEN, "Pending · Not in the latest copy",
    "Pending · Not in the latest copy, as of 1 Feb" },
  { LINKAGE_STATUS_PENDING, 2, FALSE, FALSE, SEEN + 2 * DAY, SEEN + 2 * DAY, "Pending · 30 days left",
    "Pending · 30 days left" },
  { LINKAGE_STATUS_APPROVED, 1, TRUE, TRUE, SENT, SEEN, "Approved · Not in the latest copy",
    "Approved · Not in the latest copy, as of 1 Feb" },
  { LINKAGE_STATUS_EXPIRED, 1, TRUE, FALSE, SENT - 60 * DAY, SEEN, "Expired · At least 1 of 3",
    "Expired · At least 1 of 3, as of 1 Feb" },
  { LINKAGE_STATUS_EXPIRED, 2, FALSE, FALSE, SENT - 60 * DAY, SEEN + 365 * DAY, "Expired · Attempt 2 of 3",
    "Expired · Attempt 2 of 3, as of 1 Feb 2026" },
};

static void
test_copy (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      const CopyCase *c = &copies[i];
      g_autoptr (LinkageConnection) connection = create_connection (c->status, c->used);
      LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);
      g_autofree char *line = NULL;
      g_autofree char *whole = NULL;

      connection->seen_at = SEEN;
      connection->is_missing = c->is_missing;
      connection->requests_used_is_minimum = c->is_minimum;
      if (attempt != NULL)
        {
          attempt->requested_at = c->sent;
          attempt->expires_at = c->sent != 0 ? c->sent + 30 * DAY : 0;
        }
      line = linkage_status_text_get_line (connection, c->now);
      whole = linkage_status_text_add_day (connection, line, c->now);

      g_assert_cmpstr (line, ==, c->line);
      g_assert_cmpstr (whole, ==, c->whole);
    }
}

/* What a portal says is as of now. */
static void
test_day_is_of_copies_only (void)
{
  g_autoptr (LinkageConnection) connection = create_connection (LINKAGE_STATUS_PENDING, 1);
  g_autofree char *whole = linkage_status_text_add_day (connection, "Pending", SENT);

  g_assert_false (linkage_status_text_is_as_copied (connection));
  g_assert_cmpstr (whole, ==, "Pending");
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
  g_setenv ("TZ", "UTC", TRUE);
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status-text/status", test_status);
  g_test_add_func ("/status-text/copy", test_copy);
  g_test_add_func ("/status-text/day-is-of-copies-only", test_day_is_of_copies_only);
  g_test_add_func ("/status-text/email", test_email);
  g_test_add_func ("/status-text/comment", test_comment);
  g_test_add_func ("/status-text/progress", test_progress);
  g_test_add_func ("/status-text/refusal", test_refusal);

  return g_test_run ();
}
