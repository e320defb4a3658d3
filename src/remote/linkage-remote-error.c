/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-remote-error-private.h"

typedef struct
{
  LinkageProblem *problem; /* (owned) (nullable) */
} LinkageRemoteErrorPrivate;

static void
linkage_remote_error_private_init (LinkageRemoteErrorPrivate *priv)
{
  priv->problem = NULL;
}

static void
linkage_remote_error_private_copy (const LinkageRemoteErrorPrivate *from, LinkageRemoteErrorPrivate *to)
{
  to->problem = from->problem != NULL ? linkage_problem_copy (from->problem) : NULL;
}

static void
linkage_remote_error_private_clear (LinkageRemoteErrorPrivate *priv)
{
  g_clear_pointer (&priv->problem, linkage_problem_free);
}

G_DEFINE_EXTENDED_ERROR (LinkageRemoteError, linkage_remote_error)

/**
 * linkage_problem_new:
 * @status: the reply's HTTP status
 *
 * Makes a problem of which nothing but the status is known.
 *
 * Returns: (transfer full): a new problem
 */
LinkageProblem *
linkage_problem_new (guint status)
{
  LinkageProblem *problem = g_new0 (LinkageProblem, 1);

  problem->status = status;
  problem->fields = g_ptr_array_new_with_free_func (g_free);

  return problem;
}

/**
 * linkage_problem_copy:
 * @problem: a problem
 *
 * Copies a problem; the row it may carry is shared, as rows are immutable.
 *
 * Returns: (transfer full): a copy of @problem
 */
LinkageProblem *
linkage_problem_copy (const LinkageProblem *problem)
{
  g_return_val_if_fail (problem != NULL, NULL);

  LinkageProblem *copy = linkage_problem_new (problem->status);

  copy->type = g_strdup (problem->type);
  copy->title = g_strdup (problem->title);
  copy->detail = g_strdup (problem->detail);
  copy->retry_after = problem->retry_after;
  if (problem->connection != NULL)
    copy->connection = linkage_connection_ref (problem->connection);
  if (problem->merged_into != NULL)
    copy->merged_into = linkage_account_info_ref (problem->merged_into);
  for (guint i = 0; i < problem->fields->len; i++)
    g_ptr_array_add (copy->fields, g_strdup (g_ptr_array_index (problem->fields, i)));

  return copy;
}

/**
 * linkage_problem_free:
 * @problem: (transfer full): a problem
 *
 * Frees a problem and what it owns.
 */
void
linkage_problem_free (LinkageProblem *problem)
{
  g_return_if_fail (problem != NULL);

  g_free (problem->type);
  g_free (problem->title);
  g_free (problem->detail);
  g_ptr_array_unref (problem->fields);
  g_clear_pointer (&problem->connection, linkage_connection_unref);
  g_clear_pointer (&problem->merged_into, linkage_account_info_unref);
  g_free (problem);
}

/**
 * linkage_remote_error_new:
 * @code: a code of %LINKAGE_REMOTE_ERROR
 * @problem: (transfer full) (nullable): what the portal said
 * @format: a format for the message, which is for logs and not for people
 * @...: the format's arguments
 *
 * Makes an error that may carry a problem.
 *
 * Returns: (transfer full): the error
 */
GError *
linkage_remote_error_new (LinkageRemoteError code, LinkageProblem *problem, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  GError *error = g_error_new_valist (LINKAGE_REMOTE_ERROR, code, format, arguments);
  va_end (arguments);
  linkage_remote_error_get_private (error)->problem = problem;

  return error;
}

/**
 * linkage_remote_error_get_problem:
 * @error: an error of any domain
 *
 * Gives what the portal said about a call that failed. All of it is text from outside and never markup.
 *
 * Returns: (transfer none) (nullable): the problem, or %NULL where the error is of another domain or the portal
 *   said nothing
 */
const LinkageProblem *
linkage_remote_error_get_problem (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != LINKAGE_REMOTE_ERROR)
    return NULL;

  return linkage_remote_error_get_private (error)->problem;
}
