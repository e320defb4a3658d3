/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a browser shows a person who comes back from a portal. Main thread. */
typedef struct
{
  const char *language; /* as HTML names it */
  gboolean is_rtl;
  const char *done_title;
  const char *done_sentence;
  const char *wrong_title; /* where the answer is not for this sign-in */
  const char *wrong_sentence;
} LinkageLoopbackWords;

/* Waits on this machine's loopback interface for a browser that brings a portal's answer (RFC 8252, 7.3).
 *
 * Signals: gboolean ::answered (GHashTable *members): what the query had; whether it is for us: the first handler that
 * says so is the last. */
#define LINKAGE_TYPE_LOOPBACK (linkage_loopback_get_type ())
G_DECLARE_FINAL_TYPE (LinkageLoopback, linkage_loopback, LINKAGE, LOOPBACK, GObject)

LinkageLoopback *linkage_loopback_new (const LinkageLoopbackWords *words, GError **error);
const char *linkage_loopback_get_address (LinkageLoopback *self);

G_END_DECLS
