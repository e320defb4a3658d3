/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-to-ask-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-compat-ui.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"
#include "linkage-searches-popover.h"
#include "linkage-to-ask-item.h"
#include "linkage-to-ask-row.h"

struct _LinkageToAskPage
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  GListStore *items;                /* (owned) (element-type LinkageToAskItem) */
  GCancellable *cancellable;        /* (owned) (nullable): while the table is looked up */
  AdwToast *undo_toast;             /* (owned) (nullable): the one that is shown */
  gint64 now;                       /* of the account, when that was done */
  gboolean in_window;

  AdwWindowTitle *title;          /* (unowned) template child */
  GtkWidget *back;                /* (unowned) template child */
  GtkWidget *copy;                /* (unowned) template child */
  AdwToastOverlay *toast_overlay; /* (unowned) template child */
  GtkLabel *quota;                /* (unowned) template child */
  GtkWidget *asked_box;           /* (unowned) template child */
  GtkLabel *asked;                /* (unowned) template child */
  GtkButton *remove_asked;        /* (unowned) template child */
  GtkStack *stack;                /* (unowned) template child */
  GtkListView *view;              /* (unowned) template child */
  AdwStatusPage *error_page;      /* (unowned) template child */

  LinkageSearchesPopover *searches_popover; /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
} LinkageToAskPageProperty;

static GParamSpec *properties[PROP_TITLE + 1];

typedef enum
{
  SIGNAL_CLOSED,
  SIGNAL_WINDOW_ACTION,
  N_SIGNALS,
} LinkageToAskPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageToAskPage, linkage_to_ask_page, GTK_TYPE_WIDGET)

/* What was just done is said at once; an Undo that stands there comes back after it. */
static void
add_sentence (LinkageToAskPage *self, const char *sentence)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
add_error (LinkageToAskPage *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  add_sentence (self, text->sentence);
}

static void
update_quota (LinkageToAskPage *self)
{
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (LINKAGE_ACCOUNT (self->account));
  g_autofree char *quota = NULL;

  if (info == NULL)
    return;

  /* Translators: How often the portal can still be searched: first what is left, then how often it could be in all. */
  quota = g_strdup_printf (ngettext ("%1$u of %2$u search left", "%1$u of %2$u searches left", info->searches_limit),
                           linkage_account_info_get_searches_left (info), info->searches_limit);
  gtk_label_set_text (self->quota, quota);
}

/* All names, or only those that were asked by now. */
static GStrv
dup_names (LinkageToAskPage *self, gboolean only_asked)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (LinkageToAskItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (!only_asked || linkage_to_ask_item_was_asked (item))
        g_strv_builder_add (names, linkage_to_ask_item_get_name (item));
    }

  return g_strv_builder_end (names);
}

static void
update (LinkageToAskPage *self)
{
  g_auto (GStrv) asked = dup_names (self, TRUE);
  guint n_asked = g_strv_length (asked);
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;
  g_autofree char *sentence = NULL;
  g_autofree char *label = NULL;

  sentence = g_strdup_printf (
    /* Translators: %u is how many customers of the list “To Ask” are in the table by now. */
    ngettext ("%u customer on this list was asked by now.", "%u customers on this list were asked by now.", n_asked),
    n_asked);
  /* Translators: A button: takes those customers off the list. %u is how many. */
  label = g_strdup_printf (ngettext ("Remove %u That Was Asked", "Remove %u That Were Asked", n_asked), n_asked);
  gtk_label_set_text (self->asked, sentence);
  gtk_button_set_label (self->remove_asked, label);
  gtk_widget_set_visible (self->asked_box, n_asked > 0);
  gtk_widget_set_visible (self->copy, !is_empty);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "list");
}

