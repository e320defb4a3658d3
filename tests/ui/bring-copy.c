/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings a copy of a portal's table to the account on Coupa, or to one of another name, which it makes where there is
 * none, while Linkage does not run: so that a test has copies of any age.
 * usage: bring-copy DATA_FOLDER COPY.csv COPIED_AT (Unix seconds) [NAME] */

#include <stdlib.h>

#include "copies.h"
#include "linkage-account-manager.h"

static LinkageCompanionAccount *
open_account (LinkageAccountManager *manager, const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_add_companion_async (manager, name, "https://supplier.coupa.com", NULL, copies_keep_result,
                                               &result);
  copies_wait (&result);
  linkage_account_manager_add_companion_finish (manager, result, &error);
  g_assert_no_error (error);

  return LINKAGE_COMPANION_ACCOUNT (linkage_account_manager_get_current (manager));
}

static void
close_accounts (LinkageAccountManager *manager)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_manager_close_async (manager, copies_keep_result, &result);
  copies_wait (&result);
  linkage_account_manager_close_finish (manager, result, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (LinkageAccountManager) manager = NULL;
  LinkageCompanionAccount *account = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 4 && argc != 5)
    {
      g_printerr ("usage: %s DATA_FOLDER COPY.csv COPIED_AT [NAME]\n", argv[0]);
      return EXIT_FAILURE;
    }

  g_file_get_contents (argv[2], &text, NULL, &error);
  g_assert_no_error (error);
  manager = linkage_account_manager_new (argv[1]);
  account = open_account (manager, argc == 5 ? argv[4] : "Coupa Supplier Portal");
  copies_bring (account, text, "text/csv", g_ascii_strtoll (argv[3], NULL, 10));
  close_accounts (manager);

  return EXIT_SUCCESS;
}
