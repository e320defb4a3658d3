/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-requests-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-cell-utils.h"
#include "linkage-details-row.h"
#include "linkage-error-text.h"
#include "linkage-merge-text.h"
#include "linkage-portal-text.h"

struct _LinkageMergeRequestsView
{
  GtkWidget parent_instance;

  LinkageMerges *merges;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): while they are read */
  gboolean read;
  gboolean answering; /* the open one is declined or withdrawn */

  GtkStack *stack;            /* (unowned) template child */
  AdwStatusPage *error_page;  /* (unowned) template child */
  GtkWidget *none_box;        /* (unowned) template child */
  GtkWidget *ask_button;      /* (unowned) template child */
  GtkWidget *open_box;        /* (unowned) template child */
  GtkLabel *request;          /* (unowned) template child */
  GtkLabel *asked;            /* (unowned) template child */
  GtkLabel *note;             /* (unowned) template child */
  GtkLabel *meaning;          /* (unowned) template child */
  GtkWidget *review_button;   /* (unowned) template child */
  GtkWidget *decline_button;  /* (unowned) template child */
  GtkWidget *withdraw_button; /* (unowned) template child */
  GtkSwitch *suggest;         /* (unowned) template child */
  GtkWidget *closed_box;      /* (unowned) template child */
  GtkListBox *closed;         /* (unowned) template child */
};

typedef enum
{
  SIGNAL_ASK,
  SIGNAL_REVIEW,
  SIGNAL_SAID,
  N_SIGNALS,
} LinkageMergeRequestsViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergeRequestsView, linkage_merge_requests_view, GTK_TYPE_WIDGET)

static void
say_error (LinkageMergeRequestsView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

  g_signal_emit (self, signals[SIGNAL_SAID], 0, text->sentence);
}

/* (transfer none) (nullable) */
static LinkageMergeRequest *
find_open (LinkageMergeRequestsView *self)
{
  GPtrArray *requests = linkage_merges_get_requests (self->merges);

  for (guint i = 0; i < requests->len; i++)
    {
      LinkageMergeRequest *request = g_ptr_array_index (requests, i);

      if (request->status == LINKAGE_MERGE_STATUS_OPEN)
        return request;
    }

  return NULL;
}

static void
show_open (LinkageMergeRequestsView *self, const LinkageMergeRequest *request)
{
  g_autofree char *what = linkage_merge_text_get_request (request);
  g_autofree char *asked = linkage_merge_text_get_asked (request, NULL);
  g_autofree char *meaning = linkage_merge_text_get_meaning (request);
  g_autofree char *note = request->note != NULL ? linkage_portal_text_isolate (request->note) : NULL;

  gtk_label_set_text (self->request, what);
  gtk_label_set_text (self->asked, asked);
  gtk_label_set_text (self->meaning, meaning);
  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL && note[0] != '\0');
  gtk_widget_set_visible (self->review_button, request->incoming);
  gtk_widget_set_visible (self->decline_button, request->incoming);
  gtk_widget_set_visible (self->withdraw_button, !request->incoming);
}

static void
show_closed (LinkageMergeRequestsView *self)
{
  GPtrArray *requests = linkage_merges_get_requests (self->merges);
  GtkListBoxRow *row;
  guint n_closed = 0;

  while ((row = gtk_list_box_get_row_at_index (self->closed, 0)) != NULL)
    gtk_list_box_remove (self->closed, GTK_WIDGET (row));

  for (guint i = 0; i < requests->len; i++)
    {
      const LinkageMergeRequest *request = g_ptr_array_index (requests, i);
      g_autofree char *outcome = NULL;
      g_autofree char *asked = NULL;
      const char *lines[3] = { NULL };

      if (request->status == LINKAGE_MERGE_STATUS_OPEN)
        continue;

      outcome = linkage_merge_text_get_outcome (request, NULL);
      asked = linkage_merge_text_get_asked (request, NULL);
      lines[0] = asked;
      lines[1] = request->note;
      gtk_list_box_append (self->closed, linkage_details_row_new (outcome, lines));
      n_closed++;
    }

  gtk_widget_set_visible (self->closed_box, n_closed > 0);
}

