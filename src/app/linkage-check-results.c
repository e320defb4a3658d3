/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-results.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-check-list.h"
#include "linkage-check-row.h"
#include "linkage-check-text.h"
#include "linkage-compat-ui.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"
#include "linkage-rules.h"

struct _LinkageCheckResults
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  LinkageCheckList *list;           /* (owned) (nullable) */
  GStrv kept;                       /* (owned) (nullable): what is in To Ask */
  guint n_keeping;                  /* how many names are just being kept */
  AdwToast *undo_toast;             /* (owned) (nullable): the one that is shown */
  gint64 now;                       /* of the account, when the list was checked */
  char *group;                      /* (owned): what is shown */

  AdwToastOverlay *toast_overlay;             /* (unowned) template child */
  GtkLabel *counts;                           /* (unowned) template child */
  GtkLabel *repeated;                         /* (unowned) template child */
  GtkButton *toggles[LINKAGE_CHECK_N_GROUPS]; /* (unowned) template children */
  GtkStack *stack;                            /* (unowned) template child */
  GtkScrolledWindow *scroller;                /* (unowned) template child */
  GtkListView *view;                          /* (unowned) template child */
  GtkButton *keep;                            /* (unowned) template child */
};

typedef enum
{
  PROP_GROUP = 1,
} LinkageCheckResultsProperty;

static GParamSpec *properties[PROP_GROUP + 1];

static const char *const group_names[LINKAGE_CHECK_N_GROUPS] = {
  [LINKAGE_CHECK_GROUP_ALL] = "all",
  [LINKAGE_CHECK_GROUP_EXACT] = "exact",
  [LINKAGE_CHECK_GROUP_LIKELY] = "likely",
  [LINKAGE_CHECK_GROUP_MISSING] = "missing",
};

G_DEFINE_FINAL_TYPE (LinkageCheckResults, linkage_check_results, GTK_TYPE_WIDGET)

/* What was just done is said at once; an Undo that stands there comes back after it. */
static void
add_sentence (LinkageCheckResults *self, const char *sentence)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
add_error (LinkageCheckResults *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  add_sentence (self, text->sentence);
}

/* One button for the next step: to keep the names, then to see them where they are kept. */
static void
update_keep (LinkageCheckResults *self)
{
  g_auto (GStrv) names = linkage_check_list_dup_missing (self->list, (const char *const *)self->kept);
  guint n_names = g_strv_length (names);
  g_autofree char *label = NULL;

  if (n_names > 0)
    /* Translators: A button: puts names on the list “To Ask”. %u is how many. */
    label = g_strdup_printf (ngettext ("_Keep %u in To Ask", "_Keep %u in To Ask", n_names), n_names);
  else if (linkage_check_list_count (self->list, LINKAGE_CHECK_GROUP_MISSING) > 0)
    label = g_strdup (_ ("_Show To Ask"));
  gtk_widget_set_visible (GTK_WIDGET (self->keep), label != NULL);
  if (label != NULL)
    linkage_compat_set_button_label (self->keep, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->keep), n_names > 0 ? "results.keep" : "page.show-to-ask");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.keep", n_names > 0 && self->n_keeping == 0);
}

/* What a toggle says, and how many names it shows. */
static void
name_toggle (LinkageCheckResults *self, LinkageCheckGroup group)
{
  GtkButton *toggle = self->toggles[group];
  const char *word = gtk_label_get_text (GTK_LABEL (gtk_button_get_child (toggle)));
  g_autofree char *name =
    /* Translators: A button that shows only some names of a list: first which, then how many there are. */
    g_strdup_printf (C_ ("filter with a count", "%1$s (%2$u)"), word, linkage_check_list_count (self->list, group));

  linkage_cell_utils_set_label (GTK_WIDGET (toggle), name);
}

