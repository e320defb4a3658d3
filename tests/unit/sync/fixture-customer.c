/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-customer.h"

#include <libsoup/soup.h>
#include <string.h>

#include "fixture-wait.h"

#define CSRF "name=\"csrf\" value=\""

static char *
ask_for_link (LinkageAccount *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *link;

  linkage_account_sandbox_customer_link_async (account, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  link = linkage_account_sandbox_customer_link_finish (account, result, &error);
  g_assert_no_error (error);

  return link;
}

/* (transfer full): the page that came, which must be there */
static char *
send_message (SoupSession *session, SoupMessage *message)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_site_for_cookies (message, soup_message_get_uri (message));
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, SOUP_STATUS_OK);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
find_csrf (const char *page)
{
  const char *begin = strstr (page, CSRF);
  const char *end;

  g_assert_nonnull (begin);
  begin += strlen (CSRF);
  end = strchr (begin, '"');
  g_assert_nonnull (end);

  return g_strndup (begin, end - begin);
}

static SoupMessage *
make_answer (const char *link, const char *csrf, const char *connection_id, const char *answer, const char *comment)
{
  g_autofree char *path = g_strconcat ("/customer/requests/", connection_id, NULL);
  g_autofree char *form = NULL;
  g_autofree char *address = g_uri_resolve_relative (link, path, G_URI_FLAGS_NONE, NULL);
  g_autofree char *origin = g_uri_resolve_relative (link, "/", G_URI_FLAGS_NONE, NULL);
  SoupMessage *message;

  if (comment != NULL)
    form = soup_form_encode ("csrf", csrf, "answer", answer, "comment", comment, NULL);
  else
    form = soup_form_encode ("csrf", csrf, "answer", answer, NULL);
  message = soup_message_new_from_encoded_form ("POST", address, g_steal_pointer (&form));
  origin[strlen (origin) - 1] = '\0';
  soup_message_headers_replace (soup_message_get_request_headers (message), "Origin", origin);

  return message;
}

void
fixture_customer_answer (LinkageAccount *account, const char *connection_id, const char *answer, const char *comment)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *link = ask_for_link (account);
  g_autoptr (SoupMessage) opening = soup_message_new ("GET", link);
  g_autoptr (SoupMessage) answering = NULL;
  g_autofree char *page = NULL;
  g_autofree char *next_page = NULL;
  g_autofree char *csrf = NULL;

  soup_session_add_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  page = send_message (session, opening);
  csrf = find_csrf (page);
  answering = make_answer (link, csrf, connection_id, answer, comment);
  next_page = send_message (session, answering);
}
