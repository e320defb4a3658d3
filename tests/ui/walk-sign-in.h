/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

G_BEGIN_DECLS

/* Visits what a person sees who connects to a portal, and who signs in again. */
void walk_visit_portal_dialog (Walk *walk, gconstpointer size);
void walk_visit_sign_in (Walk *walk, gconstpointer size);

G_END_DECLS
