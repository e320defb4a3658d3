/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-ask-text.h"

#include <glib/gi18n.h>

#include "linkage-portal-text.h"
#include "linkage-status-text.h"

static char *
get_signature (const LinkageAccountInfo *info)
{
  return linkage_portal_text_to_line (info->user_name != NULL ? info->user_name : info->name);
}

/* Where a customer is to send its invitation. */
static const char *
get_invitation_email (const LinkageAccountInfo *info)
{
  return info->invitation_email != NULL ? info->invitation_email : info->user_email;
}

static char *
make_invitation_message (const LinkageAccountInfo *info)
{
  g_autofree char *company = linkage_portal_text_to_line (info->name);
  g_autofree char *signature = get_signature (info);
  g_autofree char *email = NULL;

  if (get_invitation_email (info) == NULL)
    return g_strdup_printf (
      /* Translators: A message to a customer. First our company's name, then who signs. */
      _ ("Hello,\n\n%1$s would like to connect with you on the supplier portal. We cannot send you a"
         " request from our side, so please invite us from yours.\n\nThank you\n%2$s"),
      company, signature);

  email = linkage_portal_text_to_line (get_invitation_email (info));
  return g_strdup_printf (
    /* Translators: A message to a customer. First our company's name, then our e-mail address, then who signs. */
    _ ("Hello,\n\n%1$s would like to connect with you on the supplier portal. We cannot send you a"
       " request from our side, so please invite us from yours: send the invitation to %2$s.\n\n"
       "Thank you\n%3$s"),
    company, email, signature);
}

static char *
make_rejection_message (const LinkageConnection *connection, const LinkageAccountInfo *info)
{
  g_autofree char *company = linkage_portal_text_to_line (info->name);
  g_autofree char *signature = get_signature (info);
  gboolean has_comment;
  g_autofree char *comment = linkage_status_text_get_comment (connection, &has_comment);

  if (has_comment)
    return g_strdup_printf (
      /* Translators: A message to a customer. First our company's name, then the comment that came with the rejection,
       * then who signs. */
      _ ("Hello,\n\n%1$s asked you for a connection on the supplier portal. The request was rejected"
         " with this comment:\n\n%2$s\n\nCould you please tell us more about the reason, and what we"
         " can do so that we can work together?\n\nThank you\n%3$s"),
      company, comment, signature);

  return g_strdup_printf (
    /* Translators: A message to a customer. First our company's name, then who signs. */
    _ ("Hello,\n\n%1$s asked you for a connection on the supplier portal. The request was rejected"
       " without a comment. Could you please tell us the reason, and what we can do so that we can"
       " work together?\n\nThank you\n%2$s"),
    company, signature);
}

/**
 * linkage_ask_text_new_for_connection:
 * @connection: a row that can be sent no further request
 * @refusal: why not
 * @info: the account
 *
 * Writes to a customer: for the reason after a rejection, else for an invitation.
 *
 * Returns: (transfer full): whom to ask and what
 */
LinkageAskText *
linkage_ask_text_new_for_connection (const LinkageConnection *connection,
                                     LinkageRefusal refusal,
                                     const LinkageAccountInfo *info)
{
  LinkageAskText *text;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (info != NULL, NULL);

  text = g_new0 (LinkageAskText, 1);
  text->title = g_strdup (linkage_status_text_get_reason_title (refusal));
  text->reason = linkage_status_text_get_reason (connection, refusal, get_invitation_email (info));
  if (refusal == LINKAGE_REFUSAL_REJECTED)
    text->message = make_rejection_message (connection, info);
  else
    text->message = make_invitation_message (info);

  return text;
}

/**
 * linkage_ask_text_new_for_invitation:
 * @info: the account
 *
 * Writes to a customer who was not found, or cannot be searched for, for an invitation.
 *
 * Returns: (transfer full): whom to ask and what
 */
LinkageAskText *
linkage_ask_text_new_for_invitation (const LinkageAccountInfo *info)
{
  LinkageAskText *text;
  g_autofree char *email = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  text = g_new0 (LinkageAskText, 1);
  text->title = g_strdup (_ ("Ask Your Customer"));
  text->message = make_invitation_message (info);
  if (get_invitation_email (info) == NULL)
    {
      text->reason = g_strdup (_ ("Your customer can invite you. Send this to your contact there."));
      return text;
    }

  email = linkage_portal_text_isolate (get_invitation_email (info));
  /* Translators: %s is our e-mail address. */
  text->reason = g_strdup_printf (_ ("Your customer can invite %s. Send this to your contact there."), email);

  return text;
}

