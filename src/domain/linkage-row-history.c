/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-row-history.h"

#include "linkage-text.h"

typedef struct
{
  GPtrArray *changes; /* (owned) */
  gint64 at;
  gint64 copy;
} Comparison;

static void
compare_text (Comparison *self, LinkageRowChangeKind kind, const char *former, const char *present)
{
  if (g_strcmp0 (former, present) != 0)
    g_ptr_array_add (self->changes, linkage_row_change_new (kind, self->at, self->copy, former, present));
}

static char *
format_time (const LinkageAttempt *attempt)
{
  return attempt != NULL && attempt->requested_at != 0 ? linkage_text_format_time (attempt->requested_at) : NULL;
}

static void
compare_attempts (Comparison *self, const LinkageAttempt *former, const LinkageAttempt *present)
{
  g_autofree char *former_time = format_time (former);
  g_autofree char *present_time = format_time (present);

  compare_text (self, LINKAGE_ROW_CHANGE_REQUESTED_AT, former_time, present_time);
  compare_text (self, LINKAGE_ROW_CHANGE_CONTACT, former != NULL ? former->contact_email : NULL,
                present != NULL ? present->contact_email : NULL);
  compare_text (self, LINKAGE_ROW_CHANGE_COMMENT, former != NULL ? former->comment : NULL,
                present != NULL ? present->comment : NULL);
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
  Comparison self = { NULL, at, copy };
  g_autofree char *former_used = NULL;
  g_autofree char *present_used = NULL;

  g_return_val_if_fail (former != NULL, NULL);
  g_return_val_if_fail (present != NULL, NULL);

  self.changes = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_row_change_unref);
  former_used = linkage_row_history_format_requests_used (former->requests_used, former->requests_used_is_minimum);
  present_used = linkage_row_history_format_requests_used (present->requests_used, present->requests_used_is_minimum);
  compare_text (&self, LINKAGE_ROW_CHANGE_STATUS, linkage_status_to_string (former->status),
                linkage_status_to_string (present->status));
  compare_attempts (&self, linkage_connection_get_latest_attempt (former),
                    linkage_connection_get_latest_attempt (present));
  compare_text (&self, LINKAGE_ROW_CHANGE_REQUESTS_USED, former_used, present_used);
  compare_text (&self, LINKAGE_ROW_CHANGE_NAME, former->customer->name, present->customer->name);
  compare_text (&self, LINKAGE_ROW_CHANGE_MISSING, former->is_missing ? "missing" : NULL,
                present->is_missing ? "missing" : NULL);

  return self.changes;
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
