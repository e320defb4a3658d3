/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-text.h"

#include <glib/gi18n.h>

#include "linkage-date-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"
#include "linkage-status-text.h"

/**
 * linkage_merge_text_get_request:
 * @request: an open merge request
 *
 * Says who wants what.
 *
 * Returns: (transfer full): the sentence, without its full stop
 */
char *
linkage_merge_text_get_request (const LinkageMergeRequest *request)
{
  g_autofree char *other = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  other = linkage_portal_text_isolate (request->other_name);
  if (request->incoming)
    return request->mine_stays
             /* Translators: %s is the name of another account. */
             ? g_strdup_printf (_ ("%s asks to be merged into this account"), other)
             /* Translators: %s is the name of another account. */
             : g_strdup_printf (_ ("%s asks to merge this account into itself"), other);

  return request->mine_stays
           /* Translators: %s is the name of another account. */
           ? g_strdup_printf (_ ("%s was asked to merge into this account"), other)
           /* Translators: %s is the name of another account. */
           : g_strdup_printf (_ ("%s was asked to take this account over"), other);
}

/**
 * linkage_merge_text_get_asked:
 * @request: a merge request
 * @zone: (nullable): the time zone
 *
 * Says who asked, and when.
 *
 * Returns: (transfer full): the sentence, without its full stop
 */
char *
linkage_merge_text_get_asked (const LinkageMergeRequest *request, GTimeZone *zone)
{
  g_autofree char *who = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  who = linkage_portal_text_isolate (request->requested_by);
  when = linkage_date_text_format_exact (request->created_at, zone);

  /* Translators: First who asked for a merge, a name or an e-mail address, then a date and a time. */
  return g_strdup_printf (_ ("Asked by %1$s, %2$s"), who, when);
}

/**
 * linkage_merge_text_get_meaning:
 * @request: an open merge request
 *
 * Says what would become of the two accounts, or whom it waits for.
 *
 * Returns: (transfer full): the sentences
 */
char *
linkage_merge_text_get_meaning (const LinkageMergeRequest *request)
{
  g_autofree char *other = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  other = linkage_portal_text_isolate (request->other_name);
  if (!request->incoming)
    /* Translators: %s is the name of another account. */
    return g_strdup_printf (_ ("Waiting for an administrator of %s. Nothing changes before they approve."), other);

  return request->mine_stays
           /* Translators: %s is the name of another account, which would be merged into this one. */
           ? g_strdup_printf (_ ("Its requests would come over here, and %s would no longer exist. Review what would "
                                 "become of each request before you decide."),
                              other)
           /* Translators: %s is the name of another account, which this one would be merged into. */
           : g_strdup_printf (_ ("Your requests would go over to %s, and this account would no longer exist. Review "
                                 "what would become of each request before you decide."),
                              other);
}

static char *
get_outcome_of_merged (const LinkageMergeRequest *request, const char *other, const char *when)
{
  return request->mine_stays
           /* Translators: First the name of another account, then a date. */
           ? g_strdup_printf (_ ("%1$s was merged into this account, %2$s"), other, when)
           /* Translators: First the name of another account, then a date. */
           : g_strdup_printf (_ ("This account was merged into %1$s, %2$s"), other, when);
}

static char *
get_outcome_of_declined (const LinkageMergeRequest *request, const char *other, const char *when)
{
  return request->incoming
           /* Translators: First the name of another account, then a date. */
           ? g_strdup_printf (_ ("The request of %1$s was declined, %2$s"), other, when)
           /* Translators: First the name of another account, then a date. */
           : g_strdup_printf (_ ("%1$s declined the request, %2$s"), other, when);
}

static char *
get_outcome_of_withdrawn (const LinkageMergeRequest *request, const char *other, const char *when)
{
  return request->incoming
           /* Translators: First the name of another account, then a date. */
           ? g_strdup_printf (_ ("%1$s withdrew its request, %2$s"), other, when)
           /* Translators: First the name of another account, then a date. */
           : g_strdup_printf (_ ("The request to %1$s was withdrawn, %2$s"), other, when);
}

/**
 * linkage_merge_text_get_outcome:
 * @request: a merge request that is not open any more
 * @zone: (nullable): the time zone
 *
 * Says what became of it, and when.
 *
 * Returns: (transfer full): the sentence, without its full stop
 */
