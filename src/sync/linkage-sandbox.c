/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "config.h"

#include "linkage-sandbox.h"

#include <glib/gstdio.h>

#include "linkage-account-error-private.h"
#include "linkage-sandbox-greeting.h"
#include "linkage-time-limit.h"

#define TIME_LIMIT 20 /* seconds */
#define PROGRAM "linkage-portal"

struct _LinkageSandbox
{
  GObject parent_instance;

  GSubprocess *process;             /* (owned) (nullable): it ends when the pipe that is its standard input does */
  LinkageSandboxGreeting *greeting; /* (owned) (nullable): null until it listens */
  char *folder;                     /* (owned) (nullable) */
};

typedef struct
{
  LinkageSandbox *sandbox;      /* (owned) */
  GDataInputStream *output;     /* (owned) */
  LinkageTimeLimit *time_limit; /* (owned) */
} Start;

G_DEFINE_FINAL_TYPE (LinkageSandbox, linkage_sandbox, G_TYPE_OBJECT)

static void
start_free (Start *start)
{
  g_clear_object (&start->sandbox);
  g_clear_object (&start->output);
  g_clear_pointer (&start->time_limit, linkage_time_limit_free);
  g_free (start);
}

static GError *
new_error (const char *message)
{
  return linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_SANDBOX, NULL, NULL, message);
}

static char *
find_in_build_folder (void)
{
  g_autofree char *executable = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = NULL;

  if (executable == NULL)
    return NULL;

  folder = g_path_get_dirname (executable);
  return g_build_filename (folder, "..", "portal", PROGRAM, NULL);
}

static char *
find_program (void)
{
  const char *chosen = g_getenv ("LINKAGE_PORTAL");
  g_autofree char *built = NULL;

  if (chosen != NULL && *chosen != '\0')
    return g_strdup (chosen);

  built = find_in_build_folder ();
  if (built != NULL && g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);

  return g_build_filename (BINDIR, PROGRAM, NULL);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_unlink (path) != 0)
        g_info ("%s cannot be removed", path);
    }

  if (g_rmdir (folder) != 0)
    g_info ("%s cannot be removed", folder);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Start *start = g_task_get_task_data (task);
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;

  line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (line == NULL)
    {
      g_task_return_error (task, new_error (error != NULL ? error->message : "The portal ended at once"));
      return;
    }

  start->sandbox->greeting = linkage_sandbox_greeting_parse (line, &error);
  if (start->sandbox->greeting == NULL)
    g_task_return_error (task, new_error (error->message));
  else
    g_task_return_pointer (task, g_steal_pointer (&start->sandbox), g_object_unref);
}

static void
linkage_sandbox_dispose (GObject *object)
{
  LinkageSandbox *self = LINKAGE_SANDBOX (object);

  if (self->process != NULL)
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_clear_object (&self->process);

  G_OBJECT_CLASS (linkage_sandbox_parent_class)->dispose (object);
}

static void
linkage_sandbox_finalize (GObject *object)
{
  LinkageSandbox *self = LINKAGE_SANDBOX (object);

  if (self->folder != NULL)
    remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->greeting, linkage_sandbox_greeting_free);

  G_OBJECT_CLASS (linkage_sandbox_parent_class)->finalize (object);
}

static void
linkage_sandbox_class_init (LinkageSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linkage_sandbox_dispose;
  object_class->finalize = linkage_sandbox_finalize;
}

static void
linkage_sandbox_init (LinkageSandbox *self)
{
}

static LinkageSandbox *
spawn (GError **error)
{
  g_autoptr (LinkageSandbox) self = g_object_new (LINKAGE_TYPE_SANDBOX, NULL);
  g_autofree char *program = find_program ();
  g_autoptr (GError) reason = NULL;

  self->folder = g_dir_make_tmp ("linkage-sandbox-XXXXXX", &reason);
  if (self->folder != NULL)
    self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &reason, program,
                                      "--sandbox", "--database", ":memory:", "--exit-with-stdin", NULL);
  if (self->process == NULL)
    {
      g_propagate_error (error, new_error (reason->message));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * linkage_sandbox_start_async:
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it listens, after 20 seconds at most
 * @user_data: data for @callback
 *
 * Starts the bundled portal with made-up data: the program that the environment variable `LINKAGE_PORTAL` names, else
 * the one that was built with this program, else the installed one.
 */
void
linkage_sandbox_start_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  LinkageSandbox *sandbox;
  Start *start;
  GError *error = NULL;

  g_task_set_source_tag (task, linkage_sandbox_start_async);

  sandbox = spawn (&error);
  if (sandbox == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  start = g_new0 (Start, 1);
  start->sandbox = sandbox;
  start->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (sandbox->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (start->output), FALSE);
  start->time_limit = linkage_time_limit_new (TIME_LIMIT, cancellable);
  g_task_set_task_data (task, start, (GDestroyNotify)start_free);

  g_data_input_stream_read_line_async (start->output, G_PRIORITY_DEFAULT,
                                       linkage_time_limit_get_cancellable (start->time_limit), on_line,
                                       g_object_ref (task));
}

/**
 * linkage_sandbox_start_finish:
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_sandbox_start_async() began.
 *
 * Returns: (transfer full) (nullable): the sandbox, which ends with its last reference; %NULL with @error set:
 *   %LINKAGE_ACCOUNT_ERROR_SANDBOX or %G_IO_ERROR_CANCELLED
 */
LinkageSandbox *
linkage_sandbox_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_sandbox_get_address:
 * @self: a sandbox
 *
 * Gets where the portal listens.
 *
 * Returns: (transfer none): its address
 */
const char *
linkage_sandbox_get_address (LinkageSandbox *self)
{
  g_return_val_if_fail (LINKAGE_IS_SANDBOX (self), NULL);

  return self->greeting->address;
}

/**
 * linkage_sandbox_get_token:
 * @self: a sandbox
 * @as_user: %TRUE: of one without the Admin role
 *
 * Gets what signs in to the portal.
 *
 * Returns: (transfer none): a token
 */
const char *
linkage_sandbox_get_token (LinkageSandbox *self, gboolean as_user)
{
  g_return_val_if_fail (LINKAGE_IS_SANDBOX (self), NULL);

  return as_user ? self->greeting->user_token : self->greeting->admin_token;
}

/**
 * linkage_sandbox_get_folder:
 * @self: a sandbox
 *
 * Gets the folder that is removed with the sandbox.
 *
 * Returns: (transfer none): an existing folder
 */
const char *
linkage_sandbox_get_folder (LinkageSandbox *self)
{
  g_return_val_if_fail (LINKAGE_IS_SANDBOX (self), NULL);

  return self->folder;
}
