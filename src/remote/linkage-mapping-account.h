/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-json-reader.h"

G_BEGIN_DECLS

gpointer linkage_mapping_read_account (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_account_name (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_accounts (const LinkageJsonReader *reader, GError **error);

G_END_DECLS
