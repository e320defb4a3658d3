/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include <string.h>

#include "linkage-address.h"
#include "linkage-exchange.h"
#include "linkage-mapping-discovery.h"

#define WELL_KNOWN_PATH "/.well-known/linkage-portal"

/**
 * linkage_discovery_free:
 * @discovery: (transfer full): a discovery
 *
 * Frees a discovery and what it owns.
 */
void
linkage_discovery_free (LinkageDiscovery *discovery)
{
  g_return_if_fail (discovery != NULL);

  g_free (discovery->name);
  g_free (discovery->api);
  g_free (discovery->issuer);
  g_free (discovery->client_id);
  g_free (discovery->challenge_provider);
  g_free (discovery);
}

/* "portal.example.com" means HTTPS; "localhost:8080" can only mean a portal that somebody tries out. */
static char *
complete_address (const char *address)
{
  g_autofree char *plain = NULL;
  g_autoptr (GUri) uri = NULL;

  if (strstr (address, "://") != NULL)
    return g_strdup (address);

  plain = g_strconcat ("http://", address, NULL);
  uri = g_uri_parse (plain, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL && linkage_address_is_secure (uri))
    return g_steal_pointer (&plain);

  return g_strconcat ("https://", address, NULL);
}

/**
 * linkage_client_check_address:
 * @address: what a person typed
 * @error: return location for an error
 *
 * Makes a portal's address out of what was typed: its scheme, host and port. What is no HTTP address, or has a name
 * and password in it, is %LINKAGE_REMOTE_ERROR_INVALID_ADDRESS; plain HTTP beyond loopback
 * %LINKAGE_REMOTE_ERROR_INSECURE. Nothing is sent.
 *
 * Returns: (transfer full) (nullable): the address without a path
 */
char *
linkage_client_check_address (const char *address, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *complete = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  trimmed = g_strstrip (g_strdup (address));
  complete = complete_address (trimmed);
  uri = linkage_address_parse (complete, error);
  if (uri == NULL)
    return NULL;

  return linkage_address_get_origin (uri);
}

/* Whatever an address answers that is not a discovery, it is not a portal. */
static GError *
translate_error (const GError *cause)
{
  static const LinkageRemoteError kept[] = {
    LINKAGE_REMOTE_ERROR_UNREACHABLE,     LINKAGE_REMOTE_ERROR_CERTIFICATE, LINKAGE_REMOTE_ERROR_INSECURE,
    LINKAGE_REMOTE_ERROR_INVALID_ADDRESS, LINKAGE_REMOTE_ERROR_TRY_LATER,   LINKAGE_REMOTE_ERROR_SERVER,
  };

  if (cause->domain != LINKAGE_REMOTE_ERROR)
    return g_error_copy (cause);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      if (g_error_matches (cause, LINKAGE_REMOTE_ERROR, kept[i]))
        return g_error_copy (cause);
    }

  return g_error_new (LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL, "%s", cause->message);
}

static gboolean
check_api (const LinkageDiscovery *discovery, GUri *asked, GError **error)
{
  g_autoptr (GUri) api = linkage_address_parse (discovery->api, error);

  if (api == NULL)
    return FALSE;
  if (!linkage_address_has_same_origin (asked, api) || g_uri_get_query (api) != NULL ||
      g_uri_get_fragment (api) != NULL)
    {
      g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_A_PORTAL,
                           "The portal's interface is said to be on another host, or has no plain address");
      return FALSE;
    }

  return TRUE;
}

/**
 * linkage_client_discover_async:
 * @session: (nullable): the session to send with, or %NULL for one as linkage_client_create_session() makes it
 * @address: a portal's address, as a person typed it
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks an address what portal it is and where its interface begins. No token is sent.
 */
void
linkage_client_discover_async (SoupSession *session,
                               const char *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SoupSession) own_session = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *location = NULL;
  LinkageExchange *exchange;

  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));
  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_client_discover_async);
  origin = linkage_client_check_address (address, &error);
  if (origin == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  own_session = session != NULL ? g_object_ref (session) : linkage_client_create_session ();
  location = g_strconcat (origin, WELL_KNOWN_PATH, NULL);
  exchange = linkage_exchange_new ("GET", location);
  linkage_exchange_set_reader (exchange, "discovery", linkage_mapping_read_discovery,
                               (GDestroyNotify)linkage_discovery_free);
  linkage_exchange_start (exchange, own_session, g_steal_pointer (&task));
}

/**
 * linkage_client_discover_finish:
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_NOT_A_PORTAL where the
 *   address answers with something else; or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_client_discover_async().
 *
 * Returns: (transfer full) (nullable): what the portal says of itself; its interface is on the host that was asked
 */
LinkageDiscovery *
linkage_client_discover_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (LinkageDiscovery) discovery = NULL;
  g_autoptr (GError) cause = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_client_discover_async), NULL);

  discovery = g_task_propagate_pointer (G_TASK (result), &cause);
  if (discovery == NULL)
    {
      g_propagate_error (error, translate_error (cause));
      return NULL;
    }
  if (!check_api (discovery, linkage_exchange_get_uri (g_task_get_task_data (G_TASK (result))), error))
    return NULL;

  return g_steal_pointer (&discovery);
}
