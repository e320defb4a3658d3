/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-portal-account.h"

/**
 * linkage_portal_account_config_new:
 *
 * Makes an empty description of an account.
 *
 * Returns: (transfer full): the description, to be filled in
 */
LinkagePortalAccountConfig *
linkage_portal_account_config_new (void)
{
  return g_new0 (LinkagePortalAccountConfig, 1);
}

/**
 * linkage_portal_account_config_copy:
 * @config: a description
 *
 * Copies a description.
 *
 * Returns: (transfer full): the copy
 */
LinkagePortalAccountConfig *
linkage_portal_account_config_copy (const LinkagePortalAccountConfig *config)
{
  LinkagePortalAccountConfig *copy;

  g_return_val_if_fail (config != NULL, NULL);

  copy = linkage_portal_account_config_new ();
  copy->id = g_strdup (config->id);
  copy->folder = g_strdup (config->folder);
  copy->api = g_strdup (config->api);
  copy->account_id = g_strdup (config->account_id);
  copy->issuer = g_strdup (config->issuer);
  copy->client_id = g_strdup (config->client_id);
  copy->credentials = config->credentials != NULL ? linkage_credentials_copy (config->credentials) : NULL;
  copy->signed_out = config->signed_out;
  copy->sandbox = config->sandbox;

  return copy;
}

/**
 * linkage_portal_account_config_free:
 * @config: (transfer full): a description
 *
 * Frees a description.
 */
void
linkage_portal_account_config_free (LinkagePortalAccountConfig *config)
{
  g_return_if_fail (config != NULL);

  g_clear_pointer (&config->id, g_free);
  g_clear_pointer (&config->folder, g_free);
  g_clear_pointer (&config->api, g_free);
  g_clear_pointer (&config->account_id, g_free);
  g_clear_pointer (&config->issuer, g_free);
  g_clear_pointer (&config->client_id, g_free);
  g_clear_pointer (&config->credentials, linkage_credentials_free);
  g_free (config);
}
