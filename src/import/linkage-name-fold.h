/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-name-match.h"

G_BEGIN_DECLS

GStrv linkage_name_fold_words (const char *name, LinkageNameAside aside);

G_END_DECLS
