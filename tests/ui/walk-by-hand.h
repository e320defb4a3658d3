/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "walk.h"

/* What a person does by hand on a companion account: requests on the portal's page, and the details of its rows. */
void walk_visit_by_hand (Walk *walk, gconstpointer size);
