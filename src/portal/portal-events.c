/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-events.h"

#include <string.h>

#include "linkage-rules.h"
#include "portal-accounts.h"
#include "portal-changes.h"
#include "portal-stream.h"
#include "portal-transitions.h"

struct _PortalEvents
{
  GObject parent_instance;

  PortalStore *store;         /* (owned) */
  const PortalLimits *limits; /* (unowned): the server's */
  GPtrArray *streams;         /* (owned) (element-type PortalStream) */
  guint comment_id;           /* source, 0 while no stream is open */
};

G_DEFINE_FINAL_TYPE (PortalEvents, portal_events, G_TYPE_OBJECT)

static gboolean
on_comment_due (gpointer user_data)
{
  PortalEvents *self = PORTAL_EVENTS (user_data);
  guint i;

  portal_events_refresh (self);
  for (i = 0; i < self->streams->len; i++)
    portal_stream_send_comment (g_ptr_array_index (self->streams, i));

  return G_SOURCE_CONTINUE;
}

static void
on_stream_ended (PortalEvents *self, PortalStream *stream)
{
  g_ptr_array_remove_fast (self->streams, stream);
  if (self->streams->len == 0)
    g_clear_handle_id (&self->comment_id, g_source_remove);
}

static void
portal_events_dispose (GObject *object)
{
  PortalEvents *self = PORTAL_EVENTS (object);

  g_clear_handle_id (&self->comment_id, g_source_remove);
  if (self->streams != NULL)
    g_ptr_array_set_size (self->streams, 0);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (portal_events_parent_class)->dispose (object);
}

static void
portal_events_finalize (GObject *object)
{
  PortalEvents *self = PORTAL_EVENTS (object);

  g_clear_pointer (&self->streams, g_ptr_array_unref);

  G_OBJECT_CLASS (portal_events_parent_class)->finalize (object);
}

static void
portal_events_class_init (PortalEventsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = portal_events_dispose;
  object_class->finalize = portal_events_finalize;
}

static void
portal_events_init (PortalEvents *self)
{
  self->streams = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * portal_events_new:
 * @store: whose changes are told
 * @limits: how many streams may be open; they outlive the streams
 *
 * Returns: (transfer full): event streams, none of them open
 */
PortalEvents *
portal_events_new (PortalStore *store, const PortalLimits *limits)
{
  PortalEvents *self = NULL;

  g_return_val_if_fail (PORTAL_IS_STORE (store), NULL);

  self = g_object_new (PORTAL_TYPE_EVENTS, NULL);
  self->store = g_object_ref (store);
  self->limits = limits;
  g_signal_connect_object (store, "changed", G_CALLBACK (portal_events_refresh), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * portal_events_is_full:
 * @self: event streams
 * @account_id: an account
 *
 * Returns: whether no other stream of the account may be opened
 */
gboolean
portal_events_is_full (PortalEvents *self, const char *account_id)
{
  guint n = 0;

  g_return_val_if_fail (PORTAL_IS_EVENTS (self), TRUE);
  g_return_val_if_fail (account_id != NULL, TRUE);

  for (guint i = 0; i < self->streams->len; i++)
    n += g_str_equal (portal_stream_get_account_id (g_ptr_array_index (self->streams, i)), account_id);

  return self->streams->len >= self->limits->streams || n >= self->limits->streams_per_account;
}

/* As strict as the route that opens a stream. */
static gboolean
check_access (PortalEvents *self, PortalStream *stream, gboolean *is_allowed, GError **error)
{
  PortalRole role;

  if (!portal_tokens_check_hash (self->store, portal_stream_get_token_hash (stream), is_allowed, error) ||
      !portal_accounts_get_role (self->store, portal_stream_get_account_id (stream), portal_stream_get_user_id (stream),
                                 &role, error))
    return FALSE;

  *is_allowed = *is_allowed && linkage_rules_check_role (role == PORTAL_ROLE_ADMIN) == LINKAGE_REFUSAL_NONE;
  return TRUE;
}

/* The state to tell, or NULL where the stream must end. */
static char *
get_state (PortalEvents *self, PortalStream *stream)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *state = NULL;
  gboolean is_allowed;

  if (!check_access (self, stream, &is_allowed, &error) ||
      (is_allowed &&
       !(state = portal_changes_get_newest_state (self->store, portal_stream_get_account_id (stream), &error))))
    g_message ("An event stream ends: %s", error->message);

  return g_steal_pointer (&state);
}

/**
 * portal_events_open:
 * @self: event streams
 * @message: a message whose request is answered by a stream
 * @account_id: the account that it tells of
 * @user: who opens it, with which token
 * @last_event_id: (nullable): the state that the client knows
 *
 * Begins a stream with the newest state, where the client does not know it.
 */
void
portal_events_open (PortalEvents *self,
                    SoupServerMessage *message,
                    const char *account_id,
                    const PortalUser *user,
                    const char *last_event_id)
{
  PortalStream *stream;

  g_return_if_fail (PORTAL_IS_EVENTS (self));
  g_return_if_fail (account_id != NULL && user != NULL);

  stream = portal_stream_new (message, account_id, user, last_event_id);
  g_signal_connect_object (stream, "ended", G_CALLBACK (on_stream_ended), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->streams, stream);
  if (self->comment_id == 0)
    self->comment_id = g_timeout_add_seconds (PORTAL_EVENTS_COMMENT_SECONDS, on_comment_due, self);

  portal_events_refresh (self);
}

/**
 * portal_events_refresh:
 * @self: event streams
 *
 * Writes down what has expired, tells every stream whose account moved on, and ends those whose token was revoked
 * or whose user has lost the role.
 */
void
portal_events_refresh (PortalEvents *self)
{
  g_autoptr (GPtrArray) streams = NULL;
  g_autoptr (GError) error = NULL;
  guint i;

  g_return_if_fail (PORTAL_IS_EVENTS (self));

  if (self->streams->len == 0)
    return;
  if (!portal_transitions_settle_now (self->store, &error))
    {
      g_message ("Cannot write down what has expired: %s", error->message);
      return;
    }

  /* A stream that ends leaves the array. */
  streams = g_ptr_array_copy (self->streams, (GCopyFunc)(GCallback)g_object_ref, NULL);
  for (i = 0; i < streams->len; i++)
    {
      PortalStream *stream = g_ptr_array_index (streams, i);
      g_autofree char *state = get_state (self, stream);

      if (state != NULL)
        portal_stream_send_state (stream, state);
      else
        portal_stream_end (stream);
    }
}

/**
 * portal_events_close:
 * @self: event streams
 *
 * Ends all of them.
 */
void
portal_events_close (PortalEvents *self)
{
  g_return_if_fail (PORTAL_IS_EVENTS (self));

  while (self->streams->len > 0)
    portal_stream_end (g_ptr_array_index (self->streams, self->streams->len - 1));
}
