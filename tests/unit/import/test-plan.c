/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-by-hand.h"
#include "linkage-csv-reader.h"
#include "linkage-import-plan.h"
#include "linkage-import-result.h"

#define DAY (24 * 60 * 60)
#define HEADINGS "Customer;Actions;Status;Email;Date;Comments\n"

/* Noon of 2026-11-24, UTC. */
#define COPIED_AT G_GINT64_CONSTANT (1795521600)

static LinkageImportTable *
read_table (const char *csv)
{
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (GError) error = NULL;
  LinkageImportTable *table = linkage_csv_reader_read (bytes, NULL, &error);

  g_assert_no_error (error);

  return table;
}

static LinkageImportPlan *
plan_at (const char *csv, GPtrArray *connections, gint64 copied_at)
{
  g_autoptr (LinkageImportTable) table = read_table (csv);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;
  LinkageImportPlan *plan = NULL;

  g_assert_true (linkage_import_mapping_guess (&mapping, table, NULL));
  mapping.date_order = LINKAGE_DATE_ORDER_DMY;
  plan = linkage_import_plan_new (table, &mapping, connections, utc, copied_at, NULL, &error);
  g_assert_no_error (error);

  return plan;
}

static LinkageImportPlan *
plan (const char *csv, GPtrArray *connections)
{
  return plan_at (csv, connections, COPIED_AT);
}

static GPtrArray *
make_connections (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
}

/* What is known once the table has been imported into nothing. */
static GPtrArray *
import (const char *csv)
{
  g_autoptr (GPtrArray) none = make_connections ();
  g_autoptr (LinkageImportPlan) first = plan (csv, none);
  g_autoptr (LinkageCopy) copy = linkage_import_plan_make_copy (first, FALSE);

  return g_ptr_array_ref (copy->written);
}

static void
assert_counts (LinkageImportPlan *self, guint n_new, guint n_changed, guint n_unchanged, guint n_not_understood)
{
  g_assert_cmpuint (linkage_import_plan_count (self, LINKAGE_IMPORT_NEW), ==, n_new);
  g_assert_cmpuint (linkage_import_plan_count (self, LINKAGE_IMPORT_CHANGED), ==, n_changed);
  g_assert_cmpuint (linkage_import_plan_count (self, LINKAGE_IMPORT_UNCHANGED), ==, n_unchanged);
  g_assert_cmpuint (linkage_import_plan_count (self, LINKAGE_IMPORT_NOT_UNDERSTOOD), ==, n_not_understood);
}

static const LinkageConnection *
get_result (LinkageImportPlan *self, guint position)
{
  const LinkageImportChange *change = linkage_import_plan_get_change (self, position);

  g_assert_nonnull (change->result);

  return change->result;
}

