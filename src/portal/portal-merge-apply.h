/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-merge-plan.h"

G_BEGIN_DECLS

gboolean portal_merge_apply (PortalStore *store, const PortalMergePlan *plan, GError **error);

G_END_DECLS
