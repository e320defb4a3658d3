/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

/* What becomes of an account. */
typedef enum
{
  LINKAGE_ACCOUNT_REMOVAL_NONE, /* it stays */
  LINKAGE_ACCOUNT_REMOVAL_SET_ASIDE,
  LINKAGE_ACCOUNT_REMOVAL_DELETE,
} LinkageAccountRemoval;

/* Asks what to do with all that is kept of an account that is to be removed. account: (nullable): null: it could not be
 * opened */
void linkage_account_removal_ask_async (GtkWindow *parent,
                                        const char *name,
                                        LinkageAccount *account,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
LinkageAccountRemoval linkage_account_removal_ask_finish (GAsyncResult *result, GError **error);

G_END_DECLS
