/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-throttle.h"

#define FIRST_WAIT (30 * G_TIME_SPAN_SECOND)
#define LONGEST_WAIT (15 * G_TIME_SPAN_MINUTE)
#define FORGIVEN_AFTER G_TIME_SPAN_HOUR
#define MAXIMUM 4096

typedef struct
{
  guint failures;
  gint64 last;   /* monotonic microseconds */
  gint64 closed; /* until then, likewise */
} Record;

struct _PortalThrottle
{
  GHashTable *records; /* (owned) (element-type utf8 Record) */
  guint free_tries;
};

static gboolean
is_forgiven (gpointer key, gpointer value, gpointer user_data)
{
  const Record *record = value;
  const gint64 *now = user_data;

  return *now - record->last >= FORGIVEN_AFTER;
}

/**
 * portal_throttle_new:
 * @free_tries: how many failures cost nothing
 *
 * Returns: (transfer full): a throttle that knows of no failure
 */
PortalThrottle *
portal_throttle_new (guint free_tries)
{
  PortalThrottle *throttle = g_new0 (PortalThrottle, 1);

  throttle->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  throttle->free_tries = free_tries;

  return throttle;
}

/**
 * portal_throttle_free:
 * @throttle: (transfer full): a throttle
 */
void
portal_throttle_free (PortalThrottle *throttle)
{
  g_hash_table_unref (throttle->records);
  g_free (throttle);
}

/**
 * portal_throttle_get_wait:
 * @throttle: a throttle
 * @key: who tries
 * @now: monotonic microseconds
 *
 * Returns: how many seconds are left before the next try is heard; 0: it is
 */
guint
portal_throttle_get_wait (PortalThrottle *throttle, const char *key, gint64 now)
{
  const Record *record;

  g_return_val_if_fail (throttle != NULL && key != NULL, 0);

  record = g_hash_table_lookup (throttle->records, key);
  if (record == NULL || record->closed <= now)
    return 0;

  return (guint)((record->closed - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}

/**
 * portal_throttle_note_failure:
 * @throttle: a throttle
 * @key: who has tried
 * @now: monotonic microseconds
 *
 * Notes a failure. After the free tries each one closes the door for twice as long, from 30 seconds to 15 minutes; an
 * hour without a failure is forgiven. Of more than 4096 keys at a time those that come last are not noted: that many
 * addresses are no single guesser, and the portal must not run out of memory.
 */
void
portal_throttle_note_failure (PortalThrottle *throttle, const char *key, gint64 now)
{
  Record *record;
  guint over;

  g_return_if_fail (throttle != NULL && key != NULL);

  record = g_hash_table_lookup (throttle->records, key);
  if (record == NULL)
    {
      if (g_hash_table_size (throttle->records) >= MAXIMUM)
        g_hash_table_foreach_remove (throttle->records, is_forgiven, &now);
      if (g_hash_table_size (throttle->records) >= MAXIMUM)
        return;
      record = g_new0 (Record, 1);
      g_hash_table_insert (throttle->records, g_strdup (key), record);
    }
  if (is_forgiven (NULL, record, &now))
    record->failures = 0;

  record->failures++;
  record->last = now;
  over = record->failures > throttle->free_tries ? record->failures - throttle->free_tries : 0;
  if (over > 0)
    record->closed = now + MIN (LONGEST_WAIT, FIRST_WAIT << MIN (over - 1, 10));
}

/**
 * portal_throttle_forget:
 * @throttle: a throttle
 * @key: who has got in
 */
void
portal_throttle_forget (PortalThrottle *throttle, const char *key)
{
  g_return_if_fail (throttle != NULL && key != NULL);

  g_hash_table_remove (throttle->records, key);
}
