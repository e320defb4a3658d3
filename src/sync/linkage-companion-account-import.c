/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-companion-account-private.h"

#include "linkage-account-error-private.h"
#include "linkage-text.h"

/* Headings that were mapped by hand before, as linkage_import_mapping_guess() takes them. */
static GHashTable *
get_remembered (LinkageCompanionAccount *self)
{
  GHashTable *remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) headings = linkage_store_get_headings (self->store, &error);
  GHashTableIter iter;
  gpointer heading;
  gpointer field;

  if (headings == NULL)
    {
      g_info ("Headings are to be mapped anew: %s", error->message);
      return remembered;
    }

  g_hash_table_iter_init (&iter, headings);
  while (g_hash_table_iter_next (&iter, &heading, &field))
    g_hash_table_insert (remembered, g_strdup (heading), GINT_TO_POINTER (linkage_import_field_from_string (field)));

  return remembered;
}

typedef struct
{
  LinkageImportTable *table; /* (owned) (nullable) */
  LinkageImportMapping mapping;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->table, linkage_import_table_unref);
  g_free (reading);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  reading->table = linkage_import_read_finish (result, &reading->mapping, &error);
  if (reading->table == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * linkage_companion_account_read_async:
 * @self: an account
 * @bytes: what was pasted, dropped or opened
 * @hint: (nullable): a media type or a file's name, if one is known
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is read
 * @user_data: data for @callback
 *
 * Reads a page or a CSV file in a thread, and tells what the columns of its table hold: by the headings that are known
 * for the portal, those that were mapped by hand before, and else by what is in them.
 */
void
linkage_companion_account_read_async (LinkageCompanionAccount *self,
                                      GBytes *bytes,
                                      const char *hint,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GHashTable) remembered = NULL;
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (bytes != NULL);

  remembered = get_remembered (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_read_async);
  g_task_set_task_data (task, g_new0 (Reading, 1), reading_free);
  linkage_import_read_async (bytes, hint, remembered, cancellable, on_read, task);
}

/**
 * linkage_companion_account_read_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @mapping: (out caller-allocates): what the columns hold; not usable where nothing of it is known, and the person has
 *   to tell
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_companion_account_read_async() began.
 *
 * Returns: (transfer full) (nullable): the table; %NULL with @error set: a %LINKAGE_IMPORT_ERROR, see its codes, or
 *   %G_IO_ERROR_CANCELLED
 */
LinkageImportTable *
linkage_companion_account_read_finish (LinkageCompanionAccount *self,
                                       GAsyncResult *result,
                                       LinkageImportMapping *mapping,
                                       GError **error)
{
  Reading *reading = NULL;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (mapping != NULL, NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  reading = g_task_get_task_data (G_TASK (result));
  *mapping = reading->mapping;

  return g_steal_pointer (&reading->table);
}

typedef struct
{
  LinkageImportTable *table; /* (owned) */
  LinkageImportMapping mapping;
  gint64 copied_at;
  GPtrArray *connections; /* (owned) (nullable): null until they are read */
} Preview;

static void
preview_free (gpointer data)
{
  Preview *preview = data;

  linkage_import_table_unref (preview->table);
  g_clear_pointer (&preview->connections, g_ptr_array_unref);
  g_free (preview);
}

static void
plan_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  const Preview *preview = task_data;
  g_autoptr (GTimeZone) time_zone = g_time_zone_new_local ();
  GError *error = NULL;
  LinkageImportPlan *plan = linkage_import_plan_new (preview->table, &preview->mapping, preview->connections, time_zone,
                                                     preview->copied_at, cancellable, &error);

  if (plan == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, plan, g_object_unref);
}

static void
on_known (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Preview *preview = g_task_get_task_data (task);
  GError *error = NULL;

  preview->connections = linkage_store_read_all_finish (LINKAGE_STORE (source), result, &error);
  if (preview->connections == NULL)
    linkage_account_error_return (task, error);
  else
    g_task_run_in_thread (task, plan_in_thread);
}

/**
 * linkage_companion_account_preview_async:
 * @self: an account
 * @table: a table; a reference is taken
 * @mapping: what its columns hold; it is copied
 * @copied_at: when the table was copied, Unix seconds
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is known
 * @user_data: data for @callback
 *
 * Finds out in a thread what importing the table would do. Nothing is saved.
 */
