/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-window.h"

G_BEGIN_DECLS

/* Search for a Customer and the form of a request: a modal dialog, or a page where the window is narrow. Where they
 * need the window they activate its actions: win.connect and win.send-again (the id of a connection),
 * win.show-connection (the same: to show its row). */
void linkage_window_open_search (LinkageWindow *self);
/* For what is sent again with a form, origin search, and for a request whose verification ran out. */
void linkage_window_open_request_form (LinkageWindow *self, LinkageCustomer *customer, LinkageConnection *connection);

G_END_DECLS
