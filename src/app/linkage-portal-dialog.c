/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-portal-dialog.h"

#include <glib/gi18n.h>

#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-sign-in-page.h"

struct _LinkagePortalDialog
{
  AdwWindow parent_instance;

  LinkageAccountManager *manager; /* (owned) (nullable) */
  gboolean sign_in;               /* to the current account anew: its address stays */
  gboolean uses_token;            /* in place of the browser */
  GCancellable *cancellable;      /* (owned) (nullable): while the portal is asked */

  GtkStack *action_stack;          /* (unowned) template child */
  GtkWidget *accept;               /* (unowned) template child */
  GtkStack *pages;                 /* (unowned) template child */
  LinkageSignInPage *browser_page; /* (unowned) template child */
  GtkLabel *title;                 /* (unowned) template child */
  GtkLabel *introduction;          /* (unowned) template child */
  GtkWidget *address_box;          /* (unowned) template child */
  GtkEntry *address;               /* (unowned) template child */
  GtkLabel *address_error;         /* (unowned) template child */
  GtkWidget *coupa_notice;         /* (unowned) template child */
  GtkWidget *token_box;            /* (unowned) template child */
  GtkWidget *token;                /* (unowned) template child */
  GtkLabel *token_error;           /* (unowned) template child */
  GtkWidget *secret_notice;        /* (unowned) template child */
  GtkWidget *use_token;            /* (unowned) template child */
  GtkWidget *use_browser;          /* (unowned) template child */
  GtkLabel *error;                 /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkagePortalDialog, linkage_portal_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (gpointer editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (editable))));
}

static void
set_error (LinkagePortalDialog *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

/* One address is known before anything is sent. */
static gboolean
is_coupa (LinkagePortalDialog *self)
{
  g_autofree char *address = dup_text (self->address);

  return !self->sign_in && linkage_account_manager_is_coupa_address (address);
}

static const char *
get_step (LinkagePortalDialog *self)
{
  if (self->cancellable != NULL)
    return "asking";

  return self->uses_token ? "sign-in" : "continue";
}

static void
update (LinkagePortalDialog *self)
{
  g_autofree char *address = dup_text (self->address);
  g_autofree char *token = dup_text (self->token);
  gboolean complete = (!self->uses_token || token[0] != '\0') && (self->sign_in || address[0] != '\0');

  gtk_stack_set_visible_child_name (self->action_stack, get_step (self));
  gtk_widget_set_visible (self->coupa_notice, is_coupa (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.accept",
                                 complete && !is_coupa (self) && self->cancellable == NULL);
}

static gboolean
is_in_browser (LinkagePortalDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "browser") == 0;
}

static void
show_page (LinkagePortalDialog *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_label_set_text (self->title,
                      is_in_browser (self) ? _ ("Continue in Your Browser") : gtk_window_get_title (GTK_WINDOW (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->action_stack), !is_in_browser (self));
}

static void
set_uses_token (LinkagePortalDialog *self, gboolean uses_token)
{
  self->uses_token = uses_token;
  gtk_widget_set_visible (self->token_box, uses_token);
  gtk_widget_set_visible (self->use_token, !uses_token);
  gtk_widget_set_visible (self->use_browser, uses_token);
  update (self);
}

static void
set_asking (LinkagePortalDialog *self, gboolean asking)
{
  if (!asking)
    g_clear_object (&self->cancellable);
  gtk_editable_set_editable (GTK_EDITABLE (self->address), !asking);
  gtk_editable_set_editable (GTK_EDITABLE (self->token), !asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.other-way", !asking);
  update (self);
}

/* An error stands beneath the field that it is about. */
static void
show_error (LinkagePortalDialog *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  if (is_in_browser (self))
    linkage_sign_in_page_end (self->browser_page, text->sentence);
  else if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED))
    {
      linkage_entry_error_set (
        self->token, self->token_error,
        _ ("The portal does not accept this token. Check that it is whole and has not run out."));
      gtk_widget_grab_focus (self->token);
    }
  else if (!self->sign_in && (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS) ||
                              g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INSECURE) ||
                              g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_UNREACHABLE) ||
                              g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_CERTIFICATE) ||
                              g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL)))
    {
      linkage_entry_error_set (GTK_WIDGET (self->address), self->address_error, text->sentence);
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
    }
  else
    set_error (self, text->sentence);
}

