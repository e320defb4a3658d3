/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-domain"

#include "linkage-row-change.h"

G_DEFINE_BOXED_TYPE (LinkageRowChange, linkage_row_change, linkage_row_change_ref, linkage_row_change_unref)

/* In the order of LinkageRowChangeKind. */
static const char *const kinds[] = {
  "status", "requested-at", "contact", "comment", "name", "missing", "requests-used", "sent", "entries",
};

/**
 * linkage_row_change_new:
 * @at: Unix seconds
 * @copy: the number of the copy that showed it; 0: by hand
 * @former: (nullable): what it was
 * @present: (nullable): what it became
 *
 * Returns: (transfer full): a new line of a row's history
 */
LinkageRowChange *
linkage_row_change_new (LinkageRowChangeKind kind, gint64 at, gint64 copy, const char *former, const char *present)
{
  LinkageRowChange *self = g_atomic_rc_box_new0 (LinkageRowChange);

  self->kind = kind;
  self->at = at;
  self->copy = copy;
  self->former = g_strdup (former);
  self->present = g_strdup (present);

  return self;
}

static void
clear (gpointer data)
{
  LinkageRowChange *self = data;

  g_free (self->former);
  g_free (self->present);
}

/**
 * linkage_row_change_ref:
 * @self: a change
 *
 * Takes a reference. Any thread.
 *
 * Returns: (transfer full): @self
 */
LinkageRowChange *
linkage_row_change_ref (LinkageRowChange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * linkage_row_change_unref:
 * @self: (transfer full): a change
 *
 * Drops a reference; the last one frees it. Any thread.
 */
void
linkage_row_change_unref (LinkageRowChange *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

/**
 * linkage_row_change_kind_to_string:
 *
 * Returns: (transfer none): the name under which it is stored
 */
const char *
linkage_row_change_kind_to_string (LinkageRowChangeKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kinds), kinds[0]);

  return kinds[kind];
}

/**
 * linkage_row_change_kind_from_string:
 * @string: (nullable): a name of linkage_row_change_kind_to_string()
 * @kind: (out): what it means
 *
 * Returns: whether there is a kind of that name
 */
gboolean
linkage_row_change_kind_from_string (const char *string, LinkageRowChangeKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (string, kinds[i]) != 0)
        continue;
      *kind = i;
      return TRUE;
    }

  return FALSE;
}
