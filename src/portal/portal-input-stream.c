/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-input-stream.h"

struct _PortalInputStream
{
  GFilterInputStream parent_instance;

  gboolean may_end;
};

static GInputStream *
get_base (PortalInputStream *self)
{
  return g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (self));
}

static gssize
check_end (PortalInputStream *self, gssize n, GError **error)
{
  if (n != 0 || self->may_end)
    return n;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the head of a request ended early");
  return -1;
}

static gssize
portal_input_stream_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  PortalInputStream *self = PORTAL_INPUT_STREAM (stream);

  return check_end (self, g_input_stream_read (get_base (self), buffer, count, cancellable, error), error);
}

static gboolean
portal_input_stream_can_poll (GPollableInputStream *stream)
{
  return g_pollable_input_stream_can_poll (G_POLLABLE_INPUT_STREAM (get_base (PORTAL_INPUT_STREAM (stream))));
}

static gboolean
portal_input_stream_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (PORTAL_INPUT_STREAM (stream))));
}

static GSource *
portal_input_stream_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (PORTAL_INPUT_STREAM (stream))), NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gssize
portal_input_stream_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  PortalInputStream *self = PORTAL_INPUT_STREAM (stream);
  GPollableInputStream *base = G_POLLABLE_INPUT_STREAM (get_base (self));

  return check_end (self, g_pollable_input_stream_read_nonblocking (base, buffer, count, NULL, error), error);
}

static void
pollable_init (GPollableInputStreamInterface *interface)
{
  interface->can_poll = portal_input_stream_can_poll;
  interface->is_readable = portal_input_stream_is_readable;
  interface->create_source = portal_input_stream_create_source;
  interface->read_nonblocking = portal_input_stream_read_nonblocking;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PortalInputStream,
                               portal_input_stream,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static void
portal_input_stream_class_init (PortalInputStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = portal_input_stream_read;
}

static void
portal_input_stream_init (PortalInputStream *self)
{
}

/**
 * portal_input_stream_new:
 * @base: a stream that can be polled; closing the new one leaves it open
 *
 * Returns: (transfer full): a stream that is not to end
 */
PortalInputStream *
portal_input_stream_new (GInputStream *base)
{
  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (base), NULL);

  return g_object_new (PORTAL_TYPE_INPUT_STREAM, "base-stream", base, "close-base-stream", FALSE, NULL);
}

/**
 * portal_input_stream_let_end:
 * @self: a stream from which a whole head has come
 *
 * Lets the stream end like others; libsoup knows what a body is that ends early.
 */
void
portal_input_stream_let_end (PortalInputStream *self)
{
  g_return_if_fail (PORTAL_IS_INPUT_STREAM (self));

  self->may_end = TRUE;
}
