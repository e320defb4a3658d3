/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-companion-account.h"

G_BEGIN_DECLS

/* Imports a copy of a portal's whole table, as who pastes it does. hint: as linkage_import_read_async() has it;
 * copied_at: Unix seconds. Fails the test, or ends the program, when it is not done in time. */
void copies_bring (LinkageCompanionAccount *account, const char *text, const char *hint, gint64 copied_at);
/* For an asynchronous function: keeps its result in a GAsyncResult pointer. */
void copies_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);
/* Iterates the main context until there is one. */
void copies_wait (GAsyncResult **result);

G_END_DECLS
