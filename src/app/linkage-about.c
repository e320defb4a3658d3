/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-about.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>

#define WEBSITE "https://linkage-app.github.io"

/* For whoever mends the program: nothing of it says who the person is, whom it asked or where. Not translated. */
static char *
make_debug_info (LinkageAccountManager *manager, guint n_rows)
{
  g_autoptr (GString) info = g_string_new (NULL);
  g_autofree char *accounts = linkage_account_manager_get_debug_info (manager);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GdkDisplay *display = gdk_display_get_default ();
  GdkMonitor *monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);

  g_string_append_printf (info, "Linkage %s (%s)\n", PACKAGE_VERSION, APP_ID);
  g_string_append_printf (info, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version, glib_micro_version);
  g_string_append_printf (info, "GTK %u.%u.%u\n", gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version ());
  g_string_append_printf (info, "libadwaita %u.%u.%u\n", adw_get_major_version (), adw_get_minor_version (),
                          adw_get_micro_version ());
  g_string_append_printf (info, "System: %s\n", system != NULL ? system : "unknown");
  g_string_append_printf (info, "Flatpak: %s\n", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? "yes" : "no");
  g_string_append_printf (info, "Locale: %s\n", setlocale (LC_MESSAGES, NULL));
  g_string_append_printf (info, "Display: %s\n", G_OBJECT_TYPE_NAME (display));
  if (monitor != NULL)
    g_string_append_printf (info, "Scale: %d\n", gdk_monitor_get_scale_factor (monitor));
  g_clear_object (&monitor);
  g_string_append (info, accounts);
  g_string_append_printf (info, "Rows: %u\n", n_rows);

  return g_string_free (g_steal_pointer (&info), FALSE);
}

/**
 * linkage_about_present:
 * @parent: (nullable): the window that asks
 * @manager: the accounts
 * @n_rows: how many connections its list holds
 *
 * Shows what the program is, and offers debug information without secrets.
 */
void
linkage_about_present (GtkWindow *parent, LinkageAccountManager *manager, guint n_rows)
{
  const char *developers[] = { "The Linkage contributors", NULL };
  g_autofree char *debug_info = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager));

  debug_info = make_debug_info (manager, n_rows);
  adw_show_about_window (
    parent, "application-name", _ ("Linkage"), "application-icon", APP_ID, "version", PACKAGE_VERSION, "developer-name",
    _ ("The Linkage contributors"), "developers", developers,
    /* Translators: Put your names here, one a line. */
    "translator-credits", _ ("translator-credits"), "comments",
    _ ("View and manage the connection requests of a supplier. Linkage is not affiliated with Coupa."), "website",
    WEBSITE, "license-type", GTK_LICENSE_GPL_3_0, "debug-info", debug_info, "debug-info-filename",
    "linkage-debug-info.txt", NULL);
}
