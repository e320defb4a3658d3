/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-private.h"

#include <glib/gi18n.h>

#include "linkage-compat-ui.h"
#include "linkage-portal-text.h"

/* The way out of an account, whatever the person looks at meanwhile. */
typedef struct
{
  LinkageWindow *window;   /* (owned) */
  LinkageAccount *account; /* (owned) */
  char *name;              /* (owned): isolated */
  guint n_discarding;
} SigningOut;

static void
signing_out_clear (gpointer data)
{
  SigningOut *out = data;

  g_object_unref (out->window);
  g_object_unref (out->account);
  g_free (out->name);
}

static void
signing_out_unref (gpointer data)
{
  g_rc_box_release_full (data, signing_out_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigningOut, signing_out_unref)

static SigningOut *
signing_out_new (LinkageWindow *window)
{
  SigningOut *out = g_rc_box_new0 (SigningOut);
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (window->account);

  out->window = g_object_ref (window);
  out->account = g_object_ref (window->account);
  out->name = linkage_portal_text_isolate (info != NULL ? info->name : "");

  return out;
}

static void
do_nothing (gpointer user_data)
{
}

static void
tell (SigningOut *out, const char *heading, const char *body)
{
  if (!out->window->closing)
    linkage_compat_ask (GTK_WINDOW (out->window), heading, body, NULL, _ ("_Close"), do_nothing,
                        g_object_ref (out->window), g_object_unref);
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SigningOut) out = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean told = linkage_account_manager_sign_out_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  if (error != NULL)
    linkage_window_show_error (out->window, error);
  else if (told)
    {
      /* Translators: %s is the name of an account. */
      sentence = g_strdup_printf (_ ("Signed out of “%s”"), out->name);
      linkage_window_show_sentence (out->window, sentence);
    }
  else
    tell (
      out, _ ("The Portal Does Not Know Yet"),
      _ ("You are signed out on this computer: nothing here can sign in any more. But the portal could not be told, "
         "so that your sign-in stays good there until it runs out. To end it at once, ask whoever runs the "
         "portal."));
}

static void
sign_out_now (SigningOut *out)
{
  linkage_account_manager_sign_out_async (out->window->manager, linkage_account_get_id (out->account), on_signed_out,
                                          g_rc_box_acquire (out));
}

/* (transfer full): what waits, and is not only there to be read */
static GPtrArray *
list_waiting (LinkageAccount *account)
{
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (account, NULL);
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)linkage_operation_unref);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (operation->state != LINKAGE_OPERATION_REFUSED)
        g_ptr_array_add (waiting, linkage_operation_ref (operation));
    }

  return g_steal_pointer (&waiting);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SigningOut) out = user_data;
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  linkage_account_refresh_finish (LINKAGE_ACCOUNT (source), result, &error);
  waiting = list_waiting (out->account);
  if (waiting->len == 0)
    {
      sign_out_now (out);
      return;
    }

  /* Translators: How many requests wait. */
  sentence = g_strdup_printf (ngettext ("%'u request could not be sent. You are still signed in.",
                                        "%'u requests could not be sent. You are still signed in.", waiting->len),
                              waiting->len);
  tell (out, _ ("Not Everything Was Sent"), sentence);
}

static void
send_first (SigningOut *out)
{
  g_autoptr (GPtrArray) waiting = list_waiting (out->account);

  for (guint i = 0; i < waiting->len; i++)
    linkage_account_send_now (out->account, ((LinkageOperation *)g_ptr_array_index (waiting, i))->key);
  linkage_account_refresh_async (out->account, NULL, on_sent, g_rc_box_acquire (out));
}

/* What is just being sent cannot be taken back: it stays in the outbox until its outcome is known. */
static void
on_discarded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SigningOut) out = user_data;
  g_autoptr (GError) error = NULL;

  if (!linkage_account_undo_finish (LINKAGE_ACCOUNT (source), result, &error))
    g_info ("A request stays in the outbox: %s", error->message);

  out->n_discarding--;
  if (out->n_discarding == 0)
    sign_out_now (out);
}

static void
discard (SigningOut *out)
{
  g_autoptr (GPtrArray) waiting = list_waiting (out->account);

  linkage_window_forget_undo (out->window);
  out->n_discarding = waiting->len;
  for (guint i = 0; i < waiting->len; i++)
    linkage_account_undo_async (out->account, ((LinkageOperation *)g_ptr_array_index (waiting, i))->key, NULL,
                                on_discarded, g_rc_box_acquire (out));

  if (waiting->len == 0)
    sign_out_now (out);
}

static void
on_answered (const char *answer, gpointer user_data)
{
  SigningOut *out = user_data;

  if (g_str_equal (answer, "send"))
    send_first (out);
  else if (g_str_equal (answer, "keep") || g_str_equal (answer, "sign-out"))
    sign_out_now (out);
  else if (g_str_equal (answer, "discard"))
    discard (out);
}

static void
ask_about_waiting (SigningOut *out, const char *heading, guint n_waiting)
{
  const LinkageCompatButton choices[] = {
    { "cancel", _ ("_Cancel"), FALSE },
    { "send", _ ("_Send First"), FALSE },
    { "keep", _ ("_Keep Until I Sign In Again"), FALSE },
    { "discard", _ ("_Discard"), TRUE },
    { NULL, NULL, FALSE },
  };
  g_autofree char *body = g_strdup_printf (
    /* Translators: How many requests wait. */
    ngettext ("%'u request is not sent yet. What should become of it?",
              "%'u requests are not sent yet. What should become of them?", n_waiting),
    n_waiting);

  linkage_compat_choose (GTK_WINDOW (out->window), heading, body, choices, on_answered, g_rc_box_acquire (out),
                         signing_out_unref);
}

static void
sign_out (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (SigningOut) out = signing_out_new (LINKAGE_WINDOW (widget));
  g_autoptr (GPtrArray) waiting = list_waiting (out->account);
  /* Translators: %s is the name of an account. */
  g_autofree char *heading = g_strdup_printf (_ ("Sign Out of “%s”?"), out->name);
  const LinkageCompatButton choices[] = {
    { "cancel", _ ("_Cancel"), FALSE },
    { "sign-out", _ ("_Sign Out"), FALSE },
    { NULL, NULL, FALSE },
  };

  if (waiting->len > 0)
    ask_about_waiting (out, heading, waiting->len);
  else
    linkage_compat_choose (GTK_WINDOW (widget), heading,
                           _ ("The list stays on this computer. Sign in again to bring it up to date."), choices,
                           on_answered, g_rc_box_acquire (out), signing_out_unref);
}

/**
 * linkage_window_update_sign_out_actions:
 * @self: a #LinkageWindow
 *
 * Enables signing out where somebody is signed in for longer than the program runs.
 */
void
linkage_window_update_sign_out_actions (LinkageWindow *self)
{
  gboolean is_signed_in = linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_SIGN_IN) &&
                          linkage_window_has_feature (self, LINKAGE_ACCOUNT_FEATURES_KEPT) &&
                          linkage_account_get_state (self->account) != LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-out", self->opening == NULL && is_signed_in);
}

/**
 * linkage_window_class_install_sign_out_actions:
 * @widget_class: the window's class
 *
 * Installs the way out of an account.
 */
void
linkage_window_class_install_sign_out_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.sign-out", NULL, sign_out);
}
