/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-search-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-ask-dialog.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-search-results.h"

struct _LinkageSearchView
{
  GtkWidget parent_instance;

  LinkageAccount *account;   /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the search that is under way */
  char *page_before;         /* (owned) (nullable): where Cancel goes back to */
  gboolean again;            /* whether the latest search was to be spent */

  GtkEntry *entry;               /* (unowned) template child */
  GtkLabel *entry_error;         /* (unowned) template child */
  GtkLabel *quota;               /* (unowned) template child */
  GtkStack *stack;               /* (unowned) template child */
  GtkLabel *count;               /* (unowned) template child */
  GtkWidget *again_box;          /* (unowned) template child */
  LinkageSearchResults *results; /* (unowned) template child */
  AdwStatusPage *none_page;      /* (unowned) template child */
  AdwStatusPage *spent_page;     /* (unowned) template child */
  AdwStatusPage *error_page;     /* (unowned) template child */
  GtkWidget *retry;              /* (unowned) template child */
};

typedef enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
} LinkageSearchViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageSearchView, linkage_search_view, GTK_TYPE_WIDGET)

/* A status page takes markup, and what it is to say holds text from outside. */
static void
set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (page, escaped);
}

static char *
dup_name (LinkageSearchView *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static gboolean
is_page (LinkageSearchView *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
update_quota (LinkageSearchView *self, const LinkageAccountInfo *info)
{
  guint left = linkage_account_info_get_searches_left (info);
  g_autofree char *quota = NULL;

  /* Translators: How often the portal can still be searched: first what is left, then how often it could be in all. */
  quota = g_strdup_printf (ngettext ("%1$u of %2$u search left", "%1$u of %2$u searches left", info->searches_limit),
                           left, info->searches_limit);
  gtk_label_set_text (self->quota, quota);
}

static void
update_spent_page (LinkageSearchView *self, const LinkageAccountInfo *info)
{
  g_autofree char *email = NULL;
  g_autofree char *description = NULL;

  if (info->invitation_email == NULL)
    {
      set_description (self->spent_page,
                       _ ("All searches are used. Ask your customer for an invitation, or ask supplier"
                          " support to reset your searches."));
      return;
    }

  email = linkage_portal_text_isolate (info->invitation_email);
  description =
    /* Translators: First how many searches an account has, then our e-mail address. */
    g_strdup_printf (ngettext ("Your %1$u search is used. Ask your customer to invite %2$s, or ask supplier"
                               " support to reset your searches.",
                               "All %1$u searches are used. Ask your customer to invite %2$s, or ask supplier"
                               " support to reset your searches.",
                               info->searches_limit),
                     info->searches_limit, email);
  set_description (self->spent_page, description);
}

/* What stands where nothing was searched for yet. */
static const char *
choose_first_page (LinkageSearchView *self, const LinkageAccountInfo *info)
{
  if (linkage_account_get_state (self->account) == LINKAGE_ACCOUNT_STATE_OFFLINE)
    return "offline";
  if (info != NULL && linkage_account_info_get_searches_left (info) == 0)
    return "spent";

  return "start";
}

static void
update (LinkageSearchView *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);

  if (info != NULL)
    {
      update_quota (self, info);
      update_spent_page (self, info);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->quota), info != NULL);

  if (is_page (self, "start") || is_page (self, "offline") || is_page (self, "spent"))
    gtk_stack_set_visible_child_name (self->stack, choose_first_page (self, info));
}

static void
show_none (LinkageSearchView *self, const char *searched)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  guint left = info != NULL ? linkage_account_info_get_searches_left (info) : 0;
  g_autofree char *name = linkage_portal_text_isolate (searched);
  g_autofree char *description = NULL;

  /* Translators: First the name that was searched for, then how many searches are left. */
  description = g_strdup_printf (ngettext ("Nothing matches “%1$s”. Try the legal name, or contact your customer. %2$u"
                                           " search left.",
                                           "Nothing matches “%1$s”. Try the legal name, or contact your customer. %2$u"
                                           " searches left.",
                                           left),
                                 name, left);
  set_description (self->none_page, description);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
show_found (LinkageSearchView *self, LinkageSearch *search, gboolean counted)
{
  g_autofree char *count = NULL;

  /* Translators: %u is how many customers a search found. */
  count = g_strdup_printf (ngettext ("%u customer found", "%u customers found", search->total), search->total);
  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (self->again_box, !counted);
  linkage_search_results_show (self->results, self->account, search);
  gtk_stack_set_visible_child_name (self->stack, "results");
}

static void
show_error (LinkageSearchView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = NULL;

  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_NO_SEARCHES_LEFT))
    {
      gtk_stack_set_visible_child_name (self->stack, "spent");
      return;
    }

  text = linkage_error_text_new (error);
  adw_status_page_set_title (self->error_page, text->title);
  set_description (self->error_page, text->sentence);
  gtk_widget_set_visible (self->retry, text->can_retry);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageSearchView) self = user_data;
  g_autoptr (LinkageSearch) search = NULL;
  g_autoptr (GError) error = NULL;
  gboolean counted = FALSE;

  search = linkage_account_search_finish (LINKAGE_ACCOUNT (source), result, &counted, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (search == NULL)
    show_error (self, error);
  else if (search->total == 0)
    show_none (self, search->name);
  else
    show_found (self, search, counted);
}

