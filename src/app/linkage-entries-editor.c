/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-entries-editor.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-customer-entry-row.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"

#define PREVIEW_ROWS 12 /* enough to see that the columns are right */

struct _LinkageEntriesEditor
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable): whose row is edited */
  char *connection_id;              /* (owned) (nullable) */
  GPtrArray *entries;               /* (owned) (nullable) (element-type LinkageCustomerEntry): what is understood */
  gboolean saving;

  GtkTextView *text;   /* (unowned) template child */
  GtkLabel *fault;     /* (unowned) template child */
  GtkLabel *count;     /* (unowned) template child */
  GtkListBox *preview; /* (unowned) template child */
  GtkLabel *error;     /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CLOSED,
  N_SIGNALS,
} LinkageEntriesEditorSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageEntriesEditor, linkage_entries_editor, GTK_TYPE_WIDGET)

static char *
get_fault_sentence (LinkageEntryListFault fault, guint line)
{
  switch (fault)
    {
    case LINKAGE_ENTRY_LIST_FAULT_NO_NAME:
      /* Translators: %u is the number of a line in a text. */
      return g_strdup_printf (_ ("Line %u has no name."), line);
    case LINKAGE_ENTRY_LIST_FAULT_TOO_LONG:
      /* Translators: %u is the number of a line in a text. */
      return g_strdup_printf (_ ("Line %u is too long for a name. Is it several entries?"), line);
    case LINKAGE_ENTRY_LIST_FAULT_TOO_MANY:
      return g_strdup_printf (
        /* Translators: %u is how many lines there may be. */
        ngettext ("There are more than %u entries.", "There are more than %u entries.", LINKAGE_ENTRY_LIST_MAX),
        LINKAGE_ENTRY_LIST_MAX);
    case LINKAGE_ENTRY_LIST_FAULT_NONE:
    default:
      return NULL;
    }
}

static void
fill_preview (LinkageEntriesEditor *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->preview, 0)) != NULL)
    gtk_list_box_remove (self->preview, GTK_WIDGET (row));
  for (guint i = 0; i < MIN (self->entries->len, PREVIEW_ROWS); i++)
    gtk_list_box_append (self->preview, linkage_customer_entry_row_new (g_ptr_array_index (self->entries, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->preview), self->entries->len > 0);
}

static void
set_error (LinkageEntriesEditor *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static char *
dup_text (LinkageEntriesEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
update (LinkageEntriesEditor *self)
{
  g_autofree char *text = dup_text (self);
  g_autofree char *sentence = NULL;
  g_autofree char *count = NULL;
  LinkageEntryListFault fault;
  guint line;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = linkage_entry_list_parse (text, &fault, &line);
  sentence = get_fault_sentence (fault, line);
  linkage_entry_error_set (GTK_WIDGET (self->text), self->fault, sentence);
  /* Translators: How many lines of a typed list were understood. */
  count = g_strdup_printf (ngettext ("%'u entry understood", "%'u entries understood", self->entries->len),
                           self->entries->len);
  gtk_label_set_text (self->count, count);
  fill_preview (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "entries.save",
                                 fault == LINKAGE_ENTRY_LIST_FAULT_NONE && !self->saving);
}

static void
on_text_changed (GtkTextBuffer *buffer, LinkageEntriesEditor *self)
{
  update (self);
}

static void
set_saving (LinkageEntriesEditor *self, gboolean saving)
{
  self->saving = saving;
  gtk_text_view_set_editable (self->text, !saving);
  update (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageEntriesEditor) self = user_data;
  g_autoptr (LinkageErrorText) text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (self->account == NULL)
    return;

  set_saving (self, FALSE);
  if (saved)
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  text = linkage_error_text_new (error);
  set_error (self, text->sentence);
}

static void
save_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageEntriesEditor *self = LINKAGE_ENTRIES_EDITOR (widget);

  if (self->saving || self->account == NULL)
    return;

  set_error (self, NULL);
  set_saving (self, TRUE);
  /* Leaving does not take it back. */
  linkage_companion_account_set_entries_async (self->account, self->connection_id, self->entries, NULL, on_saved,
                                               g_object_ref (self));
}

static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static gboolean
linkage_entries_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_ENTRIES_EDITOR (widget)->text));
}

static void
linkage_entries_editor_dispose (GObject *object)
{
  LinkageEntriesEditor *self = LINKAGE_ENTRIES_EDITOR (object);
  GtkWidget *child;

  g_clear_object (&self->account);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_entries_editor_parent_class)->dispose (object);
}

static void
linkage_entries_editor_finalize (GObject *object)
{
  LinkageEntriesEditor *self = LINKAGE_ENTRIES_EDITOR (object);

  g_free (self->connection_id);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (linkage_entries_editor_parent_class)->finalize (object);
}

static void
linkage_entries_editor_class_init (LinkageEntriesEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_entries_editor_dispose;
  object_class->finalize = linkage_entries_editor_finalize;
  widget_class->grab_focus = linkage_entries_editor_grab_focus;

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-entries-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageEntriesEditor, text);
  gtk_widget_class_bind_template_child (widget_class, LinkageEntriesEditor, fault);
  gtk_widget_class_bind_template_child (widget_class, LinkageEntriesEditor, count);
  gtk_widget_class_bind_template_child (widget_class, LinkageEntriesEditor, preview);
  gtk_widget_class_bind_template_child (widget_class, LinkageEntriesEditor, error);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_install_action (widget_class, "entries.save", NULL, save_activated);
  gtk_widget_class_install_action (widget_class, "entries.cancel", NULL, cancel_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "entries.cancel", NULL);
}

static void
linkage_entries_editor_init (LinkageEntriesEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_label (GTK_WIDGET (self->preview), _ ("What was understood"));
}

/**
 * linkage_entries_editor_begin:
 * @self: a #LinkageEntriesEditor
 * @account: where the list is saved
 * @connection: whose customer it is the list of
 *
 * Begins with the list as it is.
 */
void
linkage_entries_editor_begin (LinkageEntriesEditor *self,
                              LinkageCompanionAccount *account,
                              const LinkageConnection *connection)
{
  g_autofree char *text = NULL;

  g_return_if_fail (LINKAGE_IS_ENTRIES_EDITOR (self));
  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account));
  g_return_if_fail (connection != NULL);

  g_set_object (&self->account, account);
  g_free (self->connection_id);
  self->connection_id = g_strdup (connection->id);
  text = linkage_entry_list_format (connection->customer->entries);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  set_error (self, NULL);
  set_saving (self, FALSE);
}
