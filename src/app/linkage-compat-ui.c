/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-app"

#include "config.h"

#include "linkage-compat-ui.h"

#include <glib/gi18n.h>

typedef struct
{
  LinkageCompatAnswer accepted;
  gpointer user_data;
  GDestroyNotify destroy;
} Answer;

static void
answer_free (gpointer data, GClosure *closure)
{
  Answer *answer = data;

  answer->destroy (answer->user_data);
  g_free (answer);
}

static void
response_cb (GObject *dialog, const char *response, gpointer user_data)
{
  Answer *answer = user_data;

  if (g_str_equal (response, "accept"))
    answer->accepted (answer->user_data);
}

/**
 * linkage_compat_ask:
 * @parent: the window that asks
 * @heading: the question
 * @body: what to know; plain text
 * @cancel: (nullable): the label of the button that does nothing; %NULL for something that can only be read
 * @accept: the label of the button that answers yes
 * @accepted: called when the person said yes
 * @user_data: for @accepted
 * @destroy: frees @user_data
 *
 * Asks the person a question.
 *
 * The older way goes with a floor of libadwaita 1.5.
 */
void
linkage_compat_ask (GtkWindow *parent,
                    const char *heading,
                    const char *body,
                    const char *cancel,
                    const char *accept,
                    LinkageCompatAnswer accepted,
                    gpointer user_data,
                    GDestroyNotify destroy)
{
  Answer *answer;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL && body != NULL && accept != NULL);
  g_return_if_fail (accepted != NULL && destroy != NULL);

  answer = g_new (Answer, 1);
  *answer = (Answer){ accepted, user_data, destroy };

#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  if (cancel != NULL)
    adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", cancel);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "accept", accept);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), cancel != NULL ? "cancel" : "accept");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), cancel != NULL ? "cancel" : "accept");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), answer, answer_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  if (cancel != NULL)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", cancel);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "accept", accept);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), cancel != NULL ? "cancel" : "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), cancel != NULL ? "cancel" : "accept");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), answer, answer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

typedef struct
{
  LinkageCompatChoice answered;
  gpointer user_data;
  GDestroyNotify destroy;
  char *answer; /* (owned) (nullable): null until it was given */
} Question;

static void
question_clear (gpointer data)
{
  Question *question = data;

  question->destroy (question->user_data);
  g_free (question->answer);
}

static void
question_unref (gpointer data)
{
  g_rc_box_release_full (data, question_clear);
}

static void
question_closure_notify (gpointer data, GClosure *closure)
{
  question_unref (data);
}

static gboolean
tell_answer (gpointer user_data)
{
  Question *question = user_data;

  question->answered (question->answer, question->user_data);

  return G_SOURCE_REMOVE;
}

/* Once the dialog has closed itself: whoever is told may close the window that asked, and the dialog goes with it. */
static void
question_response_cb (GObject *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  g_free (question->answer);
  question->answer = g_strdup (response);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, tell_answer, g_rc_box_acquire (question), question_unref);
}

/**
 * linkage_compat_choose:
 * @parent: the window that asks
 * @heading: the question
 * @body: what to know; plain text
 * @choices: (array zero-terminated=1): the buttons; the first one does nothing and is the default
 * @answered: called with the answer of a choice when the dialog is gone
 * @user_data: for @answered
 * @destroy: frees @user_data
 *
 * Asks the person for one of several answers, of which some may not be taken back.
 *
 * The older way goes with a floor of libadwaita 1.5.
 */
void
linkage_compat_choose (GtkWindow *parent,
                       const char *heading,
                       const char *body,
                       const LinkageCompatButton *choices,
                       LinkageCompatChoice answered,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL && body != NULL);
  g_return_if_fail (choices != NULL && choices->answer != NULL);
  g_return_if_fail (answered != NULL && destroy != NULL);

  question = g_rc_box_new0 (Question);
  *question = (Question){ answered, user_data, destroy, NULL };

