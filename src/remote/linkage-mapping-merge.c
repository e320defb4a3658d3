/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-merge.h"

#include "linkage-mapping-account.h"
#include "linkage-mapping-limits.h"
#include "linkage-rules.h"

/**
 * linkage_merge_previewed_free:
 * @previewed: (transfer full): a page of a preview
 *
 * Frees the page and what it still owns.
 */
void
linkage_merge_previewed_free (LinkageMergePreviewed *previewed)
{
  g_return_if_fail (previewed != NULL);

  g_clear_pointer (&previewed->merge, linkage_merge_request_unref);
  g_clear_pointer (&previewed->preview, linkage_merge_preview_unref);
  g_free (previewed);
}

/**
 * linkage_merged_free:
 * @merged: (transfer full): a reply to a yes
 *
 * Frees the reply and what it still owns.
 */
void
linkage_merged_free (LinkageMerged *merged)
{
  g_return_if_fail (merged != NULL);

  g_clear_pointer (&merged->merge, linkage_merge_request_unref);
  g_clear_pointer (&merged->account, linkage_account_info_unref);
  g_free (merged);
}

/* One of two words that decide who is who: any other cannot be guessed. */
static gboolean
read_choice (const LinkageJsonReader *reader,
             const char *name,
             const char *yes,
             const char *no,
             gboolean *value,
             GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, name, LINKAGE_MAX_WORD, &word, error))
    return FALSE;
  if (!g_str_equal (word, yes) && !g_str_equal (word, no))
    {
      linkage_json_reader_set_error (reader, name, "is not known", error);
      return FALSE;
    }

  *value = g_str_equal (word, yes);

  return TRUE;
}

/* A status that is not known is only shown. */
static gboolean
read_merge_status (const LinkageJsonReader *reader, LinkageMergeStatus *status, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "status", LINKAGE_MAX_WORD, &word, error))
    return FALSE;

  *status = linkage_merge_status_from_string (word);

  return TRUE;
}

/**
 * linkage_mapping_read_merge:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a merge request.
 *
 * Returns: (transfer full) (nullable) (type LinkageMergeRequest): the merge request, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_merge (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageMergeRequest) merge = NULL;
  g_autoptr (LinkageAccountInfo) other = NULL;
  g_autofree char *id = NULL;

  if (!linkage_json_reader_read_id (reader, "id", &id, error))
    return NULL;
  other = linkage_json_reader_read_value (reader, "other", linkage_mapping_read_account_name, error);
  if (other == NULL)
    return NULL;

  merge = linkage_merge_request_new (id, other->id, other->name);
  if (!read_choice (reader, "direction", "incoming", "outgoing", &merge->incoming, error) ||
      !read_choice (reader, "stays", "mine", "theirs", &merge->mine_stays, error) ||
      !read_merge_status (reader, &merge->status, error) ||
      !linkage_json_reader_read_nullable_text (reader, "note", LINKAGE_MAX_NOTE, &merge->note, error) ||
      !linkage_json_reader_read_text (reader, "requested-by", LINKAGE_MAX_NAME, &merge->requested_by, error) ||
      !linkage_json_reader_read_time (reader, "created-at", &merge->created_at, error) ||
      !linkage_json_reader_read_nullable_time (reader, "closed-at", &merge->closed_at, error))
    return NULL;

  return g_steal_pointer (&merge);
}

/**
 * linkage_mapping_read_merges:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads an account's merge requests and suggestions.
 *
 * Returns: (transfer full) (nullable) (type LinkageMergeList): the list, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_merges (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageMergeList) list = linkage_merge_list_new ();

  if (!linkage_json_reader_read_list (reader, "merges", LINKAGE_MAX_MERGES, linkage_mapping_read_merge, list->requests,
                                      error) ||
      !linkage_json_reader_read_list (reader, "suggestions", LINKAGE_MAX_MERGE_SUGGESTIONS,
                                      linkage_mapping_read_account_name, list->suggested, error) ||
      !linkage_json_reader_read_flag (reader, "suggestions-enabled", &list->suggestions_enabled, error))
    return NULL;

  return g_steal_pointer (&list);
}

static gboolean
read_fate (const LinkageJsonReader *reader, LinkageMergeFate *fate, GError **error)
{
  static const char *const fates[] = {
    [LINKAGE_MERGE_STAYS] = "stays",
    [LINKAGE_MERGE_COMES_OVER] = "comes-over",
    [LINKAGE_MERGE_CONSOLIDATED] = "consolidated",
    [LINKAGE_MERGE_REMOVED] = "removed",
  };
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "fate", LINKAGE_MAX_WORD, &word, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (fates); i++)
    {
      if (g_str_equal (fates[i], word))
        {
          *fate = i;
          return TRUE;
        }
    }

  /* Nobody could say yes to what is not understood. */
  linkage_json_reader_set_error (reader, "fate", "is not known", error);

  return FALSE;
}

