/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <errno.h>
#include <glib.h>
#include <sqlite3.h>
#include <unistd.h>

/* The disk under SQLite, which a test lets go bad: from the n-th call on the system refuses to read or to write. */

typedef enum
{
  BAD_DISK_READS,  /* fail: EIO */
  BAD_DISK_WRITES, /* fail: ENOSPC */
} BadDiskKind;

#define BAD_DISK_ALL_GOOD G_MAXINT

static int bad_disk_calls_left[2] = { BAD_DISK_ALL_GOOD, BAD_DISK_ALL_GOOD };

static inline gboolean
bad_disk_refuses (BadDiskKind kind)
{
  if (g_atomic_int_get (&bad_disk_calls_left[kind]) == BAD_DISK_ALL_GOOD)
    return FALSE;

  return g_atomic_int_add (&bad_disk_calls_left[kind], -1) <= 0;
}

static inline ssize_t
bad_disk_read (int fd, void *buffer, size_t size, off_t offset)
{
  if (!bad_disk_refuses (BAD_DISK_READS))
    return pread (fd, buffer, size, offset);

  errno = EIO;

  return -1;
}

static inline ssize_t
bad_disk_write (int fd, const void *buffer, size_t size, off_t offset)
{
  if (!bad_disk_refuses (BAD_DISK_WRITES))
    return pwrite (fd, buffer, size, offset);

  errno = ENOSPC;

  return -1;
}

/* Before SQLite is used. */
static inline void
bad_disk_install (void)
{
  sqlite3_vfs *vfs;

  g_assert_cmpint (sqlite3_initialize (), ==, SQLITE_OK);
  vfs = sqlite3_vfs_find (NULL);
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "pread", (sqlite3_syscall_ptr)bad_disk_read), ==, SQLITE_OK);
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "pread64", (sqlite3_syscall_ptr)bad_disk_read), ==, SQLITE_OK);
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "pwrite", (sqlite3_syscall_ptr)bad_disk_write), ==, SQLITE_OK);
  g_assert_cmpint (vfs->xSetSystemCall (vfs, "pwrite64", (sqlite3_syscall_ptr)bad_disk_write), ==, SQLITE_OK);
}

static inline void
bad_disk_begin (BadDiskKind kind, int n_good_calls)
{
  g_atomic_int_set (&bad_disk_calls_left[kind], n_good_calls);
}

/* Whether any call was refused since bad_disk_begin(). */
static inline gboolean
bad_disk_end (BadDiskKind kind)
{
  gboolean was_bad = g_atomic_int_get (&bad_disk_calls_left[kind]) < 0;

  g_atomic_int_set (&bad_disk_calls_left[kind], BAD_DISK_ALL_GOOD);

  return was_bad;
}
