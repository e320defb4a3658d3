/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-folder.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER "accounts"
#define LAST_USED "last-used"
#define GROUP "Account"
#define KIND_PORTAL "portal"
#define KIND_COMPANION "companion"
#define ADDED "added"
#define SIGNED_OUT "signed-out"

static char *
make_folder_path (const char *data, const char *id)
{
  return g_build_filename (data, FOLDER, id, NULL);
}

/* (nullable): of an account of this kind. Files from before there were kinds are of portals. */
static GKeyFile *
load_description (const char *data, const char *id, const char *kind)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = g_build_filename (data, FOLDER, id, "account.ini", NULL);
  g_autofree char *found = NULL;

  if (linkage_account_folder_is_removed (data, id) || !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;

  found = g_key_file_get_string (file, GROUP, "kind", NULL);
  if (!g_str_equal (found != NULL ? found : KIND_PORTAL, kind))
    return NULL;

  return g_steal_pointer (&file);
}

/**
 * linkage_account_folder_load:
 * @data: the program's data directory
 * @id: the account's local id
 *
 * Reads which portal an account is on.
 *
 * Returns: (transfer full) (nullable): its description, without a token; %NULL when there is none of a portal with an
 *   interface
 */
LinkagePortalAccountConfig *
linkage_account_folder_load (const char *data, const char *id)
{
  g_autoptr (LinkagePortalAccountConfig) config = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  file = load_description (data, id, KIND_PORTAL);
  if (file == NULL)
    return NULL;

  config = linkage_portal_account_config_new ();
  config->id = g_strdup (id);
  config->folder = make_folder_path (data, id);
  config->api = g_key_file_get_string (file, GROUP, "api", NULL);
  config->account_id = g_key_file_get_string (file, GROUP, "account", NULL);
  config->issuer = g_key_file_get_string (file, GROUP, "issuer", NULL);
  config->client_id = g_key_file_get_string (file, GROUP, "client", NULL);
  config->signed_out = g_key_file_get_boolean (file, GROUP, SIGNED_OUT, NULL);
  if (config->api == NULL || config->account_id == NULL)
    return NULL;

  return g_steal_pointer (&config);
}

/**
 * linkage_companion_config_free:
 * @config: (transfer full): a description
 *
 * Frees a description.
 */
void
linkage_companion_config_free (LinkageCompanionConfig *config)
{
  g_return_if_fail (config != NULL);

  g_clear_pointer (&config->id, g_free);
  g_clear_pointer (&config->folder, g_free);
  g_clear_pointer (&config->name, g_free);
  g_clear_pointer (&config->page, g_free);
  g_free (config);
}

/**
 * linkage_account_folder_load_companion:
 * @data: the program's data directory
 * @id: the account's local id
 *
 * Reads what an account was made with that is on a portal without an interface.
 *
 * Returns: (transfer full) (nullable): its description; %NULL when there is none of this kind
 */
LinkageCompanionConfig *
linkage_account_folder_load_companion (const char *data, const char *id)
{
  g_autoptr (LinkageCompanionConfig) config = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  file = load_description (data, id, KIND_COMPANION);
  if (file == NULL)
    return NULL;

  config = g_new0 (LinkageCompanionConfig, 1);
  config->id = g_strdup (id);
  config->folder = make_folder_path (data, id);
  config->name = g_key_file_get_string (file, GROUP, "name", NULL);
  config->page = g_key_file_get_string (file, GROUP, "page", NULL);

  return config->name != NULL ? g_steal_pointer (&config) : NULL;
}

/**
 * linkage_account_folder_find:
 * @data: the program's data directory
 * @api: base address of a portal's interface
 * @account_id: the portal's id of an account
 *
 * Looks for an account that was added before.
 *
 * Returns: (transfer full) (nullable): its description, without a token
 */
LinkagePortalAccountConfig *
linkage_account_folder_find (const char *data, const char *api, const char *account_id)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (data != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (LinkagePortalAccountConfig) config = linkage_account_folder_load (data, name);

      if (config != NULL && g_str_equal (config->api, api) && g_str_equal (config->account_id, account_id))
        return g_steal_pointer (&config);
    }

  return NULL;
}

/**
 * linkage_account_folder_find_companion:
 * @data: the program's data directory
 * @name: the name that an account was made with
 * @page: (nullable): the page that it was made with
 *
 * Looks for an account on a portal without an interface that was added before. What the person called it since is not
 * looked at.
 *
 * Returns: (transfer full) (nullable): its description
 */
