/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-error.h"

G_DEFINE_QUARK (portal - error - quark, portal_error)
