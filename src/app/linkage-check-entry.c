/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-entry.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linkage-cell-utils.h"
#include "linkage-check-text.h"
#include "linkage-companion-account.h"
#include "linkage-compat-ui.h"
#include "linkage-entry-error.h"
#include "linkage-portal-text.h"

#define COLUMN_CHARS 24 /* of a column's first cell, in the choice of columns */

struct _LinkageCheckEntry
{
  GtkWidget parent_instance;

  LinkageImportTable *table; /* (owned) (nullable): the latest with more than one column */
  GtkTextMark *table_start;  /* (unowned) (nullable): the buffer's: where its names stand */
  GtkTextMark *table_end;    /* (unowned) (nullable): the buffer's */
  GCancellable *cancellable; /* (owned) (nullable): of the file that is being read */
  char *file_name;           /* (owned) (nullable): what that is called */
  gboolean filling;          /* the names of another column are being put in */

  GtkTextView *view;      /* (unowned) template child */
  GtkTextBuffer *buffer;  /* (unowned): of the view */
  GtkLabel *error;        /* (unowned) template child */
  GtkWidget *column_box;  /* (unowned) template child */
  GtkLabel *column_label; /* (unowned) template child */
  GtkDropDown *column;    /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageCheckEntry, linkage_check_entry, GTK_TYPE_WIDGET)

static void
set_error (LinkageCheckEntry *self, const char *sentence)
{
  linkage_entry_error_set (GTK_WIDGET (self->view), self->error, sentence);
}

static void
forget_table (LinkageCheckEntry *self)
{
  g_clear_pointer (&self->table, linkage_import_table_unref);
  if (self->table_start != NULL)
    {
      gtk_text_buffer_delete_mark (self->buffer, self->table_start);
      gtk_text_buffer_delete_mark (self->buffer, self->table_end);
    }
  self->table_start = NULL;
  self->table_end = NULL;
  gtk_widget_set_visible (self->column_box, FALSE);
}

/* A column's cells, one per line. */
static char *
join_column (LinkageImportTable *table, guint column)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  guint n_rows = linkage_import_table_get_n_rows (table);

  for (guint row = 0; row < n_rows; row++)
    {
      g_autofree char *line = linkage_portal_text_to_line (linkage_import_table_get_cell (table, row, column));

      if (*line != '\0')
        g_string_append_printf (lines, "%s\n", line);
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* What the person sees of a column: its number and how it begins. */
static char *
describe_column (LinkageImportTable *table, guint column)
{
  g_autofree char *line = linkage_portal_text_isolate (linkage_import_table_get_cell (table, 0, column));
  g_autofree char *start = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), COLUMN_CHARS));

  /* Translators: One of the columns that were pasted: its number, then its first cell: "2: Customer Name". */
  return g_strdup_printf (_ ("%1$u: %2$s"), column + 1, start);
}

static void
offer_columns (LinkageCheckEntry *self, guint selected)
{
  g_autoptr (GtkStringList) columns = gtk_string_list_new (NULL);

  for (guint i = 0; i < linkage_import_table_get_n_columns (self->table); i++)
    gtk_string_list_take (columns, describe_column (self->table, i));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->column, G_LIST_MODEL (columns));
  gtk_drop_down_set_selected (self->column, selected);
  self->filling = FALSE;
  gtk_widget_set_visible (self->column_box, TRUE);
}

/* Puts in the names of the column that is likely to hold them; of more than one column the person can choose another.
 */
static void
insert_table (LinkageCheckEntry *self, LinkageImportTable *table, GtkTextIter *location)
{
  guint column = linkage_name_list_guess_column (table);
  g_autofree char *names = join_column (table, column);

  forget_table (self);
  if (linkage_import_table_get_n_columns (table) > 1)
    {
      self->table = linkage_import_table_ref (table);
      self->table_start = gtk_text_buffer_create_mark (self->buffer, NULL, location, TRUE);
    }
  gtk_text_buffer_insert (self->buffer, location, names, -1);
  if (self->table == NULL)
    return;

  self->table_end = gtk_text_buffer_create_mark (self->buffer, NULL, location, FALSE);
  offer_columns (self, column);
}

/* What is copied out of a spreadsheet has tabs between its columns. */
static void
on_insert_text (GtkTextBuffer *buffer, GtkTextIter *location, const char *text, int length, LinkageCheckEntry *self)
{
  g_autofree char *copy = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (GError) error = NULL;

  if (memchr (text, '\t', length) == NULL)
    return;

  g_signal_stop_emission_by_name (buffer, "insert-text");
  copy = g_strndup (text, length);
  table = linkage_name_list_read_text (copy, &error);
  if (table != NULL)
    insert_table (self, table, location);
  else
    linkage_check_entry_show_error (self, error);
}

static void
on_changed (GtkTextBuffer *buffer, LinkageCheckEntry *self)
{
  set_error (self, NULL);
  if (!self->filling && gtk_text_buffer_get_char_count (buffer) == 0)
    forget_table (self);
}

static void
on_column_selected (GtkDropDown *column, GParamSpec *pspec, LinkageCheckEntry *self)
{
  g_autofree char *names = NULL;
  GtkTextIter start;
  GtkTextIter end;

  if (self->filling || self->table == NULL)
    return;

  names = join_column (self->table, gtk_drop_down_get_selected (column));
  gtk_text_buffer_get_iter_at_mark (self->buffer, &start, self->table_start);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &end, self->table_end);
  self->filling = TRUE;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, names, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  self->filling = FALSE;
}

