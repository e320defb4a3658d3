/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-verification-options.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#define PROOF_OF_WORK "proof-of-work"
#define SECRET_VARIABLE "LINKAGE_VERIFICATION_SECRET"
#define LONGEST_KEY 200

/**
 * portal_verification_options_new_group:
 * @options: where to put what is said
 *
 * Returns: (transfer full): the options, for a context that lives no longer than @options
 */
GOptionGroup *
portal_verification_options_new_group (PortalVerificationOptions *options)
{
  const GOptionEntry entries[] = {
    { "verification", 0, 0, G_OPTION_ARG_STRING, &options->provider,
      N_ ("proof-of-work, recaptcha, hcaptcha or turnstile"), N_ ("PROVIDER") },
    { "verification-site-key", 0, 0, G_OPTION_ARG_STRING, &options->site_key, N_ ("The provider’s public key"),
      N_ ("KEY") },
    { "verification-secret-file", 0, 0, G_OPTION_ARG_FILENAME, &options->secret_file,
      N_ ("Holds the secret that goes with it, else LINKAGE_VERIFICATION_SECRET in the environment does"),
      N_ ("FILE") },
    { "verification-script", 0, 0, G_OPTION_ARG_STRING, &options->script,
      N_ ("The script in place of the provider’s own"), N_ ("ADDRESS") },
    { "verification-siteverify", 0, 0, G_OPTION_ARG_STRING, &options->siteverify,
      N_ ("Whom to ask in place of the provider"), N_ ("ADDRESS") },
    G_OPTION_ENTRY_NULL,
  };
  GOptionGroup *group;

  g_return_val_if_fail (options != NULL, NULL);

  group = g_option_group_new ("verification", _ ("Human verification:"), _ ("Show options of the human verification"),
                              NULL, NULL);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);

  return group;
}

static void
set_bad_value (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* What goes there is a secret, or a script that the page trusts: plain HTTP only to this machine, for tests. */
static gboolean
check_address (const char *address, const char *option, GError **error)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (address == NULL)
    return TRUE;
  if (host != NULL && *host != '\0' && g_uri_get_userinfo (uri) == NULL &&
      (g_str_equal (scheme, "https") || (g_str_equal (scheme, "http") && is_loopback (host))))
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: First an option, then what was typed. */
               _ ("--%1$s takes an address that begins with https://, not “%2$s”"), option, address);
  return FALSE;
}

static gboolean
is_key (const char *text)
{
  return *text != '\0' && strlen (text) <= LONGEST_KEY && g_str_is_ascii (text) && strpbrk (text, " \t\r\n") == NULL;
}

/* Not from the command line, which every user of the machine can read. */
static char *
read_secret (const PortalVerificationOptions *options, GError **error)
{
  g_autofree char *secret = NULL;

  if (options->secret_file == NULL)
    secret = g_strdup (g_getenv (SECRET_VARIABLE));
  else if (!g_file_get_contents (options->secret_file, &secret, NULL, error))
    return NULL;

  if (secret == NULL)
    {
      set_bad_value (error,
                     /* Translators: Keep “--verification-secret-file” and the name of the variable. */
                     _ ("--verification needs --verification-secret-file, or LINKAGE_VERIFICATION_SECRET in the "
                        "environment"));
      return NULL;
    }
  g_strstrip (secret);
  if (!is_key (secret))
    {
      set_bad_value (error, _ ("The secret of the verification is not one line of text"));
      return NULL;
    }

  return g_steal_pointer (&secret);
}

static gboolean
check_without_provider (const PortalVerificationOptions *options, GError **error)
{
  if (options->site_key == NULL && options->secret_file == NULL && options->script == NULL &&
      options->siteverify == NULL)
    return TRUE;

  set_bad_value (error, _ ("The options of a verification go with --verification and a provider’s name"));
  return FALSE;
}

/**
 * portal_verification_options_read:
 * @options: what was said
 * @verification: (out) (nullable) (transfer full): the verification; %NULL for the proof of work, which needs none
 * @error: return location for an error of G_OPTION_ERROR or G_FILE_ERROR
 *
 * Checks what was said, and reads the secret.
 *
 * Returns: whether it can be used
 */
gboolean
portal_verification_options_read (const PortalVerificationOptions *options,
                                  PortalVerification **verification,
                                  GError **error)
{
  const PortalVerificationProvider *provider;
  g_autofree char *secret = NULL;

  g_return_val_if_fail (options != NULL && verification != NULL, FALSE);

  *verification = NULL;
  if (options->provider == NULL || g_str_equal (options->provider, PROOF_OF_WORK))
    return check_without_provider (options, error);

  provider = portal_verification_find_provider (options->provider);
  if (provider == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is what was typed. Keep “--verification” and the names. */
                   _ ("--verification takes proof-of-work, recaptcha, hcaptcha or turnstile, not “%s”"),
                   options->provider);
      return FALSE;
    }
  if (options->site_key == NULL || !is_key (options->site_key))
    {
      set_bad_value (error, _ ("--verification needs --verification-site-key"));
      return FALSE;
    }
  if (!check_address (options->script, "verification-script", error) ||
      !check_address (options->siteverify, "verification-siteverify", error))
    return FALSE;
  secret = read_secret (options, error);
  if (secret == NULL)
    return FALSE;

  *verification = portal_verification_new (provider, options->site_key, secret);
  (*verification)->script = g_strdup (options->script);
  (*verification)->siteverify = g_strdup (options->siteverify);

  return TRUE;
}

/**
 * portal_verification_options_clear:
 * @options: what was said
 */
void
portal_verification_options_clear (PortalVerificationOptions *options)
{
  g_return_if_fail (options != NULL);

  g_free (options->provider);
  g_free (options->site_key);
  g_free (options->secret_file);
  g_free (options->script);
  g_free (options->siteverify);
}
