/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-search-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-ask-dialog.h"
#include "linkage-error-text.h"
#include "linkage-request-view.h"
#include "linkage-rules.h"
#include "linkage-search-view.h"

struct _LinkageSearchPage
{
  GtkWidget parent_instance;

  LinkageAccount *account; /* (owned) (nullable) */
  gboolean form_only;      /* nothing was searched for: Back closes */

  AdwToastOverlay *toast_overlay;   /* (unowned) template child */
  GtkStack *stack;                  /* (unowned) template child */
  GtkWidget *search_back;           /* (unowned) template child */
  GtkWidget *request_back;          /* (unowned) template child */
  LinkageSearchView *search_view;   /* (unowned) template child */
  LinkageRequestView *request_view; /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
} LinkageSearchPageProperty;

static GParamSpec *properties[PROP_TITLE + 1];

typedef enum
{
  SIGNAL_CLOSED,
  SIGNAL_WINDOW_ACTION,
  SIGNAL_REQUESTED,
  SIGNAL_DISCARDED,
  N_SIGNALS,
} LinkageSearchPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageSearchPage, linkage_search_page, GTK_TYPE_WIDGET)

static gboolean
is_in_form (LinkageSearchPage *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "request") == 0;
}

static void
show_child (LinkageSearchPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

static void
show_form (LinkageSearchPage *self, LinkageCustomer *customer, LinkageConnection *connection)
{
  linkage_request_view_set_customer (self->request_view, self->account, customer, connection);
  show_child (self, "request");
  gtk_widget_grab_focus (GTK_WIDGET (self->request_view));
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageSearchPage *self = LINKAGE_SEARCH_PAGE (widget);

  if (!is_in_form (self) || self->form_only)
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  show_child (self, "search");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_view));
}

static void
emit_window_action (LinkageSearchPage *self, const char *action, const char *connection_id)
{
  g_signal_emit (self, signals[SIGNAL_WINDOW_ACTION], 0, action, connection_id);
}

/* What came from a suggestion is sent again by one press, what came from a search by the form. */
static void
send_again (LinkageSearchPage *self, LinkageSearchResult *result)
{
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  LinkageRuleState state;

  connection = linkage_account_get_connection (self->account, result->connection_id, &error);
  if (connection == NULL)
    {
      g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
      g_autofree char *title = g_markup_escape_text (text->sentence, -1);

      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
      return;
    }

  linkage_rules_state_from_connection (&state, connection);
  if ((linkage_rules_get_needs (&state, LINKAGE_ACTIONS_RESEND) & LINKAGE_NEEDS_CONTACT) != 0)
    show_form (self, connection->customer, connection);
  else
    emit_window_action (self, "win.send-again", connection->id);
}

static void
ask (LinkageSearchPage *self, LinkageSearchItem *item)
{
  const char *id = linkage_search_item_get_result (item)->connection_id;
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (self->account);
  g_autoptr (LinkageConnection) connection = NULL;
  g_autoptr (LinkageAskText) text = NULL;

  if (info == NULL)
    return;

  if (id != NULL)
    connection = linkage_account_get_connection (self->account, id, NULL);
  if (connection == NULL)
    connection = linkage_search_item_make_connection (item);
  text = linkage_ask_text_new_for_connection (connection, linkage_search_item_get_refusal (item), info);
  linkage_ask_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), text);
}

static void
on_chosen (LinkageSearchView *view, LinkageSearchItem *item, LinkageSearchPage *self)
{
  LinkageSearchResult *result = linkage_search_item_get_result (item);

  switch (linkage_search_item_get_action (item))
    {
    case LINKAGE_ACTIONS_REQUEST:
      show_form (self, result->customer, NULL);
      break;
    case LINKAGE_ACTIONS_CONNECT:
      emit_window_action (self, "win.connect", result->connection_id);
      break;
    case LINKAGE_ACTIONS_RESEND:
      send_again (self, result);
      break;
    case LINKAGE_ACTIONS_NONE:
    default:
      ask (self, item);
      break;
    }
}

