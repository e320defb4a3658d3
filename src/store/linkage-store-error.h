/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_STORE_ERROR_FAILED,
  LINKAGE_STORE_ERROR_NEWER,   /* written by a newer version of the program */
  LINKAGE_STORE_ERROR_CORRUPT, /* set aside; a new one was begun */
  LINKAGE_STORE_ERROR_FULL,    /* the disk is full */
  LINKAGE_STORE_ERROR_READ_ONLY,
  LINKAGE_STORE_ERROR_BUSY,
  LINKAGE_STORE_ERROR_NOT_FOUND,
  LINKAGE_STORE_ERROR_TOO_LATE,  /* an undo of what was already sent */
  LINKAGE_STORE_ERROR_DUPLICATE, /* something for this customer is already waiting */
} LinkageStoreError;

#define LINKAGE_STORE_ERROR (linkage_store_error_quark ())
GQuark linkage_store_error_quark (void);

G_END_DECLS
