/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINKAGE_BACKOFF_FIRST 5000     /* milliseconds */
#define LINKAGE_BACKOFF_LONGEST 300000 /* milliseconds */

/* How long to wait before trying again. */
typedef struct
{
  guint failures;
  gint64 obey_until; /* monotonic microseconds: the portal asked to be left alone until then; 0: it did not */
} LinkageBackoff;

guint linkage_backoff_fail (LinkageBackoff *self, guint retry_after, gint64 now);
void linkage_backoff_succeed (LinkageBackoff *self);
guint linkage_backoff_get_obedience (const LinkageBackoff *self, gint64 now);

G_END_DECLS
