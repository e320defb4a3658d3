/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-outbox-pusher.h"

#include "linkage-account-error-private.h"
#include "linkage-outbox.h"
#include "linkage-proof-solver.h"

struct _LinkageOutboxPusher
{
  GObject parent_instance;

  LinkageStore *store;   /* (owned) */
  LinkageClient *client; /* (owned) */
};

enum
{
  SIGNAL_REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gint64 now;
  gint64 due;
  GHashTable *handled;         /* (owned) (element-type utf8 utf8): keys that had their turn */
  LinkageOperation *operation; /* (owned) (nullable): the one whose turn it is, as it is stored */
  gboolean verified_anew;      /* a refused verification of it was passed again */
  GError *deferred;            /* (owned) (nullable): why the first of those that wait for another pass does */
} Push;

static void push_next (GTask *task);

G_DEFINE_FINAL_TYPE (LinkageOutboxPusher, linkage_outbox_pusher, G_TYPE_OBJECT)

static void
push_free (Push *push)
{
  g_clear_pointer (&push->handled, g_hash_table_unref);
  g_clear_pointer (&push->operation, linkage_operation_unref);
  g_clear_error (&push->deferred);
  g_free (push);
}

static void
defer (Push *push, GError *error)
{
  if (push->deferred == NULL)
    push->deferred = error;
  else
    g_error_free (error);
}

/* The operation's turn is over: the row and the operation are written, or neither is. */
static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!linkage_store_complete_finish (LINKAGE_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    push_next (g_steal_pointer (&task));
}

static void
complete (GTask *task, LinkageConnection *connection, LinkageAccountInfo *account)
{
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);

  linkage_store_complete_async (self->store, push->operation->key, connection, account, NULL, on_completed, task);
}

static void
on_set_aside (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_update_operation_finish (LINKAGE_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (push->operation->state == LINKAGE_OPERATION_REFUSED)
    g_signal_emit (self, signals[SIGNAL_REFUSED], 0, push->operation);
  push_next (g_steal_pointer (&task));
}

/* It stays in the outbox, but is not sent again by itself. */
static void
set_aside (GTask *task, LinkageOperationState state, const char *type, const char *detail)
{
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  LinkageOperation *changed = linkage_operation_copy (push->operation);

  changed->state = state;
  g_clear_pointer (&changed->challenge_session, g_free);
  g_free (changed->refusal_type);
  changed->refusal_type = g_strdup (type);
  g_free (changed->refusal_detail);
  changed->refusal_detail = g_strdup (detail);

  linkage_operation_unref (push->operation);
  push->operation = changed;
  linkage_store_update_operation_async (self->store, changed, NULL, on_set_aside, task);
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
  LinkageOutboxPusher *self = g_task_get_source_object (task);
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
  linkage_store_complete_async (self->store, NULL, problem->connection, NULL, NULL, on_refusing_row_written, refusal);
}

static void send_operation (GTask *task);

static void
on_verified_anew (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Push *push = g_task_get_task_data (task);
  LinkageOperation *changed;
  GError *error = NULL;
  char *session = linkage_proof_solver_pass_finish (LINKAGE_CLIENT (source), result, &error);

  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_VERIFICATION))
    {
      g_error_free (error);
      set_aside (g_steal_pointer (&task), LINKAGE_OPERATION_VERIFICATION_NEEDED, NULL, NULL);
      return;
    }
  if (session == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  changed = linkage_operation_copy (push->operation);
  g_free (changed->challenge_session);
  changed->challenge_session = session;
  linkage_operation_unref (push->operation);
  push->operation = changed;
  send_operation (g_steal_pointer (&task));
}

/* A verification that ran out while the request waited is passed again, once, where the program can do so by itself. */
static void
verify_anew (GTask *task)
{
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  LinkageActions action =
    push->operation->kind == LINKAGE_OPERATION_REQUEST ? LINKAGE_ACTIONS_REQUEST : LINKAGE_ACTIONS_RESEND;

  if (push->verified_anew)
    {
      set_aside (task, LINKAGE_OPERATION_VERIFICATION_NEEDED, NULL, NULL);
      return;
    }

  push->verified_anew = TRUE;
  linkage_proof_solver_pass_async (self->client, action, push->operation->customer_id, NULL, NULL,
                                   g_task_get_cancellable (task), on_verified_anew, task);
}

