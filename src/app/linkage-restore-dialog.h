/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "linkage-companion-account.h"

G_BEGIN_DECLS

/* The backups of an account, one of which can take the place of what there is. Closes itself then.
 *
 * Signal ::restored (LinkageStoreBackup) — it has. */
#define LINKAGE_TYPE_RESTORE_DIALOG (linkage_restore_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinkageRestoreDialog, linkage_restore_dialog, LINKAGE, RESTORE_DIALOG, AdwWindow)

LinkageRestoreDialog *linkage_restore_dialog_new (GtkWindow *parent, LinkageCompanionAccount *account);

G_END_DECLS
