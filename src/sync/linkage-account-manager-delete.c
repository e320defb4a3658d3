/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"

/* An account on its way out, once it is marked. */
typedef struct
{
  char *data;          /* (owned): the program's data directory */
  char *id;            /* (owned) */
  GError *token_error; /* (owned) (nullable): the Secret Service keeps its token: the mark stays, for the next start */
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  g_clear_error (&deletion->token_error);
  g_free (deletion->data);
  g_free (deletion->id);
  g_free (deletion);
}

static void
on_erased (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LinkageAccountManager *self = g_task_get_source_object (task);
  Deletion *deletion = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean erased = g_task_propagate_boolean (G_TASK (result), &error);

  linkage_account_manager_end_work (self);
  if (!erased)
    g_task_return_error (task, error);
  else if (deletion->token_error != NULL)
    linkage_account_error_return (task, g_steal_pointer (&deletion->token_error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
erase_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Deletion *deletion = task_data;
  GError *error = NULL;

  if (!linkage_account_folder_erase (deletion->data, deletion->id, &error) ||
      (deletion->token_error == NULL && !linkage_account_folder_remove (deletion->data, deletion->id, &error)))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* The thread may be the last to let its task go, which therefore has no source object to take along. */
static void
erase (GTask *task)
{
  g_autoptr (GTask) erasing = g_task_new (NULL, NULL, on_erased, g_object_ref (task));

  g_task_set_source_tag (erasing, erase);
  g_task_set_task_data (erasing, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (erasing, erase_in_thread);
}

static void
on_token_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Deletion *deletion = g_task_get_task_data (task);

  if (!linkage_secrets_forget_finish (LINKAGE_SECRETS (source), result, &deletion->token_error))
    g_message ("The Secret Service does not give a token up: %s", deletion->token_error->message);
  erase (task);
}

/* task: (transfer full) */
static void
begin_erasing (GTask *task)
{
  g_autoptr (GTask) owned = task;
  LinkageAccountManager *self = g_task_get_source_object (task);
  const Deletion *deletion = g_task_get_task_data (task);
  gboolean has_token = FALSE;

  linkage_account_folder_is_deleted (deletion->data, deletion->id, &has_token);
  if (has_token)
    linkage_secrets_forget_async (self->secrets, deletion->id, NULL, on_token_forgotten, g_steal_pointer (&owned));
  else
    erase (task);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_info ("The account to be deleted was not closed in order: %s", error->message);

  begin_erasing (task);
}

static GTask *
make_task (LinkageAccountManager *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->data = g_strdup (self->folder);
  deletion->id = g_strdup (id);
  g_task_set_source_tag (task, linkage_account_manager_delete_async);
  g_task_set_task_data (task, deletion, deletion_free);
  linkage_account_manager_begin_work (self);

  return task;
}

/* Of one that could not be opened it is not known. */
static gboolean
may_have_token (LinkageAccountEntry *entry)
{
  return entry->account == NULL || LINKAGE_IS_PORTAL_ACCOUNT (entry->account);
}

/**
 * linkage_account_manager_delete_async:
 * @self: a manager with a current entry that is kept
 * @callback: what to call when nothing is left of it
 * @user_data: data for @callback
 *
 * Deletes the current account: all that is kept of it on this machine, its token included. Nothing of it is sent any
 * more. It is marked durably first, so that no crash leaves half an account: the next start goes on. What was there
 * before is current at once.
 */
void
linkage_account_manager_delete_async (LinkageAccountManager *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (LinkageAccountEntry) entry = NULL;
  g_autoptr (LinkageAccount) account = NULL;
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (self->current != NULL && self->current->sandbox == NULL);

  entry = g_object_ref (self->current);
  if (!linkage_account_folder_mark_deleted (self->folder, entry->id, may_have_token (entry), &error))
    {
      g_task_report_error (self, callback, user_data, linkage_account_manager_delete_async, error);
      return;
    }

  task = make_task (self, entry->id, callback, user_data);
  account = linkage_account_manager_take_out (self, entry);
  linkage_account_manager_remove_entry (self, entry);
  if (account == NULL)
    {
      begin_erasing (task);
      return;
    }

  linkage_account_manager_ignore_renewals (self, account);
  linkage_account_abandon (account);
  linkage_account_close_async (account, on_closed, task);
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

static void
on_resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_delete_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    g_message ("An account that was deleted is not gone yet: %s", error->message);
}

/**
 * linkage_account_manager_resume_deletions:
 * @self: a manager that has no account open
 *
 * Goes on deleting what an earlier run did not bring to its end.
 */
void
linkage_account_manager_resume_deletions (LinkageAccountManager *self)
{
  g_auto (GStrv) ids = NULL;

  if (self->n_working > 0)
    return;

  ids = linkage_account_folder_list_deleted (self->folder);
  for (guint i = 0; ids[i] != NULL; i++)
    begin_erasing (make_task (self, ids[i], on_resumed, NULL));
}
