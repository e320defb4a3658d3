/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-error-text.h"

#include <glib/gi18n.h>

#include "linkage-companion-account.h"
#include "linkage-portal-text.h"

#define BYTES_PER_MEGABYTE (1024 * 1024)

/* What is said of a code or of a problem's type. Strings are translated when they are used. */
typedef struct
{
  const char *title;
  const char *sentence;
  gboolean can_retry;
} Words;

typedef struct
{
  const char *type;
  Words words;
} TypedWords;

static const Words words_by_code[] = {
  [LINKAGE_ACCOUNT_ERROR_FAILED] = {
    .title = N_ ("Something Went Wrong"),
    .sentence = N_ ("The program could not do this, and nothing was changed. Try again; if it happens once "
                    "more, restart Linkage."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_OFFLINE] = {
    .title = N_ ("You Are Offline"),
    .sentence = N_ ("This needs the portal, and this computer has no network. Connect to a network, then try "
                    "again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_UNREACHABLE] = {
    .title = N_ ("Portal Not Reached"),
    .sentence = N_ ("The portal did not answer. Check the network and the portal’s address, then try again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_CERTIFICATE] = {
    .title = N_ ("Portal Not Trusted"),
    .sentence = N_ ("The portal’s certificate is not trusted, so nothing was sent to it. Ask whoever runs the "
                    "portal to mend it."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_INSECURE] = {
    .title = N_ ("Connection Not Secure"),
    .sentence = N_ ("The address is not encrypted, so nothing was sent to it. Use an address that begins with "
                    "“https://”."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS] = {
    .title = N_ ("Not an Address"),
    .sentence = N_ ("This is not the address of a portal. Type it as in “https://portal.example.com”."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL] = {
    .title = N_ ("Not a Portal"),
    .sentence = N_ ("Something answers at this address, but it does not offer the Linkage interface. Check the "
                    "address, or ask whoever runs the portal."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_INVALID_REPLY] = {
    .title = N_ ("Answer Not Understood"),
    .sentence = N_ ("The portal’s answer could not be understood, and nothing was changed. Try again later; if "
                    "it stays so, tell whoever runs the portal."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_TOO_LARGE] = {
    .title = N_ ("Answer Too Large"),
    .sentence = N_ ("The portal’s answer is larger than it may be, so it was not read. Tell whoever runs the "
                    "portal."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED] = {
    .title = N_ ("Sign-In Needed"),
    .sentence = N_ ("The portal does not accept the access token. Sign in with a new one."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED] = {
    .title = N_ ("Sign-In Not Allowed"),
    .sentence = N_ ("The sign-in was cancelled in the browser, or the portal did not allow it. Nothing was changed."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED] = {
    .title = N_ ("Code Not Accepted"),
    .sentence = N_ ("The portal does not accept the code: it is not the right one, was used already, or has run "
                    "out. Sign in once more."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER] = {
    .title = N_ ("Answer From Somebody Else"),
    .sentence = N_ ("Somebody else answered than the portal names for signing in, so the answer was not used. Try "
                    "again; if it stays so, tell whoever runs the portal."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER] = {
    .title = N_ ("Not the Code"),
    .sentence = N_ ("This is not the code of this sign-in. Copy the whole code, or the whole address at which the "
                    "browser stopped."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED] = {
    .title = N_ ("Sign-In Cannot Be Used"),
    .sentence = N_ ("The portal’s sign-in is set up in a way that Linkage cannot use safely, so it was not opened. "
                    "Tell whoever runs the portal, or use an access token."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_REFUSED] = {
    .title = N_ ("Sign-In Refused"),
    .sentence = N_ ("The portal refused to sign you in, for a reason that only its administrator can mend. Tell "
                    "whoever runs the portal."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SIGN_IN_TIMED_OUT] = {
    .title = N_ ("Nothing Came Back"),
    .sentence = N_ ("Nothing came back from the browser for a long time, so Linkage stopped waiting. Try again when "
                    "you are ready."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_OTHER_USER] = {
    .title = N_ ("Signed In as Somebody Else"),
    .sentence = N_ ("Whoever signed in does not have this account, so nothing was changed. Sign in as somebody who "
                    "does."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED] = {
    .title = N_ ("Admin Role Required"),
    .sentence = N_ ("You cannot manage connection requests. Ask an administrator of your supplier account for "
                    "the Admin role."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT] = {
    .title = N_ ("No Searches Left"),
    .sentence = N_ ("All searches are used. Ask your customer for an invitation, or ask supplier support to "
                    "reset your searches."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_REFUSED] = {
    .title = N_ ("The Portal Refused"),
    .sentence = N_ ("The portal does not allow this. Ask the customer for an invitation instead, or ask "
                    "supplier support."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS] = {
    .title = N_ ("Not Accepted"),
    .sentence = N_ ("The portal does not accept what was typed. Correct it, then try again."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_VERIFICATION] = {
    .title = N_ ("Verification Needed"),
    .sentence = N_ ("The verification was not passed or has run out. Verify again; everything else is kept."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_TRY_LATER] = {
    .title = N_ ("The Portal Is Busy"),
    .sentence = N_ ("The portal cannot answer now. Wait a little, then try again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING] = {
    .title = N_ ("Already Being Sent"),
    .sentence = N_ ("A request to this customer is already on its way. Wait for the portal’s answer."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_TOO_LATE] = {
    .title = N_ ("Too Late to Undo"),
    .sentence = N_ ("The request was already sent, so it cannot be taken back here."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_STORE_NEWER] = {
    .title = N_ ("Linkage Is Too Old"),
    .sentence = N_ ("The list on this computer was written by a newer version of Linkage. It was left as it is. "
                    "Update Linkage."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_STORE_CORRUPT] = {
    .title = N_ ("The List Is Damaged"),
    .sentence = N_ ("The list on this computer cannot be read. Restart Linkage: it sets the file aside and "
                    "reads the list again from the portal."),
    .can_retry = FALSE,
  },
  [LINKAGE_ACCOUNT_ERROR_STORE_FULL] = {
    .title = N_ ("No Space Left"),
    .sentence = N_ ("There is no space left on this computer, so nothing could be saved. Delete what you no "
                    "longer need, then try again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY] = {
    .title = N_ ("Cannot Save"),
    .sentence = N_ ("The list on this computer cannot be written to, so nothing was saved. Check the "
                    "permissions of your data folder, then try again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_STORE_LOCKED] = {
    .title = N_ ("Already in Use"),
    .sentence = N_ ("Another program on this computer uses this account. Close it, then try again."),
    .can_retry = TRUE,
  },
  [LINKAGE_ACCOUNT_ERROR_SANDBOX] = {
    .title = N_ ("The Sandbox Did Not Start"),
    .sentence = N_ ("The portal that comes with Linkage did not start. Try again; if it happens once more, "
                    "reinstall Linkage."),
    .can_retry = TRUE,
  },
};

/* Why what a person brought is no table of requests, by LinkageImportError. */
static const Words words_by_import_code[] = {
  [LINKAGE_IMPORT_ERROR_EMPTY] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("There is nothing in it. In Coupa, open Setup > Connection Requests, select the table with its "
                    "headings, and copy it. Nothing was changed."),
  },
  [LINKAGE_IMPORT_ERROR_TOO_LARGE] = {
    .title = N_ ("Too Large"),
  },
  [LINKAGE_IMPORT_ERROR_SPREADSHEET] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("Linkage does not read spreadsheet files. Open the file, copy its cells and paste them here, or "
                    "save it as CSV. Nothing was changed."),
  },
  [LINKAGE_IMPORT_ERROR_NOT_TEXT] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("This is neither text nor a web page. Copy the table, or save it as CSV. Nothing was changed."),
  },
  [LINKAGE_IMPORT_ERROR_NO_TABLE] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("In Coupa, open Setup > Connection Requests, select the table with its headings, and copy it. "
                    "Nothing was changed."),
  },
  [LINKAGE_IMPORT_ERROR_SIGN_IN] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("This page asks to sign in. Sign in to Coupa in the browser, then open Setup > Connection "
                    "Requests, select the table with its headings, and copy it. Nothing was changed."),
  },
  [LINKAGE_IMPORT_ERROR_NO_REQUESTS] = {
    .title = N_ ("No Requests in This Copy"),
    .sentence = N_ ("In Coupa, open Setup > Connection Requests, select the table with its headings, and copy it. "
                    "Nothing was changed."),
  },
};

static const Words words_for_file = {
  .title = N_ ("File Not Opened"),
  .sentence = N_ ("The file could not be read. Check that it is still there and that you may read it, then try again. "
                  "Nothing was changed."),
  .can_retry = TRUE,
};

/* The problems that portals name. What has no words here is told by its code. */
static const TypedWords words_by_type[] = {
  {
    .type = "not-suggested",
    .words = {
      .title = N_ ("No Longer a Suggestion"),
      .sentence = N_ ("The portal no longer suggests this customer. The list shows how things are now."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "already-listed",
    .words = {
      .title = N_ ("Already in Your List"),
      .sentence = N_ ("This customer is already in your list. Use the button in its row."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "already-pending",
    .words = {
      .title = N_ ("Already Requested"),
      .sentence = N_ ("A request to this customer is already waiting for an answer. Perhaps a colleague was "
                      "faster."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "already-connected",
    .words = {
      .title = N_ ("Already Connected"),
      .sentence = N_ ("You are already connected with this customer. Nothing was sent."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "not-expired",
    .words = {
      .title = N_ ("Not Expired Yet"),
      .sentence = N_ ("The last request to this customer has not expired, so it cannot be sent again yet."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "rejected",
    .words = {
      .title = N_ ("Request Rejected"),
      .sentence = N_ ("This customer rejected a request, so no further one can be sent. Ask your contact for "
                      "the reason."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "no-requests-left",
    .words = {
      .title = N_ ("No Requests Left"),
      .sentence = N_ ("All three requests to this customer are used. Ask the customer for an invitation."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "takes-no-requests",
    .words = {
      .title = N_ ("Takes No Requests"),
      .sentence = N_ ("This customer does not accept connection requests. Ask the customer for an invitation."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "not-found",
    .words = {
      .title = N_ ("Not Found"),
      .sentence = N_ ("The portal no longer knows this. Refresh the list to see how things are now."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "account-merged",
    .words = {
      .title = N_ ("Account Merged"),
      .sentence = N_ ("This account was merged into another one and no longer exists. Sign in to the other "
                      "account."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-open",
    .words = {
      .title = N_ ("A Merge Request Is Open"),
      .sentence = N_ ("One of the two accounts has an open merge request already. That one has to be approved, "
                      "declined or withdrawn first."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-with-itself",
    .words = {
      .title = N_ ("The Same Account"),
      .sentence = N_ ("An account cannot be merged with itself. Choose another one."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-closed",
    .words = {
      .title = N_ ("No Longer Open"),
      .sentence = N_ ("This merge request is not open any more: somebody was faster. Nothing was changed."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-not-yours",
    .words = {
      .title = N_ ("Not Yours to Decide"),
      .sentence = N_ ("Only the account that was asked can approve or decline, and only the one that asked can "
                      "withdraw. Nothing was changed."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-wrong-name",
    .words = {
      .title = N_ ("Not the Name"),
      .sentence = N_ ("The portal knows the account that would go by another name now, so nothing was merged. Go "
                      "back and look again."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "merge-stale",
    .words = {
      .title = N_ ("Something Changed"),
      .sentence = N_ ("The merge would do something else now than what you have seen, so nothing was merged. Look at "
                      "it again."),
      .can_retry = TRUE,
    },
  },
  {
    .type = "key-reused",
    .words = {
      .title = N_ ("Not Sent"),
      .sentence = N_ ("The portal took this for another request. Nothing was sent; send it again."),
      .can_retry = TRUE,
    },
  },
  {
    .type = LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN,
    .words = {
      .title = N_ ("Perhaps Not Sent"),
      .sentence = N_ ("It is not known whether the portal got this request. Look at the customer’s row, and "
                      "send it again if nothing is pending."),
      .can_retry = FALSE,
    },
  },
  {
    .type = "too-many-requests",
    .words = {
      .title = N_ ("Too Many at Once"),
      .sentence = N_ ("The portal got too many calls from you. Wait a little, then try again."),
      .can_retry = TRUE,
    },
  },
};

static const Words *
find_typed (const char *type)
{
  for (gsize i = 0; type != NULL && i < G_N_ELEMENTS (words_by_type); i++)
    {
      if (g_str_equal (words_by_type[i].type, type))
        return &words_by_type[i].words;
    }

  return NULL;
}

static LinkageErrorText *
make_text (const Words *words, const char *detail)
{
  LinkageErrorText *text = g_new0 (LinkageErrorText, 1);

  text->title = g_strdup (_ (words->title));
  text->sentence = detail != NULL ? g_utf8_make_valid (detail, -1) : g_strdup (_ (words->sentence));
  text->can_retry = words->can_retry;

  return text;
}

/* The portal's own sentence says more than ours where it speaks of what only it can know. */
static gboolean
prefers_detail (int code)
{
  return code == LINKAGE_ACCOUNT_ERROR_REFUSED || code == LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS;
}

static gboolean
is_import_error (const GError *error)
{
  return error->domain == LINKAGE_IMPORT_ERROR && error->code >= 0 &&
         error->code < (int)G_N_ELEMENTS (words_by_import_code);
}

static LinkageErrorText *
make_import_text (int code)
{
  g_autofree char *limits = NULL;

  if (code == LINKAGE_IMPORT_ERROR_TOO_LARGE)
    /* Translators: First a number of megabytes, then a number of rows. */
    limits = g_strdup_printf (_ ("This is larger than a table of requests may be: %1$u MB, or %2$u rows. Copy only the "
                                 "table, or part of it. Nothing was changed."),
                              LINKAGE_IMPORT_MAX_BYTES / BYTES_PER_MEGABYTE, LINKAGE_IMPORT_MAX_ROWS);

  return make_text (&words_by_import_code[code], limits);
}

static gboolean
is_file_error (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

static gboolean
is_known (const GError *error)
{
  return error->domain == LINKAGE_ACCOUNT_ERROR && error->code >= 0 && error->code < (int)G_N_ELEMENTS (words_by_code);
}

/**
 * linkage_error_text_new:
 * @error: an error of the domain %LINKAGE_ACCOUNT_ERROR or %LINKAGE_IMPORT_ERROR, or a file that cannot be opened; any
 *   other is told in general and logged
 *
 * Makes of an error what people read. A problem that the program knows by its type gets our own, translated sentence;
 * of others the portal's own is shown, which is text from outside and never markup.
 *
 * Returns: (transfer full): the text
 */
LinkageErrorText *
linkage_error_text_new (const GError *error)
{
  const Words *words;
  const char *detail;

  g_return_val_if_fail (error != NULL, NULL);

  if (is_import_error (error))
    return make_import_text (error->code);
  if (is_file_error (error))
    return make_text (&words_for_file, NULL);
  if (!is_known (error))
    {
      g_message ("No words for the error %s:%d", g_quark_to_string (error->domain), error->code);
      return make_text (&words_by_code[LINKAGE_ACCOUNT_ERROR_FAILED], NULL);
    }

  words = find_typed (linkage_account_error_get_refusal (error));
  if (words != NULL)
    return make_text (words, NULL);

  detail = prefers_detail (error->code) ? linkage_account_error_get_detail (error) : NULL;

  return make_text (&words_by_code[error->code], detail);
}

/**
 * linkage_error_text_new_for_refusal:
 * @type: (nullable): the problem's type, as an operation in the outbox keeps it
 * @detail: (nullable): the portal's own sentence
 * @customer_name: whom the request was for; it is text from outside
 *
 * Makes of a refused operation what people read.
 *
 * Returns: (transfer full): the text
 */
LinkageErrorText *
linkage_error_text_new_for_refusal (const char *type, const char *detail, const char *customer_name)
{
  g_autoptr (LinkageErrorText) text = NULL;
  g_autofree char *name = NULL;
  const Words *words = find_typed (type);

  g_return_val_if_fail (customer_name != NULL, NULL);

  if (words != NULL)
    text = make_text (words, NULL);
  else
    text = make_text (&words_by_code[LINKAGE_ACCOUNT_ERROR_REFUSED], detail);

  name = linkage_portal_text_isolate (customer_name);
  g_free (text->title);
  /* Translators: %s is a customer's name. */
  text->title = g_strdup_printf (_ ("Request to %s Not Sent"), name);

  return g_steal_pointer (&text);
}

/**
 * linkage_error_text_free:
 * @text: (transfer full): a text
 *
 * Frees a text.
 */
void
linkage_error_text_free (LinkageErrorText *text)
{
  g_free (text->title);
  g_free (text->sentence);
  g_free (text);
}
