/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-database-thread.h"

#include "linkage-statement.h"

#define DEADLINE 100 /* seconds */

typedef struct
{
  guint n_done;
  GError *error; /* (owned) (nullable): of the latest */
} Outcome;

static LinkageDatabaseThread *
start (const char *path)
{
  g_autoptr (GError) error = NULL;
  LinkageDatabase *database = linkage_database_open (path, 1, 0, NULL, &error);

  g_assert_no_error (error);
  linkage_database_execute (database, "CREATE TABLE IF NOT EXISTS t (i INTEGER UNIQUE) STRICT", &error);
  g_assert_no_error (error);

  return linkage_database_thread_new ("test", database);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_assert_true (g_main_context_is_owner (g_main_context_default ()));
  g_clear_error (&outcome->error);
  g_task_propagate_boolean (G_TASK (result), &outcome->error);
  outcome->n_done++;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  g_clear_error (&outcome->error);
  linkage_database_thread_close_finish (LINKAGE_DATABASE_THREAD (source), result, &outcome->error);
  outcome->n_done++;
}

static void
wait_for (Outcome *outcome, guint n_done)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;

  while (outcome->n_done < n_done)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
close_and_finalize (LinkageDatabaseThread *thread, Outcome *outcome)
{
  guint n_done = outcome->n_done;

  linkage_database_thread_close_async (thread, on_closed, outcome);
  wait_for (outcome, n_done + 1);
  g_assert_no_error (outcome->error);
  g_assert_finalize_object (thread);
}

static gboolean
insert (LinkageDatabase *database, gpointer data, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "INSERT INTO t VALUES (?)", error);

  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, GPOINTER_TO_INT (data));

  return linkage_statement_run (statement, error);
}

static gboolean
insert_twice (LinkageDatabase *database, gpointer data, GError **error)
{
  return insert (database, data, error) && insert (database, data, error);
}

static gboolean
sum (LinkageDatabase *database, gpointer data, GError **error)
{
  g_autoptr (LinkageStatement) statement = linkage_statement_get (database, "SELECT sum(i) FROM t", error);
  gint64 *result = data;

  if (statement == NULL || linkage_statement_step (statement, error) == LINKAGE_STEP_ERROR)
    return FALSE;
  *result = linkage_statement_get_int (statement, 0);

  return TRUE;
}

static gboolean
count_for_ever (LinkageDatabase *database, gpointer data, GError **error)
{
  g_atomic_int_set ((int *)data, TRUE);

  return linkage_database_execute (
    database, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n", error);
}

typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean started;
  gboolean released;
} Gate;

static gboolean
insert_behind_gate (LinkageDatabase *database, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->started = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->released)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);

  return insert (database, GINT_TO_POINTER (1), error);
}

static void
wait_until_started (Gate *gate)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;

  g_mutex_lock (&gate->mutex);
  while (!gate->started)
    g_assert_true (g_cond_wait_until (&gate->cond, &gate->mutex, deadline));
  g_mutex_unlock (&gate->mutex);
}

