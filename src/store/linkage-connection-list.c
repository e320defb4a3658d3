/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-connection-list.h"

#include "linkage-connection-list-private.h"
#include "linkage-order-feed.h"
#include "linkage-row-table.h"
#include "linkage-shown-order.h"
#include "linkage-store-private.h"
#include "linkage-text.h"

#define PAGE_SIZE 100

struct _LinkageConnectionList
{
  GObject parent_instance;

  LinkageStore *store;      /* (owned) */
  LinkageRowTable *rows;    /* (owned) */
  LinkageShownOrder *order; /* (owned) */

  LinkageSort sort;
  gboolean descending;
  char *filter; /* (owned): as it was typed */
  char *folded; /* (owned) (nullable): null when everything passes */
  guint n_unfiltered;

  LinkageOrderFeed *feed; /* (owned) (nullable): null once disposed */
  gboolean loading;

  GError *error;         /* (owned) (nullable) */
  guint error_source_id; /* an error of get_item waits to be told */
};

typedef enum
{
  PROP_STORE = 1,
  PROP_N_ITEMS,
  PROP_LOADING,
  PROP_N_UNFILTERED,
  PROP_ERROR,
} LinkageConnectionListProperty;

enum
{
  ORDER_REPLACING,
  ORDER_REPLACED,
  N_SIGNALS
};

static GParamSpec *properties[PROP_ERROR + 1];
static guint signals[N_SIGNALS];

static void linkage_connection_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LinkageConnectionList,
                               linkage_connection_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, linkage_connection_list_list_model_init))

static void
set_error (LinkageConnectionList *self, GError *error)
{
  g_autoptr (GError) old_error = g_steal_pointer (&self->error);

  self->error = error;
  g_clear_handle_id (&self->error_source_id, g_source_remove);
  if (error != old_error)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static void
set_loading (LinkageConnectionList *self, gboolean loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_n_unfiltered (LinkageConnectionList *self, guint n_unfiltered)
{
  if (self->n_unfiltered == n_unfiltered)
    return;

  self->n_unfiltered = n_unfiltered;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNFILTERED]);
}

static void
emit_items_changed (guint position, guint n_removed, guint n_added, gpointer user_data)
{
  g_list_model_items_changed (user_data, position, n_removed, n_added);
}

static void
replace_order (LinkageConnectionList *self, LinkageOrder *order)
{
  g_autoptr (LinkageOrder) old_order = linkage_shown_order_ref_order (self->order);

  if (linkage_order_equal (old_order, order))
    return;

  g_signal_emit (self, signals[ORDER_REPLACING], 0);
  linkage_shown_order_replace (self->order, order, emit_items_changed, self);
  g_signal_emit (self, signals[ORDER_REPLACED], 0);
}

static void
take_order (LinkageConnectionList *self, const LinkageOrderAnswer *answer)
{
  guint n_items = linkage_shown_order_get_length (self->order);

  if (answer->splices != NULL)
    linkage_shown_order_splice (self->order, answer->kept, answer->order, answer->splices, emit_items_changed, self);
  else
    replace_order (self, answer->order);

  if (linkage_shown_order_get_length (self->order) != n_items)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* Called from a turn of the main loop of its own. */
static void
on_order (const LinkageOrderAnswer *answer, const GError *error, gpointer user_data)
{
  g_autoptr (LinkageConnectionList) self = g_object_ref (user_data);

  if (answer != NULL)
    {
      take_order (self, answer);
      set_n_unfiltered (self, answer->n_unfiltered);
    }
  set_error (self, error != NULL ? g_error_copy (error) : NULL);
  set_loading (self, FALSE);
}

static void
ask (LinkageConnectionList *self)
{
  linkage_order_feed_ask (self->feed, self->sort, self->descending, self->folded);
}

static void
on_rows_changed (LinkageStore *store, GVariant *changes, LinkageConnectionList *list)
{
  g_autoptr (LinkageConnectionList) self = g_object_ref (list);
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  gsize n_rows = 0;
  const LinkageChangedRow *rows = g_variant_get_fixed_array (changes, &n_rows, sizeof *rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      if (rows[i].is_gone)
        linkage_order_feed_add_gone (self->feed, rows[i].row_id);
      else
        g_array_append_val (changed, rows[i].row_id);
    }

  if (!linkage_row_table_update (self->rows, (const gint64 *)(gpointer)changed->data, changed->len, &error))
    set_error (self, g_steal_pointer (&error));

  linkage_order_feed_refresh (self->feed);
}

static gboolean
on_error_waits (gpointer user_data)
{
  LinkageConnectionList *self = user_data;

  self->error_source_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);

  return G_SOURCE_REMOVE;
}

