/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What can go wrong with an account, for who talks to people: one code, one sentence, one way on. The portal's own
 * sentence, where it said one, is linkage_account_error_get_detail(). */
typedef enum
{
  LINKAGE_ACCOUNT_ERROR_FAILED,
  LINKAGE_ACCOUNT_ERROR_OFFLINE,
  LINKAGE_ACCOUNT_ERROR_UNREACHABLE,
  LINKAGE_ACCOUNT_ERROR_CERTIFICATE,
  LINKAGE_ACCOUNT_ERROR_INSECURE,
  LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS,
  LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL,
  LINKAGE_ACCOUNT_ERROR_INVALID_REPLY,
  LINKAGE_ACCOUNT_ERROR_TOO_LARGE,
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED,
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED,      /* the person, or the portal for the person, said no */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED,     /* the code is not good, or not any more */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER,      /* somebody else answered, or says to be somebody else */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER,      /* what was typed does not belong to this sign-in */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED, /* what the portal says of its sign-in cannot be used */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_REFUSED,     /* for another reason, which only an administrator understands */
  LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT,   /* nobody came back from the browser */
  LINKAGE_ACCOUNT_ERROR_OTHER_USER,          /* who signed in has no access to this account */
  LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED,
  LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT,
  LINKAGE_ACCOUNT_ERROR_REFUSED,        /* see get_refusal */
  LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS, /* see get_detail */
  LINKAGE_ACCOUNT_ERROR_VERIFICATION,
  LINKAGE_ACCOUNT_ERROR_TRY_LATER,
  LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING, /* something for this customer is in the outbox */
  LINKAGE_ACCOUNT_ERROR_TOO_LATE,        /* it was sent already: no undo */
  LINKAGE_ACCOUNT_ERROR_STORE_NEWER,
  LINKAGE_ACCOUNT_ERROR_STORE_CORRUPT,
  LINKAGE_ACCOUNT_ERROR_STORE_FULL,
  LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY,
  LINKAGE_ACCOUNT_ERROR_STORE_LOCKED, /* another process has it */
  LINKAGE_ACCOUNT_ERROR_SANDBOX,      /* the bundled portal did not start */
} LinkageAccountError;

/* A refusal of our own: the request may have been sent long ago, or to a portal that was set up anew since; it was not
 * sent again, and the row does not show it. */
#define LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN "outcome-unknown"

#define LINKAGE_ACCOUNT_ERROR (linkage_account_error_quark ())
GQuark linkage_account_error_quark (void);

/* (nullable): the portal's problem type, e.g. "no-requests-left" */
const char *linkage_account_error_get_refusal (const GError *error);
/* (nullable): the portal's own sentence: text from outside, never markup */
const char *linkage_account_error_get_detail (const GError *error);

G_END_DECLS
