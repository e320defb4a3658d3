/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-account-error-private.h"

#define FOLDER "accounts"
#define SET_ASIDE "merged"
#define MARK "merging"

static char *
make_mark_path (const char *data, const char *id)
{
  return g_build_filename (data, FOLDER, id, MARK, NULL);
}

/**
 * linkage_account_folder_mark_merging:
 * @data: the program's data directory
 * @id: the local id of an account
 * @into: the local id of the account that it is about to become part of
 * @error: (out) (optional): where an error goes
 *
 * Marks an account, durably, before it is merged.
 *
 * Returns: %TRUE when it is marked; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY, _STORE_FULL or
 *   _FAILED
 */
gboolean
linkage_account_folder_mark_merging (const char *data, const char *id, const char *into, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL && into != NULL, FALSE);

  path = make_mark_path (data, id);
  if (g_file_set_contents_full (path, into, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &below))
    return TRUE;

  g_propagate_error (error, linkage_account_error_from (below));

  return FALSE;
}

/**
 * linkage_account_folder_unmark_merging:
 * @data: the program's data directory
 * @id: the local id of an account that was not merged
 *
 * Takes the mark off.
 */
void
linkage_account_folder_unmark_merging (const char *data, const char *id)
{
  g_autofree char *path = NULL;

  g_return_if_fail (data != NULL && id != NULL);

  path = make_mark_path (data, id);
  if (g_unlink (path) != 0 && errno != ENOENT)
    g_message ("%s stays: %s", path, g_strerror (errno));
}

/**
 * linkage_account_folder_dup_merging:
 * @data: the program's data directory
 * @id: the local id of an account
 *
 * Returns: (transfer full) (nullable): the local id of the account that it was about to become part of; %NULL: none
 */
char *
linkage_account_folder_dup_merging (const char *data, const char *id)
{
  g_autofree char *path = NULL;
  char *into = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, NULL);

  path = make_mark_path (data, id);

  return g_file_get_contents (path, &into, NULL, NULL) ? into : NULL;
}

/**
 * linkage_account_folder_list_merging:
 * @data: the program's data directory
 *
 * Looks for accounts whose merge did not come to its end.
 *
 * Returns: (transfer full) (array zero-terminated=1): their local ids
 */
GStrv
linkage_account_folder_list_merging (const char *data)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *id;

  g_return_val_if_fail (data != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *into = g_uuid_string_is_valid (id) ? linkage_account_folder_dup_merging (data, id) : NULL;

      if (into != NULL)
        g_strv_builder_add (ids, id);
    }

  return g_strv_builder_end (ids);
}

/* (transfer full): where nothing is yet */
static char *
make_place (const char *folder, const char *id)
{
  char *place = g_build_filename (folder, id, NULL);

  for (guint i = 2; g_file_test (place, G_FILE_TEST_EXISTS); i++)
    {
      g_free (place);
      place = g_strdup_printf ("%s/%s-%u", folder, id, i);
    }

  return place;
}

static gboolean
move_away (const char *data, const char *id, char **place, GError **error)
{
  g_autofree char *folder = g_build_filename (data, FOLDER, id, NULL);
  g_autofree char *set_aside = g_build_filename (data, SET_ASIDE, NULL);

  *place = make_place (set_aside, id);
  if (g_mkdir_with_parents (set_aside, 0700) == 0 && g_rename (folder, *place) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", folder, g_strerror (errno));

  return FALSE;
}

/**
 * linkage_account_folder_set_aside:
 * @data: the program's data directory
 * @id: the local id of an account that was merged and is not open
 * @place: (out) (optional) (transfer full): where its files are then; untouched on an error
 * @error: (out) (optional): where an error goes
 *
 * Takes an account out of those that there are. Its files stay, beside them.
 *
 * Returns: %TRUE when it is no account any more; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_folder_set_aside (const char *data, const char *id, char **place, GError **error)
{
  g_autofree char *moved = NULL;
  g_autofree char *mark = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  if (!move_away (data, id, &moved, &below))
    {
      g_propagate_error (error, linkage_account_error_from (below));
      return FALSE;
    }

  /* Who moves it back wants to have it back. */
  mark = g_build_filename (moved, MARK, NULL);
  if (g_unlink (mark) != 0 && errno != ENOENT)
    g_message ("%s stays: %s", mark, g_strerror (errno));
  if (place != NULL)
    *place = g_steal_pointer (&moved);

  return TRUE;
}