/* get_item emits nothing: a view asks for items while it changes itself. */
static void
keep_error (LinkageConnectionList *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  if (self->error_source_id == 0)
    self->error_source_id = g_idle_add (on_error_waits, self);
}

static LinkageConnectionRow *
read_item (LinkageConnectionList *self, guint position)
{
  gint64 row_ids[PAGE_SIZE];
  gint64 row_id = linkage_shown_order_get_id (self->order, position);
  guint start = position - position % PAGE_SIZE;
  guint n_rows = MIN (PAGE_SIZE, linkage_shown_order_get_length (self->order) - start);
  LinkageConnectionRow *row;
  GError *error = NULL;

  for (guint i = 0; i < n_rows; i++)
    row_ids[i] = linkage_shown_order_get_id (self->order, start + i);

  row = linkage_row_table_read (self->rows, row_ids, n_rows, row_id, &error);
  if (error != NULL)
    keep_error (self, error);

  return row;
}

static GType
linkage_connection_list_get_item_type (GListModel *model)
{
  return LINKAGE_TYPE_CONNECTION_ROW;
}

static guint
linkage_connection_list_get_n_items (GListModel *model)
{
  return linkage_shown_order_get_length (LINKAGE_CONNECTION_LIST (model)->order);
}

static gpointer
linkage_connection_list_get_item (GListModel *model, guint position)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (model);
  LinkageConnectionRow *row;

  if (position >= linkage_shown_order_get_length (self->order))
    return NULL;

  row = linkage_row_table_get (self->rows, linkage_shown_order_get_id (self->order, position));

  return row != NULL ? row : read_item (self, position);
}

static void
linkage_connection_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = linkage_connection_list_get_item_type;
  iface->get_n_items = linkage_connection_list_get_n_items;
  iface->get_item = linkage_connection_list_get_item;
}

static void
linkage_connection_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (object);

  switch ((LinkageConnectionListProperty)prop_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, linkage_shown_order_get_length (self->order));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_N_UNFILTERED:
      g_value_set_uint (value, self->n_unfiltered);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
linkage_connection_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (object);

  switch ((LinkageConnectionListProperty)prop_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_N_ITEMS:
    case PROP_LOADING:
    case PROP_N_UNFILTERED:
    case PROP_ERROR:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
linkage_connection_list_constructed (GObject *object)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (object);

  G_OBJECT_CLASS (linkage_connection_list_parent_class)->constructed (object);

  self->rows = linkage_row_table_new (self->store);
  self->feed = linkage_order_feed_new (self->store, on_order, self);
  g_signal_connect_object (self->store, "rows-changed", G_CALLBACK (on_rows_changed), self, 0);
  ask (self);
}

static void
linkage_connection_list_dispose (GObject *object)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (object);

  g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_pointer (&self->feed, linkage_order_feed_free);
  g_clear_handle_id (&self->error_source_id, g_source_remove);

  G_OBJECT_CLASS (linkage_connection_list_parent_class)->dispose (object);
}

static void
linkage_connection_list_finalize (GObject *object)
{
  LinkageConnectionList *self = LINKAGE_CONNECTION_LIST (object);

  linkage_row_table_free (self->rows);
  g_object_unref (self->store);
  linkage_shown_order_free (self->order);
  g_free (self->filter);
  g_free (self->folded);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (linkage_connection_list_parent_class)->finalize (object);
}

static guint
add_signal (LinkageConnectionListClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, g_cclosure_marshal_VOID__VOID,
                       G_TYPE_NONE, 0);
}

