/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

G_BEGIN_DECLS

/* Two accounts become one: what is asked, what would become of their requests, and the question. */
void walk_visit_merge (Walk *walk, gconstpointer size);
/* Rows that a merge removed. */
void walk_visit_removed (Walk *walk, gconstpointer size);

G_END_DECLS
