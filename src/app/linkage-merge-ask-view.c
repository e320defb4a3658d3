/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-merge-ask-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "linkage-account-error.h"
#include "linkage-entry-error.h"
#include "linkage-error-text.h"
#include "linkage-portal-text.h"

#define MAX_NOTE 500 /* characters */

struct _LinkageMergeAskView
{
  GtkWidget parent_instance;

  LinkageMerges *merges;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): while it is sent */
  GPtrArray *choices;        /* (owned) (element-type GtkCheckButton): the suggested, then one for any other account */
  GStrv suggested_ids;       /* (owned) (nullable) */
  char *account_name;        /* (owned) (nullable): isolated */

  GtkBox *who;           /* (unowned) template child */
  GtkWidget *email_box;  /* (unowned) template child */
  GtkWidget *email;      /* (unowned) template child */
  GtkLabel *who_error;   /* (unowned) template child */
  GtkCheckButton *mine;  /* (unowned) template child */
  GtkLabel *mine_label;  /* (unowned) template child */
  GtkLabel *mine_hint;   /* (unowned) template child */
  GtkLabel *theirs_hint; /* (unowned) template child */
  GtkTextView *note;     /* (unowned) template child */
  GtkLabel *note_error;  /* (unowned) template child */
  GtkLabel *error;       /* (unowned) template child */
  GtkStack *send_stack;  /* (unowned) template child */
};

typedef enum
{
  SIGNAL_ASKED,
  N_SIGNALS,
} LinkageMergeAskViewSignal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinkageMergeAskView, linkage_merge_ask_view, GTK_TYPE_WIDGET)

/* (transfer none) (nullable): the suggested account that is chosen; null: one of whom the e-mail address is typed */
static const char *
get_chosen_id (LinkageMergeAskView *self)
{
  for (guint i = 0; i + 1 < self->choices->len; i++)
    {
      if (gtk_check_button_get_active (g_ptr_array_index (self->choices, i)))
        return self->suggested_ids[i];
    }

  return NULL;
}

static char *
dup_email (LinkageMergeAskView *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->email))));
}

static char *
dup_note (LinkageMergeAskView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
clear_errors (LinkageMergeAskView *self)
{
  linkage_entry_error_set (self->email, self->who_error, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->error), FALSE);
}

/* Too long a note is said while it is typed: nothing is cut off. */
static gboolean
check_note (LinkageMergeAskView *self)
{
  g_autofree char *note = dup_note (self);
  glong n_over = g_utf8_strlen (note, -1) - MAX_NOTE;
  g_autofree char *sentence = NULL;

  if (n_over > 0)
    sentence = g_strdup_printf (
      /* Translators: %u is by how many characters a text is too long. */
      ngettext ("%u character too long", "%u characters too long", (gulong)n_over), (guint)n_over);
  linkage_entry_error_set (GTK_WIDGET (self->note), self->note_error, sentence);

  return n_over <= 0;
}

static void
update (LinkageMergeAskView *self)
{
  gboolean by_email = get_chosen_id (self) == NULL;
  gboolean sending = self->cancellable != NULL;
  g_autofree char *email = dup_email (self);
  gboolean complete = check_note (self) && (!by_email || email[0] != '\0');

  gtk_widget_set_visible (self->email_box, by_email);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.send", complete && !sending && self->merges != NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->email), !sending);
  gtk_text_view_set_editable (self->note, !sending);
  gtk_stack_set_visible_child_name (self->send_stack, sending ? "sending" : "idle");
}

static gboolean
is_refused (const GError *error, const char *type)
{
  return g_strcmp0 (linkage_account_error_get_refusal (error), type) == 0;
}

