/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-challenge-page.h"

#include <glib/gi18n.h>

#include "portal-page.h"

static void
add_widget (PortalHtml *html, const PortalVerification *verification, const PortalChallengePageState *state)
{
  const PortalVerificationProvider *provider = verification->provider;

  portal_html_open (html, "div", "class", "widget", NULL);
  if (provider->is_bound)
    portal_html_add (html, "div", "", "class", provider->widget, "data-sitekey", verification->site_key, "data-action",
                     state->action, "data-cdata", state->session, NULL);
  else
    portal_html_add (html, "div", "", "class", provider->widget, "data-sitekey", verification->site_key, NULL);
  portal_html_close (html);
}

static void
add_notice_without_script (PortalHtml *html, const PortalVerification *verification)
{
  g_autofree char *notice = NULL;

  notice =
    /* Translators: %s is the name of the verification, such as “reCAPTCHA”. */
    g_strdup_printf (_ ("This page needs JavaScript, as %s does. Allow it for this page and load the page again."),
                     verification->provider->name);
  portal_html_open (html, "noscript", NULL);
  portal_html_add (html, "p", notice, "role", "alert", NULL);
  portal_html_close (html);
}

/**
 * portal_challenge_page_new:
 * @verification: how people are verified
 * @state: what to show
 *
 * Returns: (transfer full): the page on which a person shows that no robot sends the request
 */
char *
portal_challenge_page_new (const PortalVerification *verification, const PortalChallengePageState *state)
{
  g_autoptr (PortalHtml) html = NULL;
  g_autofree char *purpose = NULL;
  g_autofree char *request = NULL;

  g_return_val_if_fail (verification != NULL && state != NULL, NULL);

  /* Screen readers read a new page's title first: so it is what went wrong. */
  html = portal_page_begin (state->message != NULL ? state->message : _ ("Verification"));
  portal_html_add (html, "h1", _ ("Verification"), NULL);
  /* Translators: %s is a customer's name. */
  purpose = g_strdup_printf (_ ("Linkage is about to send a connection request to %s."), state->customer_name);
  portal_html_add (html, "p", purpose, "dir", "auto", NULL);
  request =
    /* Translators: %s is the name of the verification, such as “reCAPTCHA”. */
    g_strdup_printf (_ ("Show with %s that you are not a robot, then choose Continue."), verification->provider->name);
  portal_html_add (html, "p", request, NULL);
  if (state->message != NULL)
    portal_html_add (html, "p", state->message, "role", "alert", NULL);

  portal_html_open (html, "form", "method", "post", "action", state->path, NULL);
  portal_html_add_void (html, "input", "type", "hidden", "name", "csrf", "value", state->csrf, NULL);
  add_widget (html, verification, state);
  add_notice_without_script (html, verification);
  portal_html_add (html, "button", C_ ("button of a web page", "Continue"), "type", "submit", NULL);
  portal_html_close (html);
  portal_html_add (html, "script", "", "src", portal_verification_get_script (verification), "nonce", state->nonce,
                   "async", "", "defer", "", NULL);

  return portal_html_finish (html);
}
