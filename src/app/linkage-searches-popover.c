/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-searches-popover.h"

#include "linkage-error-text.h"

struct _LinkageSearchesPopover
{
  GtkPopover parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  gboolean filling;                 /* it is the program that changes the number */

  GtkSpinButton *used; /* (unowned) template child */
  GtkLabel *error;     /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageSearchesPopover, linkage_searches_popover, GTK_TYPE_POPOVER)

static void
set_error (LinkageSearchesPopover *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSearchesPopover) self = LINKAGE_SEARCHES_POPOVER (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageErrorText) text = NULL;

  if (linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = linkage_error_text_new (error);
  set_error (self, text->sentence);
}

static void
used_changed_cb (GtkSpinButton *used, gpointer user_data)
{
  LinkageSearchesPopover *self = LINKAGE_SEARCHES_POPOVER (user_data);

  if (self->account == NULL || self->filling)
    return;

  set_error (self, NULL);
  linkage_companion_account_set_searches_used_async (self->account, (guint)gtk_spin_button_get_value_as_int (used),
                                                     NULL, saved_cb, g_object_ref (self));
}

/* What was saved, each time it opens: while it is open the person is ahead of what is saved. */
static void
linkage_searches_popover_map (GtkWidget *widget)
{
  LinkageSearchesPopover *self = LINKAGE_SEARCHES_POPOVER (widget);
  g_autoptr (LinkageAccountInfo) info = NULL;

  if (self->account != NULL)
    info = linkage_account_get_info (LINKAGE_ACCOUNT (self->account));
  if (info != NULL)
    {
      self->filling = TRUE;
      gtk_spin_button_set_range (self->used, 0, info->searches_limit);
      gtk_spin_button_set_value (self->used, info->searches_used);
      self->filling = FALSE;
    }
  set_error (self, NULL);

  GTK_WIDGET_CLASS (linkage_searches_popover_parent_class)->map (widget);
}

static void
linkage_searches_popover_dispose (GObject *object)
{
  g_clear_object (&LINKAGE_SEARCHES_POPOVER (object)->account);

  G_OBJECT_CLASS (linkage_searches_popover_parent_class)->dispose (object);
}

static void
linkage_searches_popover_class_init (LinkageSearchesPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_searches_popover_dispose;
  widget_class->map = linkage_searches_popover_map;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-searches-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchesPopover, used);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchesPopover, error);
  gtk_widget_class_bind_template_callback (widget_class, used_changed_cb);
}

static void
linkage_searches_popover_init (LinkageSearchesPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_searches_popover_set_account:
 * @self: a #LinkageSearchesPopover
 * @account: (nullable): whose searches are counted
 *
 * Counts the searches of another account.
 */
void
linkage_searches_popover_set_account (LinkageSearchesPopover *self, LinkageCompanionAccount *account)
{
  g_return_if_fail (LINKAGE_IS_SEARCHES_POPOVER (self));
  g_return_if_fail (account == NULL || LINKAGE_IS_COMPANION_ACCOUNT (account));

  g_set_object (&self->account, account);
}