/* What is wrong with who is asked; NULL: it is something else. */
static char *
get_who_sentence (LinkageMergeAskView *self, const GError *error)
{
  gboolean by_email = get_chosen_id (self) == NULL;
  g_autoptr (LinkageErrorText) text = NULL;

  if (is_refused (error, "merge-with-itself"))
    return g_strdup (_ ("This is the account you ask from. Choose another one."));
  if (is_refused (error, "not-found"))
    return g_strdup (by_email ? _ ("No account has an administrator with this address")
                              : _ ("The portal no longer has this account. Choose another one."));
  if (!g_error_matches (error, LINKAGE_ACCOUNT_ERROR, LINKAGE_ACCOUNT_ERROR_INVALID_FIELDS))
    return NULL;

  text = linkage_error_text_new (error);

  return g_strdup (text->sentence);
}

/* An error stands beneath the field that it is about. */
static void
show_error (LinkageMergeAskView *self, const GError *error)
{
  g_autofree char *who = get_who_sentence (self, error);
  g_autoptr (LinkageErrorText) text = NULL;

  if (who != NULL)
    {
      linkage_entry_error_set (self->email, self->who_error, who);
      if (get_chosen_id (self) == NULL)
        gtk_widget_grab_focus (self->email);
      return;
    }

  text = linkage_error_text_new (error);
  gtk_label_set_text (self->error, text->sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LinkageMergeAskView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean asked = linkage_merges_ask_finish (LINKAGE_MERGES (source), result, &error);

  g_clear_object (&self->cancellable);
  update (self);
  if (asked)
    g_signal_emit (self, signals[SIGNAL_ASKED], 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
send_activated (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  LinkageMergeAskView *self = LINKAGE_MERGE_ASK_VIEW (widget);
  const char *id = get_chosen_id (self);
  g_autofree char *email = id == NULL ? dup_email (self) : NULL;
  g_autofree char *note = dup_note (self);

  clear_errors (self);
  self->cancellable = g_cancellable_new ();
  update (self);
  linkage_merges_ask_async (self->merges, id, email, gtk_check_button_get_active (self->mine),
                            note[0] != '\0' ? note : NULL, self->cancellable, on_asked, g_object_ref (self));
}

static void
on_email_changed (GtkEditable *editable, LinkageMergeAskView *self)
{
  clear_errors (self);
  update (self);
}

static void
on_email_activated (GtkEntry *entry, LinkageMergeAskView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "ask.send", NULL);
}

static void
on_chosen (GtkCheckButton *choice, GParamSpec *pspec, LinkageMergeAskView *self)
{
  if (!gtk_check_button_get_active (choice))
    return;

  clear_errors (self);
  update (self);
}

static void
add_choice (LinkageMergeAskView *self, const char *text)
{
  GtkWidget *choice = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (choice), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (self->choices->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (choice), g_ptr_array_index (self->choices, 0));
  g_signal_connect_object (choice, "notify::active", G_CALLBACK (on_chosen), self, 0);
  g_ptr_array_add (self->choices, choice);
  gtk_box_append (self->who, choice);
}

static void
fill_choices (LinkageMergeAskView *self)
{
  guint n_suggestions = linkage_merges_get_n_suggestions (self->merges);
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->who))) != NULL)
    gtk_box_remove (self->who, child);
  g_clear_pointer (&self->suggested_ids, g_strfreev);
  self->suggested_ids = g_new0 (char *, n_suggestions + 1);
  for (guint i = 0; i < n_suggestions; i++)
    {
      g_autofree char *name = linkage_portal_text_isolate (linkage_merges_get_suggested_name (self->merges, i));

      self->suggested_ids[i] = g_strdup (linkage_merges_get_suggested_id (self->merges, i));
      add_choice (self, name);
    }

  add_choice (self, _ ("Another account"));
  gtk_widget_set_visible (GTK_WIDGET (self->who), n_suggestions > 0);
  gtk_check_button_set_active (g_ptr_array_index (self->choices, 0), TRUE);
}

