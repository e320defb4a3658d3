/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-portal.h"

#include <json-glib/json-glib.h>

#include "fixture-wait.h"

static void
launch (FixturePortal *self)
{
  g_autofree char *database = g_build_filename (self->folder, "portal.sqlite", NULL);
  g_autoptr (GStrvBuilder) arguments = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  g_strv_builder_add_many (arguments, g_getenv ("LINKAGE_PORTAL"), "--sandbox", "--database", database,
                           "--exit-with-stdin", NULL);
  if (self->options != NULL)
    g_strv_builder_addv (arguments, (const char **)self->options);
  argv = g_strv_builder_end (arguments);
  self->process = g_subprocess_newv ((const char *const *)argv,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  g_free (self->line);
  self->line = g_data_input_stream_read_line_finish_utf8 (output, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->line);

  g_clear_pointer (&self->greeting, linkage_sandbox_greeting_free);
  self->greeting = linkage_sandbox_greeting_parse (self->line, &error);
  g_assert_no_error (error);

  uri = g_uri_parse (self->greeting->address, G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  self->port = (guint16)g_uri_get_port (uri);
  g_free (self->api);
  self->api = g_strdup_printf ("http://127.0.0.1:%u/api/v1", self->port);
}

FixturePortal *
fixture_portal_start (void)
{
  return fixture_portal_start_with (NULL);
}

FixturePortal *
fixture_portal_start_with (const char *const *options)
{
  FixturePortal *self = g_new0 (FixturePortal, 1);

  self->options = g_strdupv ((char **)options);
  self->folder = fixture_make_folder ();
  launch (self);

  return self;
}

void
fixture_portal_kill (FixturePortal *self)
{
  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
fixture_portal_restart (FixturePortal *self)
{
  g_assert_null (self->process);
  launch (self);
}

char *
fixture_portal_dup_token (FixturePortal *self, const char *who)
{
  g_autoptr (JsonNode) root = json_from_string (self->line, NULL);
  JsonObject *person = json_object_get_object_member (json_node_get_object (root), who);

  return g_strdup (json_object_get_string_member (person, "token"));
}

void
fixture_portal_free (FixturePortal *self)
{
  if (self->process != NULL)
    fixture_portal_kill (self);
  fixture_remove_folder (self->folder);
  g_clear_pointer (&self->greeting, linkage_sandbox_greeting_free);
  g_strfreev (self->options);
  g_free (self->folder);
  g_free (self->line);
  g_free (self->api);
  g_free (self);
}
