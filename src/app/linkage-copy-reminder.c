/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-copy-reminder.h"

#include <glib/gi18n.h>

#include "linkage-date-text.h"

#define NOTIFICATION_ID "old-copy"

/**
 * linkage_copy_reminder_is_due:
 * @account: an account
 * @settings: after how many days the person wants to be reminded
 * @now: Unix seconds
 * @days: (out): how old the copy is, by midnights of the person's time zone; 0: there is none
 *
 * Finds out whether the latest copy that an account's rows came with is so old that the person is to be asked for a new
 * one.
 *
 * Returns: whether it is; never for an account whose rows are not brought by a person
 */
gboolean
linkage_copy_reminder_is_due (LinkageAccount *account, GSettings *settings, gint64 now, guint *days)
{
  int reminder_days;
  gint64 copied_at;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), FALSE);
  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);
  g_return_val_if_fail (days != NULL, FALSE);

  *days = 0;
  if ((linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_IMPORT) == 0)
    return FALSE;

  copied_at = linkage_account_get_updated_at (account);
  if (copied_at == 0)
    return FALSE;

  *days = (guint)MAX (linkage_date_text_count_days (copied_at, now, NULL), 0);
  reminder_days = g_settings_get_int (settings, "copy-reminder-days");

  return reminder_days > 0 && *days >= (guint)reminder_days;
}

static void
send (GApplication *application, guint days)
{
  g_autofree char *title = g_strdup_printf (
    /* Translators: %u is a number of days, 1 or more. */
    ngettext ("Your Copy Is %u Day Old", "Your Copy Is %u Days Old", days), days);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, _ ("Answers since then are missing. Copy the table from Coupa and paste it."));
  g_application_send_notification (application, NOTIFICATION_ID, notification);
}

/**
 * linkage_copy_reminder_update:
 * @application: who reminds
 * @account: the account that is shown
 * @settings: after how many days the person wants to be reminded, and of which copy it was
 *
 * Reminds the person of an old copy, once for each copy, and takes that back when there is a newer one. A click on the
 * notification activates the application.
 */
void
linkage_copy_reminder_update (GApplication *application, LinkageAccount *account, GSettings *settings)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 reminded_of;
  guint days;

  g_return_if_fail (G_IS_APPLICATION (application));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (G_IS_SETTINGS (settings));

  if ((linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_IMPORT) == 0)
    return;

  reminded_of = g_settings_get_int64 (settings, "copy-reminded-of");
  if (linkage_copy_reminder_is_due (account, settings, now, &days))
    {
      if (reminded_of == linkage_account_get_updated_at (account))
        return;

      send (application, days);
      g_settings_set_int64 (settings, "copy-reminded-of", linkage_account_get_updated_at (account));
    }
  else if (reminded_of != 0)
    linkage_copy_reminder_withdraw (application, settings);
}

/**
 * linkage_copy_reminder_withdraw:
 * @application: who reminded
 * @settings: of which copy it was
 *
 * Takes a reminder back, for instance as the account is deleted.
 */
void
linkage_copy_reminder_withdraw (GApplication *application, GSettings *settings)
{
  g_return_if_fail (G_IS_APPLICATION (application));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_application_withdraw_notification (application, NOTIFICATION_ID);
  g_settings_reset (settings, "copy-reminded-of");
}
