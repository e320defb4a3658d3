/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-name-match.h"

#include <string.h>

#include "linkage-name-fold.h"

/* What two names may differ in and still be written alike. */
#define SPELLING (LINKAGE_NAME_ASIDE_CASE | LINKAGE_NAME_ASIDE_ACCENTS | LINKAGE_NAME_ASIDE_PUNCTUATION)
#define SPELLING_AND_FORM (SPELLING | LINKAGE_NAME_ASIDE_LEGAL_FORM)
/* Letters that a name must have before more words are taken for a department or a country. */
#define FEWEST_LETTERS 4

typedef struct
{
  LinkageConnection *connection; /* (unowned) */
  GStrv words;                   /* (owned) */
} Candidate;

typedef struct
{
  GHashTable *exact;      /* (owned) (element-type utf8 LinkageConnection) */
  GHashTable *without;    /* (owned) (element-type utf8 LinkageConnection): without legal forms */
  GHashTable *first_word; /* (owned) (element-type utf8 GPtrArray): to Candidates */
} Index;

G_DEFINE_BOXED_TYPE (LinkageNameMatch, linkage_name_match, linkage_name_match_ref, linkage_name_match_unref)

static void
clear (gpointer data)
{
  LinkageNameMatch *self = data;

  g_free (self->name);
  g_clear_pointer (&self->connection, linkage_connection_unref);
}

/**
 * linkage_name_match_ref:
 *
 * Returns: (transfer full): the match
 */
LinkageNameMatch *
linkage_name_match_ref (LinkageNameMatch *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_name_match_unref:
 * @self: (transfer full): a match
 */
void
linkage_name_match_unref (LinkageNameMatch *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_strfreev (candidate->words);
  g_free (candidate);
}

static char *
fold (const char *name, LinkageNameAside aside)
{
  g_auto (GStrv) words = linkage_name_fold_words (name, aside);

  return g_strjoinv (aside & LINKAGE_NAME_ASIDE_PUNCTUATION ? "" : " ", words);
}

/**
 * linkage_name_match_fold:
 * @name: a customer's name
 *
 * Returns: (transfer full): the name without case, accents, punctuation and legal forms, for comparing
 */
char *
linkage_name_match_fold (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return fold (name, SPELLING_AND_FORM);
}

static void
index_clear (Index *index)
{
  g_hash_table_unref (index->exact);
  g_hash_table_unref (index->without);
  g_hash_table_unref (index->first_word);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

static void
add_candidate (Index *index, LinkageConnection *connection, GStrv words)
{
  Candidate *candidate = g_new0 (Candidate, 1);
  GPtrArray *candidates = NULL;

  candidate->connection = connection;
  candidate->words = words;
  candidates = g_hash_table_lookup (index->first_word, words[0] != NULL ? words[0] : "");
  if (candidates == NULL)
    {
      candidates = g_ptr_array_new_with_free_func (candidate_free);
      g_hash_table_insert (index->first_word, g_strdup (words[0] != NULL ? words[0] : ""), candidates);
    }
  g_ptr_array_add (candidates, candidate);
}

static void
index_init (Index *index, GPtrArray *connections)
{
  index->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->without = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->first_word = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < connections->len; i++)
    {
      LinkageConnection *connection = g_ptr_array_index (connections, i);
      GStrv words = linkage_name_fold_words (connection->customer->name, SPELLING_AND_FORM);

      g_hash_table_insert (index->exact, fold (connection->customer->name, SPELLING), connection);
      g_hash_table_insert (index->without, g_strjoinv ("", words), connection);
      add_candidate (index, connection, words);
    }
}

/* What the two differ in: what they are no longer the same without leaving it aside. */
static LinkageNameAside
explain (const char *a, const char *b, LinkageNameAside aside)
{
  LinkageNameAside needed = LINKAGE_NAME_ASIDE_NOTHING;

  for (guint flag = 1; flag <= aside; flag <<= 1)
    {
      g_autofree char *left = NULL;
      g_autofree char *right = NULL;

      if ((aside & flag) == 0)
        continue;
      left = fold (a, aside & ~flag);
      right = fold (b, aside & ~flag);
      if (!g_str_equal (left, right))
        needed |= flag;
    }

  return needed;
}

/* How many words the two have in common, when one of them has only words more at its end; else 0. */
static guint
count_common (GStrv a, GStrv b)
{
  guint n_common = 0;
  gsize n_letters = 0;

  while (a[n_common] != NULL && b[n_common] != NULL)
    {
      if (!g_str_equal (a[n_common], b[n_common]))
        return 0;
      n_letters += (gsize)g_utf8_strlen (a[n_common], -1);
      n_common++;
    }

  return n_letters >= FEWEST_LETTERS ? n_common : 0;
}

static LinkageConnection *
find_by_words (const Index *index, const char *name)
{
  g_auto (GStrv) words = linkage_name_fold_words (name, SPELLING_AND_FORM);
  GPtrArray *candidates = g_hash_table_lookup (index->first_word, words[0] != NULL ? words[0] : "");
  LinkageConnection *best = NULL;
  guint most = 0;

  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (candidates, i);
      guint n_common = count_common (words, candidate->words);

      if (n_common <= most)
        continue;
      most = n_common;
      best = candidate->connection;
    }

  return best;
}