static void
release (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->released = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static GTask *
make_task (LinkageDatabaseThread *thread, GCancellable *cancellable, gpointer data, Outcome *outcome)
{
  GTask *task = g_task_new (thread, cancellable, on_done, outcome);

  g_task_set_task_data (task, data, NULL);

  return task;
}

static void
test_order (void)
{
  Outcome outcome = { 0 };
  LinkageDatabaseThread *thread = start (":memory:");
  gint64 sums[100];

  for (int i = 0; i < 100; i++)
    {
      linkage_database_thread_write (thread, LINKAGE_DATABASE_REPEATABLE,
                                     make_task (thread, NULL, GINT_TO_POINTER (i + 1), &outcome), insert);
      linkage_database_thread_read (thread, make_task (thread, NULL, &sums[i], &outcome), sum);
    }
  wait_for (&outcome, 200);
  g_assert_no_error (outcome.error);

  for (int i = 0; i < 100; i++)
    g_assert_cmpint (sums[i], ==, (i + 1) * (i + 2) / 2);

  close_and_finalize (thread, &outcome);
}

static void
test_rollback (void)
{
  Outcome outcome = { 0 };
  LinkageDatabaseThread *thread = start (":memory:");
  gint64 result = -1;

  linkage_database_thread_write (thread, LINKAGE_DATABASE_DURABLE,
                                 make_task (thread, NULL, GINT_TO_POINTER (1), &outcome), insert_twice);
  wait_for (&outcome, 1);
  g_assert_error (outcome.error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_CONSTRAINT);

  linkage_database_thread_read (thread, make_task (thread, NULL, &result, &outcome), sum);
  wait_for (&outcome, 2);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (result, ==, 0);

  close_and_finalize (thread, &outcome);
}

static void
test_interrupt_read (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 deadline = g_get_monotonic_time () + DEADLINE * G_USEC_PER_SEC;
  Outcome outcome = { 0 };
  LinkageDatabaseThread *thread = start (":memory:");
  int started = FALSE;

  linkage_database_thread_read (thread, make_task (thread, cancellable, &started, &outcome), count_for_ever);
  while (!g_atomic_int_get (&started))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_thread_yield ();
    }
  g_cancellable_cancel (cancellable);
  wait_for (&outcome, 1);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);

  close_and_finalize (thread, &outcome);
}

static void
test_cancel_in_queue (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome gated = { 0 };
  Outcome dropped = { 0 };
  Outcome last = { 0 };
  Gate gate = { 0 };
  LinkageDatabaseThread *thread = start (":memory:");
  gint64 result = -1;
  int started = FALSE;

  linkage_database_thread_write (thread, LINKAGE_DATABASE_DURABLE, make_task (thread, cancellable, &gate, &gated),
                                 insert_behind_gate);
  linkage_database_thread_read (thread, make_task (thread, cancellable, &started, &dropped), count_for_ever);
  linkage_database_thread_read (thread, make_task (thread, NULL, &result, &last), sum);
  wait_until_started (&gate);

  /* The write has begun: it is not taken back, and says so. What waits behind it with the same cancellable is. */
  g_cancellable_cancel (cancellable);
  release (&gate);
  wait_for (&gated, 1);
  g_assert_no_error (gated.error);
  wait_for (&dropped, 1);
  g_assert_error (dropped.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (started);
  wait_for (&last, 1);
  g_assert_cmpint (result, ==, 1);

  g_clear_error (&dropped.error);
  close_and_finalize (thread, &last);
}

static void
test_close_drains (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "drained.db", NULL);
  g_autoptr (GError) error = NULL;
  Outcome outcome = { 0 };
  Outcome late = { 0 };
  gint64 result = 0;
  LinkageDatabaseThread *thread;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  thread = start (path);
  for (int i = 0; i < 50; i++)
    linkage_database_thread_write (thread, LINKAGE_DATABASE_REPEATABLE,
                                   make_task (thread, NULL, GINT_TO_POINTER (i + 1), &outcome), insert);
  linkage_database_thread_close_async (thread, on_closed, &outcome);
  linkage_database_thread_read (thread, make_task (thread, NULL, &result, &late), sum);
  wait_for (&late, 1);
  g_assert_error (late.error, G_IO_ERROR, G_IO_ERROR_CLOSED);
  g_clear_error (&late.error);
  wait_for (&outcome, 51);
  g_assert_no_error (outcome.error);
  g_assert_finalize_object (thread);

  thread = start (path);
  linkage_database_thread_read (thread, make_task (thread, NULL, &result, &outcome), sum);
  wait_for (&outcome, 52);
  g_assert_cmpint (result, ==, 50 * 51 / 2);

  /* Letting go without a close is no loss either. */
  g_assert_finalize_object (thread);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/thread/order", test_order);
  g_test_add_func ("/thread/rollback", test_rollback);
  g_test_add_func ("/thread/interrupt-read", test_interrupt_read);
  g_test_add_func ("/thread/cancel-in-queue", test_cancel_in_queue);
  g_test_add_func ("/thread/close-drains", test_close_drains);

  return g_test_run ();
}
