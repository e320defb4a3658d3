/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "driver.h"

static const LinkageLoopbackWords words = {
  .language = "en",
  .done_title = "Signed in",
  .done_sentence = "You can close this page.",
  .wrong_title = "Not signed in",
  .wrong_sentence = "This is not the answer.",
};

/* What was asked for, until it is answered. */
typedef struct
{
  Driver *driver; /* (unowned) */
  char *tag;      /* (owned) */
} Waiting;

static Waiting *
waiting_new (Driver *driver, const char *tag)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->driver = driver;
  waiting->tag = g_strdup (tag);

  return waiting;
}

static void
waiting_free (Waiting *waiting)
{
  g_free (waiting->tag);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  Driver *self = waiting->driver;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  g_clear_object (&self->browser);
  self->browser = linkage_account_manager_find_sign_in_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);
  if (error != NULL)
    {
      driver_report_error (waiting->tag, error);
      return;
    }

  if (self->browser != NULL)
    {
      linkage_browser_sign_in_listen (self->browser, &words);
      page = linkage_browser_sign_in_make_address (self->browser);
    }
  driver_report_page (waiting->tag, page);
}

/* Asks where a person signs in, and answers with the page; with none where there are access tokens only. */
void
driver_find_sign_in (Driver *self, const char *tag, const char *address)
{
  if (self->manager == NULL)
    self->manager = linkage_account_manager_new (self->folder);
  linkage_account_manager_find_sign_in_async (self->manager, address, NULL, on_found, waiting_new (self, tag));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  LinkageAccountManager *manager = LINKAGE_ACCOUNT_MANAGER (source);
  g_autoptr (GError) error = NULL;

  if (!linkage_account_manager_add_by_browser_finish (manager, result, &error))
    {
      driver_report_error (waiting->tag, error);
      return;
    }

  driver_take_account (waiting->driver, linkage_account_manager_get_current (manager));
  driver_report_done (waiting->tag);
}

/* Waits for who is in the browser, and opens the account. */
void
driver_add_by_browser (Driver *self, const char *tag, const char *address)
{
  linkage_account_manager_add_by_browser_async (self->manager, address, self->browser, NULL, on_added,
                                                waiting_new (self, tag));
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Waiting) waiting = user_data;
  g_autoptr (GError) error = NULL;

  if (linkage_account_manager_sign_in_by_browser_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error))
    driver_report_done (waiting->tag);
  else
    driver_report_error (waiting->tag, error);
}

/* The same, for the account that is open. */
void
driver_sign_in_by_browser (Driver *self, const char *tag)
{
  linkage_account_manager_sign_in_by_browser_async (self->manager, self->browser, NULL, on_signed_in,
                                                    waiting_new (self, tag));
}
