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
#define OPENID_PATH "/.well-known/openid-configuration"

/* What is asked of whom. */
typedef struct
{
  SoupSession *session; /* (owned) */
  char *issuer;         /* (owned) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_object_unref (reading->session);
  g_free (reading->issuer);
  g_free (reading);
}

static char *
dup_without_slash (const char *text)
{
  char *copy = g_strdup (text);

  if (g_str_has_suffix (copy, "/"))
    copy[strlen (copy) - 1] = '\0';

  return copy;
}

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
  path = dup_without_slash (g_uri_get_path (uri));

  return g_strconcat (origin, WELL_KNOWN_PATH, path, NULL);
}

/* OpenID Connect Discovery 1.0, 4: it comes before. */
static char *
make_openid_location (const char *issuer)
{
  g_autofree char *base = dup_without_slash (issuer);

  return g_strconcat (base, OPENID_PATH, NULL);
}

/* A server that has none says so in its own words. Any thread. */
static GError *
read_refusal (guint status, SoupMessageHeaders *headers, GBytes *body)
{
  if (status == SOUP_STATUS_NOT_FOUND)
    return linkage_remote_error_new (LINKAGE_REMOTE_ERROR_NOT_FOUND, NULL, "There are no metadata of a sign-in");

  return linkage_reply_error_from_reply (status, headers, body);
}

static void
ask_at (GTask *task, const char *location, GAsyncReadyCallback callback)
{
  Reading *reading = g_task_get_task_data (task);
  LinkageExchange *exchange = linkage_exchange_new ("GET", location);
  GTask *asking = g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_source_tag (asking, ask_at);
  linkage_exchange_set_reader (exchange, "metadata", linkage_mapping_read_sign_in_metadata,
                               (GDestroyNotify)linkage_sign_in_metadata_free);
  linkage_exchange_set_refusal (exchange, read_refusal);
  linkage_exchange_start (exchange, reading->session, asking);
}

static void
return_metadata (GTask *task, LinkageSignInMetadata *metadata, GError *error)
{
  if (metadata == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, metadata, (GDestroyNotify)linkage_sign_in_metadata_free);
}

static void
on_openid_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  LinkageSignInMetadata *metadata = g_task_propagate_pointer (G_TASK (result), &error);

  return_metadata (task, metadata, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *location = NULL;
  LinkageSignInMetadata *metadata = g_task_propagate_pointer (G_TASK (result), &error);

  if (!g_error_matches (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_NOT_FOUND))
    {
      return_metadata (task, metadata, g_steal_pointer (&error));
      return;
    }

  location = make_openid_location (reading->issuer);
  ask_at (task, location, on_openid_read);
}

/**
 * linkage_sign_in_metadata_read_async:
 * @session: a session
 * @issuer: who signs people in, as a portal's discovery says
 * @cancellable: (nullable): cancels the call
 * @callback: called when done
 * @user_data: for @callback
 *
 * Asks an authorization server where a person signs in (RFC 8414), also one that has its metadata only where OpenID
 * Connect has them (section 5 there).
 */
void
linkage_sign_in_metadata_read_async (SoupSession *session,
                                     const char *issuer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *location = NULL;
  Reading *reading;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (issuer != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_sign_in_metadata_read_async);
  reading = g_new0 (Reading, 1);
  reading->session = g_object_ref (session);
  reading->issuer = g_strdup (issuer);
  g_task_set_task_data (task, reading, reading_free);

  location = make_location (issuer);
  ask_at (task, location, on_read);
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
  Reading *reading;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, linkage_sign_in_metadata_read_async), NULL);

  reading = g_task_get_task_data (G_TASK (result));
  metadata = g_task_propagate_pointer (G_TASK (result), error);
  if (metadata == NULL)
    return NULL;
  if (!g_str_equal (metadata->issuer, reading->issuer))
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