static gboolean
is_focus_lost (LinkageMergeRequestsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus == NULL || !gtk_widget_get_mapped (focus);
}

static void
update (LinkageMergeRequestsView *self)
{
  LinkageMergeRequest *open = self->merges != NULL ? find_open (self) : NULL;
  gboolean can_answer = open != NULL && !self->answering;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "requests.review", can_answer && open->incoming);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "requests.decline", can_answer && open->incoming);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "requests.withdraw", can_answer && !open->incoming);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "requests.ask", self->merges != NULL && open == NULL);
  if (self->merges == NULL || !self->read)
    return;

  gtk_widget_set_visible (self->none_box, open == NULL);
  gtk_widget_set_visible (self->open_box, open != NULL);
  if (open != NULL)
    show_open (self, open);
  show_closed (self);
  gtk_switch_set_active (self->suggest, linkage_merges_get_suggestions_enabled (self->merges));
  gtk_switch_set_state (self->suggest, linkage_merges_get_suggestions_enabled (self->merges));
  gtk_stack_set_visible_child_name (self->stack, "requests");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && is_focus_lost (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_error (LinkageMergeRequestsView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  g_autofree char *description = g_markup_escape_text (text->sentence, -1);

  adw_status_page_set_title (self->error_page, text->title);
  adw_status_page_set_description (self->error_page, description);
  gtk_stack_set_visible_child_name (self->stack, "error");
  if (is_focus_lost (self))
    gtk_widget_child_focus (GTK_WIDGET (self->error_page), GTK_DIR_TAB_FORWARD);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeRequestsView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean read = linkage_merges_read_finish (LINKAGE_MERGES (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (read)
    {
      self->read = TRUE;
      update (self);
    }
  else
    {
      show_error (self, error);
    }
}

static void
cancel (LinkageMergeRequestsView *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (LinkageMergeRequestsView *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  linkage_merges_read_async (self->merges, self->cancellable, on_read, g_object_ref (self));
}

static void
end_answering (LinkageMergeRequestsView *self, const GError *error, const char *sentence)
{
  self->answering = FALSE;
  update (self);
  if (error != NULL)
    say_error (self, error);
  else
    g_signal_emit (self, signals[SIGNAL_SAID], 0, sentence);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_declined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeRequestsView) self = user_data;
  g_autoptr (GError) error = NULL;

  linkage_merges_decline_finish (LINKAGE_MERGES (source), result, &error);
  end_answering (self, error, _ ("Request declined"));
}

static void
on_withdrawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeRequestsView) self = user_data;
  g_autoptr (GError) error = NULL;

  linkage_merges_withdraw_finish (LINKAGE_MERGES (source), result, &error);
  end_answering (self, error, _ ("Request withdrawn"));
}

/* What the person said is done even when the page is closed at once: so there is no cancelling. */
static void
decline_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (widget);

  self->answering = TRUE;
  update (self);
  linkage_merges_decline_async (self->merges, find_open (self)->id, NULL, on_declined, g_object_ref (self));
}

static void
withdraw_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (widget);

  self->answering = TRUE;
  update (self);
  linkage_merges_withdraw_async (self->merges, find_open (self)->id, NULL, on_withdrawn, g_object_ref (self));
}

static void
review_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (widget);

  g_signal_emit (self, signals[SIGNAL_REVIEW], 0, find_open (self));
}

static void
ask_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_ASK], 0);
}

static void
retry_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (widget);

  gtk_stack_set_visible_child_name (self->stack, "loading");
  reload (self);
}

