/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-sign-in-page.h"

#include <glib/gi18n.h>

#include "portal-page.h"

#define EMAIL_MAXIMUM "254"
#define MESSAGE_ID "message"

static void
open_form (PortalHtml *html, const char *action, const char *csrf)
{
  portal_html_open (html, "form", "method", "post", "action", action, NULL);
  portal_html_add_void (html, "input", "type", "hidden", "name", "csrf", "value", csrf, NULL);
}

static void
add_button (PortalHtml *html, const char *answer, const char *label)
{
  portal_html_add (html, "button", label, "type", "submit", "name", "answer", "value", answer, NULL);
}

/**
 * portal_sign_in_page_new_password:
 * @csrf: what the form sends along
 * @email: (nullable): what was typed before
 * @message: (nullable): why it was not good
 *
 * Returns: (transfer full): the page on which a person signs in
 */
char *
portal_sign_in_page_new_password (const char *csrf, const char *email, const char *message)
{
  g_autoptr (PortalHtml) html = NULL;

  g_return_val_if_fail (csrf != NULL, NULL);

  /* Screen readers read a new page's title first: so it is what went wrong. */
  html = portal_page_begin (message != NULL ? message : _ ("Sign In"));
  portal_html_add (html, "h1", _ ("Sign In"), NULL);
  portal_html_add (html, "p", _ ("Linkage wants to see and send your connection requests."), NULL);
  if (message != NULL)
    portal_html_add (html, "p", message, "role", "alert", "id", MESSAGE_ID, NULL);

  open_form (html, PORTAL_SIGN_IN_PASSWORD, csrf);
  portal_html_add (html, "label", _ ("E-mail address"), "for", "email", NULL);
  portal_html_add_void (html, "input", "type", "email", "id", "email", "name", "email", "autocomplete", "username",
                        "maxlength", EMAIL_MAXIMUM, "required", "", "value", email != NULL ? email : "", NULL);
  portal_html_add (html, "label", _ ("Password"), "for", "password", NULL);
  portal_html_add_void (html, "input", "type", "password", "id", "password", "name", "password", "autocomplete",
                        "current-password", "required", "", NULL);
  add_button (html, "sign-in", C_ ("button of a web page", "Sign In"));
  portal_html_close (html);

  open_form (html, PORTAL_SIGN_IN_PASSWORD, csrf);
  add_button (html, "cancel", C_ ("button of a web page", "Cancel"));
  portal_html_close (html);

  return portal_html_finish (html);
}

static void
add_scope (PortalHtml *html, PortalScope scope)
{
  portal_html_open (html, "ul", NULL);
  if (scope & PORTAL_SCOPE_READ)
    portal_html_add (html, "li", _ ("See your connection requests, and what customers answer"), NULL);
  if (scope & PORTAL_SCOPE_WRITE)
    portal_html_add (html, "li", _ ("Search for customers, and send them requests in your name"), NULL);
  portal_html_close (html);
}

/**
 * portal_sign_in_page_new_consent:
 * @sign_in: a sign-in with a user
 * @csrf: what the form sends along
 *
 * Returns: (transfer full): the page on which a person allows or denies it
 */
char *
portal_sign_in_page_new_consent (const PortalSignIn *sign_in, const char *csrf)
{
  g_autoptr (PortalHtml) html = NULL;
  g_autofree char *who = NULL;

  g_return_val_if_fail (sign_in != NULL && sign_in->user_id != NULL, NULL);
  g_return_val_if_fail (csrf != NULL, NULL);

  html = portal_page_begin (_ ("Allow Linkage?"));
  portal_html_add (html, "h1", _ ("Allow Linkage?"), NULL);
  /* Translators: a person's name, then an e-mail address */
  who = g_strdup_printf (_ ("You are signed in as %1$s (%2$s)."), sign_in->user_name, sign_in->user_email);
  portal_html_add (html, "p", who, "dir", "auto", NULL);
  portal_html_add (html, "p", _ ("The program Linkage will be able to:"), NULL);
  add_scope (html, sign_in->scope);
  portal_html_add (html, "p", _ ("If you did not just ask for this in Linkage, deny it."), NULL);

  open_form (html, PORTAL_SIGN_IN_CONSENT, csrf);
  portal_html_open (html, "div", "class", "choice", NULL);
  add_button (html, "allow", C_ ("button of a web page", "Allow"));
  add_button (html, "deny", C_ ("button of a web page", "Deny"));
  portal_html_close (html);
  portal_html_close (html);

  return portal_html_finish (html);
}

/**
 * portal_sign_in_page_new_code:
 * @code: (nullable): a code, %NULL where the person has denied it
 *
 * Returns: (transfer full): the page from which a person carries the code to the program
 */
char *
portal_sign_in_page_new_code (const char *code)
{
  g_autoptr (PortalHtml) html = NULL;

  if (code == NULL)
    return portal_page_new_sentence (_ ("Not Allowed"), _ ("Nothing was allowed. You can close this page."));

  html = portal_page_begin (_ ("Code for Linkage"));
  portal_html_add (html, "h1", _ ("Code for Linkage"), NULL);
  portal_html_add (html, "p", _ ("Copy this code and paste it in Linkage. It is good for five minutes, and once."),
                   NULL);
  portal_html_add (html, "label", C_ ("label of a code", "Code"), "for", "code", NULL);
  portal_html_add_void (html, "input", "type", "text", "id", "code", "readonly", "", "value", code, NULL);

  return portal_html_finish (html);
}
