/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-manager-private.h"

#include "linkage-account-error-private.h"
#include "linkage-companion-account-private.h"
#include "linkage-store-merge.h"

/* The way of one companion account into another, or to what that would do. */
typedef struct
{
  LinkageAccountManager *manager; /* (owned) */
  LinkageAccountEntry *goes;      /* (owned) */
  LinkageCompanionAccount *here;  /* (owned): the account that stays */
  LinkageCompanionAccount *there; /* (owned) (nullable): null until the one that goes is open */
  GPtrArray *stays;               /* (owned) (nullable) (element-type LinkageConnection): rows, null until read */
  LinkageCompanionMerge *plan;    /* (owned) (nullable): null until both are read */
  char *place;                    /* (owned) (nullable): where the files of the one that goes are now */
  char *state;                    /* (owned) (nullable): of what the person agreed to; null: it is to be shown */
  guint offset;
  guint limit;
} Merging;

static void
merging_free (gpointer data)
{
  Merging *merging = data;

  linkage_account_manager_end_work (merging->manager);
  g_clear_object (&merging->manager);
  g_clear_object (&merging->goes);
  g_clear_object (&merging->here);
  g_clear_object (&merging->there);
  g_clear_pointer (&merging->stays, g_ptr_array_unref);
  g_clear_pointer (&merging->plan, linkage_companion_merge_unref);
  g_free (merging->place);
  g_free (merging->state);
  g_free (merging);
}

static guint
get_searches_left (LinkageCompanionAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_store_get_account_info (account->store);

  return linkage_account_info_get_searches_left (info);
}

static LinkageMergePreview *
make_preview (const Merging *merging)
{
  g_autoptr (LinkageAccountInfo) stays = linkage_store_get_account_info (merging->here->store);
  g_autoptr (LinkageAccountInfo) goes = linkage_store_get_account_info (merging->there->store);

  return linkage_companion_merge_make_preview (merging->plan, stays->name, goes->name, merging->offset, merging->limit);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Merging *merging = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_info ("The account that was merged was not closed in order: %s", error->message);
  g_clear_error (&error);
  if (!linkage_account_folder_set_aside (merging->manager->folder, merging->goes->id, &merging->place, &error))
    g_message ("The account that was merged is set aside at the next start: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/* Where all accounts are being closed, the next start sets it aside. */
static void
leave_merged (GTask *task)
{
  const Merging *merging = g_task_get_task_data (task);
  LinkageAccountManager *self = merging->manager;
  g_autoptr (LinkageAccount) account = NULL;

  if (!self->is_closing)
    account = linkage_account_manager_take_out (self, merging->goes);
  if (account == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  linkage_account_manager_remove_entry (self, merging->goes);
  linkage_account_close_async (account, on_closed, g_object_ref (task));
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Merging *merging = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_store_companion_finish (LINKAGE_STORE (source), result, &error))
    {
      linkage_account_folder_unmark_merging (merging->manager->folder, merging->goes->id);
      linkage_account_error_return (task, error);
      return;
    }

  g_signal_emit_by_name (merging->here, "copies-changed");
  leave_merged (task);
}

static void
merge (GTask *task)
{
  const Merging *merging = g_task_get_task_data (task);
  LinkageAccountManager *self = merging->manager;
  const char *id = merging->goes->id;
  g_autofree char *under_way = linkage_account_folder_dup_merging (self->folder, id);
  GError *error = NULL;

  if (under_way != NULL || !g_str_equal (merging->state, merging->plan->state))
    {
      g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_TOO_LATE, NULL, NULL,
                                                            "The merge would do something else by now"));
      return;
    }
  if (!linkage_account_folder_mark_merging (self->folder, id, linkage_account_get_id (LINKAGE_ACCOUNT (merging->here)),
                                            &error))
    {
      g_task_return_error (task, error);
      return;
    }

  linkage_store_merge_async (merging->here->store, merging->plan, merging->there->store, id, NULL, on_merged,
                             g_object_ref (task));
}

