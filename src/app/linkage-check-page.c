/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-check-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-check-entry.h"
#include "linkage-check-results.h"

struct _LinkageCheckPage
{
  GtkWidget parent_instance;

  LinkageCompanionAccount *account; /* (owned) (nullable) */
  GCancellable *cancellable;        /* (owned) (nullable): of the check that is under way */
  guint n_repeated;                 /* names of the latest list that stood there more than once */
  gboolean in_window;

  AdwWindowTitle *title;        /* (unowned) template child */
  GtkWidget *back;              /* (unowned) template child */
  GtkStack *stack;              /* (unowned) template child */
  LinkageCheckEntry *entry;     /* (unowned) template child */
  GtkLabel *checking;           /* (unowned) template child */
  LinkageCheckResults *results; /* (unowned) template child */
};

typedef enum
{
  PROP_TITLE = 1,
} LinkageCheckPageProperty;

static GParamSpec *properties[PROP_TITLE + 1];

typedef enum
{
  SIGNAL_CLOSED,
  SIGNAL_WINDOW_ACTION,
  N_SIGNALS,
} LinkageCheckPageSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageCheckPage, linkage_check_page, GTK_TYPE_WIDGET)

static gboolean
is_page (LinkageCheckPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show_child (LinkageCheckPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back, self->in_window || !is_page (self, "entry"));
}

static void
show_entry (LinkageCheckPage *self)
{
  show_child (self, "entry");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
cancel (LinkageCheckPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageCheckPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) matches =
    linkage_companion_account_check_list_finish (LINKAGE_COMPANION_ACCOUNT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (matches == NULL)
    {
      show_entry (self);
      linkage_check_entry_show_error (self->entry, error);
      return;
    }

  linkage_check_results_show (self->results, self->account, matches, self->n_repeated);
  show_child (self, "results");
  gtk_widget_grab_focus (GTK_WIDGET (self->results));
}

static void
check_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckPage *self = LINKAGE_CHECK_PAGE (widget);
  g_auto (GStrv) names = linkage_check_entry_collect (self->entry, &self->n_repeated);
  g_autofree char *checking = NULL;

  if (names == NULL)
    return;

  /* Translators: %'d is how many names are being looked up. */
  checking = g_strdup_printf (ngettext ("Checking %'d name…", "Checking %'d names…", g_strv_length (names)),
                              (int)g_strv_length (names));
  gtk_label_set_text (self->checking, checking);
  show_child (self, "checking");
  cancel (self);
  self->cancellable = g_cancellable_new ();
  linkage_companion_account_check_list_async (self->account, (const char *const *)names, self->cancellable, on_checked,
                                              g_object_ref (self));
}

static void
back_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageCheckPage *self = LINKAGE_CHECK_PAGE (widget);

  if (is_page (self, "entry"))
    {
      g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
      return;
    }

  cancel (self);
  show_entry (self);
}

static void
show_to_ask_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_WINDOW_ACTION], 0, "win.to-ask");
}

static gboolean
linkage_check_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINKAGE_CHECK_PAGE (widget)->entry));
}

/* What is under way holds a reference, so that nothing is disposed of before it ends. */
static void
linkage_check_page_unroot (GtkWidget *widget)
{
  cancel (LINKAGE_CHECK_PAGE (widget));

  GTK_WIDGET_CLASS (linkage_check_page_parent_class)->unroot (widget);
}

static void
linkage_check_page_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  LinkageCheckPage *self = LINKAGE_CHECK_PAGE (object);

  switch ((LinkageCheckPageProperty)property_id)
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
linkage_check_page_dispose (GObject *object)
{
  LinkageCheckPage *self = LINKAGE_CHECK_PAGE (object);
  GtkWidget *child;

  cancel (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (linkage_check_page_parent_class)->dispose (object);
}

static void
linkage_check_page_class_init (LinkageCheckPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = linkage_check_page_get_property;
  object_class->dispose = linkage_check_page_dispose;

  widget_class->unroot = linkage_check_page_unroot;
  widget_class->grab_focus = linkage_check_page_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SIGNAL_CLOSED] =
    g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_WINDOW_ACTION] = g_signal_new ("window-action", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LINKAGE_TYPE_CHECK_ENTRY);
  g_type_ensure (LINKAGE_TYPE_CHECK_RESULTS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-check-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, title);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, back);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, checking);
  gtk_widget_class_bind_template_child (widget_class, LinkageCheckPage, results);
  gtk_widget_class_install_action (widget_class, "page.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "page.check", NULL, check_activated);
  gtk_widget_class_install_action (widget_class, "page.show-to-ask", NULL, show_to_ask_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "page.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "page.back", NULL);
}

static void
linkage_check_page_init (LinkageCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * linkage_check_page_new:
 * @account: whose table is looked at
 * @in_window: whether it is a page of the window, which takes a way back, or in a dialog, which can be closed
 *
 * Creates the page, ready for names.
 *
 * Returns: (transfer floating): a new #LinkageCheckPage
 */
GtkWidget *
linkage_check_page_new (LinkageCompanionAccount *account, gboolean in_window)
{
  LinkageCheckPage *self;

  g_return_val_if_fail (LINKAGE_IS_COMPANION_ACCOUNT (account), NULL);

  self = g_object_new (LINKAGE_TYPE_CHECK_PAGE, NULL);
  self->account = g_object_ref (account);
  self->in_window = in_window;
  show_child (self, "entry");

  return GTK_WIDGET (self);
}
