/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-portal"

#include "portal-siteverify.h"

#include "portal-json.h"

#define MOST_BYTES (16 * 1024)
#define MOST_ERROR_CODES 16

/* The question while it is asked. */
typedef struct
{
  char *host;                /* (owned) */
  char *action;              /* (owned) (nullable): null where the provider's tokens are not bound */
  char *session;             /* (owned) (nullable): likewise */
  GCancellable *cancellable; /* (owned): the time limit's, and the caller's */
  GCancellable *caller;      /* (owned) (nullable) */
  gulong caller_id;
  guint limit_id; /* source */
  char buffer[MOST_BYTES + 1];
} Asking;

/* What siteverify may say of a token that did not pass; every provider has some of them. */
static const struct
{
  const char *code;
  PortalVerdict verdict;
} error_codes[] = {
  { "timeout-or-duplicate", PORTAL_VERDICT_TOO_LATE },
  { "expired-input-response", PORTAL_VERDICT_TOO_LATE },
  { "already-seen-response", PORTAL_VERDICT_TOO_LATE },
  { "invalid-or-already-seen-response", PORTAL_VERDICT_TOO_LATE },
  { "missing-input-secret", PORTAL_VERDICT_MISCONFIGURED },
  { "invalid-input-secret", PORTAL_VERDICT_MISCONFIGURED },
  { "not-using-dummy-passcode", PORTAL_VERDICT_MISCONFIGURED },
  { "sitekey-secret-mismatch", PORTAL_VERDICT_MISCONFIGURED },
  { "internal-error", PORTAL_VERDICT_NO_ANSWER },
};

static void
asking_free (Asking *asking)
{
  g_clear_handle_id (&asking->limit_id, g_source_remove);
  g_cancellable_disconnect (asking->caller, asking->caller_id);
  g_clear_object (&asking->caller);
  g_clear_object (&asking->cancellable);
  g_free (asking->host);
  g_free (asking->action);
  g_free (asking->session);
  g_free (asking);
}

static void
return_verdict (GTask *task, PortalVerdict verdict)
{
  g_task_return_int (task, verdict);
}

