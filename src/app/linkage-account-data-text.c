/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-data-text.h"

#include <glib/gi18n.h>

#include "linkage-error-text.h"
#include "linkage-portal-text.h"

#define MAX_NAME 60 /* characters of an account's name in the name of a file */

/* line: (transfer full) */
static void
add_line (GString *text, guint64 n, char *line)
{
  g_autofree char *owned = line;

  if (n > 0)
    g_string_append_printf (text, "%s\n", owned);
}

static guint
clamp (guint64 n)
{
  return (guint)MIN (n, G_MAXUINT);
}

/**
 * linkage_account_data_text_describe_removal:
 * @summary: what is kept
 *
 * Says what is kept of an account that is to be removed, a line for each kind of thing that there is, what becomes of
 * requests that were not answered, and what the person can do with it.
 *
 * Returns: (transfer full): plain text
 */
char *
linkage_account_data_text_describe_removal (const LinkageStoreSummary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n;

  g_return_val_if_fail (summary != NULL, NULL);

  n = clamp (summary->n_connections);
  g_string_append_printf (text, "%s\n\n", _ ("Linkage keeps this of it on this computer:"));
  /* Translators: A line of what is kept of an account that is to be removed. */
  add_line (text, 1, g_strdup_printf (ngettext ("%'u request of the list", "%'u requests of the list", n), n));
  n = clamp (summary->n_changes);
  /* Translators: A line of what is kept of an account that is to be removed. */
  add_line (text, n, g_strdup_printf (ngettext ("%'u line of history", "%'u lines of history", n), n));
  n = clamp (summary->n_copies);
  /* Translators: A line of what is kept of an account that is to be removed. */
  add_line (text, n, g_strdup_printf (ngettext ("What %'u copy showed", "What %'u copies showed", n), n));
  n = clamp (summary->n_to_ask + summary->n_searches);
  add_line (text, n,
            /* Translators: Names of customers that were searched for, or that a person wants to ask. */
            g_strdup_printf (ngettext ("%'u name to search for or to ask", "%'u names to search for or to ask", n), n));
  n = summary->n_backups + summary->n_set_aside;
  add_line (text, n,
            /* Translators: Backups, and damaged files that were kept. */
            g_strdup_printf (ngettext ("%'u backup or file set aside", "%'u backups and files set aside", n), n));
  n = clamp (summary->n_unanswered);
  if (n > 0)
    g_string_append_c (text, '\n');
  add_line (text, n,
            g_strdup_printf (
              /* Translators: What becomes of requests when their account is removed. */
              ngettext ("%'u request is not answered yet. It will not be sent.",
                        "%'u requests are not answered yet. They will not be sent.", n),
              n));
  g_string_append_printf (
    text, "\n%s",
    _ ("Set it aside to keep it in a folder, from which Linkage neither reads nor sends. What is deleted is gone for "
       "good. What is on the portal stays there."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * linkage_account_data_text_describe_export_error:
 * @file: where the export was to go
 * @error: what went wrong
 *
 * Says why an export failed, and what to do.
 *
 * Returns: (transfer full): plain text
 */
char *
linkage_account_data_text_describe_export_error (GFile *file, const GError *error)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *utf8 = g_filename_display_name (base);
  g_autofree char *name = linkage_portal_text_isolate (utf8);
  g_autoptr (LinkageErrorText) text = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("“%s” cannot be written there. Choose another folder."), name);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    /* Translators: %s is the name of a file. */
    return g_strdup_printf (_ ("There is no space left for “%s”. Make some, or choose another disk."), name);
  if (error->domain == G_IO_ERROR)
    /* Translators: The name of a file, and the system's sentence of what is wrong with it. */
    return g_strdup_printf (_ ("“%1$s” could not be written: %2$s. Choose another place."), name, error->message);

  text = linkage_error_text_new (error);

  return g_strdup (text->sentence);
}

/**
 * linkage_account_data_text_make_file_name:
 * @account_name: what the account is called
 * @now: Unix seconds
 *
 * Suggests a name for an export that any file system takes.
 *
 * Returns: (transfer full): a file's name
 */
char *
linkage_account_data_text_make_file_name (const char *account_name, gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%d");
  g_autoptr (GString) name = g_string_new (NULL);
  guint n_characters = 0;

  for (const char *p = account_name; *p != '\0' && n_characters < MAX_NAME; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalnum (character) || (n_characters > 0 && (character == ' ' || character == '-')))
        {
          g_string_append_unichar (name, character);
          n_characters++;
        }
    }

  /* Translators: The name of a file: an account's name, and a date. */
  return g_strdup_printf (_ ("Linkage %1$s %2$s.json"), g_strchomp (name->str), date);
}
