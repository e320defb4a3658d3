/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-sync-private.h"

#include "linkage-account-error-private.h"
#include "linkage-outbox.h"
#include "linkage-puller.h"
#include "linkage-remote-error.h"

static void
return_refreshes (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (error != NULL)
        g_task_return_error (task, linkage_account_error_from (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Nothing that the portal could tell changes this. */
static gboolean
needs_a_person (LinkageAccountState state)
{
  return state == LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED || state == LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED ||
         state == LINKAGE_ACCOUNT_STATE_REMOVED;
}

static void
end_pass (LinkageSync *self, GError *owned_error)
{
  g_autoptr (LinkageSync) kept = g_object_ref (self);
  g_autoptr (GError) error = owned_error;
  g_autoptr (GError) deferred = g_steal_pointer (&self->deferred);
  g_autoptr (GPtrArray) done = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  linkage_sync_take_result (self, error);
  if (error == NULL && deferred != NULL)
    linkage_sync_retry_after_error (self, deferred);
  else if (error == NULL)
    linkage_backoff_succeed (&self->backoff);

  linkage_sync_set_busy (self, FALSE);
  return_refreshes (done, error);

  if (self->closed)
    {
      linkage_sync_push_for_closing (self);
      return;
    }

  if (self->state == LINKAGE_ACCOUNT_STATE_READY)
    linkage_sync_listen (self);
  else if (needs_a_person (self->state))
    linkage_sync_stop_listening (self);
  linkage_sync_schedule_due (self);
  if (self->waiting_next->len > 0 && !self->busy)
    linkage_sync_begin_pass (self);
  else if (self->wanted)
    linkage_sync_request (self);
}

/* The account is no more, which error says: what it does not answer now it never will. */
typedef struct
{
  LinkageSync *self; /* (owned) */
  GError *error;     /* (owned) */
} Farewell;

static void
farewell_free (Farewell *farewell)
{
  g_object_unref (farewell->self);
  g_clear_error (&farewell->error);
  g_free (farewell);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Farewell, farewell_free)

static void
on_outbox_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Farewell) farewell = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_outbox_pusher_push_finish (LINKAGE_OUTBOX_PUSHER (source), result, NULL, &error))
    g_info ("The outbox of an account that was merged is closed later: %s", error->message);

  end_pass (farewell->self, g_steal_pointer (&farewell->error));
}

static void
close_outbox (Farewell *farewell)
{
  LinkageSync *self = farewell->self;

  linkage_outbox_pusher_close_async (self->pusher, linkage_sync_get_now (self), self->push_cancellable,
                                     on_outbox_closed, farewell);
}

static void
on_merged_into_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_store_set_merged_into_finish (LINKAGE_STORE (source), result, &error))
    g_info ("Into which account this one was merged is asked again later: %s", error->message);

  close_outbox (user_data);
}

/* error: (transfer full) */
static void
take_farewell (LinkageSync *self, GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);
  Farewell *farewell = g_new0 (Farewell, 1);

  farewell->self = g_object_ref (self);
  farewell->error = error;
  if (problem != NULL && problem->merged_into != NULL)
    linkage_store_set_merged_into_async (self->store, problem->merged_into, NULL, on_merged_into_written, farewell);
  else
    close_outbox (farewell);
}

/* error: (transfer full) */
static void
fail_pass (LinkageSync *self, GError *error)
{
  if (g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED))
    take_farewell (self, error);
  else
    end_pass (self, error);
}

static void
on_pulled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSync) self = user_data;
  GError *error = NULL;

  if (linkage_puller_pull_finish (LINKAGE_STORE (source), result, &error))
    end_pass (self, NULL);
  else
    fail_pass (self, error);
}

static void
on_pushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSync) self = user_data;
  GError *error = NULL;

  if (!linkage_outbox_pusher_push_finish (LINKAGE_OUTBOX_PUSHER (source), result, &self->deferred, &error))
    {
      end_pass (self, error);
      return;
    }

  linkage_puller_pull_async (self->store, self->client, self->pull_cancellable, on_pulled, g_object_ref (self));
}

static void
push (LinkageSync *self)
{
  linkage_outbox_pusher_push_async (self->pusher, linkage_sync_get_now (self), g_get_real_time () / G_USEC_PER_SEC,
                                    self->push_cancellable, on_pushed, g_object_ref (self));
}

static void
on_pulled_first (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSync) self = user_data;
  GError *error = NULL;

  if (!linkage_puller_pull_finish (LINKAGE_STORE (source), result, &error))
    fail_pass (self, error);
  else
    push (self);
}

/**
 * linkage_sync_begin_pass:
 * @self: a sync that is not busy
 *
 * Begins one pass: what is due is sent, then what changed is read.
 */
void
linkage_sync_begin_pass (LinkageSync *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  GPtrArray *former = self->waiting;
  GError *error = NULL;

  g_assert (!self->busy);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->wanted = FALSE;
  self->waiting = self->waiting_next;
  self->waiting_next = former;
  linkage_sync_set_busy (self, TRUE);

  if (self->source == NULL)
    {
      end_pass (self, g_error_new_literal (LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED,
                                           "There is no token for this account"));
      return;
    }

  operations = linkage_store_list_operations (self->store, &error);
  if (operations == NULL)
    {
      end_pass (self, error);
      return;
    }

  /* Whether the portal still knows the key of what it never answered depends on its epoch: that is asked first. */
  if (linkage_outbox_has_unanswered (operations))
    linkage_puller_pull_async (self->store, self->client, self->pull_cancellable, on_pulled_first, g_object_ref (self));
  else
    push (self);
}

static void
end_closing (LinkageSync *self, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->closing);

  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->has_ended = TRUE;
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (error != NULL)
    g_info ("What waits is sent at the next start: %s", error->message);

  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

static void
on_pushed_for_closing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSync) self = user_data;
  g_autoptr (GError) error = NULL;

  linkage_outbox_pusher_push_finish (LINKAGE_OUTBOX_PUSHER (source), result, NULL, &error);
  end_closing (self, error);
}

static void
push_all (LinkageSync *self)
{
  linkage_outbox_pusher_push_async (self->pusher, linkage_sync_get_now (self), G_MAXINT64, self->push_cancellable,
                                    on_pushed_for_closing, g_object_ref (self));
}

static void
on_pulled_for_closing (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSync) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_puller_pull_finish (LINKAGE_STORE (source), result, &error))
    end_closing (self, error);
  else
    push_all (self);
}

/**
 * linkage_sync_push_for_closing:
 * @self: a sync that is closing and not busy
 *
 * Sends what waits, also what could still be undone: nobody is there to do so. As in a pass, the portal's epoch is
 * asked before anything is replayed. Where the portal did not answer a moment ago, it is not asked again: what waits
 * stays durable.
 */
void
linkage_sync_push_for_closing (LinkageSync *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;

  if (self->state != LINKAGE_ACCOUNT_STATE_READY && self->state != LINKAGE_ACCOUNT_STATE_STARTING)
    g_cancellable_cancel (self->push_cancellable);

  operations = linkage_store_list_operations (self->store, &error);
  if (operations == NULL)
    end_closing (self, error);
  else if (linkage_outbox_has_unanswered (operations))
    linkage_puller_pull_async (self->store, self->client, self->push_cancellable, on_pulled_for_closing,
                               g_object_ref (self));
  else
    push_all (self);
}
