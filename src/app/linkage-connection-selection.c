/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "linkage-connection-selection.h"

struct _LinkageConnectionSelection
{
  GObject parent_instance;

  LinkageConnectionList *list; /* (owned) */
  /* A row is selected when it was there as all rows were selected, unless it is among the exceptions; and when it was
   * not there and is among the exceptions. Rows that come later are not selected: nobody has seen them. */
  LinkageOrder *all;      /* (owned) (nullable) */
  GHashTable *exceptions; /* (owned) (element-type gint64) */
};

/* The positions between which the selection changed; none while last is less than first. */
typedef struct
{
  guint first;
  guint last;
} Span;

typedef enum
{
  PROP_LIST = 1,
  PROP_N_ITEMS,
} LinkageConnectionSelectionProperty;

static GParamSpec *properties[PROP_N_ITEMS + 1];

static void linkage_connection_selection_list_model_init (GListModelInterface *iface);
static void linkage_connection_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageConnectionSelection,
                               linkage_connection_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, linkage_connection_selection_list_model_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        linkage_connection_selection_selection_model_init))

static guint
count_items (LinkageConnectionSelection *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static guint
clamp_length (LinkageConnectionSelection *self, guint position, guint n_items)
{
  guint length = count_items (self);

  return position < length ? MIN (n_items, length - position) : 0;
}

static void
span_add (Span *span, guint position)
{
  span->first = MIN (span->first, position);
  span->last = MAX (span->last, position);
}

static void
span_tell (const Span *span, LinkageConnectionSelection *self)
{
  if (span->first <= span->last)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), span->first, span->last - span->first + 1);
}

static void
set_selected (LinkageConnectionSelection *self, guint position, gboolean selected, Span *span)
{
  gint64 row_id = linkage_connection_list_get_row_id (self->list, position);

  if (linkage_connection_selection_is_row_selected (self, row_id) == selected)
    return;

  if (!g_hash_table_remove (self->exceptions, &row_id))
    g_hash_table_add (self->exceptions, g_memdup2 (&row_id, sizeof row_id));
  span_add (span, position);
}

static void
set_range_selected (LinkageConnectionSelection *self, guint position, guint n_items, gboolean selected, Span *span)
{
  guint length = clamp_length (self, position, n_items);

  for (guint i = 0; i < length; i++)
    set_selected (self, position + i, selected, span);
}

static void
clear_selection (LinkageConnectionSelection *self, Span *span)
{
  guint n_items = count_items (self);
  GHashTableIter iter;
  gpointer row_id;
  guint position;

  if (self->all != NULL && n_items > 0)
    {
      span_add (span, 0);
      span_add (span, n_items - 1);
    }
  else
    {
      g_hash_table_iter_init (&iter, self->exceptions);
      while (g_hash_table_iter_next (&iter, &row_id, NULL))
        {
          if (linkage_connection_list_find (self->list, *(gint64 *)row_id, &position))
            span_add (span, position);
        }
    }

  g_clear_pointer (&self->all, linkage_order_unref);
  g_hash_table_remove_all (self->exceptions);
}

static gboolean
shows_what_was_all (LinkageConnectionSelection *self)
{
  g_autoptr (LinkageOrder) order = linkage_connection_list_ref_order (self->list);

  return self->all == order;
}

static void
add_selected (LinkageConnectionSelection *self, guint position, guint length, GtkBitset *bitset)
{
  for (guint i = 0; i < length; i++)
    {
      if (linkage_connection_selection_is_row_selected (self,
                                                        linkage_connection_list_get_row_id (self->list, position + i)))
        gtk_bitset_add (bitset, position + i);
    }
}

/* Where only the exceptions can tell more than that all or no rows are selected. */
static void
add_exceptions (LinkageConnectionSelection *self, guint position, guint length, GtkBitset *bitset)
{
  GHashTableIter iter;
  gpointer row_id;
  guint found;

  if (self->all != NULL)
    gtk_bitset_add_range (bitset, position, length);

  g_hash_table_iter_init (&iter, self->exceptions);
  while (g_hash_table_iter_next (&iter, &row_id, NULL))
    {
      if (!linkage_connection_list_find (self->list, *(gint64 *)row_id, &found) || found < position ||
          found - position >= length)
        continue;

      if (self->all != NULL)
        gtk_bitset_remove (bitset, found);
      else
        gtk_bitset_add (bitset, found);
    }
}

static GType
linkage_connection_selection_get_item_type (GListModel *model)
{
  return LINKAGE_TYPE_CONNECTION_ROW;
}

static guint
linkage_connection_selection_get_n_items (GListModel *model)
{
  return count_items (LINKAGE_CONNECTION_SELECTION (model));
}

static gpointer
linkage_connection_selection_get_item (GListModel *model, guint position)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);

  return g_list_model_get_item (G_LIST_MODEL (self->list), position);
}

static void
linkage_connection_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = linkage_connection_selection_get_item_type;
  iface->get_n_items = linkage_connection_selection_get_n_items;
  iface->get_item = linkage_connection_selection_get_item;
}

static gboolean
linkage_connection_selection_is_selected (GtkSelectionModel *model, guint position)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);

  return position < count_items (self) &&
         linkage_connection_selection_is_row_selected (self, linkage_connection_list_get_row_id (self->list, position));
}

static GtkBitset *
linkage_connection_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  guint length = clamp_length (self, position, n_items);
  GtkBitset *bitset = gtk_bitset_new_empty ();

  if (length == 0)
    return bitset;

  if (g_hash_table_size (self->exceptions) <= length && (self->all == NULL || shows_what_was_all (self)))
    add_exceptions (self, position, length, bitset);
  else
    add_selected (self, position, length, bitset);

  return bitset;
}

