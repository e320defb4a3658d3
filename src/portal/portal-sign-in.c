/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-sign-in.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linkage-pkce.h"
#include "portal-browser.h"
#include "portal-oauth-clients.h"

#define STATE_MAXIMUM 512

/* What is wrong with a request, in the words of RFC 6749, 4.1.2.1; NULL: nothing. */
static const char *
find_error (GHashTable *query, PortalScope *scope)
{
  const char *state = g_hash_table_lookup (query, "state");
  const char *challenge = g_hash_table_lookup (query, "code_challenge");

  if (g_strcmp0 (g_hash_table_lookup (query, "response_type"), "code") != 0)
    return "unsupported_response_type";
  if (state != NULL && (strlen (state) > STATE_MAXIMUM || !g_str_is_ascii (state)))
    return "invalid_request";
  if (challenge == NULL || !linkage_pkce_is_challenge (challenge) ||
      g_strcmp0 (g_hash_table_lookup (query, "code_challenge_method"), LINKAGE_PKCE_METHOD) != 0)
    return "invalid_request";
  if (!portal_scope_parse (g_hash_table_lookup (query, "scope"), scope))
    return "invalid_scope";

  return NULL;
}

/**
 * portal_sign_in_new:
 * @query: (element-type utf8 utf8): the members of an authorization request (RFC 6749, 4.1.1; RFC 7636, 4.3)
 * @address: where the portal is reached: it is the issuer
 * @refusal: (out) (nullable): what to answer where it cannot begin: to the program, or to the person alone where it is
 *   not certain that the program is one
 *
 * Returns: (transfer full) (nullable): a sign-in without a user, %NULL where it cannot begin
 */
PortalSignIn *
portal_sign_in_new (GHashTable *query, const char *address, PortalReply **refusal)
{
  const char *redirect_uri = g_hash_table_lookup (query, "redirect_uri");
  g_autoptr (PortalSignIn) sign_in = g_new0 (PortalSignIn, 1);
  const char *wrong;

  g_return_val_if_fail (address != NULL && refusal != NULL, NULL);

  *refusal = NULL;
  sign_in->origin = portal_oauth_clients_get_origin (address, redirect_uri);
  if (!portal_oauth_clients_has (g_hash_table_lookup (query, "client_id")) || sign_in->origin == NULL)
    {
      *refusal = portal_browser_new_sentence (
        SOUP_STATUS_BAD_REQUEST, _ ("Sign-In Cannot Begin"),
        _ ("The program that sent you here is not known to this portal. Close this page and start again there."));
      return NULL;
    }

  sign_in->client_id = g_strdup (g_hash_table_lookup (query, "client_id"));
  sign_in->redirect_uri = g_strdup (redirect_uri);
  sign_in->state = g_strdup (g_hash_table_lookup (query, "state"));
  sign_in->challenge = g_strdup (g_hash_table_lookup (query, "code_challenge"));
  wrong = find_error (query, &sign_in->scope);
  if (wrong != NULL)
    {
      *refusal = portal_sign_in_refuse (sign_in, address, wrong);
      return NULL;
    }

  return g_steal_pointer (&sign_in);
}

/**
 * portal_sign_in_free:
 * @sign_in: (transfer full): a sign-in
 */
void
portal_sign_in_free (PortalSignIn *sign_in)
{
  g_free (sign_in->client_id);
  g_free (sign_in->redirect_uri);
  g_free (sign_in->origin);
  g_free (sign_in->state);
  g_free (sign_in->challenge);
  g_free (sign_in->user_id);
  g_free (sign_in->user_name);
  g_free (sign_in->user_email);
  g_free (sign_in);
}

static PortalReply *
send_back (const PortalSignIn *sign_in, const char *issuer, const char *name, const char *value)
{
  g_autofree char *query = NULL;
  g_autofree char *location = NULL;

  if (sign_in->state != NULL)
    query = soup_form_encode (name, value, "iss", issuer, "state", sign_in->state, NULL);
  else
    query = soup_form_encode (name, value, "iss", issuer, NULL);
  location = g_strconcat (sign_in->redirect_uri, "?", query, NULL);

  return portal_browser_new_redirection (location);
}

/**
 * portal_sign_in_answer:
 * @sign_in: a sign-in whose user has allowed it
 * @issuer: who says so (RFC 9207)
 * @code: the code
 *
 * Returns: (transfer full): what leads the browser back to the program (RFC 6749, 4.1.2)
 */
PortalReply *
portal_sign_in_answer (const PortalSignIn *sign_in, const char *issuer, const char *code)
{
  return send_back (sign_in, issuer, "code", code);
}

/**
 * portal_sign_in_refuse:
 * @sign_in: a sign-in
 * @issuer: who says so (RFC 9207)
 * @error: why, in the words of RFC 6749, 4.1.2.1
 *
 * Returns: (transfer full): what leads the browser back to the program
 */
PortalReply *
portal_sign_in_refuse (const PortalSignIn *sign_in, const char *issuer, const char *error)
{
  return send_back (sign_in, issuer, "error", error);
}
