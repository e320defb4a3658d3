/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "driver.h"

#include <gio/gunixinputstream.h>
#include <locale.h>
#include <unistd.h>

static void
on_notify (LinkageAccount *account, GParamSpec *pspec, gpointer user_data)
{
  driver_report_state (account);
}

static void
on_refused (LinkageAccount *account, LinkageOperation *operation, gpointer user_data)
{
  driver_report_refusal (operation);
}

void
driver_take_account (Driver *self, LinkageAccount *account)
{
  self->account = g_object_ref (account);
  self->list = linkage_account_create_list (account);
  g_signal_connect (account, "notify", G_CALLBACK (on_notify), self);
  g_signal_connect (account, "operation-refused", G_CALLBACK (on_refused), self);
  driver_report_state (account);
}

void
driver_let_account_go (Driver *self)
{
  if (self->account == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->list);
  g_clear_object (&self->account);
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Driver *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (line == NULL)
    {
      /* Whoever gave the orders is gone: so is this, as if it were killed. */
      _exit (error == NULL ? 0 : 1);
    }

  driver_obey (self, line);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_line, self);
}

static gboolean
trust (const char *certificates, GError **error)
{
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (certificates, error);

  if (database == NULL)
    return FALSE;

  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autofree char *certificates = NULL;
  const GOptionEntry entries[] = {
    { "trust", 0, 0, G_OPTION_ARG_FILENAME, &certificates, "Trust these certificates and no others", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("FOLDER");
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (input);
  g_autoptr (GError) error = NULL;
  Driver self = { 0 };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 ||
      (certificates != NULL && !trust (certificates, &error)))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "usage: driver [--trust FILE] FOLDER");
      return 2;
    }

  self.folder = argv[1];
  self.loop = g_main_loop_new (NULL, FALSE);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &self);
  g_main_loop_run (self.loop);

  driver_let_account_go (&self);
  g_clear_object (&self.browser);
  g_clear_object (&self.manager);
  g_main_loop_unref (self.loop);

  return 0;
}