static void
linkage_connection_list_class_init (LinkageConnectionListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = linkage_connection_list_get_property;
  object_class->set_property = linkage_connection_list_set_property;
  object_class->constructed = linkage_connection_list_constructed;
  object_class->dispose = linkage_connection_list_dispose;
  object_class->finalize = linkage_connection_list_finalize;

  /**
   * LinkageConnectionList:store:
   *
   * Where the rows are.
   */
  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, LINKAGE_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /**
   * LinkageConnectionList:n-items:
   *
   * How many rows pass the filter.
   */
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * LinkageConnectionList:loading:
   *
   * Whether there is no order yet. A new sort or filter is no loading: old rows stay until the new order is there.
   */
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * LinkageConnectionList:n-unfiltered:
   *
   * How many rows there are without the filter.
   */
  properties[PROP_N_UNFILTERED] =
    g_param_spec_uint ("n-unfiltered", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * LinkageConnectionList:error:
   *
   * Why the order, or a row of it, could not be read; %NULL after an order that could.
   */
  properties[PROP_ERROR] =
    g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * LinkageConnectionList::order-replacing:
   *
   * A new sort or filter, or very many changes, are about to take the whole list out; ::order-replaced follows in the
   * same turn.
   */
  signals[ORDER_REPLACING] = add_signal (klass, "order-replacing");
  /**
   * LinkageConnectionList::order-replaced:
   *
   * The whole list is another one now.
   */
  signals[ORDER_REPLACED] = add_signal (klass, "order-replaced");
}

static void
linkage_connection_list_init (LinkageConnectionList *self)
{
  self->order = linkage_shown_order_new ();
  self->filter = g_strdup ("");
  self->loading = TRUE;
}

/**
 * linkage_connection_list_new:
 * @store: an open store
 *
 * The list begins to read its order at once and is empty until then. Main thread only, like all that follows.
 *
 * Returns: (transfer full): a list of all rows in the order in which they came
 */
LinkageConnectionList *
linkage_connection_list_new (LinkageStore *store)
{
  g_return_val_if_fail (LINKAGE_IS_STORE (store), NULL);

  return g_object_new (LINKAGE_TYPE_CONNECTION_LIST, "store", store, NULL);
}

/**
 * linkage_connection_list_set_sort:
 * @self: a list
 * @sort: what to sort by; rows that are equal in it are in the order in which they came
 * @descending: whether to begin at the end
 *
 * Rows stay as they are until the new order was read; then the whole list is replaced within one turn of the main loop,
 * between ::order-replacing and ::order-replaced.
 */
void
linkage_connection_list_set_sort (LinkageConnectionList *self, LinkageSort sort, gboolean descending)
{
  g_return_if_fail (LINKAGE_IS_CONNECTION_LIST (self));
  g_return_if_fail (sort <= LINKAGE_SORT_COMMENTS);

  descending = !!descending;
  if (self->sort == sort && self->descending == descending)
    return;

  self->sort = sort;
  self->descending = descending;
  ask (self);
}

/**
 * linkage_connection_list_set_filter:
 * @self: a list
 * @text: (nullable): what rows must contain; case, accents and width do not matter. %NULL and "": all rows
 *
 * As with linkage_connection_list_set_sort(), rows stay until the new order is there. Each call ends the query of the
 * one before it, so it may be called for each key that is pressed.
 */
void
linkage_connection_list_set_filter (LinkageConnectionList *self, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (LINKAGE_IS_CONNECTION_LIST (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (self->filter, text))
    return;

  g_free (self->filter);
  self->filter = g_strdup (text);
  folded = linkage_text_fold_filter (text);
  if (folded[0] == '\0')
    g_clear_pointer (&folded, g_free);
  if (g_strcmp0 (self->folded, folded) == 0)
    return;

  g_free (self->folded);
  self->folded = g_steal_pointer (&folded);
  ask (self);
}

/**
 * linkage_connection_list_get_filter:
 * @self: a list
 *
 * Returns: (transfer none): what was set last; "" for none
 */
const char *
linkage_connection_list_get_filter (LinkageConnectionList *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), NULL);

  return self->filter;
}

/**
 * linkage_connection_list_reload:
 * @self: a list
 *
 * Reads the order again: the person's answer to an error.
 */
void
linkage_connection_list_reload (LinkageConnectionList *self)
{
  g_return_if_fail (LINKAGE_IS_CONNECTION_LIST (self));

  linkage_order_feed_refresh (self->feed);
}

