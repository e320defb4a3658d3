/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-match.h"

#include "linkage-import-result.h"
#include "linkage-text.h"

/* What is known of a name, and what the table says of it. */
typedef struct
{
  GPtrArray *connections; /* (owned) (element-type LinkageConnection): of ours that no row means yet */
  guint n_waiting;        /* rows of this name that are left to be settled */
  gboolean is_doubtful;   /* a row of this name was not understood, or is ambiguous */
} Namesakes;

struct _LinkageImportMatch
{
  GHashTable *namesakes; /* (owned) (element-type utf8 Namesakes): by folded name */
  GHashTable *claimed;   /* (owned) (element-type LinkageConnection): those of ours that a row means */
  GHashTable *said;      /* (owned) (element-type utf8): name, address and date of the new rows so far */
};

static void
namesakes_free (gpointer data)
{
  Namesakes *namesakes = data;

  g_ptr_array_unref (namesakes->connections);
  g_free (namesakes);
}

static Namesakes *
get_namesakes (LinkageImportMatch *self, const char *folded)
{
  Namesakes *namesakes = g_hash_table_lookup (self->namesakes, folded);

  if (namesakes != NULL)
    return namesakes;

  namesakes = g_new0 (Namesakes, 1);
  namesakes->connections = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  g_hash_table_insert (self->namesakes, g_strdup (folded), namesakes);

  return namesakes;
}

/*
 * linkage_import_match_new:
 * @connections: (element-type LinkageConnection): what is known
 *
 * Returns: (transfer full): an index of them
 */
LinkageImportMatch *
linkage_import_match_new (GPtrArray *connections)
{
  LinkageImportMatch *self = g_new0 (LinkageImportMatch, 1);

  self->namesakes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, namesakes_free);
  self->claimed = g_hash_table_new_full (g_direct_hash, g_direct_equal, (GDestroyNotify)linkage_connection_unref, NULL);
  self->said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);
      g_autofree char *folded = linkage_text_fold_name (connection->customer->name);

      g_ptr_array_add (get_namesakes (self, folded)->connections, linkage_connection_ref (connection));
    }

  return self;
}

/*
 * linkage_import_match_free:
 * @self: (transfer full): an index
 */
void
linkage_import_match_free (LinkageImportMatch *self)
{
  g_hash_table_unref (self->namesakes);
  g_hash_table_unref (self->claimed);
  g_hash_table_unref (self->said);
  g_free (self);
}

static gboolean
has_email (const LinkageConnection *connection, const LinkageImportRow *row)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);
  g_autofree char *ours = NULL;
  g_autofree char *theirs = NULL;

  if (latest == NULL || latest->contact_email == NULL || row->contact_email == NULL)
    return FALSE;

  ours = g_utf8_casefold (latest->contact_email, -1);
  theirs = g_utf8_casefold (row->contact_email, -1);

  return g_str_equal (ours, theirs);
}

static gboolean
has_date (const LinkageConnection *connection, const LinkageImportRow *row)
{
  return linkage_import_result_is_same_request (linkage_connection_get_latest_attempt (connection), row);
}

static gboolean
has_email_and_date (const LinkageConnection *connection, const LinkageImportRow *row)
{
  return has_email (connection, row) && has_date (connection, row);
}

/* The only one of several that fits. */
static LinkageConnection *
find_only (GPtrArray *connections,
           const LinkageImportRow *row,
           gboolean (*fits) (const LinkageConnection *, const LinkageImportRow *))
{
  LinkageConnection *only = NULL;

  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);

      if (!fits (connection, row))
        continue;
      if (only != NULL)
        return NULL;
      only = connection;
    }

  return only;
}

static LinkageConnection *
find_certain (GPtrArray *connections, const LinkageImportRow *row)
{
  LinkageConnection *found = find_only (connections, row, has_email_and_date);

  if (found == NULL)
    found = find_only (connections, row, has_email);
  if (found == NULL)
    found = find_only (connections, row, has_date);

  return found;
}