static gboolean
linkage_connection_selection_select_range (GtkSelectionModel *model,
                                           guint position,
                                           guint n_items,
                                           gboolean unselect_rest)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  Span span = { .first = G_MAXUINT };

  if (unselect_rest)
    clear_selection (self, &span);
  set_range_selected (self, position, n_items, TRUE, &span);
  span_tell (&span, self);

  return TRUE;
}

static gboolean
linkage_connection_selection_unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  Span span = { .first = G_MAXUINT };

  set_range_selected (self, position, n_items, FALSE, &span);
  span_tell (&span, self);

  return TRUE;
}

static gboolean
linkage_connection_selection_select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return linkage_connection_selection_select_range (model, position, 1, unselect_rest);
}

static gboolean
linkage_connection_selection_unselect_item (GtkSelectionModel *model, guint position)
{
  return linkage_connection_selection_unselect_range (model, position, 1);
}

static gboolean
linkage_connection_selection_select_all (GtkSelectionModel *model)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  guint n_items = count_items (self);

  g_clear_pointer (&self->all, linkage_order_unref);
  g_hash_table_remove_all (self->exceptions);
  self->all = linkage_connection_list_ref_order (self->list);
  if (n_items > 0)
    gtk_selection_model_selection_changed (model, 0, n_items);

  return TRUE;
}

static gboolean
linkage_connection_selection_unselect_all (GtkSelectionModel *model)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  Span span = { .first = G_MAXUINT };

  clear_selection (self, &span);
  span_tell (&span, self);

  return TRUE;
}

static gboolean
linkage_connection_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (model);
  g_autoptr (GtkBitset) wanted = gtk_bitset_copy (mask);
  Span span = { .first = G_MAXUINT };
  GtkBitsetIter iter;
  guint position;
  guint n_items = count_items (self);

  /* With a mask of all rows, only those that are wanted need a look. */
  if (n_items > 0 && gtk_bitset_get_size_in_range (mask, 0, n_items - 1) == n_items)
    {
      clear_selection (self, &span);
      gtk_bitset_intersect (wanted, selected);
    }

  for (gboolean more = gtk_bitset_iter_init_first (&iter, wanted, &position); more && position < n_items;
       more = gtk_bitset_iter_next (&iter, &position))
    set_selected (self, position, gtk_bitset_contains (selected, position), &span);
  span_tell (&span, self);

  return TRUE;
}

static void
linkage_connection_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = linkage_connection_selection_is_selected;
  iface->get_selection_in_range = linkage_connection_selection_get_selection_in_range;
  iface->select_item = linkage_connection_selection_select_item;
  iface->unselect_item = linkage_connection_selection_unselect_item;
  iface->select_range = linkage_connection_selection_select_range;
  iface->unselect_range = linkage_connection_selection_unselect_range;
  iface->select_all = linkage_connection_selection_select_all;
  iface->unselect_all = linkage_connection_selection_unselect_all;
  iface->set_selection = linkage_connection_selection_set_selection;
}

static void
on_n_items (LinkageConnectionSelection *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static void
linkage_connection_selection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (object);

  switch ((LinkageConnectionSelectionProperty)prop_id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, count_items (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
linkage_connection_selection_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (object);

  switch ((LinkageConnectionSelectionProperty)prop_id)
    {
    case PROP_LIST:
      self->list = g_value_dup_object (value);
      break;
    case PROP_N_ITEMS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
linkage_connection_selection_constructed (GObject *object)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (object);

  G_OBJECT_CLASS (linkage_connection_selection_parent_class)->constructed (object);

  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::n-items", G_CALLBACK (on_n_items), self, G_CONNECT_SWAPPED);
}

static void
linkage_connection_selection_finalize (GObject *object)
{
  LinkageConnectionSelection *self = LINKAGE_CONNECTION_SELECTION (object);

  g_object_unref (self->list);
  g_clear_pointer (&self->all, linkage_order_unref);
  g_hash_table_unref (self->exceptions);

  G_OBJECT_CLASS (linkage_connection_selection_parent_class)->finalize (object);
}

static void
linkage_connection_selection_class_init (LinkageConnectionSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_connection_selection_get_property;
  object_class->set_property = linkage_connection_selection_set_property;
  object_class->constructed = linkage_connection_selection_constructed;
  object_class->finalize = linkage_connection_selection_finalize;

  /**
   * LinkageConnectionSelection:list:
   *
   * The rows that can be selected.
   */
  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, LINKAGE_TYPE_CONNECTION_LIST,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * LinkageConnectionSelection:n-items:
   *
   * How many rows the list has.
   */
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
linkage_connection_selection_init (LinkageConnectionSelection *self)
{
  self->exceptions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/**
 * linkage_connection_selection_new:
 * @list: what is selected from
 *
 * Returns: (transfer full): a model in which nothing is selected
 */
LinkageConnectionSelection *
linkage_connection_selection_new (LinkageConnectionList *list)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (list), NULL);

  return g_object_new (LINKAGE_TYPE_CONNECTION_SELECTION, "list", list, NULL);
}

/**
 * linkage_connection_selection_is_row_selected:
 * @self: a selection
 * @row_id: a row's id
 *
 * Returns: whether the row is selected, also while the filter hides it
 */
gboolean
linkage_connection_selection_is_row_selected (LinkageConnectionSelection *self, gint64 row_id)
{
  gboolean in_all;

  g_return_val_if_fail (LINKAGE_IS_CONNECTION_SELECTION (self), FALSE);

  in_all = self->all != NULL && linkage_order_find (self->all, row_id, NULL);

  return in_all != g_hash_table_contains (self->exceptions, &row_id);
}
