/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* A server that writes the same bytes to everyone who asks, whatever HTTP would have it write, and closes; or
 * then says nothing more. */
typedef struct
{
  GSocketService *service; /* (owned) */
  char *address;           /* (owned): without a path */
  GBytes *reply;           /* (owned) */
  gboolean stays_open;
  GPtrArray *open; /* (owned) (element-type GSocketConnection) */
} RawServer;

RawServer *raw_server_new (const char *reply);
void raw_server_free (RawServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)
