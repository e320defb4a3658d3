/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-import-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-copy-date-button.h"
#include "linkage-error-text.h"
#include "linkage-import-changes.h"
#include "linkage-import-columns.h"
#include "linkage-import-source.h"
#include "linkage-import-wording.h"

#define DIALOG_WIDTH 760 /* pixels: with room for the five filters side by side */

struct _LinkageImportView
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  LinkageImportTable *table;        /* (owned) (nullable): null until it is read */
  GCancellable *reading;            /* (owned) (nullable): while something is read */
  GCancellable *previewing;         /* (owned) (nullable): while a preview is made */
  GCancellable *saving;             /* (owned) (nullable): while the import is saved */
  guint n_saved;                    /* rows that the plan would save */

  GtkWidget *back;               /* (unowned) template child */
  GtkStack *stack;               /* (unowned) template child */
  GtkLabel *busy_label;          /* (unowned) template child */
  AdwStatusPage *problem;        /* (unowned) template child */
  GtkWidget *again;              /* (unowned) template child */
  GtkWidget *another;            /* (unowned) template child */
  GtkLabel *summary;             /* (unowned) template child */
  GtkSpinner *spinner;           /* (unowned) template child */
  GtkLabel *explanation;         /* (unowned) template child */
  GtkLabel *notice;              /* (unowned) template child */
  LinkageCopyDateButton *date;   /* (unowned) template child */
  GtkExpander *expander;         /* (unowned) template child */
  LinkageImportColumns *columns; /* (unowned) template child */
  GtkStack *changes_stack;       /* (unowned) template child */
  LinkageImportChanges *changes; /* (unowned) template child */
  GtkWidget *missing_box;        /* (unowned) template child */
  GtkCheckButton *whole;         /* (unowned) template child */
  GtkLabel *missing;             /* (unowned) template child */
  GtkButton *accept;             /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
  PROP_DIALOG_WIDTH,
} LinkageImportViewProperty;

static GParamSpec *properties[PROP_DIALOG_WIDTH + 1];

typedef enum
{
  SIGNAL_CLOSED,
  SIGNAL_OPEN_PAGE,
  SIGNAL_OPEN_FILE,
  SIGNAL_IMPORTED,
  N_SIGNALS,
} LinkageImportViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageImportView, linkage_import_view, GTK_TYPE_WIDGET)

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static GCancellable *
restart (GCancellable **cancellable)
{
  cancel (cancellable);
  *cancellable = g_cancellable_new ();

  return *cancellable;
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
show_busy (LinkageImportView *self, const char *words)
{
  gtk_label_set_text (self->busy_label, words);
  gtk_stack_set_visible_child_name (self->stack, "busy");
}

static void
show_problem (LinkageImportView *self, const GError *error)
{
  g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);
  g_autofree char *description = g_markup_escape_text (text->sentence, -1);

  adw_status_page_set_title (self->problem, text->title);
  adw_status_page_set_description (self->problem, description);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_child_focus (GTK_WIDGET (self->problem), GTK_DIR_TAB_FORWARD);
}

/* sentence: (nullable): null: nothing */
static void
show_notice (LinkageImportView *self, const char *sentence)
{
  gtk_label_set_text (self->notice, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), sentence != NULL);
}

/* An older copy than a row was seen in has nothing new to say, and of such a row nothing is saved. */
static guint
count_saved (LinkageImportPlan *plan)
{
  guint n_saved = 0;

  for (guint i = 0; i < linkage_import_plan_get_n_changes (plan); i++)
    n_saved += linkage_import_plan_get_change (plan, i)->result != NULL;

  return n_saved;
}

static char *
describe_missing (guint n_missing)
{
  /* Translators: %u is a number of rows of the list that a copy does not have. */
  return g_strdup_printf (ngettext ("%u row is missing here", "%u rows are missing here", n_missing), n_missing);
}

static void
update_missing (LinkageImportView *self, LinkageImportPlan *plan)
{
  guint n_missing = plan != NULL ? linkage_import_plan_get_missing (plan)->len : 0;
  g_autofree char *text = describe_missing (n_missing);

  gtk_label_set_text (self->missing, text);
  gtk_widget_set_visible (self->missing_box, n_missing > 0);
}

