/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What may be done with a customer now. */
typedef enum
{
  LINKAGE_ACTIONS_NONE = 0,
  LINKAGE_ACTIONS_CONNECT = 1 << 0, /* ask a suggested customer: one press */
  LINKAGE_ACTIONS_RESEND = 1 << 1,  /* ask again after an expired request */
  LINKAGE_ACTIONS_REQUEST = 1 << 2, /* ask a customer that a search found */
} LinkageActions;

/* Unknown names give LINKAGE_ACTIONS_NONE. */
LinkageActions linkage_action_from_string (const char *string);
const char *linkage_action_to_string (LinkageActions action);

G_END_DECLS
