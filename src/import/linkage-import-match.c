/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-match.h"

#include "linkage-text.h"

struct _LinkageImportMatch
{
  GHashTable *by_name; /* (owned) (element-type utf8 GPtrArray): folded name → connections (unowned) */
};

/**
 * linkage_import_match_new:
 * @connections: (element-type LinkageConnection): what is known; must outlive the result
 *
 * Returns: (transfer full): an index of them
 */
LinkageImportMatch *
linkage_import_match_new (GPtrArray *connections)
{
  LinkageImportMatch *self = g_new0 (LinkageImportMatch, 1);

  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);
      g_autofree char *name = linkage_text_fold_name (connection->customer->name);
      GPtrArray *of_that_name = g_hash_table_lookup (self->by_name, name);

      if (of_that_name == NULL)
        {
          of_that_name = g_ptr_array_new ();
          g_hash_table_insert (self->by_name, g_steal_pointer (&name), of_that_name);
        }
      g_ptr_array_add (of_that_name, connection);
    }

  return self;
}

/**
 * linkage_import_match_free:
 * @self: (transfer full): an index
 */
void
linkage_import_match_free (LinkageImportMatch *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static gboolean
has_email (const LinkageConnection *connection, const LinkageImportRow *row)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);
  g_autofree char *ours = NULL, *theirs = NULL;

  if (latest == NULL || latest->contact_email == NULL || row->contact_email == NULL)
    return FALSE;

  ours = g_utf8_casefold (latest->contact_email, -1);
  theirs = g_utf8_casefold (row->contact_email, -1);

  return g_str_equal (ours, theirs);
}

static gboolean
has_date (const LinkageConnection *connection, const LinkageImportRow *row)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);

  return latest != NULL && row->requested_at != 0 && latest->requested_at == row->requested_at;
}

/* The only one of several that fits. */
static LinkageConnection *
find_only (GPtrArray *candidates,
           const LinkageImportRow *row,
           gboolean (*fits) (const LinkageConnection *, const LinkageImportRow *))
{
  LinkageConnection *only = NULL;

  for (guint i = 0; i < candidates->len; i++)
    {
      LinkageConnection *candidate = g_ptr_array_index (candidates, i);

      if (!fits (candidate, row))
        continue;
      if (only != NULL)
        return NULL;
      only = candidate;
    }

  return only;
}

/**
 * linkage_import_match_find:
 * @row: a row that was understood
 * @ambiguous: (out): whether several are of that name, and neither address nor date tells them apart
 *
 * Returns: (transfer none) (nullable): the known request that the row speaks of
 */
LinkageConnection *
linkage_import_match_find (LinkageImportMatch *self, const LinkageImportRow *row, gboolean *ambiguous)
{
  g_autofree char *name = linkage_text_fold_name (row->customer);
  GPtrArray *candidates = g_hash_table_lookup (self->by_name, name);
  LinkageConnection *found = NULL;

  *ambiguous = FALSE;
  if (candidates == NULL)
    return NULL;
  if (candidates->len == 1)
    return g_ptr_array_index (candidates, 0);

  found = find_only (candidates, row, has_email);
  if (found == NULL)
    found = find_only (candidates, row, has_date);
  *ambiguous = found == NULL;

  return found;
}