void
linkage_companion_account_preview_async (LinkageCompanionAccount *self,
                                         LinkageImportTable *table,
                                         const LinkageImportMapping *mapping,
                                         gint64 copied_at,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  GTask *task = NULL;
  Preview *preview = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (table != NULL);
  g_return_if_fail (mapping != NULL);

  preview = g_new0 (Preview, 1);
  preview->table = linkage_import_table_ref (table);
  preview->mapping = *mapping;
  preview->copied_at = copied_at;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_preview_async);
  g_task_set_task_data (task, preview, preview_free);
  linkage_store_read_all_async (self->store, cancellable, on_known, task);
}

/**
 * linkage_companion_account_preview_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_companion_account_preview_async() began.
 *
 * Returns: (transfer full) (nullable): the plan; %NULL with @error set: one of the STORE codes of
 *   %LINKAGE_ACCOUNT_ERROR, or %G_IO_ERROR_CANCELLED
 */
LinkageImportPlan *
linkage_companion_account_preview_finish (LinkageCompanionAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Headings that mean something else than is known of them: what the person told. */
static GHashTable *
find_told_headings (LinkageImportPlan *plan)
{
  GHashTable *told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const LinkageImportMapping *mapping = linkage_import_plan_get_mapping (plan);

  for (guint column = 0; mapping->first_row > 0 && column < mapping->n_columns; column++)
    {
      const char *heading =
        linkage_import_table_get_cell (linkage_import_plan_get_table (plan), mapping->first_row - 1, column);

      if (*heading != '\0' && linkage_import_field_from_heading (heading) != mapping->fields[column])
        g_hash_table_insert (told, linkage_text_fold_filter (heading),
                             (gpointer)linkage_import_field_to_string (mapping->fields[column]));
    }

  return told;
}

/**
 * linkage_companion_account_apply_async:
 * @self: an account
 * @plan: what the person agreed to
 * @mark_missing: whether the table was the whole one, so that rows which it does not have are marked as missing
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is saved
 * @user_data: data for @callback
 *
 * Makes a backup, then saves what was understood in one transaction, and remembers the headings. To be ended with
 * linkage_companion_account_finish(), which says %LINKAGE_ACCOUNT_ERROR_TOO_LATE when a row was changed since the plan
 * was made: nothing is saved then, and the plan is to be made again.
 */
void
linkage_companion_account_apply_async (LinkageCompanionAccount *self,
                                       LinkageImportPlan *plan,
                                       gboolean mark_missing,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (LinkageCopy) copy = NULL;
  g_autoptr (GHashTable) headings = NULL;
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));
  g_return_if_fail (LINKAGE_IS_IMPORT_PLAN (plan));

  copy = linkage_import_plan_make_copy (plan, mark_missing);
  headings = find_told_headings (plan);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_apply_async);
  linkage_store_apply_copy_async (self->store, copy, headings, cancellable, linkage_companion_account_on_copies_written,
                                  task);
}

/**
 * linkage_companion_account_undo_import_async:
 * @self: an account
 * @cancellable: (nullable): drops it as long as it waits
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Takes the latest copy back. What was done by hand since stays. To be ended with linkage_companion_account_finish().
 */
void
linkage_companion_account_undo_import_async (LinkageCompanionAccount *self,
                                             GCancellable *cancellable,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_companion_account_undo_import_async);
  linkage_store_undo_copy_async (self->store, cancellable, linkage_companion_account_on_copies_written, task);
}

/**
 * linkage_companion_account_get_latest_copy:
 * @self: an account
 *
 * Gets what was brought last: when it was copied, what was made of it, and whether it can be taken back.
 *
 * Returns: (transfer full) (nullable): the copy, without its rows; %NULL when nothing was imported yet, or the store
 *   cannot be read
 */
LinkageCopy *
linkage_companion_account_get_latest_copy (LinkageCompanionAccount *self)
{
  LinkageCopy *copy = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);

  if (!linkage_store_get_latest_copy (self->store, &copy, &error))
    g_warning ("Which copy is the latest cannot be read: %s", error->message);

  return copy;
}

/**
 * linkage_companion_account_list_changes:
 * @self: an account
 * @connection_id: which row
 * @error: (out) (optional): where an error goes
 *
 * Reads a row's history: what newer copies showed, and what was done by hand.
 *
 * Returns: (transfer full) (element-type LinkageRowChange) (nullable): the changes, oldest first; %NULL with @error
 *   set: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR
 */
GPtrArray *
linkage_companion_account_list_changes (LinkageCompanionAccount *self, const char *connection_id, GError **error)
{
  GPtrArray *changes = NULL;
  g_autoptr (GError) below = NULL;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (self), NULL);
  g_return_val_if_fail (connection_id != NULL, NULL);

  changes = linkage_store_list_changes (self->store, connection_id, &below);
  if (changes == NULL)
    g_propagate_error (error, linkage_account_error_from (below));

  return changes;
}
