/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "linkage-store-private.h"

#define OPEN_MARK "open\n"

struct _LinkageStoreLock
{
  int fd; /* (owned) */
  gboolean was_left_open;
};

/*
 * linkage_store_lock_acquire:
 * @store_path: the file to lock; the lock is a file beside it
 *
 * Does not wait.
 *
 * Returns: (transfer full): the lock, or %NULL with @error in LINKAGE_STORE_ERROR: BUSY when another process, or
 *   another store of this one, holds it; READ_ONLY, FULL or FAILED
 */
LinkageStoreLock *
linkage_store_lock_acquire (const char *store_path, GError **error)
{
  g_autofree char *path = g_strconcat (store_path, ".lock", NULL);
  g_autoptr (LinkageStoreLock) self = g_new0 (LinkageStoreLock, 1);
  char mark;

  self->fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0 || flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      linkage_store_error_set_from_errno (error, path, errno);
      return NULL;
    }

  self->was_left_open = pread (self->fd, &mark, 1, 0) == 1;
  if (pwrite (self->fd, OPEN_MARK, strlen (OPEN_MARK), 0) < 0)
    {
      linkage_store_error_set_from_errno (error, path, errno);
      return NULL;
    }

  return g_steal_pointer (&self);
}

/*
 * linkage_store_lock_was_left_open:
 *
 * Returns: whether the one who held the lock before ended without closing the store, or found it corrupt
 */
gboolean
linkage_store_lock_was_left_open (LinkageStoreLock *self)
{
  return self->was_left_open;
}

/*
 * linkage_store_lock_mark_closed:
 *
 * Notes that the store was closed as it should be.
 */
void
linkage_store_lock_mark_closed (LinkageStoreLock *self)
{
  if (ftruncate (self->fd, 0) != 0)
    g_info ("The store will be checked when it is opened next: %s", g_strerror (errno));
}

/*
 * linkage_store_lock_release:
 * @self: (transfer full)
 *
 * Lets the lock go. The file stays: taking it away would be a race with who opens it.
 */
void
linkage_store_lock_release (LinkageStoreLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
