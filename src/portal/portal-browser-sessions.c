/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-browser-sessions.h"

#include "portal-secret.h"

#define MAXIMUM 256

struct _PortalBrowserSessions
{
  GHashTable *by_hash; /* (owned) (element-type utf8 PortalBrowserSession): the keys are hashes of the cookies */
  gint64 lifetime;     /* microseconds */
  GDestroyNotify free_data;
};

/* In the table a session knows how its data is freed. */
typedef struct
{
  PortalBrowserSession session;
  GDestroyNotify free_data;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->session.csrf);
  entry->free_data (entry->session.data);
  g_free (entry);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const Entry *entry = value;
  const gint64 *now = user_data;

  return entry->session.ends_at <= *now;
}

static void
remove_oldest (PortalBrowserSessions *sessions)
{
  GHashTableIter iter;
  const char *oldest = NULL;
  gint64 ends_at = G_MAXINT64;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, sessions->by_hash);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Entry *entry = value;

      if (entry->session.ends_at >= ends_at)
        continue;
      ends_at = entry->session.ends_at;
      oldest = key;
    }

  g_hash_table_remove (sessions->by_hash, oldest);
}

/**
 * portal_browser_sessions_new:
 * @lifetime: how long each lasts, in microseconds
 * @free_data: what ends with a session
 *
 * Returns: (transfer full): sessions, none yet
 */
PortalBrowserSessions *
portal_browser_sessions_new (gint64 lifetime, GDestroyNotify free_data)
{
  PortalBrowserSessions *sessions;

  g_return_val_if_fail (lifetime > 0, NULL);
  g_return_val_if_fail (free_data != NULL, NULL);

  sessions = g_new0 (PortalBrowserSessions, 1);
  sessions->by_hash = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)entry_free);
  sessions->lifetime = lifetime;
  sessions->free_data = free_data;

  return sessions;
}

/**
 * portal_browser_sessions_free:
 * @sessions: (transfer full): sessions
 *
 * Ends all of them.
 */
void
portal_browser_sessions_free (PortalBrowserSessions *sessions)
{
  g_hash_table_unref (sessions->by_hash);
  g_free (sessions);
}

/**
 * portal_browser_sessions_begin:
 * @sessions: sessions
 * @data: (transfer full): what the new one is about
 *
 * Begins a session. There are never more than 256: the one that began first makes room.
 *
 * Returns: (transfer full): the secret that the browser's cookie holds; only its hash is kept
 */
char *
portal_browser_sessions_begin (PortalBrowserSessions *sessions, gpointer data)
{
  g_autofree char *token = portal_secret_new_token ();
  gint64 now = g_get_monotonic_time ();
  Entry *entry;

  g_return_val_if_fail (sessions != NULL, NULL);

  g_hash_table_foreach_remove (sessions->by_hash, is_over, &now);
  if (g_hash_table_size (sessions->by_hash) >= MAXIMUM)
    remove_oldest (sessions);

  entry = g_new0 (Entry, 1);
  entry->session.csrf = portal_secret_new_token ();
  entry->session.ends_at = now + sessions->lifetime;
  entry->session.data = data;
  entry->free_data = sessions->free_data;
  g_hash_table_insert (sessions->by_hash, portal_secret_hash (token), entry);

  return g_steal_pointer (&token);
}

/**
 * portal_browser_sessions_find:
 * @sessions: sessions
 * @token: (nullable): what a browser's cookie holds
 *
 * Returns: (transfer none) (nullable): its session, until the next one begins; %NULL where there is none or it is over
 */
PortalBrowserSession *
portal_browser_sessions_find (PortalBrowserSessions *sessions, const char *token)
{
  g_autofree char *hash = NULL;
  Entry *entry;

  g_return_val_if_fail (sessions != NULL, NULL);

  if (token == NULL)
    return NULL;

  hash = portal_secret_hash (token);
  entry = g_hash_table_lookup (sessions->by_hash, hash);
  if (entry == NULL || entry->session.ends_at <= g_get_monotonic_time ())
    return NULL;

  return &entry->session;
}

/**
 * portal_browser_sessions_end:
 * @sessions: sessions
 * @token: what a browser's cookie holds
 *
 * Ends its session, if there is one.
 */
void
portal_browser_sessions_end (PortalBrowserSessions *sessions, const char *token)
{
  g_autofree char *hash = NULL;

  g_return_if_fail (sessions != NULL);
  g_return_if_fail (token != NULL);

  hash = portal_secret_hash (token);
  g_hash_table_remove (sessions->by_hash, hash);
}
