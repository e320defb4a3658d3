/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-challenge-waiter.h"

#include "linkage-account-error-private.h"
#include "linkage-backoff.h"
#include "linkage-patience.h"

#define USUAL_INTERVAL 5 /* seconds, as in RFC 8628, where the portal says none */

typedef struct
{
  LinkageChallenge *challenge;       /* (owned): as the portal gave it first */
  LinkageVerification *verification; /* (owned) */
  GSource *wake;                     /* (owned) (nullable): null while the portal is asked */
  LinkageBackoff backoff;
  gboolean was_asked; /* the person wants to know */
} Waiting;

static void
waiting_free (Waiting *waiting)
{
  g_clear_pointer (&waiting->wake, g_source_unref);
  g_clear_pointer (&waiting->challenge, linkage_challenge_unref);
  g_clear_object (&waiting->verification);
  g_free (waiting);
}

static void
return_unpassed (GTask *task, const char *message)
{
  g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_VERIFICATION, NULL, NULL, message));
}

static void
stop_sleeping (Waiting *waiting)
{
  if (waiting->wake != NULL)
    g_source_destroy (waiting->wake);
  g_clear_pointer (&waiting->wake, g_source_unref);
}

static void look (GTask *task);

static gboolean
on_wake (gpointer user_data)
{
  GTask *task = user_data;
  Waiting *waiting = g_task_get_task_data (task);

  g_clear_pointer (&waiting->wake, g_source_unref);
  if (!g_task_return_error_if_cancelled (task))
    look (task);

  return G_SOURCE_REMOVE;
}

/* Seconds by the portal's clock, which every reply tells. */
static gint64
get_time_left (GTask *task)
{
  Waiting *waiting = g_task_get_task_data (task);
  gint64 offset = linkage_client_get_clock_offset (g_task_get_source_object (task), NULL);

  return waiting->challenge->expires_at - offset - g_get_real_time () / G_USEC_PER_SEC;
}

/* Wakes up earlier where it is cancelled, or the session runs out. */
static void
sleep_for (GTask *task, guint milliseconds)
{
  Waiting *waiting = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 left = MAX (get_time_left (task), 0) * 1000;

  waiting->wake = g_timeout_source_new ((guint)MIN (milliseconds, left));
  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (waiting->wake, cancelled);
    }
  g_task_attach_source (task, waiting->wake, on_wake);
}

static guint
get_interval (const LinkageChallenge *challenge)
{
  return challenge->interval > 0 ? challenge->interval * 1000 : linkage_patience_shorten (USUAL_INTERVAL * 1000);
}

static gboolean
is_worth_another_look (const GError *error)
{
  return g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNREACHABLE) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER) ||
         g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_SERVER);
}

static void
take_error (GTask *task, GError *error)
{
  Waiting *waiting = g_task_get_task_data (task);
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);

  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      return_unpassed (task, "The portal has forgotten the verification");
      return;
    }
  if (!is_worth_another_look (error))
    {
      g_task_return_error (task, error);
      return;
    }

  sleep_for (task, linkage_backoff_fail (&waiting->backoff, problem != NULL ? problem->retry_after : 0,
                                         g_get_monotonic_time ()));
  g_error_free (error);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Waiting *waiting = g_task_get_task_data (task);
  gboolean was_asked = waiting->was_asked;
  g_autoptr (LinkageChallenge) challenge = NULL;
  GError *error = NULL;

  waiting->was_asked = FALSE;
  challenge = linkage_client_get_challenge_finish (LINKAGE_CLIENT (source), result, &error);
  if (challenge == NULL)
    {
      take_error (task, error);
      return;
    }

  switch (challenge->status)
    {
    case LINKAGE_CHALLENGE_PASSED:
      g_task_return_pointer (task, g_strdup (challenge->id), g_free);
      break;
    case LINKAGE_CHALLENGE_PENDING:
      linkage_backoff_succeed (&waiting->backoff);
      sleep_for (task, get_interval (challenge));
      if (was_asked)
        linkage_verification_note_not_yet (waiting->verification);
      break;
    case LINKAGE_CHALLENGE_EXPIRED:
    case LINKAGE_CHALLENGE_USED:
    default:
      return_unpassed (task, "The verification in the browser has run out");
      break;
    }
}

static void
look (GTask *task)
{
  Waiting *waiting = g_task_get_task_data (task);
  LinkageClient *client = g_task_get_source_object (task);

  if (get_time_left (task) <= 0)
    {
      return_unpassed (task, "The verification in the browser has run out");
      return;
    }

  linkage_client_get_challenge_async (client, waiting->challenge->id, g_task_get_cancellable (task), on_looked,
                                      g_object_ref (task));
}

static void
on_check_asked (LinkageVerification *verification, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  Waiting *waiting = g_task_get_task_data (task);

  waiting->was_asked = TRUE;
  /* A portal that wants to be left alone is. */
  if (waiting->wake == NULL || linkage_backoff_get_obedience (&waiting->backoff, g_get_monotonic_time ()) > 0)
    return;

  stop_sleeping (waiting);
  look (task);
}

/**
 * linkage_challenge_waiter_wait_async:
 * @client: the portal
 * @challenge: a session that a browser passes
 * @verification: on its way
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is passed, or cannot be any more
 * @user_data: data for @callback
 *
 * Waits for a browser: looks at the session as often as the portal lets it, less often while it does not answer, and at
 * once when the person says that it is done. Ends when the session runs out.
 */
void
linkage_challenge_waiter_wait_async (LinkageClient *client,
                                     LinkageChallenge *challenge,
                                     LinkageVerification *verification,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Waiting *waiting;

  g_return_if_fail (LINKAGE_IS_CLIENT (client));
  g_return_if_fail (challenge != NULL && challenge->page != NULL);
  g_return_if_fail (LINKAGE_IS_VERIFICATION (verification));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_challenge_waiter_wait_async);
  waiting = g_new0 (Waiting, 1);
  waiting->challenge = linkage_challenge_ref (challenge);
  waiting->verification = g_object_ref (verification);
  g_task_set_task_data (task, waiting, (GDestroyNotify)waiting_free);
  g_signal_connect_object (verification, "check-asked", G_CALLBACK (on_check_asked), task, 0);

  sleep_for (task, get_interval (challenge));
  linkage_verification_set_page (verification, challenge->provider, challenge->page);
}

/**
 * linkage_challenge_waiter_wait_finish:
 * @client: the portal
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_challenge_waiter_wait_async() began.
 *
 * Returns: (transfer full) (nullable): the passed session's id; %NULL with @error set:
 * %LINKAGE_ACCOUNT_ERROR_VERIFICATION when it has run out, a %LINKAGE_REMOTE_ERROR or %G_IO_ERROR_CANCELLED
 */
char *
linkage_challenge_waiter_wait_finish (LinkageClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
