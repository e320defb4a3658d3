/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-peers.h"

static gboolean
enter (PortalPeers *peers, const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  return portal_peers_enter (peers, address);
}

static void
leave (PortalPeers *peers, const char *text)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (text);

  portal_peers_leave (peers, address);
}

static void
test_share (void)
{
  g_autoptr (PortalPeers) peers = portal_peers_new (2);

  g_assert_true (enter (peers, "192.0.2.1"));
  g_assert_true (enter (peers, "192.0.2.1"));
  g_assert_false (enter (peers, "192.0.2.1"));
  g_assert_true (enter (peers, "192.0.2.2"));
  leave (peers, "192.0.2.1");
  g_assert_true (enter (peers, "192.0.2.1"));
  g_assert_false (enter (peers, "192.0.2.1"));
}

static void
test_leaving_all (void)
{
  g_autoptr (PortalPeers) peers = portal_peers_new (1);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (enter (peers, "192.0.2.1"));
      g_assert_false (enter (peers, "192.0.2.1"));
      leave (peers, "192.0.2.1");
    }
}

/* Whoever has an IPv6 network can come from any of its addresses. */
static void
test_ipv6_networks (void)
{
  g_autoptr (PortalPeers) peers = portal_peers_new (1);

  g_assert_true (enter (peers, "2001:db8:0:1::1"));
  g_assert_false (enter (peers, "2001:db8:0:1:ffff::2"));
  g_assert_true (enter (peers, "2001:db8:0:2::1"));
  g_assert_true (enter (peers, "::1"));
  g_assert_true (enter (peers, "::2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/peers/share", test_share);
  g_test_add_func ("/portal/peers/leaving-all", test_leaving_all);
  g_test_add_func ("/portal/peers/ipv6-networks", test_ipv6_networks);

  return g_test_run ();
}
