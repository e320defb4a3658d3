/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-loopback.h"

#include <libsoup/soup.h>

#include "linkage-random.h"
#include "linkage-sign-in-error.h"

#define NONCE_BYTES 12
#define STYLE                                                                                                          \
  ":root{color-scheme:light dark}body{font:1.1rem/1.5 Cantarell,'Noto Sans',system-ui,sans-serif;margin:15vh auto;"    \
  "max-width:30rem;padding:1rem}"

struct _LinkageLoopback
{
  GObject parent_instance;

  SoupServer *server;         /* (owned) */
  char *host;                 /* (owned): what the Host header has to say */
  char *address;              /* (owned) */
  LinkageLoopbackWords words; /* its texts are (owned) */
};

G_DEFINE_FINAL_TYPE (LinkageLoopback, linkage_loopback, G_TYPE_OBJECT)

enum
{
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
make_page (LinkageLoopback *self, gboolean is_done, const char *nonce)
{
  g_autofree char *title = g_markup_escape_text (is_done ? self->words.done_title : self->words.wrong_title, -1);
  g_autofree char *sentence =
    g_markup_escape_text (is_done ? self->words.done_sentence : self->words.wrong_sentence, -1);
  g_autofree char *language = g_markup_escape_text (self->words.language, -1);

  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                          "<title>%s</title><style nonce=\"%s\">" STYLE "</style></head>"
                          "<body><main><h1>%s</h1><p>%s</p></main></body></html>\n",
                          language, self->words.is_rtl ? "rtl" : "ltr", title, nonce, title, sentence);
}

static void
send_page (LinkageLoopback *self, SoupServerMessage *message, gboolean is_done)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *nonce = linkage_random_new_text (NONCE_BYTES);
  g_autofree char *policy = NULL;
  char *page = make_page (self, is_done, nonce);

  policy = g_strdup_printf ("default-src 'none'; style-src 'nonce-%s'; frame-ancestors 'none'; base-uri 'none'", nonce);
  soup_message_headers_replace (headers, "Content-Security-Policy", policy);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, is_done ? SOUP_STATUS_OK : SOUP_STATUS_BAD_REQUEST, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_TAKE, page, strlen (page));
}

/* Another name that leads here would let a page on it read the answer (DNS rebinding). */
static gboolean
is_for_us (LinkageLoopback *self, SoupServerMessage *message, const char *path)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");

  return g_str_equal (soup_server_message_get_method (message), SOUP_METHOD_GET) && g_str_equal (path, "/") &&
         host != NULL && g_ascii_strcasecmp (host, self->host) == 0;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  LinkageLoopback *self = LINKAGE_LOOPBACK (user_data);
  gboolean is_ours = FALSE;

  /* Browsers ask for an icon too. */
  if (!is_for_us (self, message, path))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }

  g_object_ref (self);
  if (query != NULL)
    g_signal_emit (self, signals[ANSWERED], 0, query, &is_ours);
  send_page (self, message, is_ours);
  g_object_unref (self);
}

static void
linkage_loopback_dispose (GObject *object)
{
  LinkageLoopback *self = LINKAGE_LOOPBACK (object);

  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (linkage_loopback_parent_class)->dispose (object);
}

static void
linkage_loopback_finalize (GObject *object)
{
  LinkageLoopback *self = LINKAGE_LOOPBACK (object);

  g_free (self->host);
  g_free (self->address);
  g_free ((char *)self->words.language);
  g_free ((char *)self->words.done_title);
  g_free ((char *)self->words.done_sentence);
  g_free ((char *)self->words.wrong_title);
  g_free ((char *)self->words.wrong_sentence);

  G_OBJECT_CLASS (linkage_loopback_parent_class)->finalize (object);
}

static void
linkage_loopback_class_init (LinkageLoopbackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = linkage_loopback_dispose;
  object_class->finalize = linkage_loopback_finalize;

  /**
   * LinkageLoopback::answered:
   * @self: a listener
   * @members: (element-type utf8 utf8): what the browser brings
   *
   * A browser has come.
   *
   * Returns: whether it brings the answer that is awaited; the person reads it
   */
  signals[ANSWERED] =
    g_signal_new ("answered", LINKAGE_TYPE_LOOPBACK, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                  NULL, G_TYPE_BOOLEAN, 1, G_TYPE_HASH_TABLE);
}

static void
linkage_loopback_init (LinkageLoopback *self)
{
}

static void
copy_words (LinkageLoopback *self, const LinkageLoopbackWords *words)
{
  self->words.language = g_strdup (words->language);
  self->words.is_rtl = words->is_rtl;
  self->words.done_title = g_strdup (words->done_title);
  self->words.done_sentence = g_strdup (words->done_sentence);
  self->words.wrong_title = g_strdup (words->wrong_title);
  self->words.wrong_sentence = g_strdup (words->wrong_sentence);
}

static void
note_address (LinkageLoopback *self, gboolean is_ipv6)
{
  GSList *uris = soup_server_get_uris (self->server);
  int port = g_uri_get_port (uris->data);

  self->host = g_strdup_printf ("%s:%d", is_ipv6 ? "[::1]" : "127.0.0.1", port);
  self->address = g_strconcat ("http://", self->host, "/", NULL);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
}

/**
 * linkage_loopback_new:
 * @words: what the person reads
 * @error: return location for an error: %LINKAGE_SIGN_IN_ERROR_NO_LISTENER
 *
 * Listens at a free port of 127.0.0.1, or of ::1 on a machine that has no IPv4, until it is disposed of.
 *
 * Returns: (transfer full) (nullable): a listener
 */
LinkageLoopback *
linkage_loopback_new (const LinkageLoopbackWords *words, GError **error)
{
  g_autoptr (LinkageLoopback) self = NULL;
  g_autoptr (GError) cause = NULL;
  gboolean is_ipv6 = FALSE;

  g_return_val_if_fail (words != NULL, NULL);

  self = g_object_new (LINKAGE_TYPE_LOOPBACK, NULL);
  copy_words (self, words);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    {
      is_ipv6 = TRUE;
      if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV6_ONLY, &cause))
        {
          g_set_error_literal (error, LINKAGE_SIGN_IN_ERROR, LINKAGE_SIGN_IN_ERROR_NO_LISTENER, cause->message);
          return NULL;
        }
    }
  note_address (self, is_ipv6);

  return g_steal_pointer (&self);
}

/**
 * linkage_loopback_get_address:
 * @self: a listener
 *
 * Returns: (transfer none): where a browser brings the answer
 */
const char *
linkage_loopback_get_address (LinkageLoopback *self)
{
  g_return_val_if_fail (LINKAGE_IS_LOOPBACK (self), NULL);

  return self->address;
}