static void
cancel (LinkageSearchView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start_search (LinkageSearchView *self, gboolean again)
{
  g_autofree char *name = dup_name (self);

  if (name[0] == '\0')
    {
      linkage_entry_error_set (GTK_WIDGET (self->entry), self->entry_error, _ ("Type the name of a customer."));
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }

  cancel (self);
  self->again = again;
  if (!is_page (self, "searching"))
    {
      g_free (self->page_before);
      self->page_before = g_strdup (gtk_stack_get_visible_child_name (self->stack));
    }
  gtk_stack_set_visible_child_name (self->stack, "searching");
  self->cancellable = g_cancellable_new ();
  linkage_account_search_async (self->account, name, again, self->cancellable, on_searched, g_object_ref (self));
}

static void
run_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  start_search (LINKAGE_SEARCH_VIEW (widget), FALSE);
}

static void
run_again_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  start_search (LINKAGE_SEARCH_VIEW (widget), TRUE);
}

static void
retry_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSearchView *self = LINKAGE_SEARCH_VIEW (widget);

  start_search (self, self->again);
}

static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSearchView *self = LINKAGE_SEARCH_VIEW (widget);

  cancel (self);
  gtk_stack_set_visible_child_name (self->stack, self->page_before);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
choose_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSearchView *self = LINKAGE_SEARCH_VIEW (widget);
  g_autoptr (LinkageSearchItem) item =
    linkage_search_results_find (self->results, g_variant_get_string (parameter, NULL));

  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, item);
}

static void
present_ask (LinkageSearchView *self, LinkageAskText *(*make_text) (const LinkageAccountInfo *))
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  g_autoptr (LinkageAskText) text = NULL;

  if (info == NULL)
    return;

  text = make_text (info);
  linkage_ask_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), text);
}

static void
ask_customer_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present_ask (LINKAGE_SEARCH_VIEW (widget), linkage_ask_text_new_for_invitation);
}

static void
ask_support_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  present_ask (LINKAGE_SEARCH_VIEW (widget), linkage_ask_text_new_for_support);
}

static void
on_entry_activated (GtkEntry *entry, LinkageSearchView *self)
{
  start_search (self, FALSE);
}

static void
on_entry_changed (GtkEditable *entry, LinkageSearchView *self)
{
  linkage_entry_error_set (GTK_WIDGET (self->entry), self->entry_error, NULL);
}

static gboolean
linkage_search_view_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_SEARCH_VIEW (widget)->entry));
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_search_view_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_SEARCH_VIEW (widget));

  GTK_WIDGET_CLASS (linkage_search_view_parent_class)->unroot (widget);
}

static void
linkage_search_view_dispose (GObject *object)
{
  LinkageSearchView *self = LINKAGE_SEARCH_VIEW (object);
  GtkWidget *child;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (linkage_search_view_parent_class)->dispose (object);
}

static void
linkage_search_view_finalize (GObject *object)
{
  LinkageSearchView *self = LINKAGE_SEARCH_VIEW (object);

  g_free (self->page_before);

  G_OBJECT_CLASS (linkage_search_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_SEARCH_RESULTS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-search-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, entry);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, entry_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, quota);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, count);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, again_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, results);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, none_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, spent_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchView, retry);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
}

static void
linkage_search_view_class_init (LinkageSearchViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_search_view_dispose;
  object_class->finalize = linkage_search_view_finalize;

  widget_class->unroot = linkage_search_view_unroot;
  widget_class->grab_focus = linkage_search_view_grab_focus;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LINKAGE_TYPE_SEARCH_ITEM);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "search.run", NULL, run_activated);
  gtk_widget_class_install_action (widget_class, "search.run-again", NULL, run_again_activated);
  gtk_widget_class_install_action (widget_class, "search.retry", NULL, retry_activated);
  gtk_widget_class_install_action (widget_class, "search.cancel", NULL, cancel_activated);
  gtk_widget_class_install_action (widget_class, "search.choose", "s", choose_activated);
  gtk_widget_class_install_action (widget_class, "search.ask-customer", NULL, ask_customer_activated);
  gtk_widget_class_install_action (widget_class, "search.ask-support", NULL, ask_support_activated);
}

static void
linkage_search_view_init (LinkageSearchView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_search_view_set_account:
 * @self: a #LinkageSearchView
 * @account: an account that can search
 *
 * Says whose searches are spent. Done once.
 */
void
linkage_search_view_set_account (LinkageSearchView *self, LinkageAccount *account)
{
  g_return_if_fail (LINKAGE_IS_SEARCH_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT (account));
  g_return_if_fail (self->account == NULL);

  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify::info", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
