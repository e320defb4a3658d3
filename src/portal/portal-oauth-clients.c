/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-oauth-clients.h"

/**
 * portal_oauth_clients_has:
 * @client_id: (nullable): what a program calls itself
 *
 * Native programs have no secret to prove who they are (RFC 8252, 8.4): there is the one that the portal is for.
 *
 * Returns: whether it may ask to sign a person in
 */
gboolean
portal_oauth_clients_has (const char *client_id)
{
  return g_strcmp0 (client_id, PORTAL_OAUTH_CLIENT_LINKAGE) == 0;
}

static gboolean
is_loopback (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "::1");
}

/**
 * portal_oauth_clients_get_origin:
 * @address: where the portal is reached
 * @redirect_uri: (nullable): where a program wants the answer
 *
 * An answer goes to the loopback interface of the person's machine, at any port (RFC 8252, 7.3), or to the portal's own
 * page that shows the code.
 *
 * Returns: (transfer full) (nullable): scheme, host and port of @redirect_uri; %NULL where no answer goes there
 */
char *
portal_oauth_clients_get_origin (const char *address, const char *redirect_uri)
{
  g_autofree char *code_page = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  if (redirect_uri == NULL)
    return NULL;
  code_page = g_strconcat (address, PORTAL_OAUTH_CODE_PATH, NULL);
  if (g_str_equal (redirect_uri, code_page))
    return g_strdup (address);

  uri = g_uri_parse (redirect_uri, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 || g_uri_get_host (uri) == NULL ||
      !is_loopback (g_uri_get_host (uri)) || g_uri_get_port (uri) <= 0 || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL || g_strcmp0 (g_uri_get_path (uri), "/") != 0)
    return NULL;

  return g_uri_join (G_URI_FLAGS_NONE, "http", NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
}
