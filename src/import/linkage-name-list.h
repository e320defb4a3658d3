/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "linkage-import-table.h"

G_BEGIN_DECLS

#define LINKAGE_NAME_LIST_MAX_NAMES 100000
#define LINKAGE_NAME_LIST_MAX_LENGTH 200 /* characters of a name */

/* Names of customers out of another system: a column of what was typed, pasted or opened. */

/* text: UTF-8; (transfer full) (nullable): a row for each line, cells between tabs. Any thread. */
LinkageImportTable *linkage_name_list_read_text (const char *text, GError **error);
/* file_name: what is read is a file of values, a page, or plain lines. In a thread. */
void linkage_name_list_read_async (GBytes *bytes,
                                   const char *file_name,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* (transfer full) (nullable) */
LinkageImportTable *linkage_name_list_read_finish (GAsyncResult *result, GError **error);

/* The column whose heading is that of customers, else the first that has anything. */
guint linkage_name_list_guess_column (const LinkageImportTable *table);
/* (transfer full) (array zero-terminated=1) (nullable); n_repeated: (out) (optional). Any thread. */
GStrv linkage_name_list_collect (const LinkageImportTable *table, guint column, guint *n_repeated, GError **error);

G_END_DECLS
