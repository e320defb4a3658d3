/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-store-error.h"

#include <errno.h>

#include "linkage-store-private.h"

G_DEFINE_QUARK (linkage - store - error - quark, linkage_store_error)

static int
code_from_database (int code)
{
  switch ((LinkageDatabaseError)code)
    {
    case LINKAGE_DATABASE_ERROR_BUSY:
      return LINKAGE_STORE_ERROR_BUSY;
    case LINKAGE_DATABASE_ERROR_CORRUPT:
      return LINKAGE_STORE_ERROR_CORRUPT;
    case LINKAGE_DATABASE_ERROR_FULL:
      return LINKAGE_STORE_ERROR_FULL;
    case LINKAGE_DATABASE_ERROR_READ_ONLY:
      return LINKAGE_STORE_ERROR_READ_ONLY;
    case LINKAGE_DATABASE_ERROR_NEWER:
      return LINKAGE_STORE_ERROR_NEWER;
    case LINKAGE_DATABASE_ERROR_FAILED:
    case LINKAGE_DATABASE_ERROR_CONSTRAINT:
    case LINKAGE_DATABASE_ERROR_CANNOT_OPEN:
    default:
      return LINKAGE_STORE_ERROR_FAILED;
    }
}

/*
 * linkage_store_error_translate:
 * @error: (inout) (nullable): an error of the database becomes one of the store; any other stays
 */
void
linkage_store_error_translate (GError **error)
{
  GError *translated;

  if (error == NULL || *error == NULL || (*error)->domain != LINKAGE_DATABASE_ERROR)
    return;

  translated = g_error_new_literal (LINKAGE_STORE_ERROR, code_from_database ((*error)->code), (*error)->message);
  g_clear_error (error);
  *error = translated;
}

/*
 * linkage_store_error_set_from_errno:
 * @path: the file that it happened to
 * @saved_errno: what the system said
 */
void
linkage_store_error_set_from_errno (GError **error, const char *path, int saved_errno)
{
  int code = LINKAGE_STORE_ERROR_FAILED;

  if (saved_errno == EWOULDBLOCK)
    code = LINKAGE_STORE_ERROR_BUSY;
  else if (saved_errno == EACCES || saved_errno == EPERM || saved_errno == EROFS)
    code = LINKAGE_STORE_ERROR_READ_ONLY;
  else if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    code = LINKAGE_STORE_ERROR_FULL;

  g_set_error (error, LINKAGE_STORE_ERROR, code, "%s: %s", path, g_strerror (saved_errno));
}
