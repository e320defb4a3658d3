/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-window-search.h"

#include <glib/gi18n.h>

#include "linkage-page-dialog.h"
#include "linkage-portal-text.h"
#include "linkage-search-page.h"
#include "linkage-window-private.h"

static void
close_page (LinkageSearchPage *page)
{
  g_signal_emit_by_name (page, "closed");
}

static void
on_window_action (LinkageSearchPage *page, const char *action, const char *connection_id, LinkageWindow *self)
{
  close_page (page);
  gtk_widget_activate_action (GTK_WIDGET (self), action, "s", connection_id);
}

static void
on_requested (LinkageSearchPage *page,
              const char *customer_name,
              const char *connection_id,
              gboolean delivered,
              LinkageWindow *self)
{
  g_autofree char *name = linkage_portal_text_isolate (customer_name);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast = NULL;

  if (delivered)
    /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
    text = g_strdup_printf (_ ("Request sent to %s"), name);
  else
    /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
    text = g_strdup_printf (_ ("To be sent later: %s"), name);

  close_page (page);
  title = g_markup_escape_text (text, -1);
  toast = adw_toast_new (title);
  if (connection_id != NULL)
    {
      /* Translators: A button beside "Request sent to …": shows its row in the table. */
      adw_toast_set_button_label (toast, _ ("S_how"));
      adw_toast_set_action_name (toast, "win.show-connection");
      adw_toast_set_action_target (toast, "s", connection_id);
    }
  linkage_window_add_toast (self, toast);
  if (connection_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-connection", "s", connection_id);
}

/* What the page would have said is now for the window to say. */
static void
on_page_gone (GtkWidget *page, LinkageWindow *self)
{
  if (GTK_WIDGET (self->search_page) != page)
    return;

  self->search_page = NULL;
  linkage_window_update_unverified (self);
}

static void
on_discarded (LinkageSearchPage *page, const char *key, LinkageWindow *self)
{
  linkage_window_discard (self, key);
  close_page (page);
}

static LinkageSearchPage *
create_page (LinkageWindow *self)
{
  GtkWidget *page = linkage_search_page_new (linkage_window_get_account (self), linkage_window_get_narrow (self));

  g_signal_connect_object (page, "window-action", G_CALLBACK (on_window_action), self, 0);
  g_signal_connect_object (page, "requested", G_CALLBACK (on_requested), self, 0);
  g_signal_connect_object (page, "discarded", G_CALLBACK (on_discarded), self, 0);
  g_signal_connect_object (page, "destroy", G_CALLBACK (on_page_gone), self, 0);
  self->search_page = LINKAGE_SEARCH_PAGE (page);

  return LINKAGE_SEARCH_PAGE (page);
}

/**
 * linkage_window_present_page:
 * @self: a #LinkageWindow
 * @page: (transfer floating): a page with a property title and a signal ::closed (), made for where it will be, see
 *   linkage_window_get_narrow()
 *
 * Shows a page in a dialog, or over what the window shows where that is narrow, until it is closed.
 */
void
linkage_window_present_page (LinkageWindow *self, GtkWidget *page)
{
  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  if (linkage_window_get_narrow (self))
    {
      g_signal_connect_object (page, "closed", G_CALLBACK (linkage_window_pop_page), self, G_CONNECT_SWAPPED);
      linkage_window_push_page (self, page);
    }
  else
    {
      gtk_window_present (GTK_WINDOW (linkage_page_dialog_new (GTK_WINDOW (self), page)));
    }

  gtk_widget_grab_focus (page);
}

/**
 * linkage_window_open_search:
 * @self: a #LinkageWindow
 *
 * Opens the search for a customer on the portal. Without an account that can search nothing happens.
 */
void
linkage_window_open_search (LinkageWindow *self)
{
  LinkageAccount *account;

  g_return_if_fail (LINKAGE_IS_WINDOW (self));

  account = linkage_window_get_account (self);
  if (account == NULL || (linkage_account_get_features (account) & LINKAGE_ACCOUNT_FEATURES_SEARCH) == 0)
    return;

  linkage_window_present_page (self, GTK_WIDGET (create_page (self)));
}

/**
 * linkage_window_open_request_form:
 * @self: a #LinkageWindow
 * @customer: who is asked
 * @connection: (nullable): an expired request, of origin search; %NULL for a customer without a row
 *
 * Opens the form of a request, with the contact that was typed before.
 */
void
linkage_window_open_request_form (LinkageWindow *self, LinkageCustomer *customer, LinkageConnection *connection)
{
  LinkageSearchPage *page;

  g_return_if_fail (LINKAGE_IS_WINDOW (self));
  g_return_if_fail (customer != NULL);

  if (linkage_window_get_account (self) == NULL)
    return;

  page = create_page (self);
  linkage_search_page_show_form (page, customer, connection);
  linkage_window_present_page (self, GTK_WIDGET (page));
}
