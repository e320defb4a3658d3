/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

G_BEGIN_DECLS

/* The window with a new account on a portal without an interface. */
void walk_open_companion (Walk *walk);
/* Brings a copy to it, as who pastes does. hint: as linkage_import_read_async() has it; copied_at: Unix seconds */
void walk_import (Walk *walk, const char *text, const char *hint, gint64 copied_at);

G_END_DECLS
