/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-copy.h"
#include "linkage-store-private.h"

G_BEGIN_DECLS

/* What a copy shows of rows. In the writer thread, in a transaction. */
gboolean linkage_copy_writer_write (LinkageDatabase *database,
                                    const GPtrArray *connections,
                                    gint64 number,
                                    gboolean is_first,
                                    LinkageStoreEffects *effects,
                                    GError **error);
gboolean linkage_copy_writer_mark (LinkageDatabase *database,
                                   const GPtrArray *ids,
                                   gint64 copied_at,
                                   gint64 number,
                                   gboolean missing,
                                   LinkageStoreEffects *effects,
                                   GError **error);

G_END_DECLS