/*
 * linkage_import_match_claim:
 * @row: a row that was understood
 * @existing: (out) (transfer none) (nullable): the request of ours that it speaks of without doubt
 *
 * To be called for each row before the first is settled.
 *
 * Returns: why the row is left out: _REPEATED, or _NONE
 */
LinkageImportReason
linkage_import_match_claim (LinkageImportMatch *self, const LinkageImportRow *row, LinkageConnection **existing)
{
  Namesakes *namesakes = get_namesakes (self, row->folded_customer);
  char *said = g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT, row->folded_customer,
                                row->contact_email != NULL ? row->contact_email : "", row->requested_at);

  *existing = NULL;
  if (!g_hash_table_add (self->said, said))
    return LINKAGE_IMPORT_REASON_REPEATED;

  *existing = find_certain (namesakes->connections, row);
  if (*existing != NULL)
    linkage_import_match_take (self, *existing);
  else
    namesakes->n_waiting++;

  return LINKAGE_IMPORT_REASON_NONE;
}

/*
 * linkage_import_match_settle:
 * @row: a row that claimed nothing
 * @existing: (out) (transfer none) (nullable): the request of ours that it speaks of
 *
 * One row and one request of the same name belong together, whatever else is different.
 *
 * Returns: why the row is left out: _AMBIGUOUS, or _NONE; then it is a new one where @existing is %NULL
 */
LinkageImportReason
linkage_import_match_settle (LinkageImportMatch *self, const LinkageImportRow *row, LinkageConnection **existing)
{
  Namesakes *namesakes = get_namesakes (self, row->folded_customer);

  *existing = NULL;
  if (namesakes->connections->len == 0)
    return LINKAGE_IMPORT_REASON_NONE;
  if (namesakes->connections->len > 1 || namesakes->n_waiting > 1)
    {
      namesakes->is_doubtful = TRUE;
      return LINKAGE_IMPORT_REASON_AMBIGUOUS;
    }

  *existing = g_ptr_array_index (namesakes->connections, 0);
  linkage_import_match_take (self, *existing);

  return LINKAGE_IMPORT_REASON_NONE;
}

/*
 * linkage_import_match_take:
 * @connection: one of ours
 *
 * Notes that a row means this one, so that no other does.
 */
void
linkage_import_match_take (LinkageImportMatch *self, LinkageConnection *connection)
{
  g_autofree char *folded = linkage_text_fold_name (connection->customer->name);

  if (g_hash_table_add (self->claimed, linkage_connection_ref (connection)))
    g_ptr_array_remove (get_namesakes (self, folded)->connections, connection);
}

/*
 * linkage_import_match_doubt:
 * @row: a row that was not understood
 *
 * Keeps requests of that name from being taken for missing.
 */
void
linkage_import_match_doubt (LinkageImportMatch *self, const LinkageImportRow *row)
{
  get_namesakes (self, row->folded_customer)->is_doubtful = TRUE;
}

/*
 * linkage_import_match_list_unclaimed:
 *
 * Returns: (transfer full) (element-type LinkageConnection): those of ours that the row may mean, and no other does
 */
GPtrArray *
linkage_import_match_list_unclaimed (LinkageImportMatch *self, const LinkageImportRow *row)
{
  GPtrArray *unclaimed = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_connection_unref);
  const Namesakes *namesakes = get_namesakes (self, row->folded_customer);

  for (guint i = 0; i < namesakes->connections->len; i++)
    g_ptr_array_add (unclaimed, linkage_connection_ref (g_ptr_array_index (namesakes->connections, i)));

  return unclaimed;
}

/*
 * linkage_import_match_is_missing:
 * @connection: one of ours
 *
 * Returns: whether no row means it, or could
 */
gboolean
linkage_import_match_is_missing (LinkageImportMatch *self, LinkageConnection *connection)
{
  g_autofree char *folded = NULL;

  if (g_hash_table_contains (self->claimed, connection))
    return FALSE;

  folded = linkage_text_fold_name (connection->customer->name);

  return !get_namesakes (self, folded)->is_doubtful;
}
