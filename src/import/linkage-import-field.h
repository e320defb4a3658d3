/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-status.h"

G_BEGIN_DECLS

/* What a column of the portal's table holds. */
typedef enum
{
  LINKAGE_IMPORT_FIELD_NONE, /* left out */
  LINKAGE_IMPORT_FIELD_CUSTOMER,
  LINKAGE_IMPORT_FIELD_ACTIONS,
  LINKAGE_IMPORT_FIELD_STATUS,
  LINKAGE_IMPORT_FIELD_EMAIL,
  LINKAGE_IMPORT_FIELD_DATE,
  LINKAGE_IMPORT_FIELD_COMMENTS,
} LinkageImportField;

#define LINKAGE_IMPORT_N_FIELDS 7

LinkageImportField linkage_import_field_from_heading (const char *heading);
const char *linkage_import_field_to_string (LinkageImportField field);
LinkageImportField linkage_import_field_from_string (const char *string);

LinkageStatus linkage_import_status_from_word (const char *word);
gboolean linkage_import_is_connect_word (const char *word);
gboolean linkage_import_is_system_initiated (const char *text);

G_END_DECLS
