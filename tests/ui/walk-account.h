/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

G_BEGIN_DECLS

/* Visits what the window shows of an account on a portal without an interface. */
void walk_visit_account (Walk *walk, gconstpointer size);

G_END_DECLS
