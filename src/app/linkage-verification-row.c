/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-verification-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-compat-ui.h"
#include "linkage-error-text.h"

#define PROOF_OF_WORK "proof-of-work"

struct _LinkageVerificationRow
{
  GtkWidget parent_instance;

  LinkageAccount *account;           /* (owned) (nullable) */
  LinkageActions action;             /* what it is for */
  char *customer_id;                 /* (owned) (nullable) */
  char *provider;                    /* (owned) (nullable): what the portal verifies with, once that is known */
  char *session;                     /* (owned) (nullable): once it was passed */
  LinkageVerification *verification; /* (owned) (nullable): while it is under way */
  GCancellable *cancellable;         /* (owned) (nullable): likewise */
  GCancellable *asking;              /* (owned) (nullable): while the portal is asked for its provider */
  gboolean has_reason;               /* it is said why it is to be verified again */

  GtkStack *stack;          /* (unowned) template child */
  GtkButton *verify;        /* (unowned) template child */
  GtkLabel *explanation;    /* (unowned) template child */
  GtkProgressBar *progress; /* (unowned) template child */
  GtkLabel *waiting;        /* (unowned) template child */
  GtkWidget *finished;      /* (unowned) template child */
};

typedef enum
{
  PROP_SESSION = 1,
  PROP_TITLE,
} LinkageVerificationRowProperty;

static GParamSpec *properties[PROP_TITLE + 1];

G_DEFINE_FINAL_TYPE (LinkageVerificationRow, linkage_verification_row, GTK_TYPE_WIDGET)

/* Proper names, which are the same in every language. */
static const char *
get_name_of_provider (const char *provider)
{
  static const struct
  {
    const char *id;
    const char *name;
  } names[] = {
    { "recaptcha", "reCAPTCHA" },
    { "hcaptcha", "hCaptcha" },
    { "turnstile", "Turnstile" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i].id, provider) == 0)
        return names[i].name;
    }

  return NULL;
}

static const char *
get_title (LinkageVerificationRow *self)
{
  const char *name = get_name_of_provider (self->provider);

  return name != NULL ? name : _ ("Verification");
}

static void
set_session (LinkageVerificationRow *self, const char *session)
{
  if (g_strcmp0 (self->session, session) == 0)
    return;

  g_free (self->session);
  self->session = g_strdup (session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
cancel (LinkageVerificationRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->verification != NULL)
    g_signal_handlers_disconnect_by_data (self->verification, self);
  g_clear_object (&self->verification);
}

static void
stop_asking (LinkageVerificationRow *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static gboolean
needs_browser (LinkageVerificationRow *self)
{
  return self->provider != NULL && !g_str_equal (self->provider, PROOF_OF_WORK);
}

static const char *
get_explanation (LinkageVerificationRow *self)
{
  if (needs_browser (self))
    return _ ("Show in your browser that you are not a robot.");
  if (self->provider != NULL)
    return _ ("This computer solves a short puzzle, so that no robot sends requests.");

  return _ ("The portal wants to know that no robot sends the request.");
}

/* What comes when the button is pressed. */
static void
show_provider (LinkageVerificationRow *self)
{
  linkage_compat_set_button_label (self->verify, needs_browser (self)
                                                   ? C_ ("button", "_Open Browser")
                                                   /* Translators: A button: begins the human verification. */
                                                   : C_ ("button", "_Verify"));
  if (!self->has_reason)
    gtk_label_set_text (self->explanation, get_explanation (self));
  linkage_cell_utils_set_label (GTK_WIDGET (self), get_title (self));
}

static void
set_provider (LinkageVerificationRow *self, const char *provider)
{
  if (g_strcmp0 (self->provider, provider) != 0)
    {
      g_free (self->provider);
      self->provider = g_strdup (provider);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
    }

  show_provider (self);
}

/* sentence: (nullable): why it is to be verified again */
static void
show_open (LinkageVerificationRow *self, const char *sentence)
{
  self->has_reason = sentence != NULL;
  gtk_label_set_text (self->explanation, sentence != NULL ? sentence : get_explanation (self));
  if (self->has_reason)
    gtk_widget_add_css_class (GTK_WIDGET (self->explanation), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->explanation), "error");
  gtk_stack_set_visible_child_name (self->stack, "open");
}

static void
on_provider_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageVerificationRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *provider = NULL;

  provider = linkage_account_find_provider_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  if (error != NULL)
    g_debug ("How the portal verifies people is not known: %s", error->message);
  else
    set_provider (self, provider);
}

static void
ask_for_provider (LinkageVerificationRow *self)
{
  stop_asking (self);
  self->asking = g_cancellable_new ();
  linkage_account_find_provider_async (self->account, self->asking, on_provider_found, g_object_ref (self));
}

static void
on_fraction_changed (LinkageVerificationRow *self, GParamSpec *pspec, LinkageVerification *verification)
{
  gtk_progress_bar_set_fraction (self->progress, linkage_verification_get_fraction (verification));
}

static void
open_page (LinkageVerificationRow *self)
{
  linkage_compat_open_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           linkage_verification_get_page (self->verification));
}

static void
on_page_known (LinkageVerificationRow *self, GParamSpec *pspec, LinkageVerification *verification)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  set_provider (self, linkage_verification_get_provider (verification));
  gtk_label_set_text (self->waiting, _ ("Waiting for the browser…"));
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  if (has_focus)
    gtk_widget_grab_focus (self->finished);
  open_page (self);
}

