/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The lock beside a store's file, held as long as the store is open. It also remembers whether the store was closed. */
typedef struct _LinkageStoreLock LinkageStoreLock;

LinkageStoreLock *linkage_store_lock_acquire (const char *store_path, GError **error);
gboolean linkage_store_lock_was_left_open (LinkageStoreLock *self);
void linkage_store_lock_mark_closed (LinkageStoreLock *self);
void linkage_store_lock_release (LinkageStoreLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageStoreLock, linkage_store_lock_release)

G_END_DECLS
