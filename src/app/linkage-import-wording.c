/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-wording.h"

#include <glib/gi18n.h>

#include "linkage-date-text.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

/**
 * linkage_import_wording_get_kind:
 * @kind: what an import would do with a row
 *
 * Gets the word that stands on a row of a preview, and on the filter for such rows.
 *
 * Returns: (transfer none): the word
 */
const char *
linkage_import_wording_get_kind (LinkageImportKind kind)
{
  switch (kind)
    {
    case LINKAGE_IMPORT_NEW:
      return C_ ("what an import does with a row", "New");
    case LINKAGE_IMPORT_CHANGED:
      return C_ ("what an import does with a row", "Changed");
    case LINKAGE_IMPORT_UNCHANGED:
      return C_ ("what an import does with a row", "Unchanged");
    case LINKAGE_IMPORT_NOT_UNDERSTOOD:
    default:
      return C_ ("what an import does with a row", "Not Understood");
    }
}

/**
 * linkage_import_wording_get_field:
 * @field: what a column of a table may hold
 *
 * Gets the word for it.
 *
 * Returns: (transfer none): the word
 */
const char *
linkage_import_wording_get_field (LinkageImportField field)
{
  switch (field)
    {
    case LINKAGE_IMPORT_FIELD_CUSTOMER:
      return C_ ("column", "Customer");
    case LINKAGE_IMPORT_FIELD_ACTIONS:
      return C_ ("column", "Actions");
    case LINKAGE_IMPORT_FIELD_STATUS:
      return C_ ("column", "Status");
    case LINKAGE_IMPORT_FIELD_EMAIL:
      return C_ ("column", "Email");
    case LINKAGE_IMPORT_FIELD_DATE:
      return C_ ("column", "Date");
    case LINKAGE_IMPORT_FIELD_COMMENTS:
      return C_ ("column", "Comments");
    case LINKAGE_IMPORT_FIELD_NONE:
    default:
      return C_ ("what a column of an imported table holds", "Not Used");
    }
}

/**
 * linkage_import_wording_get_summary:
 * @plan: what an import would do
 *
 * Says how many rows are new, changed, unchanged and not understood.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_import_wording_get_summary (LinkageImportPlan *plan)
{
  guint n_new;
  guint n_changed;
  guint n_unchanged;
  guint n_unclear;
  g_autofree char *new = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *unchanged = NULL;
  g_autofree char *unclear = NULL;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (plan), NULL);

  n_new = linkage_import_plan_count (plan, LINKAGE_IMPORT_NEW);
  n_changed = linkage_import_plan_count (plan, LINKAGE_IMPORT_CHANGED);
  n_unchanged = linkage_import_plan_count (plan, LINKAGE_IMPORT_UNCHANGED);
  n_unclear = linkage_import_plan_count (plan, LINKAGE_IMPORT_NOT_UNDERSTOOD);
  /* Translators: %u is a number of rows; part of "3 new, 1 changed, 12 unchanged, 0 not understood". */
  new = g_strdup_printf (ngettext ("%u new", "%u new", n_new), n_new);
  /* Translators: %u is a number of rows; part of "3 new, 1 changed, 12 unchanged, 0 not understood". */
  changed = g_strdup_printf (ngettext ("%u changed", "%u changed", n_changed), n_changed);
  /* Translators: %u is a number of rows; part of "3 new, 1 changed, 12 unchanged, 0 not understood". */
  unchanged = g_strdup_printf (ngettext ("%u unchanged", "%u unchanged", n_unchanged), n_unchanged);
  /* Translators: %u is a number of rows; part of "3 new, 1 changed, 12 unchanged, 0 not understood". */
  unclear = g_strdup_printf (ngettext ("%u not understood", "%u not understood", n_unclear), n_unclear);

  /* Translators: How many rows of an import are of each kind: "3 new, 1 changed, 12 unchanged, 0 not understood". */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s, %4$s"), new, changed, unchanged, unclear);
}

/**
 * linkage_import_wording_get_customer:
 * @row: a row of an import
 *
 * Gets what a row is called: by its customer, or by its number where that is missing.
 *
 * Returns: (transfer full): one line
 */
char *
linkage_import_wording_get_customer (const LinkageImportRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  if (*row->customer != '\0')
    return linkage_portal_text_to_line (row->customer);

  /* Translators: A row of an import that has no customer's name; %u is its number. */
  return g_strdup_printf (_ ("Row %u"), row->number);
}

static char *
get_cell (LinkageImportPlan *plan, const LinkageImportRow *row, LinkageImportField field)
{
  int column = linkage_import_mapping_find (linkage_import_plan_get_mapping (plan), field);

  return linkage_portal_text_isolate (
    linkage_import_table_get_cell (linkage_import_plan_get_table (plan), row->number - 1, (guint)column));
}