static void
on_not_yet (LinkageVerificationRow *self, LinkageVerification *verification)
{
  gtk_label_set_text (self->waiting, _ ("The portal still waits for the browser. Finish there first."));
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageVerificationRow) self = user_data;
  g_autoptr (LinkageErrorText) text = NULL;
  g_autofree char *session = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_focus;

  session = linkage_account_verify_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  cancel (self);
  has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  if (session != NULL)
    {
      /* Cancel goes away: who was there goes on to what is asked next. */
      if (has_focus)
        gtk_widget_child_focus (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), GTK_DIR_TAB_FORWARD);
      gtk_stack_set_visible_child_name (self->stack, "passed");
      set_session (self, session);
      return;
    }

  text = linkage_error_text_new (error);
  show_open (self, text->sentence);
  if (has_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self->verify));
}

static void
start_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  if (self->cancellable != NULL || self->account == NULL)
    return;

  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  self->verification = linkage_verification_new ();
  g_signal_connect_object (self->verification, "notify::fraction", G_CALLBACK (on_fraction_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verification, "notify::page", G_CALLBACK (on_page_known), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->verification, "not-yet", G_CALLBACK (on_not_yet), self, G_CONNECT_SWAPPED);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  linkage_account_verify_async (self->account, self->action, self->customer_id, self->verification, self->cancellable,
                                on_verified, g_object_ref (self));
}

static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  cancel (self);
  linkage_verification_row_reset (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->verify));
}

static void
check_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  if (self->verification != NULL)
    linkage_verification_check (self->verification);
}

static void
open_again_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  if (self->verification != NULL && linkage_verification_get_page (self->verification) != NULL)
    open_page (self);
}

static void
linkage_verification_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (object);

  switch ((LinkageVerificationRowProperty)property_id)
    {
    case PROP_SESSION:
      g_value_set_string (value, self->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, get_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_verification_row_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_VERIFICATION_ROW (widget));
  stop_asking (LINKAGE_VERIFICATION_ROW (widget));

  GTK_WIDGET_CLASS (linkage_verification_row_parent_class)->unroot (widget);
}

static void
linkage_verification_row_dispose (GObject *object)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (object);
  GtkWidget *child;

  cancel (self);
  stop_asking (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (linkage_verification_row_parent_class)->dispose (object);
}

static void
linkage_verification_row_finalize (GObject *object)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (object);

  g_free (self->customer_id);
  g_free (self->provider);
  g_free (self->session);

  G_OBJECT_CLASS (linkage_verification_row_parent_class)->finalize (object);
}

static void
linkage_verification_row_class_init (LinkageVerificationRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_verification_row_get_property;
  object_class->dispose = linkage_verification_row_dispose;
  object_class->finalize = linkage_verification_row_finalize;

  widget_class->unroot = linkage_verification_row_unroot;

  properties[PROP_SESSION] = g_param_spec_string ("session", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-verification-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, verify);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, progress);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, waiting);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, finished);
  gtk_widget_class_install_action (widget_class, "verification.start", NULL, start_activated);
  gtk_widget_class_install_action (widget_class, "verification.check", NULL, check_activated);
  gtk_widget_class_install_action (widget_class, "verification.open-again", NULL, open_again_activated);
  gtk_widget_class_install_action (widget_class, "verification.cancel", NULL, cancel_activated);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
linkage_verification_row_init (LinkageVerificationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_provider (self);
  linkage_verification_row_reset (self, NULL);
}

/**
 * linkage_verification_row_set_action:
 * @self: a #LinkageVerificationRow
 * @account: whose portal asks for it
 * @action: %LINKAGE_ACTIONS_REQUEST or %LINKAGE_ACTIONS_RESEND
 * @customer_id: for whom
 *
 * Says what is to be verified. What was passed before does not count for it.
 */
void
linkage_verification_row_set_action (LinkageVerificationRow *self,
                                     LinkageAccount *account,
                                     LinkageActions action,
                                     const char *customer_id)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION_ROW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (customer_id != NULL);

  g_set_object (&self->account, account);
  self->action = action;
  g_free (self->customer_id);
  self->customer_id = g_strdup (customer_id);
  linkage_verification_row_reset (self, NULL);
  ask_for_provider (self);
}

/**
 * linkage_verification_row_get_session:
 * @self: a #LinkageVerificationRow
 *
 * Gets the session that was passed.
 *
 * Returns: (transfer none) (nullable): its id; %NULL while it was not passed
 */
const char *
linkage_verification_row_get_session (LinkageVerificationRow *self)
{
  g_return_val_if_fail (LINKAGE_IS_VERIFICATION_ROW (self), NULL);

  return self->session;
}

/**
 * linkage_verification_row_reset:
 * @self: a #LinkageVerificationRow
 * @reason: (nullable): what happened, a sentence
 *
 * Forgets what was passed and asks for it again.
 */
void
linkage_verification_row_reset (LinkageVerificationRow *self, const char *reason)
{
  g_return_if_fail (LINKAGE_IS_VERIFICATION_ROW (self));

  cancel (self);
  show_open (self, reason);
  set_session (self, NULL);
}