static LinkageNameMatch *
make_match (const char *name, LinkageNameLikeness likeness, LinkageNameAside aside, LinkageConnection *connection)
{
  LinkageNameMatch *match = g_atomic_rc_box_new0 (LinkageNameMatch);

  match->name = g_strdup (name);
  match->likeness = likeness;
  match->aside = aside;
  match->connection = connection != NULL ? linkage_connection_ref (connection) : NULL;

  return match;
}

static LinkageNameMatch *
match_one (const Index *index, const char *name)
{
  g_autofree char *exact = fold (name, SPELLING);
  g_autofree char *without = fold (name, SPELLING_AND_FORM);
  LinkageConnection *found = g_hash_table_lookup (index->exact, exact);

  if (found != NULL)
    return make_match (name, LINKAGE_NAME_EXACT, explain (name, found->customer->name, SPELLING), found);

  found = g_hash_table_lookup (index->without, without);
  if (found != NULL)
    return make_match (name, LINKAGE_NAME_LIKELY, explain (name, found->customer->name, SPELLING_AND_FORM), found);

  found = find_by_words (index, name);
  if (found != NULL)
    return make_match (name, LINKAGE_NAME_LIKELY, LINKAGE_NAME_ASIDE_WORDS, found);

  return make_match (name, LINKAGE_NAME_NONE, LINKAGE_NAME_ASIDE_NOTHING, NULL);
}

/**
 * linkage_name_match_list:
 * @names: (array zero-terminated=1): names out of another system
 * @connections: (element-type LinkageConnection): the requests that are known
 * @cancellable: (nullable): a cancellable
 * @error: (out) (optional): where an error goes
 *
 * Finds the names that are known. Exact: written alike but for case, accents and punctuation. Likely: the same without
 * the legal form, or one of them has words more at its end. Any thread.
 *
 * Returns: (transfer full) (element-type LinkageNameMatch) (nullable): one for each name that is not empty, in their
 *   order; %NULL with %G_IO_ERROR_CANCELLED
 */
GPtrArray *
linkage_name_match_list (const char *const *names, GPtrArray *connections, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_name_match_unref);
  g_auto (Index) index = { NULL };

  g_return_val_if_fail (names != NULL, NULL);
  g_return_val_if_fail (connections != NULL, NULL);

  index_init (&index, connections);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (names[i]));

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (*name != '\0')
        g_ptr_array_add (matches, match_one (&index, name));
    }

  return g_steal_pointer (&matches);
}
