/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-search-results.h"

#include <glib/gi18n.h>

#include "linkage-error-text.h"
#include "linkage-search-row.h"

struct _LinkageSearchResults
{
  GtkWidget parent_instance;

  LinkageAccount *account;   /* (owned) (nullable) */
  LinkageSearch *search;     /* (owned) (nullable): its first page */
  GListStore *items;         /* (owned) (element-type LinkageSearchItem) */
  GCancellable *cancellable; /* (owned) (nullable): of the page that is being read */

  GtkScrolledWindow *scroller; /* (unowned) template child */
  GtkListView *view;           /* (unowned) template child */
  GtkStack *more;              /* (unowned) template child */
  GtkLabel *more_error;        /* (unowned) template child */
};

G_DEFINE_FINAL_TYPE (LinkageSearchResults, linkage_search_results, GTK_TYPE_WIDGET)

static void
append_page (LinkageSearchResults *self, LinkageSearch *page)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < page->results->len; i++)
    g_ptr_array_add (items, linkage_search_item_new (g_ptr_array_index (page->results, i)));

  g_list_store_splice (self->items, g_list_model_get_n_items (G_LIST_MODEL (self->items)), 0, items->pdata, items->len);
}

static gboolean
has_more (LinkageSearchResults *self)
{
  return self->search != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->items)) < self->search->total;
}

static void
on_page_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSearchResults) self = user_data;
  g_autoptr (LinkageSearch) page = NULL;
  g_autoptr (LinkageErrorText) text = NULL;
  g_autoptr (GError) error = NULL;

  page = linkage_account_read_search_finish (LINKAGE_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (page != NULL)
    {
      append_page (self, page);
      /* A portal that counts more than it gives would be asked for ever. */
      if (page->results->len == 0)
        g_clear_pointer (&self->search, linkage_search_unref);
      gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
      return;
    }

  text = linkage_error_text_new (error);
  gtk_label_set_text (self->more_error, text->sentence);
  gtk_stack_set_visible_child_name (self->more, "error");
}

static void
read_more (LinkageSearchResults *self)
{
  if (self->cancellable != NULL || !has_more (self))
    return;

  self->cancellable = g_cancellable_new ();
  gtk_stack_set_visible_child_name (self->more, "loading");
  gtk_widget_set_visible (GTK_WIDGET (self->more), TRUE);
  linkage_account_read_search_async (self->account, self->search->id,
                                     g_list_model_get_n_items (G_LIST_MODEL (self->items)), self->cancellable,
                                     on_page_read, g_object_ref (self));
}

static void
more_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  read_more (LINKAGE_SEARCH_RESULTS (widget));
}

/* The next page is asked for while there is still one to scroll through. After an error it waits for the person. */
static void
on_scrolled (GtkAdjustment *adjustment, LinkageSearchResults *self)
{
  double end = gtk_adjustment_get_upper (adjustment) - 2 * gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) >= end && !gtk_widget_get_visible (GTK_WIDGET (self->more)))
    read_more (self);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gtk_list_item_set_child (list_item, linkage_search_row_new ());
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  linkage_search_row_set_item (LINKAGE_SEARCH_ROW (gtk_list_item_get_child (list_item)),
                               LINKAGE_SEARCH_ITEM (gtk_list_item_get_item (list_item)));
}

static void
on_activated (GtkListView *view, guint position, LinkageSearchResults *self)
{
  g_autoptr (LinkageSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (linkage_search_item_get_action_text (item) == NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "search.choose", "s",
                              linkage_search_item_get_result (item)->customer->id);
}

static void
cancel (LinkageSearchResults *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_search_results_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_SEARCH_RESULTS (widget));

  GTK_WIDGET_CLASS (linkage_search_results_parent_class)->unroot (widget);
}

static void
linkage_search_results_dispose (GObject *object)
{
  LinkageSearchResults *self = LINKAGE_SEARCH_RESULTS (object);
  GtkWidget *child;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);
  g_clear_pointer (&self->search, linkage_search_unref);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (linkage_search_results_parent_class)->dispose (object);
}

static void
linkage_search_results_class_init (LinkageSearchResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_search_results_dispose;

  widget_class->unroot = linkage_search_results_unroot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-search-results.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchResults, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchResults, view);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchResults, more);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchResults, more_error);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "results.read-more", NULL, more_activated);
}

static void
linkage_search_results_init (LinkageSearchResults *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (LINKAGE_TYPE_SEARCH_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (on_scrolled), self, 0);
}

/**
 * linkage_search_results_show:
 * @self: a #LinkageSearchResults
 * @account: whose search it is
 * @search: the search, with its first page
 *
 * Shows the results of a search from the beginning.
 */
void
linkage_search_results_show (LinkageSearchResults *self, LinkageAccount *account, LinkageSearch *search)
{
  g_return_if_fail (LINKAGE_IS_SEARCH_RESULTS (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (search != NULL);

  cancel (self);
  g_set_object (&self->account, account);
  g_clear_pointer (&self->search, linkage_search_unref);
  self->search = linkage_search_ref (search);

  gtk_widget_set_visible (GTK_WIDGET (self->more), FALSE);
  g_list_store_remove_all (self->items);
  append_page (self, search);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * linkage_search_results_find:
 * @self: a #LinkageSearchResults
 * @customer_id: the portal's id of a customer
 *
 * Finds the result for a customer.
 *
 * Returns: (transfer full) (nullable): the result
 */
LinkageSearchItem *
linkage_search_results_find (LinkageSearchResults *self, const char *customer_id)
{
  guint n_items;

  g_return_val_if_fail (LINKAGE_IS_SEARCH_RESULTS (self), NULL);
  g_return_val_if_fail (customer_id != NULL, NULL);

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LinkageSearchItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (g_str_equal (linkage_search_item_get_result (item)->customer->id, customer_id))
        return g_steal_pointer (&item);
    }

  return NULL;
}
