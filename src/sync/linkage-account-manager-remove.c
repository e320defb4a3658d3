/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-portal-account-private.h"

/* An account on its way out, once it is marked. */
typedef struct
{
  gboolean is_kept;           /* set aside, not deleted */
  char *path;                 /* (owned) (nullable): where it is then */
  LinkageTokenSource *source; /* (owned) (nullable): what signed in to it, where it is known */
  char *data;                 /* (owned): the program's data directory */
  char *id;                   /* (owned) */
  GError *token_error; /* (owned) (nullable): the Secret Service keeps its token: the mark stays, for the next start */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_clear_error (&removal->token_error);
  g_clear_object (&removal->source);
  g_free (removal->path);
  g_free (removal->data);
  g_free (removal->id);
  g_free (removal);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageAccountManager *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean ended = g_task_propagate_boolean (G_TASK (result), &error);

  linkage_account_manager_end_work (self);
  if (!ended)
    g_task_return_error (task, error);
  else if (removal->token_error != NULL)
    linkage_account_error_return (task, g_steal_pointer (&removal->token_error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
set_aside (Removal *removal, GError **error)
{
  return removal->token_error != NULL ||
         linkage_account_folder_move_aside (removal->data, removal->id, &removal->path, error);
}

static gboolean
erase (const Removal *removal, GError **error)
{
  if (!linkage_account_folder_erase (removal->data, removal->id, error))
    return FALSE;

  return removal->token_error != NULL || linkage_account_folder_remove (removal->data, removal->id, error);
}

static void
end_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Removal *removal = task_data;
  GError *error = NULL;

  if (removal->is_kept ? set_aside (removal, &error) : erase (removal, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The thread may be the last to let its task go, which therefore has no source object to take along. */
static void
end (GTask *task)
{
  g_autoptr (GTask) ending = g_task_new (NULL, NULL, on_ended, g_object_ref (task));

  g_task_set_source_tag (ending, end);
  g_task_set_task_data (ending, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (ending, end_in_thread);
}

static void
on_credentials_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Removal *removal = g_task_get_task_data (task);

  linkage_account_manager_end_credentials_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &removal->token_error);
  if (removal->token_error != NULL)
    g_message ("The Secret Service does not give a token up: %s", removal->token_error->message);
  end (task);
}

/* task: (transfer full) */
static void
begin_to_end (GTask *task)
{
  g_autoptr (GTask) owned = task;
  LinkageAccountManager *self = g_task_get_source_object (task);
  const Removal *removal = g_task_get_task_data (task);
  gboolean has_token = FALSE;

  if (removal->is_kept)
    linkage_account_folder_is_set_aside (removal->data, removal->id, &has_token);
  else
    linkage_account_folder_is_deleted (removal->data, removal->id, &has_token);

  if (has_token)
    linkage_account_manager_end_credentials_async (self, removal->id, removal->source, on_credentials_ended,
                                                   g_steal_pointer (&owned));
  else
    end (task);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_info ("The account to be removed was not closed in order: %s", error->message);

  begin_to_end (task);
}

static GTask *
make_task (LinkageAccountManager *self,
           const char *id,
           gboolean is_kept,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Removal *removal = g_new0 (Removal, 1);

  removal->data = g_strdup (self->folder);
  removal->id = g_strdup (id);
  removal->is_kept = is_kept;
  g_task_set_source_tag (task, make_task);
  g_task_set_task_data (task, removal, removal_free);
  linkage_account_manager_begin_work (self);

  return task;
}

/* Of one that could not be opened it is not known. */
static gboolean
may_have_token (LinkageAccountEntry *entry)
{
  return entry->account == NULL || LINKAGE_IS_PORTAL_ACCOUNT (entry->account);
}

static gboolean
mark (LinkageAccountManager *self, LinkageAccountEntry *entry, gboolean is_kept, GError **error)
{
  g_autofree char *name = NULL;

  if (!is_kept)
    return linkage_account_folder_mark_deleted (self->folder, entry->id, may_have_token (entry), error);

  name = linkage_account_entry_dup_name (entry);

  return linkage_account_folder_mark_set_aside (self->folder, entry->id, may_have_token (entry), name, error);
}

static void
remove_current (LinkageAccountManager *self, gboolean is_kept, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LinkageAccountEntry) entry = g_object_ref (self->current);
  g_autoptr (LinkageAccount) account = NULL;
  Removal *removal;
  GTask *task;
  GError *error = NULL;

  if (!mark (self, entry, is_kept, &error))
    {
      g_task_report_error (self, callback, user_data, remove_current, error);
      return;
    }

  task = make_task (self, entry->id, is_kept, callback, user_data);
  account = linkage_account_manager_take_out (self, entry);
  linkage_account_manager_remove_entry (self, entry);
  if (account == NULL)
    {
      begin_to_end (task);
      return;
    }

  linkage_account_manager_ignore_renewals (self, account);
  removal = g_task_get_task_data (task);
  if (LINKAGE_IS_PORTAL_ACCOUNT (account))
    removal->source = linkage_portal_account_sign_out (LINKAGE_PORTAL_ACCOUNT (account));
  linkage_account_abandon (account);
  linkage_account_close_async (account, on_closed, task);
}

/**
 * linkage_account_manager_delete_async:
 * @self: a manager with a current entry that is kept
 * @callback: what to call when nothing is left of it
 * @user_data: data for @callback
 *
 * Deletes the current account: all that is kept of it on this machine, its token included, which the portal is told to
 * end. Nothing of it is sent any more. It is marked durably first, so that no crash leaves half an account: the next
 * start goes on. What was there before is current at once.
 */
void
linkage_account_manager_delete_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (self->current != NULL && self->current->sandbox == NULL);

  remove_current (self, FALSE, callback, user_data);
}

/**
 * linkage_account_manager_delete_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_delete_async() began.
 *
 * Returns: %TRUE when nothing is left of it; %FALSE with @error set, one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 *   or _FAILED: when the account is still current nothing was done, else the next start goes on
 */
gboolean
linkage_account_manager_delete_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * linkage_account_manager_set_aside_async:
 * @self: a manager with a current entry that is kept
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Sets the current account aside: its folder goes to where no account is looked for, and its token nowhere: the portal
 * is told to end it. Nothing of it is sent any more. As with a deletion, no crash leaves half an account, and what was
 * there before is current at once.
 */
void
linkage_account_manager_set_aside_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (self->current != NULL && self->current->sandbox == NULL);

  remove_current (self, TRUE, callback, user_data);
}

/**
 * linkage_account_manager_set_aside_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_set_aside_async() began.
 *
 * Returns: (transfer full) (nullable): the folder in which all that was kept of it is; %NULL with @error set, one of
 * the STORE codes of %LINKAGE_ACCOUNT_ERROR or _FAILED: when the account is still current nothing was done, else the
 * next start goes on
 */
char *
linkage_account_manager_set_aside_finish (LinkageAccountManager *self, GAsyncResult *result, GError **error)
{
  Removal *removal;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  removal = g_task_get_task_data (G_TASK (result));

  return g_strdup (removal->path);
}

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_message ("An account that was removed is not gone yet: %s", error->message);
}

static void
resume (LinkageAccountManager *self, char **ids, gboolean is_kept)
{
  for (guint i = 0; ids[i] != NULL; i++)
    begin_to_end (make_task (self, ids[i], is_kept, on_resumed, NULL));
}

/**
 * linkage_account_manager_resume_removals:
 * @self: a manager that has no account open
 *
 * Goes on deleting and setting aside what an earlier run did not bring to its end.
 */
void
linkage_account_manager_resume_removals (LinkageAccountManager *self)
{
  g_auto (GStrv) deleted = NULL;
  g_auto (GStrv) set_aside_ids = NULL;

  if (self->n_working > 0)
    return;

  deleted = linkage_account_folder_list_deleted (self->folder);
  set_aside_ids = linkage_account_folder_list_set_aside (self->folder);
  resume (self, deleted, FALSE);
  resume (self, set_aside_ids, TRUE);
}
