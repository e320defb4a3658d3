/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "linkage-application.h"

/* In the build tree the translations are elsewhere. */
static void
set_up_translations (void)
{
  const char *folder = g_getenv ("LINKAGE_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  g_autoptr (LinkageApplication) application = NULL;

  set_up_translations ();
  application = linkage_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
