/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-account-error.h"
#include "linkage-error-text.h"
#include "linkage-merge-model.h"
#include "linkage-merge-preview-row.h"
#include "linkage-merge-text.h"

struct _LinkageMergeView
{
  GtkWidget parent_instance;

  LinkageMergeSource *source; /* (owned) (nullable) */
  LinkageMergeModel *model;   /* (owned) (nullable) */
  LinkageMergePreview *asked; /* (owned) (nullable): what the question is about */
  gboolean merging;
  gboolean outdated; /* something changed since the person saw it */

  GtkStack *stack;            /* (unowned) template child */
  AdwStatusPage *error_page;  /* (unowned) template child */
  GtkWidget *outdated_notice; /* (unowned) template child */
  GtkLabel *title;            /* (unowned) template child */
  GtkLabel *counts;           /* (unowned) template child */
  GtkLabel *searches;         /* (unowned) template child */
  GtkWidget *scroller;        /* (unowned) template child */
  GtkListView *list;          /* (unowned) template child */
  GtkWidget *problem_box;     /* (unowned) template child */
  GtkLabel *problem;          /* (unowned) template child */
  GtkLabel *end;              /* (unowned) template child */
  GtkLabel *question;         /* (unowned) template child */
  GtkLabel *question_counts;  /* (unowned) template child */
  GtkLabel *question_end;     /* (unowned) template child */
  GtkLabel *prompt;           /* (unowned) template child */
  GtkWidget *name;            /* (unowned) template child */
  GtkLabel *error;            /* (unowned) template child */
  GtkStack *merge_stack;      /* (unowned) template child */
};

typedef enum
{
  SIGNAL_MERGED,
  N_SIGNALS,
} LinkageMergeViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergeView, linkage_merge_view, GTK_TYPE_WIDGET)

static gboolean
is_asking (LinkageMergeView *self)
{
  return self->asked != NULL;
}

static void
update_action (LinkageMergeView *self)
{
  gboolean is_name = is_asking (self) && linkage_merge_text_is_name (gtk_editable_get_text (GTK_EDITABLE (self->name)),
                                                                     self->asked->going_name);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.accept", is_name && !self->merging);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.back", !self->merging);
  gtk_editable_set_editable (GTK_EDITABLE (self->name), !self->merging);
  gtk_stack_set_visible_child_name (self->merge_stack, self->merging ? "merging" : "idle");
}

static void
set_error (LinkageMergeView *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), sentence != NULL);
}

static void
show_preview (LinkageMergeView *self, const LinkageMergePreview *preview)
{
  g_autofree char *title = linkage_merge_text_get_title (preview);
  g_autofree char *counts = linkage_merge_text_get_counts (preview);
  g_autofree char *searches = linkage_merge_text_get_searches (preview);
  g_autofree char *end = linkage_merge_text_get_end (preview);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->counts, counts);
  gtk_label_set_text (self->searches, searches);
  gtk_label_set_text (self->end, end);
  gtk_widget_set_visible (self->outdated_notice, self->outdated);
  gtk_widget_set_visible (self->scroller, preview->total > 0);
}

/* What was read stays readable where no more of it can be. */
static void
show_problem (LinkageMergeView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = error != NULL ? linkage_error_text_new (error) : NULL;

  gtk_widget_set_visible (self->problem_box, error != NULL);
  if (text != NULL)
    gtk_label_set_text (self->problem, text->sentence);
}

static void
show_error_page (LinkageMergeView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  g_autofree char *description = g_markup_escape_text (text->sentence, -1);

  adw_status_page_set_title (self->error_page, text->title);
  adw_status_page_set_description (self->error_page, description);
}

static const char *
choose_page (LinkageMergeView *self)
{
  if (is_asking (self))
    return "question";
  if (self->model != NULL && linkage_merge_model_get_preview (self->model) != NULL)
    return "preview";
  if (self->model != NULL && linkage_merge_model_get_error (self->model) != NULL)
    return "error";

  return "loading";
}

