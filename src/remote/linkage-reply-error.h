/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

GError *linkage_reply_error_from_transport (const GError *cause);
GError *linkage_reply_error_from_reply (guint status, SoupMessageHeaders *headers, GBytes *body);
guint linkage_reply_error_get_retry_after (SoupMessageHeaders *headers);

G_END_DECLS
