/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-operation-sender.h"

#include "linkage-account-error-private.h"
#include "linkage-outbox.h"
#include "linkage-verifier.h"

typedef struct
{
  LinkageClient *client;       /* (owned) */
  LinkageOperation *operation; /* (owned): as it is stored */
  gboolean verified_anew;      /* a refused verification was passed again */
} Sending;

static void send_operation (GTask *task);
static void take_error (GTask *task, GError *error);

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->client);
  g_clear_pointer (&sending->operation, linkage_operation_unref);
  g_free (sending);
}

static void
return_done (GTask *task)
{
  g_task_return_pointer (task, NULL, NULL);
}

/* It has left the outbox, and the row shows what became of it. */
static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    return_done (task);
}

static void
complete (GTask *task, LinkageConnection *connection, LinkageAccountInfo *account)
{
  Sending *sending = g_task_get_task_data (task);

  linkage_store_complete_async (g_task_get_source_object (task), sending->operation->key, connection, account, NULL,
                                on_completed, task);
}

static void
on_set_aside (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_update_operation_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (sending->operation->state == LINKAGE_OPERATION_REFUSED)
    g_task_return_pointer (task, linkage_operation_ref (sending->operation), (GDestroyNotify)linkage_operation_unref);
  else
    return_done (task);
}

/* It stays in the outbox, but is not sent again by itself. */
static void
set_aside (GTask *task, LinkageOperationState state, const char *type, const char *detail)
{
  Sending *sending = g_task_get_task_data (task);
  LinkageOperation *changed = linkage_operation_copy (sending->operation);

  changed->state = state;
  g_clear_pointer (&changed->challenge_session, g_free);
  g_free (changed->refusal_type);
  changed->refusal_type = g_strdup (type);
  g_free (changed->refusal_detail);
  changed->refusal_detail = g_strdup (detail);

  linkage_operation_unref (sending->operation);
  sending->operation = changed;
  linkage_store_update_operation_async (g_task_get_source_object (task), changed, NULL, on_set_aside, task);
}

typedef struct
{
  GTask *task;  /* (owned) */
  char *type;   /* (owned) (nullable) */
  char *detail; /* (owned) (nullable) */
} Refusal;

static void
refusal_free (Refusal *refusal)
{
  g_clear_object (&refusal->task);
  g_clear_pointer (&refusal->type, g_free);
  g_clear_pointer (&refusal->detail, g_free);
  g_free (refusal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Refusal, refusal_free)

static void
on_refusing_row_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Refusal) refusal = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    {
      g_task_return_error (refusal->task, error);
      return;
    }

  set_aside (g_steal_pointer (&refusal->task), LINKAGE_OPERATION_REFUSED, refusal->type, refusal->detail);
}

static gboolean
is_colleague_faster (const LinkageProblem *problem)
{
  return problem != NULL &&
         (g_strcmp0 (problem->type, "already-pending") == 0 || g_strcmp0 (problem->type, "already-connected") == 0);
}

static void
refuse (GTask *task, const GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);
  g_autofree char *detail = linkage_account_error_dup_problem_detail (problem);
  Refusal *refusal;

  if (is_colleague_faster (problem))
    {
      complete (task, problem->connection, NULL);
      return;
    }
  if (problem == NULL || problem->connection == NULL)
    {
      set_aside (task, LINKAGE_OPERATION_REFUSED, problem != NULL ? problem->type : NULL, detail);
      return;
    }

  refusal = g_new0 (Refusal, 1);
  refusal->task = task;
  refusal->type = g_strdup (problem->type);
  refusal->detail = g_steal_pointer (&detail);
  linkage_store_complete_async (g_task_get_source_object (task), NULL, problem->connection, NULL, NULL,
                                on_refusing_row_written, refusal);
}

static void
on_verified_anew (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  LinkageOperation *changed;
  GError *error = NULL;
  char *session = linkage_verifier_pass_finish (LINKAGE_CLIENT (source), result, &error);

  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_VERIFICATION))
    {
      g_error_free (error);
      set_aside (g_steal_pointer (&task), LINKAGE_OPERATION_VERIFICATION_NEEDED, NULL, NULL);
      return;
    }
  if (session == NULL)
    {
      take_error (g_steal_pointer (&task), error);
      return;
    }

  changed = linkage_operation_copy (sending->operation);
  g_free (changed->challenge_session);
  changed->challenge_session = session;
  linkage_operation_unref (sending->operation);
  sending->operation = changed;
  send_operation (g_steal_pointer (&task));
}

/* A verification that ran out while the request waited is passed again, once, where the program can do so by itself. */
static void
verify_anew (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  LinkageActions action =
    sending->operation->kind == LINKAGE_OPERATION_REQUEST ? LINKAGE_ACTIONS_REQUEST : LINKAGE_ACTIONS_RESEND;

  if (sending->verified_anew)
    {
      set_aside (task, LINKAGE_OPERATION_VERIFICATION_NEEDED, NULL, NULL);
      return;
    }

  sending->verified_anew = TRUE;
  linkage_verifier_pass_async (sending->client, action, sending->operation->customer_id, NULL,
                               g_task_get_cancellable (task), on_verified_anew, task);
}

