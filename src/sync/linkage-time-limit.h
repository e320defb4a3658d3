/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A cancellable that is cancelled when its time is over, or with another one. */
typedef struct _LinkageTimeLimit LinkageTimeLimit;

LinkageTimeLimit *linkage_time_limit_new (guint seconds, GCancellable *cancellable);
void linkage_time_limit_free (LinkageTimeLimit *self);
GCancellable *linkage_time_limit_get_cancellable (LinkageTimeLimit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageTimeLimit, linkage_time_limit_free)

G_END_DECLS