LinkageCompanionConfig *
linkage_account_folder_find_companion (const char *data, const char *name, const char *page)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *id;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folder = g_build_filename (data, FOLDER, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (LinkageCompanionConfig) config = linkage_account_folder_load_companion (data, id);

      if (config != NULL && g_str_equal (config->name, name) && g_strcmp0 (config->page, page) == 0)
        return g_steal_pointer (&config);
    }

  return NULL;
}

static gboolean
is_there (const char *data, const char *id)
{
  g_autofree char *path = g_build_filename (data, FOLDER, id, "account.ini", NULL);

  return g_uuid_string_is_valid (id) && g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
         !linkage_account_folder_is_removed (data, id);
}

/* (transfer full) (nullable): the account whose store was written last */
static char *
find_latest (const char *data)
{
  g_autofree char *folder = g_build_filename (data, FOLDER, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *latest = NULL;
  const char *id;
  gint64 written_at = -1;

  while (dir != NULL && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *store = g_build_filename (folder, id, "store.sqlite", NULL);
      GStatBuf info;

      if (!is_there (data, id) || g_stat (store, &info) != 0 || info.st_mtime <= written_at)
        continue;
      g_free (latest);
      latest = g_strdup (id);
      written_at = info.st_mtime;
    }

  return g_steal_pointer (&latest);
}

/**
 * linkage_account_folder_get_last_used:
 * @data: the program's data directory
 *
 * Reads which account was used last; where it was deleted, another.
 *
 * Returns: (transfer full) (nullable): its local id; %NULL when there is none
 */
char *
linkage_account_folder_get_last_used (const char *data)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  path = g_build_filename (data, FOLDER, LAST_USED, NULL);
  if (!g_file_get_contents (path, &id, NULL, NULL))
    return find_latest (data);

  g_strstrip (id);

  return is_there (data, id) ? g_steal_pointer (&id) : find_latest (data);
}

static gboolean
write_file (const char *path, const char *text, GError **error)
{
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                   error);
}

static gboolean
make_folder (const char *folder, GKeyFile *description, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "account.ini", NULL);
  g_autofree char *text = g_key_file_to_data (description, NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int number = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", folder, g_strerror (number));
      return FALSE;
    }

  return write_file (path, text, error);
}

/**
 * linkage_account_folder_create:
 * @data: the program's data directory
 * @api: base address of a portal's interface
 * @account_id: the portal's id of an account
 * @name: the account's name, for who looks at the file
 * @error: (out) (optional): where an error goes
 *
 * Makes a folder for an account.
 *
 * Returns: (transfer full) (nullable): its description, without a token; %NULL with @error set: a %G_FILE_ERROR
 */
LinkagePortalAccountConfig *
linkage_account_folder_create (const char *data,
                               const char *api,
                               const char *account_id,
                               const char *name,
                               GError **error)
{
  g_autoptr (LinkagePortalAccountConfig) config = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (api != NULL, NULL);
  g_return_val_if_fail (account_id != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  config = linkage_portal_account_config_new ();
  config->id = g_uuid_string_random ();
  config->folder = make_folder_path (data, config->id);
  config->api = g_strdup (api);
  config->account_id = g_strdup (account_id);

  file = g_key_file_new ();
  g_key_file_set_string (file, GROUP, "kind", KIND_PORTAL);
  g_key_file_set_string (file, GROUP, "api", api);
  g_key_file_set_string (file, GROUP, "account", account_id);
  g_key_file_set_string (file, GROUP, "name", name);
  g_key_file_set_int64 (file, GROUP, ADDED, g_get_real_time ());

  return make_folder (config->folder, file, error) ? g_steal_pointer (&config) : NULL;
}

static void
set_optional (GKeyFile *file, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, GROUP, key, value);
  else
    g_key_file_remove_key (file, GROUP, key, NULL);
}

/**
 * linkage_account_folder_set_issuer:
 * @data: the program's data directory
 * @id: the local id of an account on a portal
 * @issuer: (nullable): who gives its credentials; %NULL: they are a token that a person brought
 * @client_id: (nullable): what the program calls itself there
 * @error: (out) (optional): where an error goes
 *
 * Remembers that somebody is signed in to an account, and where its credentials are renewed. They themselves are never
 * written to a file.
 *
 * Returns: %TRUE when it is remembered; %FALSE with @error set: a %G_FILE_ERROR
 */
