/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-proof-solver.h"

#include "linkage-account-error-private.h"

#define PROGRESS_INTERVAL 100 /* milliseconds */

typedef struct
{
  LinkageChallenge *challenge;       /* (owned) */
  LinkageVerification *verification; /* (owned) (nullable) */
  int permille;                      /* atomic: written by the solving thread */
  guint progress_id;
} Solving;

static void
solving_free (Solving *solving)
{
  g_clear_handle_id (&solving->progress_id, g_source_remove);
  g_clear_pointer (&solving->challenge, linkage_challenge_unref);
  g_clear_object (&solving->verification);
  g_free (solving);
}

static gboolean
report_progress (gpointer user_data)
{
  Solving *solving = user_data;

  linkage_verification_set_fraction (solving->verification, g_atomic_int_get (&solving->permille) / 1000.0);

  return G_SOURCE_CONTINUE;
}

static void
note_progress (double fraction, gpointer user_data)
{
  Solving *solving = user_data;

  g_atomic_int_set (&solving->permille, (int)(CLAMP (fraction, 0.0, 1.0) * 1000));
}

static void
solve_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Solving *solving = task_data;
  GError *error = NULL;
  char *payload =
    linkage_proof_of_work_solve (solving->challenge->proof_of_work, note_progress, solving, cancellable, &error);

  if (payload == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, payload, g_free);
}

static void
return_unpassed (GTask *task, const char *message)
{
  g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_VERIFICATION, NULL, NULL, message));
}

static void
on_accepted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkageChallenge) challenge = NULL;
  GError *error = NULL;

  challenge = linkage_client_solve_challenge_finish (LINKAGE_CLIENT (source), result, &error);
  if (challenge == NULL)
    g_task_return_error (task, error);
  else if (challenge->status != LINKAGE_CHALLENGE_PASSED)
    return_unpassed (task, "The portal did not accept the proof of work");
  else
    g_task_return_pointer (task, g_strdup (challenge->id), g_free);
}

static void
on_solved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Solving *solving = g_task_get_task_data (task);
  g_autofree char *payload = NULL;
  GError *error = NULL;

  g_clear_handle_id (&solving->progress_id, g_source_remove);

  payload = g_task_propagate_pointer (G_TASK (result), &error);
  if (payload == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (solving->verification != NULL)
    linkage_verification_set_fraction (solving->verification, 1.0);
  linkage_client_solve_challenge_async (LINKAGE_CLIENT (source), solving->challenge->id, payload,
                                        g_task_get_cancellable (task), on_accepted, g_object_ref (task));
}

/**
 * linkage_proof_solver_solve_async:
 * @client: the portal
 * @challenge: a session that a proof of work passes
 * @verification: (nullable): on its way, for who shows how far it is
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Finds the proof of work in a thread and sends it.
 */
void
linkage_proof_solver_solve_async (LinkageClient *client,
                                  LinkageChallenge *challenge,
                                  LinkageVerification *verification,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) thread_task = NULL;
  Solving *solving;

  g_return_if_fail (LINKAGE_IS_CLIENT (client));
  g_return_if_fail (challenge != NULL && challenge->proof_of_work != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_proof_solver_solve_async);
  solving = g_new0 (Solving, 1);
  solving->challenge = linkage_challenge_ref (challenge);
  if (verification != NULL)
    {
      solving->verification = g_object_ref (verification);
      solving->progress_id = g_timeout_add (PROGRESS_INTERVAL, report_progress, solving);
    }
  g_task_set_task_data (task, solving, (GDestroyNotify)solving_free);

  thread_task = g_task_new (client, cancellable, on_solved, g_object_ref (task));
  g_task_set_source_tag (thread_task, solve_in_thread);
  g_task_set_task_data (thread_task, solving, NULL);
  g_task_run_in_thread (thread_task, solve_in_thread);
}

/**
 * linkage_proof_solver_solve_finish:
 * @client: the portal
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_proof_solver_solve_async() began.
 *
 * Returns: (transfer full) (nullable): the passed session's id; %NULL with @error set: a %LINKAGE_REMOTE_ERROR,
 *   %G_IO_ERROR_CANCELLED or %LINKAGE_ACCOUNT_ERROR_VERIFICATION when the portal does not accept it
 */
char *
linkage_proof_solver_solve_finish (LinkageClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
