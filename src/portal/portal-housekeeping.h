/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "portal-store.h"

G_BEGIN_DECLS

gboolean portal_housekeeping_run (PortalStore *store, GError **error);

G_END_DECLS
