/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-account-row.h"

#include <glib/gi18n.h>

#include "linkage-portal-text.h"

#define N_SHORTCUTS 9 /* Ctrl+1 to Ctrl+9 */

struct _LinkageAccountRow
{
  GtkButton parent_instance;

  GtkWidget *check;      /* (unowned) template child */
  GtkLabel *name;        /* (unowned) template child */
  GtkLabel *place;       /* (unowned) template child */
  GtkWidget *notice_box; /* (unowned) template child */
  GtkLabel *notice;      /* (unowned) template child */
  GtkLabel *shortcut;    /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageAccountRow, linkage_account_row, GTK_TYPE_BUTTON)

/* A menu goes when something of it was chosen. */
static void
linkage_account_row_clicked (GtkButton *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
linkage_account_row_class_init (LinkageAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  GTK_BUTTON_CLASS (klass)->clicked = linkage_account_row_clicked;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_MENU_ITEM_RADIO);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, check);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, place);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, notice_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, notice);
  gtk_widget_class_bind_template_child (widget_class, LinkageAccountRow, shortcut);
}

static void
linkage_account_row_init (LinkageAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_account_row_new:
 *
 * Creates a row for an account, which says nothing yet.
 *
 * Returns: (transfer floating): a new #LinkageAccountRow
 */
GtkWidget *
linkage_account_row_new (void)
{
  return g_object_new (LINKAGE_TYPE_ACCOUNT_ROW, NULL);
}

static char *
make_place (LinkageAccountEntry *entry, gboolean is_shared)
{
  g_autofree char *host = linkage_account_entry_dup_host (entry);
  g_autofree char *user = linkage_account_entry_dup_user (entry);

  if (linkage_account_entry_get_sandbox (entry))
    return g_strdup (C_ ("subtitle of an account", "Sandbox"));
  if (host == NULL && user == NULL)
    return NULL;
  if (host != NULL && user != NULL && is_shared)
    /* Translators: Who signs in to an account, and the computer where it is: "anna@contoso.example, portal.example". */
    return g_strdup_printf (_ ("%1$s, %2$s"), user, host);

  return linkage_portal_text_isolate (user != NULL ? user : host);
}

/* (nullable): what the person should know of an account that is not looked at */
static const char *
choose_notice (LinkageAccountEntry *entry)
{
  LinkageAccount *account = linkage_account_entry_get_account (entry);

  if (linkage_account_entry_get_error (entry) != NULL)
    return _ ("Cannot be opened");
  if (account == NULL)
    return NULL;

  switch (linkage_account_get_state (account))
    {
    case LINKAGE_ACCOUNT_STATE_SIGN_IN_NEEDED:
      return _ ("Nobody is signed in");
    case LINKAGE_ACCOUNT_STATE_UNREACHABLE:
      return _ ("The portal does not answer");
    case LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED:
      return _ ("The Admin role is missing");
    case LINKAGE_ACCOUNT_STATE_REMOVED:
      return _ ("Merged into another account");
    case LINKAGE_ACCOUNT_STATE_STARTING:
    case LINKAGE_ACCOUNT_STATE_READY:
    case LINKAGE_ACCOUNT_STATE_OFFLINE:
    default:
      return NULL;
    }
}

static void
set_text (GtkLabel *label, GtkWidget *shown, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (shown, text != NULL);
}

static void
update_accessible (LinkageAccountRow *self, gboolean is_current)
{
  const char *place = gtk_label_get_text (self->place);
  const char *notice = gtk_label_get_text (self->notice);
  g_autoptr (GString) label = g_string_new (gtk_label_get_text (self->name));

  if (*place != '\0')
    g_string_append_printf (label, ", %s", place);
  if (*notice != '\0')
    g_string_append_printf (label, ", %s", notice);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               is_current ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/**
 * linkage_account_row_update:
 * @self: the row
 * @entry: whose it is
 * @position: of the account in the list, from 0
 * @is_current: whether the window shows it
 * @is_shared: whether another account has the same name
 *
 * Says what there is to say of an account.
 */
void
linkage_account_row_update (LinkageAccountRow *self,
                            LinkageAccountEntry *entry,
                            guint position,
                            gboolean is_current,
                            gboolean is_shared)
{
  g_autofree char *name = NULL;
  g_autofree char *isolated = NULL;
  g_autofree char *place = NULL;
  g_autofree char *shortcut = NULL;

  g_return_if_fail (LINKAGE_IS_ACCOUNT_ROW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT_ENTRY (entry));

  name = linkage_account_entry_dup_name (entry);
  isolated =
    *name != '\0' ? linkage_portal_text_isolate (name) : g_strdup (C_ ("in place of an account’s name", "Account"));
  place = make_place (entry, is_shared);
  gtk_label_set_text (self->name, isolated);
  set_text (self->place, GTK_WIDGET (self->place), place);
  set_text (self->notice, self->notice_box, choose_notice (entry));
  gtk_widget_set_opacity (self->check, is_current ? 1 : 0);
  if (position < N_SHORTCUTS)
    shortcut = gtk_accelerator_get_label (GDK_KEY_1 + position, GDK_CONTROL_MASK);
  set_text (self->shortcut, GTK_WIDGET (self->shortcut), shortcut);
  update_accessible (self, is_current);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", linkage_account_entry_get_id (entry));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.switch-account");
}
