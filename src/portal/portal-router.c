/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-router.h"

#include <glib/gi18n.h>
#include <string.h>

#include "portal-accounts.h"
#include "portal-error.h"
#include "portal-idempotency.h"
#include "portal-json.h"
#include "portal-transitions.h"

#define BEARER "Bearer "

struct _PortalRouter
{
  GPtrArray *routes; /* (owned) (element-type PortalRoute): the routes themselves are static */
};

/**
 * portal_router_new:
 *
 * Returns: (transfer full): a router without routes
 */
PortalRouter *
portal_router_new (void)
{
  PortalRouter *router = g_new0 (PortalRouter, 1);

  router->routes = g_ptr_array_new ();

  return router;
}

/**
 * portal_router_free:
 * @router: (transfer full): a router
 */
void
portal_router_free (PortalRouter *router)
{
  g_clear_pointer (&router->routes, g_ptr_array_unref);
  g_free (router);
}

/**
 * portal_router_add:
 * @router: a router
 * @routes: (array length=n_routes): static routes
 * @n_routes: how many
 */
void
portal_router_add (PortalRouter *router, const PortalRoute *routes, gsize n_routes)
{
  gsize i;

  for (i = 0; i < n_routes; i++)
    g_ptr_array_add (router->routes, (gpointer)&routes[i]);
}

/**
 * portal_router_match_path:
 * @template: the path of a route, in which "{name}" stands for one part
 * @path: a request's path, as it was sent
 *
 * Returns: (transfer full) (nullable): the path's parameters in order, unescaped, none of them empty; NULL where it is
 *   another path
 */
GStrv
portal_router_match_path (const char *template, const char *path)
{
  g_auto (GStrv) expected = g_strsplit (template, "/", -1);
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GStrvBuilder) parameters = g_strv_builder_new ();
  guint i;

  if (g_strv_length (expected) != g_strv_length (parts))
    return NULL;

  for (i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = g_uri_unescape_string (parts[i], NULL);

      if (part == NULL)
        return NULL;
      if (expected[i][0] == '{')
        {
          if (*part == '\0' || !g_utf8_validate (part, -1, NULL))
            return NULL;
          g_strv_builder_add (parameters, part);
        }
      else if (!g_str_equal (expected[i], part))
        return NULL;
    }

  return g_strv_builder_end (parameters);
}

static const PortalRoute *
find_route (PortalRouter *router, PortalRequest *request, GString *allowed)
{
  const char *method = soup_server_message_get_method (request->message);
  guint i;

  for (i = 0; i < router->routes->len; i++)
    {
      const PortalRoute *route = g_ptr_array_index (router->routes, i);
      g_auto (GStrv) parameters = NULL;

      if ((route->flags & PORTAL_ROUTE_SANDBOX) && !request->settings->is_sandbox)
        continue;
      parameters = portal_router_match_path (route->path, request->path);
      if (parameters == NULL)
        continue;
      if (g_str_equal (route->method, method))
        {
          request->parameters = g_steal_pointer (&parameters);
          return route;
        }
      if (allowed->len > 0)
        g_string_append (allowed, ", ");
      g_string_append (allowed, route->method);
    }

  return NULL;
}

static gboolean
find_user (PortalRequest *request, GError **error)
{
  const char *header = portal_request_get_header (request, "Authorization");

  if (header == NULL || g_ascii_strncasecmp (header, BEARER, strlen (BEARER)) != 0)
    return TRUE;

  return portal_tokens_find_user (request->store, header + strlen (BEARER), &request->user, error);
}

static PortalScope
get_scope (const PortalRoute *route)
{
  return g_str_equal (route->method, SOUP_METHOD_GET) ? PORTAL_SCOPE_READ : PORTAL_SCOPE_WRITE;
}

/* To whoever is no user of the account: what became of it, if they were one until it was merged. */
static PortalReply *
tell_gone (PortalRequest *request, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *into = NULL;
  g_autofree char *name = NULL;

  if (!portal_accounts_find_merged (request->store, portal_request_get_parameter (request, 0), request->user->id, &into,
                                    &name, error))
    return NULL;
  if (into == NULL)
    return portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, _ ("There is no such account."));

  json_builder_begin_object (builder);
  portal_problem_add_members (builder, PORTAL_PROBLEM_ACCOUNT_MERGED, NULL);
  json_builder_set_member_name (builder, "merged-into");
  json_builder_begin_object (builder);
  portal_json_add_string (builder, "id", into);
  portal_json_add_string (builder, "name", name);
  json_builder_end_object (builder);
  json_builder_end_object (builder);

  return portal_reply_new_problem_json (PORTAL_PROBLEM_ACCOUNT_MERGED, builder);
}

