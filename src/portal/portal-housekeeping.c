/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-housekeeping.h"

#include "portal-challenges.h"
#include "portal-changes.h"
#include "portal-customer-links.h"
#include "portal-grants.h"
#include "portal-idempotency.h"
#include "portal-verification-tokens.h"

/**
 * portal_housekeeping_run:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Lets go of what is kept for a time only: outcomes, tombstones, challenges, links, tokens.
 *
 * Returns: whether it was written
 */
gboolean
portal_housekeeping_run (PortalStore *store, GError **error)
{
  return portal_idempotency_purge (store, error) && portal_changes_bury (store, error) &&
         portal_challenges_purge (store, error) && portal_customer_links_purge (store, error) &&
         portal_grants_purge (store, error) && portal_verification_tokens_purge (store, error);
}