static void
test_first (void)
{
  g_autoptr (GPtrArray) none = make_connections ();
  g_autoptr (LinkageImportPlan) first = plan (HEADINGS "Contoso;;Pending;buyer@contoso.example;20.11.2026;\n"
                                                       "Fabrikam;Connect;;;;\n"
                                                       "Litware;;Expired;[system initiated];01.09.2026;\n"
                                                       ";;;;;\n"
                                                       "Tailspin;;Rejected;who@tailspin.example;02.09.2026;Not now\n",
                                              none);
  const LinkageConnection *pending = NULL;
  const LinkageConnection *rejected = NULL;

  assert_counts (first, 4, 0, 0, 0);
  g_assert_cmpuint (linkage_import_plan_get_n_changes (first), ==, 4);

  pending = get_result (first, 0);
  g_assert_cmpint (pending->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (pending->origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpuint (pending->requests_used, ==, 1);
  g_assert_true (pending->requests_used_is_minimum);
  g_assert_cmpint (pending->seen_at, ==, COPIED_AT);
  g_assert_cmpint (pending->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (linkage_connection_get_latest_attempt (pending)->requested_at, ==,
                   COPIED_AT - 3 * DAY - DAY / 2 - 1);

  g_assert_cmpint (get_result (first, 1)->actions, ==, LINKAGE_ACTIONS_CONNECT);
  g_assert_cmpuint (get_result (first, 1)->requests_used, ==, 0);
  g_assert_false (get_result (first, 1)->requests_used_is_minimum);
  g_assert_cmpint (get_result (first, 2)->actions, ==, LINKAGE_ACTIONS_RESEND);
  g_assert_true (linkage_connection_is_system_initiated (get_result (first, 2)));

  rejected = get_result (first, 3);
  g_assert_true (rejected->was_rejected);
  g_assert_cmpint (rejected->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpstr (linkage_connection_get_latest_attempt (rejected)->comment, ==, "Not now");
}

static void
test_not_understood (void)
{
  static const LinkageImportReason reasons[] = {
    LINKAGE_IMPORT_REASON_NONE,      LINKAGE_IMPORT_REASON_NO_CUSTOMER,    LINKAGE_IMPORT_REASON_UNKNOWN_STATUS,
    LINKAGE_IMPORT_REASON_NO_STATUS, LINKAGE_IMPORT_REASON_INVALID_DATE,   LINKAGE_IMPORT_REASON_INVALID_EMAIL,
    LINKAGE_IMPORT_REASON_REPEATED,  LINKAGE_IMPORT_REASON_UNKNOWN_STATUS,
  };
  g_autoptr (GPtrArray) none = make_connections ();
  g_autoptr (LinkageImportPlan) self = plan (HEADINGS "Contoso;;Pending;buyer@contoso.example;20.11.2026;\n"
                                                      ";;Pending;buyer@contoso.example;20.11.2026;\n"
                                                      "Fabrikam;;Paid;;;\n"
                                                      "Fabrikam;;;;;\n"
                                                      "Fabrikam;;Pending;;31.02.2026;\n"
                                                      "Fabrikam;;Pending;at home;20.11.2026;\n"
                                                      "CONTOSO;;Pending;buyer@contoso.example;20.11.2026;\n"
                                                      "=SUM(A1:A3);;=NOW();;;\n",
                                             none);

  assert_counts (self, 1, 0, 0, G_N_ELEMENTS (reasons) - 1);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      const LinkageImportChange *change = linkage_import_plan_get_change (self, i);

      g_assert_cmpint (change->reason, ==, reasons[i]);
      g_assert_cmpuint (change->row->number, ==, i + 2);
      g_assert_true ((change->result != NULL) == (change->reason == LINKAGE_IMPORT_REASON_NONE));
    }
}

static void
test_headings_again (void)
{
  g_autoptr (GPtrArray) none = make_connections ();
  g_autoptr (LinkageImportPlan) self =
    plan (HEADINGS "Contoso;;Pending;;20.11.2026;\n" HEADINGS "Fabrikam;;Approved;;20.10.2026;\n"
                   "Kunde;Aktionen;Status;E-Mail;Datum;Kommentare\n"
                   "Litware;;Ausstehend;;19.11.2026;\n",
          none);

  assert_counts (self, 3, 0, 0, 0);
}

static void
test_again (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Pending;buyer@contoso.example;20.11.2026;\n"
                                                 "Fabrikam;;Pending;;20.09.2026;\n"
                                                 "Litware;;Pending;;01.10.2026;\n"
                                                 "Tailspin;;Approved;;02.09.2026;\n");
  g_autoptr (LinkageImportPlan) second = plan_at (HEADINGS "contoso;;Approved;buyer@contoso.example;20.11.2026;\n"
                                                           "Fabrikam;;Pending;;20.09.2026;\n"
                                                           "Litware;;Pending;;10.11.2026;\n"
                                                           "Woodgrove;Connect;;;;\n",
                                                  known, COPIED_AT + DAY);
  const LinkageConnection *approved = get_result (second, 0);
  const LinkageConnection *old = get_result (second, 1);
  const LinkageConnection *sent_again = get_result (second, 2);
  g_autoptr (LinkageCopy) copy = NULL;
  g_autoptr (LinkageCopy) whole = NULL;

  assert_counts (second, 1, 2, 1, 0);

  /* The same date is the same attempt. */
  g_assert_cmpint (approved->status, ==, LINKAGE_STATUS_APPROVED);
  g_assert_cmpuint (approved->attempts->len, ==, 1);
  g_assert_cmpstr (approved->customer->name, ==, "contoso");
  g_assert_cmpstr (approved->id, ==, ((LinkageConnection *)g_ptr_array_index (known, 0))->id);

  /* Past its thirty days it is pending still, and not to be sent again. */
  g_assert_cmpint (old->status, ==, LINKAGE_STATUS_PENDING);
  g_assert_cmpint (old->actions, ==, LINKAGE_ACTIONS_NONE);
  g_assert_cmpint (old->seen_at, ==, COPIED_AT + DAY);

  /* A later date is another attempt; what became of the first was not seen. */
  g_assert_cmpuint (sent_again->attempts->len, ==, 2);
  g_assert_cmpuint (sent_again->requests_used, ==, 2);
  g_assert_true (sent_again->requests_used_is_minimum);
  g_assert_cmpint (((LinkageAttempt *)g_ptr_array_index (sent_again->attempts, 0))->outcome, ==,
                   LINKAGE_STATUS_PENDING);

  g_assert_cmpuint (linkage_import_plan_get_missing (second)->len, ==, 1);
  copy = linkage_import_plan_make_copy (second, FALSE);
  g_assert_cmpuint (copy->written->len, ==, 3);
  g_assert_cmpuint (copy->unchanged->len, ==, 1);
  g_assert_cmpuint (copy->missing->len, ==, 0);
  whole = linkage_import_plan_make_copy (second, TRUE);
  g_assert_cmpuint (whole->n_missing, ==, 1);
}

static void
test_three_attempts (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Expired;;01.03.2026;\n");

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *csv = g_strdup_printf (HEADINGS "Contoso;;Expired;;01.%02u.2026;\n", 5 + 2 * i);
      g_autoptr (LinkageImportPlan) next = plan_at (csv, known, COPIED_AT + i);
      g_autoptr (LinkageCopy) copy = linkage_import_plan_make_copy (next, FALSE);

      assert_counts (next, 0, 1, 0, 0);
      g_ptr_array_unref (known);
      known = g_ptr_array_ref (copy->written);
    }

  g_assert_cmpuint (((LinkageConnection *)g_ptr_array_index (known, 0))->attempts->len, ==, 3);
  g_assert_cmpuint (((LinkageConnection *)g_ptr_array_index (known, 0))->requests_used, ==, 3);
  g_assert_false (((LinkageConnection *)g_ptr_array_index (known, 0))->requests_used_is_minimum);
  g_assert_cmpint (((LinkageConnection *)g_ptr_array_index (known, 0))->actions, ==, LINKAGE_ACTIONS_NONE);
}

/* What was marked as sent by hand, and never was. */
static void
test_never_sent (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Expired;;01.09.2026;\n");
  g_autoptr (GPtrArray) marked = make_connections ();
  g_autoptr (LinkageImportPlan) second = NULL;

  g_ptr_array_add (marked, linkage_by_hand_mark_sent (g_ptr_array_index (known, 0), NULL, COPIED_AT));
  second = plan_at (HEADINGS "Contoso;;Expired;;01.09.2026;\n", marked, COPIED_AT + DAY);
  assert_counts (second, 0, 1, 0, 0);
  g_assert_cmpuint (get_result (second, 0)->attempts->len, ==, 1);
  g_assert_cmpuint (get_result (second, 0)->requests_used, ==, 1);
  g_assert_cmpint (get_result (second, 0)->actions, ==, LINKAGE_ACTIONS_RESEND);
}

static void
test_older_copy (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Approved;;20.09.2026;\n");
  g_autoptr (LinkageImportPlan) older =
    plan_at (HEADINGS "Contoso;;Pending;;20.09.2026;\n", known, COPIED_AT - 10 * DAY);
  g_autoptr (LinkageCopy) copy = linkage_import_plan_make_copy (older, TRUE);

  assert_counts (older, 0, 0, 1, 0);
  g_assert_cmpuint (copy->written->len + copy->unchanged->len + copy->missing->len, ==, 0);
}

static void
test_namesakes (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Pending;one@contoso.example;20.11.2026;\n"
                                                 "Contoso;;Pending;two@contoso.example;20.11.2026;\n"
                                                 "Fabrikam;;Pending;;20.10.2026;\n"
                                                 "Fabrikam;;Pending;;10.10.2026;\n");
  g_autoptr (LinkageImportPlan) second = plan (HEADINGS "Contoso;;Approved;TWO@contoso.example;20.11.2026;\n"
                                                        "Contoso;;Rejected;one@contoso.example;20.11.2026;\n"
                                                        "Fabrikam;;Approved;;10.10.2026;\n"
                                                        "Fabrikam;;Pending;;20.10.2026;\n",
                                               known);

  assert_counts (second, 0, 3, 1, 0);
  g_assert_true (linkage_import_plan_get_change (second, 0)->existing == g_ptr_array_index (known, 1));
  g_assert_true (linkage_import_plan_get_change (second, 1)->existing == g_ptr_array_index (known, 0));
  g_assert_true (linkage_import_plan_get_change (second, 2)->existing == g_ptr_array_index (known, 3));
  g_assert_cmpuint (linkage_import_plan_get_missing (second)->len, ==, 0);
}