static void
update_counts (LinkageCheckResults *self)
{
  g_autofree char *counts =
    linkage_check_text_get_counts (linkage_check_list_count (self->list, LINKAGE_CHECK_GROUP_EXACT),
                                   linkage_check_list_count (self->list, LINKAGE_CHECK_GROUP_LIKELY),
                                   linkage_check_list_count (self->list, LINKAGE_CHECK_GROUP_MISSING));
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->list)) == 0;

  gtk_label_set_text (self->counts, counts);
  for (LinkageCheckGroup group = 0; group < LINKAGE_CHECK_N_GROUPS; group++)
    name_toggle (self, group);
  gtk_stack_set_visible_child_name (self->stack, is_empty ? "none" : "list");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.copy", !is_empty);
}

static void
update (LinkageCheckResults *self)
{
  update_counts (self);
  update_keep (self);
}

static void
read_kept (LinkageCheckResults *self)
{
  g_autoptr (GError) error = NULL;
  GStrv kept = linkage_companion_account_list_to_ask (self->account, &error);

  if (kept == NULL)
    {
      add_error (self, error);
      kept = g_new0 (char *, 1);
    }
  g_strfreev (self->kept);
  self->kept = kept;
}

static void
forget_undo (LinkageCheckResults *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->undo_toast);

  if (toast != NULL)
    adw_toast_dismiss (toast);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCheckResults) self = user_data;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;
  gboolean kept = linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);
  guint n_names = self->n_keeping;

  self->n_keeping = 0;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  read_kept (self);
  update_keep (self);
  if (!kept)
    {
      add_error (self, error);
      return;
    }

  forget_undo (self);
  /* Translators: %u is how many names are on the list “To Ask” from now on. */
  sentence = g_strdup_printf (ngettext ("%u kept", "%u kept", n_names), n_names);
  add_sentence (self, sentence);
}

/* What the person said is kept even when the dialog is closed at once: so there is no cancelling. */
static void
keep_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (widget);
  g_auto (GStrv) names = linkage_check_list_dup_missing (self->list, (const char *const *)self->kept);

  self->n_keeping = g_strv_length (names);
  gtk_widget_action_set_enabled (widget, "results.keep", FALSE);
  linkage_companion_account_add_to_ask_async (self->account, (const char *const *)names, NULL, on_kept,
                                              g_object_ref (self));
}

static void
copy_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (widget);
  g_autofree char *text = linkage_check_list_to_text (self->list, self->now);
  guint n_names = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autofree char *sentence = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  sentence = g_strdup_printf (
    /* Translators: %u is how many names with their results are on the clipboard. */
    ngettext ("%u result copied for a spreadsheet", "%u results copied for a spreadsheet", n_names), n_names);
  add_sentence (self, sentence);
}

static void
add_undo_toast (LinkageCheckResults *self, guint position)
{
  g_autofree char *name =
    linkage_portal_text_isolate (linkage_check_item_get_name (linkage_check_list_get (self->list, position)));
  /* Translators: %s is a customer's name. Keep it last: it is cut off where it has no room. */
  g_autofree char *text = g_strdup_printf (_ ("Not in your list: %s"), name);
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "results.restore");
  adw_toast_set_action_target (toast, "u", position);
  adw_toast_set_timeout (toast, LINKAGE_RULES_UNDO_SECONDS);
  forget_undo (self);
  self->undo_toast = g_object_ref (toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
reject_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (widget);
  guint position = g_variant_get_uint32 (parameter);

  linkage_check_list_reject (self->list, position, TRUE);
  update (self);
  add_undo_toast (self, position);
}

static void
restore_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (widget);

  linkage_check_list_reject (self->list, g_variant_get_uint32 (parameter), FALSE);
  update (self);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, linkage_check_row_new ());
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageCheckResults *self)
{
  linkage_check_row_set_item (LINKAGE_CHECK_ROW (gtk_list_item_get_child (list_item)),
                              LINKAGE_CHECK_ITEM (gtk_list_item_get_item (list_item)), self->now);
}