static void
on_going_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Merging *merging = g_task_get_task_data (task);
  g_autoptr (GPtrArray) goes = NULL;
  GError *error = NULL;

  goes = linkage_store_read_all_finish (LINKAGE_STORE (source), result, &error);
  if (goes == NULL)
    {
      linkage_account_error_return (task, error);
      return;
    }

  merging->plan = linkage_companion_merge_new (merging->stays, goes, get_searches_left (merging->here),
                                               get_searches_left (merging->there),
                                               linkage_account_get_now (LINKAGE_ACCOUNT (merging->here)));
  if (merging->state != NULL)
    merge (task);
  else
    g_task_return_pointer (task, make_preview (merging), (GDestroyNotify)linkage_merge_preview_unref);
}

static void
on_staying_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Merging *merging = g_task_get_task_data (task);
  GError *error = NULL;

  merging->stays = linkage_store_read_all_finish (LINKAGE_STORE (source), result, &error);
  if (merging->stays == NULL)
    linkage_account_error_return (task, error);
  else
    linkage_store_read_all_async (merging->there->store, g_task_get_cancellable (task), on_going_read,
                                  g_object_ref (task));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Merging *merging = g_task_get_task_data (task);
  GError *error = NULL;

  if (!linkage_account_manager_open_entry_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!LINKAGE_IS_COMPANION_ACCOUNT (merging->goes->account))
    {
      g_task_return_error (task, linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_FAILED, NULL, NULL,
                                                            "A portal's account is merged by the portal"));
      return;
    }

  merging->there = g_object_ref (LINKAGE_COMPANION_ACCOUNT (merging->goes->account));
  linkage_store_read_all_async (merging->here->store, g_task_get_cancellable (task), on_staying_read,
                                g_object_ref (task));
}

/* (transfer full) (nullable): null where there is no such merge, with @error set */
static Merging *
new_merging (LinkageAccountManager *self, const char *from_id, GError **error)
{
  LinkageAccountEntry *entry = linkage_account_manager_find_entry (self, from_id);
  Merging *merging;

  if (entry == NULL || entry == self->current)
    {
      g_propagate_error (error, linkage_account_error_new (
                                  entry == NULL ? LINKAGE_ACCOUNT_ERROR_FAILED : LINKAGE_ACCOUNT_ERROR_REFUSED,
                                  entry == NULL ? NULL : "merge-with-itself", NULL,
                                  entry == NULL ? "There is no such account any more" : "It is the account itself"));
      return NULL;
    }

  merging = g_new0 (Merging, 1);
  merging->manager = g_object_ref (self);
  merging->goes = g_object_ref (entry);
  merging->here = g_object_ref (LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (self)));
  linkage_account_manager_begin_work (self);

  return merging;
}

/* merging: (transfer full); task: (transfer full) */
static void
begin (Merging *merging, GTask *task)
{
  g_task_set_task_data (task, merging, merging_free);
  linkage_account_manager_open_entry_async (merging->manager, merging->goes, NULL, g_task_get_cancellable (task),
                                            on_opened, task);
}

/**
 * linkage_account_manager_preview_companion_merge_async:
 * @self: a manager whose current account is a companion account
 * @from_id: the local id of another one
 * @offset: the first row of the page
 * @limit: how many rows at most
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is known
 * @user_data: data for @callback
 *
 * Finds out what it would do to merge another companion account into the current one. Nothing is saved.
 */
void
linkage_account_manager_preview_companion_merge_async (LinkageAccountManager *self,
                                                       const char *from_id,
                                                       guint offset,
                                                       guint limit,
                                                       GCancellable *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Merging *merging;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (from_id != NULL);
  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (linkage_account_manager_get_current (self)));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_preview_companion_merge_async);
  merging = new_merging (self, from_id, &error);
  if (merging == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  merging->offset = offset;
  merging->limit = limit;
  begin (merging, g_steal_pointer (&task));
}