static void
show_error (LinkageToAskPage *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  g_autofree char *description = g_markup_escape_text (text->sentence, -1);

  adw_status_page_set_title (self->error_page, text->title);
  adw_status_page_set_description (self->error_page, description);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
show_matches (LinkageToAskPage *self, GPtrArray *matches)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean appears = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") != 0;

  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (items, linkage_to_ask_item_new (g_ptr_array_index (matches, i)));

  g_list_store_remove_all (self->items);
  g_list_store_splice (self->items, 0, 0, items->pdata, items->len);
  update (self);
  if (appears)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageToAskPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matches =
    linkage_companion_account_check_list_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (matches != NULL)
    show_matches (self, matches);
  else
    show_error (self, error);
}

static void
cancel (LinkageToAskPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (LinkageToAskPage *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = linkage_companion_account_list_to_ask (self->account, &error);

  if (names == NULL)
    {
      show_error (self, error);
      return;
    }

  cancel (self);
  self->cancellable = g_cancellable_new ();
  self->now = linkage_account_get_now (LINKAGE_ACCOUNT (self->account));
  linkage_companion_account_check_list_async (self->account, (const char *const *)names, self->cancellable, on_checked,
                                              g_object_ref (self));
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageToAskPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean restored = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  if (restored)
    reload (self);
  else
    add_error (self, error);
}

static void
restore_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (widget);
  g_auto (GStrv) names = g_variant_dup_strv (parameter, NULL);

  linkage_companion_account_add_to_ask_async (self->account, (const char *const *)names, NULL, on_restored,
                                              g_object_ref (self));
}

typedef struct
{
  LinkageToAskPage *page; /* (owned) */
  GStrv names;            /* (owned) */
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->page);
  g_strfreev (removal->names);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
forget_undo (LinkageToAskPage *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  if (toast != NULL)
    adw_toast_dismiss (toast);
}

static void
add_undo_toast (LinkageToAskPage *self, GStrv names)
{
  guint n_names = g_strv_length (names);
  g_autofree char *name = linkage_portal_text_isolate (names[0]);
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast = NULL;

  if (n_names == 1)
    /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
    text = g_strdup_printf (_ ("Removed: %s"), name);
  else
    /* Translators: %u is how many customers were taken off the list. */
    text = g_strdup_printf (ngettext ("%u removed", "%u removed", n_names), n_names);

  title = g_markup_escape_text (text, -1);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "page.restore");
  adw_toast_set_action_target_value (toast, g_variant_new_strv ((const char *const *)names, n_names));
  adw_toast_set_timeout (toast, LINKAGE_RULES_UNDO_SECONDS);
  forget_undo (self);
  self->undo_toast = g_object_ref (toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  LinkageToAskPage *self = removal->page;
  g_autoptr (GError) error = NULL;
  gboolean removed = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (!removed)
    {
      add_error (self, error);
      return;
    }

  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->items)); i > 0; i--)
    {
      g_autoptr (LinkageToAskItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i - 1);

      if (g_strv_contains ((const char *const *)removal->names, linkage_to_ask_item_get_name (item)))
        g_list_store_remove (self->items, i - 1);
    }
  update (self);
  add_undo_toast (self, removal->names);
}

/* What the person said is done even when the dialog is closed at once: so there is no cancelling. */
static void
remove_names (LinkageToAskPage *self, GStrv names)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->page = g_object_ref (self);
  removal->names = g_strdupv (names);
  linkage_companion_account_remove_to_ask_async (self->account, (const char *const *)names, NULL, on_removed, removal);
}

static void
remove_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  char *names[] = { (char *)g_variant_get_string (parameter, NULL), NULL };

  remove_names (LINKAGE_TO_ASK_PAGE (widget), names);
}

static void
remove_asked_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (widget);
  g_auto (GStrv) names = dup_names (self, TRUE);

  if (names[0] != NULL)
    remove_names (self, names);
}

static void
copy_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (widget);
  g_auto (GStrv) names = dup_names (self, FALSE);
  guint n_names = g_strv_length (names);
  g_autofree char *text = g_strjoinv ("\n", names);
  /* Translators: %u is how many names are on the clipboard. */
  g_autofree char *sentence = g_strdup_printf (ngettext ("%u name copied", "%u names copied", n_names), n_names);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  add_sentence (self, sentence);
}

