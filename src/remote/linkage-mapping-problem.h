/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-json-reader.h"
#include "linkage-remote-error-private.h"

G_BEGIN_DECLS

gpointer linkage_mapping_read_problem (const LinkageJsonReader *reader, GError **error);

G_END_DECLS
