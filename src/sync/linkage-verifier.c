/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-verifier.h"

#include "linkage-account-error-private.h"
#include "linkage-challenge-waiter.h"
#include "linkage-proof-solver.h"

static void
return_session (GTask *task, char *session, GError *error)
{
  g_autoptr (GTask) owned_task = task;

  if (session == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, session, g_free);
}

static void
on_solved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  char *session = linkage_proof_solver_solve_finish (LINKAGE_CLIENT (source), result, &error);

  return_session (user_data, session, error);
}

static void
on_waited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  char *session = linkage_challenge_waiter_wait_finish (LINKAGE_CLIENT (source), result, &error);

  return_session (user_data, session, error);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageClient *client = LINKAGE_CLIENT (source);
  LinkageVerification *verification = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (LinkageChallenge) challenge = NULL;
  GError *error = NULL;

  challenge = linkage_client_create_challenge_finish (client, result, &error);
  if (challenge == NULL)
    g_task_return_error (task, error);
  else if (challenge->proof_of_work != NULL)
    linkage_proof_solver_solve_async (client, challenge, verification, cancellable, on_solved, g_object_ref (task));
  else if (verification != NULL)
    linkage_challenge_waiter_wait_async (client, challenge, verification, cancellable, on_waited, g_object_ref (task));
  else
    g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_VERIFICATION, NULL, NULL,
                                                          "The portal asks for a verification that needs a browser"));
}

/**
 * linkage_verifier_pass_async:
 * @client: the portal
 * @action: %LINKAGE_ACTIONS_REQUEST or %LINKAGE_ACTIONS_RESEND
 * @customer_id: for whom
 * @verification: (nullable): on its way, for who shows it; %NULL where nobody is there who could open a browser
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks the portal for a human verification bound to one action, and passes it as the portal wants it: by proof of work,
 * or by waiting for a browser.
 */
void
linkage_verifier_pass_async (LinkageClient *client,
                             LinkageActions action,
                             const char *customer_id,
                             LinkageVerification *verification,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task;

  g_return_if_fail (LINKAGE_IS_CLIENT (client));
  g_return_if_fail (customer_id != NULL);
  g_return_if_fail (verification == NULL || LINKAGE_IS_VERIFICATION (verification));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_verifier_pass_async);
  if (verification != NULL)
    g_task_set_task_data (task, g_object_ref (verification), g_object_unref);

  linkage_client_create_challenge_async (client, action, customer_id, cancellable, on_created, task);
}

/**
 * linkage_verifier_pass_finish:
 * @client: the portal
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_verifier_pass_async() began.
 *
 * Returns: (transfer full) (nullable): the passed session's id; %NULL with @error set: a %LINKAGE_REMOTE_ERROR,
 *   %G_IO_ERROR_CANCELLED or %LINKAGE_ACCOUNT_ERROR_VERIFICATION when it cannot be passed here, or was not in time
 */
char *
linkage_verifier_pass_finish (LinkageClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
