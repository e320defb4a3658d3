/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-account-info.h"
#include "linkage-connection.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_REMOTE_ERROR_UNREACHABLE, /* no network, no answer, cut off: try again later */
  LINKAGE_REMOTE_ERROR_CERTIFICATE, /* the certificate is not trusted; there is no way round it */
  LINKAGE_REMOTE_ERROR_INSECURE,    /* plain HTTP beyond loopback, or a redirect to another host */
  LINKAGE_REMOTE_ERROR_INVALID_ADDRESS,
  LINKAGE_REMOTE_ERROR_NOT_A_PORTAL,  /* the address answers, but not with the interface */
  LINKAGE_REMOTE_ERROR_INVALID_REPLY, /* no JSON, cut off, a member missing or of the wrong type: names it */
  LINKAGE_REMOTE_ERROR_TOO_LARGE,
  LINKAGE_REMOTE_ERROR_UNAUTHORIZED,  /* 401: sign in again */
  LINKAGE_REMOTE_ERROR_ROLE_REQUIRED, /* the user has no Admin role */
  LINKAGE_REMOTE_ERROR_NOT_FOUND,
  LINKAGE_REMOTE_ERROR_STATE_UNUSABLE, /* 410: read all again */
  LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED, /* 410: the account is no more */
  LINKAGE_REMOTE_ERROR_REFUSED,        /* a rule forbids it, for good: see the problem */
  LINKAGE_REMOTE_ERROR_CHALLENGE,      /* verification missing, expired or of another action: verify again */
  LINKAGE_REMOTE_ERROR_INVALID_FIELDS, /* 422: what was typed is not accepted; see the problem's fields */
  LINKAGE_REMOTE_ERROR_TRY_LATER,      /* 429, 503, 409 still running: see retry_after */
  LINKAGE_REMOTE_ERROR_SERVER,         /* any other 5xx */
} LinkageRemoteError;

#define LINKAGE_REMOTE_ERROR (linkage_remote_error_quark ())
GQuark linkage_remote_error_quark (void);

/* What the portal's problem details (RFC 9457) said. All of it is text from outside: never markup. */
typedef struct
{
  guint status;
  char *type;                      /* (owned) (nullable): the URI's last part, e.g. "no-requests-left" */
  char *title;                     /* (owned) (nullable) */
  char *detail;                    /* (owned) (nullable) */
  GPtrArray *fields;               /* (owned) (element-type utf8): "field: sentence" of the member errors, never NULL */
  LinkageConnection *connection;   /* (owned) (nullable): the row as it is now */
  LinkageAccountInfo *merged_into; /* (owned) (nullable): the account's successor; no more of it than id and name */
  guint retry_after;               /* seconds; 0: none said */
} LinkageProblem;

/* (transfer none) (nullable): an extended error carries its problem */
const LinkageProblem *linkage_remote_error_get_problem (const GError *error);

G_END_DECLS
