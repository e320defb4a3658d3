/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-token-pair.h"

/**
 * portal_token_pair_free:
 * @pair: (transfer full): two tokens
 */
void
portal_token_pair_free (PortalTokenPair *pair)
{
  g_free (pair->access_token);
  g_free (pair->refresh_token);
  g_free (pair);
}
