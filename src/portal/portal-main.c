/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "portal-operator.h"
#include "portal-options.h"
#include "portal-serve.h"

typedef struct
{
  const char *name;
  int (*run) (char **argv);
} Command;

/* The first is the one that runs where none is named. */
static const Command commands[] = {
  { "serve", portal_serve_run },
  { "reset-searches", portal_operator_reset_searches },
  { "customer-link", portal_operator_customer_link },
  { "revoke-token", portal_operator_revoke_token },
  { "user", portal_operator_user },
};

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  gsize i;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("linkage-portal");

  if (argc > 1 && g_str_equal (argv[1], "--version"))
    {
      g_print ("linkage-portal %s\n", PACKAGE_VERSION);
      return PORTAL_EXIT_OK;
    }

  arguments = g_strdupv (argv);
  if (argc < 2 || argv[1][0] == '-')
    return commands[0].run (arguments);

  for (i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = g_strconcat (g_get_prgname (), " ", commands[i].name, NULL);

      if (!g_str_equal (argv[1], commands[i].name))
        continue;
      g_set_prgname (name);
      return commands[i].run (arguments + 1);
    }

  /* Translators: %s is what was typed after “linkage-portal”. */
  g_printerr (_ ("linkage-portal: Unknown command “%s”\n"), argv[1]);
  return PORTAL_EXIT_USAGE;
}
