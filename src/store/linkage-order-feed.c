/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-store"

#include "linkage-order-feed.h"

#include "linkage-store-private.h"

struct _LinkageOrderFeed
{
  grefcount ref_count;       /* the list's, and one for each query whose answer has not come */
  LinkageStore *store;       /* (owned) */
  LinkageOrderFeedFunc func; /* (nullable): null once freed */
  gpointer user_data;

  LinkageSort sort;
  gboolean descending;
  char *filter;        /* (owned) (nullable): folded */
  LinkageOrder *order; /* (owned) (nullable): the last answer to this question; null before the first */

  GCancellable *cancellable; /* (owned) (nullable): of the query that runs or whose answer is being told */
  guint generation;          /* of that query; an answer of another one is dropped */
  gboolean outdated;         /* rows changed since that query was put */
  GArray *gone; /* (owned) (element-type gint64): marked rows, purged once an answer without them was told */
};

typedef struct
{
  LinkageOrderFeed *feed; /* (owned) */
  guint generation;
  guint n_gone; /* so many of the feed's gone rows cannot be in the answer */
} Request;

static void put_query (LinkageOrderFeed *self);

static LinkageOrderFeed *
feed_ref (LinkageOrderFeed *self)
{
  g_ref_count_inc (&self->ref_count);

  return self;
}

static void
feed_unref (LinkageOrderFeed *self)
{
  if (!g_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->store);
  g_free (self->filter);
  g_clear_pointer (&self->order, linkage_order_unref);
  g_clear_object (&self->cancellable);
  g_array_unref (self->gone);
  g_free (self);
}

static Request *
request_new (LinkageOrderFeed *self)
{
  Request *request = g_new0 (Request, 1);

  request->feed = feed_ref (self);
  request->generation = self->generation;
  request->n_gone = self->gone->len;

  return request;
}

static void
request_free (Request *request)
{
  feed_unref (request->feed);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/*
 * linkage_order_feed_new:
 * @func: (scope notified): called for each answer until the feed is freed
 *
 * Returns: (transfer full): a feed that was asked nothing yet
 */
LinkageOrderFeed *
linkage_order_feed_new (LinkageStore *store, LinkageOrderFeedFunc func, gpointer user_data)
{
  LinkageOrderFeed *self = g_new0 (LinkageOrderFeed, 1);

  g_ref_count_init (&self->ref_count);
  self->store = g_object_ref (store);
  self->func = func;
  self->user_data = user_data;
  self->gone = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

/*
 * linkage_order_feed_free:
 * @self: (transfer full): a feed; the query that runs is interrupted and not waited for
 */
void
linkage_order_feed_free (LinkageOrderFeed *self)
{
  self->func = NULL;
  g_cancellable_cancel (self->cancellable);
  feed_unref (self);
}

static void
purge_gone (LinkageOrderFeed *self, guint n_gone)
{
  if (n_gone == 0)
    return;

  linkage_store_purge (self->store, (const gint64 *)(gpointer)self->gone->data, n_gone);
  g_array_remove_range (self->gone, 0, n_gone);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageOrderAnswer) answer = linkage_order_query_finish (result, &error);
  LinkageOrderFeed *self = request->feed;

  if (self->func == NULL || self->generation != request->generation)
    return;

  if (answer != NULL)
    {
      g_clear_pointer (&self->order, linkage_order_unref);
      self->order = linkage_order_ref (answer->order);
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    self->func (answer, error, self->user_data);
  if (answer != NULL)
    purge_gone (self, request->n_gone);

  /* Whoever was told may have asked something else, or have let go of the feed. */
  if (self->func == NULL || self->generation != request->generation)
    return;

  g_clear_object (&self->cancellable);
  if (self->outdated)
    put_query (self);
}

/* Ends the query that runs, if any, and puts one for what is wanted now. */
static void
put_query (LinkageOrderFeed *self)
{
  LinkageOrderQuery query = {
    .sort = self->sort,
    .descending = self->descending,
    .filter = self->filter,
    .before = self->order,
  };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->generation++;
  self->outdated = FALSE;
  linkage_order_query_async (linkage_store_get_reader (self->store), &query, self->cancellable, on_answer,
                             request_new (self));
}

/*
 * linkage_order_feed_ask:
 * @filter: (nullable): folded; %NULL: all rows
 *
 * Asks another question. The query of the one before it is interrupted.
 */
void
linkage_order_feed_ask (LinkageOrderFeed *self, LinkageSort sort, gboolean descending, const char *filter)
{
  g_autofree char *old_filter = g_steal_pointer (&self->filter);

  self->sort = sort;
  self->descending = descending;
  self->filter = g_strdup (filter);
  g_clear_pointer (&self->order, linkage_order_unref);
  put_query (self);
}

/*
 * linkage_order_feed_refresh:
 *
 * Asks the same again, as rows changed. A query that runs is not cancelled for it, else the list would show nothing
 * while many rows come: the next one follows its answer.
 */
void
linkage_order_feed_refresh (LinkageOrderFeed *self)
{
  if (self->cancellable != NULL)
    self->outdated = TRUE;
  else
    put_query (self);
}

/*
 * linkage_order_feed_add_gone:
 * @row_id: a row that the store marked as removed
 *
 * The row is purged when the answer to a query that is put from now on was told. To be followed by a refresh.
 */
void
linkage_order_feed_add_gone (LinkageOrderFeed *self, gint64 row_id)
{
  g_array_append_val (self->gone, row_id);
}
