/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "linkage-account.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_NOTICE_BAR (linkage_notice_bar_get_type ())
G_DECLARE_FINAL_TYPE (LinkageNoticeBar, linkage_notice_bar, LINKAGE, NOTICE_BAR, GtkWidget)

void linkage_notice_bar_set_settings (LinkageNoticeBar *self, GSettings *settings);
void linkage_notice_bar_set_can_open_merged (LinkageNoticeBar *self, gboolean can_open);
void linkage_notice_bar_refresh (LinkageNoticeBar *self);
void linkage_notice_bar_set_account (LinkageNoticeBar *self, LinkageAccount *account);
void linkage_notice_bar_set_narrow (LinkageNoticeBar *self, gboolean narrow);

G_END_DECLS
