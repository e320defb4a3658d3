/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "driver.h"

#include <stdio.h>

#include "linkage-account-error.h"

static const char *const states[] = {
  [LINKAGE_ACCOUNT_STATE_STARTING] = "starting",
  [LINKAGE_ACCOUNT_STATE_READY] = "ready",
  [LINKAGE_ACCOUNT_STATE_OFFLINE] = "offline",
  [LINKAGE_ACCOUNT_STATE_UNREACHABLE] = "unreachable",
  [LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED] = "sign-in-needed",
  [LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED] = "role-required",
  [LINKAGE_ACCOUNT_STATE_REMOVED] = "removed",
};

static const char *const operation_states[] = {
  [LINKAGE_OPERATION_WAITING] = "waiting",
  [LINKAGE_OPERATION_SENDING] = "sending",
  [LINKAGE_OPERATION_VERIFICATION_NEEDED] = "verification-needed",
  [LINKAGE_OPERATION_REFUSED] = "refused",
};

static const char *const errors[] = {
  [LINKAGE_ACCOUNT_ERROR_FAILED] = "failed",
  [LINKAGE_ACCOUNT_ERROR_OFFLINE] = "offline",
  [LINKAGE_ACCOUNT_ERROR_UNREACHABLE] = "unreachable",
  [LINKAGE_ACCOUNT_ERROR_CERTIFICATE] = "certificate",
  [LINKAGE_ACCOUNT_ERROR_INSECURE] = "insecure",
  [LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS] = "invalid-address",
  [LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL] = "not-a-portal",
  [LINKAGE_ACCOUNT_ERROR_INVALID_REPLY] = "invalid-reply",
  [LINKAGE_ACCOUNT_ERROR_TOO_LARGE] = "too-large",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED] = "sign-in-needed",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED] = "sign-in-denied",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED] = "sign-in-expired",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER] = "sign-in-issuer",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER] = "sign-in-answer",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED] = "sign-in-unsupported",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_REFUSED] = "sign-in-refused",
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT] = "sign-in-timed-out",
  [LINKAGE_ACCOUNT_ERROR_OTHER_USER] = "other-user",
  [LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED] = "role-required",
  [LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT] = "no-searches-left",
  [LINKAGE_ACCOUNT_ERROR_REFUSED] = "refused",
  [LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS] = "invalid-fields",
  [LINKAGE_ACCOUNT_ERROR_VERIFICATION] = "verification",
  [LINKAGE_ACCOUNT_ERROR_TRY_LATER] = "try-later",
  [LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING] = "already-waiting",
  [LINKAGE_ACCOUNT_ERROR_TOO_LATE] = "too-late",
  [LINKAGE_ACCOUNT_ERROR_STORE_NEWER] = "store-newer",
  [LINKAGE_ACCOUNT_ERROR_STORE_CORRUPT] = "store-corrupt",
  [LINKAGE_ACCOUNT_ERROR_STORE_FULL] = "store-full",
  [LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY] = "store-read-only",
  [LINKAGE_ACCOUNT_ERROR_STORE_LOCKED] = "store-locked",
  [LINKAGE_ACCOUNT_ERROR_SANDBOX] = "sandbox",
};

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
add_error (JsonBuilder *builder, const char *name, const GError *error)
{
  if (error == NULL)
    {
      add_text (builder, name, NULL);
      return;
    }

  if (error->domain == LINKAGE_ACCOUNT_ERROR && (gsize)error->code < G_N_ELEMENTS (errors))
    add_text (builder, name, errors[error->code]);
  else
    add_text (builder, name, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "foreign");
  add_text (builder, "message", error->message);
  if (error->domain == LINKAGE_ACCOUNT_ERROR)
    add_text (builder, "refusal", linkage_account_error_get_refusal (error));
}

/* Begins a line; tag: of the command that it answers, %NULL: of none. */
JsonBuilder *
driver_report_begin (const char *tag)
{
  JsonBuilder *report = json_builder_new_immutable ();

  json_builder_begin_object (report);
  add_text (report, "tag", tag);

  return report;
}