static void
on_switched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeRequestsView) self = user_data;
  g_autoptr (GError) error = NULL;

  linkage_merges_set_suggestions_enabled_finish (LINKAGE_MERGES (source), result, &error);
  gtk_widget_set_sensitive (GTK_WIDGET (self->suggest), TRUE);
  update (self);
  if (error != NULL)
    say_error (self, error);
}

/* The switch shows what the portal says: it moves at once, and its state follows. */
static gboolean
on_suggest_set (GtkSwitch *widget, gboolean enabled, LinkageMergeRequestsView *self)
{
  if (self->merges == NULL || enabled == linkage_merges_get_suggestions_enabled (self->merges))
    return FALSE;

  gtk_widget_set_sensitive (GTK_WIDGET (widget), FALSE);
  linkage_merges_set_suggestions_enabled_async (self->merges, enabled, NULL, on_switched, g_object_ref (self));

  return TRUE;
}

static gboolean
grab_focus_if_shown (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) && gtk_widget_grab_focus (widget);
}

static gboolean
linkage_merge_requests_view_grab_focus (GtkWidget *widget)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (widget);

  return grab_focus_if_shown (self->review_button) || grab_focus_if_shown (self->withdraw_button) ||
         grab_focus_if_shown (self->ask_button) ||
         gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
linkage_merge_requests_view_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_MERGE_REQUESTS_VIEW (widget));

  GTK_WIDGET_CLASS (linkage_merge_requests_view_parent_class)->unroot (widget);
}

static void
linkage_merge_requests_view_dispose (GObject *object)
{
  LinkageMergeRequestsView *self = LINKAGE_MERGE_REQUESTS_VIEW (object);
  GtkWidget *child;

  cancel (self);
  if (self->merges != NULL)
    g_signal_handlers_disconnect_by_data (self->merges, self);
  g_clear_object (&self->merges);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merge_requests_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merge-requests-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, error_page);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, none_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, ask_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, open_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, request);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, asked);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, note);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, meaning);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, review_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, decline_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, withdraw_button);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, suggest);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, closed_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeRequestsView, closed);
  gtk_widget_class_bind_template_callback (widget_class, on_suggest_set);
}

static void
linkage_merge_requests_view_class_init (LinkageMergeRequestsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linkage_merge_requests_view_dispose;
  widget_class->grab_focus = linkage_merge_requests_view_grab_focus;
  widget_class->unroot = linkage_merge_requests_view_unroot;

  signals[SIGNAL_ASK] =
    g_signal_new ("ask", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REVIEW] = g_signal_new ("review", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LINKAGE_TYPE_MERGE_REQUEST);
  signals[SIGNAL_SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "requests.ask", NULL, ask_activated);
  gtk_widget_class_install_action (widget_class, "requests.review", NULL, review_activated);
  gtk_widget_class_install_action (widget_class, "requests.decline", NULL, decline_activated);
  gtk_widget_class_install_action (widget_class, "requests.withdraw", NULL, withdraw_activated);
  gtk_widget_class_install_action (widget_class, "requests.retry", NULL, retry_activated);
}

static void
linkage_merge_requests_view_init (LinkageMergeRequestsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  linkage_cell_utils_set_label (GTK_WIDGET (self->closed), _ ("Earlier Requests"));
}

/**
 * linkage_merge_requests_view_set_merges:
 * @self: a #LinkageMergeRequestsView
 * @merges: an account's merge requests
 *
 * Reads and shows them, and from now on what becomes of them. Called once.
 */
void
linkage_merge_requests_view_set_merges (LinkageMergeRequestsView *self, LinkageMerges *merges)
{
  g_return_if_fail (LINKAGE_IS_MERGE_REQUESTS_VIEW (self));
  g_return_if_fail (LINKAGE_IS_MERGES (merges));
  g_return_if_fail (self->merges == NULL);

  self->merges = g_object_ref (merges);
  g_signal_connect_object (merges, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  reload (self);
}
