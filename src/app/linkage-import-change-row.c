/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-change-row.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-import-wording.h"

struct _LinkageImportChangeRow
{
  GtkWidget parent_instance;

  LinkageImportItem *item; /* (owned) (nullable) */
  GPtrArray *candidates;   /* (owned) (nullable) (element-type LinkageConnection): as they stand in the drop-down */
  gulong choice_id;        /* of the handler that hears of the person's choice */

  GtkLabel *customer;  /* (unowned) template child */
  GtkLabel *kind;      /* (unowned) template child */
  GtkLabel *detail;    /* (unowned) template child */
  GtkDropDown *choice; /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageImportChangeRow, linkage_import_change_row, GTK_TYPE_WIDGET)

/* First that nothing is chosen, then the requests of ours, then that it is none of them. */
static void
on_chosen (GtkDropDown *choice, GParamSpec *pspec, LinkageImportChangeRow *self)
{
  guint selected = gtk_drop_down_get_selected (choice);
  guint position = linkage_import_item_get_position (self->item);
  const LinkageConnection *candidate = NULL;

  if (selected == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "import.leave-open", "u", position);
      return;
    }

  if (selected <= self->candidates->len)
    candidate = g_ptr_array_index (self->candidates, selected - 1);
  gtk_widget_activate_action (GTK_WIDGET (self), "import.choose", "(ums)", position,
                              candidate != NULL ? candidate->id : NULL);
}

static guint
get_selected (LinkageImportChangeRow *self)
{
  const LinkageImportChange *change = linkage_import_item_get_change (self->item);

  if (change->reason == LINKAGE_IMPORT_REASON_AMBIGUOUS)
    return 0;

  for (guint i = 0; change->existing != NULL && i < self->candidates->len; i++)
    {
      if (g_ptr_array_index (self->candidates, i) == change->existing)
        return i + 1;
    }

  return self->candidates->len + 1;
}

static gboolean
is_same (GPtrArray *candidates, GPtrArray *others)
{
  if (others == NULL || candidates->len != others->len)
    return FALSE;

  for (guint i = 0; i < candidates->len; i++)
    {
      if (g_ptr_array_index (candidates, i) != g_ptr_array_index (others, i))
        return FALSE;
    }

  return TRUE;
}

/* What the person has just chosen from is left alone. */
static void
update_candidates (LinkageImportChangeRow *self)
{
  g_autoptr (GPtrArray) candidates = linkage_import_item_list_candidates (self->item);
  g_autoptr (GtkStringList) words = NULL;

  if (is_same (candidates, self->candidates))
    return;

  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  self->candidates = g_steal_pointer (&candidates);
  words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, C_ ("what a row of an import means", "Left Out"));
  for (guint i = 0; i < self->candidates->len; i++)
    gtk_string_list_take (words, linkage_import_wording_get_candidate (g_ptr_array_index (self->candidates, i)));
  gtk_string_list_append (words, C_ ("what a row of an import means", "A New Request"));
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (words));
}

static void
update_choice (LinkageImportChangeRow *self)
{
  gboolean has_choice = linkage_import_item_get_has_choice (self->item);
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->choice), has_choice);
  if (!has_choice)
    return;

  g_signal_handler_block (self->choice, self->choice_id);
  update_candidates (self);
  gtk_drop_down_set_selected (self->choice, get_selected (self));
  g_signal_handler_unblock (self->choice, self->choice_id);

  /* Translators: Which request a row of an import means; %u is the row's number. */
  label = g_strdup_printf (_ ("What row %u means"), linkage_import_item_get_change (self->item)->row->number);
  linkage_cell_utils_set_drop_down_label (self->choice, label);
}

static void
update (LinkageImportChangeRow *self)
{
  const LinkageImportChange *change = linkage_import_item_get_change (self->item);
  const char *kind = linkage_import_wording_get_kind (change->kind);
  g_autofree char *customer = linkage_import_wording_get_customer (change->row);
  g_autofree char *detail = linkage_import_wording_get_detail (linkage_import_item_get_plan (self->item),
                                                               linkage_import_item_get_position (self->item));
  g_autofree char *label = NULL;

  gtk_label_set_text (self->customer, customer);
  gtk_label_set_text (self->kind, kind);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  update_choice (self);

  /* Translators: A row of an import for who listens: the customer, "New" or "Changed", and what there is to say. */
  label = g_strdup_printf (C_ ("row of an import", "%1$s, %2$s, %3$s"), customer, kind, detail);
  linkage_cell_utils_set_label (gtk_widget_get_parent (GTK_WIDGET (self)), label);
}

static void
linkage_import_change_row_dispose (GObject *object)
{
  LinkageImportChangeRow *self = LINKAGE_IMPORT_CHANGE_ROW (object);
  GtkWidget *child;

  linkage_import_change_row_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_import_change_row_parent_class)->dispose (object);
}

static void
linkage_import_change_row_class_init (LinkageImportChangeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_import_change_row_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-import-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChangeRow, customer);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChangeRow, kind);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChangeRow, detail);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChangeRow, choice);
}

static void
linkage_import_change_row_init (LinkageImportChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->choice_id = g_signal_connect (self->choice, "notify::selected", G_CALLBACK (on_chosen), self);
}

/**
 * linkage_import_change_row_new:
 *
 * Creates a widget for rows of an import.
 *
 * Returns: (transfer floating): a new #LinkageImportChangeRow
 */
GtkWidget *
linkage_import_change_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_IMPORT_CHANGE_ROW, NULL);
}

/**
 * linkage_import_change_row_set_item:
 * @self: a #LinkageImportChangeRow
 * @item: (nullable): what to show; %NULL: nothing any more
 *
 * Shows a row of an import.
 */
void
linkage_import_change_row_set_item (LinkageImportChangeRow *self, LinkageImportItem *item)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_CHANGE_ROW (self));
  g_return_if_fail (item == NULL || LINKAGE_IS_IMPORT_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    {
      g_clear_pointer (&self->candidates, g_ptr_array_unref);
      return;
    }

  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
