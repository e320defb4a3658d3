/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-patience.h"

#define LONGEST_HURRY 1000

static guint
read_hurry (void)
{
  const char *value = g_getenv ("LINKAGE_HURRY");
  guint64 hurry = 1;

  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 1, LONGEST_HURRY, &hurry, NULL))
    g_message ("LINKAGE_HURRY takes a number from 1 to %d", LONGEST_HURRY);

  return (guint)hurry;
}

/**
 * linkage_patience_shorten:
 * @milliseconds: how long the program waits for a portal, or leaves it alone after a failure
 *
 * Shortens a wait where `LINKAGE_HURRY=N` asks for it: to one part in N. Tests of what goes wrong would last hours
 * without. What the portal says itself (`Retry-After`) and what a person relies on (Undo) is never shortened. Any
 * thread.
 *
 * Returns: milliseconds, at least one
 */
guint
linkage_patience_shorten (guint milliseconds)
{
  static gsize hurry = 0;

  if (g_once_init_enter (&hurry))
    g_once_init_leave (&hurry, read_hurry ());

  return MAX (milliseconds / (guint)hurry, 1);
}
