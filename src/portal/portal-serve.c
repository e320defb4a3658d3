/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "config.h"

#include "portal-serve.h"

#include <errno.h>
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <string.h>
#include <unistd.h>

#include "linkage-proof-of-work.h"
#include "portal-error.h"
#include "portal-json.h"
#include "portal-options.h"
#include "portal-sandbox.h"
#include "portal-server.h"
#include "portal-verification-options.h"

#define DEFAULT_LISTEN "127.0.0.1:0"

typedef struct
{
  char *database;
  char *listen;
  char *public_host;
  char *tls_certificate;
  char *tls_key;
  gboolean is_sandbox;
  gboolean ends_with_stdin;
  gint64 proof_of_work_max;
  PortalVerificationOptions verification;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->database);
  g_free (options->listen);
  g_free (options->public_host);
  g_free (options->tls_certificate);
  g_free (options->tls_key);
  portal_verification_options_clear (&options->verification);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A name, or a name and a port, as they stand in an address. */
static gboolean
is_host (const char *text)
{
  g_autofree char *address = g_strconcat ("https://", text, NULL);
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && *g_uri_get_host (uri) != '\0' && strpbrk (text, " /@?#") == NULL;
}

static gboolean
parse_options (char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    PORTAL_OPTIONS_DATABASE (&options->database),
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, N_ ("Listen at this address"), N_ ("ADDRESS:PORT") },
    { "public-host", 0, 0, G_OPTION_ARG_STRING, &options->public_host,
      N_ ("The name by which clients reach it, where that is not the address"), N_ ("HOST[:PORT]") },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_certificate,
      N_ ("Certificate chain in PEM, needed beyond loopback"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &options->tls_key, N_ ("Private key in PEM"), N_ ("FILE") },
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, &options->is_sandbox, N_ ("Load made-up companies to try things with"),
      NULL },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->ends_with_stdin, N_ ("End when the standard input ends"),
      NULL },
    { "proof-of-work-max", 0, 0, G_OPTION_ARG_INT64, &options->proof_of_work_max,
      N_ ("How far a client looks for a proof of work at most"), N_ ("NUMBER") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  options->proof_of_work_max = PORTAL_SETTINGS_DEFAULT_PROOF_OF_WORK_MAX;
  g_option_context_set_summary (context, _ ("Serves a portal for connection requests, to try Linkage with."));
  /* Translators: Keep the names of the commands, and the columns in line. */
  g_option_context_set_description (context, _ ("Commands for the portal’s operator, each with its own --help:\n"
                                                "  reset-searches  Give an account its searches back\n"
                                                "  customer-link   Print a link that opens the customers’ pages\n"
                                                "  revoke-token    End an access token\n"
                                                "  user            Add a user, set a password or a role"));
  g_option_context_add_group (context, portal_verification_options_new_group (&options->verification));
  if (!portal_options_parse (context, entries, argv, 0, NULL, error))
    return FALSE;
  if (options->proof_of_work_max < 1 || options->proof_of_work_max > LINKAGE_PROOF_OF_WORK_MAX)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %d is the largest number. Keep “--proof-of-work-max”. */
                   _ ("--proof-of-work-max takes a number from 1 to %d"), LINKAGE_PROOF_OF_WORK_MAX);
      return FALSE;
    }
  if (options->public_host != NULL && !is_host (options->public_host))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is what was typed. Keep “--public-host”. */
                   _ ("--public-host takes a name such as portal.example:8443, not “%s”"), options->public_host);
      return FALSE;
    }
  if ((options->tls_certificate == NULL) != (options->tls_key == NULL))
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _ ("--tls-certificate and --tls-key go together"));
      return FALSE;
    }

  return TRUE;
}

