/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-compat-ui.h"

/**
 * linkage_compat_open_uri:
 * @parent: (nullable): the window that asks
 * @uri: an address
 *
 * Opens an address in the person's browser. GTK says so itself where there is none.
 *
 * The older way goes with a floor of GTK 4.10.
 */
void
linkage_compat_open_uri (GtkWindow *parent, const char *uri)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (uri != NULL);

#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, parent, NULL, NULL, NULL);
#else
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
#endif
}
