/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-changes.h"
#include "linkage-reading.h"
#include "linkage-store-private.h"

G_BEGIN_DECLS

/* What the portal said of a row, written as far as it is news. In the writer thread, in a transaction. */
gboolean linkage_connection_writer_put (LinkageDatabase *database,
                                        const LinkageReading *reading,
                                        const LinkageConnection *connection,
                                        LinkageStoreEffects *effects,
                                        GError **error);
gboolean linkage_connection_writer_remove (LinkageDatabase *database,
                                           const LinkageReading *reading,
                                           const LinkageTombstone *tombstone,
                                           LinkageStoreEffects *effects,
                                           GError **error);
gboolean linkage_connection_writer_remove_unseen (LinkageDatabase *database,
                                                  const LinkageReading *reading,
                                                  LinkageStoreEffects *effects,
                                                  GError **error);

G_END_DECLS
