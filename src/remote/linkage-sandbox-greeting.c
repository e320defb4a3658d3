/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-sandbox-greeting.h"

#include "linkage-json-reader.h"
#include "linkage-mapping-limits.h"

static gboolean
read_token (const LinkageJsonReader *reader, const char *name, char **token, GError **error)
{
  LinkageJsonReader member;

  return linkage_json_reader_enter (reader, name, &member, error) &&
         linkage_json_reader_read_text (&member, "token", LINKAGE_MAX_URI, token, error);
}

static gpointer
read_greeting (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageSandboxGreeting) greeting = g_new0 (LinkageSandboxGreeting, 1);

  if (!linkage_json_reader_read_text (reader, "address", LINKAGE_MAX_URI, &greeting->address, error) ||
      !read_token (reader, "admin", &greeting->admin_token, error) ||
      !read_token (reader, "user", &greeting->user_token, error))
    return NULL;

  return g_steal_pointer (&greeting);
}

/**
 * linkage_sandbox_greeting_parse:
 * @line: what the bundled portal printed
 * @error: return location for an error
 *
 * Reads where the bundled portal listens and what signs in to it.
 *
 * Returns: (transfer full) (nullable): the greeting, or %NULL with %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
LinkageSandboxGreeting *
linkage_sandbox_greeting_parse (const char *line, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  bytes = g_bytes_new (line, strlen (line));
  return linkage_json_reader_parse (bytes, "greeting", read_greeting, error);
}

/**
 * linkage_sandbox_greeting_free:
 * @greeting: (transfer full): a greeting
 *
 * Frees a greeting.
 */
void
linkage_sandbox_greeting_free (LinkageSandboxGreeting *greeting)
{
  g_return_if_fail (greeting != NULL);

  g_free (greeting->address);
  g_free (greeting->admin_token);
  g_free (greeting->user_token);
  g_free (greeting);
}
