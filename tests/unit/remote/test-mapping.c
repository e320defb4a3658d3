/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "linkage-mapping-account.h"
#include "linkage-mapping-challenge.h"
#include "linkage-mapping-changes.h"
#include "linkage-mapping-connection.h"
#include "linkage-mapping-discovery.h"
#include "linkage-mapping-merge.h"
#include "linkage-mapping-page.h"
#include "linkage-mapping-problem.h"
#include "linkage-mapping-search.h"
#include "linkage-mapping-sign-in.h"
#include "sample-replies.h"

typedef struct
{
  const char *name;
  LinkageJsonReadFunc read;
  GDestroyNotify free_value;
  const char *sample;
  /* The last names of members that may be null, or missing, with a space on either side. */
  const char *nullable;
  const char *optional;
} Kind;

#define NULLABLE_ACCOUNT " invitation-email support/name support/email confirmation-text "
#define NULLABLE_CONNECTION " country reference responded-at contact-email requested-by comment "

#define NULLABLE_MERGE " note closed-at "

static const Kind kinds[] = {
  { "account", linkage_mapping_read_account, (GDestroyNotify)linkage_account_info_unref, SAMPLE_ACCOUNT,
    NULLABLE_ACCOUNT, "" },
  { "accounts", linkage_mapping_read_accounts, (GDestroyNotify)g_ptr_array_unref, "[" SAMPLE_ACCOUNT "]",
    NULLABLE_ACCOUNT, "" },
  { "connection", linkage_mapping_read_connection, (GDestroyNotify)linkage_connection_unref, SAMPLE_CONNECTION,
    NULLABLE_CONNECTION, "" },
  { "written", linkage_mapping_read_written, (GDestroyNotify)linkage_written_free, SAMPLE_WRITTEN,
    NULLABLE_ACCOUNT NULLABLE_CONNECTION, "" },
  { "changes", linkage_mapping_read_changes, (GDestroyNotify)linkage_changes_unref, SAMPLE_CHANGES,
    NULLABLE_ACCOUNT NULLABLE_CONNECTION " old-state ", "" },
  { "search", linkage_mapping_read_search, (GDestroyNotify)linkage_search_unref, SAMPLE_SEARCH,
    NULLABLE_CONNECTION " connection-id ", "" },
  { "search-created", linkage_mapping_read_search_created, (GDestroyNotify)linkage_search_created_free,
    SAMPLE_SEARCH_CREATED, NULLABLE_ACCOUNT NULLABLE_CONNECTION " connection-id ", "" },
  { "challenge", linkage_mapping_read_challenge, (GDestroyNotify)linkage_challenge_unref, SAMPLE_CHALLENGE, " page ",
    "" },
  { "discovery", linkage_mapping_read_discovery, (GDestroyNotify)linkage_discovery_free, SAMPLE_DISCOVERY, "", "" },
  { "metadata", linkage_mapping_read_sign_in_metadata, (GDestroyNotify)linkage_sign_in_metadata_free,
    SAMPLE_SIGN_IN_METADATA, "",
    " revocation_endpoint code_challenge_methods_supported code_challenge_methods_supported/0 "
    "authorization_response_iss_parameter_supported " },
  { "credentials", linkage_mapping_read_credentials, (GDestroyNotify)linkage_credentials_free, SAMPLE_CREDENTIALS, "",
    " expires_in refresh_token " },
  { "refusal", linkage_mapping_read_sign_in_refusal, g_free, SAMPLE_SIGN_IN_REFUSAL, "", "" },
  { "customer-link", linkage_mapping_read_link, g_free, SAMPLE_LINK, "", "" },
  { "problem", linkage_mapping_read_problem, (GDestroyNotify)linkage_problem_free, SAMPLE_PROBLEM, NULLABLE_CONNECTION,
    " detail errors errors/name connection merged-into " },
  { "merge", linkage_mapping_read_merge, (GDestroyNotify)linkage_merge_request_unref, SAMPLE_MERGE, NULLABLE_MERGE,
    "" },
  { "merges", linkage_mapping_read_merges, (GDestroyNotify)linkage_merge_list_free, SAMPLE_MERGES, NULLABLE_MERGE, "" },
  { "merge-preview", linkage_mapping_read_merge_preview, (GDestroyNotify)linkage_merge_previewed_free,
    SAMPLE_MERGE_PREVIEW, NULLABLE_MERGE " status-staying status-going ", "" },
  { "merged", linkage_mapping_read_merged, (GDestroyNotify)linkage_merged_free, SAMPLE_MERGED,
    NULLABLE_ACCOUNT NULLABLE_MERGE, "" },
  { "merge-suggestions", linkage_mapping_read_merge_suggestions, g_free, SAMPLE_MERGE_SUGGESTIONS, "", "" },
};

