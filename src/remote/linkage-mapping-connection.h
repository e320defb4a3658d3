/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-account-info.h"
#include "linkage-connection.h"
#include "linkage-json-reader.h"

G_BEGIN_DECLS

/* The reply to a write: the row, and the account whose quotas it may have changed. */
typedef struct
{
  LinkageConnection *connection; /* (owned) */
  LinkageAccountInfo *account;   /* (owned) */
} LinkageWritten;

void linkage_written_free (LinkageWritten *written);

gpointer linkage_mapping_read_customer (const LinkageJsonReader *reader, GError **error);
gboolean linkage_mapping_read_actions (const LinkageJsonReader *reader, LinkageActions *actions, GError **error);
gpointer linkage_mapping_read_connection (const LinkageJsonReader *reader, GError **error);
gpointer linkage_mapping_read_written (const LinkageJsonReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageWritten, linkage_written_free)

G_END_DECLS
