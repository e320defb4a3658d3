/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-companions-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-date-text.h"
#include "linkage-merge-companion.h"
#include "linkage-portal-text.h"

struct _LinkageMergeCompanionsView
{
  GtkWidget parent_instance;

  LinkageAccountManager *manager; /* (owned) (nullable) */
  GPtrArray *entries;             /* (owned) (nullable) (element-type LinkageAccountEntry) */
  GPtrArray *choices;             /* (owned) (element-type GtkCheckButton): one for each of entries */
  GtkCheckButton *nobody;         /* (owned): chosen until the person chooses; it is not shown */

  GtkBox *who;       /* (unowned) template child */
  GtkLabel *stays;   /* (unowned) template child */
  GtkLabel *meaning; /* (unowned) template child */
};

typedef enum
{
  SIGNAL_REVIEW,
  N_SIGNALS,
} LinkageMergeCompanionsViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergeCompanionsView, linkage_merge_companions_view, GTK_TYPE_WIDGET)

/* (transfer none) (nullable) */
static LinkageAccountEntry *
get_chosen (LinkageMergeCompanionsView *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      if (gtk_check_button_get_active (g_ptr_array_index (self->choices, i)))
        return g_ptr_array_index (self->entries, i);
    }

  return NULL;
}

static void
update (LinkageMergeCompanionsView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "companions.review", get_chosen (self) != NULL);
}

static void
review_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeCompanionsView *self = LINKAGE_MERGE_COMPANIONS_VIEW (widget);
  g_autoptr (LinkageMergeSource) source = linkage_merge_companion_new (self->manager, get_chosen (self));

  g_signal_emit (self, signals[SIGNAL_REVIEW], 0, source);
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);

  return label;
}

static void
add_choice (LinkageMergeCompanionsView *self, LinkageAccountEntry *entry)
{
  GtkWidget *choice = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *plain = linkage_account_entry_dup_name (entry);
  g_autofree char *name = linkage_portal_text_isolate (plain);
  gint64 updated_at = linkage_account_get_updated_at (linkage_account_entry_get_account (entry));
  g_autofree char *copied = linkage_date_text_format_copied (updated_at, g_get_real_time () / G_USEC_PER_SEC, NULL);
  GtkWidget *subtitle = make_label (copied);

  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_margin_start (box, 6);
  gtk_box_append (GTK_BOX (box), make_label (name));
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, copied, -1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), self->nobody);
  g_signal_connect_object (choice, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->choices, choice);
  gtk_box_append (self->who, choice);
}

static void
fill_choices (LinkageMergeCompanionsView *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->who))) != NULL)
    gtk_box_remove (self->who, child);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = linkage_merge_companion_list (self->manager);
  for (guint i = 0; i < self->entries->len; i++)
    add_choice (self, g_ptr_array_index (self->entries, i));

  gtk_check_button_set_active (self->nobody, self->choices->len != 1);
  if (self->choices->len == 1)
    gtk_check_button_set_active (g_ptr_array_index (self->choices, 0), TRUE);
}

static void
show_name (LinkageMergeCompanionsView *self)
{
  g_autofree char *plain = linkage_account_entry_dup_name (linkage_account_manager_get_current_entry (self->manager));
  g_autofree char *name = linkage_portal_text_isolate (plain);
  /* Translators: %s is the name of the person's account. */
  g_autofree char *stays = g_strdup_printf (_ ("%s stays"), name);
  g_autofree char *meaning = g_strdup_printf (
    /* Translators: %s is the name of the account that is shown. */
    _ ("The other account is merged into %s and no longer exists then. Its data is set aside, not deleted. To keep "
       "the other account instead, switch to it first."),
    name);

  gtk_label_set_text (self->stays, stays);
  gtk_label_set_text (self->meaning, meaning);
}

static gboolean
linkage_merge_companions_view_grab_focus (GtkWidget *widget)
{
  LinkageMergeCompanionsView *self = LINKAGE_MERGE_COMPANIONS_VIEW (widget);

  if (self->choices->len == 0)
    return FALSE;

  for (guint i = 0; i < self->choices->len; i++)
    {
      if (gtk_check_button_get_active (g_ptr_array_index (self->choices, i)))
        return gtk_widget_grab_focus (g_ptr_array_index (self->choices, i));
    }

  return gtk_widget_grab_focus (g_ptr_array_index (self->choices, 0));
}

static void
linkage_merge_companions_view_dispose (GObject *object)
{
  LinkageMergeCompanionsView *self = LINKAGE_MERGE_COMPANIONS_VIEW (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->nobody);
  g_clear_object (&self->manager);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merge_companions_view_parent_class)->dispose (object);
}

static void
linkage_merge_companions_view_finalize (GObject *object)
{
  g_ptr_array_unref (LINKAGE_MERGE_COMPANIONS_VIEW (object)->choices);

  G_OBJECT_CLASS (linkage_merge_companions_view_parent_class)->finalize (object);
}

static void
linkage_merge_companions_view_class_init (LinkageMergeCompanionsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_merge_companions_view_dispose;
  object_class->finalize = linkage_merge_companions_view_finalize;
  widget_class->grab_focus = linkage_merge_companions_view_grab_focus;

  /**
   * LinkageMergeCompanionsView::review:
   * @self: the view
   * @source: the merge that the person chose
   *
   * The person wants to see what it would do.
   */
  signals[SIGNAL_REVIEW] = g_signal_new ("review", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, LINKAGE_TYPE_MERGE_SOURCE);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merge-companions-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeCompanionsView, who);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeCompanionsView, stays);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeCompanionsView, meaning);
  gtk_widget_class_install_action (widget_class, "companions.review", NULL, review_activated);
}

static void
linkage_merge_companions_view_init (LinkageMergeCompanionsView *self)
{
  self->choices = g_ptr_array_new ();
  self->nobody = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * linkage_merge_companions_view_begin:
 * @self: a #LinkageMergeCompanionsView
 * @manager: the accounts; the current one is a companion account
 *
 * Offers the other companion accounts. The only one is chosen.
 */
void
linkage_merge_companions_view_begin (LinkageMergeCompanionsView *self, LinkageAccountManager *manager)
{
  g_return_if_fail (LINKAGE_IS_MERGE_COMPANIONS_VIEW (self));
  g_return_if_fail (LINKAGE_IS_ACCOUNT_MANAGER (manager));

  g_set_object (&self->manager, manager);
  fill_choices (self);
  show_name (self);
  update (self);
}