static char *
get_reason (LinkageImportPlan *plan, const LinkageImportChange *change)
{
  const LinkageImportRow *row = change->row;
  g_autofree char *written = NULL;

  switch (change->reason)
    {
    case LINKAGE_IMPORT_REASON_NO_CUSTOMER:
      /* Translators: %u is the number of a row. */
      return g_strdup_printf (_ ("Row %u has no customer’s name."), row->number);
    case LINKAGE_IMPORT_REASON_UNKNOWN_STATUS:
      written = linkage_portal_text_isolate (row->status_word);
      /* Translators: First the number of a row, then a word that stands in it. */
      return g_strdup_printf (_ ("Row %1$u: “%2$s” is not a status of connection requests."), row->number, written);
    case LINKAGE_IMPORT_REASON_NO_STATUS:
      /* Translators: %u is the number of a row. */
      return g_strdup_printf (_ ("Row %u has no status."), row->number);
    case LINKAGE_IMPORT_REASON_INVALID_DATE:
      written = get_cell (plan, row, LINKAGE_IMPORT_FIELD_DATE);
      /* Translators: First the number of a row, then the text that stands there for a date. */
      return g_strdup_printf (_ ("Row %1$u: “%2$s” is not a date. Perhaps day and month stand in another order."),
                              row->number, written);
    case LINKAGE_IMPORT_REASON_INVALID_EMAIL:
      written = get_cell (plan, row, LINKAGE_IMPORT_FIELD_EMAIL);
      /* Translators: First the number of a row, then the text that stands there for an e-mail address. */
      return g_strdup_printf (_ ("Row %1$u: “%2$s” is not an email address."), row->number, written);
    case LINKAGE_IMPORT_REASON_REPEATED:
      /* Translators: %u is the number of a row. */
      return g_strdup_printf (_ ("Row %u repeats a row above."), row->number);
    case LINKAGE_IMPORT_REASON_AMBIGUOUS:
      /* Translators: %u is the number of a row. */
      return g_strdup_printf (_ ("Row %u may mean more than one request. Choose which."), row->number);
    case LINKAGE_IMPORT_REASON_NONE:
    default:
      return g_strdup ("");
    }
}

/* (nullable): null for a row without a date */
static char *
get_date (const LinkageConnection *connection)
{
  const LinkageAttempt *attempt = linkage_connection_get_latest_attempt (connection);

  return attempt != NULL && attempt->requested_at != 0 ? linkage_date_text_format_date (attempt->requested_at, NULL)
                                                       : NULL;
}

/* What is there now, with what it was before where that was something else. */
static void
add_part (GPtrArray *parts, const char *former, const char *present)
{
  gboolean had = former != NULL && *former != '\0';
  gboolean has = present != NULL && *present != '\0';

  if (has && (!had || g_str_equal (former, present)))
    g_ptr_array_add (parts, g_strdup (present));
  else if (has)
    /* Translators: What stood in a row before an import, and what after it: "Pending → Approved". */
    g_ptr_array_add (parts, g_strdup_printf (_ ("%1$s → %2$s"), former, present));
}

static char *
describe_result (const LinkageConnection *existing, const LinkageConnection *result)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *status = linkage_status_text_get_word (result);
  g_autofree char *email = linkage_status_text_get_email (result);
  g_autofree char *date = get_date (result);
  g_autofree char *comment = linkage_status_text_get_comment (result, NULL);
  g_autofree char *line = linkage_portal_text_isolate (comment);
  g_autofree char *former_status = existing != NULL ? linkage_status_text_get_word (existing) : NULL;
  g_autofree char *former_email = existing != NULL ? linkage_status_text_get_email (existing) : NULL;
  g_autofree char *former_date = existing != NULL ? get_date (existing) : NULL;

  add_part (parts, former_status, status);
  add_part (parts, former_email, email);
  add_part (parts, former_date, date);
  add_part (parts, NULL, line);
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (" · ", (char **)parts->pdata);
}

/**
 * linkage_import_wording_get_detail:
 * @plan: what an import would do
 * @position: of a row in @plan
 *
 * Says what becomes of a row, with what it was before where that changes; or why it was not understood.
 *
 * Returns: (transfer full): a phrase, or a sentence
 */
char *
linkage_import_wording_get_detail (LinkageImportPlan *plan, guint position)
{
  const LinkageImportChange *change;

  g_return_val_if_fail (LINKAGE_IS_IMPORT_PLAN (plan), NULL);

  change = linkage_import_plan_get_change (plan, position);
  if (change->kind == LINKAGE_IMPORT_NOT_UNDERSTOOD)
    return get_reason (plan, change);
  /* An older copy than the row was seen in has nothing to say of it. */
  if (change->result == NULL)
    return g_strdup (_ ("A newer copy of this row is in your list."));

  return describe_result (change->existing, change->result);
}

/**
 * linkage_import_wording_get_candidate:
 * @connection: a request that a row may mean
 *
 * Names a request so that it can be told from others to the same customer.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_import_wording_get_candidate (const LinkageConnection *connection)
{
  g_autofree char *name = NULL;
  g_autofree char *date = NULL;
  g_autofree char *email = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  name = linkage_portal_text_isolate (connection->customer->name);
  date = get_date (connection);
  email = linkage_status_text_get_email (connection);
  if (date != NULL && *email != '\0')
    /* Translators: First a customer's name, then a date, then an e-mail address. */
    return g_strdup_printf (_ ("%1$s, asked on %2$s, %3$s"), name, date, email);
  if (date != NULL)
    /* Translators: First a customer's name, then a date. */
    return g_strdup_printf (_ ("%1$s, asked on %2$s"), name, date);
  if (*email != '\0')
    /* Translators: First a customer's name, then an e-mail address. */
    return g_strdup_printf (C_ ("name and email address", "%1$s, %2$s"), name, email);

  return g_steal_pointer (&name);
}
