/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-removed-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-details-view.h"
#include "linkage-error-text.h"
#include "linkage-removed-item.h"
#include "linkage-removed-row.h"
#include "linkage-text.h"

#define MANY 12 /* rows, from which on one may look for a name */

struct _LinkageRemovedPage
{
  GtkWidget parent_instance;

  LinkageAccount *account;   /* (owned) (nullable) */
  GPtrArray *all;            /* (owned) (element-type LinkageRemovedItem) */
  GPtrArray *incoming;       /* (owned) (nullable) (element-type LinkageRemovedItem): while they are read */
  GListStore *shown;         /* (owned) (element-type LinkageRemovedItem) */
  GCancellable *cancellable; /* (owned) (nullable): while they are read */
  gboolean in_window;

  GtkWidget *back;             /* (unowned) template child */
  GtkStack *stack;             /* (unowned) template child */
  GtkStack *list_stack;        /* (unowned) template child */
  GtkWidget *search;           /* (unowned) template child */
  GtkListView *list;           /* (unowned) template child */
  AdwStatusPage *error_page;   /* (unowned) template child */
  LinkageDetailsView *details; /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
} LinkageRemovedPageProperty;

static GParamSpec *properties[PROP_TITLE + 1];

typedef enum
{
  SIGNAL_CLOSED,
  N_SIGNALS,
} LinkageRemovedPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageRemovedPage, linkage_removed_page, GTK_TYPE_WIDGET)

static void read_more (LinkageRemovedPage *self);

/* The title is asked for while the template is built, too. */
static gboolean
shows_details (LinkageRemovedPage *self)
{
  return self->stack != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "details") == 0;
}

