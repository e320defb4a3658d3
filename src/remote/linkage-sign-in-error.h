/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_SIGN_IN_ERROR_DENIED,       /* the person, or the portal for the person, said no */
  LINKAGE_SIGN_IN_ERROR_EXPIRED,      /* a code or a refresh token is not good, or not any more: begin anew */
  LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER, /* somebody else answered, or says to be somebody else: never believed */
  LINKAGE_SIGN_IN_ERROR_WRONG_ANSWER, /* it does not belong to this sign-in */
  LINKAGE_SIGN_IN_ERROR_UNSUPPORTED,  /* the portal cannot sign a program in safely: no PKCE with S256 */
  LINKAGE_SIGN_IN_ERROR_REFUSED,      /* for another reason, which the message names */
  LINKAGE_SIGN_IN_ERROR_NO_LISTENER,  /* this machine lets nobody listen on loopback */
} LinkageSignInError;

#define LINKAGE_SIGN_IN_ERROR (linkage_sign_in_error_quark ())
GQuark linkage_sign_in_error_quark (void);

GError *linkage_sign_in_error_from_word (const char *word);

G_END_DECLS
