/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-backoff.h"

#include "linkage-patience.h"

#define LONGEST_OBEDIENCE (24 * 60 * 60) /* seconds */
#define DOUBLINGS 6

/**
 * linkage_backoff_fail:
 * @self: a back-off
 * @retry_after: what the portal asked for, in seconds; 0: nothing
 * @now: monotonic time in microseconds
 *
 * Counts a failure. What the portal asked for is obeyed to the second; else the time doubles with each failure up to
 * %LINKAGE_BACKOFF_LONGEST, less up to half of it by chance, so that many programs do not come back at once.
 *
 * Returns: milliseconds to wait
 */
guint
linkage_backoff_fail (LinkageBackoff *self, guint retry_after, gint64 now)
{
  guint delay;

  g_return_val_if_fail (self != NULL, LINKAGE_BACKOFF_LONGEST);

  self->failures = MIN (self->failures + 1, DOUBLINGS + 1);

  if (retry_after > 0)
    {
      retry_after = MIN (retry_after, LONGEST_OBEDIENCE);
      self->obey_until = now + retry_after * G_USEC_PER_SEC;
      return retry_after * 1000;
    }

  delay = MIN (LINKAGE_BACKOFF_FIRST << (self->failures - 1), LINKAGE_BACKOFF_LONGEST);
  return linkage_patience_shorten (delay - (guint)g_random_int_range (0, (gint32)delay / 2));
}

/**
 * linkage_backoff_succeed:
 * @self: a back-off
 *
 * Forgets all failures.
 */
void
linkage_backoff_succeed (LinkageBackoff *self)
{
  g_return_if_fail (self != NULL);

  self->failures = 0;
  self->obey_until = 0;
}

/**
 * linkage_backoff_get_obedience:
 * @self: a back-off
 * @now: monotonic time in microseconds
 *
 * Gets how long the portal still wants to be left alone.
 *
 * Returns: milliseconds, rounded up; 0: it may be asked
 */
guint
linkage_backoff_get_obedience (const LinkageBackoff *self, gint64 now)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->obey_until <= now)
    return 0;

  return (guint)((self->obey_until - now + 999) / 1000);
}
