/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-indexes.h"

typedef struct
{
  const char *drop;
  const char *create;
} Index;

#define INDEX(name, columns)                                                                                           \
  {                                                                                                                    \
    "DROP INDEX IF EXISTS " name, "CREATE INDEX IF NOT EXISTS " name " ON connection " columns                         \
  }

/* As the migrations make them. Not connection_by_arrival: rows come in its order, and are counted by it. */
static const Index indexes[] = {
  INDEX ("connection_of_customer", "(customer_id)"),
  INDEX ("connection_by_customer", "(removed, sort_customer)"),
  INDEX ("connection_by_actions", "(removed, sort_actions)"),
  INDEX ("connection_by_status", "(removed, sort_status)"),
  INDEX ("connection_by_email", "(removed, sort_email)"),
  INDEX ("connection_by_date", "(removed, sort_date)"),
  INDEX ("connection_by_comments", "(removed, sort_comments)"),
};

/*
 * linkage_connection_indexes_drop:
 *
 * Takes the indexes of the table away: one that is made when all rows are there is sorted once, where each row that is
 * written costs a search in every one of them. Until they are there again an order is sorted each time it is asked for.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR
 */
gboolean
linkage_connection_indexes_drop (LinkageDatabase *database, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      if (!linkage_database_execute (database, indexes[i].drop, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * linkage_connection_indexes_create:
 *
 * Makes what linkage_connection_indexes_drop() took away; where nothing is missing, nothing is written.
 *
 * Returns: %FALSE with @error in LINKAGE_DATABASE_ERROR, or G_IO_ERROR_CANCELLED
 */
gboolean
linkage_connection_indexes_create (LinkageDatabase *database, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      if (!linkage_database_execute (database, indexes[i].create, error))
        return FALSE;
    }

  return TRUE;
}
