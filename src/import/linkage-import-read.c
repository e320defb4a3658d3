/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-read.h"

#include <string.h>

#include "linkage-csv-reader.h"
#include "linkage-html-reader.h"

/* How far into a text the first element of a page is looked for. */
#define HTML_SAMPLE 1024

typedef struct
{
  GBytes *bytes;          /* (owned) */
  char *hint;             /* (owned) (nullable) */
  GHashTable *remembered; /* (owned) (nullable) */
} Request;

typedef struct
{
  LinkageImportTable *table; /* (owned) (nullable) */
  LinkageImportMapping mapping;
} Reading;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_bytes_unref (request->bytes);
  g_free (request->hint);
  g_clear_pointer (&request->remembered, g_hash_table_unref);
  g_free (request);
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->table, linkage_import_table_unref);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

/* A byte order mark, the zeros of UTF-16, and white space. */
static gboolean
says_nothing (char c)
{
  return c == '\0' || g_ascii_isspace (c) || strchr ("\xef\xbb\xbf\xff\xfe", c) != NULL;
}

static gboolean
begins_like_html (GBytes *bytes)
{
  gsize size = 0;
  const char *at = g_bytes_get_data (bytes, &size);
  const char *end = size > 0 ? at + MIN (size, HTML_SAMPLE) : at;

  while (at < end && says_nothing (*at))
    at++;

  return at < end && *at == '<';
}

/**
 * linkage_import_read_is_html:
 * @bytes: what was brought
 * @hint: (nullable): a media type or a file's name
 *
 * Tells a page from other text. A portal's "export" now and then is a page that calls itself .xls, and a saved page may
 * have any name: what is inside decides, unless somebody knows. Any thread.
 *
 * Returns: whether it is HTML
 */
gboolean
linkage_import_read_is_html (GBytes *bytes, const char *hint)
{
  g_autofree char *lowered = hint != NULL ? g_ascii_strdown (hint, -1) : NULL;

  g_return_val_if_fail (bytes != NULL, FALSE);

  if (lowered != NULL && (strstr (lowered, "html") != NULL || g_str_has_suffix (lowered, ".htm")))
    return TRUE;
  if (lowered != NULL && (g_str_has_suffix (lowered, "csv") || g_str_has_suffix (lowered, ".tsv")))
    return FALSE;

  return begins_like_html (bytes);
}

static gboolean
is_larger (const LinkageImportTable *a, const LinkageImportTable *b)
{
  return b == NULL || linkage_import_table_get_n_rows (a) > linkage_import_table_get_n_rows (b);
}

/* A page has tables of all kinds: the one of requests with the most rows; else the largest that has columns at all, for
 * the person to tell what they hold. */
static Reading *
pick (GPtrArray *tables, GHashTable *remembered, gboolean asks_password, GError **error)
{
  g_autoptr (Reading) best = g_new0 (Reading, 1);
  gboolean best_is_known = FALSE;

  for (guint i = 0; i < tables->len; i++)
    {
      LinkageImportTable *table = g_ptr_array_index (tables, i);
      LinkageImportMapping mapping;
      gboolean is_known = linkage_import_mapping_guess (&mapping, table, remembered);

      if (!is_known && (linkage_import_table_get_n_columns (table) < 2 || linkage_import_table_get_n_rows (table) < 2))
        continue;
      if (is_known < best_is_known || (is_known == best_is_known && !is_larger (table, best->table)))
        continue;

      g_clear_pointer (&best->table, linkage_import_table_unref);
      best->table = linkage_import_table_ref (table);
      best->mapping = mapping;
      best_is_known = is_known;
    }

  /* What is left of a page that asks for a password is its form. */
  if (best->table != NULL && (best_is_known || !asks_password))
    return g_steal_pointer (&best);

  g_set_error_literal (error, LINKAGE_IMPORT_ERROR,
                       asks_password ? LINKAGE_IMPORT_ERROR_SIGN_IN : LINKAGE_IMPORT_ERROR_NO_REQUESTS,
                       "no table of requests");

  return NULL;
}

static GPtrArray *
read_csv (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  LinkageImportTable *table = linkage_csv_reader_read (bytes, cancellable, error);
  GPtrArray *tables = NULL;

  if (table == NULL)
    return NULL;

  tables = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_import_table_unref);
  g_ptr_array_add (tables, table);

  return tables;
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Request *request = task_data;
  g_autoptr (GPtrArray) tables = NULL;
  gboolean asks_password = FALSE;
  Reading *reading = NULL;
  GError *error = NULL;

  if (g_bytes_get_size (request->bytes) > LINKAGE_IMPORT_MAX_BYTES)
    g_set_error (&error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE, "%" G_GSIZE_FORMAT " bytes",
                 g_bytes_get_size (request->bytes));
  else if (linkage_import_read_is_html (request->bytes, request->hint))
    tables = linkage_html_reader_read (request->bytes, &asks_password, cancellable, &error);
  else
    tables = read_csv (request->bytes, cancellable, &error);

  if (tables != NULL)
    reading = pick (tables, request->remembered, asks_password, &error);
  if (reading != NULL)
    g_task_return_pointer (task, reading, reading_free);
  else
    g_task_return_error (task, error);
}

/**
 * linkage_import_read_async:
 * @bytes: what was pasted, dropped or opened
 * @hint: (nullable): a media type or a file's name, if one is known
 * @remembered: (nullable) (element-type utf8 gint): see linkage_import_mapping_guess(); a reference is taken, and
 *   nobody changes it any more
 * @cancellable: (nullable): a cancellable
 *
 * Reads a page or a CSV file in a thread, picks the table that is one of requests, and tells what its columns hold.
 */
void
linkage_import_read_async (GBytes *bytes,
                           const char *hint,
                           GHashTable *remembered,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Request *request = NULL;

  g_return_if_fail (bytes != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  request = g_new0 (Request, 1);
  request->bytes = g_bytes_ref (bytes);
  request->hint = g_strdup (hint);
  request->remembered = remembered != NULL ? g_hash_table_ref (remembered) : NULL;
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_import_read_async);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * linkage_import_read_finish:
 * @mapping: (out caller-allocates): what the columns hold; not usable where the headings are not known
 *
 * Returns: (transfer full): the table, or %NULL with LINKAGE_IMPORT_ERROR, see its codes, or G_IO_ERROR_CANCELLED
 */
LinkageImportTable *
linkage_import_read_finish (GAsyncResult *result, LinkageImportMapping *mapping, GError **error)
{
  g_autoptr (Reading) reading = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (mapping != NULL, NULL);

  reading = g_task_propagate_pointer (G_TASK (result), error);
  if (reading == NULL)
    return NULL;

  *mapping = reading->mapping;

  return g_steal_pointer (&reading->table);
}
