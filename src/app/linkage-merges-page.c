/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merges-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-merge-answer.h"
#include "linkage-merge-ask-view.h"
#include "linkage-merge-companions-view.h"
#include "linkage-merge-requests-view.h"
#include "linkage-merge-view.h"

#define DIALOG_WIDTH 600 /* pixels */

struct _LinkageMergesPage
{
  GtkWidget parent_instance;

  const char *first;     /* (unowned): what there is no way back from */
  LinkageMerges *merges; /* (owned) (nullable): null where the portal has no part in it */
  char *account_name;    /* (owned) (nullable) */
  gboolean in_window;

  GtkWidget *back;                             /* (unowned) template child */
  AdwToastOverlay *toast_overlay;              /* (unowned) template child */
  GtkStack *stack;                             /* (unowned) template child */
  LinkageMergeRequestsView *requests_view;     /* (unowned) template child */
  LinkageMergeCompanionsView *companions_view; /* (unowned) template child */
  LinkageMergeAskView *ask_view;               /* (unowned) template child */
  LinkageMergeView *review_view;               /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_DIALOG_WIDTH,
} LinkageMergesPageProperty;

static GParamSpec *properties[PROP_DIALOG_WIDTH + 1];

typedef enum
{
  SIGNAL_CLOSED,
  SIGNAL_MERGED,
  N_SIGNALS,
} LinkageMergesPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergesPage, linkage_merges_page, GTK_TYPE_WIDGET)

/* The title is asked for while the template is built, too. */
static gboolean
shows (LinkageMergesPage *self, const char *name)
{
  return self->stack != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static const char *
get_title (LinkageMergesPage *self)
{
  if (shows (self, "ask"))
    return _ ("Ask to Merge");
  if (shows (self, "review"))
    return _ ("What the Merge Would Do");
  if (shows (self, "companions"))
    return _ ("Merge With Another Account");

  return _ ("Merge Requests");
}

/* In a dialog the first page is closed by the title bar's button; from the others one goes back. */
static void
show_child (LinkageMergesPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, self->in_window || !shows (self, self->first));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
begin (LinkageMergesPage *self, const char *name)
{
  self->first = name;
  show_child (self, name);
}

/* What was just done is said at once. */
static void
say (LinkageMergesPage *self, const char *sentence)
{
  g_autofree char *title = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
on_ask (LinkageMergeRequestsView *view, LinkageMergesPage *self)
{
  linkage_merge_ask_view_begin (self->ask_view, self->merges, self->account_name);
  show_child (self, "ask");
}

static void
on_asked (LinkageMergeAskView *view, LinkageMergesPage *self)
{
  show_child (self, "requests");
  say (self, _ ("Request sent"));
}

static void
on_review (LinkageMergeRequestsView *view, LinkageMergeRequest *request, LinkageMergesPage *self)
{
  g_autoptr (LinkageMergeSource) source = linkage_merge_answer_new (self->merges, request->id);

  linkage_merge_view_set_source (self->review_view, source);
  show_child (self, "review");
}

static void
on_companion_review (LinkageMergeCompanionsView *view, LinkageMergeSource *source, LinkageMergesPage *self)
{
  linkage_merge_view_set_source (self->review_view, source);
  show_child (self, "review");
}

static void
on_said (LinkageMergeRequestsView *view, const char *sentence, LinkageMergesPage *self)
{
  say (self, sentence);
}

static void
on_merged (LinkageMergeView *view, LinkageMergePreview *preview, LinkageMergesPage *self)
{
  g_signal_emit (self, signals[SIGNAL_MERGED], 0, preview);
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergesPage *self = LINKAGE_MERGES_PAGE (widget);

  if (shows (self, "review") && linkage_merge_view_go_back (self->review_view))
    return;
  if (shows (self, self->first))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  show_child (self, self->first);
  linkage_merge_view_set_source (self->review_view, NULL);
}

static gboolean
linkage_merges_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (LINKAGE_MERGES_PAGE (widget)->stack));
}

static void
linkage_merges_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageMergesPage *self = LINKAGE_MERGES_PAGE (object);

  switch ((LinkageMergesPageProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, get_title (self));
      break;
    case PROP_DIALOG_WIDTH:
      g_value_set_int (value, DIALOG_WIDTH);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
linkage_merges_page_dispose (GObject *object)
{
  LinkageMergesPage *self = LINKAGE_MERGES_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->merges);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merges_page_parent_class)->dispose (object);
}

