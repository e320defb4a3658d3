/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-order-query.h"

#include "linkage-statement.h"
#include "linkage-store-private.h"

/* A view takes some microseconds for a splice, and some fifty milliseconds for taking all its rows out and making
 * others. */
#define MAX_SPLICES 10000

typedef struct
{
  LinkageSort sort;
  gboolean descending;
  char *filter;               /* (owned) (nullable) */
  LinkageOrder *before;       /* (owned) (nullable) */
  LinkageOrderAnswer *answer; /* (owned) (nullable) */
} Job;

/* Both terms in the same direction, so that an index gives it either way. */
#define ORDERED_BY(column, direction)                                                                                  \
  "SELECT row_id FROM connection WHERE removed = 0 ORDER BY " column " " direction ", row_id " direction

static const char *const ordered[][2] = {
  [LINKAGE_SORT_NONE] = {
    "SELECT row_id FROM connection WHERE removed = 0 ORDER BY row_id",
    "SELECT row_id FROM connection WHERE removed = 0 ORDER BY row_id DESC",
  },
  [LINKAGE_SORT_CUSTOMER] = { ORDERED_BY ("sort_customer", "ASC"), ORDERED_BY ("sort_customer", "DESC") },
  [LINKAGE_SORT_ACTIONS] = { ORDERED_BY ("sort_actions", "ASC"), ORDERED_BY ("sort_actions", "DESC") },
  [LINKAGE_SORT_STATUS] = { ORDERED_BY ("sort_status", "ASC"), ORDERED_BY ("sort_status", "DESC") },
  [LINKAGE_SORT_EMAIL] = { ORDERED_BY ("sort_email", "ASC"), ORDERED_BY ("sort_email", "DESC") },
  [LINKAGE_SORT_DATE] = { ORDERED_BY ("sort_date", "ASC"), ORDERED_BY ("sort_date", "DESC") },
  [LINKAGE_SORT_COMMENTS] = { ORDERED_BY ("sort_comments", "ASC"), ORDERED_BY ("sort_comments", "DESC") },
};

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->filter);
  g_clear_pointer (&job->before, linkage_order_unref);
  g_clear_pointer (&job->answer, linkage_order_answer_free);
  g_free (job);
}

static GArray *
read_ids (LinkageStatement *statement, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  LinkageStep step;

  while ((step = linkage_statement_step (statement, error)) == LINKAGE_STEP_ROW)
    {
      gint64 id = linkage_statement_get_int (statement, 0);

      g_array_append_val (ids, id);
    }

  return step == LINKAGE_STEP_DONE ? g_steal_pointer (&ids) : NULL;
}

static GArray *
read_ordered (LinkageDatabase *database, LinkageSort sort, gboolean descending, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, ordered[sort][descending ? 1 : 0], error);

  return statement != NULL ? read_ids (statement, error) : NULL;
}

static LinkageOrder *
read_hits (LinkageDatabase *database, const char *filter, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  GArray *ids;

  statement = linkage_statement_get (
    database, "SELECT row_id FROM connection NOT INDEXED WHERE removed = 0 AND instr (filter_text, ?) > 0", error);
  if (statement == NULL)
    return NULL;

  linkage_statement_bind_text (statement, 0, filter);
  ids = read_ids (statement, error);

  return ids != NULL ? linkage_order_new_take (ids) : NULL;
}

/* Filtering rows in the order of an index would fetch their texts from all over the file: hits are gathered in the
 * order of the table, and looked up here. */
static void
keep_hits (GArray *ids, const LinkageOrder *hits)
{
  gint64 *all = (gint64 *)(gpointer)ids->data;
  guint n_kept = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      if (linkage_order_find (hits, all[i], NULL))
        all[n_kept++] = all[i];
    }

  g_array_set_size (ids, n_kept);
}

static GArray *
read_order (LinkageDatabase *database, const Job *job, guint *n_unfiltered, GError **error)
{
  g_autoptr (GArray) ids = read_ordered (database, job->sort, job->descending, error);
  g_autoptr (LinkageOrder) hits = NULL;

  if (ids == NULL)
    return NULL;

  *n_unfiltered = ids->len;
  if (job->filter == NULL)
    return g_steal_pointer (&ids);

  hits = read_hits (database, job->filter, error);
  if (hits == NULL)
    return NULL;

  keep_hits (ids, hits);

  return g_steal_pointer (&ids);
}

static gboolean
run (LinkageDatabase *database, gpointer data, GError **error)
{
  Job *job = data;
  g_autoptr (LinkageOrderAnswer) answer = g_new0 (LinkageOrderAnswer, 1);
  GArray *ids;

  /* One transaction: order and hits are of the same moment. */
  if (!linkage_database_execute (database, "BEGIN", error))
    return FALSE;
  ids = read_order (database, job, &answer->n_unfiltered, error);
  linkage_database_rollback (database);
  if (ids == NULL)
    return FALSE;

  answer->order = linkage_order_new_take (ids);
  if (job->before != NULL)
    answer->splices = linkage_order_diff (job->before, answer->order, MAX_SPLICES);
  if (answer->splices != NULL)
    answer->kept = linkage_order_keep (job->before, answer->order, answer->splices);
  job->answer = g_steal_pointer (&answer);

  return TRUE;
}

/*
 * linkage_order_query_async:
 * @reader: the thread in which the order is read and compared
 * @query: what is wanted; copied
 * @cancellable: (nullable): interrupts it
 */
void
linkage_order_query_async (LinkageDatabaseThread *reader,
                           const LinkageOrderQuery *query,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (reader, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->sort = query->sort;
  job->descending = query->descending;
  job->filter = g_strdup (query->filter);
  job->before = query->before != NULL ? linkage_order_ref (query->before) : NULL;
  g_task_set_source_tag (task, linkage_order_query_async);
  g_task_set_task_data (task, job, job_free);
  linkage_database_thread_read (reader, g_steal_pointer (&task), run);
}

/*
 * linkage_order_query_finish:
 *
 * Returns: (transfer full): the order, or %NULL with @error in LINKAGE_STORE_ERROR, G_IO_ERROR_CANCELLED, or
 *   G_IO_ERROR_CLOSED when the store was closed
 */
LinkageOrderAnswer *
linkage_order_query_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  Job *job = g_task_get_task_data (task);

  g_assert (g_async_result_is_tagged (result, linkage_order_query_async));

  if (!g_task_propagate_boolean (task, error))
    {
      linkage_store_error_translate (error);
      return NULL;
    }

  return g_steal_pointer (&job->answer);
}

/*
 * linkage_order_answer_free:
 * @answer: (transfer full): an answer
 */
void
linkage_order_answer_free (LinkageOrderAnswer *answer)
{
  g_clear_pointer (&answer->order, linkage_order_unref);
  g_clear_pointer (&answer->splices, g_array_unref);
  g_clear_pointer (&answer->kept, linkage_order_unref);
  g_free (answer);
}
