/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bundled-portal.h"

void
bundled_portal_start (BundledPortal *portal)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GError) error = NULL;

  portal->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                      g_getenv ("LINKAGE_PORTAL"), "--sandbox", "--database",
                                      ":memory:", "--proof-of-work-max", "2000", "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (portal->process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  portal->line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (portal->line);
  portal->greeting = linkage_sandbox_greeting_parse (portal->line, &error);
  g_assert_no_error (error);
}

void
bundled_portal_stop (BundledPortal *portal)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (portal->process), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (portal->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&portal->process);
  g_clear_pointer (&portal->line, g_free);
  g_clear_pointer (&portal->greeting, linkage_sandbox_greeting_free);
}
