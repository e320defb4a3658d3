/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "portal-error.h"
#include "portal-operator.h"
#include "portal-options.h"
#include "portal-users.h"

typedef struct
{
  char *database;
  char *email;
  char *name;
  char *account_id;
  char *role;
} Options;

typedef struct
{
  const char *name;
  const char *summary;
  gboolean (*run) (PortalStore *store, const Options *options, GError **error);
} Command;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->email);
  g_free (options->name);
  g_free (options->account_id);
  g_free (options->role);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
require (const char *value, const char *option, GError **error)
{
  if (value != NULL)
    return TRUE;

  /* Translators: %s is an option, such as “--account”. */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is missing"), option);
  return FALSE;
}

/* A line of the standard input, as whatever stands on a command line is seen by others. */
static char *
read_password (GError **error)
{
  char line[PORTAL_PASSWORDS_MAXIMUM + 3];

  if (fgets (line, sizeof line, stdin) == NULL)
    {
      g_set_error_literal (error, PORTAL_ERROR, PORTAL_ERROR_INVALID, _ ("There is no password on the standard input"));
      return NULL;
    }
  line[strcspn (line, "\r\n")] = '\0';

  return g_strdup (line);
}

static gboolean
set_password (PortalStore *store, const char *user_id, GError **error)
{
  g_autofree char *password = read_password (error);

  return password != NULL && portal_users_set_password (store, user_id, password, PORTAL_PASSWORD_CHOSEN, error);
}

static gboolean
parse_role (const char *text, PortalRole *role, GError **error)
{
  static const char *const names[] = {
    [PORTAL_ROLE_NONE] = "none",
    [PORTAL_ROLE_USER] = "user",
    [PORTAL_ROLE_ADMIN] = "admin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (text, names[i]))
      {
        *role = i;
        return TRUE;
      }

  /* Translators: Keep “--role”, “admin”, “user” and “none”; %s is what was typed. */
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("--role takes admin, user or none, not “%s”"), text);
  return FALSE;
}

static gboolean
set_role (PortalStore *store, const Options *options, const char *user_id, GError **error)
{
  PortalRole role;

  return require (options->account_id, "--account", error) && require (options->role, "--role", error) &&
         parse_role (options->role, &role, error) &&
         portal_users_set_role (store, user_id, options->account_id, role, error);
}

static gboolean
run_add (PortalStore *store, const Options *options, GError **error)
{
  g_autofree char *id = NULL;

  if (!require (options->name, "--name", error))
    return FALSE;
  id = portal_users_add (store, options->email, options->name, error);

  return id != NULL && set_role (store, options, id, error) && set_password (store, id, error);
}

static gboolean
run_password (PortalStore *store, const Options *options, GError **error)
{
  g_autofree char *id = portal_users_find (store, options->email, error);

  return id != NULL && set_password (store, id, error);
}

static gboolean
run_role (PortalStore *store, const Options *options, GError **error)
{
  g_autofree char *id = portal_users_find (store, options->email, error);

  return id != NULL && set_role (store, options, id, error);
}

static const Command commands[] = {
  { "add", N_ ("Adds a user to an account. The password is read from the standard input."), run_add },
  { "password", N_ ("Sets a user’s password, read from the standard input, and ends the user’s sign-ins."),
    run_password },
  { "role", N_ ("Sets what a user may do in an account."), run_role },
};

static gboolean
parse (char **argv, const char *summary, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    PORTAL_OPTIONS_DATABASE (&options->database),
    { "email", 0, 0, G_OPTION_ARG_STRING, &options->email, N_ ("The address by which the user signs in"),
      N_ ("ADDRESS") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_ ("The new user’s name"), N_ ("NAME") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &options->account_id, N_ ("The account"), N_ ("ID") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options->role, N_ ("admin, user or none"), N_ ("ROLE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, summary);

  return portal_options_parse (context, entries, argv, 0, NULL, error) && require (options->email, "--email", error);
}

static gboolean
run (const Command *command, const Options *options, GError **error)
{
  g_autoptr (PortalStore) store = portal_options_open_existing_store (options->database, error);
  g_autoptr (PortalTransaction) transaction = NULL;

  if (store == NULL)
    return FALSE;
  transaction = portal_transaction_begin (store, error);

  return transaction != NULL && command->run (store, options, error) && portal_transaction_commit (transaction, error);
}

/**
 * portal_operator_user:
 * @argv: the arguments, the subcommand's name first
 *
 * Adds a user, sets a password or a role. A portal that serves from the database tells the account's clients.
 *
 * Returns: an exit code
 */
int
portal_operator_user (char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; argv[1] != NULL && i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (argv[1], commands[i].name))
        continue;
      if (!parse (argv + 1, _ (commands[i].summary), &options, &error) || !run (&commands[i], &options, &error))
        return portal_options_report (error);
      return PORTAL_EXIT_OK;
    }

  g_set_error_literal (&error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: Keep “user”, “add”, “password” and “role”. */
                       _ ("“user” takes a command: add, password or role"));
  return portal_options_report (error);
}
