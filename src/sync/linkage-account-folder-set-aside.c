/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-folder.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "linkage-account-error-private.h"

#define FOLDER "accounts"
#define ASIDE "removed"
#define MARK "set-aside"
#define GROUP "Removed"
#define MAX_NAME 60 /* characters of an account's name in the name of its folder */

static char *
make_mark_path (const char *data, const char *id)
{
  return g_build_filename (data, FOLDER, id, MARK, NULL);
}

/* A name that any file system takes and a person finds again. */
static char *
make_target (const char *name)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GString) target = g_string_new (NULL);
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  guint n_characters = 0;

  for (const char *p = name; *p != '\0' && n_characters < MAX_NAME; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isalnum (character) || character == ' ' || character == '-')
        {
          g_string_append_unichar (target, character);
          n_characters++;
        }
    }
  g_string_prepend_c (target, ' ');
  g_string_prepend (target, date);

  return g_strdup (g_strchomp (target->str));
}

/**
 * linkage_account_folder_mark_set_aside:
 * @data: the program's data directory
 * @id: the account's local id
 * @has_token: whether the Secret Service may have a token for it
 * @name: what the account is called
 * @error: (out) (optional): where an error goes
 *
 * Marks an account as set aside, durably: from now on there is no such account, and its folder is on its way to another
 * place.
 *
 * Returns: %TRUE when it is marked; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY, _STORE_FULL or
 *   _FAILED
 */
gboolean
linkage_account_folder_mark_set_aside (const char *data,
                                       const char *id,
                                       gboolean has_token,
                                       const char *name,
                                       GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;
  g_autofree char *target = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL && name != NULL, FALSE);

  path = make_mark_path (data, id);
  target = make_target (name);
  g_key_file_set_string (file, GROUP, "target", target);
  g_key_file_set_boolean (file, GROUP, "token", has_token);
  text = g_key_file_to_data (file, NULL, NULL);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &below))
    return TRUE;

  g_propagate_error (error, linkage_account_error_from (below));

  return FALSE;
}

/**
 * linkage_account_folder_is_set_aside:
 * @data: the program's data directory
 * @id: the account's local id
 * @has_token: (out) (optional): whether the Secret Service may still have a token for it
 *
 * Returns: whether an account is marked as set aside
 */
gboolean
linkage_account_folder_is_set_aside (const char *data, const char *id, gboolean *has_token)
{
  g_autofree char *path = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  path = make_mark_path (data, id);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;

  /* What cannot be read was not written by halves, but by somebody else: there may be a token. */
  file = g_key_file_new ();
  if (has_token != NULL)
    *has_token = !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL) ||
                 g_key_file_get_boolean (file, GROUP, "token", NULL);

  return TRUE;
}

/**
 * linkage_account_folder_list_set_aside:
 * @data: the program's data directory
 *
 * Looks for accounts that were set aside and are not there yet.
 *
 * Returns: (transfer full) (array zero-terminated=1): their local ids
 */
GStrv
linkage_account_folder_list_set_aside (const char *data)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *id;

  g_return_val_if_fail (data != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    if (g_uuid_string_is_valid (id) && linkage_account_folder_is_set_aside (data, id, NULL))
      g_strv_builder_add (ids, id);

  return g_strv_builder_end (ids);
}

static gboolean
fail (const char *path, int number, GError **error)
{
  g_autoptr (GError) below =
    g_error_new (G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", path, g_strerror (number));

  g_propagate_error (error, linkage_account_error_from (below));

  return FALSE;
}

/* The name of its target, with a number where there is one already. */
static char *
find_free_path (const char *data, const char *target)
{
  g_autofree char *path = g_build_filename (data, ASIDE, target, NULL);

  for (guint number = 2; g_file_test (path, G_FILE_TEST_EXISTS); number++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s %u", target, number);

      g_free (path);
      path = g_build_filename (data, ASIDE, numbered, NULL);
    }

  return g_steal_pointer (&path);
}

static char *
read_target (const char *data, const char *id)
{
  g_autofree char *path = make_mark_path (data, id);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *target = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    target = g_key_file_get_string (file, GROUP, "target", NULL);
  if (target == NULL || *target == '\0' || *target == '.' || strchr (target, G_DIR_SEPARATOR) != NULL)
    return g_strdup (id);

  return g_steal_pointer (&target);
}

/**
 * linkage_account_folder_move_aside:
 * @data: the program's data directory
 * @id: the local id of an account that is marked as set aside and not open
 * @path: (out): where all that is kept of it is now
 * @error: (out) (optional): where an error goes
 *
 * Moves an account's folder to where the program does not look for accounts. Blocks.
 *
 * Returns: %TRUE when it is there; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_folder_move_aside (const char *data, const char *id, char **path, GError **error)
{
  g_autofree char *aside = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *target = NULL;
  g_autofree char *mark = NULL;

  g_return_val_if_fail (data != NULL && id != NULL && path != NULL, FALSE);

  aside = g_build_filename (data, ASIDE, NULL);
  if (g_mkdir_with_parents (aside, 0700) != 0)
    return fail (aside, errno, error);

  target = read_target (data, id);
  from = g_build_filename (data, FOLDER, id, NULL);
  to = find_free_path (data, target);
  if (g_rename (from, to) != 0)
    return fail (to, errno, error);

  /* The folder is one of an account again, for whoever moves it back. */
  mark = g_build_filename (to, MARK, NULL);
  if (g_unlink (mark) != 0)
    g_message ("%s stays: %s", mark, g_strerror (errno));
  *path = g_steal_pointer (&to);

  return TRUE;
}
