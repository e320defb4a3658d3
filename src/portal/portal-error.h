/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PORTAL_ERROR_INVALID,        /* what was given cannot be used: the message says why */
  PORTAL_ERROR_NOT_FOUND,      /* there is no such thing */
  PORTAL_ERROR_INVALID_GRANT,  /* a code or a refresh token that is not good, or not any more */
  PORTAL_ERROR_NOT_PENDING,    /* an answer to a request that does not wait for one */
  PORTAL_ERROR_STATE_UNUSABLE, /* too old, or of another account or epoch */
} PortalError;

#define PORTAL_ERROR (portal_error_quark ())
GQuark portal_error_quark (void);

G_END_DECLS
