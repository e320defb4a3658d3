/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "driver.h"

#include "linkage-account-error.h"
#include "linkage-portal-account.h"

/* What was asked for, until it is answered. */
typedef struct
{
  Driver *driver;              /* (unowned) */
  char *tag;                   /* (owned) */
  LinkageOperation *operation; /* (owned) (nullable): waits for its verification */
} Command;

typedef void (*CommandFunc) (Driver *self, Command *owned_command, char **arguments);

static void
command_free (Command *command)
{
  g_free (command->tag);
  g_clear_pointer (&command->operation, linkage_operation_unref);
  g_free (command);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Command, command_free)

static void
end (Command *command, gboolean done, const GError *error)
{
  if (done)
    driver_report_done (command->tag);
  else
    driver_report_error (command->tag, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageAccount) account = linkage_portal_account_open_finish (result, &error);

  if (account != NULL)
    driver_take_account (command->driver, account);
  end (command, account != NULL, error);
}

/* open API ACCOUNT TOKEN: an account that was added in an earlier run, with its token */
static void
open_account (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (LinkagePortalAccountConfig) config = linkage_portal_account_config_new ();

  config->id = g_strdup ("driver");
  config->folder = g_build_filename (self->folder, "account", NULL);
  config->api = g_strdup (arguments[0]);
  config->account_id = g_strdup (arguments[1]);
  config->credentials = linkage_credentials_new (arguments[2], NULL, 0);
  linkage_portal_account_open_async (config, NULL, on_opened, owned_command);
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  LinkageAccountManager *manager = LINKAGE_ACCOUNT_MANAGER (source);
  gboolean done = linkage_account_manager_add_portal_finish (manager, result, &error);

  if (done)
    driver_take_account (command->driver, linkage_account_manager_get_current (manager));
  end (command, done, error);
}

/* add ADDRESS TOKEN: a portal that nothing is known of yet */
static void
add_portal (Driver *self, Command *owned_command, char **arguments)
{
  if (self->manager == NULL)
    self->manager = linkage_account_manager_new (self->folder);
  linkage_account_manager_add_portal_async (self->manager, arguments[0], arguments[1], NULL, on_added, owned_command);
}

/* token TOKEN: signs in anew */
static void
set_token (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;
  g_autoptr (LinkageCredentials) credentials = linkage_credentials_new (arguments[0], NULL, 0);

  linkage_portal_account_sign_in (LINKAGE_PORTAL_ACCOUNT (self->account), NULL, NULL, credentials);
  end (command, TRUE, NULL);
}

/* find-sign-in ADDRESS: tells the page that the browser opens */
static void
find_sign_in (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  driver_find_sign_in (self, command->tag, arguments[0]);
}

/* add-by-browser ADDRESS: waits for who is in the browser */
static void
add_by_browser (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  driver_add_by_browser (self, command->tag, arguments[0]);
}

/* sign-in-by-browser: the same, for the account that is open */
static void
sign_in_by_browser (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  driver_sign_in_by_browser (self, command->tag);
}

static void
on_submitted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageOperation) entry = linkage_account_submit_finish (LINKAGE_ACCOUNT (source), result, &error);

  if (entry == NULL)
    driver_report_error (command->tag, error);
  else
    driver_report_operation (command->tag, entry);
}

static void
press (Driver *self, Command *owned_command, LinkageOperationKind kind, const char *connection_id)
{
  g_autoptr (Command) command = owned_command;
  g_autoptr (LinkageOperation) operation = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageConnection) connection = linkage_account_get_connection (self->account, connection_id, &error);

  if (connection == NULL)
    {
      end (command, FALSE, error);
      return;
    }

  operation = linkage_operation_new (kind, connection->customer->id, connection->customer->name);
  operation->connection_id = g_strdup (connection_id);
  linkage_account_submit_async (self->account, operation, NULL, on_submitted, g_steal_pointer (&command));
}

/* connect CONNECTION: one press */
static void
press_connect (Driver *self, Command *owned_command, char **arguments)
{
  press (self, owned_command, LINKAGE_OPERATION_CONNECT, arguments[0]);
}

/* resend CONNECTION: one press, on a row that began as a suggestion */
static void
press_resend (Driver *self, Command *owned_command, char **arguments)
{
  press (self, owned_command, LINKAGE_OPERATION_RESEND, arguments[0]);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  LinkageAccount *account = LINKAGE_ACCOUNT (source);
  g_autoptr (GError) error = NULL;

  command->operation->challenge_session = linkage_account_verify_finish (account, result, &error);
  if (command->operation->challenge_session == NULL)
    {
      end (command, FALSE, error);
      return;
    }

  linkage_account_submit_async (account, command->operation, NULL, on_submitted, command);
  g_steal_pointer (&command);
}

static LinkageOperation *
fill_in_form (LinkageOperationKind kind, const char *customer_id, const char *contact_email)
{
  LinkageOperation *operation = linkage_operation_new (kind, customer_id, customer_id);

  operation->contact_email = g_strdup (contact_email);
  operation->confirmed = TRUE;

  return operation;
}