static gboolean
marks_missing (LinkageImportView *self)
{
  return gtk_widget_get_visible (self->missing_box) && gtk_check_button_get_active (self->whole);
}

static gboolean
changes_nothing (LinkageImportView *self, LinkageImportPlan *plan)
{
  return linkage_import_plan_count (plan, LINKAGE_IMPORT_NEW) == 0 &&
         linkage_import_plan_count (plan, LINKAGE_IMPORT_CHANGED) == 0 &&
         linkage_import_plan_count (plan, LINKAGE_IMPORT_UNCHANGED) > 0 && !marks_missing (self);
}

static void
update_accept (LinkageImportView *self, LinkageImportPlan *plan)
{
  gboolean can_save = plan != NULL && self->previewing == NULL && self->n_saved > 0;
  g_autofree char *label = NULL;

  if (plan == NULL || self->n_saved == 0)
    label = g_strdup (C_ ("button of an import", "Import"));
  else if (changes_nothing (self, plan))
    label = g_strdup (_ ("Record This Copy"));
  else
    /* Translators: A button; %u is how many rows are imported. */
    label = g_strdup_printf (ngettext ("Import %u Row", "Import %u Rows", self->n_saved), self->n_saved);

  gtk_button_set_label (self->accept, label);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept", can_save);
}

static const char *
get_explanation (LinkageImportView *self, LinkageImportPlan *plan)
{
  if (!changes_nothing (self, plan))
    return _ ("Nothing is saved until you import.");
  if (self->n_saved == 0)
    return _ ("Your list has a newer copy of these rows, so this one has nothing to add.");

  return _ ("Everything is up to date. You can record that you looked.");
}

/* plan: (nullable): null as long as it is not known what the columns hold */
static void
update_summary (LinkageImportView *self, LinkageImportPlan *plan)
{
  g_autofree char *counts = plan != NULL ? linkage_import_wording_get_summary (plan) : NULL;
  const char *summary = counts != NULL ? counts : _ ("Which column is what?");

  gtk_label_set_text (self->summary, summary);
  /* Who listens hears it where the focus is once there is something to import. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->accept), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_label_set_text (self->explanation, plan != NULL ? get_explanation (self, plan)
                                                      : _ ("The headings are not known. Choose at least which column "
                                                           "holds the customer and which the status."));
}

static void
update (LinkageImportView *self)
{
  LinkageImportPlan *plan = linkage_import_changes_get_plan (self->changes);

  update_summary (self, plan);
  update_missing (self, plan);
  update_accept (self, plan);
  gtk_spinner_set_spinning (self->spinner, self->previewing != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->date), plan != NULL);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageImportView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportPlan) plan =
    linkage_companion_account_preview_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);
  gboolean is_first;

  if (is_cancelled (error))
    return;

  g_clear_object (&self->previewing);
  if (plan == NULL)
    {
      show_problem (self, error);
      return;
    }

  is_first = !g_str_equal (gtk_stack_get_visible_child_name (self->stack), "review");
  linkage_import_changes_set_plan (self->changes, plan);
  self->n_saved = count_saved (plan);
  gtk_stack_set_visible_child_name (self->changes_stack, "changes");
  gtk_stack_set_visible_child_name (self->stack, "review");
  update (self);
  if (is_first)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* What was shown before stays until it is known. */
static void
preview (LinkageImportView *self)
{
  const LinkageImportMapping *mapping = linkage_import_columns_get_mapping (self->columns);

  if (!linkage_import_mapping_is_usable (mapping))
    {
      cancel (&self->previewing);
      linkage_import_changes_reset (self->changes);
      gtk_stack_set_visible_child_name (self->changes_stack, "unknown");
      gtk_stack_set_visible_child_name (self->stack, "review");
      update (self);
      return;
    }

  linkage_companion_account_preview_async (self->account, self->table, mapping,
                                           linkage_copy_date_button_get_time (self->date), restart (&self->previewing),
                                           on_previewed, g_object_ref (self));
  update (self);
}

static void
on_corrected (LinkageImportView *self)
{
  show_notice (self, NULL);
  preview (self);
}

static void
on_chosen (LinkageImportView *self)
{
  self->n_saved = count_saved (linkage_import_changes_get_plan (self->changes));
  update (self);
}

static void
on_whole_toggled (LinkageImportView *self)
{
  update (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageImportView) self = user_data;
  LinkageImportMapping mapping;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageImportTable) table =
    linkage_companion_account_read_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &mapping, &error);
  gboolean is_usable;

  if (is_cancelled (error))
    return;

  g_clear_object (&self->reading);
  if (table == NULL)
    {
      show_problem (self, error);
      return;
    }

  is_usable = linkage_import_mapping_is_usable (&mapping);
  self->table = g_steal_pointer (&table);
  linkage_import_columns_set_table (self->columns, self->table, &mapping);
  gtk_expander_set_expanded (self->expander, !is_usable);
  show_busy (self, _ ("Comparing…"));
  preview (self);
  if (!is_usable)
    gtk_widget_grab_focus (GTK_WIDGET (self->columns));
}

