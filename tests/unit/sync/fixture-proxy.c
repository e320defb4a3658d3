/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-proxy.h"

#include <string.h>

#define CHUNK_SIZE 65536

/* One direction of one connection. */
typedef struct
{
  FixtureProxy *proxy; /* (unowned) */
  GIOStream *from;     /* (owned) */
  GIOStream *to;       /* (owned) */
  gboolean *doomed;    /* (owned): an rc box that both directions share */
  gboolean outwards;   /* towards the portal */
} Way;

static void read_on (Way *way);

static void
way_free (Way *way)
{
  g_clear_object (&way->from);
  g_clear_object (&way->to);
  g_rc_box_release (way->doomed);
  g_free (way);
}

static void
hang_up (Way *way)
{
  g_io_stream_close (way->from, NULL, NULL);
  g_io_stream_close (way->to, NULL, NULL);
  way_free (way);
}

/* The portal answers only to its own host: the header's port becomes its. Both have five digits. */
static void
rewrite_host (char *text, gsize length, guint16 from, guint16 to)
{
  g_autofree char *ours = g_strdup_printf ("Host: 127.0.0.1:%05u", from);
  g_autofree char *theirs = g_strdup_printf ("Host: 127.0.0.1:%05u", to);
  char *place = g_strstr_len (text, (gssize)length, ours);

  if (place != NULL)
    memcpy (place, theirs, strlen (theirs));
}

static gboolean
is_write (const char *text, gsize length)
{
  return (length > 4 && memcmp (text, "PUT ", 4) == 0) || (length > 5 && memcmp (text, "POST ", 5) == 0);
}

static GBytes *
pass_outwards (Way *way, GBytes *chunk)
{
  gsize length;
  char *text = g_bytes_unref_to_data (chunk, &length);

  if (is_write (text, length))
    {
      way->proxy->n_writes++;
      *way->doomed = way->proxy->cut_writes;
    }
  rewrite_host (text, length, way->proxy->port, way->proxy->target);

  return g_bytes_new_take (text, length);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Way *way = user_data;
  GBytes *read = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  g_autoptr (GBytes) chunk = NULL;

  if (read == NULL || g_bytes_get_size (read) == 0)
    {
      g_clear_pointer (&read, g_bytes_unref);
      hang_up (way);
      return;
    }

  chunk = way->outwards ? pass_outwards (way, read) : read;
  if (!way->outwards && *way->doomed)
    {
      way->proxy->n_cut++;
      hang_up (way);
      return;
    }

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (way->to), g_bytes_get_data (chunk, NULL),
                                  g_bytes_get_size (chunk), NULL, NULL, NULL))
    {
      hang_up (way);
      return;
    }

  read_on (way);
}

static void
read_on (Way *way)
{
  g_input_stream_read_bytes_async (g_io_stream_get_input_stream (way->from), CHUNK_SIZE, G_PRIORITY_DEFAULT, NULL,
                                   on_read, way);
}

static void
open_way (FixtureProxy *self, GIOStream *from, GIOStream *to, gboolean *doomed, gboolean outwards)
{
  Way *way = g_new0 (Way, 1);

  way->proxy = self;
  way->from = g_object_ref (from);
  way->to = g_object_ref (to);
  way->doomed = g_rc_box_acquire (doomed);
  way->outwards = outwards;
  read_on (way);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *near, GObject *source, gpointer user_data)
{
  FixtureProxy *self = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) far = g_socket_client_connect_to_host (client, "127.0.0.1", self->target, NULL, NULL);
  gboolean *doomed;

  if (far == NULL)
    {
      g_io_stream_close (G_IO_STREAM (near), NULL, NULL);
      return TRUE;
    }

  doomed = g_rc_box_new0 (gboolean);
  open_way (self, G_IO_STREAM (near), G_IO_STREAM (far), doomed, TRUE);
  open_way (self, G_IO_STREAM (far), G_IO_STREAM (near), doomed, FALSE);
  g_rc_box_release (doomed);

  return TRUE;
}

FixtureProxy *
fixture_proxy_start (guint16 target)
{
  FixtureProxy *self = g_new0 (FixtureProxy, 1);
  g_autoptr (GError) error = NULL;

  self->target = target;
  self->service = g_socket_service_new ();
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->api = g_strdup_printf ("http://127.0.0.1:%u/api/v1", self->port);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_socket_service_start (self->service);

  return self;
}

void
fixture_proxy_free (FixtureProxy *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_free (self->api);
  g_free (self);
}
