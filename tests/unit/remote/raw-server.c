/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "raw-server.h"

#include <string.h>

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  RawServer *self = g_object_get_data (G_OBJECT (connection), "server");

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  if (self->stays_open)
    g_ptr_array_add (self->open, g_steal_pointer (&connection));
  else
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

/* What was asked is read before the connection closes: else the client would see a reset and not the reply. */
static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = user_data;
  RawServer *self = g_object_get_data (G_OBJECT (connection), "server");
  g_autoptr (GBytes) question = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  if (question == NULL)
    return;
  g_output_stream_write_all_async (output, g_bytes_get_data (self->reply, NULL), g_bytes_get_size (self->reply),
                                   G_PRIORITY_DEFAULT, NULL, on_written, g_steal_pointer (&connection));
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));

  g_object_set_data (G_OBJECT (connection), "server", user_data);
  g_input_stream_read_bytes_async (input, 8192, G_PRIORITY_DEFAULT, NULL, on_asked, g_object_ref (connection));

  return TRUE;
}

RawServer *
raw_server_new (const char *reply)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->reply = g_bytes_new (reply, strlen (reply));
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &got, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got)));
  g_socket_service_start (self->service);

  return self;
}

void
raw_server_free (RawServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_free (self->address);
  g_bytes_unref (self->reply);
  g_ptr_array_unref (self->open);
  g_free (self);
}