static LinkageCheckGroup
find_group (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (group_names); i++)
    {
      if (g_strcmp0 (group_names[i], name) == 0)
        return i;
    }

  return LINKAGE_CHECK_GROUP_ALL;
}

static void
set_group (LinkageCheckResults *self, const char *name)
{
  LinkageCheckGroup group = find_group (name);

  if (g_str_equal (self->group, group_names[group]))
    return;

  g_free (self->group);
  self->group = g_strdup (group_names[group]);
  if (self->list != NULL)
    {
      linkage_check_list_set_group (self->list, group);
      update_counts (self);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUP]);
}

static gboolean
linkage_check_results_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_CHECK_RESULTS (widget)->view));
}

static void
linkage_check_results_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (object);

  switch ((LinkageCheckResultsProperty)property_id)
    {
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_check_results_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (object);

  switch ((LinkageCheckResultsProperty)property_id)
    {
    case PROP_GROUP:
      set_group (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_check_results_dispose (GObject *object)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->undo_toast);
  g_clear_object (&self->account);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (linkage_check_results_parent_class)->dispose (object);
}

static void
linkage_check_results_finalize (GObject *object)
{
  LinkageCheckResults *self = LINKAGE_CHECK_RESULTS (object);

  g_strfreev (self->kept);
  g_free (self->group);

  G_OBJECT_CLASS (linkage_check_results_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-check-results.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, counts);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, repeated);
  for (guint i = 0; i < LINKAGE_CHECK_N_GROUPS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, group_names[i], FALSE,
                                               G_STRUCT_OFFSET (LinkageCheckResults, toggles[i]));
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, view);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckResults, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
}

static void
linkage_check_results_class_init (LinkageCheckResultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_check_results_get_property;
  object_class->set_property = linkage_check_results_set_property;
  object_class->dispose = linkage_check_results_dispose;
  object_class->finalize = linkage_check_results_finalize;

  widget_class->grab_focus = linkage_check_results_grab_focus;

  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, "all",
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "results.group", "group");
  gtk_widget_class_install_action (widget_class, "results.keep", NULL, keep_activated);
  gtk_widget_class_install_action (widget_class, "results.copy", NULL, copy_activated);
  gtk_widget_class_install_action (widget_class, "results.reject", "u", reject_activated);
  gtk_widget_class_install_action (widget_class, "results.restore", "u", restore_activated);
}

static void
linkage_check_results_init (LinkageCheckResults *self)
{
  self->group = g_strdup (group_names[LINKAGE_CHECK_GROUP_ALL]);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_check_results_show:
 * @self: a #LinkageCheckResults
 * @account: whose table was looked at
 * @matches: (element-type LinkageNameMatch): what became of each name
 * @n_repeated: how many stood in the list more than once
 *
 * Shows the results of a check from the beginning.
 */
void
linkage_check_results_show (LinkageCheckResults *self,
                            LinkageCompanionAccount *account,
                            GPtrArray *matches,
                            guint n_repeated)
{
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autofree char *repeated = NULL;

  g_return_if_fail (LINKAGE_IS_CHECK_RESULTS (self));
  g_return_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account));
  g_return_if_fail (matches != NULL);

  forget_undo (self);
  g_set_object (&self->account, account);
  self->now = linkage_account_get_now (LINKAGE_ACCOUNT (account));
  g_clear_object (&self->list);
  self->list = linkage_check_list_new (matches);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  set_group (self, group_names[LINKAGE_CHECK_GROUP_ALL]);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));

  /* Translators: %u is how many names of a list were repetitions. */
  repeated = g_strdup_printf (ngettext ("%u name stood there more than once and counts once.",
                                        "%u names stood there more than once and count once.", n_repeated),
                              n_repeated);
  gtk_label_set_text (self->repeated, repeated);
  gtk_widget_set_visible (GTK_WIDGET (self->repeated), n_repeated > 0);
  read_kept (self);
  update (self);
}