static gboolean
is_still_running (const GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);

  return problem != NULL && problem->status == 409;
}

/* What the portal said of this request alone leaves the others in their turn. */
static void
take_error (GTask *task, GError *error)
{
  g_autoptr (GError) owned = error;
  Push *push = g_task_get_task_data (task);

  if (error->domain != LINKAGE_REMOTE_ERROR)
    {
      g_task_return_error (task, g_steal_pointer (&owned));
      g_object_unref (task);
      return;
    }
  if (is_still_running (error))
    {
      defer (push, g_steal_pointer (&owned));
      push_next (task);
      return;
    }

  switch ((LinkageRemoteError)error->code)
    {
    case LINKAGE_REMOTE_ERROR_REFUSED:
    case LINKAGE_REMOTE_ERROR_INVALID_FIELDS:
    case LINKAGE_REMOTE_ERROR_NOT_FOUND:
    case LINKAGE_REMOTE_ERROR_ROLE_REQUIRED:
      refuse (task, error);
      return;

    case LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED:
      push->due = G_MAXINT64;
      refuse (task, error);
      return;

    case LINKAGE_REMOTE_ERROR_CHALLENGE:
      verify_anew (task);
      return;

    case LINKAGE_REMOTE_ERROR_SERVER:
    case LINKAGE_REMOTE_ERROR_INVALID_REPLY:
    case LINKAGE_REMOTE_ERROR_TOO_LARGE:
      defer (push, g_steal_pointer (&owned));
      push_next (task);
      return;

    case LINKAGE_REMOTE_ERROR_UNREACHABLE:
    case LINKAGE_REMOTE_ERROR_CERTIFICATE:
    case LINKAGE_REMOTE_ERROR_INSECURE:
    case LINKAGE_REMOTE_ERROR_INVALID_ADDRESS:
    case LINKAGE_REMOTE_ERROR_NOT_A_PORTAL:
    case LINKAGE_REMOTE_ERROR_UNAUTHORIZED:
    case LINKAGE_REMOTE_ERROR_STATE_UNUSABLE:
    case LINKAGE_REMOTE_ERROR_TRY_LATER:
    default:
      g_task_return_error (task, g_steal_pointer (&owned));
      g_object_unref (task);
      return;
    }
}

/* The portal answers a replay as it did the first time: rows have revisions, but what is left of quotas may be old. */
static gboolean
is_replay (const LinkageOperation *operation)
{
  return operation->tries > 1;
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Push *push = g_task_get_task_data (task);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageAccountInfo) account = NULL;
  GError *error = NULL;

  connection = linkage_client_send_finish (LINKAGE_CLIENT (source), result, &account, &error);
  if (connection == NULL)
    take_error (g_steal_pointer (&task), error);
  else
    complete (g_steal_pointer (&task), connection, is_replay (push->operation) ? NULL : account);
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
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
      push_next (g_steal_pointer (&task));
      return;
    }

  linkage_client_send_async (self->client, push->operation, g_task_get_cancellable (task), on_sent,
                             g_object_ref (task));
}

static char *
dup_epoch (LinkageOutboxPusher *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (self->store);

  return info != NULL ? g_strdup (info->epoch) : NULL;
}

/* That it is being sent is durable before it goes out: after a crash it is replayed, not sent as new. */
static void
send_operation (GTask *task)
{
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  LinkageOperation *changed = linkage_operation_copy (push->operation);

  changed->state = LINKAGE_OPERATION_SENDING;
  changed->tries++;
  if (changed->epoch == NULL)
    changed->epoch = dup_epoch (self);

  linkage_operation_unref (push->operation);
  push->operation = changed;
  linkage_store_update_operation_async (self->store, changed, NULL, on_marked, task);
}

static void
give_back (GTask *task)
{
  set_aside (task, LINKAGE_OPERATION_REFUSED, LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN, NULL);
}

static void
judge_by_row (GTask *task, LinkageConnection *connection)
{
  Push *push = g_task_get_task_data (task);

  if (linkage_outbox_is_shown_by (push->operation, connection))
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
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autofree char *connection_id = NULL;

  if (push->operation->connection_id == NULL)
    connection = linkage_store_get_connection_of_customer (self->store, push->operation->customer_id, NULL);
  connection_id = g_strdup (connection != NULL ? connection->id : push->operation->connection_id);
  if (connection_id == NULL)
    {
      give_back (task);
      return;
    }

  linkage_client_get_connection_async (self->client, connection_id, g_task_get_cancellable (task), on_row_read, task);
}

