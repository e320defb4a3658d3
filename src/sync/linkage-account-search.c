/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "linkage-sync"

#include "linkage-account.h"

/**
 * linkage_account_find_search:
 * @self: an account
 * @name: a name as typed
 *
 * Finds an earlier search of the same folded name, which can be read for nothing.
 *
 * Returns: (transfer full) (nullable): the search's id
 */
char *
linkage_account_find_search (LinkageAccount *self, const char *name)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->find_search (self, name);
}

/**
 * linkage_account_search_async:
 * @self: an account
 * @name: a name as typed
 * @again: %TRUE: search anew even where an earlier search of this name is known
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Searches the portal. Unless @again, an earlier search of the same folded name is read anew, which is not counted; one
 * of that name that was never answered is sent again under its own key, so that no crash spends two.
 */
void
linkage_account_search_async (LinkageAccount *self,
                              const char *name,
                              gboolean again,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (name != NULL);

  LINKAGE_ACCOUNT_GET_IFACE (self)->search_async (self, name, again, cancellable, callback, user_data);
}

/**
 * linkage_account_search_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @counted: (out) (optional): whether the portal counted a search
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_search_async() began.
 *
 * Returns: (transfer full) (nullable): the search with its first page; %NULL with @error set:
 *   %LINKAGE_ACCOUNT_ERROR_OFFLINE (a search is never queued), %LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT and others
 */
LinkageSearch *
linkage_account_search_finish (LinkageAccount *self, GAsyncResult *result, gboolean *counted, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->search_finish (self, result, counted, error);
}

/**
 * linkage_account_read_search_async:
 * @self: an account
 * @search_id: the search's id
 * @offset: the first result to read
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Reads one page of a search with the customers' states of now. Not counted.
 */
void
linkage_account_read_search_async (LinkageAccount *self,
                                   const char *search_id,
                                   guint offset,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (search_id != NULL);

  LINKAGE_ACCOUNT_GET_IFACE (self)->read_search_async (self, search_id, offset, cancellable, callback, user_data);
}

/**
 * linkage_account_read_search_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_read_search_async() began.
 *
 * Returns: (transfer full) (nullable): the search with one page; %NULL with @error set
 */
LinkageSearch *
linkage_account_read_search_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->read_search_finish (self, result, error);
}

/**
 * linkage_account_verify_async:
 * @self: an account
 * @action: %LINKAGE_ACTIONS_REQUEST or %LINKAGE_ACTIONS_RESEND
 * @customer_id: for whom
 * @verification: (nullable): on its way, for who shows it and opens its page in a browser; %NULL where nobody does
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Passes a human verification for one action: by itself, or by waiting for the person in a browser.
 */
void
linkage_account_verify_async (LinkageAccount *self,
                              LinkageActions action,
                              const char *customer_id,
                              LinkageVerification *verification,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));
  g_return_if_fail (customer_id != NULL);
  g_return_if_fail (verification == NULL || LINKAGE_IS_VERIFICATION (verification));

  LINKAGE_ACCOUNT_GET_IFACE (self)->verify_async (self, action, customer_id, verification, cancellable, callback,
                                                  user_data);
}

/**
 * linkage_account_verify_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_verify_async() began.
 *
 * Returns: (transfer full) (nullable): the passed session's id, for LinkageOperation.challenge_session; %NULL with
 * @error set: %LINKAGE_ACCOUNT_ERROR_VERIFICATION when it cannot be passed here or has run out,
 * %LINKAGE_ACCOUNT_ERROR_UNREACHABLE and others
 */
char *
linkage_account_verify_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->verify_finish (self, result, error);
}

/**
 * linkage_account_find_provider_async:
 * @self: an account
 * @cancellable: (nullable): a cancellable
 * @callback: what to call when it is done
 * @user_data: data for @callback
 *
 * Asks the portal how it verifies people, so that they know what comes before they begin.
 */
void
linkage_account_find_provider_async (LinkageAccount *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (LINKAGE_IS_ACCOUNT (self));

  LINKAGE_ACCOUNT_GET_IFACE (self)->find_provider_async (self, cancellable, callback, user_data);
}

/**
 * linkage_account_find_provider_finish:
 * @self: an account
 * @result: the result that the callback was given
 * @error: (out) (optional): where an error of the domain %LINKAGE_ACCOUNT_ERROR goes
 *
 * Ends what linkage_account_find_provider_async() began.
 *
 * Returns: (transfer full) (nullable): the provider's name in data/openapi.yaml; %NULL with @error set, or without
 * where the portal has several
 */
char *
linkage_account_find_provider_finish (LinkageAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (self), NULL);

  return LINKAGE_ACCOUNT_GET_IFACE (self)->find_provider_finish (self, result, error);
}
