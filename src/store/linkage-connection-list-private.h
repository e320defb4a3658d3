/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection-list.h"

G_BEGIN_DECLS

/* For tests and measurements: row objects that live now, and that were ever made. */
guint linkage_connection_list_get_n_alive (LinkageConnectionList *self);
guint64 linkage_connection_list_get_n_made (LinkageConnectionList *self);

G_END_DECLS
