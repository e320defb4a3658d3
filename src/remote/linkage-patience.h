/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint linkage_patience_shorten (guint milliseconds);

G_END_DECLS