static void
show_child (LinkageRemovedPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, self->in_window || shows_details (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
show_matching (LinkageRemovedPage *self)
{
  g_autofree char *folded = linkage_text_fold_filter (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  g_autoptr (GPtrArray) matching = g_ptr_array_new ();

  for (guint i = 0; i < self->all->len; i++)
    {
      LinkageRemovedItem *item = g_ptr_array_index (self->all, i);

      if (linkage_removed_item_matches (item, folded))
        g_ptr_array_add (matching, item);
    }

  /* One after the other, so that no row is taken for another one that stands in its place. */
  g_list_store_remove_all (self->shown);
  g_list_store_splice (self->shown, 0, 0, matching->pdata, matching->len);
  gtk_widget_set_visible (self->search, self->all->len > MANY);
  if (self->all->len == 0)
    gtk_stack_set_visible_child_name (self->list_stack, "empty");
  else
    gtk_stack_set_visible_child_name (self->list_stack, matching->len > 0 ? "list" : "no-results");
}

static void
show_error (LinkageRemovedPage *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  g_autofree char *description = g_markup_escape_text (text->sentence, -1);

  adw_status_page_set_title (self->error_page, text->title);
  adw_status_page_set_description (self->error_page, description);
  gtk_stack_set_visible_child_name (self->list_stack, "error");
}

static void
show_incoming (LinkageRemovedPage *self)
{
  gboolean appears = g_strcmp0 (gtk_stack_get_visible_child_name (self->list_stack), "loading") == 0;

  g_ptr_array_unref (self->all);
  self->all = g_steal_pointer (&self->incoming);
  show_matching (self);
  if (appears && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageRemovedPage) self = user_data;
  g_autoptr (GError) error = NULL;
  guint total = 0;
  g_autoptr (GPtrArray) page = linkage_account_list_removed_finish (LINKAGE_ACCOUNT (source), result, &total, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (page == NULL)
    {
      show_error (self, error);
      return;
    }

  for (guint i = 0; i < page->len; i++)
    g_ptr_array_add (self->incoming, linkage_removed_item_new (g_ptr_array_index (page, i)));
  if (page->len > 0 && self->incoming->len < total)
    read_more (self);
  else
    show_incoming (self);
}

static void
read_more (LinkageRemovedPage *self)
{
  self->cancellable = g_cancellable_new ();
  linkage_account_list_removed_async (self->account, self->incoming->len, LINKAGE_ACCOUNT_MAX_REMOVED,
                                      self->cancellable, on_listed, g_object_ref (self));
}

static void
cancel (LinkageRemovedPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (LinkageRemovedPage *self)
{
  cancel (self);
  g_clear_pointer (&self->incoming, g_ptr_array_unref);
  self->incoming = g_ptr_array_new_with_free_func (g_object_unref);
  read_more (self);
}

static void
on_updated (LinkageAccount *account, GParamSpec *pspec, LinkageRemovedPage *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    reload (self);
}

static void
on_search_changed (GtkSearchEntry *entry, LinkageRemovedPage *self)
{
  show_matching (self);
}

static void
on_row_activated (GtkListView *view, guint position, LinkageRemovedPage *self)
{
  g_autoptr (LinkageRemovedItem) item = g_list_model_get_item (G_LIST_MODEL (self->shown), position);

  linkage_details_view_set_removed (self->details, self->account, linkage_removed_item_get_removed (item));
  show_child (self, "details");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (widget);

  if (!shows_details (self))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  show_child (self, "list");
  gtk_widget_grab_focus (widget);
}

static void
retry_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (widget);

  gtk_stack_set_visible_child_name (self->list_stack, "loading");
  reload (self);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageRemovedPage *self)
{
  gtk_list_item_set_child (list_item, linkage_removed_row_new ());
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageRemovedPage *self)
{
  linkage_removed_row_set_item (LINKAGE_REMOVED_ROW (gtk_list_item_get_child (list_item)),
                                LINKAGE_REMOVED_ITEM (gtk_list_item_get_item (list_item)));
}

static gboolean
linkage_removed_page_grab_focus (GtkWidget *widget)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (widget);

  if (shows_details (self))
    return gtk_widget_grab_focus (GTK_WIDGET (self->details)) || gtk_widget_grab_focus (self->back);
  if (gtk_widget_get_visible (self->search))
    return gtk_widget_grab_focus (self->search);

  return (gtk_widget_get_mapped (GTK_WIDGET (self->list)) && gtk_widget_grab_focus (GTK_WIDGET (self->list))) ||
         gtk_widget_child_focus (gtk_stack_get_visible_child (self->list_stack), GTK_DIR_TAB_FORWARD);
}

static void
linkage_removed_page_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_REMOVED_PAGE (widget));

  GTK_WIDGET_CLASS (linkage_removed_page_parent_class)->unroot (widget);
}

static void
linkage_removed_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (object);

  switch ((LinkageRemovedPageProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, shows_details (self) ? _ ("Request Details") : _ ("Removed Requests"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_removed_page_dispose (GObject *object)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (object);
  GtkWidget *child;

  cancel (self);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_removed_page_parent_class)->dispose (object);
}

static void
linkage_removed_page_finalize (GObject *object)
{
  LinkageRemovedPage *self = LINKAGE_REMOVED_PAGE (object);

  g_ptr_array_unref (self->all);
  g_clear_pointer (&self->incoming, g_ptr_array_unref);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (linkage_removed_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_DETAILS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-removed-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, search);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, list);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageRemovedPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
}

static void
linkage_removed_page_class_init (LinkageRemovedPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_removed_page_get_property;
  object_class->dispose = linkage_removed_page_dispose;
  object_class->finalize = linkage_removed_page_finalize;
  widget_class->grab_focus = linkage_removed_page_grab_focus;
  widget_class->unroot = linkage_removed_page_unroot;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "page.retry", NULL, retry_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_removed_page_init (LinkageRemovedPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_list_store_new (LINKAGE_TYPE_REMOVED_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

/**
 * linkage_removed_page_new:
 * @account: an account
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates a page with the rows that are no more.
 *
 * Returns: (transfer floating): a new #LinkageRemovedPage
 */
GtkWidget *
linkage_removed_page_new (LinkageAccount *account, gboolean in_window)
{
  LinkageRemovedPage *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_REMOVED_PAGE, NULL);
  self->account = g_object_ref (account);
  self->in_window = in_window;
  g_signal_connect_object (account, "notify::updated-at", G_CALLBACK (on_updated), self, 0);
  show_child (self, "list");
  reload (self);

  return GTK_WIDGET (self);
}
