/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-browser.h"
#include "portal-error.h"
#include "portal-grants.h"
#include "portal-json.h"
#include "portal-oauth-clients.h"
#include "portal-routes.h"
#include "portal-sign-in-page.h"

#define TOKEN "/oauth/token"
#define REVOKE "/oauth/revoke"

static void
add_list (JsonBuilder *builder, const char *name, const char *const *values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *values != NULL; values++)
    json_builder_add_string_value (builder, *values);
  json_builder_end_array (builder);
}

static void
add_one (JsonBuilder *builder, const char *name, const char *value)
{
  const char *values[] = { value, NULL };

  add_list (builder, name, values);
}

static void
add_endpoint (JsonBuilder *builder, const char *name, const char *address, const char *path)
{
  g_autofree char *endpoint = g_strconcat (address, path, NULL);

  portal_json_add_string (builder, name, endpoint);
}

/* RFC 8414. */
static PortalReply *
describe (PortalRequest *request, GError **error)
{
  const char *address = request->settings->address;
  const char *grant_types[] = { "authorization_code", "refresh_token", NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "issuer", address);
  add_endpoint (builder, "authorization_endpoint", address, PORTAL_SIGN_IN_AUTHORIZE);
  add_endpoint (builder, "token_endpoint", address, TOKEN);
  add_endpoint (builder, "revocation_endpoint", address, REVOKE);
  add_one (builder, "response_types_supported", "code");
  add_list (builder, "grant_types_supported", grant_types);
  add_one (builder, "code_challenge_methods_supported", "S256");
  add_one (builder, "token_endpoint_auth_methods_supported", "none");
  add_one (builder, "revocation_endpoint_auth_methods_supported", "none");
  add_list (builder, "scopes_supported", portal_scope_get_names ());
  portal_json_add_boolean (builder, "authorization_response_iss_parameter_supported", TRUE);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

/* RFC 6749, 5.2. */
static PortalReply *
refuse (const char *code)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "error", code);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_BAD_REQUEST, builder);
}

/* RFC 6749, 5.1. */
static PortalReply *
give (const PortalTokenPair *pair)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *scope = portal_scope_print (pair->scope);

  json_builder_begin_object (builder);
  portal_json_add_string (builder, "access_token", pair->access_token);
  portal_json_add_string (builder, "token_type", "Bearer");
  portal_json_add_int (builder, "expires_in", pair->lifetime);
  portal_json_add_string (builder, "refresh_token", pair->refresh_token);
  portal_json_add_string (builder, "scope", scope);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
answer_with (PortalTokenPair *pair, GError *error, GError **propagated)
{
  g_autoptr (PortalTokenPair) owned_pair = pair;
  g_autoptr (GError) owned_error = error;

  if (owned_pair != NULL)
    return give (owned_pair);
  if (g_error_matches (owned_error, PORTAL_ERROR, PORTAL_ERROR_INVALID_GRANT))
    return refuse ("invalid_grant");

  g_propagate_error (propagated, g_steal_pointer (&owned_error));
  return NULL;
}

static PortalReply *
exchange_code (PortalStore *store, GHashTable *form, const char *client_id, GError **error)
{
  const char *code = g_hash_table_lookup (form, "code");
  const char *redirect_uri = g_hash_table_lookup (form, "redirect_uri");
  const char *verifier = g_hash_table_lookup (form, "code_verifier");
  GError *local_error = NULL;
  PortalTokenPair *pair;

  if (code == NULL || redirect_uri == NULL || verifier == NULL)
    return refuse ("invalid_request");

  pair = portal_grants_redeem_code (store, code, client_id, redirect_uri, verifier, &local_error);
  return answer_with (pair, local_error, error);
}

static PortalReply *
exchange_refresh_token (PortalStore *store, GHashTable *form, const char *client_id, GError **error)
{
  const char *token = g_hash_table_lookup (form, "refresh_token");
  GError *local_error = NULL;
  PortalTokenPair *pair;

  if (token == NULL)
    return refuse ("invalid_request");

  pair = portal_grants_refresh (store, token, client_id, &local_error);
  return answer_with (pair, local_error, error);
}

static PortalReply *
get_token (PortalRequest *request, GError **error)
{
  g_autoptr (GHashTable) form = portal_browser_read_form (request->message);
  const char *type = form != NULL ? g_hash_table_lookup (form, "grant_type") : NULL;
  const char *client_id = form != NULL ? g_hash_table_lookup (form, "client_id") : NULL;

  if (type == NULL || client_id == NULL)
    return refuse ("invalid_request");
  if (!portal_oauth_clients_has (client_id))
    return refuse ("invalid_client");
  if (g_str_equal (type, "authorization_code"))
    return exchange_code (request->store, form, client_id, error);
  if (g_str_equal (type, "refresh_token"))
    return exchange_refresh_token (request->store, form, client_id, error);

  return refuse ("unsupported_grant_type");
}

/* RFC 7009. */
static PortalReply *
revoke_token (PortalRequest *request, GError **error)
{
  g_autoptr (GHashTable) form = portal_browser_read_form (request->message);
  const char *token = form != NULL ? g_hash_table_lookup (form, "token") : NULL;
  const char *client_id = form != NULL ? g_hash_table_lookup (form, "client_id") : NULL;

  if (token == NULL || client_id == NULL)
    return refuse ("invalid_request");
  if (!portal_grants_revoke_token (request->store, token, client_id, error))
    return NULL;

  return portal_reply_new (SOUP_STATUS_OK, NULL, NULL);
}

/**
 * portal_oauth_routes_add:
 * @router: a router
 *
 * Adds what a program calls to sign a person in and out (RFC 8414, 6749, 7009).
 */
void
portal_oauth_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "GET", "/.well-known/oauth-authorization-server", PORTAL_ACCESS_PUBLIC, PORTAL_ROUTE_DEFAULT, describe },
    { "POST", TOKEN, PORTAL_ACCESS_PUBLIC, PORTAL_ROUTE_DEFAULT, get_token },
    { "POST", REVOKE, PORTAL_ACCESS_PUBLIC, PORTAL_ROUTE_DEFAULT, revoke_token },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
