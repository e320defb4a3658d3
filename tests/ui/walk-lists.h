/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

G_BEGIN_DECLS

/* Check a List and To Ask, in all their states. */
void walk_lists (Walk *walk, gconstpointer size);

G_END_DECLS
