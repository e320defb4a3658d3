/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-reason-popover.h"

#include <glib/gi18n.h>

#include "linkage-ask-text.h"
#include "linkage-cell-utils.h"
#include "linkage-status-text.h"

/* Why a customer can be sent no further request, the customer's own comment, and whom to ask. */
struct _LinkageReasonPopover
{
  GtkPopover parent_instance;

  GtkLabel *title;             /* (unowned) template child */
  GtkLabel *reason;            /* (unowned) template child */
  GtkWidget *comment_scroller; /* (unowned) template child */
  GtkLabel *comment;           /* (unowned) template child */
  GtkWidget *ask;              /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageReasonPopover, linkage_reason_popover, GTK_TYPE_POPOVER)

/* GTK selects all of a text that takes the focus. */
static void
linkage_reason_popover_show (GtkWidget *widget)
{
  LinkageReasonPopover *self = LINKAGE_REASON_POPOVER (widget);

  GTK_WIDGET_CLASS (linkage_reason_popover_parent_class)->show (widget);

  gtk_label_select_region (self->comment, 0, 0);
}

static void
linkage_reason_popover_class_init (LinkageReasonPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->show = linkage_reason_popover_show;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-reason-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageReasonPopover, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageReasonPopover, reason);
  gtk_widget_class_bind_template_child (widget_class, LinkageReasonPopover, comment_scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageReasonPopover, comment);
  gtk_widget_class_bind_template_child (widget_class, LinkageReasonPopover, ask);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
linkage_reason_popover_init (LinkageReasonPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_reason_popover_new:
 *
 * Creates a popover for reasons and comments.
 *
 * Returns: (transfer floating): a new popover
 */
GtkWidget *
linkage_reason_popover_new (void)
{
  return g_object_new (LINKAGE_TYPE_REASON_POPOVER, NULL);
}

/**
 * linkage_reason_popover_set_connection:
 * @self: a #LinkageReasonPopover
 * @connection: the row that it is about
 * @now: Unix seconds, by the portal's clock
 * @info: (nullable): what is known of the account
 *
 * Says what there is to say about a row.
 */
void
linkage_reason_popover_set_connection (LinkageReasonPopover *self,
                                       const LinkageConnection *connection,
                                       gint64 now,
                                       const LinkageAccountInfo *info)
{
  LinkageRefusal refusal;
  gboolean has_comment;
  g_autofree char *comment = NULL;
  g_autoptr (LinkageAskText) ask = NULL;
  const char *title;

  g_return_if_fail (LINKAGE_IS_REASON_POPOVER (self));
  g_return_if_fail (connection != NULL);

  refusal = linkage_status_text_get_refusal (connection, now);
  comment = linkage_status_text_get_comment (connection, &has_comment);
  if (refusal != LINKAGE_REFUSAL_NONE && info != NULL)
    ask = linkage_ask_text_new_for_connection (connection, refusal, info);
  title = ask != NULL ? ask->title : C_ ("title of a comment", "Comment");

  gtk_label_set_text (self->title, title);
  linkage_cell_utils_set_label (GTK_WIDGET (self), title);
  gtk_label_set_text (self->comment, comment);
  gtk_widget_set_visible (self->comment_scroller, has_comment);

  gtk_widget_set_visible (GTK_WIDGET (self->reason), ask != NULL);
  gtk_widget_set_visible (self->ask, ask != NULL);
  if (ask == NULL)
    return;

  gtk_label_set_text (self->reason, ask->reason);
  linkage_cell_utils_set_action (self->ask, "win.ask-customer", connection->id);
}