/* The portal has no interface: the person searches there, with the name on the clipboard. */
static void
search_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (widget);
  g_autoptr (LinkageAccountInfo) info = linkage_account_get_info (LINKAGE_ACCOUNT (self->account));
  const char *name = g_variant_get_string (parameter, NULL);
  g_autofree char *isolated = linkage_portal_text_isolate (name);
  g_autofree char *sentence = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), name);
  if (info != NULL && info->page != NULL)
    {
      linkage_compat_open_uri (GTK_WINDOW (gtk_widget_get_root (widget)), info->page);
      /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
      sentence = g_strdup_printf (_ ("To paste into the search: %s"), isolated);
    }
  else
    {
      /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
      sentence = g_strdup_printf (_ ("Copied, but no page to open: %s"), isolated);
    }
  add_sentence (self, sentence);
}

static void
window_action_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_WINDOW_ACTION], 0, g_variant_get_string (parameter, NULL));
}

static void
retry_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  reload (LINKAGE_TO_ASK_PAGE (widget));
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CLOSED], 0);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageToAskPage *self)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, linkage_to_ask_row_new (self->in_window));
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageToAskPage *self)
{
  linkage_to_ask_row_set_item (LINKAGE_TO_ASK_ROW (gtk_list_item_get_child (list_item)),
                               LINKAGE_TO_ASK_ITEM (gtk_list_item_get_item (list_item)), self->now);
}

static gboolean
linkage_to_ask_page_grab_focus (GtkWidget *widget)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (widget);

  return gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_to_ask_page_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_TO_ASK_PAGE (widget));

  GTK_WIDGET_CLASS (linkage_to_ask_page_parent_class)->unroot (widget);
}

static void
linkage_to_ask_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (object);

  switch ((LinkageToAskPageProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (self->title));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_to_ask_page_dispose (GObject *object)
{
  LinkageToAskPage *self = LINKAGE_TO_ASK_PAGE (object);
  GtkWidget *child;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->account);
  g_clear_object (&self->items);

  G_OBJECT_CLASS (linkage_to_ask_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_SEARCHES_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-to-ask-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, copy);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, quota);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, asked_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, asked);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, remove_asked);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, view);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageToAskPage, searches_popover);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
}

static void
linkage_to_ask_page_class_init (LinkageToAskPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_to_ask_page_get_property;
  object_class->dispose = linkage_to_ask_page_dispose;

  widget_class->unroot = linkage_to_ask_page_unroot;
  widget_class->grab_focus = linkage_to_ask_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WINDOW_ACTION] = g_signal_new ("window-action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "page.search", "s", search_activated);
  gtk_widget_class_install_action (widget_class, "page.remove", "s", remove_activated);
  gtk_widget_class_install_action (widget_class, "page.remove-asked", NULL, remove_asked_activated);
  gtk_widget_class_install_action (widget_class, "page.restore", "as", restore_activated);
  gtk_widget_class_install_action (widget_class, "page.copy", NULL, copy_activated);
  gtk_widget_class_install_action (widget_class, "page.retry", NULL, retry_activated);
  gtk_widget_class_install_action (widget_class, "page.window-action", "s", window_action_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_to_ask_page_init (LinkageToAskPage *self)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->items = g_list_store_new (LINKAGE_TYPE_TO_ASK_ITEM);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

/**
 * linkage_to_ask_page_new:
 * @account: whose list it is
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates the page and looks up which of the customers have appeared in the table.
 *
 * Returns: (transfer floating): a new #LinkageToAskPage
 */
GtkWidget *
linkage_to_ask_page_new (LinkageCompanionAccount *account, gboolean in_window)
{
  LinkageToAskPage *self;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_TO_ASK_PAGE, NULL);
  self->account = g_object_ref (account);
  self->in_window = in_window;
  gtk_widget_set_visible (self->back, in_window);
  linkage_searches_popover_set_account (self->searches_popover, account);
  g_signal_connect_object (account, "notify::info", G_CALLBACK (update_quota), self, G_CONNECT_SWAPPED);
  update_quota (self);
  reload (self);

  return GTK_WIDGET (self);
}