/* GTK would leave the focus in a page that is not shown any more. */
static void
focus_page (LinkageMergeView *self)
{
  if (is_asking (self))
    gtk_widget_grab_focus (self->name);
  else
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
update (LinkageMergeView *self)
{
  const LinkageMergePreview *preview = self->model != NULL ? linkage_merge_model_get_preview (self->model) : NULL;
  const GError *error = self->model != NULL ? linkage_merge_model_get_error (self->model) : NULL;
  const char *page = choose_page (self);
  gboolean appears = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), page) != 0;

  if (preview != NULL)
    {
      show_preview (self, preview);
      show_problem (self, error);
    }
  else if (error != NULL)
    {
      show_error_page (self, error);
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.proceed", preview != NULL);
  update_action (self);
  gtk_stack_set_visible_child_name (self->stack, page);
  if (appears && gtk_widget_get_mapped (GTK_WIDGET (self)))
    focus_page (self);
}

static void
stop_asking (LinkageMergeView *self)
{
  g_clear_pointer (&self->asked, linkage_merge_preview_unref);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
  set_error (self, NULL);
}

static void
on_begun_anew (LinkageMergeModel *model, LinkageMergeView *self)
{
  self->outdated = TRUE;
}

/* The question is about what was shown: that is not so any more. */
static void
show_anew (LinkageMergeView *self)
{
  stop_asking (self);
  self->outdated = TRUE;
  linkage_merge_model_load (self->model);
}

static gboolean
is_outdated (const GError *error)
{
  return g_strcmp0 (linkage_account_error_get_refusal (error), "merge-stale") == 0 ||
         g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TOO_LATE);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageErrorText) text = NULL;
  gboolean merged = linkage_merge_source_merge_finish (LINKAGE_MERGE_SOURCE (source), result, &error);

  if (self->source != LINKAGE_MERGE_SOURCE (source))
    return;

  self->merging = FALSE;
  if (merged)
    {
      g_autoptr (LinkageMergePreview) preview = linkage_merge_preview_ref (self->asked);

      g_signal_emit (self, signals[SIGNAL_MERGED], 0, preview);
      return;
    }
  if (is_outdated (error))
    {
      show_anew (self);
      return;
    }

  text = linkage_error_text_new (error);
  set_error (self, text->sentence);
  update (self);
  gtk_widget_grab_focus (self->name);
}

/* What the person said is done even when the page is closed at once: so there is no cancelling. */
static void
accept_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeView *self = LINKAGE_MERGE_VIEW (widget);

  set_error (self, NULL);
  self->merging = TRUE;
  update (self);
  linkage_merge_source_merge_async (self->source, self->asked, NULL, on_merged, g_object_ref (self));
}

static void
proceed_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeView *self = LINKAGE_MERGE_VIEW (widget);
  g_autofree char *question = NULL;
  g_autofree char *counts = NULL;
  g_autofree char *end = NULL;
  g_autofree char *prompt = NULL;

  self->outdated = FALSE;
  self->asked = linkage_merge_preview_ref (linkage_merge_model_get_preview (self->model));
  question = linkage_merge_text_get_question (self->asked);
  counts = linkage_merge_text_get_counts (self->asked);
  end = linkage_merge_text_get_end (self->asked);
  prompt = linkage_merge_text_get_prompt (self->asked);
  gtk_label_set_text (self->question, question);
  gtk_label_set_text (self->question_counts, counts);
  gtk_label_set_text (self->question_end, end);
  gtk_label_set_text (self->prompt, prompt);
  update (self);
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_merge_view_go_back (LINKAGE_MERGE_VIEW (widget));
}

static void
retry_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  linkage_merge_model_retry (LINKAGE_MERGE_VIEW (widget)->model);
}

static void
on_name_changed (GtkEditable *editable, LinkageMergeView *self)
{
  set_error (self, NULL);
  update_action (self);
}

static void
on_name_activated (GtkEntry *entry, LinkageMergeView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "merge.accept", NULL);
}

static void
on_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageMergeView *self)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_child (list_item, linkage_merge_preview_row_new ());
}

static void
on_item_bound (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageMergeView *self)
{
  linkage_merge_preview_row_set_item (LINKAGE_MERGE_PREVIEW_ROW (gtk_list_item_get_child (list_item)),
                                      LINKAGE_MERGE_ITEM (gtk_list_item_get_item (list_item)));
}

static void
on_item_unbound (GtkSignalListItemFactory *factory, GtkListItem *list_item, LinkageMergeView *self)
{
  linkage_merge_preview_row_set_item (LINKAGE_MERGE_PREVIEW_ROW (gtk_list_item_get_child (list_item)), NULL);
}

