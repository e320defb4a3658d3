/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-removal.h"

#include <glib/gi18n.h>

#include "linkage-account-data-text.h"
#include "linkage-account-data.h"
#include "linkage-compat-ui.h"
#include "linkage-portal-text.h"

typedef struct
{
  GtkWindow *parent; /* (owned) */
  char *heading;     /* (owned) */
  gboolean is_answered;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->parent);
  g_free (asking->heading);
  g_free (asking);
}

static void
on_answered (const char *answer, gpointer user_data)
{
  GTask *task = user_data;
  Asking *asking = g_task_get_task_data (task);
  LinkageAccountRemoval removal = LINKAGE_ACCOUNT_REMOVAL_NONE;

  if (g_str_equal (answer, "set-aside"))
    removal = LINKAGE_ACCOUNT_REMOVAL_SET_ASIDE;
  else if (g_str_equal (answer, "delete"))
    removal = LINKAGE_ACCOUNT_REMOVAL_DELETE;
  asking->is_answered = TRUE;
  g_task_return_int (task, removal);
}

/* A dialog that goes with its window gives no answer. */
static void
on_dialog_gone (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const Asking *asking = g_task_get_task_data (task);

  if (!asking->is_answered)
    g_task_return_int (task, LINKAGE_ACCOUNT_REMOVAL_NONE);
}

static void
ask (GTask *task, const char *body)
{
  const Asking *asking = g_task_get_task_data (task);
  const LinkageCompatButton choices[] = {
    { "cancel", _ ("_Cancel"), FALSE },
    { "set-aside", _ ("_Set Data Aside"), FALSE },
    { "delete", _ ("_Delete Data"), TRUE },
    { NULL, NULL, FALSE },
  };

  linkage_compat_choose (asking->parent, asking->heading, body, choices, on_answered, g_object_ref (task),
                         on_dialog_gone);
}

static void
on_summarized (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree LinkageStoreSummary *summary = NULL;
  g_autofree char *body = NULL;
  GError *error = NULL;

  summary = linkage_account_summarize_finish (result, &error);
  if (summary == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  body = linkage_account_data_text_describe_removal (summary);
  ask (task, body);
}

/**
 * linkage_account_removal_ask_async:
 * @parent: the window that asks
 * @name: what the account is called
 * @account: (nullable): the account; %NULL: it could not be opened
 * @cancellable: (nullable): a cancellable
 * @callback: called when the person has answered
 * @user_data: for @callback
 *
 * Says all that is kept of an account, and asks what is to become of it.
 */
void
linkage_account_removal_ask_async (GtkWindow *parent,
                                   const char *name,
                                   LinkageAccount *account,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *isolated = NULL;
  Asking *asking;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (name != NULL);
  g_return_if_fail (account == NULL || LINKAGE_IS_ACCOUNT (account));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, linkage_account_removal_ask_async);
  isolated = linkage_portal_text_isolate (name);
  asking = g_new0 (Asking, 1);
  asking->parent = g_object_ref (parent);
  /* Translators: %s is the name of an account. */
  asking->heading = g_strdup_printf (_ ("Remove “%s”?"), isolated);
  g_task_set_task_data (task, asking, (GDestroyNotify)asking_free);
  if (account != NULL)
    linkage_account_summarize_async (account, cancellable, on_summarized, g_object_ref (task));
  else
    ask (task,
         _ ("What Linkage keeps of it on this computer cannot be read. Set it aside to keep its files in a folder. "
            "What is deleted is gone for good. What is on the portal stays there."));
}

/**
 * linkage_account_removal_ask_finish:
 * @result: what the callback got
 * @error: return location for an error: one of the STORE codes of %LINKAGE_ACCOUNT_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Ends linkage_account_removal_ask_async().
 *
 * Returns: what is to become of the account
 */
LinkageAccountRemoval
linkage_account_removal_ask_finish (GAsyncResult *result, GError **error)
{
  gssize removal;

  g_return_val_if_fail (g_task_is_valid (result, NULL), LINKAGE_ACCOUNT_REMOVAL_NONE);

  removal = g_task_propagate_int (G_TASK (result), error);

  return removal < 0 ? LINKAGE_ACCOUNT_REMOVAL_NONE : (LinkageAccountRemoval)removal;
}
