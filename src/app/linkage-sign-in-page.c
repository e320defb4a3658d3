/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-sign-in-page.h"

#include <glib/gi18n.h>

#include "linkage-compat-ui.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"

struct _LinkageSignInPage
{
  GtkBox parent_instance;

  LinkageBrowserSignIn *browser; /* (owned) (nullable): while something is awaited */

  GtkLabel *introduction;      /* (unowned) template child */
  GtkWidget *waiting_box;      /* (unowned) template child */
  GtkLabel *waiting;           /* (unowned) template child */
  GtkLabel *error;             /* (unowned) template child */
  GtkWidget *try_again;        /* (unowned) template child */
  GtkWidget *buttons;          /* (unowned) template child */
  GtkWidget *open;             /* (unowned) template child */
  GtkLabel *outcome;           /* (unowned) template child */
  GtkToggleButton *elsewhere;  /* (unowned) template child */
  GtkButton *copy_elsewhere;   /* (unowned) template child */
  GtkWidget *code;             /* (unowned) template child */
  GtkLabel *code_error;        /* (unowned) template child */
  GtkLabel *elsewhere_outcome; /* (unowned) template child */
};

enum
{
  TRY_AGAIN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageSignInPage, linkage_sign_in_page, GTK_TYPE_BOX)

static char *
dup_code (LinkageSignInPage *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code))));
}

static void
update (LinkageSignInPage *self)
{
  g_autofree char *code = dup_code (self);
  gboolean is_open = self->browser != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.open", is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.copy-address", is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.copy-address-elsewhere", is_open);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sign-in.use-code", is_open && code[0] != '\0');
}

static void
show_waiting (LinkageSignInPage *self, const char *sentence)
{
  gtk_label_set_text (self->waiting, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->waiting_box, sentence != NULL);
}

static void
show_outcome (GtkLabel *label, const char *sentence)
{
  gtk_label_set_text (label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (label), sentence != NULL);
}

static void
open_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSignInPage *self = LINKAGE_SIGN_IN_PAGE (widget);
  g_autofree char *address = linkage_browser_sign_in_make_address (self->browser);

  linkage_compat_open_uri (GTK_WINDOW (gtk_widget_get_root (widget)), address);
}

static void
copy_address_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSignInPage *self = LINKAGE_SIGN_IN_PAGE (widget);
  g_autofree char *address = linkage_browser_sign_in_make_address (self->browser);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), address);
  show_outcome (self->outcome, _ ("Address copied. Paste it in a browser on this computer."));
}

static void
copy_address_elsewhere_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSignInPage *self = LINKAGE_SIGN_IN_PAGE (widget);
  g_autofree char *address = linkage_browser_sign_in_make_address_elsewhere (self->browser);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), address);
  show_outcome (self->elsewhere_outcome, _ ("Address copied. Bring it to the other computer."));
}

/* What was typed stays, so that a code that is cut short can be completed. */
static void
use_code_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSignInPage *self = LINKAGE_SIGN_IN_PAGE (widget);
  g_autofree char *code = dup_code (self);
  g_autoptr (GError) error = NULL;

  if (!linkage_browser_sign_in_take_text (self->browser, code, &error))
    {
      g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

      linkage_entry_error_set (self->code, self->code_error, text->sentence);
      gtk_widget_grab_focus (self->code);
      return;
    }

  linkage_entry_error_set (self->code, self->code_error, NULL);
  linkage_sign_in_page_prepare (self);
}

static void
try_again_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[TRY_AGAIN], 0);
}

static void
on_code_changed (GtkEditable *editable, LinkageSignInPage *self)
{
  linkage_entry_error_set (self->code, self->code_error, NULL);
  update (self);
}

static void
on_code_activated (GtkWidget *entry, LinkageSignInPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.use-code", NULL);
}

static void
linkage_sign_in_page_dispose (GObject *object)
{
  LinkageSignInPage *self = LINKAGE_SIGN_IN_PAGE (object);

  g_clear_object (&self->browser);

  G_OBJECT_CLASS (linkage_sign_in_page_parent_class)->dispose (object);
}

static void
linkage_sign_in_page_class_init (LinkageSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_sign_in_page_dispose;

  /**
   * LinkageSignInPage::try-again:
   * @self: a page
   *
   * The person wants another try.
   */
  signals[TRY_AGAIN] =
    g_signal_new ("try-again", LINKAGE_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, introduction);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, try_again);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, open);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, copy_elsewhere);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, code);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, code_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageSignInPage, elsewhere_outcome);
  gtk_widget_class_bind_template_callback (widget_class, on_code_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_code_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.open", NULL, open_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.copy-address", NULL, copy_address_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.copy-address-elsewhere", NULL,
                                   copy_address_elsewhere_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.use-code", NULL, use_code_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.try-again", NULL, try_again_activated);
}

