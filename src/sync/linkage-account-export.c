/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-data.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <unistd.h>

#include "linkage-account-error-private.h"
#include "linkage-account-folder.h"
#include "linkage-store-export.h"

typedef struct
{
  char *folder;                          /* (owned) */
  char *id;                              /* (owned) */
  GFile *file;                           /* (owned): where it goes */
  LinkageAccountExportProgress progress; /* (nullable) */
  gpointer progress_data;                /* (unowned) */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_free (export->folder);
  g_free (export->id);
  g_object_unref (export->file);
  g_free (export);
}

typedef struct
{
  GTask *task; /* (owned) */
  double fraction;
} Progress;

static void
progress_free (gpointer data)
{
  Progress *progress = data;

  g_object_unref (progress->task);
  g_free (progress);
}

static gboolean
report_progress (gpointer user_data)
{
  const Progress *progress = user_data;
  const Export *export = g_task_get_task_data (progress->task);

  /* Who cancelled may be gone. */
  if (!g_cancellable_is_cancelled (g_task_get_cancellable (progress->task)))
    export->progress (progress->fraction, export->progress_data);

  return G_SOURCE_REMOVE;
}

/* In the order of the task's return: nothing is reported after it. */
static void
on_progress (guint64 n_done, guint64 n_rows, gpointer user_data)
{
  GTask *task = user_data;
  const Export *export = g_task_get_task_data (task);
  Progress *progress;

  if (export->progress == NULL)
    return;

  progress = g_new (Progress, 1);
  *progress = (Progress){ g_object_ref (task), (double)n_done / (double)n_rows };
  g_main_context_invoke_full (g_task_get_context (task), g_task_get_priority (task), report_progress, progress,
                              progress_free);
}

/* (transfer full) (nullable): beside the file, so that it can take its place in one step */
static GFile *
make_temporary (GFile *file, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".%s.%.8s.part", base, id);

  if (folder != NULL)
    return g_file_get_child (folder, name);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, g_strerror (EISDIR));

  return NULL;
}

static gboolean
make_durable (GOutputStream *stream, GError **error)
{
  int number;

  if (!G_IS_FILE_DESCRIPTOR_BASED (stream) ||
      fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) == 0)
    return TRUE;

  number = errno;
  g_set_error_literal (error, G_IO_ERROR, (int)g_io_error_from_errno (number), g_strerror (number));

  return FALSE;
}

static gboolean
write_temporary (GTask *task, GFile *temporary, GError **error)
{
  const Export *export = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *store = g_build_filename (export->folder, "store.sqlite", NULL);
  g_auto (GStrv) settings = linkage_account_folder_read_settings (export->folder, export->id);
  g_autoptr (GFileOutputStream) stream = g_file_create (temporary, G_FILE_CREATE_PRIVATE, cancellable, error);

  return stream != NULL &&
         linkage_store_export_write (store, (const char *const *)settings, G_OUTPUT_STREAM (stream), on_progress, task,
                                     cancellable, error) &&
         make_durable (G_OUTPUT_STREAM (stream), error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

static void
export_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Export *export = task_data;
  GError *error = NULL;
  g_autoptr (GFile) temporary = make_temporary (export->file, &error);

  if (temporary != NULL && write_temporary (task, temporary, &error) &&
      g_file_move (temporary, export->file, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (temporary != NULL)
    g_file_delete (temporary, NULL, NULL);
  if (error->domain == G_IO_ERROR)
    g_task_return_error (task, error);
  else
    linkage_account_error_return (task, error);
}

/**
 * linkage_account_export_async:
 * @self: an open account
 * @file: where it goes; what is there is replaced
 * @progress: (nullable) (scope notified): called on the main thread now and then until the callback runs, unless
 *   @cancellable is cancelled
 * @progress_data: data for @progress
 * @cancellable: (nullable): a cancellable; what was at @file stays then
 * @callback: what to call when the file is whole and durable
 * @user_data: data for @callback
 *
 * Writes all that is kept of an account, but for its token, as one JSON document that only its owner may read. The
 * document is what the store was at one instant; the account goes on meanwhile.
 */
void
linkage_account_export_async (LinkageAccount *self,
                              GFile *file,
                              LinkageAccountExportProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (G_IS_FILE (file));

  export = g_new0 (Export, 1);
  export->folder = g_strdup (linkage_account_get_folder (self));
  export->id = g_strdup (linkage_account_get_id (self));
  export->file = g_object_ref (file);
  export->progress = progress;
  export->progress_data = progress_data;

  /* The thread may be the last to let the task go, which therefore has no source object to take along. */
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_export_async);
  g_task_set_task_data (task, export, export_free);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * linkage_account_export_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_export_async() began.
 *
 * Returns: %TRUE when the file is whole; %FALSE with @error set, and the file as it was: %G_IO_ERROR of the file, its
 *   sentence being the system's, or _CANCELLED; or one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
