/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account.h"

G_BEGIN_DECLS

/* One account asks another, whose id on the portal is asked_id, and gets a yes. */
void fixture_merge (LinkageAccount *asking, LinkageAccount *asked, const char *asked_id, gboolean asking_stays);

G_END_DECLS
