/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-limits.h"
#include "portal-verification.h"

G_BEGIN_DECLS

#define PORTAL_SETTINGS_DEFAULT_PROOF_OF_WORK_MAX 100000

/* How the portal was started. */
typedef struct
{
  char *address;                    /* (owned): where it is reached, with scheme and port and no slash at the end */
  gboolean is_sandbox;              /* it has sample data and its clock can be moved */
  gint64 proof_of_work_max;         /* how far a client has to look at most */
  PortalVerification *verification; /* (owned) (nullable): of people in a browser; null: by proof of work */
  PortalLimits limits;
} PortalSettings;

G_END_DECLS
