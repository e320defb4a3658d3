/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How to bring a newer copy. It stays open while the person is on the portal's page, and activates win.paste,
 * win.open-copy and win.open-portal-page of the window that asks. */
#define LINKAGE_TYPE_COPY_GUIDE_DIALOG (linkage_copy_guide_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageCopyGuideDialog, linkage_copy_guide_dialog, LINKAGE, COPY_GUIDE_DIALOG, AdwWindow)

void linkage_copy_guide_dialog_present (GtkWindow *parent);

G_END_DECLS
