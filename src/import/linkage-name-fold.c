/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-name-fold.h"

#include <string.h>

#include "linkage-text.h"

/* The words of the longest form below, S. A. de C. V. */
#define LONGEST_FORM 5

/* Legal forms as the last words of a name, in small letters without accents, dots and spaces. */
static const char *const trailing_forms[] = { "ab",
                                              "ae",
                                              "ag",
                                              "agcokg",
                                              "ao",
                                              "aps",
                                              "as",
                                              "asa",
                                              "bhd",
                                              "bv",
                                              "bvba",
                                              "co",
                                              "cokg",
                                              "coltd",
                                              "company",
                                              "corp",
                                              "corporation",
                                              "cv",
                                              "dac",
                                              "doo",
                                              "ead",
                                              "eg",
                                              "eingetragenergenossenschaft",
                                              "eireli",
                                              "ek",
                                              "ev",
                                              "eurl",
                                              "gbr",
                                              "ges",
                                              "gesmbh",
                                              "ggmbh",
                                              "gk",
                                              "gmbh",
                                              "gmbhcokg",
                                              "inc",
                                              "incorporated",
                                              "jsc",
                                              "kft",
                                              "kg",
                                              "kgaa",
                                              "kk",
                                              "lda",
                                              "limitada",
                                              "limited",
                                              "llc",
                                              "llp",
                                              "lp",
                                              "ltd",
                                              "ltda",

                                              "mbh",
                                              "nv",
                                              "nyrt",
                                              "ohg",
                                              "ood",
                                              "oy",
                                              "oyj",
                                              "plc",
                                              "pllc",
                                              "pte",
                                              "pty",
                                              "pvt",
                                              "private",
                                              "ptyltd",
                                              "rt",
                                              "sa",
                                              "sab",
                                              "sabdecv",
                                              "sacv",
                                              "sadecv",
                                              "sarl",
                                              "sas",
                                              "sasu",
                                              "sca",
                                              "scrl",
                                              "sdnbhd",
                                              "sdn",
                                              "se",
                                              "sia",
                                              "sl",
                                              "slu",
                                              "snc",
                                              "spa",
                                              "spj",
                                              "spk",
                                              "spolsro",
                                              "spzoo",
                                              "sprl",
                                              "srl",
                                              "sro",
                                              "sti",

                                              "tbk",
                                              "uab",
                                              "ug",
                                              "vof",
                                              "yk",
                                              "zrt" };

/* And as the first one. */
static const char *const leading_forms[] = { "ao", "oao", "ooo", "pao", "pt", "tov", "zao" };

/* Those that are written without a space before or after the name; NFKC makes （株） and ㈱ the same as (株). */
static const char *const attached_forms[] = { "株式会社",     "有限会社", "合同会社", "股份有限公司",
                                              "有限责任公司", "有限公司", "(株)",     "(有)" };

static gboolean
is_one_of (const char *word, const char *const *forms, gsize n_forms)
{
  for (gsize i = 0; i < n_forms; i++)
    {
      if (g_str_equal (word, forms[i]))
        return TRUE;
    }

  return FALSE;
}

/* In the form of the lists above, whatever of it the caller keeps. */
static char *
make_form (GPtrArray *words, guint first, guint n_words)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *folded = NULL;
  GString *form = g_string_new (NULL);

  for (guint i = first; i < first + n_words; i++)
    g_string_append (joined, g_ptr_array_index (words, i));

  folded = linkage_text_fold_filter (joined->str);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_unichar_isalnum (g_utf8_get_char (at)))
        g_string_append_unichar (form, g_utf8_get_char (at));
    }

  return g_string_free (form, FALSE);
}

/* How many of the last words are a legal form; a name that is nothing else is a name. */
static guint
count_trailing (GPtrArray *words)
{
  for (guint n = MIN (LONGEST_FORM, words->len - 1); n > 0; n--)
    {
      g_autofree char *form = make_form (words, words->len - n, n);

      if (is_one_of (form, trailing_forms, G_N_ELEMENTS (trailing_forms)))
        return n;
    }

  return 0;
}

static void
drop_forms (GPtrArray *words)
{
  while (words->len > 1)
    {
      guint n_trailing = count_trailing (words);
      g_autofree char *first = make_form (words, 0, 1);

      if (n_trailing > 0)
        g_ptr_array_remove_range (words, words->len - n_trailing, n_trailing);
      else if (is_one_of (first, leading_forms, G_N_ELEMENTS (leading_forms)))
        g_ptr_array_remove_index (words, 0);
      else
        return;
    }
}

/* 山田商事株式会社 and 株式会社山田商事 are 山田商事. */
static char *
drop_attached (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attached_forms); i++)
    {
      gsize length = strlen (attached_forms[i]);

      if (strlen (text) <= length)
        continue;
      if (g_str_has_prefix (text, attached_forms[i]))
        return g_strstrip (g_strdup (text + length));
      if (g_str_has_suffix (text, attached_forms[i]))
        return g_strstrip (g_strndup (text, strlen (text) - length));
    }

  return g_strdup (text);
}

static char *
remove_accents (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *at = decomposed; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!g_unichar_ismark (g_utf8_get_char (at)))
        g_string_append_unichar (bare, g_utf8_get_char (at));
    }

  return g_utf8_normalize (bare->str, -1, G_NORMALIZE_NFKC);
}

/* S.A. and O'Neill stay one word; any other sign parts two. */
static char *
remove_punctuation (const char *text)
{
  GString *bare = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '.' || c == '\'' || c == 0x2019)
        continue;
      g_string_append_unichar (bare, g_unichar_ispunct (c) ? ' ' : c);
    }

  return g_string_free (bare, FALSE);
}

static GPtrArray *
split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (*parts[i] != '\0')
        g_ptr_array_add (words, g_strdup (parts[i]));
    }

  return words;
}

static void
apply (char **text, char *(*change) (const char *))
{
  char *changed = change (*text);

  g_free (*text);
  *text = changed;
}

/*
 * linkage_name_fold_words:
 * @name: a customer's name
 * @aside: what to leave aside
 *
 * Returns: (transfer full) (array zero-terminated=1): the words that are left, at least one for a name that has any
 */
GStrv
linkage_name_fold_words (const char *name, LinkageNameAside aside)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *text = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  g_autoptr (GPtrArray) words = NULL;

  if (aside & LINKAGE_NAME_ASIDE_CASE)
    apply (&text, linkage_text_fold_name);
  if (aside & LINKAGE_NAME_ASIDE_ACCENTS)
    apply (&text, remove_accents);
  if (aside & LINKAGE_NAME_ASIDE_LEGAL_FORM)
    apply (&text, drop_attached);
  if (aside & LINKAGE_NAME_ASIDE_PUNCTUATION)
    apply (&text, remove_punctuation);

  words = split (text);
  if (aside & LINKAGE_NAME_ASIDE_LEGAL_FORM && words->len > 0)
    drop_forms (words);
  g_ptr_array_add (words, NULL);

  return (GStrv)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
