/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-ask-text.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_ASK_DIALOG (linkage_ask_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageAskDialog, linkage_ask_dialog, LINKAGE, ASK_DIALOG, AdwWindow)

/* Shows a text to copy. parent: (nullable) */
void linkage_ask_dialog_present (GtkWindow *parent, const LinkageAskText *text);

G_END_DECLS
