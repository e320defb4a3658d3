/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-error-private.h"

#include "linkage-sign-in-error.h"
#include "linkage-store-error.h"

static LinkageAccountError
code_from_remote (LinkageRemoteError code)
{
  switch (code)
    {
    case LINKAGE_REMOTE_ERROR_UNREACHABLE:
      return LINKAGE_ACCOUNT_ERROR_UNREACHABLE;
    case LINKAGE_REMOTE_ERROR_CERTIFICATE:
      return LINKAGE_ACCOUNT_ERROR_CERTIFICATE;
    case LINKAGE_REMOTE_ERROR_INSECURE:
      return LINKAGE_ACCOUNT_ERROR_INSECURE;
    case LINKAGE_REMOTE_ERROR_INVALID_ADDRESS:
      return LINKAGE_ACCOUNT_ERROR_INVALID_ADDRESS;
    case LINKAGE_REMOTE_ERROR_NOT_A_PORTAL:
      return LINKAGE_ACCOUNT_ERROR_NOT_A_PORTAL;
    case LINKAGE_REMOTE_ERROR_INVALID_REPLY:
    case LINKAGE_REMOTE_ERROR_STATE_UNUSABLE:
      return LINKAGE_ACCOUNT_ERROR_INVALID_REPLY;
    case LINKAGE_REMOTE_ERROR_TOO_LARGE:
      return LINKAGE_ACCOUNT_ERROR_TOO_LARGE;
    case LINKAGE_REMOTE_ERROR_UNAUTHORIZED:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_NEEDED;
    case LINKAGE_REMOTE_ERROR_ROLE_REQUIRED:
      return LINKAGE_ACCOUNT_ERROR_ROLE_REQUIRED;
    case LINKAGE_REMOTE_ERROR_NOT_FOUND:
    case LINKAGE_REMOTE_ERROR_ACCOUNT_MERGED:
    case LINKAGE_REMOTE_ERROR_REFUSED:
      return LINKAGE_ACCOUNT_ERROR_REFUSED;
    case LINKAGE_REMOTE_ERROR_CHALLENGE:
      return LINKAGE_ACCOUNT_ERROR_VERIFICATION;
    case LINKAGE_REMOTE_ERROR_INVALID_FIELDS:
      return LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS;
    case LINKAGE_REMOTE_ERROR_TRY_LATER:
    case LINKAGE_REMOTE_ERROR_SERVER:
      return LINKAGE_ACCOUNT_ERROR_TRY_LATER;
    default:
      return LINKAGE_ACCOUNT_ERROR_FAILED;
    }
}

static LinkageAccountError
code_from_sign_in (LinkageSignInError code)
{
  switch (code)
    {
    case LINKAGE_SIGN_IN_ERROR_DENIED:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_DENIED;
    case LINKAGE_SIGN_IN_ERROR_EXPIRED:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_EXPIRED;
    case LINKAGE_SIGN_IN_ERROR_WRONG_ISSUER:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_ISSUER;
    case LINKAGE_SIGN_IN_ERROR_WRONG_ANSWER:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_ANSWER;
    case LINKAGE_SIGN_IN_ERROR_UNSUPPORTED:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_UNSUPPORTED;
    case LINKAGE_SIGN_IN_ERROR_REFUSED:
      return LINKAGE_ACCOUNT_ERROR_SIGN_IN_REFUSED;
    case LINKAGE_SIGN_IN_ERROR_NO_LISTENER:
    default:
      return LINKAGE_ACCOUNT_ERROR_FAILED;
    }
}

