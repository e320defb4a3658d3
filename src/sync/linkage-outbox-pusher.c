/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-outbox-pusher.h"

#include "linkage-operation-sender.h"
#include "linkage-outbox.h"

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
  gboolean is_gone;    /* the account is no more: everything is answered now */
  GHashTable *handled; /* (owned) (element-type utf8 utf8): keys that had their turn */
  GError *deferred;    /* (owned) (nullable): why the first of those that wait for another pass does */
} Push;

static void push_next (GTask *task);

G_DEFINE_FINAL_TYPE (LinkageOutboxPusher, linkage_outbox_pusher, G_TYPE_OBJECT)

static void
push_free (Push *push)
{
  g_clear_pointer (&push->handled, g_hash_table_unref);
  g_clear_error (&push->deferred);
  g_free (push);
}

/* What the portal said of one request alone leaves the others in their turn. Who cannot be reached, wants to be left
 * alone or does not know us says so to all of them. */
static gboolean
concerns_one_alone (const GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);

  if (error->domain != LINKAGE_REMOTE_ERROR)
    return FALSE;
  if (problem != NULL && problem->status == 409)
    return TRUE;

  return !g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNREACHABLE) &&
         !g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_CERTIFICATE) &&
         !g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED) &&
         !g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_TRY_LATER);
}

static void
take_refusal (LinkageOutboxPusher *self, Push *push, LinkageOperation *operation)
{
  /* What is not due yet, or waits for a person, is refused with the rest. */
  push->is_gone |= g_strcmp0 (operation->refusal_type, "account-merged") == 0;

  g_signal_emit (self, signals[SIGNAL_REFUSED], 0, operation);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageOutboxPusher *self = g_task_get_source_object (task);
  Push *push = g_task_get_task_data (task);
  g_autoptr (LinkageOperation) refused = NULL;
  g_autoptr (GError) error = NULL;

  if (!linkage_operation_sender_send_finish (LINKAGE_STORE (source), result, &refused, &error))
    {
      if (!concerns_one_alone (error))
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      if (push->deferred == NULL)
        push->deferred = g_steal_pointer (&error);
    }

  if (refused != NULL)
    take_refusal (self, push, refused);
  push_next (g_steal_pointer (&task));
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

  next = push->is_gone ? linkage_outbox_pick_unanswered (operations, push->handled)
                       : linkage_outbox_pick (operations, push->due, push->handled);
  if (next == NULL)
    {
      return_deferred (task);
      return;
    }

  g_hash_table_add (push->handled, g_strdup (next->key));
  linkage_operation_sender_send_async (self->store, self->client, next, push->now, g_task_get_cancellable (task),
                                       on_sent, g_object_ref (task));
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

static void
push_async (LinkageOutboxPusher *self,
            gint64 now,
            gint64 due,
            gboolean is_gone,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Push *push = g_new0 (Push, 1);

  g_task_set_source_tag (task, linkage_outbox_pusher_push_async);
  push->now = now;
  push->due = due;
  push->is_gone = is_gone;
  push->handled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, push, (GDestroyNotify)push_free);

  push_next (task);
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
  g_return_if_fail (LINKAGE_IS_OUTBOX_PUSHER (self));

  push_async (self, now, due, FALSE, cancellable, callback, user_data);
}

/**
 * linkage_outbox_pusher_close_async:
 * @self: a pusher
 * @now: Unix seconds by the portal's clock
 * @cancellable: (nullable): a cancellable; what was cut off stays and is replayed
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Has an account that is no more answer everything that is not answered: what it had accepted it still says, the rest
 * it refuses. To be ended with linkage_outbox_pusher_push_finish().
 */
void
linkage_outbox_pusher_close_async (LinkageOutboxPusher *self,
                                   gint64 now,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_OUTBOX_PUSHER (self));

  push_async (self, now, G_MAXINT64, TRUE, cancellable, callback, user_data);
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