static gboolean
linkage_merge_view_grab_focus (GtkWidget *widget)
{
  focus_page (LINKAGE_MERGE_VIEW (widget));

  return TRUE;
}

static void
let_go (LinkageMergeView *self)
{
  if (self->model != NULL)
    {
      linkage_merge_model_cancel (self->model);
      g_signal_handlers_disconnect_by_data (self->model, self);
    }
  g_clear_object (&self->model);
  g_clear_object (&self->source);
  g_clear_pointer (&self->asked, linkage_merge_preview_unref);
}

static void
linkage_merge_view_unroot (GtkWidget *widget)
{
  LinkageMergeView *self = LINKAGE_MERGE_VIEW (widget);

  if (self->model != NULL)
    linkage_merge_model_cancel (self->model);

  GTK_WIDGET_CLASS (linkage_merge_view_parent_class)->unroot (widget);
}

static void
linkage_merge_view_dispose (GObject *object)
{
  LinkageMergeView *self = LINKAGE_MERGE_VIEW (object);
  GtkWidget *child;

  let_go (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merge_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merge-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, outdated_notice);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, counts);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, searches);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, scroller);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, list);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, problem_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, problem);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, end);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, question);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, question_counts);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, question_end);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, prompt);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, name);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeView, merge_stack);
  gtk_widget_class_bind_template_callback (widget_class, on_name_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_item_set_up);
  gtk_widget_class_bind_template_callback (widget_class, on_item_bound);
  gtk_widget_class_bind_template_callback (widget_class, on_item_unbound);
}

static void
linkage_merge_view_class_init (LinkageMergeViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_merge_view_dispose;
  widget_class->grab_focus = linkage_merge_view_grab_focus;
  widget_class->unroot = linkage_merge_view_unroot;

  /**
   * LinkageMergeView::merged:
   * @self: the view
   * @preview: what was done
   *
   * The accounts are one.
   */
  signals[SIGNAL_MERGED] = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LINKAGE_TYPE_MERGE_PREVIEW);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "merge.proceed", NULL, proceed_activated);
  gtk_widget_class_install_action (widget_class, "merge.accept", NULL, accept_activated);
  gtk_widget_class_install_action (widget_class, "merge.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "merge.retry", NULL, retry_activated);
}

static void
linkage_merge_view_init (LinkageMergeView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * linkage_merge_view_set_source:
 * @self: a #LinkageMergeView
 * @source: (nullable): the merge to decide on; %NULL: none any more
 *
 * Shows what a merge would do.
 */
void
linkage_merge_view_set_source (LinkageMergeView *self, LinkageMergeSource *source)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_return_if_fail (LINKAGE_IS_MERGE_VIEW (self));
  g_return_if_fail (source == NULL || LINKAGE_IS_MERGE_SOURCE (source));

  let_go (self);
  stop_asking (self);
  self->merging = FALSE;
  self->outdated = FALSE;
  if (source != NULL)
    {
      self->source = g_object_ref (source);
      self->model = linkage_merge_model_new (source);
      g_signal_connect_object (self->model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->model, "begun-anew", G_CALLBACK (on_begun_anew), self, 0);
      selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
    }

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  if (self->model != NULL)
    linkage_merge_model_load (self->model);
  update (self);
}

/**
 * linkage_merge_view_get_source:
 * @self: a #LinkageMergeView
 *
 * Gets the merge that is shown.
 *
 * Returns: (transfer none) (nullable): it; %NULL where none is
 */
LinkageMergeSource *
linkage_merge_view_get_source (LinkageMergeView *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_VIEW (self), NULL);

  return self->source;
}

/**
 * linkage_merge_view_go_back:
 * @self: a #LinkageMergeView
 *
 * Goes from the question back to what the merge would do.
 *
 * Returns: %FALSE where there is nothing to go back to; what is being done cannot be left
 */
gboolean
linkage_merge_view_go_back (LinkageMergeView *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGE_VIEW (self), FALSE);

  if (self->merging)
    return TRUE;
  if (!is_asking (self))
    return FALSE;

  stop_asking (self);
  update (self);

  return TRUE;
}
