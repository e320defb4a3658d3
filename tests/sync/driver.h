/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "linkage-account-manager.h"

G_BEGIN_DECLS

/* A program without a window: what a person would do comes in as lines, what the window would show goes out as lines of
 * JSON. It opens, asks and closes accounts as the window does. */
typedef struct
{
  const char *folder;             /* (unowned): the program's data */
  GMainLoop *loop;                /* (owned) */
  LinkageAccountManager *manager; /* (owned) (nullable): null for an account that is opened by itself */
  LinkageAccount *account;        /* (owned) (nullable): null until one is open */
  LinkageBrowserSignIn *browser;  /* (owned) (nullable): the try for which a person is in the browser */
  LinkageConnectionList *list;    /* (owned) (nullable): the account's rows, as the table has them */
} Driver;

/* driver-main.c */
void driver_take_account (Driver *self, LinkageAccount *account);
void driver_let_account_go (Driver *self);

/* driver-command.c: one line, "TAG COMMAND [ARGUMENT…]" */
void driver_obey (Driver *self, const char *line);

/* driver-sign-in.c: through the browser */
void driver_find_sign_in (Driver *self, const char *tag, const char *address);
void driver_add_by_browser (Driver *self, const char *tag, const char *address);
void driver_sign_in_by_browser (Driver *self, const char *tag);

/* driver-report.c: lines of JSON on the standard output, each written at once */
JsonBuilder *driver_report_begin (const char *tag);
void driver_report_end (JsonBuilder *owned_report);
void driver_report_error (const char *tag, const GError *error);
void driver_report_done (const char *tag);
void driver_report_page (const char *tag, const char *page);
void driver_report_state (LinkageAccount *account);
void driver_report_refusal (const LinkageOperation *operation);
void driver_report_operation (const char *tag, const LinkageOperation *operation);
void driver_report_operations (const char *tag, GPtrArray *operations);
void driver_report_rows (const char *tag, LinkageConnectionList *list);
void driver_report_account (const char *tag, LinkageAccount *account);
void driver_report_search (const char *tag, const LinkageSearch *search, gboolean counted);

G_END_DECLS
