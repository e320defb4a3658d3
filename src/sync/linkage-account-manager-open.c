/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-companion-account-private.h"

/* The way to an open account. However many want it open, it is opened once. */
typedef struct
{
  LinkageAccountManager *manager;     /* (owned) */
  LinkageAccountEntry *entry;         /* (owned) */
  LinkagePortalAccountConfig *config; /* (owned) (nullable): null until it is read */
} Opening;

static void
opening_free (Opening *opening)
{
  linkage_account_manager_end_work (opening->manager);
  g_clear_object (&opening->manager);
  g_clear_object (&opening->entry);
  g_clear_pointer (&opening->config, linkage_portal_account_config_free);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

/* What was open already takes the credentials that somebody brings. */
static void
take_credentials (LinkageAccountEntry *entry, const LinkagePortalAccountConfig *config)
{
  if (config != NULL && LINKAGE_IS_PORTAL_ACCOUNT (entry->account))
    linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (entry->account), config->issuer, config->client_id,
                                    config->credentials);
}

static void
return_to_waiting (LinkageAccountEntry *entry)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&entry->waiting);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (entry->error != NULL)
        g_task_return_error (task, g_error_copy (entry->error));
      else if (entry->account == NULL)
        g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "All accounts are being closed");
      else
        {
          /* The first one's were taken to open it. */
          if (i > 0)
            take_credentials (entry, g_task_get_task_data (task));
          g_task_return_boolean (task, TRUE);
        }
    }
}

static void
on_closed_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;

  linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, NULL);
}

/* opening, account: (transfer full) */
static void
end_opened (Opening *opening, LinkageAccount *account)
{
  g_autoptr (Opening) owned = opening;
  LinkageAccountManager *self = owned->manager;
  LinkageAccountEntry *entry = owned->entry;

  if (self->is_closing)
    {
      return_to_waiting (entry);
      linkage_account_close_async (account, on_closed_again, g_steal_pointer (&owned));
      g_object_unref (account);
      return;
    }

  linkage_account_entry_take_account (entry, account);
  linkage_account_manager_put_beneath (self, entry);
  if (LINKAGE_IS_PORTAL_ACCOUNT (account) && entry->sandbox == NULL)
    linkage_account_manager_keep_renewals (self, LINKAGE_PORTAL_ACCOUNT (account));
  return_to_waiting (entry);
}

/* opening, error: (transfer full) */
static void
end_failed (Opening *opening, GError *error)
{
  g_autoptr (Opening) owned = opening;
  g_autoptr (GError) below = error;

  if (!g_error_matches (below, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_message ("An account cannot be opened: %s", below->message);
      linkage_account_entry_take_error (owned->entry, linkage_account_error_from (below));
    }
  return_to_waiting (owned->entry);
}

static void
on_companion_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  GError *error = NULL;
  LinkageAccount *account = linkage_companion_account_open_finish (result, &error);

  if (account != NULL)
    end_opened (opening, account);
  else
    end_failed (opening, error);
}

static void
on_portal_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  GError *error = NULL;
  LinkageAccount *account = linkage_portal_account_open_finish (result, &error);

  if (account != NULL)
    end_opened (opening, account);
  else
    end_failed (opening, error);
}

static void
on_secret_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  GError *error = NULL;
  g_autofree char *secret = linkage_secrets_lookup_finish (LINKAGE_SECRETS (source), result, &error);

  if (error != NULL)
    {
      end_failed (opening, error);
      return;
    }

  if (secret != NULL)
    opening->config->credentials = linkage_credentials_parse (secret);
  linkage_portal_account_open_async (opening->config, opening->manager->opening, on_portal_opened, opening);
}

/* opening: (transfer full) */
static void
open_kept (Opening *opening)
{
  LinkageAccountManager *self = opening->manager;
  const char *id = opening->entry->id;
  g_autoptr (LinkageCompanionConfig) companion = linkage_account_folder_load_companion (self->folder, id);

  if (companion != NULL)
    {
      linkage_companion_account_open_async (id, companion->folder, companion->name, companion->page, self->opening,
                                            on_companion_opened, opening);
      return;
    }

  opening->config = linkage_account_folder_load (self->folder, id);
  if (opening->config == NULL)
    end_failed (opening, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_FAILED, NULL, NULL,
                                                    "The account's description cannot be read"));
  else if (opening->config->signed_out)
    {
      linkage_account_manager_resume_sign_out (self, opening->config);
      linkage_portal_account_open_async (opening->config, self->opening, on_portal_opened, opening);
    }
  else
    linkage_secrets_lookup_async (self->secrets, id, self->opening, on_secret_found, opening);
}

/**
 * linkage_account_manager_open_entry_async:
 * @self: a manager
 * @entry: an account of its list
 * @config: (nullable): how to open it, with credentials; %NULL: as it is kept
 * @cancellable: (nullable): ends the waiting of this caller
 * @callback: what to call when it is open
 * @user_data: data for @callback
 *
 * Opens an account, beneath those that were used. One that is open already takes the credentials of @config.
 */
