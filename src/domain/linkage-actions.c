/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-actions.h"

/**
 * linkage_action_from_string:
 * @string: (nullable): an action as the portal writes it
 *
 * Reads one action. A portal may offer more than this library knows: those give no button.
 *
 * Returns: the action; %LINKAGE_ACTIONS_NONE for any other word
 */
LinkageActions
linkage_action_from_string (const char *string)
{
  if (g_strcmp0 (string, "connect") == 0)
    return LINKAGE_ACTIONS_CONNECT;
  if (g_strcmp0 (string, "resend") == 0)
    return LINKAGE_ACTIONS_RESEND;
  if (g_strcmp0 (string, "request") == 0)
    return LINKAGE_ACTIONS_REQUEST;

  return LINKAGE_ACTIONS_NONE;
}

/**
 * linkage_action_to_string:
 * @action: exactly one action
 *
 * Writes one action as the portal does, for storage and for the wire.
 *
 * Returns: (transfer none) (nullable): the action's word; %NULL for %LINKAGE_ACTIONS_NONE and for several at once
 */
const char *
linkage_action_to_string (LinkageActions action)
{
  switch (action)
    {
    case LINKAGE_ACTIONS_CONNECT:
      return "connect";
    case LINKAGE_ACTIONS_RESEND:
      return "resend";
    case LINKAGE_ACTIONS_REQUEST:
      return "request";
    case LINKAGE_ACTIONS_NONE:
    default:
      return NULL;
    }
}
