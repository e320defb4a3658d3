/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-text.h"

#include <glib/gi18n.h>

#include "linkage-error-text.h"
#include "linkage-portal-text.h"

static const struct
{
  LinkageNameAside aside;
  const char *words;
} differences[] = {
  { LINKAGE_NAME_ASIDE_LEGAL_FORM, NC_ ("same name apart from", "the legal form") },
  { LINKAGE_NAME_ASIDE_ACCENTS, NC_ ("same name apart from", "accents") },
  { LINKAGE_NAME_ASIDE_PUNCTUATION, NC_ ("same name apart from", "punctuation") },
  { LINKAGE_NAME_ASIDE_CASE, NC_ ("same name apart from", "capital letters") },
};

/* The legal form, accents and punctuation */
static char *
list_differences (LinkageNameAside aside)
{
  const char *words[G_N_ELEMENTS (differences)];
  guint n_words = 0;
  g_autofree char *list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    {
      if ((aside & differences[i].aside) != 0)
        words[n_words++] = g_dpgettext2 (NULL, "same name apart from", differences[i].words);
    }

  list = g_strdup (words[0]);
  for (guint i = 1; i < n_words; i++)
    {
      g_autofree char *longer = NULL;

      /* Translators: The end of a list of what two names differ in: "the legal form and accents". */
      longer = i + 1 == n_words ? g_strdup_printf (C_ ("end of a list", "%1$s and %2$s"), list, words[i])
                                /* Translators: A list of what two names differ in: "the legal form, accents". */
                                : g_strdup_printf (C_ ("list", "%1$s, %2$s"), list, words[i]);
      g_free (list);
      list = g_steal_pointer (&longer);
    }

  return g_steal_pointer (&list);
}

/**
 * linkage_check_text_get_why:
 * @match: a name that was found
 *
 * Says why a name was taken for a customer's.
 *
 * Returns: (transfer full): a phrase
 */
char *
linkage_check_text_get_why (const LinkageNameMatch *match)
{
  g_autofree char *list = NULL;

  g_return_val_if_fail (match != NULL, NULL);

  if (match->aside == LINKAGE_NAME_ASIDE_NOTHING)
    return g_strdup (_ ("Same name"));
  if ((match->aside & LINKAGE_NAME_ASIDE_WORDS) != 0)
    return g_strdup (_ ("Begins alike, one has more words"));

  list = list_differences (match->aside);
  /* Translators: %s is what two names differ in: "the legal form and accents". */
  return g_strdup_printf (_ ("Same name apart from %s"), list);
}

/**
 * linkage_check_text_get_detail:
 * @match: what became of a name
 *
 * Says which customer a name was taken for, and why.
 *
 * Returns: (transfer full) (nullable): a line; %NULL where there is nothing to say beyond the name
 */
char *
linkage_check_text_get_detail (const LinkageNameMatch *match)
{
  g_autofree char *customer = NULL;
  g_autofree char *why = NULL;

  g_return_val_if_fail (match != NULL, NULL);

  if (match->connection == NULL || match->aside == LINKAGE_NAME_ASIDE_NOTHING)
    return NULL;

  customer = linkage_portal_text_isolate (match->connection->customer->name);
  why = linkage_check_text_get_why (match);
  if (match->likeness == LINKAGE_NAME_EXACT)
    /* Translators: A customer's name, then why another spelling was taken for it. */
    return g_strdup_printf (C_ ("a customer and why", "%1$s · %2$s"), customer, why);

  /* Translators: A customer's name, then why a similar name was taken for it: "Likely Contoso GmbH · Same name apart
   * from the legal form". */
  return g_strdup_printf (_ ("Likely %1$s · %2$s"), customer, why);
}

/**
 * linkage_check_text_get_result:
 * @likeness: how like a customer's a name is
 *
 * Gets the word for what became of a name.
 *
 * Returns: (transfer none): a phrase
 */
const char *
linkage_check_text_get_result (LinkageNameLikeness likeness)
{
  switch (likeness)
    {
    case LINKAGE_NAME_EXACT:
      return C_ ("result for a name", "Matched");
    case LINKAGE_NAME_LIKELY:
      return C_ ("result for a name", "Likely");
    case LINKAGE_NAME_NONE:
    default:
      return C_ ("result for a name", "Not in your list");
    }
}

/**
 * linkage_check_text_get_counts:
 * @n_exact: names that were found
 * @n_likely: names that were found with a difference
 * @n_missing: names that were not found
 *
 * Sums up what became of a list.
 *
 * Returns: (transfer full): a line
 */
char *
linkage_check_text_get_counts (guint n_exact, guint n_likely, guint n_missing)
{
  g_autofree char *exact = NULL;
  g_autofree char *likely = NULL;
  g_autofree char *missing = NULL;

  /* Translators: How many names are those of customers in the list. */
  exact = g_strdup_printf (ngettext ("%u matched", "%u matched", n_exact), n_exact);
  /* Translators: How many names are probably those of customers in the list. */
  likely = g_strdup_printf (ngettext ("%u likely", "%u likely", n_likely), n_likely);
  /* Translators: How many names are those of no customer in the list. */
  missing = g_strdup_printf (ngettext ("%u not found", "%u not found", n_missing), n_missing);

  /* Translators: What became of a list of names: "84 matched, 12 likely, 24 not found". */
  return g_strdup_printf (_ ("%1$s, %2$s, %3$s"), exact, likely, missing);
}

/**
 * linkage_check_text_get_error:
 * @error: why a list of names could not be read or checked
 *
 * Says what is wrong with a list, and what to do.
 *
 * Returns: (transfer full): a sentence
 */
char *
linkage_check_text_get_error (const GError *error)
{
  g_autoptr (LinkageErrorText) text = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_EMPTY))
    return g_strdup (_ ("There is no name in it. Type or paste at least one."));
  if (g_error_matches (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE))
    /* Translators: %'d is a number with separators, 100,000. */
    return g_strdup_printf (ngettext ("A list can have %'d name at most. Check it in parts.",
                                      "A list can have %'d names at most. Check it in parts.",
                                      LINKAGE_NAME_LIST_MAX_NAMES),
                            LINKAGE_NAME_LIST_MAX_NAMES);
  if (g_error_matches (error, LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_SPREADSHEET))
    return g_strdup (_ ("This is a spreadsheet file. Copy its cells and paste them here, or save it as CSV."));
  if (error->domain == LINKAGE_IMPORT_ERROR)
    return g_strdup (_ ("This is no list of names. Choose a text or CSV file with one name per line."));

  text = linkage_error_text_new (error);

  return g_strdup (text->sentence);
}
