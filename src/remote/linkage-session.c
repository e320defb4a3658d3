/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "config.h"

#include "linkage-session.h"

#include <string.h>

#include "linkage-client.h"
#include "linkage-patience.h"

#define TIMEOUT (30 * 1000) /* milliseconds without a byte */
#define IDLE_TIMEOUT 60     /* seconds that an unused connection is kept */

/* What must never reach a log, whoever asked for one. */
static const char *const secret_headers[] = { "Authorization:", "Challenge-Session:", "Cookie:", "Set-Cookie:" };

static void
print_line (SoupLogger *logger, SoupLoggerLogLevel level, char direction, const char *line, gpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secret_headers); i++)
    {
      if (g_ascii_strncasecmp (line, secret_headers[i], strlen (secret_headers[i])) == 0)
        {
          g_message ("%c %s (hidden)", direction, secret_headers[i]);
          return;
        }
    }

  g_message ("%c %s", direction, line);
}

/**
 * linkage_session_prepare:
 * @session: a session
 *
 * Takes away what the interface does not use and a hostile portal could (other ways to sign in than the token), and
 * adds a log of headers where `LINKAGE_DEBUG=http` asks for it.
 */
void
linkage_session_prepare (SoupSession *session)
{
  g_return_if_fail (SOUP_IS_SESSION (session));

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);

  if (g_strcmp0 (g_getenv ("LINKAGE_DEBUG"), "http") == 0)
    {
      g_autoptr (SoupLogger) logger = soup_logger_new (SOUP_LOGGER_LOG_HEADERS);

      soup_logger_set_printer (logger, print_line, NULL, NULL);
      soup_session_add_feature (session, SOUP_SESSION_FEATURE (logger));
    }
}

/**
 * linkage_session_check_token:
 * @token: (nullable): an access token, as a person may have pasted it
 * @error: return location for an error
 *
 * Checks that a token can stand in a header: visible ASCII, one word.
 *
 * Returns: whether it can; else %LINKAGE_REMOTE_ERROR_UNAUTHORIZED is set
 */
gboolean
linkage_session_check_token (const char *token, GError **error)
{
  for (const char *c = token; c != NULL && *c != '\0'; c++)
    {
      if (!g_ascii_isgraph (*c))
        {
          g_set_error_literal (error, LINKAGE_REMOTE_ERROR, LINKAGE_REMOTE_ERROR_UNAUTHORIZED,
                               "The access token has characters that no token has");
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * linkage_client_create_session:
 *
 * Makes a session for ordinary calls: the program's name and version, the person's languages, 30 s without a byte.
 *
 * Returns: (transfer full): a new session
 */
SoupSession *
linkage_client_create_session (void)
{
  guint timeout = MAX (linkage_patience_shorten (TIMEOUT) / 1000, 1);
  SoupSession *session =
    soup_session_new_with_options ("user-agent", LINKAGE_SESSION_USER_AGENT, "accept-language-auto", TRUE, "timeout",
                                   timeout, "idle-timeout", IDLE_TIMEOUT, NULL);

  linkage_session_prepare (session);

  return session;
}
