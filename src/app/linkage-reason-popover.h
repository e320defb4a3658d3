/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account-info.h"
#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_REASON_POPOVER (linkage_reason_popover_get_type ())
G_DECLARE_FINAL_TYPE (LinkageReasonPopover, linkage_reason_popover, LINKAGE, REASON_POPOVER, GtkPopover)

GtkWidget *linkage_reason_popover_new (void);
void linkage_reason_popover_set_connection (LinkageReasonPopover *self,
                                            const LinkageConnection *connection,
                                            gint64 now,
                                            const LinkageAccountInfo *info);

G_END_DECLS