static gpointer
read_kind (const Kind *kind, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return linkage_json_reader_parse (bytes, kind->name, kind->read, error);
}

static void
collect_places (JsonNode *node, const char *place, GPtrArray *places)
{
  if (*place != '\0')
    g_ptr_array_add (places, g_strdup (place));

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        {
          g_autofree char *below = g_strdup_printf ("%s/%s", place, name);

          collect_places (member, below, places);
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *below = g_strdup_printf ("%s/0", place);

      collect_places (json_array_get_element (json_node_get_array (node), 0), below, places);
    }
}

static JsonNode *
go (JsonNode *node, const char *step)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_element (json_node_get_array (node), 0);

  return json_object_get_member (json_node_get_object (node), step);
}

/* The sample with the value at a place replaced, or taken away where there is no replacement. */
static char *
change (const char *sample, const char *place, const char *replacement)
{
  g_autoptr (JsonNode) root = json_from_string (sample, NULL);
  g_auto (GStrv) steps = g_strsplit (place + 1, "/", -1);
  guint n_steps = g_strv_length (steps);
  const char *last = steps[n_steps - 1];
  JsonNode *node = root;

  for (guint i = 0; i + 1 < n_steps; i++)
    node = go (node, steps[i]);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      json_array_remove_element (json_node_get_array (node), 0);
      if (replacement != NULL)
        json_array_add_element (json_node_get_array (node), json_from_string (replacement, NULL));
    }
  else
    {
      json_object_remove_member (json_node_get_object (node), last);
      if (replacement != NULL)
        json_object_set_member (json_node_get_object (node), last, json_from_string (replacement, NULL));
    }

  return json_to_string (root, FALSE);
}

static gboolean
is_listed (const char *list, const char *place)
{
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *end = g_strconcat ("/", names[i], NULL);

      if (*names[i] != '\0' && g_str_has_suffix (place, end))
        return TRUE;
    }

  return FALSE;
}

static void
assert_refused (const Kind *kind, const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;
  const char *last = strrchr (place, '/') + 1;

  if (read_kind (kind, text, &error) != NULL)
    g_error ("%s with another %s was taken: %s", kind->name, place, text);
  g_assert_error (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_INVALID_REPLY);
  g_assert_true (g_str_has_prefix (error->message, kind->name));
  if (*last != '0')
    g_assert_nonnull (strstr (error->message, last));
}

static void
assert_taken (const Kind *kind, const char *text)
{
  g_autoptr (GError) error = NULL;
  gpointer value = read_kind (kind, text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
  kind->free_value (value);
}

static gboolean
has_same_type (const char *sample, const char *place, const char *replacement)
{
  g_autoptr (JsonNode) root = json_from_string (sample, NULL);
  g_autoptr (JsonNode) other = json_from_string (replacement, NULL);
  g_auto (GStrv) steps = g_strsplit (place + 1, "/", -1);
  JsonNode *node = root;

  for (guint i = 0; steps[i] != NULL; i++)
    node = go (node, steps[i]);

  return json_node_get_node_type (node) == json_node_get_node_type (other) &&
         (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == json_node_get_value_type (other));
}

/* Each member of each object, missing and of each wrong type: an error that names it, never a value, never a crash. */
static void
test_members (gconstpointer data)
{
  static const char *const replacements[] = { "null", "true", "1", "1.5", "\"text\"", "[]", "{}", "[null]" };
  const Kind *kind = data;
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = json_from_string (kind->sample, NULL);

  assert_taken (kind, kind->sample);
  collect_places (root, "", places);
  g_assert_cmpuint (places->len, >, 0);
  for (guint i = 0; i < places->len; i++)
    {
      const char *place = g_ptr_array_index (places, i);

      if (!g_str_has_suffix (place, "/0"))
        {
          g_autofree char *without = change (kind->sample, place, NULL);

          if (is_listed (kind->optional, place))
            assert_taken (kind, without);
          else
            assert_refused (kind, without, place);
        }
      for (gsize j = 0; j < G_N_ELEMENTS (replacements); j++)
        {
          g_autofree char *with = NULL;

          if (has_same_type (kind->sample, place, replacements[j]))
            continue;
          with = change (kind->sample, place, replacements[j]);
          if (g_str_equal (replacements[j], "null") && is_listed (kind->nullable, place))
            assert_taken (kind, with);
          else
            assert_refused (kind, with, place);
        }
    }
}

/* No text and no array of the interface is endless. */
static void
test_sizes (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonNode) root = json_from_string (kind->sample, NULL);
  g_autofree char *letters = g_strnfill (4097, 'x');
  g_autofree char *text = g_strdup_printf ("\"%s\"", letters);
  g_autoptr (GString) array = g_string_new ("[null");

  for (guint i = 0; i < 1000; i++)
    g_string_append (array, ",null");
  g_string_append (array, "]");

  collect_places (root, "", places);
  for (guint i = 0; i < places->len; i++)
    {
      const char *place = g_ptr_array_index (places, i);

      if (has_same_type (kind->sample, place, "\"\""))
        {
          g_autofree char *with = change (kind->sample, place, text);

          assert_refused (kind, with, place);
        }
      if (has_same_type (kind->sample, place, "[]"))
        {
          g_autofree char *with = change (kind->sample, place, array->str);

          assert_refused (kind, with, place);
        }
    }
}

