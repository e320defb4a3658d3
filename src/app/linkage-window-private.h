/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-window.h"

#include "linkage-connections-page.h"
#include "linkage-notice-bar.h"
#include "linkage-role-page.h"
#include "linkage-search-page.h"

G_BEGIN_DECLS

struct _LinkageWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;            /* (owned) */
  LinkageAccountManager *manager; /* (owned) */
  LinkageAccount *account;        /* (owned) (nullable): the manager's current one */
  GCancellable *opening;          /* (owned) (nullable): while an account is being opened */
  GError *open_error;             /* (owned) (nullable): why none could be opened */
  AdwToast *undo_toast;           /* (owned) (nullable): the one that is shown */
  char *undo_key;                 /* (owned) (nullable): what it would undo */
  LinkageSearchPage *search_page; /* (unowned) (nullable): the one that is open; it tells when it goes */
  GtkWidget *import_view;         /* (unowned) (nullable): the one that is open; it tells when it goes */
  AdwToast *import_toast;         /* (owned) (nullable): of the latest import, with its Undo */
  AdwToast *unverified_toast;     /* (owned) (nullable): the one that is shown */
  char *unverified_key;           /* (owned) (nullable): the request that it was or is about */
  GCancellable *counting_removed; /* (owned) (nullable): while it is found out what was removed */
  guint refresh_id;
  guint width_id;
  gboolean can_undo_import;
  gboolean told_not_kept; /* that no sign-in outlives the program */
  gboolean has_removed;   /* rows that are no more */
  gboolean narrow;
  gboolean focus_due; /* the page that is shown has nothing that could take it: the next one gets it */
  gboolean closing;
  gboolean reopen; /* asked for again while it was closing */

  AdwToastOverlay *toast_overlay;           /* (unowned) template child */
  GtkStack *view_stack;                     /* (unowned) template child */
  GtkMenuButton *account_button;            /* (unowned) template child */
  GtkWidget *account_icon;                  /* (unowned) template child */
  GtkWidget *account_labels;                /* (unowned) template child */
  GtkLabel *account_name;                   /* (unowned) template child */
  GtkLabel *account_subtitle;               /* (unowned) template child */
  GMenuModel *account_menu;                 /* (unowned) template child */
  GMenuModel *copies_menu;                  /* (unowned) template child */
  GMenuModel *sandbox_menu;                 /* (unowned) template child */
  GtkWidget *refresh_button;                /* (unowned) template child */
  GtkStack *refresh_stack;                  /* (unowned) template child */
  GtkSpinner *refresh_spinner;              /* (unowned) template child */
  GtkWidget *filter_button;                 /* (unowned) template child */
  LinkageNoticeBar *notice_bar;             /* (unowned) template child */
  GtkSearchBar *filter_bar;                 /* (unowned) template child */
  GtkEditable *filter_entry;                /* (unowned) template child */
  GtkStack *content_stack;                  /* (unowned) template child */
  LinkageConnectionsPage *connections_page; /* (unowned) template child */
  LinkageRolePage *role_page;               /* (unowned) template child */
  AdwStatusPage *error_page;                /* (unowned) template child */
  GtkWidget *retry_button;                  /* (unowned) template child */
};

/* linkage-window.c */
gboolean linkage_window_has_feature (LinkageWindow *self, LinkageAccountFeatures feature);
void linkage_window_set_account (LinkageWindow *self, LinkageAccount *account);
void linkage_window_update (LinkageWindow *self);
void linkage_window_show_sentence (LinkageWindow *self, const char *sentence);
void linkage_window_show_error (LinkageWindow *self, const GError *error);

/* linkage-window-table.c: filter, columns, search */
void linkage_window_class_install_table_actions (GtkWidgetClass *widget_class);
void linkage_window_update_table_actions (LinkageWindow *self, const char *page);

/* linkage-window-search.c; page: (transfer floating): see linkage_page_dialog_new() */
void linkage_window_present_page (LinkageWindow *self, GtkWidget *page);

/* linkage-window-accounts.c: opening, refreshing and leaving accounts */
void linkage_window_class_install_account_actions (GtkWidgetClass *widget_class);
void linkage_window_update_account_actions (LinkageWindow *self);
gboolean linkage_window_close_accounts (LinkageWindow *self);
void linkage_window_follow_accounts (LinkageWindow *self);
void linkage_window_tell_not_kept (LinkageWindow *self);
GCancellable *linkage_window_begin_opening (LinkageWindow *self);
void linkage_window_end_opening (LinkageWindow *self, GError *error);

/* linkage-window-sign-out.c: the way out of an account */
void linkage_window_class_install_sign_out_actions (GtkWidgetClass *widget_class);
void linkage_window_update_sign_out_actions (LinkageWindow *self);

/* linkage-window-switch.c: the menu of accounts, and from one to another */
void linkage_window_class_install_switch_actions (GtkWidgetClass *widget_class);
void linkage_window_update_switch_actions (LinkageWindow *self);
void linkage_window_update_account_button (LinkageWindow *self);

/* linkage-window-companion.c: what is done with an account on a portal without an interface */
void linkage_window_class_install_companion_actions (GtkWidgetClass *widget_class);
void linkage_window_update_companion_actions (LinkageWindow *self, const char *page);
void linkage_window_update_reminder (LinkageWindow *self);
void linkage_window_tell_restored (LinkageWindow *self);

/* linkage-window-data.c: what is done with all that is kept about an account */
void linkage_window_class_install_data_actions (GtkWidgetClass *widget_class);
void linkage_window_update_data_actions (LinkageWindow *self);
void linkage_window_tell_set_aside (LinkageWindow *self, const char *name, const char *path);

/* linkage-window-requests.c: what a row's buttons do */
void linkage_window_class_install_request_actions (GtkWidgetClass *widget_class);
LinkageConnection *linkage_window_find_connection (LinkageWindow *self, const char *id);
void linkage_window_show_refusal (LinkageWindow *self, LinkageOperation *operation);
void linkage_window_update_unverified (LinkageWindow *self);
void linkage_window_forget_unverified (LinkageWindow *self);
void linkage_window_discard (LinkageWindow *self, const char *key);
void linkage_window_forget_undo (LinkageWindow *self);

/* linkage-window-lists.c: lists of names that a person brings */
void linkage_window_class_install_list_actions (GtkWidgetClass *widget_class);
void linkage_window_update_list_actions (LinkageWindow *self);

/* linkage-window-import.c: what a person brings */
void linkage_window_class_install_import_actions (GtkWidgetClass *widget_class);
void linkage_window_forget_import (LinkageWindow *self);
void linkage_window_accept_drops (LinkageWindow *self);
void linkage_window_follow_copies (LinkageWindow *self);
void linkage_window_update_import_actions (LinkageWindow *self);

/* linkage-window-by-hand.c: requests that the person sends on the portal's page */
void linkage_window_class_install_by_hand_actions (GtkWidgetClass *widget_class);
gboolean linkage_window_is_by_hand (LinkageWindow *self);
void linkage_window_send_by_hand (LinkageWindow *self, LinkageConnection *connection);

/* linkage-window-merge.c: accounts that become one */
void linkage_window_class_install_merge_actions (GtkWidgetClass *widget_class);
void linkage_window_update_merge_actions (LinkageWindow *self);
void linkage_window_follow_removed (LinkageWindow *self);
void linkage_window_forget_removed (LinkageWindow *self);

/* linkage-window-details.c: all there is to know of a row */
void linkage_window_class_install_details_actions (GtkWidgetClass *widget_class);

G_END_DECLS
