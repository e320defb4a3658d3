/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "config.h"

#include "linkage-store-export.h"

#include <string.h>

#include "linkage-statement.h"
#include "linkage-store-file.h"
#include "linkage-store-private.h"
#include "linkage-store-resources.h"

#define QUERIES "/io/github/linkage_app/Linkage/store/export/"
#define BUFFER_SIZE (64 * 1024) /* bytes */
#define PROGRESS_STEP 1000      /* connections */

/* The document's members that come out of the file: what QUERIES/QUERY.sql gives, one JSON text in each row. */
typedef struct
{
  const char *name;
  const char *query; /* (nullable): of the same name */
  gboolean is_list;
  gboolean is_removed; /* the argument of connections.sql */
} Member;

static const Member members[] = {
  { .name = "account" },
  { .name = "reading" },
  { .name = "connections", .is_list = TRUE },
  { .name = "removed-connections", .query = "connections", .is_list = TRUE, .is_removed = TRUE },
  { .name = "removed", .is_list = TRUE },
  { .name = "outbox", .is_list = TRUE },
  { .name = "searches", .is_list = TRUE },
  { .name = "copies", .is_list = TRUE },
  { .name = "headings", .is_list = TRUE },
  { .name = "to-ask", .is_list = TRUE },
};

typedef struct
{
  LinkageDatabase *database;           /* (owned) (nullable): read-only, in one transaction */
  GOutputStream *stream;               /* (owned) */
  LinkageStoreExportProgress progress; /* (nullable) */
  gpointer user_data;
  GCancellable *cancellable; /* (unowned) (nullable) */
  guint64 n_done;
  guint64 n_rows;
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_object (&self->stream);
  g_clear_object (&self->database);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

static gboolean
put (Writer *self, const char *text, GError **error)
{
  return g_output_stream_write_all (self->stream, text, strlen (text), NULL, self->cancellable, error);
}

/* A file that was written to by somebody else may hold what is no UTF-8, and JSON may not. */
static gboolean
put_foreign (Writer *self, const char *text, GError **error)
{
  g_autofree char *valid = NULL;

  if (g_utf8_validate (text, -1, NULL))
    return put (self, text, error);

  valid = g_utf8_make_valid (text, -1);

  return put (self, valid, error);
}

static gboolean
put_string (Writer *self, const char *string, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (self->database, "SELECT json_quote (?)", error);

  if (statement == NULL)
    return FALSE;

  linkage_statement_bind_text (statement, 0, string);
  if (linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  return put_foreign (self, linkage_statement_get_text (statement, 0), error);
}

static gboolean
put_head (Writer *self, const char *const *settings, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *head =
    g_strdup_printf ("{\n\"format\": \"%s\",\n\"version\": %d,\n\"program\": \"%s\",\n\"exported-at\": \"%s\",\n"
                     "\"settings\": {",
                     LINKAGE_STORE_EXPORT_FORMAT, LINKAGE_STORE_EXPORT_VERSION, "Linkage " PACKAGE_VERSION, date);

  if (!put (self, head, error))
    return FALSE;

  for (guint i = 0; settings[i] != NULL; i += 2)
    if ((i > 0 && !put (self, ", ", error)) || !put_string (self, settings[i], error) || !put (self, ": ", error) ||
        !put_string (self, settings[i + 1], error))
      return FALSE;

  return put (self, "}", error);
}

static void
tell_progress (Writer *self)
{
  self->n_done++;
  if (self->progress != NULL && self->n_done % PROGRESS_STEP == 0)
    self->progress (self->n_done, self->n_rows, self->user_data);
}

static gboolean
put_rows (Writer *self, LinkageStatement *statement, gboolean is_list, guint *n_rows, GError **error)
{
  LinkageStep step;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      if ((is_list && !put (self, *n_rows > 0 ? ",\n" : "\n", error)) ||
          !put_foreign (self, linkage_statement_get_text (statement, 0), error))
        return FALSE;
      (*n_rows)++;
      /* The connections are the first lists, and the only long ones. */
      if (is_list && self->n_done < self->n_rows)
        tell_progress (self);
    }

  return step == LINKAGE_STEP_DONE;
}

static gboolean
put_member (Writer *self, const Member *member, GError **error)
{
  const char *name = member->query != NULL ? member->query : member->name;
  g_autofree char *path = g_strconcat (QUERIES, name, ".sql", NULL);
  g_autofree char *label = g_strdup_printf (",\n\"%s\": %s", member->name, member->is_list ? "[" : "");
  g_autoptr (GBytes) query = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (LinkageStatement) statement = NULL;
  guint n_rows = 0;

  if (query == NULL)
    return FALSE;

  /* The resource is part of the program: its text stays where it is, like a literal. */
  statement = linkage_statement_get (self->database, g_bytes_get_data (query, NULL), error);
  if (statement == NULL)
    return FALSE;
  if (g_str_equal (name, "connections"))
    linkage_statement_bind_int (statement, 0, member->is_removed);
  if (!put (self, label, error) || !put_rows (self, statement, member->is_list, &n_rows, error))
    return FALSE;

  if (member->is_list)
    return put (self, n_rows > 0 ? "\n]" : "]", error);

  return n_rows > 0 || put (self, "null", error);
}

static gboolean
count_rows (Writer *self, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (
    self->database, "SELECT count (*) FROM connection WHERE removed = 0 OR removed_at IS NOT NULL", error);

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;

  self->n_rows = (guint64)linkage_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
put_document (Writer *self, const char *const *settings, GError **error)
{
  if (!put_head (self, settings, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (!put_member (self, &members[i], error))
      return FALSE;

  return put (self, "\n}\n", error) && g_output_stream_flush (self->stream, self->cancellable, error);
}

static gboolean
begin (Writer *self, const char *path, GError **error)
{
  self->database = linkage_database_open (path, LINKAGE_STORE_APPLICATION_ID, LINKAGE_DATABASE_OPEN_READ_ONLY,
                                          self->cancellable, error);
  if (self->database == NULL)
    return FALSE;

  linkage_database_set_cancellable (self->database, self->cancellable);

  return linkage_database_execute (self->database, "BEGIN", error) && count_rows (self, error);
}

/**
 * linkage_store_export_write:
 * @path: the file of a store that is open in this process
 * @settings: (array zero-terminated=1): what is kept of the account beside the store, names and values in turn
 * @stream: where it goes; it is not closed
 * @progress: (scope call) (nullable): told now and then how many connections are written
 * @user_data: for @progress
 * @cancellable: (nullable): ends it; part of the document is written then
 *
 * Writes all that a store keeps as one JSON document in UTF-8, row by row and as it is at one instant, whoever writes
 * to the store meanwhile. Its members:
 *
 * - `format`: `linkage-account-export`, `version`: 1, `program`, `exported-at`
 * - `settings`: as given
 * - `account`, and in `connections` each row of the table with its customer, attempts and actions, as data/openapi.yaml
 *   has them. Besides, a row has `seen-at` and `missing` (of the copies that it was brought with), `history` (what
 *   copies showed and what was done by hand) and `before-latest-copy` (what taking that copy back makes of it)
 * - `removed-connections`: rows that are no more and that had any attempt, as they were last known, with `removed-at`
 * - `reading` (how far the portal was read), `removed` (ids of all rows that are no more)
 * - `outbox` (what is not answered yet), `searches`, `copies`, `headings` (mapped by hand), `to-ask`
 *
 * Times are RFC 3339 in UTC, what is not known is null. No token is in it, and no passed verification. Blocks.
 *
 * Returns: %FALSE with @error in LINKAGE_STORE_ERROR, G_IO_ERROR_CANCELLED, or what @stream said
 */
gboolean
linkage_store_export_write (const char *path,
                            const char *const *settings,
                            GOutputStream *stream,
                            LinkageStoreExportProgress progress,
                            gpointer user_data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Writer) writer = { 0 };

  g_return_val_if_fail (path != NULL && settings != NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), FALSE);

  /* Out of a static library the linker takes the resource only when somebody names it. */
  linkage_store_get_resource ();

  writer.stream = g_buffered_output_stream_new_sized (stream, BUFFER_SIZE);
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (writer.stream), FALSE);
  writer.progress = progress;
  writer.user_data = user_data;
  writer.cancellable = cancellable;

  if (begin (&writer, path, error) && put_document (&writer, settings, error))
    return TRUE;

  linkage_store_error_translate (error);

  return FALSE;
}
