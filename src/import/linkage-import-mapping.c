/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-mapping.h"

#include <string.h>

#include "linkage-text.h"

/* How far down the headings may stand: a page has its title and buttons in the same table now and then. */
#define DEEPEST_HEADING 20

static LinkageImportField
get_heading (const char *text, GHashTable *remembered)
{
  gpointer field = NULL;
  g_autofree char *folded = NULL;

  if (remembered == NULL || *text == '\0')
    return linkage_import_field_from_heading (text);

  folded = linkage_text_fold_filter (text);
  if (g_hash_table_lookup_extended (remembered, folded, NULL, &field))
    return GPOINTER_TO_INT (field);

  return linkage_import_field_from_heading (text);
}

/* Reads a row as headings; how many different ones it has. */
static guint
read_headings (LinkageImportMapping *self, const LinkageImportTable *table, guint row, GHashTable *remembered)
{
  guint n_known = 0;

  for (guint column = 0; column < self->n_columns; column++)
    {
      LinkageImportField field = get_heading (linkage_import_table_get_cell (table, row, column), remembered);

      self->fields[column] = LINKAGE_IMPORT_FIELD_NONE;
      if (field == LINKAGE_IMPORT_FIELD_NONE || linkage_import_mapping_find (self, field) >= 0)
        continue;
      self->fields[column] = field;
      n_known++;
    }

  return n_known;
}

static gboolean
find_headings (LinkageImportMapping *self, const LinkageImportTable *table, GHashTable *remembered)
{
  guint n_rows = MIN (linkage_import_table_get_n_rows (table), DEEPEST_HEADING);

  for (guint row = 0; row < n_rows; row++)
    {
      if (read_headings (self, table, row, remembered) < 2 || !linkage_import_mapping_is_usable (self))
        continue;
      self->first_row = row + 1;
      return TRUE;
    }

  memset (self->fields, 0, sizeof self->fields);

  return FALSE;
}

static LinkageImportField
guess_cell (const char *text)
{
  GDate date;

  if (linkage_import_status_from_word (text) != LINKAGE_STATUS_UNKNOWN)
    return LINKAGE_IMPORT_FIELD_STATUS;
  if (linkage_import_is_connect_word (text))
    return LINKAGE_IMPORT_FIELD_ACTIONS;
  if (linkage_text_is_email (text) || linkage_import_is_system_initiated (text))
    return LINKAGE_IMPORT_FIELD_EMAIL;
  if (linkage_import_date_parse (text, LINKAGE_DATE_ORDER_DMY, &date) ||
      linkage_import_date_parse (text, LINKAGE_DATE_ORDER_MDY, &date))
    return LINKAGE_IMPORT_FIELD_DATE;

  return LINKAGE_IMPORT_FIELD_NONE;
}

static LinkageImportField
guess_column (const LinkageImportTable *table, guint column)
{
  guint counts[LINKAGE_IMPORT_N_FIELDS] = { 0 };
  guint n_rows = MIN (linkage_import_table_get_n_rows (table), LINKAGE_IMPORT_SAMPLE_ROWS);
  guint n_filled = 0;

  for (guint row = 0; row < n_rows; row++)
    {
      const char *text = linkage_import_table_get_cell (table, row, column);

      if (*text == '\0')
        continue;
      n_filled++;
      counts[guess_cell (text)]++;
    }

  for (guint field = 1; field < LINKAGE_IMPORT_N_FIELDS; field++)
    {
      if (counts[field] > 0 && counts[field] * 2 > n_filled)
        return field;
    }

  return LINKAGE_IMPORT_FIELD_NONE;
}