/* A newer portal may say more. */
static void
test_unknown_members (gconstpointer data)
{
  const Kind *kind = data;
  g_autofree char *text = g_strdup (kind->sample);
  g_auto (GStrv) parts = g_strsplit (text, "{\"", -1);
  g_autofree char *more = g_strjoinv ("{\"x-new\": [{}], \"", parts);

  if (!g_str_equal (kind->name, "problem"))
    assert_taken (kind, more);
}

static LinkageConnection *
read_connection (const char *place, const char *replacement)
{
  g_autofree char *text = change (SAMPLE_CONNECTION, place, replacement);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  LinkageConnection *connection =
    linkage_json_reader_parse (bytes, "connection", linkage_mapping_read_connection, &error);

  g_assert_no_error (error);

  return connection;
}

static void
test_connection (void)
{
  g_autoptr (LinkageConnection) connection = read_connection ("/revision", "9");
  LinkageAttempt *attempt = g_ptr_array_index (connection->attempts, 0);
  LinkageCustomerEntry *entry = g_ptr_array_index (connection->customer->entries, 0);

  g_assert_cmpstr (connection->id, ==, "con-1");
  g_assert_cmpint (connection->revision, ==, 9);
  g_assert_cmpint (connection->origin, ==, LINKAGE_ORIGIN_SEARCH);
  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_REJECTED);
  g_assert_cmpstr (connection->status_label, ==, "Rejected");
  g_assert_cmpuint (connection->requests_used, ==, 1);
  g_assert_true (connection->was_rejected);
  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_RESEND);
  g_assert_cmpstr (connection->customer->name, ==, "Harbour Foods");
  g_assert_cmpstr (connection->customer->country, ==, "NO");
  g_assert_true (connection->customer->accepts_requests);
  g_assert_cmpstr (entry->reference, ==, "HF-01");
  g_assert_true (entry->active);
  g_assert_cmpuint (attempt->number, ==, 1);
  g_assert_cmpint (attempt->requested_at, ==, 1767225600);
  g_assert_cmpint (attempt->responded_at, ==, 1767225600 + 24 * 60 * 60);
  g_assert_cmpint (attempt->outcome, ==, LINKAGE_STATUS_REJECTED);
  g_assert_cmpstr (attempt->contact_email, ==, "buyer@example.com");
  g_assert_cmpstr (attempt->comment, ==, "Not now.");
}

static void
test_unknown_status (void)
{
  g_autoptr (LinkageConnection) connection = read_connection ("/status", "\"withdrawn\"");

  g_assert_cmpint (connection->status, ==, LINKAGE_STATUS_UNKNOWN);
  g_assert_cmpstr (connection->status_label, ==, "Rejected");
  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_NONE);
}

static void
test_unknown_action (void)
{
  g_autoptr (LinkageConnection) connection = read_connection ("/actions", "[\"teleport\", \"connect\", \"connect\"]");

  g_assert_cmpint (connection->actions, ==, LINKAGE_ACTIONS_CONNECT);
}

