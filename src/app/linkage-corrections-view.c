/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-corrections-view.h"

#include <glib/gi18n.h>

#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-rules.h"
#include "linkage-text.h"

struct _LinkageCorrectionsView
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  LinkageConnection *connection;    /* (owned) (nullable): as it is known; the fields have what was typed */

  GtkSpinButton *used;      /* (unowned) template child */
  GtkCheckButton *minimum;  /* (unowned) template child */
  GtkLabel *used_error;     /* (unowned) template child */
  GtkWidget *contact_group; /* (unowned) template child */
  GtkEntry *contact;        /* (unowned) template child */
  GtkLabel *contact_error;  /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageCorrectionsView, linkage_corrections_view, GTK_TYPE_WIDGET)

static char *
dup_contact (LinkageCorrectionsView *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->contact))));
}

static const char *
get_known_contact (const LinkageConnection *connection)
{
  const LinkageAttempt *latest = linkage_connection_get_latest_attempt (connection);

  return latest != NULL && latest->contact_email != NULL ? latest->contact_email : "";
}

/* What is typed counts before the field is left, too. */
static guint
get_used (LinkageCorrectionsView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->used));

  return (guint)MIN (g_ascii_strtoull (text, NULL, 10), LINKAGE_RULES_REQUESTS_PER_CUSTOMER);
}

static gboolean
is_used_changed (LinkageCorrectionsView *self)
{
  return get_used (self) != self->connection->requests_used ||
         gtk_check_button_get_active (self->minimum) != self->connection->requests_used_is_minimum;
}

static gboolean
is_contact_changed (LinkageCorrectionsView *self)
{
  g_autofree char *contact = dup_contact (self);

  return !g_str_equal (contact, get_known_contact (self->connection));
}

/* All that may be sent were sent: there cannot have been more. */
static void
update (LinkageCorrectionsView *self)
{
  gboolean is_most = get_used (self) == LINKAGE_RULES_REQUESTS_PER_CUSTOMER;

  if (self->connection == NULL)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->minimum), !is_most);
  if (is_most)
    gtk_check_button_set_active (self->minimum, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "corrections.save-used", is_used_changed (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "corrections.save-contact", is_contact_changed (self));
}

static void
fill_used (LinkageCorrectionsView *self)
{
  gtk_spin_button_set_value (self->used, self->connection->requests_used);
  gtk_check_button_set_active (self->minimum, self->connection->requests_used_is_minimum);
  linkage_entry_error_set (GTK_WIDGET (self->used), self->used_error, NULL);
}

static void
fill_contact (LinkageCorrectionsView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->contact), get_known_contact (self->connection));
  linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
}

static void
show_result (LinkageCorrectionsView *self, GObject *source, GAsyncResult *result, GtkWidget *entry, GtkLabel *label)
{
  g_autoptr (LinkageErrorText) text = NULL;
  g_autoptr (GError) error = NULL;

  if (linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error) || self->account == NULL)
    return;

  text = linkage_error_text_new (error);
  linkage_entry_error_set (entry, label, text->sentence);
}

static void
on_used_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCorrectionsView) self = user_data;

  show_result (self, source, result, GTK_WIDGET (self->used), self->used_error);
}

static void
on_contact_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCorrectionsView) self = user_data;

  show_result (self, source, result, GTK_WIDGET (self->contact), self->contact_error);
}

static void
save_used_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCorrectionsView *self = LINKAGE_CORRECTIONS_VIEW (widget);

  linkage_entry_error_set (GTK_WIDGET (self->used), self->used_error, NULL);
  linkage_companion_account_set_requests_used_async (self->account, self->connection->id, get_used (self),
                                                     gtk_check_button_get_active (self->minimum), NULL, on_used_saved,
                                                     g_object_ref (self));
}

static void
save_contact_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCorrectionsView *self = LINKAGE_CORRECTIONS_VIEW (widget);
  g_autofree char *contact = dup_contact (self);

  if (contact[0] != '\0' && !linkage_text_is_email (contact))
    {
      linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error,
                               _ ("This is not an e-mail address. Type it as in “anna@example.com”."));
      gtk_widget_grab_focus (GTK_WIDGET (self->contact));
      return;
    }

  linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
  linkage_companion_account_set_contact_async (self->account, self->connection->id, contact[0] != '\0' ? contact : NULL,
                                               NULL, on_contact_saved, g_object_ref (self));
}

static void
on_contact_activated (GtkEntry *entry, LinkageCorrectionsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "corrections.save-contact", NULL);
}

/* While one types nothing is wrong yet; what was wrong may become right. */
static void
on_contact_changed (GtkEditable *entry, LinkageCorrectionsView *self)
{
  g_autofree char *contact = dup_contact (self);

  if (contact[0] == '\0' || linkage_text_is_email (contact))
    linkage_entry_error_set (GTK_WIDGET (self->contact), self->contact_error, NULL);
  update (self);
}

static void
linkage_corrections_view_dispose (GObject *object)
{
  LinkageCorrectionsView *self = LINKAGE_CORRECTIONS_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->account);
  g_clear_pointer (&self->connection, linkage_connection_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_corrections_view_parent_class)->dispose (object);
}

static void
linkage_corrections_view_class_init (LinkageCorrectionsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_corrections_view_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-corrections-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, used);
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, minimum);
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, used_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, contact_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, contact);
  gtk_widget_class_bind_template_child (widget_class, LinkageCorrectionsView, contact_error);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_contact_changed);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "corrections.save-used", NULL, save_used_activated);
  gtk_widget_class_install_action (widget_class, "corrections.save-contact", NULL, save_contact_activated);
}

static void
linkage_corrections_view_init (LinkageCorrectionsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_corrections_view_set_connection:
 * @self: a #LinkageCorrectionsView
 * @account: where corrections are saved
 * @connection: what is known of a row
 *
 * Shows a row. What was typed stays where the same row comes again and knows nothing new of it.
 */
void
linkage_corrections_view_set_connection (LinkageCorrectionsView *self,
                                         LinkageCompanionAccount *account,
                                         LinkageConnection *connection)
{
  g_autoptr (LinkageConnection) former = NULL;
  gboolean is_same;

  g_return_if_fail (LINKAGE_IS_CORRECTIONS_VIEW (self));
  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account));
  g_return_if_fail (connection != NULL);

  former = g_steal_pointer (&self->connection);
  is_same = former != NULL && self->account == account && g_str_equal (former->id, connection->id);
  g_set_object (&self->account, account);
  self->connection = linkage_connection_ref (connection);
  gtk_widget_set_visible (self->contact_group, connection->attempts->len > 0);
  if (!is_same || former->requests_used != connection->requests_used ||
      former->requests_used_is_minimum != connection->requests_used_is_minimum)
    fill_used (self);
  if (!is_same || !g_str_equal (get_known_contact (former), get_known_contact (connection)))
    fill_contact (self);
  update (self);
}
