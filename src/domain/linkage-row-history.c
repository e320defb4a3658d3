/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-row-history.h"

#include "linkage-text.h"

/* In the order in which a history tells of one copy. */
static const LinkageRowChangeKind compared[] = {
  LINKAGE_ROW_CHANGE_STATUS,  LINKAGE_ROW_CHANGE_REQUESTED_AT,  LINKAGE_ROW_CHANGE_CONTACT,
  LINKAGE_ROW_CHANGE_COMMENT, LINKAGE_ROW_CHANGE_REQUESTS_USED, LINKAGE_ROW_CHANGE_NAME,
  LINKAGE_ROW_CHANGE_MISSING,
};

/**
 * linkage_row_history_dup_value:
 * @connection: a row
 * @kind: what of it
 *
 * Returns: (transfer full) (nullable): what the row says of that, as a change tells it
 */
char *
linkage_row_history_dup_value (const LinkageConnection *connection, LinkageRowChangeKind kind)
{
  const LinkageAttempt *latest = NULL;

  g_return_val_if_fail (connection != NULL, NULL);

  latest = linkage_connection_get_latest_attempt (connection);
  switch (kind)
    {
    case LINKAGE_ROW_CHANGE_STATUS:
      return g_strdup (linkage_status_to_string (connection->status));
    case LINKAGE_ROW_CHANGE_REQUESTED_AT:
      return latest != NULL && latest->requested_at != 0 ? linkage_text_format_time (latest->requested_at) : NULL;
    case LINKAGE_ROW_CHANGE_CONTACT:
      return latest != NULL ? g_strdup (latest->contact_email) : NULL;
    case LINKAGE_ROW_CHANGE_COMMENT:
      return latest != NULL ? g_strdup (latest->comment) : NULL;
    case LINKAGE_ROW_CHANGE_REQUESTS_USED:
      return linkage_row_history_format_requests_used (connection->requests_used, connection->requests_used_is_minimum);
    case LINKAGE_ROW_CHANGE_NAME:
      return g_strdup (connection->customer->name);
    case LINKAGE_ROW_CHANGE_MISSING:
      return connection->is_missing ? g_strdup ("missing") : NULL;
    case LINKAGE_ROW_CHANGE_ENTRIES:
      return g_strdup_printf ("%u", connection->customer->entries->len);
    case LINKAGE_ROW_CHANGE_SENT:
    default:
      return NULL;
    }
}

/**
 * linkage_row_history_compare:
 * @former: a row
 * @present: the same row later
 * @at: when it was seen, Unix seconds
 * @copy: the number of the copy that shows it
 *
 * Tells what is different, of what the portal's table shows. Any thread.
 *
 * Returns: (transfer full) (element-type LinkageRowChange): the changes, possibly none
 */
GPtrArray *
linkage_row_history_compare (const LinkageConnection *former, const LinkageConnection *present, gint64 at, gint64 copy)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_row_change_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (compared); i++)
    {
      g_autofree char *before = linkage_row_history_dup_value (former, compared[i]);
      g_autofree char *after = linkage_row_history_dup_value (present, compared[i]);

      if (g_strcmp0 (before, after) != 0)
        g_ptr_array_add (changes, linkage_row_change_new (compared[i], at, copy, before, after));
    }

  return changes;
}

/**
 * linkage_row_history_format_requests_used:
 *
 * Returns: (transfer full): "2", or "2+" for at least two
 */
char *
linkage_row_history_format_requests_used (guint requests_used, gboolean is_minimum)
{
  return g_strdup_printf ("%u%s", requests_used, is_minimum ? "+" : "");
}

/**
 * linkage_row_history_parse_requests_used:
 * @text: (nullable): of linkage_row_history_format_requests_used()
 * @requests_used: (out): how many
 * @is_minimum: (out): whether it is at least that many
 */
void
linkage_row_history_parse_requests_used (const char *text, guint *requests_used, gboolean *is_minimum)
{
  *requests_used = text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : 0;
  *is_minimum = text != NULL && g_str_has_suffix (text, "+");
}
