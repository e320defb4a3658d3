/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_IMPORT_ERROR_EMPTY,       /* nothing was brought */
  LINKAGE_IMPORT_ERROR_TOO_LARGE,   /* more bytes, rows or columns than a portal's table has */
  LINKAGE_IMPORT_ERROR_SPREADSHEET, /* an .xlsx or .ods file: its cells can be copied, or saved as CSV */
  LINKAGE_IMPORT_ERROR_NOT_TEXT,    /* some other binary file */
  LINKAGE_IMPORT_ERROR_NO_TABLE,    /* text or a page without a table */
  LINKAGE_IMPORT_ERROR_SIGN_IN,     /* a page that asks to sign in */
  LINKAGE_IMPORT_ERROR_NO_REQUESTS, /* a table, but not of connection requests */
} LinkageImportError;

#define LINKAGE_IMPORT_ERROR (linkage_import_error_quark ())
GQuark linkage_import_error_quark (void);

G_END_DECLS