#if ADW_CHECK_VERSION(1, 5, 0)
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  for (const LinkageCompatButton *choice = choices; choice->answer != NULL; choice++)
    {
      adw_alert_dialog_add_response (dialog, choice->answer, choice->label);
      if (choice->destroys)
        adw_alert_dialog_set_response_appearance (dialog, choice->answer, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_alert_dialog_set_default_response (dialog, choices->answer);
  adw_alert_dialog_set_close_response (dialog, choices->answer);
  g_signal_connect_data (dialog, "response", G_CALLBACK (question_response_cb), question, question_closure_notify, 0);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (parent));
#else
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  for (const LinkageCompatButton *choice = choices; choice->answer != NULL; choice++)
    {
      adw_message_dialog_add_response (dialog, choice->answer, choice->label);
      if (choice->destroys)
        adw_message_dialog_set_response_appearance (dialog, choice->answer, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_set_default_response (dialog, choices->answer);
  adw_message_dialog_set_close_response (dialog, choices->answer);
  g_signal_connect_data (dialog, "response", G_CALLBACK (question_response_cb), question, question_closure_notify, 0);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

typedef struct
{
  LinkageCompatFileChosen chosen;
  gpointer user_data;
  GDestroyNotify destroy;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  choice->destroy (choice->user_data);
  g_free (choice);
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
file_opened_cb (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  if (file != NULL)
    choice->chosen (file, choice->user_data);
  choice_free (choice);
}

static void
file_saved_cb (GObject *dialog, GAsyncResult *result, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (dialog), result, NULL);

  if (file != NULL)
    choice->chosen (file, choice->user_data);
  choice_free (choice);
}
#else
static void
file_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choice *choice = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (file != NULL)
    choice->chosen (file, choice->user_data);
  choice_free (choice);
}
#endif

/**
 * linkage_compat_open_file:
 * @parent: the window that asks
 * @title: what the file is for
 * @filters: (element-type GtkFileFilter): which files to show; the first is taken
 * @chosen: called with the file, unless the person chose none
 * @user_data: for @chosen
 * @destroy: frees @user_data
 *
 * Lets the person choose a file.
 *
 * The older way goes with a floor of GTK 4.10.
 */
void
linkage_compat_open_file (GtkWindow *parent,
                          const char *title,
                          GListModel *filters,
                          LinkageCompatFileChosen chosen,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  Choice *choice;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL);
  g_return_if_fail (G_IS_LIST_MODEL (filters));
  g_return_if_fail (chosen != NULL && destroy != NULL);

  choice = g_new (Choice, 1);
  *choice = (Choice){ chosen, user_data, destroy };

#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog, parent, NULL, file_opened_cb, choice);
#else
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (GtkFileFilter) filter = g_list_model_get_item (filters, i);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
#endif
}

/**
 * linkage_compat_save_file:
 * @parent: the window that asks
 * @title: what the file is for
 * @name: a name for it that the person may change
 * @chosen: called with the file, unless the person chose none
 * @user_data: for @chosen
 * @destroy: frees @user_data
 *
 * Lets the person choose where a file goes. What is there is replaced only when the person said so.
 *
 * The older way goes with a floor of GTK 4.10.
 */
void
linkage_compat_save_file (GtkWindow *parent,
                          const char *title,
                          const char *name,
                          LinkageCompatFileChosen chosen,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  Choice *choice;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL && name != NULL);
  g_return_if_fail (chosen != NULL && destroy != NULL);

  choice = g_new (Choice, 1);
  *choice = (Choice){ chosen, user_data, destroy };

#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, file_saved_cb, choice);
#else
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_response_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
#endif
}

/**
 * linkage_compat_show_file:
 * @parent: the window that asks
 * @file: a file
 *
 * Opens the folder that a file is in.
 *
 * The older way goes with a floor of GTK 4.10.
 */
void
linkage_compat_show_file (GtkWindow *parent, GFile *file)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_FILE (file));

#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

  gtk_file_launcher_open_containing_folder (launcher, parent, NULL, NULL, NULL);
#else
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *uri = folder != NULL ? g_file_get_uri (folder) : g_file_get_uri (file);

  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
#endif
}

/**
 * linkage_compat_open_uri:
 * @parent: (nullable): the window that asks
 * @uri: an address
 *
 * Opens an address in the person's browser. GTK says so itself where there is none.
 *
 * The older way goes with a floor of GTK 4.10.
 */
void
linkage_compat_open_uri (GtkWindow *parent, const char *uri)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (uri != NULL);

#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, parent, NULL, NULL, NULL);
#else
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
#endif
}

/* A label with a mnemonic is a name by itself. */
static void
name_by_label (GtkButton *button)
{
  if (gtk_button_get_use_underline (button) && GTK_IS_LABEL (gtk_button_get_child (button)))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* The button that closes a toast has no name. */
static gboolean
mapped_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user_data)
{
  GObject *widget = g_value_get_object (&values[0]);

  if (!GTK_IS_BUTTON (widget))
    return G_SOURCE_CONTINUE;

  name_by_label (GTK_BUTTON (widget));
  if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic") == 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    C_ ("button of a toast", "Close"), -1);

  return G_SOURCE_CONTINUE;
}

/**
 * linkage_compat_name_buttons:
 *
 * Has each button with a mnemonic named by its label alone, those of libadwaita's dialogs and toasts included, where
 * GTK 4.8 names it by the label as it was written, too: "_Search Search". Called once, when the program starts.
 *
 * Goes with a floor of GTK 4.10.
 */
void
linkage_compat_name_buttons (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_WIDGET);

  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, mapped_cb, NULL, NULL);
}

/**
 * linkage_compat_set_button_label:
 * @button: a button with a mnemonic
 * @label: what it says from now on
 *
 * Changes what a button says while it is shown, and its name with it, see linkage_compat_name_buttons().
 *
 * Goes with a floor of GTK 4.10.
 */
void
linkage_compat_set_button_label (GtkButton *button, const char *label)
{
  g_return_if_fail (GTK_IS_BUTTON (button));
  g_return_if_fail (label != NULL);

  gtk_button_set_label (button, label);
  name_by_label (button);
}
