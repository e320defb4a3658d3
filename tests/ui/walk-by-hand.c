/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "walk-by-hand.h"

#include "by-hand-account.h"
#include "linkage-by-hand-dialog.h"
#include "linkage-date-text.h"
#include "linkage-details-page.h"

#define ALL_OF_IT 1400 /* pixels: as high as all that there is to see */

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (GTK_WIDGET (widget));
}

static void
present (Walk *walk, GtkWidget *dialog, int height)
{
  gtk_window_set_default_size (GTK_WINDOW (dialog), walk->width < 720 ? walk->width : -1, height);
  gtk_window_present (GTK_WINDOW (dialog));
  walk_wait (is_mapped, dialog);
}

/* At first what is known, then what the person types. */
static void
look_at_details (Walk *walk, LinkageAccount *account, LinkageConnectionRow *row, guint i)
{
  GtkWidget *page = linkage_details_page_new (account, row, FALSE);
  GtkWidget *dialog = linkage_details_dialog_new (GTK_WINDOW (walk->window), LINKAGE_DETAILS_PAGE (page));
  g_autofree char *details = g_strdup_printf ("details-%u", i);
  g_autofree char *entries = g_strdup_printf ("entries-%u", i);
  GtkWidget *text;

  present (walk, dialog, ALL_OF_IT);
  walk_look (walk, dialog, details);
  linkage_details_view_edit_entries (linkage_details_page_get_view (LINKAGE_DETAILS_PAGE (page)));
  text = walk_find (dialog, "GtkTextView");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), "777; 7; 77\n777; 7; 77; inactive\n; 7",
                            -1);
  walk_look (walk, dialog, entries);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
look_at_dialog (Walk *walk, LinkageAccount *account, LinkageConnection *connection, guint i)
{
  GtkWidget *dialog = linkage_by_hand_dialog_new (GTK_WINDOW (walk->window), account, connection);
  g_autofree char *page = g_strdup_printf ("by-hand-%u", i);

  present (walk, dialog, -1);
  walk_look (walk, dialog, page);
  linkage_by_hand_dialog_open_page (LINKAGE_BY_HAND_DIALOG (dialog));
  walk_look (walk, dialog, page);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
look_at_popover (Walk *walk, LinkageConnection *connection, guint i)
{
  GtkWidget *page = walk_find (GTK_WIDGET (walk->window), "LinkageConnectionsPage");
  g_autofree char *name = g_strdup_printf ("no-customers-%u", i);
  GtkWidget *popover;

  gtk_widget_activate_action (page, "table.show-customers", "s", connection->id);
  walk_settle (GTK_WIDGET (walk->window));
  popover = walk_find (page, "LinkageCustomerPopover");
  g_assert_nonnull (popover);
  walk_look (walk, popover, name);
  gtk_popover_popdown (GTK_POPOVER (popover));
  walk_settle (GTK_WIDGET (walk->window));
}

void
walk_visit_by_hand (Walk *walk, gconstpointer size)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *day = linkage_date_text_format_day (now, now, NULL);
  LinkageAccount *account;
  GListModel *list;

  /* Months are named by the locale. */
  walk_check_add_data (walk->check, day);
  walk_check_add_data (walk->check, "inactive");
  by_hand_account_make (walk->manager, NULL);
  account = linkage_account_manager_get_current (walk->manager);
  list = G_LIST_MODEL (walk_open_account (walk));
  walk_look (walk, GTK_WIDGET (walk->window), "by-hand-table");

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (LinkageConnectionRow) row = g_list_model_get_item (list, i);
      LinkageConnection *connection = linkage_connection_row_get_connection (row);

      if (connection->actions != LINKAGE_ACTIONS_NONE)
        look_at_dialog (walk, account, connection, i);
      if (connection->status == LINKAGE_STATUS_APPROVED)
        look_at_popover (walk, connection, i);
      look_at_details (walk, account, row, i);
    }
}
