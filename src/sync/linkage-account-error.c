/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account-error.h"
#include "linkage-account-error-private.h"

typedef struct
{
  char *refusal; /* (owned) (nullable) */
  char *detail;  /* (owned) (nullable) */
} LinkageAccountErrorPrivate;

static void
linkage_account_error_private_init (LinkageAccountErrorPrivate *priv)
{
}

static void
linkage_account_error_private_copy (const LinkageAccountErrorPrivate *source, LinkageAccountErrorPrivate *destination)
{
  destination->refusal = g_strdup (source->refusal);
  destination->detail = g_strdup (source->detail);
}

static void
linkage_account_error_private_clear (LinkageAccountErrorPrivate *priv)
{
  g_clear_pointer (&priv->refusal, g_free);
  g_clear_pointer (&priv->detail, g_free);
}

G_DEFINE_EXTENDED_ERROR (LinkageAccountError, linkage_account_error)

/**
 * linkage_account_error_new:
 * @code: what went wrong
 * @refusal: (nullable): the portal's problem type
 * @detail: (nullable): the portal's own sentence
 * @message: for the log; what people read is made from the code
 *
 * Makes an error of the domain %LINKAGE_ACCOUNT_ERROR.
 *
 * Returns: (transfer full): the error
 */
GError *
linkage_account_error_new (LinkageAccountError code, const char *refusal, const char *detail, const char *message)
{
  GError *error = g_error_new_literal (LINKAGE_ACCOUNT_ERROR, code, message);
  LinkageAccountErrorPrivate *priv = linkage_account_error_get_private (error);

  priv->refusal = g_strdup (refusal);
  priv->detail = g_strdup (detail);

  return error;
}

/**
 * linkage_account_error_get_refusal:
 * @error: any error
 *
 * Gets the type of the problem that the portal named, for instance `no-requests-left`. Besides the portal's there is
 * one of our own, %LINKAGE_ACCOUNT_REFUSAL_OUTCOME_UNKNOWN.
 *
 * Returns: (transfer none) (nullable): the type; %NULL for another domain or where there was none
 */
const char *
linkage_account_error_get_refusal (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != LINKAGE_ACCOUNT_ERROR)
    return NULL;

  return linkage_account_error_get_private (error)->refusal;
}

/**
 * linkage_account_error_get_detail:
 * @error: any error
 *
 * Gets the portal's own sentence. It is text from outside: never markup.
 *
 * Returns: (transfer none) (nullable): the sentence; %NULL for another domain or where there was none
 */
const char *
linkage_account_error_get_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain != LINKAGE_ACCOUNT_ERROR)
    return NULL;

  return linkage_account_error_get_private (error)->detail;
}
