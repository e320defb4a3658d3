/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "check-table.h"

#include <string.h>

#include "linkage-import-plan.h"

/* Noon of 2026-11-24, UTC. */
#define COPIED_AT G_GINT64_CONSTANT (1795521600)

static void
check_cells (LinkageImportTable *table)
{
  guint n_columns = linkage_import_table_get_n_columns (table);

  g_assert_cmpuint (linkage_import_table_get_n_rows (table), <=, LINKAGE_IMPORT_MAX_ROWS);
  g_assert_cmpuint (n_columns, <=, LINKAGE_IMPORT_MAX_COLUMNS);
  for (guint row = 0; row < linkage_import_table_get_n_rows (table); row++)
    {
      guint n_cells = linkage_import_table_get_n_cells (table, row);

      g_assert_cmpuint (n_cells, <=, n_columns);
      for (guint column = 0; column < n_columns; column++)
        {
          const char *text = linkage_import_table_get_cell (table, row, column);
          gsize length = strlen (text);

          g_assert_true (g_utf8_validate_len (text, length, NULL));
          g_assert_false (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])));
          g_assert_true (column < n_cells || length == 0);
        }
    }
}

static void
check_plan (LinkageImportPlan *plan)
{
  guint counts[LINKAGE_IMPORT_N_KINDS] = { 0 };

  for (guint i = 0; i < linkage_import_plan_get_n_changes (plan); i++)
    {
      const LinkageImportChange *change = linkage_import_plan_get_change (plan, i);

      counts[change->kind]++;
      g_assert_true ((change->kind == LINKAGE_IMPORT_NOT_UNDERSTOOD) == (change->reason != LINKAGE_IMPORT_REASON_NONE));
      g_assert_true ((change->kind == LINKAGE_IMPORT_NOT_UNDERSTOOD) == (change->result == NULL));
      g_assert_true (change->kind == LINKAGE_IMPORT_NOT_UNDERSTOOD ||
                     (change->kind == LINKAGE_IMPORT_NEW) == (change->existing == NULL));
    }
  for (guint kind = 0; kind < LINKAGE_IMPORT_N_KINDS; kind++)
    g_assert_cmpuint (linkage_import_plan_count (plan, kind), ==, counts[kind]);
}

static LinkageImportPlan *
make_plan (LinkageImportTable *table, const LinkageImportMapping *mapping, GPtrArray *connections)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) error = NULL;
  LinkageImportPlan *plan = linkage_import_plan_new (table, mapping, connections, utc, COPIED_AT, NULL, &error);

  g_assert_no_error (error);
  check_plan (plan);

  return plan;
}

/* A person may call any of the candidates the right one. */
static void
resolve_all (LinkageImportPlan *plan)
{
  for (guint i = 0; i < linkage_import_plan_get_n_changes (plan); i++)
    {
      g_autoptr (GPtrArray) candidates = NULL;

      if (linkage_import_plan_get_change (plan, i)->reason != LINKAGE_IMPORT_REASON_AMBIGUOUS)
        continue;
      candidates = linkage_import_plan_get_candidates (plan, i);
      linkage_import_plan_resolve (plan, i, candidates->len > 0 ? g_ptr_array_index (candidates, 0) : NULL);
    }
  check_plan (plan);
}

/* What was imported is known: the same table again has nothing new, and nothing is missing. */
static void
import_twice (LinkageImportTable *table, const LinkageImportMapping *mapping)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (LinkageImportPlan) first = make_plan (table, mapping, none);
  g_autoptr (LinkageCopy) copy = linkage_import_plan_make_copy (first, TRUE);
  g_autoptr (LinkageImportPlan) second = NULL;

  g_assert_cmpuint (copy->written->len, ==, linkage_import_plan_count (first, LINKAGE_IMPORT_NEW));
  g_assert_cmpuint (copy->missing->len, ==, 0);

  second = make_plan (table, mapping, copy->written);
  g_assert_cmpuint (linkage_import_plan_get_n_changes (second), ==, linkage_import_plan_get_n_changes (first));
  g_assert_cmpuint (linkage_import_plan_count (second, LINKAGE_IMPORT_NEW), ==, 0);
  g_assert_cmpuint (linkage_import_plan_count (second, LINKAGE_IMPORT_CHANGED), ==, 0);
  g_assert_cmpuint (linkage_import_plan_get_missing (second)->len, ==, 0);
  resolve_all (second);
}

/* Columns whose headings are not known are assigned by hand. */
static void
assign_all (LinkageImportMapping *mapping)
{
  static const LinkageImportField fields[] = {
    LINKAGE_IMPORT_FIELD_CUSTOMER, LINKAGE_IMPORT_FIELD_STATUS,  LINKAGE_IMPORT_FIELD_EMAIL,
    LINKAGE_IMPORT_FIELD_DATE,     LINKAGE_IMPORT_FIELD_ACTIONS, LINKAGE_IMPORT_FIELD_COMMENTS,
  };

  for (guint i = 0; i < MIN (mapping->n_columns, G_N_ELEMENTS (fields)); i++)
    linkage_import_mapping_assign (mapping, i, fields[i]);
}

/*
 * check_table:
 * @table: what a reader made of an input
 *
 * Asserts what holds for every table, and imports it with the mapping that is guessed and with one made by hand.
 */
void
check_table (LinkageImportTable *table)
{
  LinkageImportMapping mapping;

  check_cells (table);
  if (linkage_import_mapping_guess (&mapping, table, NULL))
    import_twice (table, &mapping);

  assign_all (&mapping);
  import_twice (table, &mapping);
}
