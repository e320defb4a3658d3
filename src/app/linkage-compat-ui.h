/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linkage_compat_open_uri (GtkWindow *parent, const char *uri);

G_END_DECLS
