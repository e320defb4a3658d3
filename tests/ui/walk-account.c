/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-account.h"

#include "linkage-footer.h"
#include "walk-companion.h"

#define SECONDS_PER_DAY (24 * 60 * 60)

/* The days are so long ago that nobody was seen to answer. */
static const char first_copy[] = "Customer,Status,Email,Date\n"
                                 "Contoso GmbH,Pending,buyer@contoso.example,2026-01-20\n"
                                 "Fabrikam,Expired,,2026-01-01\n"
                                 "Litware,Approved,buyer@litware.example,2026-01-01\n"
                                 "Tailspin,Rejected,,2026-01-01\n";
static const char second_copy[] = "Customer,Status,Email,Date\n"
                                  "Contoso GmbH,Pending,buyer@contoso.example,2026-01-20\n"
                                  "Fabrikam,Expired,,2026-01-01\n";

static void
add_names (Walk *walk)
{
  static const char *const names[] = {
    "Contoso GmbH", "buyer@contoso.example", "Fabrikam", "Litware", "buyer@litware.example", "Tailspin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    walk_check_add_data (walk->check, names[i]);
}

static void
look_at_account_menu (Walk *walk, const char *page)
{
  GtkWidget *button = walk_find (GTK_WIDGET (walk->window), "GtkMenuButton");

  walk_look_at_menu (walk, GTK_MENU_BUTTON (button), page);
}

static void
look_at_searches (Walk *walk)
{
  GtkWidget *footer = walk_find (GTK_WIDGET (walk->window), "LinkageFooter");
  GtkWidget *button = walk_find (footer, "GtkMenuButton");

  gtk_widget_activate_action (GTK_WIDGET (walk->window), "win.count-searches", NULL);
  walk_settle (GTK_WIDGET (walk->window));
  walk_look (walk, GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), "account-searches");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  walk_settle (GTK_WIDGET (walk->window));
}

void
walk_visit_account (Walk *walk, gconstpointer size)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  add_names (walk);
  walk_open_companion (walk);
  walk_look (walk, GTK_WIDGET (walk->window), "account-empty");
  look_at_account_menu (walk, "account-menu");

  walk_import (walk, first_copy, "text/csv", now - 2 * SECONDS_PER_DAY);
  walk_import (walk, second_copy, "text/csv", now - SECONDS_PER_DAY);
  walk_look (walk, GTK_WIDGET (walk->window), "account-table");
  look_at_searches (walk);
}
