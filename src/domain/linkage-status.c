/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-status.h"

static const GEnumValue statuses[] = {
  { LINKAGE_STATUS_UNKNOWN, "LINKAGE_STATUS_UNKNOWN", "unknown" },
  { LINKAGE_STATUS_SUGGESTED, "LINKAGE_STATUS_SUGGESTED", "suggested" },
  { LINKAGE_STATUS_PENDING, "LINKAGE_STATUS_PENDING", "pending" },
  { LINKAGE_STATUS_APPROVED, "LINKAGE_STATUS_APPROVED", "approved" },
  { LINKAGE_STATUS_EXPIRED, "LINKAGE_STATUS_EXPIRED", "expired" },
  { LINKAGE_STATUS_REJECTED, "LINKAGE_STATUS_REJECTED", "rejected" },
  { 0, NULL, NULL },
};

GType
linkage_status_get_type (void)
{
  static GType type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("LinkageStatus", statuses));

  return type;
}

/**
 * linkage_status_from_string:
 * @string: (nullable): a status as the portal writes it
 *
 * Reads a status. A portal may have more of them than this library knows.
 *
 * Returns: the status; %LINKAGE_STATUS_UNKNOWN for any other word
 */
LinkageStatus
linkage_status_from_string (const char *string)
{
  for (gsize i = 0; statuses[i].value_nick != NULL; i++)
    {
      if (g_strcmp0 (statuses[i].value_nick, string) == 0)
        return statuses[i].value;
    }

  return LINKAGE_STATUS_UNKNOWN;
}

/**
 * linkage_status_to_string:
 * @status: a status
 *
 * Writes a status as the portal does, for storage and for the wire, never for people.
 *
 * Returns: (transfer none): the status's word
 */
const char *
linkage_status_to_string (LinkageStatus status)
{
  g_return_val_if_fail (status <= LINKAGE_STATUS_REJECTED, NULL);

  return statuses[status].value_nick;
}