/* A long label has room in a narrow window. */
static void
wrap_label (GtkButton *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (button));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}

static void
linkage_sign_in_page_init (LinkageSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  wrap_label (GTK_BUTTON (self->elsewhere));
  wrap_label (self->copy_elsewhere);
  update (self);
}

static LinkageLoopbackWords
get_words (void)
{
  return (LinkageLoopbackWords){
    /* Translators: The language that you translate to, as HTML names it: "de", "pt-BR". */
    .language = C_ ("the language of this translation", "en"),
    .is_rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL,
    .done_title = _ ("Back to Linkage"),
    .done_sentence = _ ("You can close this page. Linkage goes on by itself."),
    .wrong_title = _ ("This Is Not the Answer That Linkage Waits For"),
    .wrong_sentence = _ ("Nothing was changed. Close this page, and sign in on the page that Linkage opened last."),
  };
}

static void
introduce (LinkageSignInPage *self)
{
  g_autofree char *name = linkage_portal_text_isolate (linkage_browser_sign_in_get_portal_name (self->browser));
  g_autofree char *text = NULL;

  if (linkage_browser_sign_in_is_listening (self->browser))
    text = g_strdup_printf (
      /* Translators: %s is the name of a portal. */
      _ ("Sign in to %s on the page that was opened there. Linkage then goes on by itself."), name);
  else
    text = g_strdup_printf (
      /* Translators: %s is the name of a portal. */
      _ ("Sign in to %s on the page that was opened there, and bring the code that it shows."), name);

  gtk_label_set_text (self->introduction, text);
}

/**
 * linkage_sign_in_page_begin:
 * @self: a page in a window
 * @browser: a sign-in whose answer is awaited from now on
 *
 * Opens the browser, and says what to do there.
 */
void
linkage_sign_in_page_begin (LinkageSignInPage *self, LinkageBrowserSignIn *browser)
{
  LinkageLoopbackWords words = get_words ();

  g_return_if_fail (LINKAGE_IS_SIGN_IN_PAGE (self));
  g_return_if_fail (LINKAGE_IS_BROWSER_SIGN_IN (browser));

  g_set_object (&self->browser, browser);
  linkage_browser_sign_in_listen (browser, &words);
  introduce (self);
  if (!linkage_browser_sign_in_is_listening (browser))
    gtk_toggle_button_set_active (self->elsewhere, TRUE);

  gtk_editable_set_text (GTK_EDITABLE (self->code), "");
  show_outcome (self->error, NULL);
  show_outcome (self->outcome, NULL);
  show_outcome (self->elsewhere_outcome, NULL);
  gtk_widget_set_visible (self->try_again, FALSE);
  gtk_widget_set_visible (self->buttons, TRUE);
  show_waiting (self, _ ("Waiting for the browser…"));
  update (self);
  gtk_widget_grab_focus (self->open);
  gtk_widget_activate_action (GTK_WIDGET (self), "sign-in.open", NULL);
}

/**
 * linkage_sign_in_page_prepare:
 * @self: a page
 *
 * Shows that the portal is asked, and that the person waits.
 */
void
linkage_sign_in_page_prepare (LinkageSignInPage *self)
{
  g_return_if_fail (LINKAGE_IS_SIGN_IN_PAGE (self));

  g_clear_object (&self->browser);
  show_outcome (self->error, NULL);
  gtk_widget_set_visible (self->try_again, FALSE);
  show_waiting (self, _ ("Asking the portal…"));
  update (self);
}

/**
 * linkage_sign_in_page_end:
 * @self: a page
 * @error: (nullable): why it failed; %NULL: the person gave up
 *
 * Shows that nothing is awaited any more.
 */
void
linkage_sign_in_page_end (LinkageSignInPage *self, const char *error)
{
  g_return_if_fail (LINKAGE_IS_SIGN_IN_PAGE (self));

  g_clear_object (&self->browser);
  show_waiting (self, NULL);
  show_outcome (self->outcome, NULL);
  show_outcome (self->elsewhere_outcome, NULL);
  show_outcome (self->error, error);
  gtk_widget_set_visible (self->buttons, FALSE);
  gtk_widget_set_visible (self->try_again, error != NULL);
  update (self);
  if (error != NULL)
    gtk_widget_grab_focus (self->try_again);
}
