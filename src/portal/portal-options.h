/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

/* Exit codes of every subcommand. */
#define PORTAL_EXIT_OK 0
#define PORTAL_EXIT_FAILED 1
#define PORTAL_EXIT_USAGE 2

/* The option that every subcommand has. */
#define PORTAL_OPTIONS_DATABASE(location)                                                                              \
  {                                                                                                                    \
    "database", 0, 0, G_OPTION_ARG_FILENAME, (location), N_ ("The portal’s database"), N_ ("FILE")                     \
  }

gboolean portal_options_parse (GOptionContext *context,
                               const GOptionEntry *entries,
                               char **argv,
                               guint n_arguments,
                               GStrv *arguments,
                               GError **error);
PortalStore *portal_options_open_store (const char *database, GError **error);
PortalStore *portal_options_open_existing_store (const char *database, GError **error);
int portal_options_report (const GError *error);

G_END_DECLS
