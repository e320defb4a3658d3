/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-verification.h"

G_BEGIN_DECLS

/* What the command line says of the human verification. */
typedef struct
{
  char *provider;    /* (owned) (nullable) */
  char *site_key;    /* (owned) (nullable) */
  char *secret_file; /* (owned) (nullable) */
  char *script;      /* (owned) (nullable) */
  char *siteverify;  /* (owned) (nullable) */
} PortalVerificationOptions;

GOptionGroup *portal_verification_options_new_group (PortalVerificationOptions *options);
gboolean portal_verification_options_read (const PortalVerificationOptions *options,
                                           PortalVerification **verification,
                                           GError **error);
void portal_verification_options_clear (PortalVerificationOptions *options);

G_END_DECLS
