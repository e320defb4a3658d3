/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-columns.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-import-column-row.h"

struct _LinkageImportColumns
{
  GtkWidget parent_instance;

  LinkageImportTable *table; /* (owned) (nullable) */
  LinkageImportMapping mapping;
  gboolean updating; /* it is not the person who changes what is shown */

  GtkListBox *columns;        /* (unowned) template child */
  GtkSpinButton *first_row;   /* (unowned) template child */
  GtkWidget *date_order_box;  /* (unowned) template child */
  GtkLabel *date_order_label; /* (unowned) template child */
  GtkDropDown *date_order;    /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CORRECTED,
  N_SIGNALS,
} LinkageImportColumnsSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageImportColumns, linkage_import_columns, GTK_TYPE_WIDGET)

static const char *
get_heading (LinkageImportColumns *self, guint column)
{
  return self->mapping.first_row > 0 ? linkage_import_table_get_cell (self->table, self->mapping.first_row - 1, column)
                                     : "";
}

/* The first text below the heading. */
static const char *
get_sample (LinkageImportColumns *self, guint column)
{
  guint n_rows = linkage_import_table_get_n_rows (self->table);

  for (guint row = self->mapping.first_row; row < n_rows; row++)
    {
      const char *cell = linkage_import_table_get_cell (self->table, row, column);

      if (*cell != '\0')
        return cell;
    }

  return "";
}

static void
update_rows (LinkageImportColumns *self)
{
  for (guint column = 0; column < self->mapping.n_columns; column++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->columns, (int)column);

      linkage_import_column_row_show (LINKAGE_IMPORT_COLUMN_ROW (gtk_list_box_row_get_child (row)),
                                      get_heading (self, column), get_sample (self, column),
                                      self->mapping.fields[column]);
    }
}

static void
update (LinkageImportColumns *self)
{
  gboolean has_dates = linkage_import_mapping_find (&self->mapping, LINKAGE_IMPORT_FIELD_DATE) >= 0;

  self->updating = TRUE;
  update_rows (self);
  gtk_spin_button_set_value (self->first_row, self->mapping.first_row + 1.0);
  gtk_drop_down_set_selected (self->date_order, self->mapping.date_order);
  gtk_widget_set_visible (self->date_order_box, has_dates && !self->mapping.date_order_is_certain);
  self->updating = FALSE;
}

static void
correct (LinkageImportColumns *self)
{
  update (self);
  g_signal_emit (self, signals[SIGNAL_CORRECTED], 0);
}

static void
on_field_chosen (LinkageImportColumns *self, GParamSpec *pspec, GtkWidget *column_row)
{
  GtkWidget *row = gtk_widget_get_parent (column_row);
  guint column = (guint)gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  int date_column = linkage_import_mapping_find (&self->mapping, LINKAGE_IMPORT_FIELD_DATE);

  if (self->updating)
    return;

  linkage_import_mapping_assign (&self->mapping, column,
                                 linkage_import_column_row_get_field (LINKAGE_IMPORT_COLUMN_ROW (column_row)));
  if (linkage_import_mapping_find (&self->mapping, LINKAGE_IMPORT_FIELD_DATE) != date_column)
    linkage_import_mapping_guess_date_order (&self->mapping, self->table);
  correct (self);
}

static void
on_first_row_changed (GtkSpinButton *button, LinkageImportColumns *self)
{
  if (self->updating)
    return;

  self->mapping.first_row = (guint)gtk_spin_button_get_value_as_int (button) - 1;
  correct (self);
}

static void
on_date_order_chosen (GtkDropDown *drop_down, GParamSpec *pspec, LinkageImportColumns *self)
{
  if (self->updating)
    return;

  self->mapping.date_order = gtk_drop_down_get_selected (drop_down);
  correct (self);
}

static void
fill (LinkageImportColumns *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->columns, 0)) != NULL)
    gtk_list_box_remove (self->columns, GTK_WIDGET (row));

  for (guint column = 0; column < self->mapping.n_columns; column++)
    {
      GtkWidget *column_row = linkage_import_column_row_new (column);

      g_signal_connect_object (column_row, "notify::field", G_CALLBACK (on_field_chosen), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->columns, column_row);
      row = gtk_list_box_get_row_at_index (self->columns, (int)column);
      gtk_list_box_row_set_activatable (row, FALSE);
      gtk_widget_set_focusable (GTK_WIDGET (row), FALSE);
    }
}

static gboolean
linkage_import_columns_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (LINKAGE_IMPORT_COLUMNS (widget)->columns), GTK_DIR_TAB_FORWARD);
}

static void
linkage_import_columns_dispose (GObject *object)
{
  LinkageImportColumns *self = LINKAGE_IMPORT_COLUMNS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->table, linkage_import_table_unref);

  G_OBJECT_CLASS (linkage_import_columns_parent_class)->dispose (object);
}

static void
linkage_import_columns_class_init (LinkageImportColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_import_columns_dispose;

  widget_class->grab_focus = linkage_import_columns_grab_focus;

  signals[SIGNAL_CORRECTED] =
    g_signal_new ("corrected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumns, columns);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumns, first_row);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumns, date_order_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumns, date_order_label);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumns, date_order);
  gtk_widget_class_bind_template_callback (widget_class, on_first_row_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_date_order_chosen);
}

static void
linkage_import_columns_init (LinkageImportColumns *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_drop_down_label (self->date_order, gtk_label_get_text (self->date_order_label));
}

/**
 * linkage_import_columns_set_table:
 * @self: a #LinkageImportColumns
 * @table: a table
 * @mapping: what its columns seem to hold
 *
 * Shows the columns of a table.
 */
void
linkage_import_columns_set_table (LinkageImportColumns *self,
                                  LinkageImportTable *table,
                                  const LinkageImportMapping *mapping)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_COLUMNS (self));
  g_return_if_fail (table != NULL);
  g_return_if_fail (mapping != NULL);

  linkage_import_table_ref (table);
  g_clear_pointer (&self->table, linkage_import_table_unref);
  self->table = table;
  self->mapping = *mapping;

  self->updating = TRUE;
  gtk_spin_button_set_range (self->first_row, 1, linkage_import_table_get_n_rows (table));
  self->updating = FALSE;
  fill (self);
  update (self);
}

/**
 * linkage_import_columns_get_mapping:
 * @self: a #LinkageImportColumns, with a table
 *
 * Gets what the columns hold, as the person corrected it.
 *
 * Returns: (transfer none): the mapping
 */
const LinkageImportMapping *
linkage_import_columns_get_mapping (LinkageImportColumns *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_COLUMNS (self), NULL);

  return &self->mapping;
}
