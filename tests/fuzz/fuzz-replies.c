/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
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
#include "linkage-sandbox-greeting.h"

typedef struct
{
  const char *name;
  LinkageJsonReadFunc read;
  GDestroyNotify free;
} Kind;

static const Kind kinds[] = {
  { "account", linkage_mapping_read_account, (GDestroyNotify)linkage_account_info_unref },
  { "accounts", linkage_mapping_read_accounts, (GDestroyNotify)g_ptr_array_unref },
  { "written", linkage_mapping_read_written, (GDestroyNotify)linkage_written_free },
  { "changes", linkage_mapping_read_changes, (GDestroyNotify)linkage_changes_unref },
  { "search", linkage_mapping_read_search, (GDestroyNotify)linkage_search_unref },
  { "search-created", linkage_mapping_read_search_created, (GDestroyNotify)linkage_search_created_free },
  { "challenge", linkage_mapping_read_challenge, (GDestroyNotify)linkage_challenge_unref },
  { "discovery", linkage_mapping_read_discovery, (GDestroyNotify)linkage_discovery_free },
  { "link", linkage_mapping_read_link, g_free },
  { "problem", linkage_mapping_read_problem, (GDestroyNotify)linkage_problem_free },
  { "metadata", linkage_mapping_read_sign_in_metadata, (GDestroyNotify)linkage_sign_in_metadata_free },
  { "credentials", linkage_mapping_read_credentials, (GDestroyNotify)linkage_credentials_free },
  { "refusal", linkage_mapping_read_sign_in_refusal, g_free },
  { "merge", linkage_mapping_read_merge, (GDestroyNotify)linkage_merge_request_unref },
  { "merges", linkage_mapping_read_merges, (GDestroyNotify)linkage_merge_list_free },
  { "merge-preview", linkage_mapping_read_merge_preview, (GDestroyNotify)linkage_merge_previewed_free },
  { "merged", linkage_mapping_read_merged, (GDestroyNotify)linkage_merged_free },
  { "merge-suggestions", linkage_mapping_read_merge_suggestions, g_free },
};

static void
read_greeting (const guint8 *data, gsize size)
{
  g_autofree char *line = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageSandboxGreeting) greeting = linkage_sandbox_greeting_parse (line, &error);

  g_assert_true ((greeting == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == LINKAGE_REMOTE_ERROR);
}

static void
read_reply (const Kind *kind, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  gpointer value = linkage_json_reader_parse (bytes, kind->name, kind->read, &error);

  g_assert_true ((value == NULL) == (error != NULL));
  g_assert_true (error == NULL || error->domain == LINKAGE_REMOTE_ERROR);
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (value != NULL)
    kind->free (value);
}

/* The first character says what kind of reply follows: '0' … 'A' as above, 'B' the sandbox's greeting. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gsize number;

  if (size == 0)
    return 0;

  number = (guint8)(data[0] - '0') % (G_N_ELEMENTS (kinds) + 1);
  if (number < G_N_ELEMENTS (kinds))
    read_reply (&kinds[number], data + 1, size - 1);
  else
    read_greeting (data + 1, size - 1);

  return 0;
}
