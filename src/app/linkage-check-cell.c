/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-cell.h"

#include "linkage-cell-utils.h"
#include "linkage-check-text.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

struct _LinkageCheckCell
{
  GtkWidget parent_instance;

  GtkLabel *name;         /* (unowned) template child */
  GtkLabel *detail;       /* (unowned) template child */
  GtkWidget *status_box;  /* (unowned) template child */
  GtkImage *status_icon;  /* (unowned) template child */
  GtkLabel *status_label; /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageCheckCell, linkage_check_cell, GTK_TYPE_WIDGET)

static void
show_status (LinkageCheckCell *self, const LinkageConnection *connection, gint64 now)
{
  g_autofree char *line = linkage_status_text_get_line (connection, now);

  gtk_image_set_from_icon_name (self->status_icon, linkage_status_text_get_icon (connection->status));
  linkage_cell_utils_set_status_class (GTK_WIDGET (self->status_icon), connection->status);
  gtk_label_set_text (self->status_label, line);
}

static void
linkage_check_cell_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_check_cell_parent_class)->dispose (object);
}

static void
linkage_check_cell_class_init (LinkageCheckCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_check_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-check-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckCell, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckCell, detail);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckCell, status_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckCell, status_icon);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckCell, status_label);
}

static void
linkage_check_cell_init (LinkageCheckCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_check_cell_show:
 * @self: a #LinkageCheckCell
 * @name: the name as it was brought
 * @match: (nullable): what is found for it; %NULL: it is not in the table
 * @now: Unix seconds, by the account's clock
 * @missing: (nullable): what stands in place of a status where there is none
 *
 * Shows what is known of a name.
 */
void
linkage_check_cell_show (LinkageCheckCell *self,
                         const char *name,
                         const LinkageNameMatch *match,
                         gint64 now,
                         const char *missing)
{
  const LinkageConnection *connection = match != NULL ? match->connection : NULL;
  g_autofree char *line = NULL;
  g_autofree char *detail = NULL;

  g_return_if_fail (LINKAGE_IS_CHECK_CELL (self));
  g_return_if_fail (name != NULL);

  line = linkage_portal_text_to_line (name);
  detail = match != NULL ? linkage_check_text_get_detail (match) : NULL;
  gtk_label_set_text (self->name, line);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->status_icon), connection != NULL);
  gtk_widget_set_visible (self->status_box, connection != NULL || missing != NULL);
  if (connection != NULL)
    show_status (self, connection, now);
  else
    gtk_label_set_text (self->status_label, missing != NULL ? missing : "");
}
