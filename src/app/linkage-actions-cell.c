/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-actions-cell.h"

#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-portal-text.h"
#include "linkage-status-text.h"

#define PROGRESS_CHARS 12

/* What a cell offers: one button at most, whose meaning the portal gives. */
typedef struct
{
  const char *action;
  const char *icon;
  char *label;        /* (owned): on the button */
  char *name;         /* (owned): for who does not see the row */
  const char *target; /* (unowned): a connection's id or an operation's key */
  gboolean icon_only;
} Offer;

struct _LinkageActionsCell
{
  LinkageCell parent_instance;

  GtkInscription *progress; /* (unowned) child */
  GtkWidget *button;        /* (unowned) child */
  GtkImage *icon;           /* (unowned) child */
  GtkLabel *label;          /* (unowned) child */
};

G_DEFINE_FINAL_TYPE (LinkageActionsCell, linkage_actions_cell, LINKAGE_TYPE_CELL)

static void
offer_clear (Offer *offer)
{
  g_clear_pointer (&offer->label, g_free);
  g_clear_pointer (&offer->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Offer, offer_clear)

static void
offer_connect (Offer *offer, LinkageConnection *connection, const char *customer)
{
  offer->action = "win.connect";
  offer->icon = "linkage-connect-symbolic";
  offer->target = connection->id;
  offer->label = g_strdup (C_ ("button of a suggestion", "Connect"));
  /* Translators: %s is a customer's name. */
  offer->name = g_strdup_printf (_ ("Connect with %s"), customer);
}

static void
offer_resend (Offer *offer, LinkageConnection *connection, const char *customer)
{
  LinkageRuleState state;
  guint left;

  linkage_rules_state_from_connection (&state, connection);
  left = linkage_rules_get_requests_left (&state);

  offer->action = "win.send-again";
  offer->icon = "linkage-send-again-symbolic";
  offer->target = connection->id;
  if (connection->requests_used_is_minimum)
    {
      offer->label = g_strdup_printf (
        /* Translators: A button. %u is how many requests to this customer are left at most. */
        ngettext ("Send Again (Up to %u Left)", "Send Again (Up to %u Left)", left), left);
      offer->name = g_strdup_printf (
        /* Translators: First a customer's name, then how many requests to it are left at most. */
        ngettext ("Send the request to %1$s again, up to %2$u left", "Send the request to %1$s again, up to %2$u left",
                  left),
        customer, left);
      return;
    }

  /* Translators: A button. %u is how many requests to this customer are left. */
  offer->label = g_strdup_printf (ngettext ("Send Again (%u Left)", "Send Again (%u Left)", left), left);
  offer->name = g_strdup_printf (
    /* Translators: First a customer's name, then how many requests to it are left. */
    ngettext ("Send the request to %1$s again, %2$u left", "Send the request to %1$s again, %2$u left", left), customer,
    left);
}

static void
offer_reason (Offer *offer, LinkageConnection *connection, const char *customer)
{
  offer->action = "table.show-reason";
  offer->icon = "linkage-information-symbolic";
  offer->target = connection->id;
  offer->icon_only = TRUE;
  /* Translators: %s is a customer's name. */
  offer->name = g_strdup_printf (_ ("What to do about %s"), customer);
}

static void
offer_for_operation (Offer *offer, LinkageConnection *connection, LinkageOperation *operation, const char *customer)
{
  switch (operation->state)
    {
    case LINKAGE_OPERATION_WAITING:
      offer->action = "win.undo";
      offer->icon = "edit-undo-symbolic";
      offer->target = operation->key;
      offer->icon_only = TRUE;
      /* Translators: %s is a customer's name. */
      offer->name = g_strdup_printf (_ ("Undo the request to %s"), customer);
      break;
    case LINKAGE_OPERATION_VERIFICATION_NEEDED:
      offer->action = "win.verify";
      offer->icon = "linkage-send-again-symbolic";
      offer->target = connection->id;
      offer->icon_only = TRUE;
      /* Translators: %s is a customer's name. */
      offer->name = g_strdup_printf (_ ("Verify the request to %s again"), customer);
      break;
    case LINKAGE_OPERATION_REFUSED:
      offer->action = "win.show-refusal";
      offer->icon = "linkage-information-symbolic";
      offer->target = operation->key;
      offer->icon_only = TRUE;
      /* Translators: %s is a customer's name. */
      offer->name = g_strdup_printf (_ ("Why the request to %s was not sent"), customer);
      break;
    case LINKAGE_OPERATION_SENDING:
    default:
      break;
    }
}

static void
offer_for_connection (Offer *offer, LinkageConnection *connection, gint64 now, const char *customer)
{
  if ((connection->actions & LINKAGE_ACTIONS_CONNECT) != 0)
    offer_connect (offer, connection, customer);
  else if ((connection->actions & LINKAGE_ACTIONS_RESEND) != 0)
    offer_resend (offer, connection, customer);
  else if (linkage_status_text_get_refusal (connection, now) != LINKAGE_REFUSAL_NONE)
    offer_reason (offer, connection, customer);
}

static void
show_offer (LinkageActionsCell *self, const Offer *offer)
{
  gboolean narrow = linkage_cell_get_narrow (LINKAGE_CELL (self));
  gboolean icon_only = narrow || offer->icon_only;

  gtk_widget_set_visible (self->button, offer->action != NULL);
  if (offer->action == NULL)
    return;

  linkage_cell_utils_set_action (self->button, offer->action, offer->target);
  gtk_image_set_from_icon_name (self->icon, offer->icon);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_only || g_str_equal (offer->action, "win.connect"));
  gtk_label_set_text (self->label, offer->label);
  gtk_widget_set_visible (GTK_WIDGET (self->label), !icon_only);
  gtk_widget_set_tooltip_text (self->button, icon_only ? offer->name : NULL);
  linkage_cell_utils_set_label (self->button, offer->name);

  if (narrow)
    gtk_widget_set_size_request (self->button, 44, 44);
  else
    gtk_widget_set_size_request (self->button, -1, -1);
  if (offer->icon_only)
    gtk_widget_add_css_class (self->button, "flat");
  else
    gtk_widget_remove_css_class (self->button, "flat");
}

