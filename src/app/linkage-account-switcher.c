/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-switcher.h"

#include <glib/gi18n.h>

#include "linkage-account-row.h"

struct _LinkageAccountSwitcher
{
  GtkBox parent_instance;

  LinkageAccountManager *manager; /* (owned) (nullable): null once it is disposed of */
};

G_DEFINE_FINAL_TYPE (LinkageAccountSwitcher, linkage_account_switcher, GTK_TYPE_BOX)

static gboolean
has_same_name (LinkageAccountEntry *entry, LinkageAccountEntry *other)
{
  g_autofree char *name = linkage_account_entry_dup_name (entry);
  g_autofree char *other_name = linkage_account_entry_dup_name (other);

  return entry != other && g_str_equal (name, other_name);
}

static gboolean
is_name_shared (GListModel *accounts, LinkageAccountEntry *entry)
{
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (LinkageAccountEntry) other = g_list_model_get_item (accounts, i);

      if (has_same_name (entry, other))
        return TRUE;
    }

  return FALSE;
}

/* Rows stay as long as there is an account for them, so that the focus does. */
static void
update (LinkageAccountSwitcher *self)
{
  GListModel *accounts = linkage_account_manager_get_accounts (self->manager);
  LinkageAccountEntry *current = linkage_account_manager_get_current_entry (self->manager);
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (LinkageAccountEntry) entry = g_list_model_get_item (accounts, i);

      if (row == NULL)
        {
          row = linkage_account_row_new ();
          gtk_box_append (GTK_BOX (self), row);
        }
      linkage_account_row_update (LINKAGE_ACCOUNT_ROW (row), entry, i, entry == current,
                                  is_name_shared (accounts, entry));
      row = gtk_widget_get_next_sibling (row);
    }

  while (row != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (row);

      gtk_box_remove (GTK_BOX (self), row);
      row = next;
    }
}

static void
linkage_account_switcher_dispose (GObject *object)
{
  LinkageAccountSwitcher *self = LINKAGE_ACCOUNT_SWITCHER (object);

  if (self->manager != NULL)
    g_signal_handlers_disconnect_by_data (self->manager, self);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (linkage_account_switcher_parent_class)->dispose (object);
}

static void
linkage_account_switcher_class_init (LinkageAccountSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linkage_account_switcher_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
linkage_account_switcher_init (LinkageAccountSwitcher *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Accounts"), -1);
}

/**
 * linkage_account_switcher_new:
 * @manager: the accounts
 *
 * Creates a list of all accounts for a menu.
 *
 * Returns: (transfer floating): a new #LinkageAccountSwitcher
 */
GtkWidget *
linkage_account_switcher_new (LinkageAccountManager *manager)
{
  LinkageAccountSwitcher *self;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager), NULL);

  self = g_object_new (LINKAGE_TYPE_ACCOUNT_SWITCHER, NULL);
  self->manager = g_object_ref (manager);
  g_signal_connect_object (manager, "accounts-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::current", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
