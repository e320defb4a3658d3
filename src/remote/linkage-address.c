/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-address.h"

#include <libsoup/soup.h>
#include <string.h>

#include "linkage-remote-error.h"

static int
get_default_port (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

static int
get_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  return port > 0 ? port : get_default_port (uri);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* GUri takes whatever stands between two slashes, and escapes it later. */
static gboolean
is_host (const char *host)
{
  return *host != '\0' && host[strspn (host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-._:")] == '\0';
}

/**
 * linkage_address_is_secure:
 * @uri: an absolute address
 *
 * Tells whether what is said to an address stays between it and us: HTTPS, or plain HTTP that does not leave the
 * machine.
 *
 * Returns: whether it does
 */
gboolean
linkage_address_is_secure (GUri *uri)
{
  g_return_val_if_fail (uri != NULL, FALSE);

  if (g_uri_get_host (uri) == NULL)
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;

  return g_str_equal (g_uri_get_scheme (uri), "http") && is_loopback (g_uri_get_host (uri));
}

/**
 * linkage_address_get_origin:
 * @uri: an address that is secure
 *
 * Gives an address without its path: scheme, host, and the port where it is not the scheme's own.
 *
 * Returns: (transfer full): the origin
 */
char *
linkage_address_get_origin (GUri *uri)
{
  int port;

  g_return_val_if_fail (uri != NULL, NULL);

  port = get_port (uri);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     port != get_default_port (uri) ? port : -1, "", NULL, NULL);
}

/**
 * linkage_address_has_same_origin:
 * @a: an address that is secure
 * @b: another
 *
 * Tells whether two addresses have the same scheme, host and port.
 *
 * Returns: whether they have
 */
gboolean
linkage_address_has_same_origin (GUri *a, GUri *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 && get_port (a) == get_port (b);
}

/**
 * linkage_address_parse:
 * @address: an absolute address
 * @error: return location for an error
 *
 * Parses an address and checks that it may be used: HTTPS, or plain HTTP on loopback; no user and password in it.
 *
 * Returns: (transfer full) (nullable): the address with its host in ASCII, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_ADDRESS or %LINKAGE_REMOTE_ERROR_INSECURE
 */
GUri *
linkage_address_parse (const char *address, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL)
    host = g_hostname_to_ascii (g_uri_get_host (uri));
  if (host == NULL || !is_host (host) || g_uri_get_userinfo (uri) != NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")))
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_ADDRESS,
                           "That is not the address of a portal");
      return NULL;
    }
  if (!linkage_address_is_secure (uri))
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INSECURE,
                           "Plain HTTP is used on loopback only");
      return NULL;
    }

  return soup_uri_copy (uri, SOUP_URI_HOST, host, SOUP_URI_NONE);
}