/**
 * linkage_connection_list_get_loading:
 * @self: a list
 *
 * Returns: whether there is no order yet
 */
gboolean
linkage_connection_list_get_loading (LinkageConnectionList *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), FALSE);

  return self->loading;
}

/**
 * linkage_connection_list_get_n_unfiltered:
 * @self: a list
 *
 * Returns: how many rows there are without the filter
 */
guint
linkage_connection_list_get_n_unfiltered (LinkageConnectionList *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), 0);

  return self->n_unfiltered;
}

/**
 * linkage_connection_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): why the order, or a row of it, could not be read, in LINKAGE_STORE_ERROR
 */
const GError *
linkage_connection_list_get_error (LinkageConnectionList *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), NULL);

  return self->error;
}

/**
 * linkage_connection_list_get_row_id:
 * @self: a list
 * @position: a position
 *
 * Makes no row object and reads nothing.
 *
 * Returns: the id of the row at @position, 0 where there is none
 */
gint64
linkage_connection_list_get_row_id (LinkageConnectionList *self, guint position)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), 0);

  return position < linkage_shown_order_get_length (self->order) ? linkage_shown_order_get_id (self->order, position)
                                                                 : 0;
}

/**
 * linkage_connection_list_find:
 * @self: a list
 * @row_id: a row's id
 * @position: (out) (optional): where it is
 *
 * Makes no row object and reads nothing; takes the same time at any length.
 *
 * Returns: whether the row is in the list
 */
gboolean
linkage_connection_list_find (LinkageConnectionList *self, gint64 row_id, guint *position)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), FALSE);

  return linkage_shown_order_find (self->order, row_id, position);
}

/**
 * linkage_connection_list_get_row_id_of:
 * @self: a list
 * @connection_id: the connection's, on the portal
 *
 * Makes no row object. The row need not be in the list yet, or may be left out by the filter.
 *
 * Returns: the id of the connection's row, 0 where there is none
 */
gint64
linkage_connection_list_get_row_id_of (LinkageConnectionList *self, const char *connection_id)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), 0);
  g_return_val_if_fail (connection_id != NULL, 0);

  return linkage_store_get_row_id (self->store, connection_id);
}

/**
 * linkage_connection_list_get_row:
 * @self: a list
 * @connection_id: the connection's, on the portal
 *
 * Gets the row that follows what becomes of one connection, for who shows only that. Reads one row where nobody holds
 * it. The row need not be in the list yet, or may be left out by the filter.
 *
 * Returns: (transfer full) (nullable): the same row as everybody's; %NULL where there is no such connection
 */
LinkageConnectionRow *
linkage_connection_list_get_row (LinkageConnectionList *self, const char *connection_id)
{
  gint64 row_id;
  LinkageConnectionRow *row;
  GError *error = NULL;

  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), NULL);
  g_return_val_if_fail (connection_id != NULL, NULL);

  row_id = linkage_store_get_row_id (self->store, connection_id);
  if (row_id == 0)
    return NULL;

  row = linkage_row_table_get (self->rows, row_id);
  if (row == NULL)
    row = linkage_row_table_read (self->rows, &row_id, 1, row_id, &error);
  if (error != NULL)
    keep_error (self, error);

  return row;
}

/**
 * linkage_connection_list_ref_order:
 * @self: a list
 *
 * Returns: (transfer full): the ids of all rows as they are now
 */
LinkageOrder *
linkage_connection_list_ref_order (LinkageConnectionList *self)
{
  g_return_val_if_fail (LINKAGE_IS_CONNECTION_LIST (self), NULL);

  return linkage_shown_order_ref_order (self->order);
}

/*
 * linkage_connection_list_get_n_alive:
 *
 * Returns: how many of the list's rows somebody holds
 */
guint
linkage_connection_list_get_n_alive (LinkageConnectionList *self)
{
  return linkage_row_table_get_n_alive (self->rows);
}

/*
 * linkage_connection_list_get_n_made:
 *
 * Returns: how many row objects the list ever made
 */
guint64
linkage_connection_list_get_n_made (LinkageConnectionList *self)
{
  return linkage_row_table_get_n_made (self->rows);
}