static void
linkage_merges_page_finalize (GObject *object)
{
  g_free (LINKAGE_MERGES_PAGE (object)->account_name);

  G_OBJECT_CLASS (linkage_merges_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_MERGE_ASK_VIEW);
  g_type_ensure (LINKAGE_TYPE_MERGE_COMPANIONS_VIEW);
  g_type_ensure (LINKAGE_TYPE_MERGE_REQUESTS_VIEW);
  g_type_ensure (LINKAGE_TYPE_MERGE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merges-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, requests_view);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, companions_view);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, ask_view);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergesPage, review_view);
  gtk_widget_class_bind_template_callback (widget_class, on_ask);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_review);
  gtk_widget_class_bind_template_callback (widget_class, on_companion_review);
  gtk_widget_class_bind_template_callback (widget_class, on_said);
  gtk_widget_class_bind_template_callback (widget_class, on_merged);
}

static void
linkage_merges_page_class_init (LinkageMergesPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_merges_page_get_property;
  object_class->dispose = linkage_merges_page_dispose;
  object_class->finalize = linkage_merges_page_finalize;
  widget_class->grab_focus = linkage_merges_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DIALOG_WIDTH] =
    g_param_spec_int ("dialog-width", NULL, NULL, 0, G_MAXINT, DIALOG_WIDTH, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MERGED] = g_signal_new ("merged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LINKAGE_TYPE_MERGE_PREVIEW);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_merges_page_init (LinkageMergesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_merges_page_new:
 * @merges: an account's merge requests
 * @account_name: its name
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates a page on which accounts are asked, and answer.
 *
 * Returns: (transfer floating): a new #LinkageMergesPage
 */
GtkWidget *
linkage_merges_page_new (LinkageMerges *merges, const char *account_name, gboolean in_window)
{
  LinkageMergesPage *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_MERGES (merges), NULL);
  g_return_val_if_fail (account_name != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_MERGES_PAGE, NULL);
  self->merges = g_object_ref (merges);
  self->account_name = g_strdup (account_name);
  self->in_window = in_window;
  linkage_merge_requests_view_set_merges (self->requests_view, merges);
  begin (self, "requests");

  return GTK_WIDGET (self);
}

/**
 * linkage_merges_page_new_for_source:
 * @source: a merge that nobody else is asked about
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates a page that shows what a merge would do, and does it.
 *
 * Returns: (transfer floating): a new #LinkageMergesPage
 */
GtkWidget *
linkage_merges_page_new_for_source (LinkageMergeSource *source, gboolean in_window)
{
  LinkageMergesPage *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_MERGE_SOURCE (source), NULL);

  self = g_object_new (LINKAGE_TYPE_MERGES_PAGE, NULL);
  self->in_window = in_window;
  linkage_merge_view_set_source (self->review_view, source);
  begin (self, "review");

  return GTK_WIDGET (self);
}

/**
 * linkage_merges_page_new_for_companions:
 * @manager: the accounts; the current one is a companion account
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates a page on which another companion account is chosen and merged into the current one.
 *
 * Returns: (transfer floating): a new #LinkageMergesPage
 */
GtkWidget *
linkage_merges_page_new_for_companions (LinkageAccountManager *manager, gboolean in_window)
{
  LinkageMergesPage *self = NULL;

  g_return_val_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager), NULL);

  self = g_object_new (LINKAGE_TYPE_MERGES_PAGE, NULL);
  self->in_window = in_window;
  linkage_merge_companions_view_begin (self->companions_view, manager);
  begin (self, "companions");

  return GTK_WIDGET (self);
}

/**
 * linkage_merges_page_get_source:
 * @self: a #LinkageMergesPage
 *
 * Gets the merge that is shown.
 *
 * Returns: (transfer none) (nullable): it; %NULL where none is
 */
LinkageMergeSource *
linkage_merges_page_get_source (LinkageMergesPage *self)
{
  g_return_val_if_fail (LINKAGE_IS_MERGES_PAGE (self), NULL);

  return linkage_merge_view_get_source (self->review_view);
}
