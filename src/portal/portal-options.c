/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-options.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "portal-error.h"

#define USUAL_NAME "portal.sqlite"

/**
 * portal_options_parse:
 * @context: what to say in the help
 * @entries: the options
 * @argv: the arguments, the subcommand's name first
 * @n_arguments: how many of them are no options
 * @arguments: (out) (optional) (transfer full): the subcommand's name, and those that are no options
 * @error: return location for an error of G_OPTION_ERROR
 *
 * Reads a subcommand's options.
 *
 * Returns: whether all of them are understood
 */
gboolean
portal_options_parse (GOptionContext *context,
                      const GOptionEntry *entries,
                      char **argv,
                      guint n_arguments,
                      GStrv *arguments,
                      GError **error)
{
  g_auto (GStrv) rest = g_strdupv (argv);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, &rest, error))
    return FALSE;
  if (g_strv_length (rest) > 1 + n_arguments)
    {
      /* Translators: %s is what was typed on the command line. */
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, _ ("Unknown argument “%s”"),
                   rest[1 + n_arguments]);
      return FALSE;
    }
  if (g_strv_length (rest) < 1 + n_arguments)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("An argument is missing"));
      return FALSE;
    }

  if (arguments != NULL)
    *arguments = g_steal_pointer (&rest);
  return TRUE;
}

static PortalStore *
open_store (const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  PortalStore *store = portal_store_open (path, &local_error);

  if (g_error_matches (local_error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_NEWER))
    g_set_error (error, LINKAGE_DATABASE_ERROR, LINKAGE_DATABASE_ERROR_NEWER,
                 /* Translators: %s is the name of a file. */
                 _ ("“%s” was written by a newer version of the portal"), path);
  else if (local_error != NULL)
    /* Translators: First the name of a file, then why it cannot be opened. */
    g_set_error (error, local_error->domain, local_error->code, _ ("“%1$s” cannot be opened: %2$s"), path,
                 local_error->message);

  return store;
}

static char *
get_usual_folder (void)
{
  return g_build_filename (g_get_user_state_dir (), "linkage-portal", NULL);
}

/**
 * portal_options_open_store:
 * @database: (nullable): the file's name; NULL for the one in the user's state directory
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or G_FILE_ERROR
 *
 * Opens the database, and makes it where there is none.
 *
 * Returns: (transfer full) (nullable): the open store, NULL on error
 */
PortalStore *
portal_options_open_store (const char *database, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (database != NULL)
    return open_store (database, error);

  folder = get_usual_folder ();
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      /* Translators: First the name of a folder, then why it cannot be made. */
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _ ("The folder “%1$s” cannot be made: %2$s"),
                   folder, g_strerror (code));
      return NULL;
    }

  path = g_build_filename (folder, USUAL_NAME, NULL);
  return open_store (path, error);
}

/**
 * portal_options_open_existing_store:
 * @database: (nullable): the file's name; NULL for the one in the user's state directory
 * @error: return location for an error of LINKAGE_DATABASE_ERROR or G_FILE_ERROR
 *
 * Opens the database of a portal that has served before.
 *
 * Returns: (transfer full) (nullable): the open store, NULL on error
 */
PortalStore *
portal_options_open_existing_store (const char *database, GError **error)
{
  g_autofree char *folder = get_usual_folder ();
  g_autofree char *path = database != NULL ? g_strdup (database) : g_build_filename (folder, USUAL_NAME, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      /* Translators: %s is the name of a file. */
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, _ ("There is no database “%s”"), path);
      return NULL;
    }

  return open_store (path, error);
}

/**
 * portal_options_report:
 * @error: why a subcommand ends
 *
 * Says it on the standard error.
 *
 * Returns: the exit code that goes with it
 */
int
portal_options_report (const GError *error)
{
  g_printerr ("linkage-portal: %s\n", error->message);

  return error->domain == G_OPTION_ERROR || g_error_matches (error, PORTAL_ERROR, PORTAL_ERROR_INVALID)
           ? PORTAL_EXIT_USAGE
           : PORTAL_EXIT_FAILED;
}
