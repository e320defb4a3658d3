/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-import"

#include "linkage-import-parts.h"

/* Rows between two looks at the cancellable. */
#define ROWS_AT_ONCE 1000
/* Fewer are done before a thread has begun. */
#define MANY_ROWS 5000

typedef struct
{
  guint first;
  guint end;
  LinkageImportRowFunc func;
  gpointer user_data;
  GCancellable *cancellable; /* (unowned) (nullable) */
} Part;

static gpointer
run (gpointer data)
{
  const Part *part = data;

  for (guint i = part->first; i < part->end; i++)
    {
      if (i % ROWS_AT_ONCE == 0 && g_cancellable_is_cancelled (part->cancellable))
        break;
      part->func (i, part->user_data);
    }

  return NULL;
}

/*
 * linkage_import_parts_run:
 * @end: the row behind the last
 * @func: (scope call): what is done for each row, whatever is done for the others
 * @cancellable: (nullable): a cancellable
 *
 * Goes through rows; where they are many, this thread takes one half and another thread the other. Any thread.
 *
 * Returns: %FALSE with G_IO_ERROR_CANCELLED, when some rows were not done
 */
gboolean
linkage_import_parts_run (guint first,
                          guint end,
                          LinkageImportRowFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error)
{
  guint middle = end > first && end - first >= MANY_ROWS ? first + (end - first) / 2 : end;
  Part here = { first, middle, func, user_data, cancellable };
  Part there = { middle, end, func, user_data, cancellable };
  GThread *thread = middle < end ? g_thread_new ("linkage-rows", run, &there) : NULL;

  run (&here);
  if (thread != NULL)
    g_thread_join (thread);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
