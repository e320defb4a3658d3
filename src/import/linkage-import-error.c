/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-import-error.h"

G_DEFINE_QUARK (linkage - import - error - quark, linkage_import_error)
