/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-peers.h"

#define IPV6_NETWORK_BYTES 8 /* whoever has one address of a /64 has them all */

struct _PortalPeers
{
  GHashTable *counts; /* (owned) (element-type GBytes guint) */
  guint share;
};

static GBytes *
make_key (GInetAddress *address)
{
  gsize size = g_inet_address_get_native_size (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 && !g_inet_address_get_is_loopback (address))
    size = IPV6_NETWORK_BYTES;

  return g_bytes_new (g_inet_address_to_bytes (address), size);
}

/**
 * portal_peers_new:
 * @share: how many connections each peer may have
 *
 * Returns: (transfer full): a count of peers, nobody in it
 */
PortalPeers *
portal_peers_new (guint share)
{
  PortalPeers *peers = g_new0 (PortalPeers, 1);

  peers->counts = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  peers->share = share;

  return peers;
}

/**
 * portal_peers_free:
 * @peers: (transfer full): a count of peers
 */
void
portal_peers_free (PortalPeers *peers)
{
  g_hash_table_unref (peers->counts);
  g_free (peers);
}

/**
 * portal_peers_enter:
 * @peers: a count of peers
 * @address: where a connection comes from; of IPv6 the network counts
 *
 * Returns: whether the peer may have the connection, which is counted then; portal_peers_leave() gives it back
 */
gboolean
portal_peers_enter (PortalPeers *peers, GInetAddress *address)
{
  g_autoptr (GBytes) key = NULL;
  guint count;

  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  key = make_key (address);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (peers->counts, key));
  if (count >= peers->share)
    return FALSE;

  g_hash_table_insert (peers->counts, g_steal_pointer (&key), GUINT_TO_POINTER (count + 1));
  return TRUE;
}

/**
 * portal_peers_leave:
 * @peers: a count of peers
 * @address: where a connection came from that had entered
 */
void
portal_peers_leave (PortalPeers *peers, GInetAddress *address)
{
  g_autoptr (GBytes) key = NULL;
  guint count;

  g_return_if_fail (G_IS_INET_ADDRESS (address));

  key = make_key (address);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (peers->counts, key));
  g_return_if_fail (count > 0);

  if (count == 1)
    g_hash_table_remove (peers->counts, key);
  else
    g_hash_table_insert (peers->counts, g_steal_pointer (&key), GUINT_TO_POINTER (count - 1));
}
