/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager.h"

static const char *const coupa_domains[] = { "coupahost.com", "coupa.com" };

static char *
dup_host (const char *address)
{
  g_autofree char *stripped = g_strstrip (g_strdup (address));
  g_autofree char *full = NULL;
  g_autoptr (GUri) uri = NULL;
  char *host;
  gsize length;

  full = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("https://", stripped, NULL);
  uri = g_uri_parse (full, G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  length = strlen (host);
  if (length > 0 && host[length - 1] == '.')
    host[length - 1] = '\0';

  return host;
}

static gboolean
is_at_or_below (const char *host, const char *domain)
{
  gsize host_length = strlen (host);
  gsize domain_length = strlen (domain);

  if (!g_str_has_suffix (host, domain))
    return FALSE;

  return host_length == domain_length || host[host_length - domain_length - 1] == '.';
}

/**
 * linkage_account_manager_is_coupa_address:
 * @address: as typed, with a scheme or without
 *
 * Tells whether an address is one of Coupa's own portals, which offer no interface. No request is made to find out.
 *
 * Returns: %TRUE for coupahost.com, coupa.com and what is below them
 */
gboolean
linkage_account_manager_is_coupa_address (const char *address)
{
  g_autofree char *host = NULL;

  g_return_val_if_fail (address != NULL, FALSE);

  host = dup_host (address);
  if (host == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (coupa_domains); i++)
    {
      if (is_at_or_below (host, coupa_domains[i]))
        return TRUE;
    }

  return FALSE;
}