static void
on_brought (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageImportView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_file;
  g_autoptr (LinkageImportSource) brought = linkage_import_source_read_finish (result, &is_file, &error);

  if (is_cancelled (error))
    return;

  gtk_widget_set_visible (self->again, !is_file);
  gtk_widget_set_visible (self->another, is_file);
  if (brought == NULL)
    {
      g_clear_object (&self->reading);
      show_problem (self, error);
      return;
    }

  linkage_copy_date_button_set_time (self->date, brought->copied_at);
  show_notice (self, brought->n_left_out > 0 ? _ ("Several files at once: only the first was opened.") : NULL);
  linkage_companion_account_read_async (self->account, brought->bytes, brought->hint, self->reading, on_read,
                                        g_object_ref (self));
}

/* Forgets what was brought before. */
static GCancellable *
begin_reading (LinkageImportView *self)
{
  cancel (&self->previewing);
  g_clear_pointer (&self->table, linkage_import_table_unref);
  linkage_import_changes_reset (self->changes);
  gtk_check_button_set_active (self->whole, FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.accept", FALSE);
  show_busy (self, _ ("Reading…"));

  return restart (&self->reading);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageImportView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (linkage_companion_account_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error))
    {
      g_clear_object (&self->saving);
      g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, self->n_saved);
      return;
    }
  if (is_cancelled (error))
    return;

  g_clear_object (&self->saving);
  gtk_stack_set_visible_child_name (self->stack, "review");
  if (g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_TOO_LATE))
    {
      show_notice (self, _ ("Your list was changed meanwhile, so nothing was saved. Look at the changes again."));
      preview (self);
    }
  else
    {
      g_autoptr (LinkageErrorText) text = linkage_error_text_new (error);

      show_notice (self, text->sentence);
    }
}

static void
accept_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportView *self = LINKAGE_IMPORT_VIEW (widget);

  show_notice (self, NULL);
  show_busy (self, _ ("Saving…"));
  linkage_companion_account_apply_async (self->account, linkage_import_changes_get_plan (self->changes),
                                         marks_missing (self), restart (&self->saving), on_saved, g_object_ref (self));
}

/* What is being saved is taken back as long as it waits; anything else is closed. */
static void
cancel_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportView *self = LINKAGE_IMPORT_VIEW (widget);

  if (self->saving == NULL)
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  cancel (&self->saving);
  gtk_stack_set_visible_child_name (self->stack, "review");
  gtk_widget_grab_focus (widget);
}

static void
paste_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageImportView *self = LINKAGE_IMPORT_VIEW (widget);

  if (self->saving == NULL)
    linkage_import_view_paste (self);
}

static void
open_page_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_PAGE], 0);
}

static void
open_another_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_FILE], 0);
}

static gboolean
linkage_import_view_grab_focus (GtkWidget *widget)
{
  LinkageImportView *self = LINKAGE_IMPORT_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->accept)) && gtk_widget_get_sensitive (GTK_WIDGET (self->accept)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->accept));
  if (gtk_widget_get_mapped (GTK_WIDGET (self->changes)))
    return gtk_widget_child_focus (GTK_WIDGET (self->changes), GTK_DIR_TAB_FORWARD);

  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
