/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-customer-sessions.h"

#include "portal-secret.h"

#define LIFETIME (8 * G_TIME_SPAN_HOUR)
#define MAXIMUM 256

struct _PortalCustomerSessions
{
  GHashTable *by_hash; /* (owned) (element-type utf8 PortalCustomerSession): the keys are hashes of the cookies */
};

static void
portal_customer_session_free (PortalCustomerSession *session)
{
  g_free (session->customer_id);
  g_free (session->csrf);
  g_free (session->message);
  g_free (session);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const PortalCustomerSession *session = value;
  const gint64 *now = user_data;

  return session->ends_at <= *now;
}

static void
remove_oldest (PortalCustomerSessions *sessions)
{
  GHashTableIter iter;
  const char *oldest = NULL;
  gint64 ends_at = G_MAXINT64;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, sessions->by_hash);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const PortalCustomerSession *session = value;

      if (session->ends_at >= ends_at)
        continue;
      ends_at = session->ends_at;
      oldest = key;
    }

  g_hash_table_remove (sessions->by_hash, oldest);
}

/**
 * portal_customer_sessions_new:
 *
 * Returns: (transfer full): sessions, none yet
 */
PortalCustomerSessions *
portal_customer_sessions_new (void)
{
  PortalCustomerSessions *sessions = g_new0 (PortalCustomerSessions, 1);

  sessions->by_hash =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)portal_customer_session_free);

  return sessions;
}

/**
 * portal_customer_sessions_free:
 * @sessions: (transfer full): sessions
 *
 * Ends all of them.
 */
void
portal_customer_sessions_free (PortalCustomerSessions *sessions)
{
  g_hash_table_unref (sessions->by_hash);
  g_free (sessions);
}

/**
 * portal_customer_sessions_begin:
 * @sessions: sessions
 * @customer_id: (nullable): whose requests it opens; %NULL for those of all customers
 *
 * Begins a session of eight hours. There are never more than 256: the one that began first makes room.
 *
 * Returns: (transfer full): the secret that the browser's cookie holds; only its hash is kept
 */
char *
portal_customer_sessions_begin (PortalCustomerSessions *sessions, const char *customer_id)
{
  PortalCustomerSession *session;
  g_autofree char *token = portal_secret_new_token ();
  gint64 now = g_get_monotonic_time ();

  g_return_val_if_fail (sessions != NULL, NULL);

  g_hash_table_foreach_remove (sessions->by_hash, is_over, &now);
  if (g_hash_table_size (sessions->by_hash) >= MAXIMUM)
    remove_oldest (sessions);

  session = g_new0 (PortalCustomerSession, 1);
  session->customer_id = g_strdup (customer_id);
  session->csrf = portal_secret_new_token ();
  session->ends_at = now + LIFETIME;
  g_hash_table_insert (sessions->by_hash, portal_secret_hash (token), session);

  return g_steal_pointer (&token);
}

/**
 * portal_customer_sessions_find:
 * @sessions: sessions
 * @token: (nullable): what a browser's cookie holds
 *
 * Returns: (transfer none) (nullable): its session, until the next one begins; %NULL where there is none or it is over
 */
PortalCustomerSession *
portal_customer_sessions_find (PortalCustomerSessions *sessions, const char *token)
{
  g_autofree char *hash = NULL;
  PortalCustomerSession *session;

  g_return_val_if_fail (sessions != NULL, NULL);

  if (token == NULL)
    return NULL;

  hash = portal_secret_hash (token);
  session = g_hash_table_lookup (sessions->by_hash, hash);
  if (session == NULL || session->ends_at <= g_get_monotonic_time ())
    return NULL;

  return session;
}
