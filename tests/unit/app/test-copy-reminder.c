/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-copy-reminder.h"

#include "copies.h"
#include "fixture-wait.h"

#define DAY (24 * 60 * 60)
#define COPIED G_GINT64_CONSTANT (1795435200) /* 2026-11-23T12:00:00Z */
#define MIDNIGHT (COPIED + DAY / 2)

typedef struct
{
  char *folder;
  LinkageAccount *account;
  GSettings *settings;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = fixture_make_folder ();
  linkage_companion_account_open_async ("account-1", fixture->folder, "Coupa", NULL, NULL, copies_keep_result, &result);
  copies_wait (&result);
  fixture->account = linkage_companion_account_open_finish (result, &error);
  g_assert_no_error (error);
  fixture->settings = g_settings_new ("io.github.linkage_app.Linkage");
  g_settings_reset (fixture->settings, "copy-reminder-days");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_account_close_async (fixture->account, copies_keep_result, &result);
  copies_wait (&result);
  linkage_account_close_finish (fixture->account, result, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->account);
  g_object_unref (fixture->settings);
  fixture_remove_folder (fixture->folder);
  g_free (fixture->folder);
}

static void
test_nothing_copied (Fixture *fixture, gconstpointer data)
{
  guint days = 1;

  g_assert_false (linkage_copy_reminder_is_due (fixture->account, fixture->settings, COPIED, &days));
  g_assert_cmpuint (days, ==, 0);
}

static void
test_age (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    int reminder_days;
    gint64 now;
    guint days;
    gboolean due;
  } cases[] = {
    { 7, COPIED, 0, FALSE },
    { 7, COPIED - DAY, 0, FALSE }, /* the clock was set back */
    { 7, MIDNIGHT + 6 * DAY - 1, 6, FALSE },
    { 7, MIDNIGHT + 6 * DAY, 7, TRUE },
    { 7, MIDNIGHT + 90 * DAY, 91, TRUE },
    { 1, MIDNIGHT, 1, TRUE },
    { 14, MIDNIGHT + 6 * DAY, 7, FALSE },
    { 0, MIDNIGHT + 90 * DAY, 91, FALSE }, /* never */
  };

  copies_bring (LINKAGE_COMPANION_ACCOUNT (fixture->account), "Customer,Status\nContoso,Approved\n", "text/csv",
                COPIED);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "copy-reminder-days"), ==, 7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint days;

      g_settings_set_int (fixture->settings, "copy-reminder-days", cases[i].reminder_days);
      g_assert_cmpint (linkage_copy_reminder_is_due (fixture->account, fixture->settings, cases[i].now, &days), ==,
                       cases[i].due);
      g_assert_cmpuint (days, ==, cases[i].days);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/copy-reminder/nothing-copied", Fixture, NULL, set_up, test_nothing_copied, tear_down);
  g_test_add ("/copy-reminder/age", Fixture, NULL, set_up, test_age, tear_down);

  return g_test_run ();
}
