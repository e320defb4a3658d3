/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-clipboard-offer.h"

#define PATIENCE_SECONDS 2

/* While it is not known what the clipboard offers. */
typedef struct
{
  GdkClipboard *clipboard; /* (owned) */
  GSource *timer;          /* (owned) (nullable) */
  gulong changed;          /* a handler of the clipboard */
} Waiting;

static void
waiting_stop (Waiting *waiting)
{
  g_clear_signal_handler (&waiting->changed, waiting->clipboard);
  if (waiting->timer != NULL)
    g_source_destroy (waiting->timer);
  g_clear_pointer (&waiting->timer, g_source_unref);
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  waiting_stop (waiting);
  g_object_unref (waiting->clipboard);
  g_free (waiting);
}

static gboolean
is_known (GdkClipboard *clipboard)
{
  gsize n_types;

  gdk_content_formats_get_mime_types (gdk_clipboard_get_formats (clipboard), &n_types);

  return n_types > 0 || gdk_clipboard_is_local (clipboard);
}

static void
on_changed (GdkClipboard *clipboard, GTask *task)
{
  g_autoptr (GTask) owned = NULL;

  if (!is_known (clipboard))
    return;

  owned = g_object_ref (task);
  waiting_stop (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/* There is nothing, or it is not wanted any more. */
static gboolean
on_time_out (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));

  waiting_stop (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);

  return G_SOURCE_REMOVE;
}

static void
wait_for_change (GTask *task, GdkClipboard *clipboard)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  g_autoptr (GSource) cancelled = g_cancellable_source_new (g_task_get_cancellable (task));

  waiting->clipboard = g_object_ref (clipboard);
  waiting->timer = g_timeout_source_new_seconds (PATIENCE_SECONDS);
  waiting->changed = g_signal_connect (clipboard, "changed", G_CALLBACK (on_changed), task);
  g_task_set_task_data (task, waiting, waiting_free);
  g_source_set_dummy_callback (cancelled);
  g_source_add_child_source (waiting->timer, cancelled);
  g_task_attach_source (task, waiting->timer, on_time_out);
}

/**
 * linkage_clipboard_offer_wait_async:
 * @clipboard: a clipboard
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when gdk_clipboard_get_formats() can be relied on
 * @user_data: data for @callback
 *
 * Waits until it is known in which forms the clipboard offers what was copied. On X11 the program that owns it is asked
 * for them, and until it answers the clipboard looks empty: whoever pastes right after copying comes before the answer.
 * An empty clipboard takes two seconds.
 */
void
linkage_clipboard_offer_wait_async (GdkClipboard *clipboard,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  task = g_task_new (clipboard, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_clipboard_offer_wait_async);
  if (is_known (clipboard))
    g_task_return_boolean (task, TRUE);
  else
    wait_for_change (task, clipboard);
}

/**
 * linkage_clipboard_offer_wait_finish:
 * @clipboard: the clipboard
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error goes
 *
 * Ends what linkage_clipboard_offer_wait_async() began.
 *
 * Returns: whether what the clipboard offers is known, and be it nothing; %FALSE with @error set to
 *   %G_IO_ERROR_CANCELLED when it was cancelled
 */
gboolean
linkage_clipboard_offer_wait_finish (GdkClipboard *clipboard, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, clipboard), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