gboolean
linkage_account_folder_set_issuer (const char *data,
                                   const char *id,
                                   const char *issuer,
                                   const char *client_id,
                                   GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *former = NULL;
  g_autofree char *former_client = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  file = load_description (data, id, KIND_PORTAL);
  if (file == NULL)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "The account's description is gone");
      return FALSE;
    }

  former = g_key_file_get_string (file, GROUP, "issuer", NULL);
  former_client = g_key_file_get_string (file, GROUP, "client", NULL);
  if (g_strcmp0 (former, issuer) == 0 && g_strcmp0 (former_client, client_id) == 0 &&
      !g_key_file_has_key (file, GROUP, SIGNED_OUT, NULL))
    return TRUE;

  set_optional (file, "issuer", issuer);
  set_optional (file, "client", client_id);
  set_optional (file, SIGNED_OUT, NULL);
  folder = make_folder_path (data, id);

  return make_folder (folder, file, error);
}

/**
 * linkage_account_folder_set_signed_out:
 * @data: the program's data directory
 * @id: the local id of an account on a portal
 * @error: (out) (optional): where an error goes
 *
 * Remembers, durably, that the person signed out of an account: what the Secret Service may still have for it is not
 * used any more. linkage_account_folder_set_issuer() takes it back.
 *
 * Returns: %TRUE when it is remembered; %FALSE with @error set: a %G_FILE_ERROR
 */
gboolean
linkage_account_folder_set_signed_out (const char *data, const char *id, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (data != NULL && id != NULL, FALSE);

  file = load_description (data, id, KIND_PORTAL);
  if (file == NULL)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "The account's description is gone");
      return FALSE;
    }

  g_key_file_set_boolean (file, GROUP, SIGNED_OUT, TRUE);
  folder = make_folder_path (data, id);

  return make_folder (folder, file, error);
}

/**
 * linkage_account_folder_create_companion:
 * @data: the program's data directory
 * @name: the account's name
 * @page: (nullable): where requests are made
 * @error: (out) (optional): where an error goes
 *
 * Makes a folder for an account on a portal without an interface.
 *
 * Returns: (transfer full) (nullable): its description; %NULL with @error set: a %G_FILE_ERROR
 */
LinkageCompanionConfig *
linkage_account_folder_create_companion (const char *data, const char *name, const char *page, GError **error)
{
  g_autoptr (LinkageCompanionConfig) config = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  config = g_new0 (LinkageCompanionConfig, 1);
  config->id = g_uuid_string_random ();
  config->folder = make_folder_path (data, config->id);
  config->name = g_strdup (name);
  config->page = g_strdup (page);

  file = g_key_file_new ();
  g_key_file_set_string (file, GROUP, "kind", KIND_COMPANION);
  g_key_file_set_string (file, GROUP, "name", name);
  g_key_file_set_int64 (file, GROUP, ADDED, g_get_real_time ());
  if (page != NULL)
    g_key_file_set_string (file, GROUP, "page", page);

  return make_folder (config->folder, file, error) ? g_steal_pointer (&config) : NULL;
}

/**
 * linkage_account_folder_read_settings:
 * @folder: an account's folder
 * @id: its local id
 *
 * Reads how an account is described beside its store. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): names and values in turn, the id first
 */
GStrv
linkage_account_folder_read_settings (const char *folder, const char *id)
{
  g_autoptr (GStrvBuilder) settings = g_strv_builder_new ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;
  g_auto (GStrv) keys = NULL;

  g_return_val_if_fail (folder != NULL && id != NULL, NULL);

  path = g_build_filename (folder, "account.ini", NULL);
  g_strv_builder_add_many (settings, "id", id, NULL);
  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    keys = g_key_file_get_keys (file, GROUP, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, keys[i], NULL);

      if (value != NULL)
        g_strv_builder_add_many (settings, keys[i], value, NULL);
    }

  return g_strv_builder_end (settings);
}

/**
 * linkage_account_folder_set_last_used:
 * @data: the program's data directory
 * @id: (nullable): the account's local id; %NULL: none
 * @error: (out) (optional): where an error goes
 *
 * Remembers which account to open at the next start.
 *
 * Returns: %TRUE when it is remembered; %FALSE with @error set: a %G_FILE_ERROR
 */
gboolean
linkage_account_folder_set_last_used (const char *data, const char *id, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (data != NULL, FALSE);

  path = g_build_filename (data, FOLDER, LAST_USED, NULL);
  return write_file (path, id != NULL ? id : "", error);
}