static const char *
get_string (JsonObject *reply, const char *name)
{
  JsonNode *node = json_object_get_member (reply, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

static PortalVerdict
judge_error_codes (JsonObject *reply)
{
  JsonNode *node = json_object_get_member (reply, "error-codes");
  JsonArray *codes = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint n_codes = codes != NULL ? MIN (json_array_get_length (codes), MOST_ERROR_CODES) : 0;

  for (guint i = 0; i < n_codes; i++)
    {
      JsonNode *element = json_array_get_element (codes, i);
      const char *code = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      for (gsize j = 0; j < G_N_ELEMENTS (error_codes); j++)
        {
          if (g_strcmp0 (code, error_codes[j].code) == 0)
            return error_codes[j].verdict;
        }
    }

  return PORTAL_VERDICT_NOT_PASSED;
}

/* By the machine's clock, not the portal's, which a sandbox moves. A clock that is ahead is no better than an old
 * token. */
static PortalVerdict
judge_time (const char *text)
{
  g_autoptr (GDateTime) solved_at = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  gint64 age;

  if (solved_at == NULL)
    return PORTAL_VERDICT_BAD_ANSWER;

  age = g_get_real_time () / G_USEC_PER_SEC - g_date_time_to_unix (solved_at);
  return ABS (age) <= PORTAL_SITEVERIFY_TOKEN_SECONDS ? PORTAL_VERDICT_PASSED : PORTAL_VERDICT_TOO_LATE;
}

static PortalVerdict
judge (const Asking *asking, JsonObject *reply)
{
  JsonNode *success = json_object_get_member (reply, "success");
  const char *hostname = get_string (reply, "hostname");

  if (success == NULL || !JSON_NODE_HOLDS_VALUE (success) || json_node_get_value_type (success) != G_TYPE_BOOLEAN)
    return PORTAL_VERDICT_BAD_ANSWER;
  if (!json_node_get_boolean (success))
    return judge_error_codes (reply);
  if (hostname == NULL || g_ascii_strcasecmp (hostname, asking->host) != 0)
    return PORTAL_VERDICT_ELSEWHERE;
  if (asking->session != NULL && (g_strcmp0 (get_string (reply, "action"), asking->action) != 0 ||
                                  g_strcmp0 (get_string (reply, "cdata"), asking->session) != 0))
    return PORTAL_VERDICT_OTHER_PURPOSE;

  return json_object_has_member (reply, "challenge_ts") ? judge_time (get_string (reply, "challenge_ts"))
                                                        : PORTAL_VERDICT_PASSED;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (JsonObject) reply = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error))
    {
      g_message ("The answer of siteverify did not come: %s", error->message);
      return_verdict (task, PORTAL_VERDICT_NO_ANSWER);
      return;
    }

  body = g_bytes_new (asking->buffer, length);
  reply = length <= MOST_BYTES ? portal_json_parse (body, NULL) : NULL;
  if (reply == NULL)
    g_message ("siteverify answered something that is no answer");
  return_verdict (task, reply != NULL ? judge (asking, reply) : PORTAL_VERDICT_BAD_ANSWER);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  SoupSession *session = SOUP_SESSION (source);
  SoupMessage *message = soup_session_get_async_result_message (session, result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (session, result, &error);

  if (stream == NULL)
    {
      g_message ("siteverify cannot be asked: %s", error->message);
      return_verdict (task, PORTAL_VERDICT_NO_ANSWER);
      return;
    }
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    {
      g_message ("siteverify answered %u", soup_message_get_status (message));
      return_verdict (task, PORTAL_VERDICT_BAD_ANSWER);
      return;
    }

  g_input_stream_read_all_async (stream, asking->buffer, sizeof asking->buffer, G_PRIORITY_DEFAULT, asking->cancellable,
                                 on_read, g_object_ref (task));
}

static gboolean
on_limit (gpointer user_data)
{
  Asking *asking = user_data;

  asking->limit_id = 0;
  g_cancellable_cancel (asking->cancellable);

  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static SoupMessage *
make_message (const PortalVerification *verification, const char *token)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_POST, portal_verification_get_siteverify (verification));
  g_autofree char *form = NULL;
  g_autoptr (GBytes) body = NULL;

  if (verification->provider->sends_site_key)
    form =
      soup_form_encode ("secret", verification->secret, "response", token, "sitekey", verification->site_key, NULL);
  else
    form = soup_form_encode ("secret", verification->secret, "response", token, NULL);
  body = g_bytes_new (form, strlen (form));
  soup_message_set_request_body_from_bytes (message, SOUP_FORM_MIME_TYPE_URLENCODED, body);
  /* The secret goes to where the operator said, and nowhere else. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  return message;
}

/**
 * portal_siteverify_ask_async:
 * @session: what to ask with
 * @verification: whom to ask
 * @question: what the token must be for
 * @cancellable: (nullable): cancels it; the verdict is then %PORTAL_VERDICT_NO_ANSWER
 * @callback: called when the verdict is there, ten seconds later at the latest
 * @user_data: for @callback
 *
 * Asks the provider what a token is worth. Whatever is not clearly good is not passed. A token may be shown once.
 */
void
portal_siteverify_ask_async (SoupSession *session,
                             const PortalVerification *verification,
                             const PortalSiteverifyQuestion *question,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (SoupMessage) message = NULL;
  GTask *task;
  Asking *asking;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (verification != NULL && question != NULL);

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, portal_siteverify_ask_async);
  asking = g_new0 (Asking, 1);
  asking->host = g_strdup (question->host);
  if (verification->provider->is_bound)
    {
      asking->action = g_strdup (question->action);
      asking->session = g_strdup (question->session);
    }
  asking->cancellable = g_cancellable_new ();
  asking->limit_id = g_timeout_add_seconds (PORTAL_SITEVERIFY_SECONDS, on_limit, asking);
  g_task_set_task_data (task, asking, (GDestroyNotify)asking_free);
  if (cancellable != NULL)
    {
      asking->caller = g_object_ref (cancellable);
      asking->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                 g_object_ref (asking->cancellable), g_object_unref);
    }

  message = make_message (verification, question->token);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, asking->cancellable, on_answered, task);
}

/**
 * portal_siteverify_ask_finish:
 * @session: what it was asked with
 * @result: what the callback got
 *
 * Ends portal_siteverify_ask_async().
 *
 * Returns: the verdict
 */
PortalVerdict
portal_siteverify_ask_finish (SoupSession *session, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, session), PORTAL_VERDICT_NO_ANSWER);

  return (PortalVerdict)g_task_propagate_int (G_TASK (result), NULL);
}
