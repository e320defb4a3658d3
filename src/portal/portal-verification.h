/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A human verification that runs in a browser. All of them work alike: a script puts a widget on the page, the widget
 * puts a token in the page's form, and the portal asks the provider what the token is worth. */
typedef struct
{
  const char *id;          /* as data/openapi.yaml names it */
  const char *name;        /* as people know it */
  const char *script;      /* its address */
  const char *siteverify;  /* the address that the portal asks */
  const char *field;       /* of the form, with the token */
  const char *widget;      /* the class of the element that becomes the widget */
  gboolean sends_site_key; /* siteverify wants to know it */
  gboolean is_bound;       /* a token says for which action and which session it is */
  const char *scripts;     /* from where the script loads others, for Content-Security-Policy */
  const char *frames;      /* likewise, what the widget's frames show */
  const char *others;      /* (nullable): likewise, styles and what the script asks; null: nothing */
} PortalVerificationProvider;

/* How the operator has set it up. */
typedef struct
{
  const PortalVerificationProvider *provider;
  char *site_key;   /* (owned) */
  char *secret;     /* (owned) */
  char *script;     /* (owned) (nullable): an address in place of the provider's */
  char *siteverify; /* (owned) (nullable): likewise */
} PortalVerification;

const PortalVerificationProvider *portal_verification_find_provider (const char *id);
PortalVerification *
portal_verification_new (const PortalVerificationProvider *provider, const char *site_key, const char *secret);
void portal_verification_free (PortalVerification *verification);
const char *portal_verification_get_script (const PortalVerification *verification);
const char *portal_verification_get_siteverify (const PortalVerification *verification);
char *portal_verification_make_policy (const PortalVerification *verification, const char *nonce);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalVerification, portal_verification_free)

G_END_DECLS