static void
finish (LinkagePortalDialog *self, gboolean done, const GError *error)
{
  /* Cancel, or closed meanwhile: whoever cancelled has seen to the dialog. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_asking (self, FALSE);
  if (done)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_error (self, error);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_manager_add_portal_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  finish (self, done, error);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_manager_sign_in_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  finish (self, done, error);
}

/* The person is in the browser, and perhaps wonders where to go. */
static void
finish_in_browser (LinkagePortalDialog *self, gboolean done, const GError *error)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (done && parent != NULL)
    gtk_window_present (parent);
  finish (self, done, error);
}

static void
on_added_by_browser (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_manager_add_by_browser_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  finish_in_browser (self, done, error);
}

static void
on_signed_in_by_browser (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_manager_sign_in_by_browser_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  finish_in_browser (self, done, error);
}

static void
go_to_browser (LinkagePortalDialog *self, LinkageBrowserSignIn *browser)
{
  g_autofree char *address = dup_text (self->address);

  show_page (self, "browser");
  linkage_sign_in_page_begin (self->browser_page, browser);
  if (self->sign_in)
    linkage_account_manager_sign_in_by_browser_async (self->manager, browser, self->cancellable,
                                                      on_signed_in_by_browser, g_object_ref (self));
  else
    linkage_account_manager_add_by_browser_async (self->manager, address, browser, self->cancellable,
                                                  on_added_by_browser, g_object_ref (self));
}

static void
ask_for_token (LinkagePortalDialog *self)
{
  set_asking (self, FALSE);
  show_page (self, "form");
  set_uses_token (self, TRUE);
  set_error (self, NULL);
  gtk_label_set_text (self->introduction,
                      _ ("One does not sign in to this portal in the browser: it gives you an access token in place of "
                         "a password."));
  gtk_widget_grab_focus (self->token);
}

static void
on_sign_in_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkagePortalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageBrowserSignIn) browser = NULL;

  browser = linkage_account_manager_find_sign_in_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  if (error != NULL)
    finish (self, FALSE, error);
  else if (browser == NULL)
    ask_for_token (self);
  else
    go_to_browser (self, browser);
}

static void
find_sign_in (LinkagePortalDialog *self)
{
  g_autofree char *address = dup_text (self->address);

  self->cancellable = g_cancellable_new ();
  set_asking (self, TRUE);
  linkage_account_manager_find_sign_in_async (self->manager, self->sign_in ? NULL : address, self->cancellable,
                                              on_sign_in_found, g_object_ref (self));
}

static void
on_try_again (LinkageSignInPage *page, LinkagePortalDialog *self)
{
  linkage_sign_in_page_prepare (page);
  find_sign_in (self);
}

static void
accept_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkagePortalDialog *self = LINKAGE_PORTAL_DIALOG (widget);
  g_autofree char *address = dup_text (self->address);
  g_autofree char *token = dup_text (self->token);

  set_error (self, NULL);
  linkage_entry_error_set (GTK_WIDGET (self->address), self->address_error, NULL);
  linkage_entry_error_set (self->token, self->token_error, NULL);
  if (!self->uses_token)
    {
      find_sign_in (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  set_asking (self, TRUE);
  if (self->sign_in)
    linkage_account_manager_sign_in_async (self->manager, token, self->cancellable, on_signed_in, g_object_ref (self));
  else
    linkage_account_manager_add_portal_async (self->manager, address, token, self->cancellable, on_added,
                                              g_object_ref (self));
}

static void
cancel (LinkagePortalDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static void
other_way_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkagePortalDialog *self = LINKAGE_PORTAL_DIALOG (widget);

  set_uses_token (self, !self->uses_token);
  set_error (self, NULL);
  if (self->uses_token)
    gtk_widget_grab_focus (self->token);
}

/* While the portal is asked, or the browser, Cancel gives that up and keeps what was typed; else it closes the dialog.
 */
static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkagePortalDialog *self = LINKAGE_PORTAL_DIALOG (widget);

  if (self->cancellable == NULL && !is_in_browser (self))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  cancel (self);
  set_asking (self, FALSE);
  if (!is_in_browser (self))
    return;

  linkage_sign_in_page_end (self->browser_page, NULL);
  show_page (self, "form");
  gtk_widget_grab_focus (self->accept);
}

/* For Coupa, which cannot be connected. */
static void
use_copies_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  gtk_window_close (GTK_WINDOW (widget));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.add-companion", NULL);
}

static void
on_address_changed (GtkEditable *editable, LinkagePortalDialog *self)
{
  linkage_entry_error_set (GTK_WIDGET (self->address), self->address_error, NULL);
  update (self);
}