static void
test_attempts_in_order (void)
{
  g_autofree char *second = change (SAMPLE_ATTEMPT, "/requested-at", "\"2026-03-01T00:00:00Z\"");
  g_autofree char *list = g_strdup_printf ("[%s, %s]", second, SAMPLE_ATTEMPT);
  g_autoptr (LinkageConnection) connection = read_connection ("/attempts", list);

  g_assert_cmpuint (connection->attempts->len, ==, 2);
  g_assert_cmpint (((LinkageAttempt *)g_ptr_array_index (connection->attempts, 0))->requested_at, ==, 1767225600);
}

static void
assert_value_refused (const Kind *kind, const char *place, const char *replacement)
{
  g_autofree char *text = change (kind->sample, place, replacement);

  assert_refused (kind, text, place);
}

static const Kind *
find_kind (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, name))
        return &kinds[i];
    }

  g_assert_not_reached ();
}

static void
test_values_out_of_range (void)
{
  assert_value_refused (find_kind ("connection"), "/revision", "0");
  assert_value_refused (find_kind ("connection"), "/requests-used", "4");
  assert_value_refused (find_kind ("connection"), "/requests-used", "-1");
  assert_value_refused (find_kind ("connection"), "/origin", "\"post\"");
  assert_value_refused (find_kind ("connection"), "/id", "\"\"");
  assert_value_refused (find_kind ("connection"), "/attempts/0/number", "4");
  assert_value_refused (find_kind ("connection"), "/attempts/0/outcome", "\"suggested\"");
  assert_value_refused (find_kind ("connection"), "/attempts/0/requested-at", "\"yesterday\"");
  assert_value_refused (find_kind ("connection"), "/customer/country", "\"NOR\"");
  assert_value_refused (find_kind ("changes"), "/total", "-1");
  assert_value_refused (find_kind ("changes"), "/new-state", "\"\"");
  assert_value_refused (find_kind ("changes"), "/new-state", "\"s1\"");
  assert_value_refused (find_kind ("challenge"), "/proof-of-work/max-number", "1000001");
  assert_value_refused (find_kind ("challenge"), "/proof-of-work/algorithm", "\"MD5\"");
  assert_value_refused (find_kind ("challenge"), "/page", "\"file:///etc/passwd\"");
  assert_value_refused (find_kind ("challenge"), "/page", "\"http://portal.example.com/\"");
  assert_value_refused (find_kind ("challenge"), "/status", "\"lost\"");
  assert_value_refused (find_kind ("challenge"), "/action", "\"connect\"");
  assert_value_refused (find_kind ("customer-link"), "/link", "\"javascript:alert(1)\"");
  assert_value_refused (find_kind ("discovery"), "/version", "\"2\"");
  assert_value_refused (find_kind ("problem"), "/status", "200");
}

static void
test_browser_challenge (void)
{
  g_autofree char *other = change (SAMPLE_CHALLENGE, "/provider", "\"hcaptcha\"");
  g_autofree char *text = change (other, "/proof-of-work", "null");
  g_autofree char *no_page = change (text, "/page", "null");
  g_autoptr (LinkageChallenge) challenge = NULL;

  challenge = read_kind (find_kind ("challenge"), text, NULL);
  g_assert_cmpstr (challenge->provider, ==, "hcaptcha");
  g_assert_null (challenge->proof_of_work);
  g_assert_nonnull (challenge->page);
  g_assert_cmpuint (challenge->interval, ==, 0);
  g_assert_null (read_kind (find_kind ("challenge"), no_page, NULL));
}

static void
test_interval (void)
{
  g_autofree char *text = g_strndup (SAMPLE_CHALLENGE, strlen (SAMPLE_CHALLENGE) - 1);
  g_autofree char *good = g_strconcat (text, ", \"interval\": 60}", NULL);
  g_autofree char *none = g_strconcat (text, ", \"interval\": 0}", NULL);
  g_autofree char *long_one = g_strconcat (text, ", \"interval\": 61}", NULL);
  g_autoptr (LinkageChallenge) challenge = read_kind (find_kind ("challenge"), good, NULL);

  g_assert_cmpuint (challenge->interval, ==, 60);
  g_assert_null (read_kind (find_kind ("challenge"), none, NULL));
  g_assert_null (read_kind (find_kind ("challenge"), long_one, NULL));
}