/**
 * linkage_account_manager_preview_companion_merge_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_preview_companion_merge_async() began.
 *
 * Returns: (transfer full) (nullable): what the merge would do; %NULL with @error set: %LINKAGE_ACCOUNT_ERROR_REFUSED
 *   when it is the same account, another %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 */
LinkageMergePreview *
linkage_account_manager_preview_companion_merge_finish (LinkageAccountManager *self,
                                                        GAsyncResult *result,
                                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linkage_account_manager_merge_companions_async:
 * @self: a manager whose current account is a companion account
 * @from_id: the local id of another one
 * @state: of the preview that the person agreed to
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Merges another companion account into the current one, after a backup. The other one is no account any more; its
 * files are set aside. A crash leaves both as they were, or the merge done: the next start ends it.
 */
void
linkage_account_manager_merge_companions_async (LinkageAccountManager *self,
                                                const char *from_id,
                                                const char *state,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Merging *merging;
  GError *error = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (self));
  g_return_if_fail (from_id != NULL && state != NULL);
  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (linkage_account_manager_get_current (self)));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, linkage_account_manager_merge_companions_async);
  merging = new_merging (self, from_id, &error);
  if (merging == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  merging->state = g_strdup (state);
  begin (merging, g_steal_pointer (&task));
}

/**
 * linkage_account_manager_merge_companions_finish:
 * @self: a manager
 * @result: the result that the callback was given
 * @set_aside: (out) (optional) (nullable) (transfer full): the folder that the files of the other account are in now;
 *   %NULL where the next start sets them aside, and on an error
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_account_manager_merge_companions_async() began.
 *
 * Returns: %TRUE when it is done; %FALSE with @error set, and nothing done: %LINKAGE_ACCOUNT_ERROR_TOO_LATE when the
 *   merge would do anything else than @state says, %LINKAGE_ACCOUNT_ERROR_REFUSED when it is the same account, or
 *   another %LINKAGE_ACCOUNT_ERROR
 */
gboolean
linkage_account_manager_merge_companions_finish (LinkageAccountManager *self,
                                                 GAsyncResult *result,
                                                 char **set_aside,
                                                 GError **error)
{
  const Merging *merging = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  merging = g_task_get_task_data (G_TASK (result));
  if (set_aside != NULL)
    *set_aside = merging != NULL ? g_strdup (merging->place) : NULL;

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
resume (LinkageAccountManager *self, const char *id)
{
  g_autofree char *into = linkage_account_folder_dup_merging (self->folder, id);
  g_autofree char *store = g_build_filename (self->folder, "accounts", into, "store.sqlite", NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_merged = FALSE;

  if (into == NULL || !g_uuid_string_is_valid (into) || !g_file_test (store, G_FILE_TEST_IS_REGULAR))
    {
      linkage_account_folder_unmark_merging (self->folder, id);
      return;
    }

  if (!linkage_store_look_for_merged (store, id, &is_merged, &error))
    g_message ("It is not known whether an account was merged: %s", error->message);
  else if (!is_merged)
    linkage_account_folder_unmark_merging (self->folder, id);
  else if (!linkage_account_folder_set_aside (self->folder, id, NULL, &error))
    g_message ("The account that was merged is not set aside: %s", error->message);
}

/**
 * linkage_account_manager_resume_merges:
 * @self: a manager that has no account open
 *
 * Ends merges that an earlier run did not bring to their end: the account that goes is set aside where its rows are in
 * the other one, else both are as they were. Blocks, where there is any.
 */
void
linkage_account_manager_resume_merges (LinkageAccountManager *self)
{
  g_auto (GStrv) ids = NULL;

  if (self->n_working > 0 || self->open->len > 0)
    return;

  ids = linkage_account_folder_list_merging (self->folder);
  for (guint i = 0; ids[i] != NULL; i++)
    resume (self, ids[i]);
}
