/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-column-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-import-wording.h"
#include "linkage-portal-text.h"

struct _LinkageImportColumnRow
{
  GtkWidget parent_instance;

  guint column;

  GtkLabel *heading;  /* (unowned) template child */
  GtkLabel *sample;   /* (unowned) template child */
  GtkDropDown *field; /* (unowned) template child */
};

typedef enum
{
  PROP_FIELD = 1,
} LinkageImportColumnRowProperty;

static GParamSpec *properties[PROP_FIELD + 1];

G_DEFINE_FINAL_TYPE (LinkageImportColumnRow, linkage_import_column_row, GTK_TYPE_WIDGET)

static void
on_field_chosen (GtkDropDown *field, GParamSpec *pspec, LinkageImportColumnRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIELD]);
}

static void
linkage_import_column_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageImportColumnRow *self = LINKAGE_IMPORT_COLUMN_ROW (object);

  switch ((LinkageImportColumnRowProperty)property_id)
    {
    case PROP_FIELD:
      g_value_set_uint (value, linkage_import_column_row_get_field (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_import_column_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_import_column_row_parent_class)->dispose (object);
}

static void
linkage_import_column_row_class_init (LinkageImportColumnRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_import_column_row_get_property;
  object_class->dispose = linkage_import_column_row_dispose;

  properties[PROP_FIELD] =
    g_param_spec_uint ("field", NULL, NULL, 0, LINKAGE_IMPORT_N_FIELDS - 1, LINKAGE_IMPORT_FIELD_NONE,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-import-column-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumnRow, heading);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumnRow, sample);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportColumnRow, field);
  gtk_widget_class_bind_template_callback (widget_class, on_field_chosen);
}

static void
linkage_import_column_row_init (LinkageImportColumnRow *self)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint field = 0; field < LINKAGE_IMPORT_N_FIELDS; field++)
    gtk_string_list_append (words, linkage_import_wording_get_field (field));
  gtk_drop_down_set_model (self->field, G_LIST_MODEL (words));
}

/**
 * linkage_import_column_row_new:
 * @column: its number in the table, the first is 0
 *
 * Creates the row of a column.
 *
 * Returns: (transfer floating): a new #LinkageImportColumnRow
 */
GtkWidget *
linkage_import_column_row_new (guint column)
{
  LinkageImportColumnRow *self = g_object_new (LINKAGE_TYPE_IMPORT_COLUMN_ROW, NULL);

  self->column = column;

  return GTK_WIDGET (self);
}

/**
 * linkage_import_column_row_show:
 * @self: a #LinkageImportColumnRow
 * @heading: what stands over the column, perhaps nothing
 * @sample: what stands in it, perhaps nothing
 * @field: what it holds
 *
 * Shows what is known of the column.
 */
void
linkage_import_column_row_show (LinkageImportColumnRow *self,
                                const char *heading,
                                const char *sample,
                                LinkageImportField field)
{
  g_autofree char *name = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (LINKAGE_IS_IMPORT_COLUMN_ROW (self));
  g_return_if_fail (heading != NULL && sample != NULL);

  if (*heading != '\0')
    name = linkage_portal_text_to_line (heading);
  else
    /* Translators: A column without a heading; %u is its number. */
    name = g_strdup_printf (_ ("Column %u"), self->column + 1);
  line = linkage_portal_text_to_line (sample);

  gtk_label_set_text (self->heading, name);
  gtk_label_set_text (self->sample, line);
  gtk_widget_set_visible (GTK_WIDGET (self->sample), *line != '\0');
  gtk_drop_down_set_selected (self->field, field);
  linkage_cell_utils_set_drop_down_label (self->field, name);
}

/**
 * linkage_import_column_row_get_field:
 * @self: a #LinkageImportColumnRow
 *
 * Gets what the person says that the column holds.
 *
 * Returns: a field
 */
LinkageImportField
linkage_import_column_row_get_field (LinkageImportColumnRow *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_COLUMN_ROW (self), LINKAGE_IMPORT_FIELD_NONE);

  return gtk_drop_down_get_selected (self->field);
}