char *
linkage_merge_text_get_outcome (const LinkageMergeRequest *request, GTimeZone *zone)
{
  g_autofree char *other = NULL;
  g_autofree char *when = NULL;

  g_return_val_if_fail (request != NULL, NULL);

  other = linkage_portal_text_isolate (request->other_name);
  when = linkage_date_text_format_date (request->closed_at != 0 ? request->closed_at : request->created_at, zone);

  switch (request->status)
    {
    case LINKAGE_MERGE_STATUS_MERGED:
      return get_outcome_of_merged (request, other, when);
    case LINKAGE_MERGE_STATUS_DECLINED:
      return get_outcome_of_declined (request, other, when);
    case LINKAGE_MERGE_STATUS_WITHDRAWN:
      return get_outcome_of_withdrawn (request, other, when);
    case LINKAGE_MERGE_STATUS_OPEN:
    case LINKAGE_MERGE_STATUS_UNKNOWN:
    default:
      /* Translators: First the name of another account, then a date. */
      return g_strdup_printf (_ ("The request between this account and %1$s is closed, %2$s"), other, when);
    }
}

/**
 * linkage_merge_text_get_title:
 * @preview: what a merge would do
 *
 * Says which account would be merged into which.
 *
 * Returns: (transfer full): a title
 */
char *
linkage_merge_text_get_title (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;
  g_autofree char *staying = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);
  staying = linkage_portal_text_isolate (preview->staying_name);

  /* Translators: A heading. First the name of the account that will be no more, then of the one that it becomes part
   * of.
   */
  return g_strdup_printf (_ ("%1$s becomes part of %2$s"), going, staying);
}

/**
 * linkage_merge_text_get_question:
 * @preview: what a merge would do
 *
 * Asks whether to merge.
 *
 * Returns: (transfer full): the question
 */
char *
linkage_merge_text_get_question (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;
  g_autofree char *staying = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);
  staying = linkage_portal_text_isolate (preview->staying_name);

  /* Translators: A question in a title. First the name of the account that will be no more, then of the one that it
   * becomes part of. */
  return g_strdup_printf (_ ("Merge %1$s into %2$s?"), going, staying);
}

/* sentence: (transfer full) */
static void
take_count (GString *text, guint count, char *sentence)
{
  g_autofree char *owned = sentence;

  if (count == 0)
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, owned);
}

/**
 * linkage_merge_text_get_counts:
 * @preview: what a merge would do
 *
 * Says how many requests stay, come over, become one or are removed.
 *
 * Returns: (transfer full): a sentence for each that there are any of
 */
char *
linkage_merge_text_get_counts (const LinkageMergePreview *preview)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (preview != NULL, NULL);

  take_count (text, preview->stays,
              /* Translators: Of the account that stays when two are merged. %'u is a number of requests. */
              g_strdup_printf (ngettext ("%'u request stays.", "%'u requests stay.", preview->stays), preview->stays));
  take_count (
    text, preview->comes_over,
    g_strdup_printf (
      /* Translators: From the account that will be no more to the one that stays. %'u is a number of requests. */
      ngettext ("%'u request comes over.", "%'u requests come over.", preview->comes_over), preview->comes_over));
  take_count (text, preview->consolidated,
              g_strdup_printf (
                /* Translators: Both accounts have a request to the same customer. %'u is a number of customers. */
                ngettext ("%'u duplicate becomes one.", "%'u duplicates become one.", preview->consolidated),
                preview->consolidated));
  take_count (text, preview->removed,
              g_strdup_printf (
                /* Translators: %'u is a number of requests. */
                ngettext ("%'u rejected or expired request is removed.",
                          "%'u rejected or expired requests are removed.", preview->removed),
                preview->removed));

  return text->len > 0 ? g_strdup (text->str) : g_strdup (_ ("Neither account has any requests."));
}

/**
 * linkage_merge_text_get_searches:
 * @preview: what a merge would do
 *
 * Says how many searches there will be.
 *
 * Returns: (transfer full): the sentence
 */
char *
linkage_merge_text_get_searches (const LinkageMergePreview *preview)
{
  g_return_val_if_fail (preview != NULL, NULL);

  return g_strdup_printf (
    /* Translators: How often the portal can still be searched once two accounts are merged. */
    ngettext ("%u search will be left.", "%u searches will be left.", preview->searches_left), preview->searches_left);
}

/**
 * linkage_merge_text_get_end:
 * @preview: what a merge would do
 *
 * Warns of what cannot be undone.
 *
 * Returns: (transfer full): the sentences
 */
char *
linkage_merge_text_get_end (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);

  /* Translators: %s is the name of the account that is merged into another one. */
  return g_strdup_printf (_ ("This cannot be undone. %s will no longer exist."), going);
}

