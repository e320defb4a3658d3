/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-details-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-companion-account.h"
#include "linkage-corrections-view.h"
#include "linkage-customer-entry-row.h"
#include "linkage-details-row.h"
#include "linkage-details-text.h"
#include "linkage-entries-editor.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

struct _LinkageDetailsView
{
  GtkWidget parent_instance;

  LinkageAccount *account;           /* (owned) (nullable) */
  LinkageConnectionRow *row;         /* (owned) (nullable) */
  LinkageCustomer *customer;         /* (owned) (nullable): whose entries are shown */
  LinkageRemovedConnection *removed; /* (owned) (nullable): in place of a row */

  GtkScrolledWindow *scroller;         /* (unowned) template child */
  GtkLabel *name;                      /* (unowned) template child */
  GtkImage *status_icon;               /* (unowned) template child */
  GtkLabel *status;                    /* (unowned) template child */
  GtkLabel *seen;                      /* (unowned) template child */
  GtkWidget *next_group;               /* (unowned) template child */
  GtkLabel *next_step;                 /* (unowned) template child */
  GtkButton *next_button;              /* (unowned) template child */
  GtkWidget *entries_group;            /* (unowned) template child */
  GtkStack *entries_stack;             /* (unowned) template child */
  GtkWidget *edit_button;              /* (unowned) template child */
  GtkListBox *entries;                 /* (unowned) template child */
  GtkLabel *no_entries;                /* (unowned) template child */
  LinkageEntriesEditor *editor;        /* (unowned) template child */
  GtkLabel *used;                      /* (unowned) template child */
  GtkListBox *attempts;                /* (unowned) template child */
  GtkWidget *corrections_group;        /* (unowned) template child */
  LinkageCorrectionsView *corrections; /* (unowned) template child */
  GtkWidget *changes_group;            /* (unowned) template child */
  GtkListBox *changes;                 /* (unowned) template child */
};

typedef enum
{
  SIGNAL_WINDOW_ACTION,
  N_SIGNALS,
} LinkageDetailsViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageDetailsView, linkage_details_view, GTK_TYPE_WIDGET)

static gboolean
has_feature (LinkageDetailsView *self, LinkageAccountFeatures feature)
{
  return (linkage_account_get_features (self->account) & feature) != 0;
}

static void
clear (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

/* (transfer none) (nullable) */
static LinkageConnection *
get_connection (LinkageDetailsView *self)
{
  if (self->removed != NULL)
    return self->removed->connection;

  return self->row != NULL ? linkage_connection_row_get_connection (self->row) : NULL;
}

static char *
dup_seen (LinkageDetailsView *self, const LinkageConnection *connection)
{
  if (self->removed != NULL)
    return linkage_details_text_get_removed (self->removed, NULL);

  return linkage_details_text_get_seen (connection, linkage_account_get_now (self->account), NULL);
}

static void
update_head (LinkageDetailsView *self, LinkageConnection *connection)
{
  g_autofree char *name = linkage_portal_text_isolate (connection->customer->name);
  g_autofree char *line = linkage_status_text_get_line (connection, linkage_account_get_now (self->account));
  g_autofree char *seen = dup_seen (self, connection);

  gtk_label_set_text (self->name, name);
  gtk_image_set_from_icon_name (self->status_icon, linkage_status_text_get_icon (connection->status));
  linkage_cell_utils_set_status_class (GTK_WIDGET (self->status_icon), connection->status);
  gtk_label_set_text (self->status, line);
  set_label (self->seen, seen);
}

/* What the button beside the next step does; the window does it. */
static const char *
get_next_action (LinkageDetailsView *self, LinkageConnection *connection, const char **label)
{
  if ((connection->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    {
      *label = C_ ("button of a suggestion", "Connect");
      return "win.connect";
    }
  if ((connection->actions & LINKAGE_ACTIONS_RESEND) != 0)
    {
      *label = _ ("Send Again");
      return "win.send-again";
    }
  if (linkage_status_text_get_refusal (connection, linkage_account_get_now (self->account)) != LINKAGE_REFUSAL_NONE)
    {
      *label = _ ("Ask Customer…");
      return "win.ask-customer";
    }

  return NULL;
}

static void
update_next_step (LinkageDetailsView *self, LinkageConnection *connection)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  LinkageOperation *operation = linkage_connection_row_get_operation (self->row);
  const char *label = NULL;
  const char *action = operation == NULL ? get_next_action (self, connection, &label) : NULL;
  g_autofree char *step = NULL;

  if (operation != NULL)
    step = g_strdup (linkage_status_text_get_progress (operation, linkage_account_get_state (self->account)));
  else
    step = linkage_details_text_get_next_step (connection, linkage_account_get_now (self->account),
                                               has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND), info);
  gtk_widget_set_visible (self->next_group, step != NULL);
  set_label (self->next_step, step);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), action != NULL);
  if (action != NULL)
    gtk_button_set_label (self->next_button, label);
}

