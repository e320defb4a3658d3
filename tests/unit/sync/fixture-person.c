/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture-person.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "fixture-wait.h"
#include "linkage-client.h"
#include "linkage-sign-in-metadata.h"
#include "linkage-sign-in.h"
#include "linkage-token-endpoint.h"

#define CLIENT "linkage"
#define CSRF "name=\"csrf\" value=\""

/* What a browser gets. */
typedef struct
{
  guint status;
  char *location; /* (owned) (nullable) */
  char *text;     /* (owned) */
} Page;

static void
page_free (Page *page)
{
  g_free (page->location);
  g_free (page->text);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static Page *
browse (SoupSession *browser, const char *address, char *form)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  Page *page = g_new0 (Page, 1);

  if (form != NULL)
    message = soup_message_new_from_encoded_form ("POST", address, form);
  else
    message = soup_message_new ("GET", address);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_and_read_async (browser, message, G_PRIORITY_DEFAULT, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  body = soup_session_send_and_read_finish (browser, result, &error);
  g_assert_no_error (error);

  page->status = soup_message_get_status (message);
  page->location = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  page->text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  return page;
}

static char *
find_csrf (const Page *page)
{
  const char *begin = strstr (page->text, CSRF);

  g_assert_nonnull (begin);
  begin += strlen (CSRF);

  return g_strndup (begin, strcspn (begin, "\""));
}

static char *
make_password_form (FixturePortal *portal, const char *who, const char *csrf)
{
  g_autoptr (JsonNode) introduction = json_from_string (portal->line, NULL);
  JsonObject *person = json_object_get_object_member (json_node_get_object (introduction), who);

  return soup_form_encode ("csrf", csrf, "answer", "sign-in", "email", json_object_get_string_member (person, "email"),
                           "password", json_object_get_string_member (person, "password"), NULL);
}

char *
fixture_person_get_token (FixturePortal *portal, const char *who)
{
  g_autoptr (JsonNode) introduction = json_from_string (portal->line, NULL);
  JsonObject *person = json_object_get_object_member (json_node_get_object (introduction), who);

  return g_strdup (json_object_get_string_member (person, "token"));
}

char *
fixture_person_sign_in (FixturePortal *portal, const char *address, const char *who, const char *answer)
{
  g_autoptr (SoupSession) browser = soup_session_new ();
  g_autofree char *password_page = g_strconcat (portal->greeting->address, "/oauth/sign-in", NULL);
  g_autofree char *consent_page = g_strconcat (portal->greeting->address, "/oauth/consent", NULL);
  g_autofree char *csrf = NULL;
  g_autoptr (Page) first = NULL;
  g_autoptr (Page) second = NULL;
  g_autoptr (Page) third = NULL;
  g_autoptr (Page) last = NULL;

  soup_session_add_feature_by_type (browser, SOUP_TYPE_COOKIE_JAR);
  first = browse (browser, address, NULL);
  csrf = find_csrf (first);
  second = browse (browser, password_page, make_password_form (portal, who, csrf));
  g_assert_cmpuint (second->status, ==, SOUP_STATUS_SEE_OTHER);
  third = browse (browser, consent_page, NULL);
  g_free (csrf);
  csrf = find_csrf (third);
  last = browse (browser, consent_page, soup_form_encode ("csrf", csrf, "answer", answer, NULL));
  g_assert_cmpuint (last->status, ==, SOUP_STATUS_SEE_OTHER);

  return g_steal_pointer (&last->location);
}

gboolean
fixture_person_go_back (const char *address)
{
  g_autoptr (SoupSession) browser = soup_session_new ();
  g_autoptr (Page) page = browse (browser, address, NULL);

  return page->status == SOUP_STATUS_OK;
}

static LinkageSignInMetadata *
read_metadata (SoupSession *session, const char *issuer)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LinkageSignInMetadata *metadata;

  linkage_sign_in_metadata_read_async (session, issuer, NULL, fixture_keep_result, &result);
  fixture_wait_result (&result);
  metadata = linkage_sign_in_metadata_read_finish (result, &error);
  g_assert_no_error (error);

  return metadata;
}

LinkageCredentials *
fixture_person_get_credentials (FixturePortal *portal, const char *who)
{
  g_autoptr (SoupSession) session = linkage_client_create_session ();
  g_autoptr (LinkageSignIn) sign_in = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autofree char *page = NULL;
  LinkageCredentials *credentials;

  sign_in = linkage_sign_in_new (session, read_metadata (session, portal->greeting->address), CLIENT);
  address = linkage_sign_in_make_address (sign_in);
  linkage_sign_in_run_async (sign_in, NULL, fixture_keep_result, &result);
  page = fixture_person_sign_in (portal, address, who, "allow");
  g_assert_true (linkage_sign_in_take_text (sign_in, page, &error));
  fixture_wait_result (&result);
  credentials = linkage_sign_in_run_finish (sign_in, result, &error);
  g_assert_no_error (error);

  return credentials;
}

void
fixture_person_sign_out (FixturePortal *portal, const LinkageCredentials *credentials)
{
  g_autoptr (SoupSession) session = linkage_client_create_session ();
  g_autoptr (LinkageSignInMetadata) metadata = read_metadata (session, portal->greeting->address);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  linkage_token_endpoint_revoke_async (session, metadata, CLIENT, credentials->access_token, NULL, fixture_keep_result,
                                       &result);
  fixture_wait_result (&result);
  linkage_token_endpoint_revoke_finish (result, &error);
  g_assert_no_error (error);
}