/**
 * linkage_merge_text_get_prompt:
 * @preview: what a merge would do
 *
 * Asks for the name of the account that goes.
 *
 * Returns: (transfer full): the sentence
 */
char *
linkage_merge_text_get_prompt (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);

  /* Translators: %s is the name of the account that is merged into another one. */
  return g_strdup_printf (_ ("Type “%s” to continue"), going);
}

/**
 * linkage_merge_text_get_done:
 * @preview: what a merge did
 *
 * Says that it is done.
 *
 * Returns: (transfer full): the sentence, without its full stop
 */
char *
linkage_merge_text_get_done (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;
  g_autofree char *staying = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);
  staying = linkage_portal_text_isolate (preview->staying_name);

  /* Translators: First the name of the account that is no more, then of the one that it became part of. */
  return g_strdup_printf (_ ("%1$s was merged into %2$s"), going, staying);
}

/**
 * linkage_merge_text_get_done_here:
 * @preview: what a merge into the account that is shown did
 *
 * Says that it is done.
 *
 * Returns: (transfer full): the sentence, without its full stop
 */
char *
linkage_merge_text_get_done_here (const LinkageMergePreview *preview)
{
  g_autofree char *going = NULL;

  g_return_val_if_fail (preview != NULL, NULL);

  going = linkage_portal_text_isolate (preview->going_name);

  /* Translators: %s is the name of the account that is no more. */
  return g_strdup_printf (_ ("%s was merged into this account"), going);
}

/**
 * linkage_merge_text_get_fate:
 * @fate: what becomes of a customer's requests
 *
 * Gets a word for it.
 *
 * Returns: (transfer none): the word
 */
const char *
linkage_merge_text_get_fate (LinkageMergeFate fate)
{
  switch (fate)
    {
    case LINKAGE_MERGE_COMES_OVER:
      return C_ ("what becomes of a request in a merge", "Comes Over");
    case LINKAGE_MERGE_CONSOLIDATED:
      return C_ ("what becomes of a request in a merge", "Becomes One");
    case LINKAGE_MERGE_REMOVED:
      return C_ ("what becomes of a request in a merge", "Is Removed");
    case LINKAGE_MERGE_STAYS:
    default:
      return C_ ("what becomes of a request in a merge", "Stays");
    }
}

static void
add_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, sentence);
}

static void
add_status (GString *text, const char *account, LinkageStatus status)
{
  g_autofree char *name = linkage_portal_text_isolate (account);
  /* Translators: The name of an account and the status of a request in it: "Contoso: Pending". */
  g_autofree char *sentence = g_strdup_printf (_ ("%1$s: %2$s"), name, linkage_status_text_get_status_word (status));

  add_sentence (text, sentence);
}

/**
 * linkage_merge_text_get_row:
 * @preview: what a merge would do
 * @row: one of its rows
 *
 * Says how a request stands in either account, and what is remembered of it.
 *
 * Returns: (transfer full): one line
 */
char *
linkage_merge_text_get_row (const LinkageMergePreview *preview, const LinkageMergeRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *used = NULL;

  g_return_val_if_fail (preview != NULL, NULL);
  g_return_val_if_fail (row != NULL, NULL);

  if (row->has_staying)
    add_status (text, preview->staying_name, row->status_staying);
  if (row->has_going)
    add_status (text, preview->going_name, row->status_going);
  if (row->requests_used > 0)
    {
      /* Translators: First how many requests were sent to a customer, then how many can be sent in all. */
      used =
        g_strdup_printf (_ ("%1$u of %2$u requests used"), row->requests_used, LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
      add_sentence (text, used);
    }
  if (row->was_rejected && row->fate != LINKAGE_MERGE_REMOVED)
    add_sentence (text, _ ("Cannot be sent again after a rejection"));

  return g_strdup (text->str);
}

static char *
make_comparable (const char *text)
{
  g_autofree char *line = linkage_portal_text_to_line (text);

  return g_utf8_normalize (line, -1, G_NORMALIZE_NFC);
}

/**
 * linkage_merge_text_is_name:
 * @typed: what the person typed
 * @name: the name of an account
 *
 * Finds out whether a name was typed. White space around it does not count, nor how letters are composed, nor
 * characters that nobody sees.
 *
 * Returns: whether it is the name
 */
gboolean
linkage_merge_text_is_name (const char *typed, const char *name)
{
  g_autofree char *comparable = NULL;
  g_autofree char *comparable_name = NULL;

  g_return_val_if_fail (typed != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  comparable = make_comparable (typed);
  comparable_name = make_comparable (name);

  return comparable[0] != '\0' && g_str_equal (comparable, comparable_name);
}