/* Anything that is no answer to this request leaves it in the outbox, to be replayed. */
static void
take_error (GTask *task, GError *error)
{
  g_autoptr (GError) owned_error = error;

  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_REFUSED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_FIELDS) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ROLE_REQUIRED) ||
      g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED))
    {
      refuse (task, error);
      return;
    }
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_CHALLENGE))
    {
      verify_anew (task);
      return;
    }

  g_task_return_error (task, g_steal_pointer (&owned_error));
  g_object_unref (task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  GError *error = NULL;

  connection = linkage_client_send_finish (LINKAGE_CLIENT (source), result, &account, &error);
  if (connection == NULL)
    take_error (g_steal_pointer (&task), error);
  else if (!g_str_equal (connection->customer->id, sending->operation->customer_id))
    g_task_return_new_error (task, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY,
                             "The reply is about another customer");
  else
    complete (g_steal_pointer (&task), connection, account);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_update_operation_finish (LINKAGE_STORE (source), result, &error))
    {
      if (!g_error_matches (error, LINKAGE_STORE_ERROR, LINKAGE_STORE_ERROR_NOT_FOUND))
        {
          g_task_return_error (task, error);
          return;
        }

      g_debug ("An operation was undone before it was sent");
      g_error_free (error);
      return_done (task);
      return;
    }

  linkage_client_send_async (sending->client, sending->operation, g_task_get_cancellable (task), on_sent,
                             g_object_ref (task));
}

static char *
dup_epoch (LinkageStore *store)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (store);

  return info != NULL ? g_strdup (info->epoch) : NULL;
}

/* That it is being sent is durable before it goes out: after a crash it is replayed, not sent as new. */
static void
send_operation (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  LinkageOperation *changed = linkage_operation_copy (sending->operation);

  changed->state = LINKAGE_OPERATION_SENDING;
  changed->tries++;
  if (changed->epoch == NULL)
    changed->epoch = dup_epoch (g_task_get_source_object (task));

  linkage_operation_unref (sending->operation);
  sending->operation = changed;
  linkage_store_update_operation_async (g_task_get_source_object (task), changed, NULL, on_marked, task);
}

static void
give_back (GTask *task)
{
  set_aside (task, LINKAGE_OPERATION_REFUSED, LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN, NULL);
}

static void
judge_by_row (GTask *task, LinkageConnection *connection)
{
  Sending *sending = g_task_get_task_data (task);

  if (linkage_outbox_is_shown_by (sending->operation, connection))
    complete (task, connection, NULL);
  else
    give_back (task);
}

static void
on_row_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (LinkageConnection) connection = NULL;
  GError *error = NULL;

  connection = linkage_client_get_connection_finish (LINKAGE_CLIENT (source), result, &error);
  if (connection != NULL)
    {
      judge_by_row (g_steal_pointer (&task), connection);
      return;
    }
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED))
    {
      take_error (g_steal_pointer (&task), error);
      return;
    }
  if (!g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  give_back (g_steal_pointer (&task));
}

/* The portal may have forgotten the key: sent again it could count twice, so the row is asked instead. A request from a
 * search knew no row; where there is one now, the read that came before the push brought it. */
static void
look_up (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autofree char *connection_id = NULL;

  if (sending->operation->connection_id == NULL)
    connection =
      linkage_store_get_connection_of_customer (g_task_get_source_object (task), sending->operation->customer_id, NULL);
  connection_id = g_strdup (connection != NULL ? connection->id : sending->operation->connection_id);
  if (connection_id == NULL)
    {
      give_back (task);
      return;
    }

  linkage_client_get_connection_async (sending->client, connection_id, g_task_get_cancellable (task), on_row_read,
                                       task);
}

/**
 * linkage_operation_sender_send_async:
 * @store: in whose outbox the operation is
 * @client: to where
 * @operation: what is due
 * @now: Unix seconds by the portal's clock
 * @cancellable: (nullable): a cancellable; what was cut off stays and is replayed
 * @callback: what to call when it had its turn
 * @user_data: data for @callback
 *
 * Sends one operation under its key and writes what the portal answers. One that the portal may have forgotten is not
 * sent again: its row tells what became of it.
 */
void
linkage_operation_sender_send_async (LinkageStore *store,
                                     LinkageClient *client,
                                     LinkageOperation *operation,
                                     gint64 now,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *epoch = NULL;
  Sending *sending;
  GTask *task;

  g_return_if_fail (LINKAGE_IS_STORE (store));
  g_return_if_fail (LINKAGE_IS_CLIENT (client));
  g_return_if_fail (operation != NULL);

  sending = g_new0 (Sending, 1);
  sending->client = g_object_ref (client);
  sending->operation = linkage_operation_ref (operation);
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_operation_sender_send_async);
  g_task_set_task_data (task, sending, (GDestroyNotify)sending_free);

  epoch = dup_epoch (store);
  if (linkage_outbox_may_send (operation, now, epoch))
    send_operation (task);
  else
    look_up (task);
}

/**
 * linkage_operation_sender_send_finish:
 * @store: in whose outbox the operation is
 * @result: the result that the callback was given
 * @refused: (out) (nullable): the operation with its refusal, where the portal refused it for good
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_operation_sender_send_async() began.
 *
 * Returns: %TRUE when it was answered, undone or waits for the person; %FALSE with @error set when it stays to be
 *   replayed: a %LINKAGE_REMOTE_ERROR, a %LINKAGE_STORE_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_operation_sender_send_finish (LinkageStore *store,
                                      GAsyncResult *result,
                                      LinkageOperation **refused,
                                      GError **error)
{
  GError *failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  *refused = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, failure);
  return FALSE;
}