static void
test_providers (void)
{
  g_autofree char *several = change (SAMPLE_DISCOVERY, "/challenge-providers", "[\"turnstile\", \"hcaptcha\"]");
  g_autofree char *nothing = change (SAMPLE_DISCOVERY, "/challenge-providers", "[]");
  g_autoptr (LinkageDiscovery) one = read_kind (find_kind ("discovery"), SAMPLE_DISCOVERY, NULL);
  g_autoptr (LinkageDiscovery) more = read_kind (find_kind ("discovery"), several, NULL);
  g_autoptr (LinkageDiscovery) none = read_kind (find_kind ("discovery"), nothing, NULL);

  g_assert_cmpstr (one->challenge_provider, ==, "proof-of-work");
  g_assert_null (more->challenge_provider);
  g_assert_null (none->challenge_provider);
}

static void
test_roles (void)
{
  g_autofree char *text = change (SAMPLE_ACCOUNT, "/role", "\"emperor\"");
  g_autoptr (LinkageAccountInfo) unknown = read_kind (find_kind ("account"), text, NULL);
  g_autoptr (LinkageAccountInfo) admin = read_kind (find_kind ("account"), SAMPLE_ACCOUNT, NULL);

  g_assert_false (unknown->is_admin);
  g_assert_true (admin->is_admin);
  g_assert_cmpuint (admin->searches_limit, ==, 5);
  g_assert_cmpuint (admin->searches_used, ==, 2);
  g_assert_cmpstr (admin->epoch, ==, "e1");
  g_assert_cmpstr (admin->support_email, ==, "support@example.com");
}

static void
test_unknown_search_state (void)
{
  g_autofree char *text = change (SAMPLE_SEARCH, "/results/0/state", "\"on-holiday\"");
  g_autoptr (LinkageSearch) search = read_kind (find_kind ("search"), text, NULL);
  LinkageSearchResult *result = g_ptr_array_index (search->results, 0);

  g_assert_cmpint (result->state, ==, LINKAGE_SEARCH_STATE_UNKNOWN);
  g_assert_cmpint (result->actions, ==, LINKAGE_ACTIONS_NONE);
}

static void
test_problem (void)
{
  g_autoptr (LinkageProblem) problem = read_kind (find_kind ("problem"), SAMPLE_PROBLEM, NULL);
  g_autoptr (LinkageProblem) copy = linkage_problem_copy (problem);
  g_autofree char *text = change (SAMPLE_PROBLEM, "/type", "\"about:blank\"");
  g_autoptr (LinkageProblem) blank = read_kind (find_kind ("problem"), text, NULL);

  g_assert_cmpstr (copy->type, ==, "already-pending");
  g_assert_cmpstr (copy->detail, ==, "A colleague was faster.");
  g_assert_cmpuint (copy->fields->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (copy->fields, 0), ==, "name: is empty");
  g_assert_true (copy->connection == problem->connection);
  g_assert_null (blank->type);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *members = g_strdup_printf ("/mapping/%s/members", kinds[i].name);
      g_autofree char *sizes = g_strdup_printf ("/mapping/%s/sizes", kinds[i].name);
      g_autofree char *unknown = g_strdup_printf ("/mapping/%s/unknown-members", kinds[i].name);

      g_test_add_data_func (members, &kinds[i], test_members);
      g_test_add_data_func (sizes, &kinds[i], test_sizes);
      g_test_add_data_func (unknown, &kinds[i], test_unknown_members);
    }
  g_test_add_func ("/mapping/connection", test_connection);
  g_test_add_func ("/mapping/unknown-status", test_unknown_status);
  g_test_add_func ("/mapping/unknown-action", test_unknown_action);
  g_test_add_func ("/mapping/attempts-in-order", test_attempts_in_order);
  g_test_add_func ("/mapping/values-out-of-range", test_values_out_of_range);
  g_test_add_func ("/mapping/browser-challenge", test_browser_challenge);
  g_test_add_func ("/mapping/interval", test_interval);
  g_test_add_func ("/mapping/providers", test_providers);
  g_test_add_func ("/mapping/roles", test_roles);
  g_test_add_func ("/mapping/unknown-search-state", test_unknown_search_state);
  g_test_add_func ("/mapping/problem", test_problem);

  return g_test_run ();
}