static void
return_deferred (GTask *task)
{
  Push *push = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&push->deferred), (GDestroyNotify)g_error_free);
}

static void
push_next (GTask *owned_task)
{
  g_autoptr (GTask) task = owned_task;
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  g_autoptr (GPtrArray) operations = NULL;
  g_autofree char *epoch = NULL;
  LinkageOperation *next;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  operations = linkage_store_list_operations (self->store, &error);
  if (operations == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  next = linkage_outbox_pick (operations, push->due, push->handled);
  if (next == NULL)
    {
      return_deferred (task);
      return;
    }

  g_hash_table_add (push->handled, g_strdup (next->key));
  g_clear_pointer (&push->operation, linkage_operation_unref);
  push->operation = linkage_operation_ref (next);
  push->verified_anew = FALSE;

  epoch = dup_epoch (self);
  if (linkage_outbox_may_send (next, push->now, epoch))
    send_operation (g_steal_pointer (&task));
  else
    look_up (g_steal_pointer (&task));
}

static void
linkage_outbox_pusher_dispose (GObject *object)
{
  LinkageOutboxPusher *self = LINKAGE_OUTBOX_PUSHER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (linkage_outbox_pusher_parent_class)->dispose (object);
}

static void
linkage_outbox_pusher_class_init (LinkageOutboxPusherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linkage_outbox_pusher_dispose;

  /**
   * LinkageOutboxPusher::refused:
   * @self: the pusher
   * @operation: what was refused, with its refusal
   *
   * The portal refused something for good. It stays in the outbox.
   */
  signals[SIGNAL_REFUSED] = g_signal_new ("refused", LINKAGE_TYPE_OUTBOX_PUSHER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, LINKAGE_TYPE_OPERATION);
}

static void
linkage_outbox_pusher_init (LinkageOutboxPusher *self)
{
}

/**
 * linkage_outbox_pusher_new:
 * @store: whose outbox
 * @client: to where
 *
 * Makes what sends an outbox.
 *
 * Returns: (transfer full): the pusher
 */
LinkageOutboxPusher *
linkage_outbox_pusher_new (LinkageStore *store, LinkageClient *client)
{
  LinkageOutboxPusher *self;

  g_return_val_if_fail (LINKAGE_IS_STORE (store), NULL);
  g_return_val_if_fail (LINKAGE_IS_CLIENT (client), NULL);

  self = g_object_new (LINKAGE_TYPE_OUTBOX_PUSHER, NULL);
  self->store = g_object_ref (store);
  self->client = g_object_ref (client);

  return self;
}

/**
 * linkage_outbox_pusher_push_async:
 * @self: a pusher
 * @now: Unix seconds by the portal's clock
 * @due: Unix seconds by this machine's clock: what may be sent then is sent; %G_MAXINT64: everything
 * @cancellable: (nullable): a cancellable; what was cut off stays and is replayed
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Sends what is due, oldest first, one after the other, each under its own key.
 */
void
linkage_outbox_pusher_push_async (LinkageOutboxPusher *self,
                                  gint64 now,
                                  gint64 due,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task;
  Push *push;

  g_return_if_fail (LINKAGE_IS_OUTBOX_PUSHER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_outbox_pusher_push_async);
  push = g_new0 (Push, 1);
  push->now = now;
  push->due = due;
  push->handled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, push, (GDestroyNotify)push_free);

  push_next (task);
}

/**
 * linkage_outbox_pusher_push_finish:
 * @self: a pusher
 * @result: the result that the callback was given
 * @deferred: (out) (optional) (nullable): why something was sent and waits for another pass, where something does
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_outbox_pusher_push_async() began.
 *
 * Returns: %TRUE when all that was due had its turn; %FALSE with @error set when the rest was not tried: a
 *   %LINKAGE_REMOTE_ERROR, a %LINKAGE_STORE_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_outbox_pusher_push_finish (LinkageOutboxPusher *self, GAsyncResult *result, GError **deferred, GError **error)
{
  g_autoptr (GError) waits = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  waits = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (deferred != NULL)
    *deferred = g_steal_pointer (&waits);

  return TRUE;
}
