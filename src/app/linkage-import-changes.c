/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-changes.h"

#include <glib/gi18n.h>

#include "linkage-import-change-row.h"
#include "linkage-import-wording.h"

struct _LinkageImportChanges
{
  GtkWidget parent_instance;

  LinkageImportModel *model; /* (owned) */

  GtkToggleButton *all;                           /* (unowned) template child */
  GtkToggleButton *kinds[LINKAGE_IMPORT_N_KINDS]; /* (unowned) template children */
  GtkScrolledWindow *scroller;                    /* (unowned) template child */
  GtkListView *view;                              /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CHOSEN,
  SIGNAL_OUTDATED,
  N_SIGNALS,
} LinkageImportChangesSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageImportChanges, linkage_import_changes, GTK_TYPE_WIDGET)

static void
set_count (GtkToggleButton *button, const char *word, guint n)
{
  /* Translators: A button that shows only some rows of an import: first which, then how many there are. */
  g_autofree char *label = g_strdup_printf (C_ ("filter with a count", "%1$s (%2$u)"), word, n);

  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_widget_set_visible (GTK_WIDGET (button), n > 0 || gtk_toggle_button_get_active (button));
}

static void
update_toggles (LinkageImportChanges *self)
{
  LinkageImportPlan *plan = linkage_import_model_get_plan (self->model);

  if (plan == NULL)
    return;

  set_count (self->all, C_ ("all rows of an import", "All"), linkage_import_plan_get_n_changes (plan));
  for (guint kind = 0; kind < LINKAGE_IMPORT_N_KINDS; kind++)
    set_count (self->kinds[kind], linkage_import_wording_get_kind (kind), linkage_import_plan_count (plan, kind));
}

static void
scroll_up (LinkageImportChanges *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
on_toggled (GtkToggleButton *button, LinkageImportChanges *self)
{
  int kind = LINKAGE_IMPORT_MODEL_ALL;

  if (!gtk_toggle_button_get_active (button))
    return;

  for (int i = 0; i < LINKAGE_IMPORT_N_KINDS; i++)
    {
      if (self->kinds[i] == button)
        kind = i;
    }

  linkage_import_model_set_kind (self->model, kind);
  update_toggles (self);
  scroll_up (self);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gtk_list_item_set_child (list_item, linkage_import_change_row_new ());
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  linkage_import_change_row_set_item (LINKAGE_IMPORT_CHANGE_ROW (gtk_list_item_get_child (list_item)),
                                      LINKAGE_IMPORT_ITEM (gtk_list_item_get_item (list_item)));
}

static void
on_item_unbound (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  linkage_import_change_row_set_item (LINKAGE_IMPORT_CHANGE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static void
choose_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportChanges *self = LINKAGE_IMPORT_CHANGES (widget);
  const char *connection_id = NULL;
  guint position;

  g_variant_get (parameter, "(um&s)", &position, &connection_id);
  if (!linkage_import_model_choose (self->model, position, connection_id))
    {
      g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
      return;
    }

  update_toggles (self);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
leave_open_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportChanges *self = LINKAGE_IMPORT_CHANGES (widget);

  linkage_import_model_leave_open (self->model, g_variant_get_uint32 (parameter));
  g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);
}

static void
linkage_import_changes_dispose (GObject *object)
{
  LinkageImportChanges *self = LINKAGE_IMPORT_CHANGES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (linkage_import_changes_parent_class)->dispose (object);
}

static void
bind_toggles (GtkWidgetClass *widget_class)
{
  static const char *const names[LINKAGE_IMPORT_N_KINDS] = {
    [LINKAGE_IMPORT_NEW] = "new_rows",
    [LINKAGE_IMPORT_CHANGED] = "changed_rows",
    [LINKAGE_IMPORT_UNCHANGED] = "unchanged_rows",
    [LINKAGE_IMPORT_NOT_UNDERSTOOD] = "unclear_rows",
  };

  gtk_widget_class_bind_template_child (widget_class, LinkageImportChanges, all);
  for (guint kind = 0; kind < LINKAGE_IMPORT_N_KINDS; kind++)
    gtk_widget_class_bind_template_child_full (widget_class, names[kind], FALSE,
                                               G_STRUCT_OFFSET (LinkageImportChanges, kinds) +
                                                 kind * sizeof (GtkToggleButton *));
}

static void
linkage_import_changes_class_init (LinkageImportChangesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_import_changes_dispose;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OUTDATED] =
    g_signal_new ("outdated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-import-changes.ui");
  bind_toggles (widget_class);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChanges, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportChanges, view);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
  gtk_widget_class_bind_template_callback (widget_class, on_item_unbound);
  gtk_widget_class_install_action (widget_class, "import.choose", "(ums)", choose_activated);
  gtk_widget_class_install_action (widget_class, "import.leave-open", "u", leave_open_activated);
}

static void
linkage_import_changes_init (LinkageImportChanges *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->model = linkage_import_model_new ();
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

/**
 * linkage_import_changes_get_plan:
 * @self: a #LinkageImportChanges
 *
 * Gets what the import would do, with what the person chose.
 *
 * Returns: (transfer none) (nullable): the plan
 */
LinkageImportPlan *
linkage_import_changes_get_plan (LinkageImportChanges *self)
{
  g_return_val_if_fail (LINKAGE_IS_IMPORT_CHANGES (self), NULL);

  return linkage_import_model_get_plan (self->model);
}

/**
 * linkage_import_changes_set_plan:
 * @self: a #LinkageImportChanges
 * @plan: what the import would do
 *
 * Shows other rows. A kind of which there are none any more is not shown alone any longer.
 */
void
linkage_import_changes_set_plan (LinkageImportChanges *self, LinkageImportPlan *plan)
{
  int kind;

  g_return_if_fail (LINKAGE_IS_IMPORT_CHANGES (self));
  g_return_if_fail (LINKAGE_IS_IMPORT_PLAN (plan));

  linkage_import_model_set_plan (self->model, plan);
  kind = linkage_import_model_get_kind (self->model);
  if (kind != LINKAGE_IMPORT_MODEL_ALL && linkage_import_plan_count (plan, kind) == 0)
    gtk_toggle_button_set_active (self->all, TRUE);
  update_toggles (self);
}

/**
 * linkage_import_changes_reset:
 * @self: a #LinkageImportChanges
 *
 * Takes all rows away: another table is to come.
 */
void
linkage_import_changes_reset (LinkageImportChanges *self)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_CHANGES (self));

  linkage_import_model_reset (self->model);
  gtk_toggle_button_set_active (self->all, TRUE);
}