static void
show_names (LinkageMergeAskView *self)
{
  /* Translators: %s is the name of the person's account. */
  g_autofree char *mine = g_strdup_printf (_ ("%s stays"), self->account_name);
  g_autofree char *mine_hint = g_strdup_printf (
    /* Translators: %s is the name of the person's account. */
    _ ("The other account is merged into %s and no longer exists then."), self->account_name);
  g_autofree char *theirs_hint = g_strdup_printf (
    /* Translators: %s is the name of the person's account. */
    _ ("%s is merged into the other account and no longer exists then."), self->account_name);

  gtk_label_set_text (self->mine_label, mine);
  gtk_label_set_text (self->mine_hint, mine_hint);
  gtk_label_set_text (self->theirs_hint, theirs_hint);
}

static gboolean
linkage_merge_ask_view_grab_focus (GtkWidget *widget)
{
  LinkageMergeAskView *self = LINKAGE_MERGE_ASK_VIEW (widget);

  if (get_chosen_id (self) == NULL)
    return gtk_widget_grab_focus (self->email);

  return gtk_widget_grab_focus (g_ptr_array_index (self->choices, 0));
}

static void
linkage_merge_ask_view_unroot (GtkWidget *widget)
{
  LinkageMergeAskView *self = LINKAGE_MERGE_ASK_VIEW (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  GTK_WIDGET_CLASS (linkage_merge_ask_view_parent_class)->unroot (widget);
}

static void
linkage_merge_ask_view_dispose (GObject *object)
{
  LinkageMergeAskView *self = LINKAGE_MERGE_ASK_VIEW (object);
  GtkWidget *child;

  g_ptr_array_set_size (self->choices, 0);
  g_clear_object (&self->merges);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (linkage_merge_ask_view_parent_class)->dispose (object);
}

static void
linkage_merge_ask_view_finalize (GObject *object)
{
  LinkageMergeAskView *self = LINKAGE_MERGE_ASK_VIEW (object);

  g_ptr_array_unref (self->choices);
  g_clear_pointer (&self->suggested_ids, g_strfreev);
  g_free (self->account_name);

  G_OBJECT_CLASS (linkage_merge_ask_view_parent_class)->finalize (object);
}

static void
linkage_merge_ask_view_class_init (LinkageMergeAskViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = linkage_merge_ask_view_dispose;
  object_class->finalize = linkage_merge_ask_view_finalize;
  widget_class->grab_focus = linkage_merge_ask_view_grab_focus;
  widget_class->unroot = linkage_merge_ask_view_unroot;

  signals[SIGNAL_ASKED] =
    g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/linkage-merge-ask-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, who);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, email_box);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, email);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, who_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, mine);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, mine_label);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, mine_hint);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, theirs_hint);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, note);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, note_error);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, error);
  gtk_widget_class_bind_template_child (widget_class, LinkageMergeAskView, send_stack);
  gtk_widget_class_bind_template_callback (widget_class, on_email_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_email_activated);
  gtk_widget_class_install_action (widget_class, "ask.send", NULL, send_activated);
}

static void
linkage_merge_ask_view_init (LinkageMergeAskView *self)
{
  self->choices = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->note), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}

/**
 * linkage_merge_ask_view_begin:
 * @self: a #LinkageMergeAskView
 * @merges: the merge requests of the account that asks, which were read
 * @account_name: its name
 *
 * Offers the accounts that the portal suggests. What was typed before is still there.
 */
void
linkage_merge_ask_view_begin (LinkageMergeAskView *self, LinkageMerges *merges, const char *account_name)
{
  g_return_if_fail (LINKAGE_IS_MERGE_ASK_VIEW (self));
  g_return_if_fail (LINKAGE_IS_MERGES (merges));
  g_return_if_fail (account_name != NULL);

  g_set_object (&self->merges, merges);
  g_free (self->account_name);
  self->account_name = linkage_portal_text_isolate (account_name);
  fill_choices (self);
  show_names (self);
  clear_errors (self);
  update (self);
}