static void
on_token_changed (GtkEditable *editable, LinkagePortalDialog *self)
{
  linkage_entry_error_set (self->token, self->token_error, NULL);
  update (self);
}

static void
on_entry_activated (GtkWidget *entry, LinkagePortalDialog *self)
{
  g_autofree char *token = dup_text (self->token);

  if (self->uses_token && entry == GTK_WIDGET (self->address) && token[0] == '\0')
    gtk_widget_grab_focus (self->token);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "dialog.accept", NULL);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends: by then the parent may be gone.
 */
static void
linkage_portal_dialog_unrealize (GtkWidget *widget)
{
  cancel (LINKAGE_PORTAL_DIALOG (widget));

  GTK_WIDGET_CLASS (linkage_portal_dialog_parent_class)->unrealize (widget);

  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);
}

static void
linkage_portal_dialog_dispose (GObject *object)
{
  LinkagePortalDialog *self = LINKAGE_PORTAL_DIALOG (object);

  cancel (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (linkage_portal_dialog_parent_class)->dispose (object);
}

static void
linkage_portal_dialog_class_init (LinkagePortalDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_portal_dialog_dispose;

  widget_class->unrealize = linkage_portal_dialog_unrealize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-portal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, action_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, accept);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, browser_page);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, introduction);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, address_box);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, address);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, address_error);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, coupa_notice);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, token_box);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, token);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, token_error);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, secret_notice);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, use_token);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, use_browser);
  gtk_widget_class_bind_template_child (widget_class, LinkagePortalDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_token_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_install_action (widget_class, "dialog.accept", NULL, accept_activated);
  gtk_widget_class_install_action (widget_class, "dialog.cancel", NULL, cancel_activated);
  gtk_widget_class_install_action (widget_class, "dialog.other-way", NULL, other_way_activated);
  gtk_widget_class_install_action (widget_class, "dialog.use-copies", NULL, use_copies_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "dialog.cancel", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_portal_dialog_init (LinkagePortalDialog *self)
{
  g_type_ensure (LINKAGE_TYPE_SIGN_IN_PAGE);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
update_secret_notice (LinkagePortalDialog *self)
{
  gtk_widget_set_visible (self->secret_notice, !linkage_account_manager_get_secrets_persistent (self->manager));
}

static LinkagePortalDialog *
create (GtkWindow *parent, LinkageAccountManager *manager)
{
  LinkagePortalDialog *self = g_object_new (LINKAGE_TYPE_PORTAL_DIALOG, "transient-for", parent, NULL);

  self->manager = g_object_ref (manager);
  g_signal_connect_object (manager, "notify::secrets-persistent", G_CALLBACK (update_secret_notice), self,
                           G_CONNECT_SWAPPED);
  update_secret_notice (self);
  set_uses_token (self, FALSE);

  return self;
}

/**
 * linkage_portal_dialog_present_connect:
 * @parent: (nullable): the window that asks
 * @manager: who gets the account
 *
 * Asks for a portal's address, and has the person sign in there with the browser, or bring an access token, until the
 * portal accepts that or the person gives up.
 */
void
linkage_portal_dialog_present_connect (GtkWindow *parent, LinkageAccountManager *manager)
{
  LinkagePortalDialog *self;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager));

  self = create (parent, manager);
  show_page (self, "form");
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

/**
 * linkage_portal_dialog_present_sign_in:
 * @parent: (nullable): the window that asks
 * @manager: whose current account needs a sign-in
 *
 * Has the person sign in to the current account again: the portal stays the same.
 */
void
linkage_portal_dialog_present_sign_in (GtkWindow *parent, LinkageAccountManager *manager)
{
  LinkagePortalDialog *self;
  LinkageAccount *account;
  g_autoptr (LinkageAccountInfo) info = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager));

  self = create (parent, manager);
  self->sign_in = TRUE;
  gtk_window_set_title (GTK_WINDOW (self), _ ("Sign In Again"));
  show_page (self, "form");
  gtk_widget_set_visible (self->address_box, FALSE);

  account = linkage_account_manager_get_current (manager);
  if (account != NULL)
    info = linkage_account_get_info (account);
  if (info != NULL)
    {
      g_autofree char *name = linkage_portal_text_isolate (info->name);
      g_autofree char *introduction = g_strdup_printf (
        /* Translators: %s is the name of an account on a portal. */
        _ ("The portal asks who uses %s. What you did is kept, and sent when you are signed in."), name);

      gtk_label_set_text (self->introduction, introduction);
    }
  else
    gtk_label_set_text (self->introduction, _ ("The portal asks who uses this account."));

  update (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->accept);
}