/* NULL without an error: the user's role is enough. */
static PortalReply *
check_role (const PortalRoute *route, PortalRequest *request, GError **error)
{
  PortalRole role;

  if (!portal_accounts_get_role (request->store, portal_request_get_parameter (request, 0), request->user->id, &role,
                                 error))
    return NULL;
  if (role == PORTAL_ROLE_NONE)
    return tell_gone (request, error);

  if (route->access == PORTAL_ACCESS_ADMIN &&
      linkage_rules_check_role (role == PORTAL_ROLE_ADMIN) != LINKAGE_REFUSAL_NONE)
    return portal_reply_new_problem (PORTAL_PROBLEM_ROLE_REQUIRED, NULL);

  return NULL;
}

/* NULL without an error: the user may, or the stored key is asked first. Who lost the role, or the account, still
 * learns what became of a request that was sent before. */
static PortalReply *
check_access (const PortalRoute *route, PortalRequest *request, GError **error)
{
  g_autoptr (PortalReply) refusal = NULL;

  if (!find_user (request, error))
    return NULL;
  if (request->user == NULL)
    return portal_reply_new_problem (PORTAL_PROBLEM_AUTHENTICATION_REQUIRED, NULL);
  if (!(request->user->scope & get_scope (route)))
    return portal_reply_new_problem (PORTAL_PROBLEM_SCOPE_REQUIRED, NULL);
  if (route->access == PORTAL_ACCESS_SIGNED_IN)
    return NULL;

  refusal = check_role (route, request, error);
  if (refusal == NULL || !(route->flags & PORTAL_ROUTE_KEYED) || refusal->problem == PORTAL_PROBLEM_NOT_FOUND)
    return g_steal_pointer (&refusal);

  request->refusal = g_steal_pointer (&refusal);

  return NULL;
}

/* Everything but a public call sees and writes one state of the database at one time, with what is due written down. */
static PortalReply *
run (const PortalRoute *route, PortalRequest *request, GError **error)
{
  g_autoptr (PortalTransaction) transaction = NULL;
  g_autoptr (PortalReply) reply = NULL;
  g_autoptr (GError) access_error = NULL;

  if (route->access == PORTAL_ACCESS_PUBLIC)
    return route->handle (request, error);

  transaction = portal_transaction_begin (request->store, error);
  if (transaction == NULL)
    return NULL;

  reply = check_access (route, request, &access_error);
  if (access_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&access_error));
      return NULL;
    }
  if (reply != NULL)
    return g_steal_pointer (&reply);

  if (!portal_transitions_settle (request->store, error))
    return NULL;
  if (route->flags & PORTAL_ROUTE_KEYED)
    reply = portal_idempotency_run (request, route->handle, error);
  else
    reply = route->handle (request, error);
  if (reply == NULL || !portal_transaction_commit (transaction, error))
    return NULL;

  return g_steal_pointer (&reply);
}

/**
 * portal_router_answer:
 * @router: a router
 * @request: a request
 *
 * Finds the handler, checks who asks, and runs it in a transaction.
 *
 * Returns: (transfer full): what to answer
 */
PortalReply *
portal_router_answer (PortalRouter *router, PortalRequest *request)
{
  g_autoptr (GString) allowed = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const PortalRoute *route = find_route (router, request, allowed);
  PortalReply *reply;

  if (route == NULL && allowed->len == 0)
    return portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, NULL);
  if (route == NULL)
    {
      reply = portal_reply_new_problem (PORTAL_PROBLEM_METHOD_NOT_ALLOWED, NULL);
      soup_message_headers_append (reply->headers, "Allow", allowed->str);
      return reply;
    }

  reply = run (route, request, &error);
  if (reply != NULL)
    return reply;

  if (g_error_matches (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND))
    return portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, NULL);
  g_message ("%s %s failed: %s", route->method, route->path, error->message);
  return portal_reply_new_problem (portal_problem_from_error (error), NULL);
}
