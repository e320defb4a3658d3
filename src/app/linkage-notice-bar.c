/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-notice-bar.h"

#include <glib/gi18n.h>

#include "linkage-copy-reminder.h"
#include "linkage-date-text.h"
#include "linkage-portal-text.h"

/* One notice of what lasts, the most urgent: an account that needs its person, one that is out of reach, the sandbox, a
 * copy that is old. */
struct _LinkageNoticeBar
{
  GtkWidget parent_instance;

  GSettings *settings;     /* (owned) (nullable) */
  LinkageAccount *account; /* (owned) (nullable) */
  GtkRevealer *revealer;   /* (unowned) template child */
  GtkBox *box;             /* (unowned) template child */
  GtkLabel *text;          /* (unowned) template child */
  GtkButton *button;       /* (unowned) template child */
  GtkButton *other;        /* (unowned) template child */
  gboolean can_open_merged;
};

G_DEFINE_FINAL_TYPE (LinkageNoticeBar, linkage_notice_bar, GTK_TYPE_WIDGET)

typedef struct
{
  char *text;   /* (owned) (nullable): null: nothing to say */
  char *button; /* (owned) (nullable) */
  const char *action;
  const char *other_button;
  const char *other_action;
} Notice;

static void
notice_clear (Notice *notice)
{
  g_clear_pointer (&notice->text, g_free);
  g_clear_pointer (&notice->button, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Notice, notice_clear)

static char *
dup_name (LinkageAccount *account)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);

  return info != NULL ? linkage_portal_text_isolate (info->name)
                      : g_strdup (C_ ("in place of an account’s name", "The portal"));
}

static char *
dup_since (LinkageAccount *account)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  return linkage_date_text_format_since (linkage_account_get_state_since (account), now, NULL);
}

static void
notice_for_sandbox (Notice *notice)
{
  notice->text = g_strdup (_ ("Sandbox: nothing you do here reaches a real customer."));
  notice->button = g_strdup (_ ("Leave Sandbox"));
  notice->action = "win.leave-sandbox";
}

static void
notice_for_copy (Notice *notice, LinkageAccount *account, GSettings *settings)
{
  guint days;

  if (settings == NULL || !linkage_copy_reminder_is_due (account, settings, g_get_real_time () / G_USEC_PER_SEC, &days))
    return;

  /* Translators: %u is a number of days, 1 or more. */
  notice->text = g_strdup_printf (ngettext ("This copy is %u day old. Answers since then are missing.",
                                            "This copy is %u days old. Answers since then are missing.", days),
                                  days);
  notice->button = g_strdup (_ ("Update…"));
  notice->action = "win.update-copy";
}

/* What became of it, and what there is left to do. */
static void
notice_for_removed (Notice *notice, LinkageAccount *account, gboolean can_open_merged)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (account);
  g_autofree char *name = NULL;

  notice->other_button = _ ("Remove This Account…");
  notice->other_action = "win.remove-account";
  if (info == NULL || info->merged_into_name == NULL)
    {
      notice->text =
        g_strdup (_ ("This account was merged into another one. Its requests are there now; this is how they were."));
      return;
    }

  name = linkage_portal_text_isolate (info->merged_into_name);
  notice->text =
    /* Translators: %s is the name of an account. */
    g_strdup_printf (_ ("This account was merged into %s. Its requests are there now; this is how they were."), name);
  if (!can_open_merged)
    return;

  /* Translators: A button. %s is the name of an account. */
  notice->button = g_strdup_printf (_ ("Open %s"), name);
  notice->action = "win.open-merged";
}

static void
notice_for_account (Notice *notice, LinkageAccount *account, GSettings *settings, gboolean can_open_merged)
{
  g_autofree char *name = dup_name (account);
  g_autofree char *since = dup_since (account);

  switch (linkage_account_get_state (account))
    {
    case LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED:
      /* Translators: %s is the name of the person's account. */
      notice->text = g_strdup_printf (_ ("%s needs you to sign in again. Until then nothing is sent or read."), name);
      notice->button = g_strdup (_ ("Sign In…"));
      notice->action = "win.sign-in";
      break;
    case LINKAGE_ACCOUNT_STATE_REMOVED:
      notice_for_removed (notice, account, can_open_merged);
      break;
    case LINKAGE_ACCOUNT_STATE_OFFLINE:
      /* Translators: %s is a time. */
      notice->text = g_strdup_printf (_ ("Offline since %s. Requests will be sent when you are back online."), since);
      break;
    case LINKAGE_ACCOUNT_STATE_UNREACHABLE:
      notice->text = g_strdup_printf (
        /* Translators: First the name of the person's account, then a time. */
        _ ("The portal of %1$s has not answered since %2$s. The list may be out of date."), name, since);
      notice->button = g_strdup (_ ("Try Again"));
      notice->action = "win.refresh";
      break;
    case LINKAGE_ACCOUNT_STATE_STARTING:
    case LINKAGE_ACCOUNT_STATE_READY:
    case LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED:
    default:
      if ((linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_SANDBOX) != 0)
        notice_for_sandbox (notice);
      else
        notice_for_copy (notice, account, settings);
      break;
    }
}