/* request CUSTOMER EMAIL: the form of a customer that a search found, with its verification */
static void
send_form (Driver *self, Command *owned_command, char **arguments)
{
  owned_command->operation = fill_in_form (LINKAGE_OPERATION_REQUEST, arguments[0], arguments[1]);
  linkage_account_verify_async (self->account, LINKAGE_ACTIONS_REQUEST, arguments[0], NULL, NULL, on_verified,
                                owned_command);
}

/* request-with CUSTOMER EMAIL SESSION: the same, with a verification that was passed, or was not */
static void
send_verified_form (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (LinkageOperation) operation = fill_in_form (LINKAGE_OPERATION_REQUEST, arguments[0], arguments[1]);

  operation->challenge_session = g_strdup (arguments[2]);
  linkage_account_submit_async (self->account, operation, NULL, on_submitted, owned_command);
}

static void
on_searched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LinkageSearch) search = NULL;
  gboolean counted = FALSE;

  search = linkage_account_search_finish (LINKAGE_ACCOUNT (source), result, &counted, &error);
  if (search == NULL)
    driver_report_error (command->tag, error);
  else
    driver_report_search (command->tag, search, counted);
}

/* search NAME */
static void
search (Driver *self, Command *owned_command, char **arguments)
{
  linkage_account_search_async (self->account, arguments[0], FALSE, NULL, on_searched, owned_command);
}

static void
on_undone (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_undo_finish (LINKAGE_ACCOUNT (source), result, &error);

  end (command, done, error);
}

/* undo KEY */
static void
undo (Driver *self, Command *owned_command, char **arguments)
{
  linkage_account_undo_async (self->account, arguments[0], NULL, on_undone, owned_command);
}

/* send-now KEY: the toast with Undo was dismissed */
static void
send_now (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  linkage_account_send_now (self->account, arguments[0]);
  end (command, TRUE, NULL);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_refresh_finish (LINKAGE_ACCOUNT (source), result, &error);

  end (command, done, error);
}

static void
refresh (Driver *self, Command *owned_command, char **arguments)
{
  linkage_account_refresh_async (self->account, NULL, on_refreshed, owned_command);
}

static void
tell_rows (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  driver_report_rows (command->tag, self->list);
}

static void
tell_operations (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) operations = linkage_account_list_operations (self->account, &error);

  if (operations == NULL)
    end (command, FALSE, error);
  else
    driver_report_operations (command->tag, operations);
}

static void
tell_account (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (Command) command = owned_command;

  driver_report_account (command->tag, self->account);
}

static void
on_manager_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_manager_close_finish (LINKAGE_ACCOUNT_MANAGER (source), result, &error);

  end (command, done, error);
  g_main_loop_quit (command->driver->loop);
}

static void
on_account_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Command) command = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = linkage_account_close_finish (LINKAGE_ACCOUNT (source), result, &error);

  end (command, done, error);
  g_main_loop_quit (command->driver->loop);
}

/* quit: as the window does when it is closed */
static void
quit (Driver *self, Command *owned_command, char **arguments)
{
  g_autoptr (LinkageAccount) account = self->account != NULL ? g_object_ref (self->account) : NULL;

  driver_let_account_go (self);
  if (self->manager != NULL)
    linkage_account_manager_close_async (self->manager, on_manager_closed, owned_command);
  else if (account != NULL)
    linkage_account_close_async (account, on_account_closed, owned_command);
  else
    g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  guint n_arguments;
  gboolean needs_account;
  CommandFunc func;
} commands[] = {
  { "open", 3, FALSE, open_account },
  { "add", 2, FALSE, add_portal },
  { "find-sign-in", 1, FALSE, find_sign_in },
  { "add-by-browser", 1, FALSE, add_by_browser },
  { "sign-in-by-browser", 0, TRUE, sign_in_by_browser },
  { "quit", 0, FALSE, quit },
  { "token", 1, TRUE, set_token },
  { "connect", 1, TRUE, press_connect },
  { "resend", 1, TRUE, press_resend },
  { "request", 2, TRUE, send_form },
  { "request-with", 3, TRUE, send_verified_form },
  { "search", 1, TRUE, search },
  { "undo", 1, TRUE, undo },
  { "send-now", 1, TRUE, send_now },
  { "refresh", 0, TRUE, refresh },
  { "rows", 0, TRUE, tell_rows },
  { "operations", 0, TRUE, tell_operations },
  { "account", 0, TRUE, tell_account },
};

void
driver_obey (Driver *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n_words = g_strv_length (words);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      Command *command;

      if (n_words != 2 + commands[i].n_arguments || !g_str_equal (words[1], commands[i].name) ||
          (commands[i].needs_account && self->account == NULL))
        continue;

      command = g_new0 (Command, 1);
      command->driver = self;
      command->tag = g_strdup (words[0]);
      commands[i].func (self, command, words + 2);
      return;
    }

  g_error ("This cannot be obeyed: %s", line);
}
