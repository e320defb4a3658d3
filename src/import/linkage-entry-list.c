/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-entry-list.h"

#include <string.h>

#include "linkage-text.h"

#define MAX_NAME 200 /* characters, as on a portal */

typedef enum
{
  CELL_NAME,
  CELL_REFERENCE,
  CELL_COUNTRY,
  N_CELLS,
} Cell;

/* What the portal calls an entry that is greyed out, and what people write, in the form of linkage_text_fold_filter ().
 * The first one is what linkage_entry_list_format () writes. */
static const char *const inactive_words[] = {
  "inactive", "inaktiv", "inactif", "inactivo", "inativo", "inattivo", "非アクティブ", "無効", "不活动", "停用",
};
static const char *const active_words[] = {
  "active", "aktiv", "actif", "activo", "ativo", "attivo", "アクティブ", "有効", "活动", "启用",
};
static const char *const headings[] = {
  "name",   "customer", "customer name", "legal entity", "instance", "kunde",  "kundenname", "firma",
  "client", "cliente",  "nom",           "nombre",       "nome",     "顧客名", "客户名称",
};

static gboolean
is_among (const char *cell, const char *const *words, gsize n_words)
{
  g_autofree char *folded = linkage_text_fold_filter (cell);

  for (gsize i = 0; i < n_words; i++)
    {
      if (g_str_equal (folded, words[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_country_code (const char *cell)
{
  return strlen (cell) == 2 && g_ascii_isalpha (cell[0]) && g_ascii_isalpha (cell[1]);
}

/* Tabs come from a spreadsheet or a page. A comma is part of a name: "Contoso, Inc.". */
static GStrv
split_line (const char *line)
{
  GStrv cells = g_strsplit (line, strchr (line, '\t') != NULL ? "\t" : ";", -1);

  for (gsize i = 0; cells[i] != NULL; i++)
    g_strstrip (cells[i]);

  return cells;
}

static const char *
null_if_empty (const char *cell)
{
  return cell != NULL && cell[0] != '\0' ? cell : NULL;
}

static LinkageCustomerEntry *
create_entry (const char *const *cells)
{
  const char *values[N_CELLS] = { NULL };
  g_autofree char *country = NULL;
  gboolean active = TRUE;
  guint n_values = 0;

  for (gsize i = 0; cells[i] != NULL; i++)
    {
      if (i > 0 && is_among (cells[i], inactive_words, G_N_ELEMENTS (inactive_words)))
        active = FALSE;
      else if (n_values < N_CELLS && (i == 0 || !is_among (cells[i], active_words, G_N_ELEMENTS (active_words))))
        values[n_values++] = null_if_empty (cells[i]);
    }

  /* Of two values the second is a country where it looks like one: few have references of two letters. */
  if (n_values == CELL_COUNTRY && values[CELL_REFERENCE] != NULL && is_country_code (values[CELL_REFERENCE]))
    {
      values[CELL_COUNTRY] = values[CELL_REFERENCE];
      values[CELL_REFERENCE] = NULL;
    }
  if (values[CELL_COUNTRY] != NULL)
    country = is_country_code (values[CELL_COUNTRY]) ? g_ascii_strup (values[CELL_COUNTRY], -1)
                                                     : g_strdup (values[CELL_COUNTRY]);

  return linkage_customer_entry_new (values[CELL_NAME], values[CELL_REFERENCE], country, active);
}

static gboolean
is_blank (const char *const *cells)
{
  for (gsize i = 0; cells[i] != NULL; i++)
    {
      if (cells[i][0] != '\0')
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_heading (const char *const *cells)
{
  return cells[1] != NULL && is_among (cells[0], headings, G_N_ELEMENTS (headings));
}

static LinkageEntryListFault
check_cells (const char *const *cells, guint n_entries)
{
  if (cells[0][0] == '\0')
    return LINKAGE_ENTRY_LIST_FAULT_NO_NAME;
  if (g_utf8_strlen (cells[0], -1) > MAX_NAME)
    return LINKAGE_ENTRY_LIST_FAULT_TOO_LONG;

  return n_entries == LINKAGE_ENTRY_LIST_MAX ? LINKAGE_ENTRY_LIST_FAULT_TOO_MANY : LINKAGE_ENTRY_LIST_FAULT_NONE;
}

/**
 * linkage_entry_list_parse:
 * @text: what was typed or pasted
 * @fault: (out): what is wrong with the first line that cannot be read
 * @line: (out): which line that is, counted from 1; 0: there is none
 *
 * Reads a customer list: a line for each entry, with name, reference and country between semicolons, or between tabs as
 * a spreadsheet or a page copies them. Only the name is needed. A line that says "inactive" after its name is an entry
 * that is greyed out on the portal. Empty lines and a first line of headings are passed over. Any thread.
 *
 * Returns: (transfer full) (element-type LinkageCustomerEntry): the entries of the lines that can be read
 */
GPtrArray *
linkage_entry_list_parse (const char *text, LinkageEntryListFault *fault, guint *line)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_customer_entry_unref);
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (fault != NULL && line != NULL, NULL);

  *fault = LINKAGE_ENTRY_LIST_FAULT_NONE;
  *line = 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) cells = split_line (lines[i]);
      const char *const *read_only = (const char *const *)cells;
      LinkageEntryListFault found = LINKAGE_ENTRY_LIST_FAULT_NONE;

      if (is_blank (read_only) || (entries->len == 0 && is_heading (read_only)))
        continue;

      found = check_cells (read_only, entries->len);
      if (found == LINKAGE_ENTRY_LIST_FAULT_NONE)
        {
          g_ptr_array_add (entries, create_entry (read_only));
          continue;
        }
      if (*line == 0)
        {
          *fault = found;
          *line = i + 1;
        }
      if (found == LINKAGE_ENTRY_LIST_FAULT_TOO_MANY)
        break;
    }

  return g_steal_pointer (&entries);
}

/* What would part a line or a cell in two becomes a space. */
static void
append_cell (GString *text, const char *cell)
{
  g_autofree char *plain = g_strdup (cell != NULL ? cell : "");

  g_string_append (text, g_strdelimit (plain, ";\t\r\n", ' '));
}

/**
 * linkage_entry_list_format:
 * @entries: (element-type LinkageCustomerEntry): a customer list
 *
 * Writes a customer list as linkage_entry_list_parse() reads it. Any thread.
 *
 * Returns: (transfer full): a line for each entry
 */
char *
linkage_entry_list_format (GPtrArray *entries)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (entries != NULL, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const LinkageCustomerEntry *entry = g_ptr_array_index (entries, i);

      append_cell (text, entry->name);
      if (entry->reference != NULL || entry->country != NULL)
        {
          g_string_append (text, "; ");
          append_cell (text, entry->reference);
        }
      if (entry->country != NULL)
        {
          g_string_append (text, "; ");
          append_cell (text, entry->country);
        }
      if (!entry->active)
        g_string_append_printf (text, "; %s", inactive_words[0]);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