static void
update (LinkageNoticeBar *self)
{
  g_auto (Notice) notice = { 0 };

  if (self->account != NULL)
    notice_for_account (&notice, self->account, self->settings, self->can_open_merged);

  gtk_revealer_set_reveal_child (self->revealer, notice.text != NULL);
  if (notice.text == NULL)
    return;

  gtk_label_set_text (self->text, notice.text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), notice.action != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), notice.action);
  if (notice.button != NULL)
    gtk_button_set_label (self->button, notice.button);
  gtk_widget_set_visible (GTK_WIDGET (self->other), notice.other_action != NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->other), notice.other_action);
  if (notice.other_button != NULL)
    gtk_button_set_label (self->other, notice.other_button);
}

static void
reminder_days_changed_cb (GSettings *settings, const char *key, gpointer user_data)
{
  update (LINKAGE_NOTICE_BAR (user_data));
}

static void
account_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  update (LINKAGE_NOTICE_BAR (user_data));
}

static void
linkage_notice_bar_dispose (GObject *object)
{
  LinkageNoticeBar *self = LINKAGE_NOTICE_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->account);
  g_clear_object (&self->settings);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_notice_bar_parent_class)->dispose (object);
}

static void
linkage_notice_bar_class_init (LinkageNoticeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_notice_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-notice-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageNoticeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LinkageNoticeBar, box);
  gtk_widget_class_bind_template_child (widget_class, LinkageNoticeBar, text);
  gtk_widget_class_bind_template_child (widget_class, LinkageNoticeBar, button);
  gtk_widget_class_bind_template_child (widget_class, LinkageNoticeBar, other);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
linkage_notice_bar_init (LinkageNoticeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_notice_bar_set_settings:
 * @self: a #LinkageNoticeBar
 * @settings: after how many days to remind of a copy
 *
 * Has copies that are old noticed, too. Called once.
 */
void
linkage_notice_bar_set_settings (LinkageNoticeBar *self, GSettings *settings)
{
  g_return_if_fail (LINKAGE_IS_NOTICE_BAR (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_object (settings, "changed::copy-reminder-days", G_CALLBACK (reminder_days_changed_cb), self, 0);
  update (self);
}

/**
 * linkage_notice_bar_set_can_open_merged:
 * @self: a #LinkageNoticeBar
 * @can_open: whether the account that this one was merged into is one of the program's
 *
 * Offers to open it, where there is such an account.
 */
void
linkage_notice_bar_set_can_open_merged (LinkageNoticeBar *self, gboolean can_open)
{
  g_return_if_fail (LINKAGE_IS_NOTICE_BAR (self));

  if (self->can_open_merged == can_open)
    return;

  self->can_open_merged = can_open;
  update (self);
}

/**
 * linkage_notice_bar_refresh:
 * @self: a #LinkageNoticeBar
 *
 * Shows anew what depends on the time.
 */
void
linkage_notice_bar_refresh (LinkageNoticeBar *self)
{
  g_return_if_fail (LINKAGE_IS_NOTICE_BAR (self));

  update (self);
}

/**
 * linkage_notice_bar_set_account:
 * @self: a #LinkageNoticeBar
 * @account: (nullable): the account to watch
 *
 * Shows the most urgent notice of an account, for as long as it holds.
 */
void
linkage_notice_bar_set_account (LinkageNoticeBar *self, LinkageAccount *account)
{
  g_return_if_fail (LINKAGE_IS_NOTICE_BAR (self));
  g_return_if_fail (account == NULL || LINKAGE_IS_ACCOUNT (account));

  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_set_object (&self->account, account);
  if (account != NULL)
    g_signal_connect_object (account, "notify", G_CALLBACK (account_notify_cb), self, 0);

  update (self);
}

/**
 * linkage_notice_bar_set_narrow:
 * @self: a #LinkageNoticeBar
 * @narrow: whether the window is narrow
 *
 * Puts the button beneath the text, or beside it.
 */
void
linkage_notice_bar_set_narrow (LinkageNoticeBar *self, gboolean narrow)
{
  g_return_if_fail (LINKAGE_IS_NOTICE_BAR (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, narrow ? 6 : 12);
}