cancel_all (LinkageImportView *self)
{
  cancel (&self->reading);
  cancel (&self->previewing);
  cancel (&self->saving);
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_import_view_unroot (GtkWidget *widget)
{
  cancel_all (LINKAGE_IMPORT_VIEW (widget));

  GTK_WIDGET_CLASS (linkage_import_view_parent_class)->unroot (widget);
}

static void
linkage_import_view_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  switch ((LinkageImportViewProperty)property_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, _ ("Review Changes"));
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
linkage_import_view_dispose (GObject *object)
{
  LinkageImportView *self = LINKAGE_IMPORT_VIEW (object);
  GtkWidget *child;

  cancel_all (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);
  g_clear_pointer (&self->table, linkage_import_table_unref);

  G_OBJECT_CLASS (linkage_import_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (LINKAGE_TYPE_COPY_DATE_BUTTON);
  g_type_ensure (LINKAGE_TYPE_IMPORT_CHANGES);
  g_type_ensure (LINKAGE_TYPE_IMPORT_COLUMNS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-import-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, busy_label);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, problem);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, again);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, another);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, summary);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, spinner);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, explanation);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, notice);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, date);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, expander);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, columns);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, changes_stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, changes);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, missing_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, whole);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, missing);
  gtk_widget_class_bind_template_child (widget_class, LinkageImportView, accept);
  gtk_widget_class_bind_template_callback (widget_class, on_corrected);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_whole_toggled);
}

static void
linkage_import_view_class_init (LinkageImportViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_import_view_get_property;
  object_class->dispose = linkage_import_view_dispose;

  widget_class->grab_focus = linkage_import_view_grab_focus;
  widget_class->unroot = linkage_import_view_unroot;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DIALOG_WIDTH] =
    g_param_spec_int ("dialog-width", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPEN_PAGE] =
    g_signal_new ("open-page", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_OPEN_FILE] =
    g_signal_new ("open-file", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "import.accept", NULL, accept_activated);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_activated);
  gtk_widget_class_install_action (widget_class, "import.paste", NULL, paste_activated);
  gtk_widget_class_install_action (widget_class, "import.open-page", NULL, open_page_activated);
  gtk_widget_class_install_action (widget_class, "import.open-another", NULL, open_another_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "import.cancel", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "import.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "import.accept", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "import.accept", NULL);
}

static void
linkage_import_view_init (LinkageImportView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_import_view_new:
 * @account: an account whose rows a person brings
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates the view, empty.
 *
 * Returns: (transfer floating): a new #LinkageImportView
 */
GtkWidget *
linkage_import_view_new (LinkageCompanionAccount *account, gboolean in_window)
{
  LinkageImportView *self;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_IMPORT_VIEW, NULL);
  self->account = g_object_ref (account);
  gtk_widget_set_visible (self->back, in_window);

  return GTK_WIDGET (self);
}

/**
 * linkage_import_view_paste:
 * @self: a #LinkageImportView
 *
 * Reads the clipboard and shows what importing it would do.
 */
void
linkage_import_view_paste (LinkageImportView *self)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_VIEW (self));

  linkage_import_source_read_clipboard_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), begin_reading (self),
                                              on_brought, g_object_ref (self));
}

/**
 * linkage_import_view_drop:
 * @self: a #LinkageImportView
 * @drop: what was dropped
 *
 * Reads what was dropped and shows what importing it would do.
 */
void
linkage_import_view_drop (LinkageImportView *self, GdkDrop *drop)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_VIEW (self));
  g_return_if_fail (GDK_IS_DROP (drop));

  linkage_import_source_read_drop_async (drop, begin_reading (self), on_brought, g_object_ref (self));
}

/**
 * linkage_import_view_open:
 * @self: a #LinkageImportView
 * @file: a file
 *
 * Reads a file and shows what importing it would do.
 */
void
linkage_import_view_open (LinkageImportView *self, GFile *file)
{
  g_return_if_fail (LINKAGE_IS_IMPORT_VIEW (self));
  g_return_if_fail (G_IS_FILE (file));

  linkage_import_source_read_file_async (file, begin_reading (self), on_brought, g_object_ref (self));
}
