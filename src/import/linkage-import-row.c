/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-row.h"

#include "linkage-text.h"

G_DEFINE_BOXED_TYPE (LinkageImportRow, linkage_import_row, linkage_import_row_ref, linkage_import_row_unref)

static void
linkage_import_row_clear (gpointer data)
{
  LinkageImportRow *self = data;

  g_free (self->customer);
  g_free (self->folded_customer);
  g_free (self->status_word);
  g_free (self->contact_email);
  g_free (self->comment);
}

/**
 * linkage_import_row_ref:
 *
 * Returns: (transfer full): the row
 */
LinkageImportRow *
linkage_import_row_ref (LinkageImportRow *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_import_row_unref:
 * @self: (transfer full): a row
 */
void
linkage_import_row_unref (LinkageImportRow *self)
{
  g_atomic_rc_box_release_full (self, linkage_import_row_clear);
}

static const char *
get_field (const LinkageImportTable *table, const LinkageImportMapping *mapping, guint row, LinkageImportField field)
{
  int column = linkage_import_mapping_find (mapping, field);

  return column < 0 ? "" : linkage_import_table_get_cell (table, row, column);
}

/* A suggestion has the Connect icon where others have a status. */
static LinkageImportReason
read_status (LinkageImportRow *self, const char *actions)
{
  if (*self->status_word != '\0')
    {
      self->status = linkage_import_status_from_word (self->status_word);
      return self->status == LINKAGE_STATUS_UNKNOWN ? LINKAGE_IMPORT_REASON_UNKNOWN_STATUS : LINKAGE_IMPORT_REASON_NONE;
    }
  if (linkage_import_is_connect_word (actions))
    {
      self->status = LINKAGE_STATUS_SUGGESTED;
      return LINKAGE_IMPORT_REASON_NONE;
    }

  return LINKAGE_IMPORT_REASON_NO_STATUS;
}

static LinkageImportReason
read_email (LinkageImportRow *self, const char *text)
{
  self->origin = LINKAGE_ORIGIN_SUGGESTION;
  if (*text == '\0' || linkage_import_is_system_initiated (text))
    return LINKAGE_IMPORT_REASON_NONE;
  if (!linkage_text_is_email (text))
    return LINKAGE_IMPORT_REASON_INVALID_EMAIL;

  self->origin = LINKAGE_ORIGIN_SEARCH;
  self->contact_email = g_strdup (text);

  return LINKAGE_IMPORT_REASON_NONE;
}

/* The page shows a day without a time. Its end stands for it, so that thirty days from there on are never too few. */
static gint64
get_end_of_day (const GDate *date, GTimeZone *time_zone)
{
  g_autoptr (GDateTime) end =
    g_date_time_new (time_zone, g_date_get_year (date), g_date_get_month (date), g_date_get_day (date), 23, 59, 59.0);

  return end != NULL ? g_date_time_to_unix (end) : 0;
}

static LinkageImportReason
read_date (LinkageImportRow *self, const char *text, LinkageDateOrder order, GTimeZone *time_zone)
{
  GDate date;

  if (*text == '\0')
    return LINKAGE_IMPORT_REASON_NONE;
  if (!linkage_import_date_parse (text, order, &date))
    return LINKAGE_IMPORT_REASON_INVALID_DATE;

  self->requested_at = get_end_of_day (&date, time_zone);

  return LINKAGE_IMPORT_REASON_NONE;
}

/**
 * linkage_import_row_read:
 * @table: a table
 * @mapping: what its columns hold
 * @row: a row of @table
 * @time_zone: where the page was seen
 *
 * Reads one row; what is wrong with it is in its reason, the first of several. Any thread.
 *
 * Returns: (transfer full): the row
 */
LinkageImportRow *
linkage_import_row_read (const LinkageImportTable *table,
                         const LinkageImportMapping *mapping,
                         guint row,
                         GTimeZone *time_zone)
{
  LinkageImportRow *self = g_atomic_rc_box_new0 (LinkageImportRow);
  const char *comment = get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_COMMENTS);
  LinkageImportReason reasons[4] = { LINKAGE_IMPORT_REASON_NONE };

  self->number = row + 1;
  self->customer = g_strdup (get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_CUSTOMER));
  self->folded_customer = linkage_text_fold_name (self->customer);
  self->status_word = g_strdup (get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_STATUS));
  self->comment = *comment != '\0' ? g_strdup (comment) : NULL;

  reasons[0] = *self->customer == '\0' ? LINKAGE_IMPORT_REASON_NO_CUSTOMER : LINKAGE_IMPORT_REASON_NONE;
  reasons[1] = read_status (self, get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_ACTIONS));
  reasons[2] = read_email (self, get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_EMAIL));
  reasons[3] =
    read_date (self, get_field (table, mapping, row, LINKAGE_IMPORT_FIELD_DATE), mapping->date_order, time_zone);

  for (gsize i = 0; self->reason == LINKAGE_IMPORT_REASON_NONE && i < G_N_ELEMENTS (reasons); i++)
    self->reason = reasons[i];

  return self;
}
