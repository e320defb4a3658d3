/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-role-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-ask-text.h"

struct _LinkageRolePage
{
  GtkWidget parent_instance;

  LinkageAccount *account; /* (owned) (nullable) */
  LinkageAskText *text;    /* (owned) (nullable) */

  AdwStatusPage *page; /* (unowned) template child */
  GtkLabel *outcome;   /* (unowned) template child */
};

typedef enum
{
  PROP_ACCOUNT = 1,
} LinkageRolePageProperty;

static GParamSpec *properties[PROP_ACCOUNT + 1];

G_DEFINE_FINAL_TYPE (LinkageRolePage, linkage_role_page, GTK_TYPE_WIDGET)

static void
update (LinkageRolePage *self)
{
  g_autoptr (LinkageAccountInfo) info = NULL;
  g_autofree char *description = NULL;

  g_clear_pointer (&self->text, linkage_ask_text_free);
  if (self->account != NULL)
    info = linkage_account_get_info (self->account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "role.copy", info != NULL);
  if (info == NULL)
    return;

  self->text = linkage_ask_text_new_for_role (info);
  description = g_markup_escape_text (self->text->reason, -1);
  adw_status_page_set_description (self->page, description);
}

static void
update_busy (LinkageRolePage *self)
{
  gboolean busy = self->account != NULL && linkage_account_get_busy (self->account);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "role.check", self->account != NULL && !busy);
}

static void
copy_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (widget);

  if (self->text == NULL)
    return;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->text->message);
  gtk_label_set_text (self->outcome, _ ("Message copied. Send it to an administrator."));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageRolePage) self = user_data;
  g_autoptr (GError) error = NULL;
  LinkageAccount *account = LINKAGE_ACCOUNT (source);

  if (!linkage_account_refresh_finish (account, result, &error))
    g_debug ("The role was not read anew: %s", error->message);
  if (self->account != account)
    return;

  if (linkage_account_get_state (account) == LINKAGE_ACCOUNT_STATE_ROLE_REQUIRED)
    gtk_label_set_text (self->outcome, _ ("You still have no Admin role."));
  else
    gtk_label_set_text (self->outcome, _ ("The portal could not be asked. Try again later."));
}

static void
check_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (widget);

  gtk_label_set_text (self->outcome, _ ("Checking…"));
  linkage_account_refresh_async (self->account, NULL, on_checked, g_object_ref (self));
}

static void
linkage_role_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (object);

  switch ((LinkageRolePageProperty)property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_object (value, self->account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_role_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (object);

  switch ((LinkageRolePageProperty)property_id)
    {
    case PROP_ACCOUNT:
      linkage_role_page_set_account (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
forget_account (LinkageRolePage *self)
{
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
}

static void
linkage_role_page_dispose (GObject *object)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (object);
  GtkWidget *child;

  forget_account (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_role_page_parent_class)->dispose (object);
}

static void
linkage_role_page_finalize (GObject *object)
{
  LinkageRolePage *self = LINKAGE_ROLE_PAGE (object);

  g_clear_pointer (&self->text, linkage_ask_text_free);

  G_OBJECT_CLASS (linkage_role_page_parent_class)->finalize (object);
}

static void
linkage_role_page_class_init (LinkageRolePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_role_page_get_property;
  object_class->set_property = linkage_role_page_set_property;
  object_class->dispose = linkage_role_page_dispose;
  object_class->finalize = linkage_role_page_finalize;

  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, LINKAGE_TYPE_ACCOUNT,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-role-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageRolePage, page);
  gtk_widget_class_bind_template_child (widget_class, LinkageRolePage, outcome);
  gtk_widget_class_install_action (widget_class, "role.copy", NULL, copy_activated);
  gtk_widget_class_install_action (widget_class, "role.check", NULL, check_activated);
}

static void
linkage_role_page_init (LinkageRolePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
  update_busy (self);
}

/**
 * linkage_role_page_set_account:
 * @self: a #LinkageRolePage
 * @account: (nullable): whose user has no Admin role
 *
 * Says who needs the role.
 */
void
linkage_role_page_set_account (LinkageRolePage *self, LinkageAccount *account)
{
  g_return_if_fail (LINKAGE_IS_ROLE_PAGE (self));
  g_return_if_fail (account == NULL || LINKAGE_IS_ACCOUNT (account));

  if (self->account == account)
    return;

  forget_account (self);
  if (account != NULL)
    {
      self->account = g_object_ref (account);
      g_signal_connect_object (account, "notify::info", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (account, "notify::busy", G_CALLBACK (update_busy), self, G_CONNECT_SWAPPED);
    }
  gtk_label_set_text (self->outcome, "");
  update (self);
  update_busy (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}
