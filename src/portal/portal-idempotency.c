/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-idempotency.h"

#include <string.h>

#include "portal-error.h"

#define MAX_KEY_LENGTH 64

/**
 * portal_idempotency_parse_key:
 * @header: (nullable): the value of Idempotency-Key
 *
 * Reads a structured-field string (RFC 8941): printable ASCII in double quotes, where a backslash escapes a quote or a
 * backslash.
 *
 * Returns: (transfer full) (nullable): the key, NULL where @header is none of at most 64 characters
 */
char *
portal_idempotency_parse_key (const char *header)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const char *p;

  if (header == NULL || *header != '"')
    return NULL;

  for (p = header + 1; *p != '"'; p++)
    {
      if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
        p++;
      else if (*p == '\\' || *p < 0x20 || *p > 0x7e)
        return NULL;
      g_string_append_c (key, *p);
    }

  if (p[1] != '\0' || key->len == 0 || key->len > MAX_KEY_LENGTH)
    return NULL;

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/**
 * portal_idempotency_get_fingerprint:
 * @method: the request's method
 * @path: its path, as it was sent
 * @body: its body
 *
 * Returns: (transfer full): what tells this request from another one with the same key
 */
char *
portal_idempotency_get_fingerprint (const char *method, const char *path, GBytes *body)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length;
  const guchar *bytes = g_bytes_get_data (body, &length);

  /* With the terminating zeros, so that no two different requests run into the same text. */
  g_checksum_update (checksum, (const guchar *)method, strlen (method) + 1);
  g_checksum_update (checksum, (const guchar *)path, strlen (path) + 1);
  if (length > 0)
    g_checksum_update (checksum, bytes, length);

  return g_strdup (g_checksum_get_string (checksum));
}

/* NULL without an error: the key is new. */
static PortalReply *
find_outcome (PortalRequest *request, const char *key, const char *fingerprint, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;
  PortalReply *reply;

  statement = linkage_statement_get (portal_store_get_database (request->store),
                                     "SELECT fingerprint, status, content_type, body FROM outcomes "
                                     "WHERE account_id = ? AND user_id = ? AND key = ? AND created_at > ?",
                                     error);
  if (statement == NULL)
    return NULL;
  linkage_statement_bind_text (statement, 0, portal_request_get_parameter (request, 0));
  linkage_statement_bind_text (statement, 1, request->user->id);
  linkage_statement_bind_text (statement, 2, key);
  linkage_statement_bind_int (statement, 3, portal_store_get_now (request->store) - PORTAL_IDEMPOTENCY_LIFETIME);
  if (linkage_statement_step (statement, error) != LINKAGE_STEP_ROW)
    return NULL;

  if (!g_str_equal (linkage_statement_get_text (statement, 0), fingerprint))
    return portal_reply_new_problem (PORTAL_PROBLEM_KEY_REUSED, NULL);

  reply = portal_reply_new ((guint)linkage_statement_get_int (statement, 1), linkage_statement_get_text (statement, 2),
                            linkage_statement_get_text (statement, 3));
  soup_message_headers_append (reply->headers, "Idempotency-Replayed", "true");

  return reply;
}

static gboolean
store_outcome (PortalRequest *request,
               const char *key,
               const char *fingerprint,
               const PortalReply *reply,
               GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement = linkage_statement_get (portal_store_get_database (request->store),
                                     "INSERT OR REPLACE INTO outcomes (account_id, user_id, key, fingerprint, status, "
                                     "content_type, body, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                     error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_text (statement, 0, portal_request_get_parameter (request, 0));
  linkage_statement_bind_text (statement, 1, request->user->id);
  linkage_statement_bind_text (statement, 2, key);
  linkage_statement_bind_text (statement, 3, fingerprint);
  linkage_statement_bind_int (statement, 4, reply->status);
  linkage_statement_bind_text (statement, 5, reply->content_type);
  linkage_statement_bind_text (statement, 6, reply->body);
  linkage_statement_bind_int (statement, 7, portal_store_get_now (request->store));

  return linkage_statement_run (statement, error);
}

/**
 * portal_idempotency_run:
 * @request: a write, in a transaction
 * @handle: what does it
 * @error: return location for an error of LINKAGE_DATABASE_ERROR, or @handle's
 *
 * Answers with what is stored for the request's key; runs @handle where nothing is, and stores what it answers if that
 * is final. The effect and its outcome become durable together. That the user lacks the role, or that the account is no
 * more, comes after the stored key and is not stored: the role may come back.
 *
 * Returns: (transfer full) (nullable): the reply, NULL on error
 */
PortalReply *
portal_idempotency_run (PortalRequest *request, PortalIdempotencyHandler handle, GError **error)
{
  g_autofree char *key = portal_idempotency_parse_key (portal_request_get_header (request, "Idempotency-Key"));
  g_autofree char *fingerprint = NULL;
  g_autoptr (PortalReply) reply = NULL;
  g_autoptr (GError) local_error = NULL;

  if (key == NULL)
    return portal_reply_new_problem (PORTAL_PROBLEM_KEY_REQUIRED, NULL);

  fingerprint = portal_idempotency_get_fingerprint (soup_server_message_get_method (request->message), request->path,
                                                    request->body);
  reply = find_outcome (request, key, fingerprint, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (reply != NULL)
    return g_steal_pointer (&reply);
  if (request->refusal != NULL)
    return g_steal_pointer (&request->refusal);

  reply = handle (request, &local_error);
  if (g_error_matches (local_error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND))
    {
      g_clear_error (&local_error);
      reply = portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, NULL);
    }
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (portal_reply_is_final (reply) && !store_outcome (request, key, fingerprint, reply, error))
    return NULL;

  return g_steal_pointer (&reply);
}

/**
 * portal_idempotency_purge:
 * @store: a store in a transaction
 * @error: return location for an error of LINKAGE_DATABASE_ERROR
 *
 * Forgets the outcomes that are older than 60 days.
 *
 * Returns: whether it was written
 */
gboolean
portal_idempotency_purge (PortalStore *store, GError **error)
{
  g_autoptr (LinkageStatement) statement = NULL;

  statement =
    linkage_statement_get (portal_store_get_database (store), "DELETE FROM outcomes WHERE created_at <= ?", error);
  if (statement == NULL)
    return FALSE;
  linkage_statement_bind_int (statement, 0, portal_store_get_now (store) - PORTAL_IDEMPOTENCY_LIFETIME);

  return linkage_statement_run (statement, error);
}
