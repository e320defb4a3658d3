/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-verification-row.h"

#include <glib/gi18n.h>

#include "linkage-error-text.h"

struct _LinkageVerificationRow
{
  GtkWidget parent_instance;

  LinkageAccount *account;   /* (owned) (nullable) */
  LinkageActions action;     /* what it is for */
  char *customer_id;         /* (owned) (nullable) */
  char *session;             /* (owned) (nullable): once it was passed */
  GCancellable *cancellable; /* (owned) (nullable): while it is under way */

  GtkStack *stack;          /* (unowned) template child */
  GtkWidget *verify;        /* (unowned) template child */
  GtkLabel *explanation;    /* (unowned) template child */
  GtkProgressBar *progress; /* (unowned) template child */
};

typedef enum
{
  PROP_SESSION = 1,
} LinkageVerificationRowProperty;

static GParamSpec *properties[PROP_SESSION + 1];

G_DEFINE_FINAL_TYPE (LinkageVerificationRow, linkage_verification_row, GTK_TYPE_WIDGET)

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
}

static void
show_open (LinkageVerificationRow *self, const char *sentence, gboolean is_error)
{
  gtk_label_set_text (self->explanation, sentence);
  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self->explanation), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->explanation), "error");
  gtk_stack_set_visible_child_name (self->stack, "open");
}

static void
on_progress (double fraction, gpointer user_data)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (user_data);

  if (self->cancellable != NULL)
    gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0.0, 1.0));
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

  g_clear_object (&self->cancellable);
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
  show_open (self, text->sentence, TRUE);
  if (has_focus)
    gtk_widget_grab_focus (self->verify);
}

static void
start_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  if (self->cancellable != NULL || self->account == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
  linkage_account_verify_async (self->account, self->action, self->customer_id, on_progress, self, self->cancellable,
                                on_verified, g_object_ref (self));
}

static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (widget);

  cancel (self);
  linkage_verification_row_reset (self, NULL);
  gtk_widget_grab_focus (self->verify);
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

  GTK_WIDGET_CLASS (linkage_verification_row_parent_class)->unroot (widget);
}

static void
linkage_verification_row_dispose (GObject *object)
{
  LinkageVerificationRow *self = LINKAGE_VERIFICATION_ROW (object);
  GtkWidget *child;

  cancel (self);
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
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-verification-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, verify);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, explanation);
  gtk_widget_class_bind_template_child (widget_class, LinkageVerificationRow, progress);
  gtk_widget_class_install_action (widget_class, "verification.start", NULL, start_activated);
  gtk_widget_class_install_action (widget_class, "verification.cancel", NULL, cancel_activated);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
linkage_verification_row_init (LinkageVerificationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  if (reason != NULL)
    show_open (self, reason, TRUE);
  else
    show_open (self, _ ("This computer solves a short puzzle, so that no robot sends requests."), FALSE);
  set_session (self, NULL);
}