static void
update_entries (LinkageDetailsView *self, LinkageConnection *connection)
{
  gboolean can_edit = self->removed == NULL && has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT);
  gboolean has_entries = connection->customer->entries->len > 0;

  gtk_widget_set_visible (self->entries_group, has_entries || can_edit);
  gtk_widget_set_visible (self->edit_button, can_edit);
  gtk_widget_set_visible (GTK_WIDGET (self->entries), has_entries);
  gtk_widget_set_visible (GTK_WIDGET (self->no_entries), !has_entries);
  gtk_button_set_label (GTK_BUTTON (self->edit_button), has_entries ? _ ("Edit List") : _ ("Add Customer List"));
  if (self->customer == connection->customer)
    return;

  g_clear_pointer (&self->customer, linkage_customer_unref);
  self->customer = linkage_customer_ref (connection->customer);
  clear (self->entries);
  for (guint i = 0; i < self->customer->entries->len; i++)
    gtk_list_box_append (self->entries,
                         linkage_customer_entry_row_new (g_ptr_array_index (self->customer->entries, i)));
}

static void
add_attempt (LinkageDetailsView *self, const LinkageConnection *connection, const LinkageAttempt *attempt)
{
  g_autofree char *title = linkage_details_text_get_attempt (connection, attempt);
  g_autofree char *sent = linkage_details_text_get_sent (attempt, NULL);
  g_autofree char *outcome =
    linkage_details_text_get_outcome (connection, attempt, linkage_account_get_now (self->account), NULL);
  const char *lines[] = { sent, outcome, attempt->comment, NULL };

  gtk_list_box_append (self->attempts, linkage_details_row_new (title, lines));
}

/* The latest first. */
static void
update_attempts (LinkageDetailsView *self, LinkageConnection *connection)
{
  g_autofree char *used = linkage_details_text_get_used (connection);

  gtk_label_set_text (self->used, used);
  clear (self->attempts);
  for (guint i = connection->attempts->len; i > 0; i--)
    add_attempt (self, connection, g_ptr_array_index (connection->attempts, i - 1));
  gtk_widget_set_visible (GTK_WIDGET (self->attempts), connection->attempts->len > 0);
}

static void
update_changes (LinkageDetailsView *self, LinkageConnection *connection)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  if (self->removed != NULL || !has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    return;

  changes = linkage_companion_account_list_changes (LINKAGE_COMPANION_ACCOUNT (self->account), connection->id, &error);
  if (changes == NULL)
    {
      g_message ("Cannot read the history of a row: %s", error->message);
      return;
    }

  clear (self->changes);
  for (guint i = changes->len; i > 0; i--)
    {
      const LinkageRowChange *change = g_ptr_array_index (changes, i - 1);
      g_autofree char *title = linkage_details_text_get_change (change, NULL);
      g_autofree char *source =
        linkage_details_text_get_change_source (change, linkage_account_get_now (self->account), NULL);
      const char *lines[] = { source, NULL };

      gtk_list_box_append (self->changes, linkage_details_row_new (title, lines));
    }
  gtk_widget_set_visible (self->changes_group, changes->len > 0);
}

static void
update (LinkageDetailsView *self)
{
  LinkageConnection *connection = get_connection (self);

  if (connection == NULL)
    return;

  update_head (self, connection);
  if (self->removed == NULL)
    update_next_step (self, connection);
  else
    gtk_widget_set_visible (self->next_group, FALSE);
  update_entries (self, connection);
  update_attempts (self, connection);
  update_changes (self, connection);
  if (self->removed == NULL && has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    linkage_corrections_view_set_connection (self->corrections, LINKAGE_COMPANION_ACCOUNT (self->account), connection);
}

static void
on_next_clicked (GtkButton *button, LinkageDetailsView *self)
{
  LinkageConnection *connection = linkage_connection_row_get_connection (self->row);
  const char *label;
  const char *action = get_next_action (self, connection, &label);

  if (action != NULL)
    g_signal_emit (self, signals[SIGNAL_WINDOW_ACTION], 0, action, connection->id);
}

static void
on_edit_clicked (GtkButton *button, LinkageDetailsView *self)
{
  linkage_details_view_edit_entries (self);
}

static void
on_editor_closed (LinkageEntriesEditor *editor, LinkageDetailsView *self)
{
  gtk_stack_set_visible_child_name (self->entries_stack, "list");
  gtk_widget_set_sensitive (self->edit_button, TRUE);
  gtk_widget_grab_focus (self->edit_button);
}

/* GTK would give the focus to a widget that is not shown, too, and keys would get lost in it. */
static gboolean
grab_focus_if_shown (GtkWidget *widget)
{
  return gtk_widget_get_visible (widget) && gtk_widget_grab_focus (widget);
}

static gboolean
linkage_details_view_grab_focus (GtkWidget *widget)
{
  LinkageDetailsView *self = LINKAGE_DETAILS_VIEW (widget);
  GtkListBoxRow *attempt = gtk_list_box_get_row_at_index (self->attempts, 0);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->entries_stack), "editor") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->editor));

  return grab_focus_if_shown (GTK_WIDGET (self->next_button)) || grab_focus_if_shown (self->edit_button) ||
         (attempt != NULL && gtk_widget_grab_focus (GTK_WIDGET (attempt)));
}

