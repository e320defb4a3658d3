/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-scope.h"

#include <string.h>

/* In the order of their bits. */
static const char *const names[] = {
  "supplier.connection-request.read",
  "supplier.connection-request.write",
  NULL,
};

/**
 * portal_scope_parse:
 * @text: (nullable): names with spaces between them
 * @scope: (out): what they let one do; everything where there is no text
 *
 * Returns: whether all names are known
 */
gboolean
portal_scope_parse (const char *text, PortalScope *scope)
{
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (scope != NULL, FALSE);

  *scope = PORTAL_SCOPE_NONE;
  words = g_strsplit (text != NULL ? text : "", " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint bit = 0;

      if (*words[i] == '\0')
        continue;
      while (names[bit] != NULL && !g_str_equal (names[bit], words[i]))
        bit++;
      if (names[bit] == NULL)
        return FALSE;
      *scope |= 1 << bit;
    }
  if (*scope == PORTAL_SCOPE_NONE)
    *scope = PORTAL_SCOPE_ALL;

  return TRUE;
}

/**
 * portal_scope_print:
 * @scope: a scope
 *
 * Returns: (transfer full): its names with spaces between them
 */
char *
portal_scope_print (PortalScope scope)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint bit = 0; names[bit] != NULL; bit++)
    if (scope & (1 << bit))
      g_strv_builder_add (words, names[bit]);

  strv = g_strv_builder_end (words);
  return g_strjoinv (" ", strv);
}

/**
 * portal_scope_get_names:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of all there is
 */
const char *const *
portal_scope_get_names (void)
{
  return names;
}
