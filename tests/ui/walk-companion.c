/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-companion.h"

#include "copies.h"
#include "linkage-companion-account.h"
#include "linkage-date-text.h"

static gboolean
has_account (gpointer user_data)
{
  return linkage_window_get_account (((Walk *)user_data)->window) != NULL;
}

void
walk_open_companion (Walk *walk)
{
  g_autoptr (LinkageAccountInfo) info = NULL;

  walk_open_window (walk);
  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.add-companion", NULL);
  walk_wait (has_account, walk);
  walk_settle (GTK_WIDGET (walk->window));
  info = linkage_account_get_info (linkage_window_get_account (walk->window));
  walk_check_add_data (walk->check, info->name);
}

void
walk_import (Walk *walk, const char *text, const char *hint, gint64 copied_at)
{
  LinkageCompanionAccount *account = LINKAGE_COMPANION_ACCOUNT (linkage_window_get_account (walk->window));
  /* Months are named by the locale. */
  g_autofree char *day = linkage_date_text_format_day (copied_at, g_get_real_time () / G_USEC_PER_SEC, NULL);

  walk_check_add_data (walk->check, day);
  copies_bring (account, text, hint, copied_at);
  walk_settle (GTK_WIDGET (walk->window));
}
