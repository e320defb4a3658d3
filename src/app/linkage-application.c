/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "linkage-about.h"
#include "linkage-compat-ui.h"
#include "linkage-window.h"

#define SCHEMA_ID "io.github.linkage_app.Linkage"

struct _LinkageApplication
{
  AdwApplication parent_instance;

  GSettings *settings;            /* (owned) */
  LinkageAccountManager *manager; /* (owned) */
  guint signal_ids[2];            /* SIGINT, SIGTERM; 0: it came */
};

G_DEFINE_FINAL_TYPE (LinkageApplication, linkage_application, ADW_TYPE_APPLICATION)

static LinkageWindow *
find_window (LinkageApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (LINKAGE_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LinkageApplication *self = LINKAGE_APPLICATION (user_data);
  LinkageWindow *window = find_window (self);

  if (window != NULL)
    linkage_about_present (GTK_WINDOW (window), self->manager, linkage_window_get_n_rows (window));
}

static void
quit (LinkageApplication *self)
{
  LinkageWindow *window = find_window (self);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (self));
}

static gboolean
interrupted_cb (gpointer user_data)
{
  LinkageApplication *self = LINKAGE_APPLICATION (user_data);

  self->signal_ids[0] = 0;
  quit (self);

  return G_SOURCE_REMOVE;
}

static gboolean
terminated_cb (gpointer user_data)
{
  LinkageApplication *self = LINKAGE_APPLICATION (user_data);

  self->signal_ids[1] = 0;
  quit (self);

  return G_SOURCE_REMOVE;
}

/* The window is made when it is asked for: what GTK makes by itself from gtk/help-overlay.ui is a window that is there
 * and not shown, and GTK 4.8 crashes when a screen reader asks for the windows while another one closes. */
static void
shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_PATH "/ui/shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, gtk_application_get_active_window (GTK_APPLICATION (user_data)));
  gtk_window_present (shortcuts);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  quit (LINKAGE_APPLICATION (user_data));
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_activated },
  { .name = "quit", .activate = quit_activated },
  { .name = "shortcuts", .activate = shortcuts_activated },
};

/* Ctrl+1 to Ctrl+9: the accounts in the order of their menu. */
static void
set_account_accelerators (LinkageApplication *self)
{
  for (int number = 1; number <= 9; number++)
    {
      g_autofree char *action = g_strdup_printf ("win.account-number(%d)", number);
      g_autofree char *accelerator = g_strdup_printf ("<Control>%d", number);
      g_autofree char *keypad = g_strdup_printf ("<Control>KP_%d", number);

      gtk_application_set_accels_for_action (GTK_APPLICATION (self), action,
                                             (const char *[]){ accelerator, keypad, NULL });
    }
}

static void
set_accelerators (LinkageApplication *self)
{
  static const struct
  {
    const char *action;
    const char *accelerators[3];
  } table[] = {
    { "app.quit", { "<Control>q" } },      { "app.shortcuts", { "<Control>question" } },
    { "window.close", { "<Control>w" } },  { "win.filter", { "<Control>f" } },
    { "win.search", { "<Control>n" } },    { "win.refresh", { "<Control>r", "F5" } },
    { "win.open-copy", { "<Control>o" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), table[i].action, table[i].accelerators);
}

static void
linkage_application_startup (GApplication *application)
{
  LinkageApplication *self = LINKAGE_APPLICATION (application);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "linkage", NULL);

  G_APPLICATION_CLASS (linkage_application_parent_class)->startup (application);

  linkage_compat_name_buttons ();
  self->settings = g_settings_new (SCHEMA_ID);
  self->manager = linkage_account_manager_new (folder);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_accelerators (self);
  set_account_accelerators (self);
  /* The first one ends the program in order, a second one at once. */
  self->signal_ids[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signal_ids[1] = g_unix_signal_add (SIGTERM, terminated_cb, self);
}

/* Whether the program starts or is asked for again, with or without options: the one window. */
static int
linkage_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  LinkageApplication *self = LINKAGE_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  gboolean as_user = g_variant_dict_contains (options, "sandbox-user");
  gboolean sandbox = as_user || g_variant_dict_contains (options, "sandbox");
  LinkageWindow *window = find_window (self);
  gboolean is_new = window == NULL;

  if (is_new)
    window = linkage_window_new (self, self->settings, self->manager);

  if (sandbox)
    linkage_window_open_sandbox (window, as_user);
  else if (is_new)
    linkage_window_load (window);
  linkage_window_reopen (window);

  return EXIT_SUCCESS;
}

static void
linkage_application_activate (GApplication *application)
{
  LinkageApplication *self = LINKAGE_APPLICATION (application);
  LinkageWindow *window = find_window (self);

  if (window == NULL)
    {
      window = linkage_window_new (self, self->settings, self->manager);
      linkage_window_load (window);
    }

  linkage_window_reopen (window);
}

static int
linkage_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autofree const char **arguments = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Linkage %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &arguments))
    {
      /* Translators: %s is a word on the command line that is no option. */
      g_printerr (_ ("Unexpected argument: %s\n"), arguments[0]);
      return EXIT_FAILURE;
    }

  return -1;
}

static void
linkage_application_dispose (GObject *object)
{
  LinkageApplication *self = LINKAGE_APPLICATION (object);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);
  g_clear_object (&self->manager);
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
  application_class->command_line = linkage_application_command_line;
  application_class->activate = linkage_application_activate;
  application_class->handle_local_options = linkage_application_handle_local_options;
}

static void
linkage_application_init (LinkageApplication *self)
{
  static const GOptionEntry options[] = {
    { "sandbox", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Try the program with made-up companies"), NULL },
    { "sandbox-user", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, NULL, NULL },
    { "version", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and quit"), NULL },
    { G_OPTION_REMAINING, 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
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
  return g_object_new (LINKAGE_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", RESOURCE_PATH, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, NULL);
}