/* "ADDRESS:PORT", where an IPv6 address stands in brackets. */
static GInetSocketAddress *
parse_address (const char *text, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port;

  if (colon != NULL && text[0] == '[' && colon[-1] == ']')
    host = g_strndup (text + 1, colon - text - 2);
  else if (colon != NULL)
    host = g_strndup (text, colon - text);
  address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  if (address == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   /* Translators: %s is what was typed. Keep “--listen”. */
                   _ ("--listen takes an IP address and a port, as in 127.0.0.1:8080, not “%s”"), text);
      return NULL;
    }

  return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (address, (guint16)port));
}

static gboolean
on_signal (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

/* Whoever started the portal holds the other end of the pipe; the kernel closes it however that process ends. */
static gboolean
on_stdin_readable (GObject *stream, gpointer user_data)
{
  char buffer[256];
  gssize n =
    g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, sizeof buffer, NULL, NULL);

  if (n > 0)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static GSource *
watch_stdin (GMainLoop *loop)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  GSource *source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (stream), NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (on_stdin_readable), loop, NULL);
  g_source_attach (source, NULL);

  return source;
}

/* One line of JSON, by which whoever started the portal finds it. */
static gboolean
announce (PortalStore *store, PortalServer *server, gboolean is_sandbox, GError **error)
{
  const char *address = portal_server_get_address (server);
  g_autofree char *line = NULL;

  if (is_sandbox)
    {
      line = portal_sandbox_sign_in (store, address, error);
      if (line == NULL)
        return FALSE;
    }
  else
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      portal_json_add_string (builder, "address", address);
      json_builder_end_object (builder);
      line = portal_json_print (builder);
    }

  if (fprintf (stdout, "%s\n", line) < 0 || fflush (stdout) != 0)
    {
      int code = errno;

      /* Translators: %s is why the portal's address could not be printed. */
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _ ("Nobody reads where the portal is: %s"),
                   g_strerror (code));
      return FALSE;
    }

  return TRUE;
}

static void
run_until_ended (gboolean ends_with_stdin)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSource) source = ends_with_stdin ? watch_stdin (loop) : NULL;
  guint term_id = g_unix_signal_add (SIGTERM, on_signal, loop);
  guint int_id = g_unix_signal_add (SIGINT, on_signal, loop);

  g_main_loop_run (loop);

  g_source_remove (term_id);
  g_source_remove (int_id);
  if (source != NULL)
    g_source_destroy (source);
}

static gboolean
serve (const Options *options, GError **error)
{
  g_autoptr (GInetSocketAddress) address = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (PortalStore) store = NULL;
  g_autoptr (PortalServer) server = NULL;
  g_autoptr (PortalVerification) verification = NULL;

  if (!portal_verification_options_read (&options->verification, &verification, error))
    return FALSE;
  address = parse_address (options->listen != NULL ? options->listen : DEFAULT_LISTEN, error);
  if (address == NULL)
    return FALSE;
  if (options->tls_certificate != NULL)
    {
      certificate = g_tls_certificate_new_from_files (options->tls_certificate, options->tls_key, error);
      if (certificate == NULL)
        return FALSE;
    }
  store = portal_options_open_store (options->database, error);
  if (store == NULL)
    return FALSE;
  if (options->is_sandbox && !portal_sandbox_load_if_empty (store, error))
    return FALSE;

  server = portal_server_new (store, options->is_sandbox, options->proof_of_work_max);
  portal_server_set_verification (server, g_steal_pointer (&verification));
  if (options->public_host != NULL)
    portal_server_set_public_host (server, options->public_host);
  if (!portal_server_listen (server, address, certificate, error) ||
      !announce (store, server, options->is_sandbox, error))
    return FALSE;

  run_until_ended (options->ends_with_stdin);
  portal_server_stop (server);

  return portal_store_close (store, error);
}

/**
 * portal_serve_run:
 * @argv: the arguments, the subcommand's name first
 *
 * Serves the portal until a signal or the end of the standard input ends it.
 *
 * Returns: an exit code
 */
int
portal_serve_run (char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;

  if (!parse_options (argv, &options, &error))
    return portal_options_report (error);
  if (!serve (&options, &error))
    return portal_options_report (error);

  return PORTAL_EXIT_OK;
}
