/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-sync-private.h"

#include "linkage-outbox.h"
#include "linkage-patience.h"
#include "linkage-remote-error.h"

#define POLL_INTERVAL (5 * 60 * 1000) /* milliseconds: stands in for the event stream */

static gboolean
on_retry (gpointer user_data)
{
  LinkageSync *self = user_data;

  self->retry_id = 0;
  linkage_sync_request (self);

  return G_SOURCE_REMOVE;
}

static void
retry_in (LinkageSync *self, guint milliseconds)
{
  g_clear_handle_id (&self->retry_id, g_source_remove);
  self->retry_id = g_timeout_add (milliseconds, on_retry, self);
}

/**
 * linkage_sync_retry_after_error:
 * @self: a sync
 * @error: why a pass, or a part of it, failed
 *
 * Sees to it that a pass begins later: when the portal said, else after a time that grows.
 */
void
linkage_sync_retry_after_error (LinkageSync *self, const GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);
  guint retry_after = problem != NULL ? problem->retry_after : 0;

  if (self->closed)
    return;

  retry_in (self, linkage_backoff_fail (&self->backoff, retry_after, g_get_monotonic_time ()));
}

/**
 * linkage_sync_is_put_off:
 * @self: a sync
 *
 * Tells whether the portal wants to be left alone still; then a pass begins once it does not.
 *
 * Returns: %TRUE while it does
 */
gboolean
linkage_sync_is_put_off (LinkageSync *self)
{
  guint left = linkage_backoff_get_obedience (&self->backoff, g_get_monotonic_time ());

  if (left == 0)
    return FALSE;

  retry_in (self, left);
  return TRUE;
}

static gboolean
on_due (gpointer user_data)
{
  LinkageSync *self = user_data;

  self->due_id = 0;
  linkage_sync_request (self);

  return G_SOURCE_REMOVE;
}

/**
 * linkage_sync_schedule_due:
 * @self: a sync
 *
 * Sees to it that a pass begins when the next operation is due.
 */
void
linkage_sync_schedule_due (LinkageSync *self)
{
  g_autoptr (GPtrArray) operations = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 due;

  g_clear_handle_id (&self->due_id, g_source_remove);
  if (self->closed)
    return;

  operations = linkage_store_list_operations (self->store, &error);
  if (operations == NULL)
    {
      g_warning ("The outbox cannot be read: %s", error->message);
      return;
    }

  due = linkage_outbox_get_next_due (operations, now);
  if (due == 0)
    return;

  self->due_id = g_timeout_add ((guint)(due - now) * 1000, on_due, self);
}

static gboolean
on_poll (gpointer user_data)
{
  LinkageSync *self = user_data;

  if (!linkage_sync_is_listening (self) && self->state != LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED &&
      self->state != LINKAGE_ACCOUNT_STATE_REMOVED)
    {
      self->is_deaf = FALSE;
      linkage_sync_request (self);
    }

  return G_SOURCE_CONTINUE;
}

static void
on_network_changed (LinkageSync *self, gboolean available, GNetworkMonitor *monitor)
{
  if (self->is_local)
    return;

  if (!available)
    linkage_sync_take_offline (self);
  else if (self->state != LINKAGE_ACCOUNT_STATE_REMOVED)
    linkage_sync_request (self);
}

/**
 * linkage_sync_start_schedule:
 * @self: a sync
 *
 * Begins to watch the network, and to poll while there is no event stream.
 */
void
linkage_sync_start_schedule (LinkageSync *self)
{
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), self,
                           G_CONNECT_SWAPPED);
  self->poll_id = g_timeout_add (linkage_patience_shorten (POLL_INTERVAL), on_poll, self);
}

/**
 * linkage_sync_stop_schedule:
 * @self: a sync
 *
 * Stops everything that could begin a pass by itself.
 */
void
linkage_sync_stop_schedule (LinkageSync *self)
{
  g_signal_handlers_disconnect_by_func (g_network_monitor_get_default (), on_network_changed, self);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->due_id, g_source_remove);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  linkage_sync_stop_listening (self);
}

static void
on_stream_state (LinkageSync *self, const char *state, LinkageEventStream *stream)
{
  g_autofree char *known = linkage_store_dup_state (self->store);

  if (g_strcmp0 (known, state) != 0)
    linkage_sync_request (self);
}

static void
on_stream_refused (LinkageSync *self, const GError *error, LinkageEventStream *stream)
{
  g_info ("The event stream was refused: %s", error->message);
  self->is_deaf = TRUE;
  linkage_sync_stop_listening (self);
  linkage_sync_request (self);
}

/* A stream that is cut off may be all that tells of a portal that is gone, one that comes again that it is back. */
static void
on_stream_connected (LinkageSync *self, GParamSpec *pspec, LinkageEventStream *stream)
{
  if (!linkage_event_stream_get_connected (stream) || self->state == LINKAGE_ACCOUNT_STATE_UNREACHABLE)
    linkage_sync_request (self);
}

/**
 * linkage_sync_listen:
 * @self: a sync
 *
 * Listens to the portal's event stream, if it does not already.
 */
void
linkage_sync_listen (LinkageSync *self)
{
  if (self->stream != NULL || self->is_deaf)
    return;

  self->stream = linkage_event_stream_new (self->api, linkage_client_get_account_id (self->client), self->source);
  g_signal_connect_object (self->stream, "state", G_CALLBACK (on_stream_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "refused", G_CALLBACK (on_stream_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stream, "notify::connected", G_CALLBACK (on_stream_connected), self,
                           G_CONNECT_SWAPPED);
  linkage_event_stream_start (self->stream);
}

/**
 * linkage_sync_stop_listening:
 * @self: a sync
 *
 * Lets the event stream go.
 */
void
linkage_sync_stop_listening (LinkageSync *self)
{
  g_autoptr (LinkageEventStream) stream = g_steal_pointer (&self->stream);

  if (stream == NULL)
    return;

  g_signal_handlers_disconnect_by_data (stream, self);
  linkage_event_stream_stop (stream);
}

/**
 * linkage_sync_is_listening:
 * @self: a sync
 *
 * Tells whether the event stream is connected: what changes on the portal comes by itself.
 *
 * Returns: %TRUE while it is
 */
gboolean
linkage_sync_is_listening (LinkageSync *self)
{
  g_return_val_if_fail (LINKAGE_IS_SYNC (self), FALSE);

  return self->stream != NULL && linkage_event_stream_get_connected (self->stream);
}
