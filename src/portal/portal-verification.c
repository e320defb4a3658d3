/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-verification.h"

#include <gio/gio.h>

#define HCAPTCHA "https://hcaptcha.com https://*.hcaptcha.com"
#define TURNSTILE "https://challenges.cloudflare.com"

/* Addresses, names and sources as each provider documents them:
 * https://developers.google.com/recaptcha/docs/display, …/verify and …/faq,
 * https://docs.hcaptcha.com,
 * https://developers.cloudflare.com/turnstile/get-started and …/reference/content-security-policy */
static const PortalVerificationProvider providers[] = {
  {
    .id = "recaptcha",
    .name = "reCAPTCHA",
    .script = "https://www.google.com/recaptcha/api.js",
    .siteverify = "https://www.google.com/recaptcha/api/siteverify",
    .field = "g-recaptcha-response",
    .widget = "g-recaptcha",
    .scripts = "https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/",
    .frames = "https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/",
  },
  {
    .id = "hcaptcha",
    .name = "hCaptcha",
    .script = "https://js.hcaptcha.com/1/api.js",
    .siteverify = "https://api.hcaptcha.com/siteverify",
    .field = "h-captcha-response",
    .widget = "h-captcha",
    .sends_site_key = TRUE,
    .scripts = HCAPTCHA,
    .frames = HCAPTCHA,
    .others = HCAPTCHA,
  },
  {
    .id = "turnstile",
    .name = "Turnstile",
    .script = TURNSTILE "/turnstile/v0/api.js",
    .siteverify = TURNSTILE "/turnstile/v0/siteverify",
    .field = "cf-turnstile-response",
    .widget = "cf-turnstile",
    .is_bound = TRUE,
    .scripts = TURNSTILE,
    .frames = TURNSTILE,
  },
};

/**
 * portal_verification_find_provider:
 * @id: a provider's name in data/openapi.yaml
 *
 * Returns: (transfer none) (nullable): the provider; %NULL where none that runs in a browser has this name
 */
const PortalVerificationProvider *
portal_verification_find_provider (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      if (g_str_equal (providers[i].id, id))
        return &providers[i];
    }

  return NULL;
}

/**
 * portal_verification_new:
 * @provider: who verifies
 * @site_key: the operator's public key
 * @secret: what goes with it, for siteverify only
 *
 * Returns: (transfer full): a verification with the provider's own addresses
 */
PortalVerification *
portal_verification_new (const PortalVerificationProvider *provider, const char *site_key, const char *secret)
{
  PortalVerification *verification;

  g_return_val_if_fail (provider != NULL, NULL);
  g_return_val_if_fail (site_key != NULL && secret != NULL, NULL);

  verification = g_new0 (PortalVerification, 1);
  verification->provider = provider;
  verification->site_key = g_strdup (site_key);
  verification->secret = g_strdup (secret);

  return verification;
}

/**
 * portal_verification_free:
 * @verification: (transfer full): a verification
 */
void
portal_verification_free (PortalVerification *verification)
{
  g_return_if_fail (verification != NULL);

  g_free (verification->site_key);
  g_free (verification->secret);
  g_free (verification->script);
  g_free (verification->siteverify);
  g_free (verification);
}

/**
 * portal_verification_get_script:
 * @verification: a verification
 *
 * Returns: (transfer none): the address of the script that makes the widget
 */
const char *
portal_verification_get_script (const PortalVerification *verification)
{
  g_return_val_if_fail (verification != NULL, NULL);

  return verification->script != NULL ? verification->script : verification->provider->script;
}

/**
 * portal_verification_get_siteverify:
 * @verification: a verification
 *
 * Returns: (transfer none): the address that says what a token is worth
 */
const char *
portal_verification_get_siteverify (const PortalVerification *verification)
{
  g_return_val_if_fail (verification != NULL, NULL);

  return verification->siteverify != NULL ? verification->siteverify : verification->provider->siteverify;
}

/* A script from elsewhere brings its widget along. */
static char *
get_origin (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  g_return_val_if_fail (uri != NULL, NULL);

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "",
                     NULL, NULL);
}

/**
 * portal_verification_make_policy:
 * @verification: a verification
 * @nonce: of the page's one script
 *
 * Returns: (transfer full): the directives of a Content-Security-Policy that let the widget run, and nothing else
 */
char *
portal_verification_make_policy (const PortalVerification *verification, const char *nonce)
{
  const PortalVerificationProvider *provider;
  g_autofree char *own = NULL;
  g_autoptr (GString) policy = g_string_new (NULL);

  g_return_val_if_fail (verification != NULL, NULL);
  g_return_val_if_fail (nonce != NULL, NULL);

  provider = verification->provider;
  if (verification->script != NULL)
    own = get_origin (verification->script);
  g_string_printf (policy, "script-src 'nonce-%s' %s; frame-src %s; style-src 'self'", nonce,
                   own != NULL ? own : provider->scripts, own != NULL ? own : provider->frames);
  if (own == NULL && provider->others != NULL)
    g_string_append_printf (policy, " %1$s; connect-src %1$s", provider->others);

  return g_string_free (g_steal_pointer (&policy), FALSE);
}
