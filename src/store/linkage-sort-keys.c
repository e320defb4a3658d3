/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-sort-keys.h"

#include <locale.h>
#include <unistd.h>

#include "linkage-text.h"

/* To be raised with any change of how keys are made. */
#define KEYS_VERSION 1
/* Texts that begin alike for so long are alike to the eye too. */
#define KEY_MAX_CHARS 120

/*
 * linkage_sort_keys_get_collation:
 *
 * Returns: (transfer full): the name of the collation in which text keys are made now; keys of another one do not
 *   compare
 */
char *
linkage_sort_keys_get_collation (void)
{
  char library[64] = "";

#ifdef _CS_GNU_LIBC_VERSION
  confstr (_CS_GNU_LIBC_VERSION, library, sizeof library);
#endif

  return g_strdup_printf ("%s, %s, %d", setlocale (LC_COLLATE, NULL), library, KEYS_VERSION);
}

/*
 * linkage_sort_keys_make_text_key:
 * @text: (nullable):
 *
 * Returns: (transfer full) (nullable): bytes, without their final zero, that sort as @text does in the person's
 *   language; %NULL where there is no text
 */
char *
linkage_sort_keys_make_text_key (const char *text)
{
  g_autofree char *start = NULL;
  g_autofree char *folded = NULL;

  if (text == NULL || *text == '\0')
    return NULL;

  start = g_utf8_strlen (text, -1) > KEY_MAX_CHARS ? g_utf8_substring (text, 0, KEY_MAX_CHARS) : g_strdup (text);
  folded = g_utf8_casefold (start, -1);

  return g_utf8_collate_key (folded, -1);
}

/*
 * linkage_sort_keys_get_status_rank:
 *
 * Returns: the place of a status in the life of a request
 */
int
linkage_sort_keys_get_status_rank (LinkageStatus status)
{
  switch (status)
    {
    case LINKAGE_STATUS_SUGGESTED:
      return 0;
    case LINKAGE_STATUS_PENDING:
      return 1;
    case LINKAGE_STATUS_APPROVED:
      return 2;
    case LINKAGE_STATUS_EXPIRED:
      return 3;
    case LINKAGE_STATUS_REJECTED:
      return 4;
    case LINKAGE_STATUS_UNKNOWN:
    default:
      return 5;
    }
}

/*
 * linkage_sort_keys_get_actions_rank:
 *
 * Returns: rows with something to press first
 */
int
linkage_sort_keys_get_actions_rank (LinkageActions actions)
{
  if (actions & LINKAGE_ACTIONS_CONNECT)
    return 0;
  if (actions & LINKAGE_ACTIONS_RESEND)
    return 1;
  if (actions & LINKAGE_ACTIONS_REQUEST)
    return 2;

  return 3;
}

/* Empty, so before all addresses, where the system asked; none for a bare suggestion. */
static char *
make_email_key (const LinkageAttempt *latest)
{
  if (latest == NULL)
    return NULL;

  return latest->contact_email != NULL ? linkage_text_fold_name (latest->contact_email) : g_strdup ("");
}

static void
append_line (GString *lines, const char *text)
{
  g_autofree char *folded = NULL;

  if (text == NULL)
    return;

  folded = linkage_text_fold_filter (text);
  g_string_append_printf (lines, "%s\n", folded);
}

/* Everything that *Filter This List* finds a row by, folded, each on a line of its own so that nothing is found across
 * two of them. */
static char *
make_filter_text (const LinkageConnection *connection, const LinkageAttempt *latest)
{
  GString *lines = g_string_new (NULL);

  append_line (lines, connection->customer->name);
  for (guint i = 0; i < connection->customer->entries->len; i++)
    {
      const LinkageCustomerEntry *entry = g_ptr_array_index (connection->customer->entries, i);

      append_line (lines, entry->name);
      append_line (lines, entry->reference);
    }
  if (latest != NULL)
    {
      append_line (lines, latest->contact_email);
      append_line (lines, latest->comment);
    }

  return g_string_free (lines, FALSE);
}

/*
 * linkage_sort_keys_init:
 * @self: (out caller-allocates): keys, to be cleared
 *
 * Makes what a connection is found and sorted by. Any thread.
 */
void
linkage_sort_keys_init (LinkageSortKeys *self, const LinkageConnection *connection)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);

  self->filter_text = make_filter_text (connection, latest);
  self->customer = linkage_sort_keys_make_text_key (connection->customer->name);
  self->email = make_email_key (latest);
  self->comments = linkage_sort_keys_make_text_key (latest != NULL ? latest->comment : NULL);
}

void
linkage_sort_keys_clear (LinkageSortKeys *self)
{
  g_free (self->filter_text);
  g_free (self->customer);
  g_free (self->email);
  g_free (self->comments);
}
