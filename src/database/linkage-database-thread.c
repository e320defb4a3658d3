/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-database"

#include "linkage-database-thread.h"

#include "linkage-database-private.h"

struct _LinkageDatabaseThread
{
  GObject parent_instance;

  GAsyncQueue *queue; /* (owned) (element-type Work) */
  GThread *thread;    /* (owned) (nullable): null once joined */
  gboolean closed;
};

typedef enum
{
  WORK_READ,
  WORK_WRITE,
  WORK_CLOSE,
} WorkKind;

typedef struct
{
  WorkKind kind;
  LinkageDatabaseDurability durability;
  LinkageDatabaseJob job; /* (nullable): null for closing */
  GTask *task;            /* (owned) (nullable): null when the object goes without having been closed */
  gboolean success;
  GError *error; /* (owned) (nullable) */
} Work;

typedef struct
{
  GAsyncQueue *queue;        /* (owned) */
  LinkageDatabase *database; /* (owned) */
} ThreadData;

G_DEFINE_FINAL_TYPE (LinkageDatabaseThread, linkage_database_thread, G_TYPE_OBJECT)

static Work *
work_new (WorkKind kind, GTask *task, LinkageDatabaseJob job)
{
  Work *work = g_new0 (Work, 1);

  work->kind = kind;
  work->task = task;
  work->job = job;

  return work;
}

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->task);
  g_clear_error (&work->error);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static gboolean
complete (gpointer user_data)
{
  Work *work = user_data;

  if (work->kind == WORK_CLOSE)
    {
      LinkageDatabaseThread *self = g_task_get_source_object (work->task);

      g_thread_join (g_steal_pointer (&self->thread));
    }

  if (work->success)
    g_task_return_boolean (work->task, TRUE);
  else
    g_task_return_error (work->task, g_steal_pointer (&work->error));

  return G_SOURCE_REMOVE;
}

/* The task is returned and let go where it was made: its last reference may be the last of its source object, whose
 * end waits for this thread. */
static void
send_back (Work *work)
{
  g_autoptr (GSource) source = NULL;

  if (work->task == NULL)
    {
      work_free (work);
      return;
    }

  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (work->task));
  g_source_set_static_name (source, "linkage-database-thread");
  g_source_set_callback (source, complete, work, work_free);
  g_source_attach (source, g_task_get_context (work->task));
}

static gboolean
run_read (Work *work, LinkageDatabase *database)
{
  gboolean success;

  linkage_database_set_cancellable (database, g_task_get_cancellable (work->task));
  success = work->job (database, g_task_get_task_data (work->task), &work->error);
  linkage_database_set_cancellable (database, NULL);

  return success;
}

static gboolean
run_write (Work *work, LinkageDatabase *database)
{
  if (linkage_database_begin (database, work->durability, &work->error) &&
      work->job (database, g_task_get_task_data (work->task), &work->error) &&
      linkage_database_commit (database, &work->error))
    return TRUE;

  linkage_database_rollback (database);

  return FALSE;
}

static gboolean
run (Work *work, LinkageDatabase *database)
{
  if (work->kind == WORK_CLOSE)
    return linkage_database_close (database, &work->error);

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (work->task), &work->error))
    return FALSE;

  return work->kind == WORK_READ ? run_read (work, database) : run_write (work, database);
}

static gpointer
thread_main (gpointer user_data)
{
  ThreadData *data = user_data;
  gboolean closing;

  do
    {
      Work *work = g_async_queue_pop (data->queue);

      closing = work->kind == WORK_CLOSE;
      work->success = run (work, data->database);
      if (closing)
        g_clear_object (&data->database);
      send_back (work);
      if (!closing)
        linkage_database_checkpoint (data->database);
    }
  while (!closing);

  g_async_queue_unref (data->queue);
  g_free (data);

  return NULL;
}