static void
linkage_actions_cell_update (LinkageCell *cell)
{
  LinkageActionsCell *self = LINKAGE_ACTIONS_CELL (cell);
  LinkageConnection *connection = linkage_cell_get_connection (cell);
  LinkageOperation *operation = linkage_cell_get_operation (cell);
  g_autofree char *customer = linkage_portal_text_isolate (connection->customer->name);
  g_auto (Offer) offer = { 0 };

  if (operation != NULL)
    offer_for_operation (&offer, connection, operation, customer);
  else
    offer_for_connection (&offer, connection, linkage_cell_get_now (cell), customer);

  /* Where it is narrow the customer's cell says it. */
  gtk_widget_set_visible (GTK_WIDGET (self->progress), operation != NULL && !linkage_cell_get_narrow (cell));
  if (operation != NULL)
    {
      const char *progress = linkage_status_text_get_progress (operation, linkage_cell_get_account_state (cell));

      linkage_cell_utils_set_text (self->progress, progress);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->progress), progress);
    }
  show_offer (self, &offer);
}

static void
linkage_actions_cell_class_init (LinkageActionsCellClass *klass)
{
  LINKAGE_CELL_CLASS (klass)->update = linkage_actions_cell_update;
}

static void
linkage_actions_cell_init (LinkageActionsCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  linkage_cell_utils_set_spacing (GTK_WIDGET (self), 6);
  self->progress = linkage_cell_utils_new_inscription (PROGRESS_CHARS);
  gtk_inscription_set_min_lines (self->progress, 2);
  gtk_inscription_set_nat_lines (self->progress, 2);
  gtk_widget_set_parent (GTK_WIDGET (self->progress), GTK_WIDGET (self));

  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->icon), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->icon), FALSE);
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  gtk_label_set_lines (self->label, 2);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_natural_wrap_mode (self->label, GTK_NATURAL_WRAP_NONE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * linkage_actions_cell_new:
 *
 * Creates a cell of the column Actions: the button that the portal allows, or how far a request is on its way.
 *
 * Returns: (transfer floating): a new cell
 */
GtkWidget *
linkage_actions_cell_new (void)
{
  return g_object_new (LINKAGE_TYPE_ACTIONS_CELL, NULL);
}
