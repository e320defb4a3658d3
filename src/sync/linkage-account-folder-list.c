/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-folder.h"

#include "linkage-account-entry-private.h"

#define FOLDER "accounts"
#define GROUP "Account"

static char *
dup_string (GKeyFile *file, const char *key)
{
  return g_key_file_get_string (file, GROUP, key, NULL);
}

/* (nullable): of an account that is there, whether its description can be read or not */
static LinkageAccountEntry *
load_entry (const char *data, const char *id)
{
  g_autofree char *path = g_build_filename (data, FOLDER, id, "account.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *name = NULL;
  g_autofree char *api = NULL;
  g_autofree char *page = NULL;

  if (!g_uuid_string_is_valid (id) || !g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      linkage_account_folder_is_removed (data, id))
    return NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return linkage_account_entry_new (id, NULL, NULL, 0);

  name = dup_string (file, "name");
  api = dup_string (file, "api");
  page = dup_string (file, "page");

  return linkage_account_entry_new (id, name, api != NULL ? api : page,
                                    g_key_file_get_int64 (file, GROUP, "added", NULL));
}

/**
 * linkage_account_folder_list:
 * @data: the program's data directory
 *
 * Looks for all accounts that are kept. One whose description cannot be read is one nevertheless.
 *
 * Returns: (transfer full) (element-type LinkageAccountEntry): the accounts, none of them open, in no order
 */
GPtrArray *
linkage_account_folder_list (const char *data)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *id;

  g_return_val_if_fail (data != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      LinkageAccountEntry *entry = load_entry (data, id);

      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }

  return g_steal_pointer (&entries);
}

/**
 * linkage_account_folder_find_entry:
 * @data: the program's data directory
 * @id: an account's local id
 *
 * Reads what a list says of one account that is kept.
 *
 * Returns: (transfer full) (nullable): the account, not open; %NULL: there is none
 */
LinkageAccountEntry *
linkage_account_folder_find_entry (const char *data, const char *id)
{
  g_return_val_if_fail (data != NULL && id != NULL, NULL);

  return load_entry (data, id);
}