static void
test_ambiguous (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Pending;one@contoso.example;20.11.2026;\n"
                                                 "Contoso;;Pending;two@contoso.example;20.11.2026;\n");
  g_autoptr (LinkageImportPlan) second =
    plan (HEADINGS "Contoso;;Approved;;;\nContoso;;Rejected;;01.02.2026;\n", known);
  g_autoptr (GPtrArray) candidates = linkage_import_plan_get_candidates (second, 0);
  g_autoptr (GPtrArray) rest = NULL;

  assert_counts (second, 0, 0, 0, 2);
  g_assert_cmpint (linkage_import_plan_get_change (second, 0)->reason, ==, LINKAGE_IMPORT_REASON_AMBIGUOUS);
  g_assert_cmpuint (candidates->len, ==, 2);
  g_assert_cmpuint (linkage_import_plan_get_missing (second)->len, ==, 0);

  linkage_import_plan_resolve (second, 0, g_ptr_array_index (candidates, 1));
  assert_counts (second, 0, 1, 0, 1);
  rest = linkage_import_plan_get_candidates (second, 1);
  g_assert_cmpuint (rest->len, ==, 1);
  linkage_import_plan_resolve (second, 1, NULL);
  assert_counts (second, 1, 1, 0, 0);
}

static void
test_doubt_is_not_missing (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Pending;;20.11.2026;\nFabrikam;;Pending;;20.11.2026;\n");
  g_autoptr (LinkageImportPlan) second = plan (HEADINGS "Contoso;;Nonsense;;20.11.2026;\n", known);
  GPtrArray *missing = linkage_import_plan_get_missing (second);

  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_true (g_ptr_array_index (missing, 0) == g_ptr_array_index (known, 1));
}