static void
let_go (LinkageDetailsView *self)
{
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->row);
  g_clear_object (&self->account);
  g_clear_pointer (&self->customer, linkage_customer_unref);
  g_clear_pointer (&self->removed, linkage_removed_connection_unref);
}

static void
linkage_details_view_dispose (GObject *object)
{
  LinkageDetailsView *self = LINKAGE_DETAILS_VIEW (object);
  GtkWidget *child;

  let_go (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_details_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_CORRECTIONS_VIEW);
  g_type_ensure (LINKAGE_TYPE_ENTRIES_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-details-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, status_icon);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, status);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, seen);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, next_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, next_step);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, next_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, entries_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, entries_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, entries);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, no_entries);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, editor);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, used);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, attempts);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, corrections_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, corrections);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, changes_group);
  gtk_widget_class_bind_template_child (widget_class, LinkageDetailsView, changes);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_edit_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_editor_closed);
}

static void
linkage_details_view_class_init (LinkageDetailsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_details_view_dispose;
  widget_class->grab_focus = linkage_details_view_grab_focus;

  signals[SIGNAL_WINDOW_ACTION] = g_signal_new ("window-action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
linkage_details_view_init (LinkageDetailsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_label (GTK_WIDGET (self->entries), _ ("Customer list"));
  linkage_cell_utils_set_label (GTK_WIDGET (self->attempts), _ ("Requests"));
  linkage_cell_utils_set_label (GTK_WIDGET (self->changes), _ ("History"));
}

/**
 * linkage_details_view_set_row:
 * @self: a #LinkageDetailsView
 * @account: whose connection it is
 * @row: its row, of a list of @account
 *
 * Shows a connection, and from now on what becomes of it.
 */
void
linkage_details_view_set_row (LinkageDetailsView *self, LinkageAccount *account, LinkageConnectionRow *row)
{
  g_return_if_fail (LINKAGE_IS_DETAILS_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (LINKAGE_IS_CONNECTION_ROW (row));

  if (self->row == row)
    return;

  let_go (self);
  self->account = g_object_ref (account);
  self->row = g_object_ref (row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->corrections_group, has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT));
  gtk_widget_set_visible (self->changes_group, FALSE);
  gtk_stack_set_visible_child_name (self->entries_stack, "list");
  gtk_widget_set_sensitive (self->edit_button, TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update (self);
}

/**
 * linkage_details_view_set_removed:
 * @self: a #LinkageDetailsView
 * @account: whose connection it was
 * @removed: a row that is no more
 *
 * Shows what is still known of a connection. Nothing can be done with it.
 */
void
linkage_details_view_set_removed (LinkageDetailsView *self, LinkageAccount *account, LinkageRemovedConnection *removed)
{
  g_return_if_fail (LINKAGE_IS_DETAILS_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (removed != NULL);

  let_go (self);
  self->account = g_object_ref (account);
  self->removed = linkage_removed_connection_ref (removed);
  gtk_widget_set_visible (self->corrections_group, FALSE);
  gtk_widget_set_visible (self->changes_group, FALSE);
  gtk_stack_set_visible_child_name (self->entries_stack, "list");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update (self);
}

/**
 * linkage_details_view_edit_entries:
 * @self: a #LinkageDetailsView
 *
 * Lets the person type the customer list, where the account takes it.
 */
void
linkage_details_view_edit_entries (LinkageDetailsView *self)
{
  g_return_if_fail (LINKAGE_IS_DETAILS_VIEW (self));

  if (self->row == NULL || !has_feature (self, LINKAGE_ACCOUNT_FEATURES_IMPORT))
    return;

  linkage_entries_editor_begin (self->editor, LINKAGE_COMPANION_ACCOUNT (self->account),
                                linkage_connection_row_get_connection (self->row));
  gtk_stack_set_visible_child_name (self->entries_stack, "editor");
  gtk_widget_set_sensitive (self->edit_button, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}