static LinkageAccountError
code_from_store (LinkageStoreError code)
{
  switch (code)
    {
    case LINKAGE_STORE_ERROR_NEWER:
      return LINKAGE_ACCOUNT_ERROR_STORE_NEWER;
    case LINKAGE_STORE_ERROR_CORRUPT:
      return LINKAGE_ACCOUNT_ERROR_STORE_CORRUPT;
    case LINKAGE_STORE_ERROR_FULL:
      return LINKAGE_ACCOUNT_ERROR_STORE_FULL;
    case LINKAGE_STORE_ERROR_READ_ONLY:
      return LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY;
    case LINKAGE_STORE_ERROR_BUSY:
      return LINKAGE_ACCOUNT_ERROR_STORE_LOCKED;
    case LINKAGE_STORE_ERROR_TOO_LATE:
      return LINKAGE_ACCOUNT_ERROR_TOO_LATE;
    case LINKAGE_STORE_ERROR_DUPLICATE:
      return LINKAGE_ACCOUNT_ERROR_ALREADY_WAITING;
    case LINKAGE_STORE_ERROR_FAILED:
    case LINKAGE_STORE_ERROR_NOT_FOUND:
    default:
      return LINKAGE_ACCOUNT_ERROR_FAILED;
    }
}

/**
 * linkage_account_error_dup_problem_detail:
 * @problem: (nullable): what the portal said
 *
 * Picks the portal's sentence for people: what it said of single fields, else the detail, else the title.
 *
 * Returns: (transfer full) (nullable): the sentence
 */
char *
linkage_account_error_dup_problem_detail (const LinkageProblem *problem)
{
  if (problem == NULL)
    return NULL;

  if (problem->fields->len > 0)
    {
      g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
      g_auto (GStrv) strv = NULL;

      for (guint i = 0; i < problem->fields->len; i++)
        g_strv_builder_add (lines, g_ptr_array_index (problem->fields, i));
      strv = g_strv_builder_end (lines);

      return g_strjoinv ("\n", strv);
    }

  return g_strdup (problem->detail != NULL ? problem->detail : problem->title);
}

/* The files beside the store are where it is. */
static LinkageAccountError
code_from_file (GFileError code)
{
  if (code == G_FILE_ERROR_ACCES || code == G_FILE_ERROR_PERM || code == G_FILE_ERROR_ROFS)
    return LINKAGE_ACCOUNT_ERROR_STORE_READ_ONLY;

  return code == G_FILE_ERROR_NOSPC ? LINKAGE_ACCOUNT_ERROR_STORE_FULL : LINKAGE_ACCOUNT_ERROR_FAILED;
}

static GError *
from_remote (const GError *error)
{
  const LinkageProblem *problem = linkage_remote_error_get_problem (error);
  LinkageAccountError code = code_from_remote (error->code);
  g_autofree char *detail = linkage_account_error_dup_problem_detail (problem);
  const char *type = problem != NULL ? problem->type : NULL;

  if (code == LINKAGE_ACCOUNT_ERROR_REFUSED && g_strcmp0 (type, "no-searches-left") == 0)
    code = LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT;

  return linkage_account_error_new (code, type, detail, error->message);
}

/**
 * linkage_account_error_from:
 * @error: an error of a layer below, or of this one
 *
 * Translates an error at the boundary of this layer: who talks to people sees %LINKAGE_ACCOUNT_ERROR only, and
 * %G_IO_ERROR_CANCELLED where it was itself that cancelled, or closed the account meanwhile.
 *
 * Returns: (transfer full): the translated error
 */
GError *
linkage_account_error_from (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == LINKAGE_ACCOUNT_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, error->message);
  if (error->domain == LINKAGE_REMOTE_ERROR)
    return from_remote (error);
  if (error->domain == LINKAGE_SIGN_IN_ERROR)
    return linkage_account_error_new (code_from_sign_in (error->code), NULL, NULL, error->message);
  if (error->domain == LINKAGE_STORE_ERROR)
    return linkage_account_error_new (code_from_store (error->code), NULL, NULL, error->message);
  if (error->domain == G_FILE_ERROR)
    return linkage_account_error_new (code_from_file (error->code), NULL, NULL, error->message);

  return linkage_account_error_new (LINKAGE_ACCOUNT_ERROR_FAILED, NULL, NULL, error->message);
}

/**
 * linkage_account_error_return:
 * @task: the task that failed
 * @error: (transfer full): an error of a layer below, or of this one
 *
 * Returns from @task with the translated error.
 */
void
linkage_account_error_return (GTask *task, GError *error)
{
  g_autoptr (GError) below = error;

  g_return_if_fail (G_IS_TASK (task));

  g_task_return_error (task, linkage_account_error_from (below));
}