static void
cancel (LinkageCheckEntry *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
fail_file (LinkageCheckEntry *self, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  linkage_check_entry_show_error (self, error);
}

static void
fail_too_large (LinkageCheckEntry *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (LINKAGE_IMPORT_ERROR, LINKAGE_IMPORT_ERROR_TOO_LARGE, "too many bytes");

  fail_file (self, error);
}

static void
on_table_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCheckEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table = linkage_name_list_read_finish (result, &error);
  GtkTextIter end;

  if (table == NULL)
    {
      fail_file (self, error);
      return;
    }

  g_clear_object (&self->cancellable);
  gtk_text_buffer_get_end_iter (self->buffer, &end);
  if (gtk_text_iter_get_line_offset (&end) > 0)
    gtk_text_buffer_insert (self->buffer, &end, "\n", 1);
  insert_table (self, table, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCheckEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (bytes == NULL)
    fail_file (self, error);
  else
    linkage_name_list_read_async (bytes, self->file_name, self->cancellable, on_table_read, g_object_ref (self));
}

/* What is far too large is not read at all. */
static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCheckEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    {
      fail_file (self, error);
      return;
    }
  if (g_file_info_get_size (info) > LINKAGE_IMPORT_MAX_BYTES)
    {
      fail_too_large (self);
      return;
    }

  g_free (self->file_name);
  self->file_name = g_strdup (g_file_info_get_name (info));
  g_file_load_bytes_async (G_FILE (source), self->cancellable, on_loaded, g_object_ref (self));
}

static void
on_file_chosen (GFile *file, gpointer user_data)
{
  LinkageCheckEntry *self = LINKAGE_CHECK_ENTRY (user_data);

  cancel (self);
  set_error (self, NULL);
  self->cancellable = g_cancellable_new ();
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_NAME,
                           G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT, self->cancellable, on_measured,
                           g_object_ref (self));
}

static void
open_file_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  gtk_file_filter_set_name (filter, _ ("Lists: CSV and text files"));
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_filter_add_mime_type (filter, "text/tab-separated-values");
  gtk_file_filter_add_mime_type (filter, "text/plain");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  g_list_store_append (filters, filter);
  linkage_compat_open_file (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Open a List of Names"),
                            G_LIST_MODEL (filters), on_file_chosen, g_object_ref (widget), g_object_unref);
}

static gboolean
linkage_check_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_CHECK_ENTRY (widget)->view));
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_check_entry_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_CHECK_ENTRY (widget));

  GTK_WIDGET_CLASS (linkage_check_entry_parent_class)->unroot (widget);
}

static void
linkage_check_entry_dispose (GObject *object)
{
  LinkageCheckEntry *self = LINKAGE_CHECK_ENTRY (object);
  GtkWidget *child;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->table, linkage_import_table_unref);

  G_OBJECT_CLASS (linkage_check_entry_parent_class)->dispose (object);
}

static void
linkage_check_entry_finalize (GObject *object)
{
  LinkageCheckEntry *self = LINKAGE_CHECK_ENTRY (object);

  g_free (self->file_name);

  G_OBJECT_CLASS (linkage_check_entry_parent_class)->finalize (object);
}

static void
linkage_check_entry_class_init (LinkageCheckEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_check_entry_dispose;
  object_class->finalize = linkage_check_entry_finalize;

  widget_class->unroot = linkage_check_entry_unroot;
  widget_class->grab_focus = linkage_check_entry_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-check-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckEntry, view);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckEntry, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckEntry, column_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckEntry, column_label);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckEntry, column);
  gtk_widget_class_bind_template_callback (widget_class, on_column_selected);
  gtk_widget_class_install_action (widget_class, "entry.open-file", NULL, open_file_activated);
}

static void
linkage_check_entry_init (LinkageCheckEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_drop_down_label (self->column, gtk_label_get_text (self->column_label));

  self->buffer = gtk_text_view_get_buffer (self->view);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_insert_text), self, 0);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_changed), self, 0);
}

/**
 * linkage_check_entry_collect:
 * @self: a #LinkageCheckEntry
 * @n_repeated: (out): how many names stand there more than once
 *
 * Collects the names that were typed or pasted. Where there are none, or too many, the entry says so.
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the names, each once
 */
GStrv
linkage_check_entry_collect (LinkageCheckEntry *self, guint *n_repeated)
{
  g_autofree char *text = NULL;
  g_autoptr (LinkageImportTable) table = NULL;
  g_autoptr (GError) error = NULL;
  GStrv names = NULL;

  g_return_val_if_fail (LINKAGE_IS_CHECK_ENTRY (self), NULL);
  g_return_val_if_fail (n_repeated != NULL, NULL);

  g_object_get (self->buffer, "text", &text, NULL);
  table = linkage_name_list_read_text (text, &error);
  if (table != NULL)
    names = linkage_name_list_collect (table, 0, n_repeated, &error);
  if (names == NULL)
    linkage_check_entry_show_error (self, error);

  return names;
}

/**
 * linkage_check_entry_show_error:
 * @self: a #LinkageCheckEntry
 * @error: what is wrong with the list
 *
 * Says beneath the names what is wrong, and lets the person go on there.
 */
void
linkage_check_entry_show_error (LinkageCheckEntry *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (LINKAGE_IS_CHECK_ENTRY (self));
  g_return_if_fail (error != NULL);

  sentence = linkage_check_text_get_error (error);
  set_error (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
