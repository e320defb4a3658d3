/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a client sends. libsoup takes a head that is cut off for a whole one; here its end is an error. */
#define PORTAL_TYPE_INPUT_STREAM (portal_input_stream_get_type ())
G_DECLARE_FINAL_TYPE (PortalInputStream, portal_input_stream, PORTAL, INPUT_STREAM, GFilterInputStream)

PortalInputStream *portal_input_stream_new (GInputStream *base);
void portal_input_stream_let_end (PortalInputStream *self);

G_END_DECLS
