/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-connection.h"

G_BEGIN_DECLS

#define LINKAGE_TYPE_REMOVED_CONNECTION (linkage_removed_connection_get_type ())

/* A row that the portal took away, as it was last known; immutable. */
typedef struct
{
  LinkageConnection *connection; /* (owned): nothing can be done with it any more */
  gint64 removed_at;             /* Unix seconds by the portal's clock: when it was learnt */
} LinkageRemovedConnection;

GType linkage_removed_connection_get_type (void);
LinkageRemovedConnection *linkage_removed_connection_new (LinkageConnection *connection, gint64 removed_at);
LinkageRemovedConnection *linkage_removed_connection_ref (LinkageRemovedConnection *removed);
void linkage_removed_connection_unref (LinkageRemovedConnection *removed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageRemovedConnection, linkage_removed_connection_unref)

G_END_DECLS