static char *
make_support_reason (const LinkageAccountInfo *info)
{
  g_autofree char *support = NULL;
  g_autofree char *email = NULL;

  if (info->support_email == NULL)
    return g_strdup (_ ("All searches are used. Supplier support can reset them. Send this to your portal’s support."));

  email = linkage_portal_text_isolate (info->support_email);
  if (info->support_name == NULL)
    /* Translators: %s is an e-mail address. */
    return g_strdup_printf (_ ("All searches are used. Supplier support can reset them. Send this to %s."), email);

  support = linkage_portal_text_isolate (info->support_name);
  /* Translators: First the name of the portal's support, then its e-mail address. */
  return g_strdup_printf (_ ("All searches are used. %1$s can reset them. Send this to %2$s."), support, email);
}

/**
 * linkage_ask_text_new_for_support:
 * @info: the account
 *
 * Writes to the portal's supplier support for searches to be reset.
 *
 * Returns: (transfer full): whom to ask and what
 */
LinkageAskText *
linkage_ask_text_new_for_support (const LinkageAccountInfo *info)
{
  LinkageAskText *text;
  g_autofree char *company = NULL;
  g_autofree char *email = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  company = linkage_portal_text_to_line (info->name);
  email = linkage_portal_text_to_line (info->user_email != NULL ? info->user_email : info->id);
  signature = get_signature (info);

  text = g_new0 (LinkageAskText, 1);
  text->title = g_strdup (_ ("Ask Supplier Support"));
  text->reason = make_support_reason (info);
  text->message =
    /* Translators: A message to the portal's support. First how many searches an account has, then our company's name,
     * then our login, then who signs. */
    g_strdup_printf (ngettext ("Hello,\n\nour account has used its %1$u search for customers. Please reset"
                               " it, so that we can search again.\n\nCompany: %2$s\nLogin: %3$s\n\n"
                               "Thank you\n%4$s",
                               "Hello,\n\nour account has used all its %1$u searches for customers. Please"
                               " reset them, so that we can search again.\n\nCompany: %2$s\nLogin: %3$s\n\n"
                               "Thank you\n%4$s",
                               info->searches_limit),
                     info->searches_limit, company, email, signature);

  return text;
}

/**
 * linkage_ask_text_new_for_role:
 * @info: the account, whose user has no Admin role
 *
 * Writes to the account's administrators for the Admin role.
 *
 * Returns: (transfer full): whom to ask and what
 */
LinkageAskText *
linkage_ask_text_new_for_role (const LinkageAccountInfo *info)
{
  LinkageAskText *text;
  g_autofree char *who = NULL;
  g_autofree char *company = NULL;
  g_autofree char *email = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (info != NULL, NULL);

  who = linkage_portal_text_isolate (info->user_name != NULL ? info->user_name : info->name);
  company = linkage_portal_text_to_line (info->name);
  email = linkage_portal_text_to_line (info->user_email != NULL ? info->user_email : info->id);
  signature = get_signature (info);

  text = g_new0 (LinkageAskText, 1);
  text->title = g_strdup (_ ("Admin Role Required"));
  text->reason =
    /* Translators: %s is the name of the person. */
    g_strdup_printf (_ ("%s cannot manage connection requests. Ask an administrator of your supplier account"
                        " for the Admin role."),
                     who);
  text->message =
    /* Translators: A message to a colleague. First our company's name, then the person's login, then who signs. */
    g_strdup_printf (_ ("Hello,\n\nplease give me the Admin role in our supplier account %1$s, so that I can"
                        " manage connection requests. My login is %2$s.\n\nThank you\n%3$s"),
                     company, email, signature);

  return text;
}

/**
 * linkage_ask_text_free:
 * @text: (transfer full): a text
 *
 * Frees a text.
 */
void
linkage_ask_text_free (LinkageAskText *text)
{
  g_free (text->title);
  g_free (text->reason);
  g_free (text->message);
  g_free (text);
}