void
driver_report_end (JsonBuilder *owned_report)
{
  g_autoptr (JsonBuilder) report = owned_report;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *line = NULL;

  json_builder_end_object (report);
  root = json_builder_get_root (report);
  line = json_to_string (root, FALSE);
  fputs (line, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

void
driver_report_done (const char *tag)
{
  driver_report_end (driver_report_begin (tag));
}

/* page: (nullable) */
void
driver_report_page (const char *tag, const char *page)
{
  JsonBuilder *report = driver_report_begin (tag);

  add_text (report, "page", page);
  driver_report_end (report);
}

void
driver_report_error (const char *tag, const GError *error)
{
  JsonBuilder *report = driver_report_begin (tag);

  add_error (report, "error", error);
  driver_report_end (report);
}

static void
add_account (JsonBuilder *report, LinkageAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  add_text (report, "state", states[linkage_account_get_state (account)]);
  json_builder_set_member_name (report, "busy");
  json_builder_add_boolean_value (report, linkage_account_get_busy (account));
  if (info != NULL)
    {
      add_text (report, "account", info->id);
      add_text (report, "name", info->name);
      add_number (report, "searches-used", info->searches_used);
    }
  add_error (report, "last-error", linkage_account_get_last_error (account));
}

void
driver_report_state (LinkageAccount *account)
{
  JsonBuilder *report = driver_report_begin (NULL);

  add_text (report, "event", "state");
  add_account (report, account);
  driver_report_end (report);
}

void
driver_report_account (const char *tag, LinkageAccount *account)
{
  JsonBuilder *report = driver_report_begin (tag);

  add_account (report, account);
  driver_report_end (report);
}

static void
add_operation (JsonBuilder *report, const LinkageOperation *operation)
{
  add_text (report, "key", operation->key);
  add_text (report, "kind", linkage_operation_kind_to_string (operation->kind));
  add_text (report, "operation-state", operation_states[operation->state]);
  add_text (report, "customer", operation->customer_id);
  add_text (report, "refusal", operation->refusal_type);
  add_number (report, "tries", operation->tries);
}

void
driver_report_refusal (const LinkageOperation *operation)
{
  JsonBuilder *report = driver_report_begin (NULL);

  add_text (report, "event", "refused");
  add_operation (report, operation);
  driver_report_end (report);
}

void
driver_report_operation (const char *tag, const LinkageOperation *operation)
{
  JsonBuilder *report = driver_report_begin (tag);

  add_operation (report, operation);
  driver_report_end (report);
}

void
driver_report_operations (const char *tag, GPtrArray *operations)
{
  JsonBuilder *report = driver_report_begin (tag);

  json_builder_set_member_name (report, "operations");
  json_builder_begin_array (report);
  for (guint i = 0; i < operations->len; i++)
    {
      json_builder_begin_object (report);
      add_operation (report, g_ptr_array_index (operations, i));
      json_builder_end_object (report);
    }
  json_builder_end_array (report);
  driver_report_end (report);
}

static void
add_attempt (JsonBuilder *report, const LinkageAttempt *attempt)
{
  json_builder_begin_object (report);
  add_number (report, "number", attempt->number);
  add_number (report, "requested-at", attempt->requested_at);
  add_text (report, "outcome", linkage_status_to_string (attempt->outcome));
  add_text (report, "contact-email", attempt->contact_email);
  add_text (report, "comment", attempt->comment);
  json_builder_end_object (report);
}

static void
add_row (JsonBuilder *report, const LinkageConnection *connection)
{
  json_builder_begin_object (report);
  add_text (report, "id", connection->id);
  add_number (report, "revision", connection->revision);
  add_text (report, "customer", connection->customer->id);
  add_text (report, "name", connection->customer->name);
  add_text (report, "status", linkage_status_to_string (connection->status));
  add_number (report, "requests-used", connection->requests_used);
  json_builder_set_member_name (report, "attempts");
  json_builder_begin_array (report);
  for (guint i = 0; i < connection->attempts->len; i++)
    add_attempt (report, g_ptr_array_index (connection->attempts, i));
  json_builder_end_array (report);
  json_builder_end_object (report);
}

/* Everything that the table holds, read as the table reads it. */
void
driver_report_rows (const char *tag, LinkageConnectionList *list)
{
  JsonBuilder *report = driver_report_begin (tag);

  json_builder_set_member_name (report, "rows");
  json_builder_begin_array (report);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (G_LIST_MODEL (list), i);

      add_row (report, linkage_connection_row_get_connection (row));
    }
  json_builder_end_array (report);
  driver_report_end (report);
}

void
driver_report_search (const char *tag, const LinkageSearch *search, gboolean counted)
{
  JsonBuilder *report = driver_report_begin (tag);

  add_text (report, "search", search->id);
  json_builder_set_member_name (report, "counted");
  json_builder_add_boolean_value (report, counted);
  json_builder_set_member_name (report, "found");
  json_builder_begin_array (report);
  for (guint i = 0; i < search->results->len; i++)
    {
      LinkageSearchResult *result = g_ptr_array_index (search->results, i);

      json_builder_add_string_value (report, result->customer->id);
    }
  json_builder_end_array (report);
  driver_report_end (report);
}
