/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-application.h"

#include <glib/gi18n.h>

#include "linkage-window.h"

#define SCHEMA_ID "io.github.linkage_app.Linkage"

struct _LinkageApplication
{
  AdwApplication parent_instance;

  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (LinkageApplication, linkage_application, ADW_TYPE_APPLICATION)

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LinkageApplication *self = LINKAGE_APPLICATION (user_data);

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)), "application-name", _ ("Linkage"),
                         "application-icon", APP_ID, "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_activated },
  { .name = "quit", .activate = quit_activated },
};

static void
set_accelerators (LinkageApplication *self)
{
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } table[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), table[i].action, table[i].accelerators);
}

static void
linkage_application_startup (GApplication *application)
{
  LinkageApplication *self = LINKAGE_APPLICATION (application);

  G_APPLICATION_CLASS (linkage_application_parent_class)->startup (application);

  self->settings = g_settings_new (SCHEMA_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accelerators (self);
}

static void
linkage_application_activate (GApplication *application)
{
  LinkageApplication *self = LINKAGE_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (linkage_window_new (self));

  gtk_window_present (window);
}

static int
linkage_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Linkage %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static void
linkage_application_dispose (GObject *object)
{
  LinkageApplication *self = LINKAGE_APPLICATION (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (linkage_application_parent_class)->dispose (object);
}

static void
linkage_application_class_init (LinkageApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = linkage_application_dispose;

  application_class->startup = linkage_application_startup;
  application_class->activate = linkage_application_activate;
  application_class->handle_local_options = linkage_application_handle_local_options;
}

static void
linkage_application_init (LinkageApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE,
                                 N_ ("Print the version and quit"), NULL);
}

/**
 * linkage_application_new:
 *
 * Creates the application: the one thing that is global.
 *
 * Returns: (transfer full): a new #LinkageApplication
 */
LinkageApplication *
linkage_application_new (void)
{
  return g_object_new (LINKAGE_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", RESOURCE_PATH, NULL);
}

/**
 * linkage_application_get_settings:
 * @self: a #LinkageApplication that was started
 *
 * Gets what the program remembers of its window.
 *
 * Returns: (transfer none): the settings
 */
GSettings *
linkage_application_get_settings (LinkageApplication *self)
{
  g_return_val_if_fail (LINKAGE_IS_APPLICATION (self), NULL);

  return self->settings;
}
