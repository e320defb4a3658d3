/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-footer.h"

#include <glib/gi18n.h>

#include "linkage-searches-popover.h"

struct _LinkageFooter
{
  GtkWidget parent_instance;

  LinkageAccount *account;     /* (owned) (nullable) */
  LinkageConnectionList *list; /* (owned) (nullable): while there is an account */

  GtkWidget *search_button;                 /* (unowned) template child */
  GtkWidget *by_hand_buttons;               /* (unowned) template child */
  GtkLabel *searches;                       /* (unowned) template child */
  GtkMenuButton *searches_button;           /* (unowned) template child */
  LinkageSearchesPopover *searches_popover; /* (unowned) template child */
  GtkWidget *filler;                        /* (unowned) template child */
  GtkLabel *count;                          /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageFooter, linkage_footer, GTK_TYPE_WIDGET)

static gboolean
has_feature (LinkageFooter *self, LinkageAccountFeatures feature)
{
  return self->account != NULL && (linkage_account_get_features (self->account) & feature) != 0;
}

static guint
count_waiting (LinkageFooter *self)
{
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (self->account, NULL);
  guint waiting = 0;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      LinkageOperation *operation = g_ptr_array_index (operations, i);

      if (operation->state != LINKAGE_OPERATION_REFUSED)
        waiting++;
    }

  return waiting;
}

static char *
get_count_text (LinkageFooter *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint total = linkage_connection_list_get_n_unfiltered (self->list);
  guint waiting = count_waiting (self);
  g_autofree char *requests = NULL;
  g_autofree char *outbox = NULL;

  if (n == total)
    /* Translators: How many rows the table has. */
    requests = g_strdup_printf (ngettext ("%'u request", "%'u requests", total), total);
  else
    /* Translators: How many rows of the table the filter leaves: first these, then all. */
    requests = g_strdup_printf (ngettext ("%1$'u of %2$'u request", "%1$'u of %2$'u requests", total), n, total);
  if (waiting == 0)
    return g_steal_pointer (&requests);

  /* Translators: How many requests are still to be sent to the portal. */
  outbox = g_strdup_printf (ngettext ("%'u waiting", "%'u waiting", waiting), waiting);
  /* Translators: "212 requests, 3 waiting". */
  return g_strdup_printf (_ ("%1$s, %2$s"), requests, outbox);
}

static char *
get_searches_text (LinkageFooter *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  guint left;

  if (info == NULL)
    return g_strdup ("");

  left = linkage_account_info_get_searches_left (info);
  /* Translators: How often the portal can still be searched: first what is left, then how often it could be in all. */
  return g_strdup_printf (ngettext ("%1$u of %2$u search left", "%1$u of %2$u searches left", info->searches_limit),
                          left, info->searches_limit);
}

static void
linkage_footer_dispose (GObject *object)
{
  LinkageFooter *self = LINKAGE_FOOTER (object);
  GtkWidget *child;

  g_clear_object (&self->account);
  g_clear_object (&self->list);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_footer_parent_class)->dispose (object);
}

static void
linkage_footer_class_init (LinkageFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_footer_dispose;

  g_type_ensure (LINKAGE_TYPE_SEARCHES_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, search_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, by_hand_buttons);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, searches);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, searches_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, searches_popover);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, filler);
  gtk_widget_class_bind_template_child (widget_class, LinkageFooter, count);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
linkage_footer_init (LinkageFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_footer_set_narrow (self, FALSE);
}

/**
 * linkage_footer_set_account:
 * @self: a #LinkageFooter
 * @account: (nullable): whose rows are shown
 * @list: (nullable): the rows, with an account
 *
 * Counts what another account has.
 */
void
linkage_footer_set_account (LinkageFooter *self, LinkageAccount *account, LinkageConnectionList *list)
{
  gboolean by_hand;

  g_return_if_fail (LINKAGE_IS_FOOTER (self));
  g_return_if_fail (account == NULL || LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail ((account == NULL) == (list == NULL));

  g_set_object (&self->account, account);
  g_set_object (&self->list, list);
  by_hand = has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND);
  gtk_menu_button_popdown (self->searches_button);
  linkage_searches_popover_set_account (self->searches_popover, by_hand ? LINKAGE_COMPANION_ACCOUNT (account) : NULL);
  linkage_footer_update (self);
}

/**
 * linkage_footer_set_narrow:
 * @self: a #LinkageFooter
 * @narrow: whether the window is narrow
 *
 * Puts the buttons above the counts, or beside them.
 */
void
linkage_footer_set_narrow (LinkageFooter *self, gboolean narrow)
{
  GtkBoxLayout *layout;

  g_return_if_fail (LINKAGE_IS_FOOTER (self));

  layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_layout_set_spacing (layout, narrow ? 6 : 12);
  gtk_box_set_homogeneous (GTK_BOX (self->by_hand_buttons), narrow);
}

/**
 * linkage_footer_update:
 * @self: a #LinkageFooter
 *
 * Counts anew: rows, what waits to be sent, searches that are left.
 */
void
linkage_footer_update (LinkageFooter *self)
{
  g_autofree char *count = NULL;
  g_autofree char *searches = NULL;
  gboolean can_search;
  gboolean by_hand;

  g_return_if_fail (LINKAGE_IS_FOOTER (self));

  if (self->account == NULL)
    return;

  can_search = has_feature (self, LINKAGE_ACCOUNT_FEATURES_SEARCH);
  by_hand = has_feature (self, LINKAGE_ACCOUNT_FEATURES_BY_HAND);
  count = get_count_text (self);
  searches = can_search || by_hand ? get_searches_text (self) : g_strdup ("");

  gtk_widget_set_visible (self->search_button, can_search);
  gtk_widget_set_visible (self->by_hand_buttons, by_hand);
  gtk_widget_set_visible (GTK_WIDGET (self->searches), !by_hand);
  gtk_widget_set_visible (GTK_WIDGET (self->searches_button), by_hand);
  gtk_widget_set_visible (self->filler, by_hand);
  gtk_label_set_text (self->searches, searches);
  gtk_menu_button_set_label (self->searches_button, searches);
  gtk_label_set_text (self->count, count);
}

/**
 * linkage_footer_count_searches:
 * @self: a #LinkageFooter with an account whose searches are made by hand
 *
 * Asks how many searches the person used.
 */
void
linkage_footer_count_searches (LinkageFooter *self)
{
  g_return_if_fail (LINKAGE_IS_FOOTER (self));

  gtk_menu_button_popup (self->searches_button);
}
