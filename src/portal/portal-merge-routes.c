/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-routes.h"

#include <glib/gi18n.h>

#include "portal-accounts.h"
#include "portal-fields.h"
#include "portal-json.h"
#include "portal-merge-apply.h"
#include "portal-merge-partners.h"
#include "portal-merges.h"

#define MAX_ID_LENGTH 64
#define MAX_EMAIL_LENGTH 254
#define MAX_NAME_LENGTH 200
#define MAX_NOTE_LENGTH 500
#define PREVIEW_LIMIT 500
#define PREVIEW_DEFAULT_LIMIT 50

static PortalMerge *
load_merge (PortalRequest *request, GError **error)
{
  return portal_merges_load (request->store, portal_request_get_parameter (request, 0),
                             portal_request_get_parameter (request, 1), error);
}

static PortalReply *
reply_merge (PortalRequest *request, guint status, const PortalMerge *merge)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  portal_merge_add_json (builder, merge, portal_request_get_parameter (request, 0));
  return portal_reply_new_json (status, builder);
}

static void
add_suggestions (JsonBuilder *builder, const GPtrArray *partners)
{
  json_builder_set_member_name (builder, "suggestions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < partners->len; i++)
    {
      const PortalMergePartner *partner = g_ptr_array_index (partners, i);

      json_builder_begin_object (builder);
      portal_json_add_string (builder, "id", partner->id);
      portal_json_add_string (builder, "name", partner->name);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static PortalReply *
list_merges (PortalRequest *request, GError **error)
{
  const char *account_id = portal_request_get_parameter (request, 0);
  g_autoptr (GPtrArray) merges = portal_merges_list (request->store, account_id, error);
  g_autoptr (GPtrArray) partners = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean enabled;

  if (merges == NULL)
    return NULL;
  partners = portal_merge_partners_suggest (request->store, account_id, error);
  if (partners == NULL || !portal_merge_partners_get_enabled (request->store, account_id, &enabled, error))
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "merges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < merges->len; i++)
    portal_merge_add_json (builder, g_ptr_array_index (merges, i), account_id);
  json_builder_end_array (builder);
  add_suggestions (builder, partners);
  portal_json_add_boolean (builder, "suggestions-enabled", enabled);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
switch_suggestions (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  gboolean enabled = portal_fields_get_boolean (fields, "enabled");
  g_autoptr (PortalReply) problem = portal_fields_get_problem (fields);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (problem != NULL)
    return g_steal_pointer (&problem);
  if (!portal_merge_partners_set_enabled (request->store, portal_request_get_parameter (request, 0), enabled, error))
    return NULL;

  json_builder_begin_object (builder);
  portal_json_add_boolean (builder, "enabled", enabled);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

/* What a person fills in to ask for a merge. */
typedef struct
{
  const char *account_id; /* (nullable) */
  const char *email;      /* (nullable) */
  const char *note;       /* (nullable) */
  gboolean asked_stays;
} Ask;

static void
read_ask (PortalFields *fields, Ask *ask)
{
  const char *stays = portal_fields_get_string (fields, "stays", MAX_ID_LENGTH);
  gboolean has_id = portal_fields_has (fields, "account-id");

  *ask = (Ask){ .asked_stays = g_strcmp0 (stays, "theirs") == 0 };
  if (stays != NULL && !ask->asked_stays && !g_str_equal (stays, "mine"))
    portal_fields_add_error (fields, "stays", _ ("This field must be “mine” or “theirs”."));
  if (has_id)
    ask->account_id = portal_fields_get_string (fields, "account-id", MAX_ID_LENGTH);
  else
    ask->email = portal_fields_get_string (fields, "email", MAX_EMAIL_LENGTH);
  if (portal_fields_has (fields, "note"))
    ask->note = portal_fields_get_string (fields, "note", MAX_NOTE_LENGTH);
}

/* problem: (out): what is wrong with what was filled in. (transfer full) (nullable): null with a problem or an error */
static char *
find_by_email (PortalRequest *request, const char *email, PortalReply **problem, GError **error)
{
  g_autoptr (GPtrArray) found = portal_merge_partners_find (request->store, email, error);

  if (found == NULL)
    return NULL;
  if (found->len == 1)
    return g_strdup (((const PortalMergePartner *)g_ptr_array_index (found, 0))->id);

  *problem = portal_reply_new_problem (
    PORTAL_PROBLEM_NOT_FOUND, found->len == 0
                                ? _ ("No account has an admin with this address.")
                                : _ ("Several accounts have an admin with this address: give the account’s id."));

  return NULL;
}

static char *
find_asked (PortalRequest *request, const Ask *ask, PortalReply **problem, GError **error)
{
  gboolean exists;

  if (ask->email != NULL)
    return find_by_email (request, ask->email, problem, error);

  if (!portal_merge_partners_exists (request->store, ask->account_id, &exists, error))
    return NULL;
  if (exists)
    return g_strdup (ask->account_id);

  *problem = portal_reply_new_problem (PORTAL_PROBLEM_NOT_FOUND, _ ("There is no such account."));

  return NULL;
}

/* NULL without an error: the two accounts may merge. */
static PortalReply *
check_pair (PortalRequest *request, const char *asking, const char *asked, GError **error)
{
  gboolean has_open = FALSE, other_has_open = FALSE;

  if (g_str_equal (asking, asked))
    return portal_reply_new_problem (PORTAL_PROBLEM_MERGE_WITH_ITSELF, NULL);
  if (!portal_merges_has_open (request->store, asking, &has_open, error) ||
      !portal_merges_has_open (request->store, asked, &other_has_open, error))
    return NULL;

  return has_open || other_has_open ? portal_reply_new_problem (PORTAL_PROBLEM_MERGE_OPEN, NULL) : NULL;
}

static PortalReply *
ask_merge (PortalRequest *request, GError **error)
{
  const char *asking = portal_request_get_parameter (request, 0);
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  g_autoptr (PortalReply) problem = NULL;
  g_autoptr (PortalMerge) merge = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *merge_id = NULL;
  Ask ask;

  read_ask (fields, &ask);
  problem = portal_fields_get_problem (fields);
  if (problem == NULL)
    asked = find_asked (request, &ask, &problem, &local_error);
  if (asked != NULL)
    problem = check_pair (request, asking, asked, &local_error);
  if (problem != NULL)
    return g_steal_pointer (&problem);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  merge_id =
    portal_merges_create (request->store, asking, asked, ask.asked_stays, ask.note, request->user->name, error);
  merge = merge_id != NULL ? portal_merges_load (request->store, asking, merge_id, error) : NULL;

  return merge != NULL ? reply_merge (request, SOUP_STATUS_CREATED, merge) : NULL;
}

static PortalReply *
get_merge (PortalRequest *request, GError **error)
{
  g_autoptr (PortalMerge) merge = load_merge (request, error);

  return merge != NULL ? reply_merge (request, SOUP_STATUS_OK, merge) : NULL;
}

/* NULL: it is open, and the turn of the request's account. Only who is asked sees the other's rows: who asks has
 * agreed to show theirs, and has not been answered. */
static PortalReply *
check_turn (PortalRequest *request, const PortalMerge *merge, gboolean of_asked)
{
  const char *whose = of_asked ? merge->asked : merge->asking;

  if (!g_str_equal (whose, portal_request_get_parameter (request, 0)))
    return portal_reply_new_problem (PORTAL_PROBLEM_MERGE_NOT_YOURS, NULL);
  if (merge->status != PORTAL_MERGE_OPEN)
    return portal_reply_new_problem (PORTAL_PROBLEM_MERGE_CLOSED, NULL);

  return NULL;
}

static PortalReply *
preview_merge (PortalRequest *request, GError **error)
{
  g_autoptr (PortalMerge) merge = load_merge (request, error);
  g_autoptr (PortalMergePlan) plan = NULL;
  g_autoptr (PortalReply) refusal = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gint64 offset, limit;

  if (merge == NULL)
    return NULL;
  if (!portal_request_get_query_int (request, "offset", 0, G_MAXINT32, 0, &offset) ||
      !portal_request_get_query_int (request, "limit", 1, PREVIEW_LIMIT, PREVIEW_DEFAULT_LIMIT, &limit))
    return portal_reply_new_problem (PORTAL_PROBLEM_INVALID_REQUEST, _ ("The offset or the limit is out of range."));
  refusal = check_turn (request, merge, TRUE);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  plan = portal_merge_plan_new (request->store, merge->stays, portal_merge_get_goes (merge), error);
  if (plan == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "merge");
  portal_merge_add_json (builder, merge, portal_request_get_parameter (request, 0));
  portal_merge_plan_add_json (builder, plan, (guint)offset, (guint)limit);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

/* After the merge the account is the one that stays, in which the user may have another role. */
static PortalReply *
reply_merged (PortalRequest *request, const PortalMerge *merge, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (LinkageAccountInfo) account = portal_accounts_load (request->store, merge->stays, request->user, error);

  if (account == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "merge");
  portal_merge_add_json (builder, merge, portal_request_get_parameter (request, 0));
  json_builder_set_member_name (builder, "account");
  portal_account_add_json (builder, account);
  json_builder_end_object (builder);

  return portal_reply_new_json (SOUP_STATUS_OK, builder);
}

static PortalReply *
approve_merge (PortalRequest *request, GError **error)
{
  g_autoptr (PortalFields) fields = portal_fields_new (request->body);
  const char *name = portal_fields_get_string (fields, "name", MAX_NAME_LENGTH);
  const char *state = portal_fields_get_string (fields, "state", MAX_ID_LENGTH);
  g_autoptr (PortalReply) refusal = NULL;
  g_autoptr (PortalMergePlan) plan = NULL;
  g_autoptr (PortalMerge) merge = load_merge (request, error);

  if (merge == NULL)
    return NULL;
  refusal = portal_fields_get_problem (fields);
  if (refusal == NULL)
    refusal = check_turn (request, merge, TRUE);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  if (!g_str_equal (name, portal_merge_get_goes_name (merge)))
    return portal_reply_new_problem (PORTAL_PROBLEM_MERGE_WRONG_NAME, NULL);

  plan = portal_merge_plan_new (request->store, merge->stays, portal_merge_get_goes (merge), error);
  if (plan == NULL)
    return NULL;
  if (!g_str_equal (state, plan->state))
    return portal_reply_new_problem (PORTAL_PROBLEM_MERGE_STALE, NULL);
  if (!portal_merge_apply (request->store, plan, error) ||
      !portal_merges_close (request->store, merge, PORTAL_MERGE_MERGED, error))
    return NULL;

  return reply_merged (request, merge, error);
}

static PortalReply *
close_merge (PortalRequest *request, gboolean by_asked, PortalMergeStatus status, GError **error)
{
  g_autoptr (PortalMerge) merge = load_merge (request, error);
  g_autoptr (PortalReply) refusal = NULL;

  if (merge == NULL)
    return NULL;
  refusal = check_turn (request, merge, by_asked);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);
  if (!portal_merges_close (request->store, merge, status, error))
    return NULL;

  return reply_merge (request, SOUP_STATUS_OK, merge);
}

static PortalReply *
decline_merge (PortalRequest *request, GError **error)
{
  return close_merge (request, TRUE, PORTAL_MERGE_DECLINED, error);
}

static PortalReply *
withdraw_merge (PortalRequest *request, GError **error)
{
  return close_merge (request, FALSE, PORTAL_MERGE_WITHDRAWN, error);
}

/**
 * portal_merge_routes_add:
 * @router: a router
 *
 * Adds the merging of accounts: asking, looking at what it would do, and the answer.
 */
void
portal_merge_routes_add (PortalRouter *router)
{
  static const PortalRoute routes[] = {
    { "GET", "/api/v1/accounts/{account}/merges", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, list_merges },
    { "POST", "/api/v1/accounts/{account}/merges", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED, ask_merge },
    { "PUT", "/api/v1/accounts/{account}/merge-suggestions", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      switch_suggestions },
    { "GET", "/api/v1/accounts/{account}/merges/{merge}", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT, get_merge },
    { "GET", "/api/v1/accounts/{account}/merges/{merge}/preview", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_DEFAULT,
      preview_merge },
    { "PUT", "/api/v1/accounts/{account}/merges/{merge}/approve", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      approve_merge },
    { "PUT", "/api/v1/accounts/{account}/merges/{merge}/decline", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      decline_merge },
    { "PUT", "/api/v1/accounts/{account}/merges/{merge}/withdraw", PORTAL_ACCESS_ADMIN, PORTAL_ROUTE_KEYED,
      withdraw_merge },
  };

  portal_router_add (router, routes, G_N_ELEMENTS (routes));
}
