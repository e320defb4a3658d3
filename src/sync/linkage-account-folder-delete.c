/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linkage-account-error-private.h"
#include "linkage-store-erase.h"

#define FOLDER "accounts"
#define MARK "deleted"
#define WITH_TOKEN "token\n"

static char *
make_mark_path (const char *data, const char *id)
{
  return g_build_filename (data, FOLDER, id, MARK, NULL);
}

/**
 * linkage_account_folder_mark_deleted:
 * @data: the program's data directory
 * @id: the account's local id
 * @has_token: whether the Secret Service may have a token for it
 * @error: (out) (optional): where an error goes
 *
 * Marks an account as deleted, durably: from now on there is no such account, whatever is left of it.
 *
 * Returns: %TRUE when it is marked; %FALSE with @error set: %LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY, _STORE_FULL or
 *   _FAILED
 */
gboolean
linkage_account_folder_mark_deleted (const char *data, const char *id, gboolean has_token, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  path = make_mark_path (data, id);
  if (g_file_set_contents_full (path, has_token ? WITH_TOKEN : "", -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &below))
    return TRUE;

  g_propagate_error (error, linkage_account_error_from (below));

  return FALSE;
}

/**
 * linkage_account_folder_is_deleted:
 * @data: the program's data directory
 * @id: the account's local id
 * @has_token: (out) (optional): whether the Secret Service may still have a token for it
 *
 * Returns: whether an account is marked as deleted
 */
gboolean
linkage_account_folder_is_deleted (const char *data, const char *id, gboolean *has_token)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  path = make_mark_path (data, id);
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_file_test (path, G_FILE_TEST_EXISTS);

  if (has_token != NULL)
    *has_token = g_str_equal (text, WITH_TOKEN);

  return TRUE;
}

/**
 * linkage_account_folder_is_removed:
 * @data: the program's data directory
 * @id: an account's local id
 *
 * Returns: whether there is no such account any more, whatever is left of it
 */
gboolean
linkage_account_folder_is_removed (const char *data, const char *id)
{
  return linkage_account_folder_is_deleted (data, id, NULL) || linkage_account_folder_is_set_aside (data, id, NULL);
}

/**
 * linkage_account_folder_list_deleted:
 * @data: the program's data directory
 *
 * Looks for accounts whose deletion did not come to its end.
 *
 * Returns: (transfer full) (array zero-terminated=1): their local ids
 */
GStrv
linkage_account_folder_list_deleted (const char *data)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *id;

  g_return_val_if_fail (data != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    if (g_uuid_string_is_valid (id) && linkage_account_folder_is_deleted (data, id, NULL))
      g_strv_builder_add (ids, id);

  return g_strv_builder_end (ids);
}

/* What is no file is not ours. */
static gboolean
erase_others (const char *folder, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK);

      if (!g_str_equal (name, MARK) && !is_folder && !linkage_store_erase_file (path, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * linkage_account_folder_erase:
 * @data: the program's data directory
 * @id: the local id of an account that is marked as deleted and not open
 * @error: (out) (optional): where an error goes
 *
 * Overwrites and removes all files of an account but the mark. What an earlier call left is taken for its rest.
 * Blocks: not for the main thread.
 *
 * Returns: %TRUE when only the mark is left; %FALSE with @error set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_folder_erase (const char *data, const char *id, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *store = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  folder = g_build_filename (data, FOLDER, id, NULL);
  store = g_build_filename (folder, "store.sqlite", NULL);
  if (linkage_store_erase (store, &below) && erase_others (folder, &below))
    return TRUE;

  g_propagate_error (error, linkage_account_error_from (below));

  return FALSE;
}

/**
 * linkage_account_folder_remove:
 * @data: the program's data directory
 * @id: the local id of an account of which only the mark is left
 * @error: (out) (optional): where an error goes
 *
 * Removes the mark and the folder. Blocks.
 *
 * Returns: %TRUE when nothing is left; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_folder_remove (const char *data, const char *id, GError **error)
{
  g_autofree char *mark = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  mark = make_mark_path (data, id);
  folder = g_build_filename (data, FOLDER, id, NULL);
  if (g_unlink (mark) != 0 && errno != ENOENT)
    {
      below = g_error_new (G_FILE_ERROR, g_file_error_from_errno (errno), "%s: %s", mark, g_strerror (errno));
      g_propagate_error (error, linkage_account_error_from (below));
      return FALSE;
    }
  if (g_rmdir (folder) != 0 && errno != ENOENT)
    g_message ("%s stays, as it has what Linkage did not put there: %s", folder, g_strerror (errno));

  return TRUE;
}