void
linkage_account_manager_open_entry_async (LinkageAccountManager *self,
                                          LinkageAccountEntry *entry,
                                          const LinkagePortalAccountConfig *config,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Opening *opening;

  g_task_set_source_tag (task, linkage_account_manager_open_entry_async);
  if (entry->account != NULL)
    {
      take_credentials (entry, config);
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (config != NULL)
    g_task_set_task_data (task, linkage_portal_account_config_copy (config),
                          (GDestroyNotify)linkage_portal_account_config_free);
  if (entry->waiting != NULL)
    {
      g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
      return;
    }

  entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
  if (entry->error != NULL)
    linkage_account_entry_take_error (entry, NULL);
  if (self->opening == NULL)
    self->opening = g_cancellable_new ();

  opening = g_new0 (Opening, 1);
  opening->manager = g_object_ref (self);
  opening->entry = g_object_ref (entry);
  linkage_account_manager_begin_work (self);
  if (config == NULL)
    {
      open_kept (opening);
      return;
    }

  opening->config = linkage_portal_account_config_copy (config);
  linkage_portal_account_open_async (opening->config, self->opening, on_portal_opened, opening);
}

/**
 * linkage_account_manager_open_entry_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_open_entry_async() began.
 *
 * Returns: %TRUE when it is open; %FALSE with @error set: a %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean
linkage_account_manager_open_entry_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void open_others (LinkageAccountManager *self);

static void
on_other_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GError) error = NULL;

  /* The entry says it. */
  if (!linkage_account_manager_open_entry_finish (self, result, &error))
    g_debug ("Not opened in the background: %s", error->message);
  open_others (self);
}

/* One after the other, so that the current one is not held up. */
static void
open_others (LinkageAccountManager *self)
{
  if (self->is_closing)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->entries)); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), i);

      if (entry->account == NULL && entry->error == NULL && entry->waiting == NULL)
        {
          linkage_account_manager_open_entry_async (self, entry, NULL, NULL, on_other_opened, NULL);
          return;
        }
    }
}

/**
 * linkage_account_manager_list_kept:
 * @self: a manager
 *
 * Brings the list up to date with what is kept on this machine.
 */
void
linkage_account_manager_list_kept (LinkageAccountManager *self)
{
  g_autoptr (GPtrArray) kept = linkage_account_folder_list (self->folder);

  for (guint i = 0; i < kept->len; i++)
    {
      LinkageAccountEntry *entry = g_ptr_array_index (kept, i);

      if (linkage_account_manager_find_entry (self, entry->id) == NULL)
        linkage_account_manager_add_entry (self, entry);
    }
}

/**
 * linkage_account_manager_list_added:
 * @self: a manager
 * @id: the local id of an account that is kept
 *
 * Lists an account if it is not listed yet.
 *
 * Returns: (transfer none): what lists it
 */
LinkageAccountEntry *
linkage_account_manager_list_added (LinkageAccountManager *self, const char *id)
{
  if (linkage_account_manager_find_entry (self, id) == NULL)
    linkage_account_manager_list_kept (self);

  return linkage_account_manager_find_entry (self, id);
}

/* Whether it could be opened or not, it is the one that the person wants to see. */
static void
on_chosen_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LinkageAccountManager *self = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean opened = linkage_account_manager_open_entry_finish (self, result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    linkage_account_manager_set_current (self, g_task_get_task_data (task));
  open_others (self);
  if (opened)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
show_entry (LinkageAccountManager *self, LinkageAccountEntry *entry, GTask *task)
{
  if (entry->account != NULL)
    {
      linkage_account_manager_set_current (self, entry);
      open_others (self);
      g_task_return_boolean (task, TRUE);
      return;
    }

  g_task_set_task_data (task, g_object_ref (entry), g_object_unref);
  linkage_account_manager_open_entry_async (self, entry, NULL, g_task_get_cancellable (task), on_chosen_opened,
                                            g_object_ref (task));
}

/**
 * linkage_account_manager_load_async:
 * @self: a manager
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Lists the accounts that are kept and opens the one that was used last; then, in the background, all others, of which
 * none disturbs another. Ends merges and removals that were interrupted. Where an account's credentials are not known
 * any more, it opens nevertheless and says that it needs the person to sign in.
 */
void
linkage_account_manager_load_async (LinkageAccountManager *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;
  g_autoptr (LinkageAccountEntry) entry = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_load_async);
  linkage_account_manager_resume_merges (self);
  linkage_account_manager_resume_removals (self);
  linkage_account_manager_list_kept (self);
  id = linkage_account_folder_get_last_used (self->folder);
  if (id != NULL)
    g_set_object (&entry, linkage_account_manager_find_entry (self, id));
  if (entry == NULL)
    entry = g_list_model_get_item (G_LIST_MODEL (self->entries), 0);

  if (entry != NULL)
    show_entry (self, entry, task);
  else
    g_task_return_boolean (task, FALSE);
}

/**
 * linkage_account_manager_load_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_load_async() began.
 *
 * Returns: %TRUE when an account is current; %FALSE without an error when there is none; %FALSE with @error set: one of
 *   the STORE codes of %LINKAGE_ACCOUNT_ERROR, or _FAILED
 */
gboolean
linkage_account_manager_load_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_account_manager_switch_async:
 * @self: a manager
 * @id: the local id of an account of its list
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is current
 * @user_data: data for @callback
 *
 * Makes another account current: at once if it is open. One that could not be opened is tried again. What was current
 * goes on to sync.
 */
void
linkage_account_manager_switch_async (LinkageAccountManager *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  LinkageAccountEntry *entry;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_switch_async);
  entry = linkage_account_manager_find_entry (self, id);
  if (entry != NULL)
    show_entry (self, entry, task);
  else
    g_task_return_error (
      task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_FAILED, NULL, NULL, "There is no such account any more"));
}

/**
 * linkage_account_manager_switch_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_switch_async() began.
 *
 * Returns: %TRUE when it is current; %FALSE with @error set: %G_IO_ERROR_CANCELLED, or a %LINKAGE_ACCOUNT_ERROR when it
 *   could not be opened: then it is the current entry, without an account
 */
gboolean
linkage_account_manager_switch_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