static void
linkage_database_thread_finalize (GObject *object)
{
  LinkageDatabaseThread *self = LINKAGE_DATABASE_THREAD (object);

  /* Not closed: what was given to the thread is done all the same. Its tasks hold a reference to whoever gave them. */
  if (self->thread != NULL)
    {
      g_async_queue_push (self->queue, work_new (WORK_CLOSE, NULL, NULL));
      g_thread_join (g_steal_pointer (&self->thread));
    }
  g_async_queue_unref (self->queue);

  G_OBJECT_CLASS (linkage_database_thread_parent_class)->finalize (object);
}

static void
linkage_database_thread_class_init (LinkageDatabaseThreadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linkage_database_thread_finalize;
}

static void
linkage_database_thread_init (LinkageDatabaseThread *self)
{
  self->queue = g_async_queue_new_full (work_free);
}

/**
 * linkage_database_thread_new:
 * @name: the thread's, for debuggers
 * @database: (transfer full): not to be used by anybody else from now on
 *
 * Returns: (transfer full): a running thread
 */
LinkageDatabaseThread *
linkage_database_thread_new (const char *name, LinkageDatabase *database)
{
  LinkageDatabaseThread *self;
  ThreadData *data;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (LINKAGE_IS_DATABASE (database), NULL);

  linkage_database_defer_checkpoints (database);
  self = g_object_new (LINKAGE_TYPE_DATABASE_THREAD, NULL);
  data = g_new0 (ThreadData, 1);
  data->queue = g_async_queue_ref (self->queue);
  data->database = database;
  self->thread = g_thread_new (name, thread_main, data);

  return self;
}

static void
push (LinkageDatabaseThread *self, Work *work)
{
  if (!self->closed)
    {
      g_async_queue_push (self->queue, work);
      return;
    }

  g_task_return_new_error (work->task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The database was closed");
  work_free (work);
}

/**
 * linkage_database_thread_read:
 * @task: (transfer full): returned as a boolean in its own main context; @job finds its data in the task's data
 * @job: (scope async)
 *
 * Queues a job that only reads. Cancelling the task's cancellable drops the job, or interrupts it.
 *
 * The task fails with the job's error, G_IO_ERROR_CANCELLED, or G_IO_ERROR_CLOSED after a close.
 */
void
linkage_database_thread_read (LinkageDatabaseThread *self, GTask *task, LinkageDatabaseJob job)
{
  g_return_if_fail (LINKAGE_IS_DATABASE_THREAD (self));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (job != NULL);

  push (self, work_new (WORK_READ, task, job));
}

/**
 * linkage_database_thread_write:
 * @durability: whether a power cut may take it back
 * @task: (transfer full): returned as a boolean in its own main context once the transaction was committed
 * @job: (scope async): runs inside a transaction, which is rolled back when it returns %FALSE
 *
 * Queues a job that writes. Cancelling drops it only while it waits in the queue; a write that began reports its true
 * outcome.
 *
 * The task fails with the job's error, LINKAGE_DATABASE_ERROR, G_IO_ERROR_CANCELLED, or G_IO_ERROR_CLOSED.
 */
void
linkage_database_thread_write (LinkageDatabaseThread *self,
                               LinkageDatabaseDurability durability,
                               GTask *task,
                               LinkageDatabaseJob job)
{
  Work *work;

  g_return_if_fail (LINKAGE_IS_DATABASE_THREAD (self));
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (job != NULL);

  g_task_set_check_cancellable (task, FALSE);
  work = work_new (WORK_WRITE, task, job);
  work->durability = durability;
  push (self, work);
}

/**
 * linkage_database_thread_close_async:
 *
 * Takes no more jobs, does all that wait, closes the connection and joins the thread.
 */
void
linkage_database_thread_close_async (LinkageDatabaseThread *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (LINKAGE_IS_DATABASE_THREAD (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_database_thread_close_async);
  push (self, work_new (WORK_CLOSE, g_steal_pointer (&task), NULL));
  self->closed = TRUE;
}

/**
 * linkage_database_thread_close_finish:
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CLOSED when it was closed before
 */
gboolean
linkage_database_thread_close_finish (LinkageDatabaseThread *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_DATABASE_THREAD (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