static void
test_half_a_table (void)
{
  g_autoptr (GPtrArray) known = import (HEADINGS "Contoso;;Pending;buyer@contoso.example;20.11.2026;\n");
  g_autoptr (LinkageImportPlan) second = plan ("Customer;Status\nContoso;Approved\nFabrikam;Pending\n", known);
  const LinkageConnection *approved = get_result (second, 0);

  assert_counts (second, 1, 1, 0, 0);
  g_assert_cmpstr (linkage_connection_get_latest_attempt (approved)->contact_email, ==, "buyer@contoso.example");
  g_assert_cmpuint (approved->attempts->len, ==, 1);
  g_assert_cmpint (linkage_connection_get_latest_attempt (get_result (second, 1))->requested_at, ==, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (LinkageImportTable) table = read_table (HEADINGS "Contoso;;Pending;;20.11.2026;\n");
  g_autoptr (GPtrArray) none = make_connections ();
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LinkageImportMapping mapping;

  g_assert_true (linkage_import_mapping_guess (&mapping, table, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (linkage_import_plan_new (table, &mapping, none, utc, COPIED_AT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_many (void)
{
  const guint n_rows = 100000;
  g_autoptr (GString) csv = g_string_new (HEADINGS);
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (LinkageImportPlan) second = NULL;
  gint64 began;

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (csv, "Customer %u;;Pending;buyer@customer%u.example;20.11.2026;\n", i, i);

  began = g_get_monotonic_time ();
  known = import (csv->str);
  g_assert_cmpuint (known->len, ==, n_rows);
  second = plan (csv->str, known);
  assert_counts (second, 0, 0, n_rows, 0);
  g_test_message ("Twice 100,000 rows: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import/plan/first", test_first);
  g_test_add_func ("/import/plan/not-understood", test_not_understood);
  g_test_add_func ("/import/plan/headings-again", test_headings_again);
  g_test_add_func ("/import/plan/again", test_again);
  g_test_add_func ("/import/plan/three-attempts", test_three_attempts);
  g_test_add_func ("/import/plan/never-sent", test_never_sent);
  g_test_add_func ("/import/plan/older-copy", test_older_copy);
  g_test_add_func ("/import/plan/namesakes", test_namesakes);
  g_test_add_func ("/import/plan/ambiguous", test_ambiguous);
  g_test_add_func ("/import/plan/doubt-is-not-missing", test_doubt_is_not_missing);
  g_test_add_func ("/import/plan/half-a-table", test_half_a_table);
  g_test_add_func ("/import/plan/cancelled", test_cancelled);
  g_test_add_func ("/import/plan/many", test_many);

  return g_test_run ();
}