static gboolean
read_status (const LinkageJsonReader *reader, const char *name, LinkageStatus *status, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, name, LINKAGE_MAX_WORD, &word, error))
    return FALSE;

  *status = linkage_status_from_string (word);

  return TRUE;
}

/* has: whether the account has a row */
static gboolean
read_row_of (const LinkageJsonReader *reader, const char *name, gboolean *has, LinkageStatus *status, GError **error)
{
  *has = !linkage_json_reader_is_null (reader, name);

  return !*has || read_status (reader, name, status, error);
}

static gpointer
read_row (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageMergeRow) row = NULL;
  g_autoptr (LinkageAccountInfo) customer = NULL;
  LinkageMergeFate fate;

  customer = linkage_json_reader_read_value (reader, "customer", linkage_mapping_read_account_name, error);
  if (customer == NULL || !read_fate (reader, &fate, error))
    return NULL;

  row = linkage_merge_row_new (customer->id, customer->name, fate);
  if (!read_status (reader, "status", &row->status, error) ||
      !read_row_of (reader, "status-staying", &row->has_staying, &row->status_staying, error) ||
      !read_row_of (reader, "status-going", &row->has_going, &row->status_going, error) ||
      !linkage_json_reader_read_count (reader, "requests-used", 0, LINKAGE_RULES_REQUESTS_PER_CUSTOMER,
                                       &row->requests_used, error) ||
      !linkage_json_reader_read_flag (reader, "was-rejected", &row->was_rejected, error))
    return NULL;

  return g_steal_pointer (&row);
}

static gboolean
read_counts (const LinkageJsonReader *reader, LinkageMergePreview *preview, GError **error)
{
  LinkageJsonReader counts;

  return linkage_json_reader_enter (reader, "counts", &counts, error) &&
         linkage_json_reader_read_count (&counts, "stays", 0, G_MAXINT, &preview->stays, error) &&
         linkage_json_reader_read_count (&counts, "comes-over", 0, G_MAXINT, &preview->comes_over, error) &&
         linkage_json_reader_read_count (&counts, "consolidated", 0, G_MAXINT, &preview->consolidated, error) &&
         linkage_json_reader_read_count (&counts, "removed", 0, G_MAXINT, &preview->removed, error);
}

/**
 * linkage_mapping_read_merge_preview:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads one page of what a merge would do. Where the page begins is not in it.
 *
 * Returns: (transfer full) (nullable) (type LinkageMergePreviewed): the page, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_merge_preview (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageMergePreviewed) previewed = g_new0 (LinkageMergePreviewed, 1);
  g_autofree char *state = NULL;
  LinkageMergePreview *preview;
  LinkageMergeRequest *merge;

  merge = linkage_json_reader_read_value (reader, "merge", linkage_mapping_read_merge, error);
  previewed->merge = merge;
  if (merge == NULL || !linkage_json_reader_read_id (reader, "state", &state, error))
    return NULL;

  preview = linkage_merge_preview_new (state, merge->mine_stays ? "" : merge->other_name,
                                       merge->mine_stays ? merge->other_name : "");
  previewed->preview = preview;
  if (!read_counts (reader, preview, error) ||
      !linkage_json_reader_read_count (reader, "searches-left", 0, G_MAXINT, &preview->searches_left, error) ||
      !linkage_json_reader_read_count (reader, "total", 0, G_MAXINT, &preview->total, error) ||
      !linkage_json_reader_read_list (reader, "rows", LINKAGE_MAX_MERGE_ROWS, read_row, preview->rows, error))
    return NULL;

  return g_steal_pointer (&previewed);
}

/**
 * linkage_mapping_read_merged:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads the reply to a yes.
 *
 * Returns: (transfer full) (nullable) (type LinkageMerged): the reply, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_merged (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageMerged) merged = g_new0 (LinkageMerged, 1);

  merged->merge = linkage_json_reader_read_value (reader, "merge", linkage_mapping_read_merge, error);
  if (merged->merge == NULL)
    return NULL;
  merged->account = linkage_json_reader_read_value (reader, "account", linkage_mapping_read_account, error);
  if (merged->account == NULL)
    return NULL;

  return g_steal_pointer (&merged);
}

/**
 * linkage_mapping_read_merge_suggestions:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads whether an account is suggested to others.
 *
 * Returns: (transfer full) (nullable) (type gboolean): a #gboolean to be freed, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_merge_suggestions (const LinkageJsonReader *reader, GError **error)
{
  gboolean enabled;

  if (!linkage_json_reader_read_flag (reader, "enabled", &enabled, error))
    return NULL;

  return g_memdup2 (&enabled, sizeof enabled);
}