static void
on_requested (LinkageRequestView *view,
              const char *customer_name,
              const char *connection_id,
              gboolean delivered,
              LinkageSearchPage *self)
{
  g_signal_emit (self, signals[SIGNAL_REQUESTED], 0, customer_name, connection_id, delivered);
}

static void
on_discarded (LinkageRequestView *view, const char *key, LinkageSearchPage *self)
{
  g_signal_emit (self, signals[SIGNAL_DISCARDED], 0, key);
}

static gboolean
linkage_search_page_grab_focus (GtkWidget *widget)
{
  LinkageSearchPage *self = LINKAGE_SEARCH_PAGE (widget);

  return gtk_widget_grab_focus (self->form_only ? GTK_WIDGET (self->request_view) : GTK_WIDGET (self->search_view));
}

static void
linkage_search_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageSearchPage *self = LINKAGE_SEARCH_PAGE (object);

  switch ((LinkageSearchPageProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, is_in_form (self) ? _ ("Connection Request") : _ ("Search for a Customer"));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_search_page_dispose (GObject *object)
{
  LinkageSearchPage *self = LINKAGE_SEARCH_PAGE (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (linkage_search_page_parent_class)->dispose (object);
}

static void
linkage_search_page_class_init (LinkageSearchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_search_page_get_property;
  object_class->dispose = linkage_search_page_dispose;

  widget_class->grab_focus = linkage_search_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WINDOW_ACTION] = g_signal_new ("window-action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_REQUESTED] = g_signal_new ("requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[SIGNAL_DISCARDED] = g_signal_new ("discarded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LINKAGE_TYPE_SEARCH_VIEW);
  g_type_ensure (LINKAGE_TYPE_REQUEST_VIEW);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, search_back);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, request_back);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, search_view);
  gtk_widget_class_bind_template_child (widget_class, LinkageSearchPage, request_view);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_requested);
  gtk_widget_class_bind_template_callback (widget_class, on_discarded);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_search_page_init (LinkageSearchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_search_page_new:
 * @account: an account that can search
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates the page, with the search.
 *
 * Returns: (transfer floating): a new #LinkageSearchPage
 */
GtkWidget *
linkage_search_page_new (LinkageAccount *account, gboolean in_window)
{
  LinkageSearchPage *self;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_SEARCH_PAGE, NULL);
  self->account = g_object_ref (account);
  linkage_search_view_set_account (self->search_view, account);
  gtk_widget_set_visible (self->search_back, in_window);

  return GTK_WIDGET (self);
}

/**
 * linkage_search_page_show_form:
 * @self: a #LinkageSearchPage
 * @customer: who is asked
 * @connection: (nullable): an expired request that is to be sent again; %NULL for a customer without a row
 *
 * Shows the form alone, without the search.
 */
void
linkage_search_page_show_form (LinkageSearchPage *self, LinkageCustomer *customer, LinkageConnection *connection)
{
  g_return_if_fail (LINKAGE_IS_SEARCH_PAGE (self));
  g_return_if_fail (customer != NULL);

  self->form_only = TRUE;
  gtk_widget_set_visible (self->request_back, gtk_widget_get_visible (self->search_back));
  show_form (self, customer, connection);
}

/**
 * linkage_search_page_is_form_for:
 * @self: a #LinkageSearchPage
 * @customer_id: a customer
 *
 * Tells whether the person sees the form of a request to a customer.
 *
 * Returns: whether it is shown
 */
gboolean
linkage_search_page_is_form_for (LinkageSearchPage *self, const char *customer_id)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_PAGE (self), FALSE);

  return is_in_form (self) && linkage_request_view_is_for (self->request_view, customer_id);
}

/**
 * linkage_search_page_awaits_answer:
 * @self: a #LinkageSearchPage
 * @customer_id: a customer
 *
 * Tells whether the form that the person sees will say what became of a request to a customer.
 *
 * Returns: whether nobody else has to say it
 */
gboolean
linkage_search_page_awaits_answer (LinkageSearchPage *self, const char *customer_id)
{
  g_return_val_if_fail (LINKAGE_IS_SEARCH_PAGE (self), FALSE);

  return is_in_form (self) && linkage_request_view_awaits_answer (self->request_view, customer_id);
}