/* Rows that were copied without the headings: the columns by what is in them, the customer's name before the rest. */
static gboolean
guess_by_content (LinkageImportMapping *self, const LinkageImportTable *table)
{
  self->first_row = 0;
  for (guint column = 0; column < self->n_columns; column++)
    {
      LinkageImportField field = guess_column (table, column);

      if (linkage_import_mapping_find (self, field) < 0)
        self->fields[column] = field;
    }

  if (linkage_import_mapping_find (self, LINKAGE_IMPORT_FIELD_STATUS) < 0)
    return FALSE;

  for (guint column = 0; column < self->n_columns; column++)
    {
      if (self->fields[column] == LINKAGE_IMPORT_FIELD_NONE && linkage_import_table_may_hold_names (table, column))
        {
          self->fields[column] = LINKAGE_IMPORT_FIELD_CUSTOMER;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * linkage_import_mapping_guess_date_order:
 * @table: the table that it is for
 *
 * Tells from the dates in which order they stand; to be called again when another column holds them. Where they allow
 * more than one order the locale's is taken.
 */
void
linkage_import_mapping_guess_date_order (LinkageImportMapping *self, const LinkageImportTable *table)
{
  int column = linkage_import_mapping_find (self, LINKAGE_IMPORT_FIELD_DATE);
  g_autoptr (GPtrArray) dates = g_ptr_array_new ();

  self->date_order = linkage_import_date_get_locale_order ();
  self->date_order_is_certain = TRUE;
  if (column < 0)
    return;

  for (guint row = self->first_row; row < linkage_import_table_get_n_rows (table); row++)
    g_ptr_array_add (dates, (gpointer)linkage_import_table_get_cell (table, row, column));

  self->date_order_is_certain =
    linkage_import_date_guess_order ((const char *const *)dates->pdata, dates->len, &self->date_order);
}

/**
 * linkage_import_mapping_guess:
 * @self: what is filled in
 * @table: a table
 * @remembered: (nullable) (element-type utf8 gint): headings that were mapped by hand before, in the form of
 *   linkage_text_fold_filter(), to their LinkageImportField
 *
 * Finds the row of headings, or tells the columns by what is in them when the headings were not copied, and in which
 * order the dates stand. Of a table that tells neither, the first row is taken for headings, so that what a person says
 * of its columns can be remembered by them.
 *
 * Returns: whether the table is one of connection requests; if not, @self has no column of customers
 */
gboolean
linkage_import_mapping_guess (LinkageImportMapping *self, const LinkageImportTable *table, GHashTable *remembered)
{
  gboolean found;

  memset (self, 0, sizeof *self);
  self->n_columns = MIN (linkage_import_table_get_n_columns (table), LINKAGE_IMPORT_MAX_COLUMNS);

  found = find_headings (self, table, remembered) || guess_by_content (self, table);
  if (!found)
    {
      memset (self->fields, 0, sizeof self->fields);
      self->first_row = MIN (1, linkage_import_table_get_n_rows (table));
    }
  linkage_import_mapping_guess_date_order (self, table);

  return found;
}

/**
 * linkage_import_mapping_is_usable:
 *
 * Returns: whether there are a customer's name and something to say of it, without which no row can be understood
 */
gboolean
linkage_import_mapping_is_usable (const LinkageImportMapping *self)
{
  return linkage_import_mapping_find (self, LINKAGE_IMPORT_FIELD_CUSTOMER) >= 0 &&
         (linkage_import_mapping_find (self, LINKAGE_IMPORT_FIELD_STATUS) >= 0 ||
          linkage_import_mapping_find (self, LINKAGE_IMPORT_FIELD_ACTIONS) >= 0);
}

/**
 * linkage_import_mapping_find:
 * @field: what to look for
 *
 * Returns: its column, -1 when the table has none
 */
int
linkage_import_mapping_find (const LinkageImportMapping *self, LinkageImportField field)
{
  for (guint column = 0; column < self->n_columns; column++)
    {
      if (self->fields[column] == field)
        return (int)column;
    }

  return -1;
}

/**
 * linkage_import_mapping_assign:
 * @column: a column
 * @field: what it holds from now on; another column that held it holds nothing any more
 */
void
linkage_import_mapping_assign (LinkageImportMapping *self, guint column, LinkageImportField field)
{
  int before = field == LINKAGE_IMPORT_FIELD_NONE ? -1 : linkage_import_mapping_find (self, field);

  g_return_if_fail (column < self->n_columns);

  if (before >= 0)
    self->fields[before] = LINKAGE_IMPORT_FIELD_NONE;
  self->fields[column] = field;
}
