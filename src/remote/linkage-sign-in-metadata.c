/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-sign-in-metadata.h"

#include <string.h>

#include "linkage-address.h"
#include "linkage-exchange.h"
#include "linkage-remote-error-private.h"
#include "linkage-reply-error.h"
#include "linkage-sign-in-error.h"

#define WELL_KNOWN_PATH "/.well-known/oauth-authorization-server"

/* RFC 8414, 3.1: an issuer's own path comes after the well-known one. */
static char *
make_location (const char *issuer)
{
  g_autoptr (GUri) uri = g_uri_parse (issuer, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *origin = NULL;
  g_autofree char *path = NULL;

  if (uri == NULL)
    return g_strdup (issuer);

  origin = linkage_address_get_origin (uri);
  path = g_strdup (g_uri_get_path (uri));
  if (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  return g_strconcat (origin, WELL_KNOWN_PATH, path, NULL);
}

/* A server that has none says so in its own words. Any thread. */
static GError *
read_refusal (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  if (status == SOUP_STATUS_NOT_FOUND)
    return linkage_remote_error_new (LINKAGE_REMOTE_ERROR_NOT_FOUND, NULL, "There are no metadata of a sign-in");

  return linkage_reply_error_from_reply (status, headers, body);
}

static char *
get_issuer (GTask *task)
{
  return g_object_get_data (G_OBJECT (task), "issuer");
}

/**
 * linkage_sign_in_metadata_read_async:
 * @session: a session
 * @issuer: who signs people in, as a portal's discovery says
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks an authorization server where a person signs in (RFC 8414).
 */
void
linkage_sign_in_metadata_read_async (SoupSession *session,
                                     const char *issuer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autofree char *location = NULL;
  LinkageExchange *exchange;
  GTask *task;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (issuer != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_sign_in_metadata_read_async);
  g_object_set_data_full (G_OBJECT (task), "issuer", g_strdup (issuer), g_free);

  location = make_location (issuer);
  exchange = linkage_exchange_new ("GET", location);
  linkage_exchange_set_reader (exchange, "metadata", linkage_mapping_read_sign_in_metadata,
                               (GDestroyNotify)linkage_sign_in_metadata_free);
  linkage_exchange_set_refusal (exchange, read_refusal);
  linkage_exchange_start (exchange, session, task);
}

/**
 * linkage_sign_in_metadata_read_finish:
 * @result: what the callback got
 * @error: return location for an error: %LINKAGE_REMOTE_ERROR, with %LINKAGE_REMOTE_ERROR_NOT_FOUND where there are
 * none; %G_IO_ERROR_CANCELLED; or of %LINKAGE_SIGN_IN_ERROR: WRONG_ISSUER where the metadata are another's (RFC
 * 8414, 3.3), UNSUPPORTED where there is no PKCE with S256 (RFC 9700, 2.1.1)
 *
 * Ends linkage_sign_in_metadata_read_async().
 *
 * Returns: (transfer full) (nullable): the metadata
 */
LinkageSignInMetadata *
linkage_sign_in_metadata_read_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (LinkageSignInMetadata) metadata = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_sign_in_metadata_read_async), NULL);

  metadata = g_task_propagate_pointer (G_TASK (result), error);
  if (metadata == NULL)
    return NULL;
  if (!g_str_equal (metadata->issuer, get_issuer (G_TASK (result))))
    {
      g_set_error_literal (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER,
                           "The metadata are those of another issuer");
      return NULL;
    }
  if (!metadata->has_pkce)
    {
      g_set_error_literal (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_UNSUPPORTED,
                           "The issuer does not know PKCE with S256");
      return NULL;
    }

  return g_steal_pointer (&metadata);
}
