/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "linkage-database.h"

G_BEGIN_DECLS

typedef enum
{
  LINKAGE_STEP_ERROR,
  LINKAGE_STEP_ROW,
  LINKAGE_STEP_DONE,
} LinkageStep;

/* A prepared statement of a connection's cache: a scope guard that resets and clears it when it goes out of scope.
 * Parameters and columns count from 0. sql must be a string literal: its address is the cache's key. */
typedef struct _LinkageStatement LinkageStatement;

LinkageStatement *linkage_statement_get (LinkageDatabase *database, const char *sql, GError **error);
void linkage_statement_release (LinkageStatement *self);
void linkage_statement_bind_int (LinkageStatement *self, int index, gint64 value);
void linkage_statement_bind_text (LinkageStatement *self, int index, const char *value); /* NULL binds NULL */
void linkage_statement_lend_text (LinkageStatement *self, int index, const char *value); /* NULL binds NULL */
void linkage_statement_bind_blob (LinkageStatement *self, int index, gconstpointer data, gsize length);
void linkage_statement_lend_blob (LinkageStatement *self, int index, gconstpointer data, gsize length);
void linkage_statement_bind_null (LinkageStatement *self, int index);
LinkageStep linkage_statement_step (LinkageStatement *self, GError **error);
/* Steps to the end; a statement that returns rows discards them. */
gboolean linkage_statement_run (LinkageStatement *self, GError **error);
void linkage_statement_reset (LinkageStatement *self);
gint64 linkage_statement_get_int (LinkageStatement *self, int column);
const char *linkage_statement_get_text (LinkageStatement *self, int column); /* (nullable), until the next step */
gconstpointer linkage_statement_get_blob (LinkageStatement *self, int column, gsize *length);
gboolean linkage_statement_is_null (LinkageStatement *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinkageStatement, linkage_statement_release)

G_END_DECLS
