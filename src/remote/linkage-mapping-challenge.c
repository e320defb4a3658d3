/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "linkage-remote"

#include "linkage-mapping-challenge.h"

#include "linkage-mapping-limits.h"
#include "linkage-mapping-page.h"

static gpointer
read_proof_of_work (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_new ();

  if (!linkage_json_reader_read_text (reader, "algorithm", LINKAGE_MAX_WORD, &work->algorithm, error) ||
      !linkage_json_reader_read_text (reader, "challenge", LINKAGE_MAX_HEX, &work->challenge, error) ||
      !linkage_json_reader_read_text (reader, "salt", LINKAGE_MAX_SALT, &work->salt, error) ||
      !linkage_json_reader_read_text (reader, "signature", LINKAGE_MAX_HEX, &work->signature, error) ||
      !linkage_json_reader_read_integer (reader, "max-number", 1, LINKAGE_PROOF_OF_WORK_MAX, &work->max_number, error))
    return NULL;
  if (!g_str_equal (work->algorithm, "SHA-256"))
    {
      linkage_json_reader_set_error (reader, "algorithm", "is not known", error);
      return NULL;
    }

  return g_steal_pointer (&work);
}

static gboolean
read_action (const LinkageJsonReader *reader, LinkageActions *action, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "action", LINKAGE_MAX_WORD, &word, error))
    return FALSE;

  *action = linkage_action_from_string (word);
  if (*action != LINKAGE_ACTIONS_REQUEST && *action != LINKAGE_ACTIONS_RESEND)
    {
      linkage_json_reader_set_error (reader, "action", "is not known", error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_status (const LinkageJsonReader *reader, LinkageChallengeStatus *status, GError **error)
{
  g_autofree char *word = NULL;

  if (!linkage_json_reader_read_text (reader, "status", LINKAGE_MAX_WORD, &word, error))
    return FALSE;
  if (!linkage_challenge_status_from_string (word, status))
    {
      linkage_json_reader_set_error (reader, "status", "is not known", error);
      return FALSE;
    }

  return TRUE;
}

/* The program solves a proof of work itself; for every other provider it opens the portal's page. */
static gboolean
read_task (const LinkageJsonReader *reader, LinkageChallenge *challenge, GError **error)
{
  if (!linkage_json_reader_read_text (reader, "provider", LINKAGE_MAX_WORD, &challenge->provider, error))
    return FALSE;

  if (!linkage_json_reader_is_null (reader, "proof-of-work"))
    {
      challenge->proof_of_work = linkage_json_reader_read_value (reader, "proof-of-work", read_proof_of_work, error);
      if (challenge->proof_of_work == NULL)
        return FALSE;
    }
  if (!linkage_json_reader_is_null (reader, "page") &&
      !linkage_mapping_read_page (reader, "page", &challenge->page, error))
    return FALSE;

  if (g_str_equal (challenge->provider, "proof-of-work") && challenge->proof_of_work == NULL)
    {
      linkage_json_reader_set_error (reader, "proof-of-work", "is null", error);
      return FALSE;
    }
  if (!g_str_equal (challenge->provider, "proof-of-work") && challenge->page == NULL)
    {
      linkage_json_reader_set_error (reader, "page", "is null", error);
      return FALSE;
    }

  return TRUE;
}

static gboolean
read_interval (const LinkageJsonReader *reader, guint *interval, GError **error)
{
  return !linkage_json_reader_has (reader, "interval") ||
         linkage_json_reader_read_count (reader, "interval", 1, LINKAGE_MAX_INTERVAL, interval, error);
}

/**
 * linkage_mapping_read_challenge:
 * @reader: a value
 * @error: return location for an error
 *
 * Reads a challenge session.
 *
 * Returns: (transfer full) (nullable) (type LinkageChallenge): the session, or %NULL with
 *   %LINKAGE_REMOTE_ERROR_INVALID_REPLY
 */
gpointer
linkage_mapping_read_challenge (const LinkageJsonReader *reader, GError **error)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autofree char *id = NULL;
  g_autofree char *customer_id = NULL;
  LinkageActions action;

  if (!linkage_json_reader_read_id (reader, "id", &id, error) || !read_action (reader, &action, error) ||
      !linkage_json_reader_read_id (reader, "customer-id", &customer_id, error))
    return NULL;

  challenge = linkage_challenge_new (id, action, customer_id);
  if (!read_status (reader, &challenge->status, error) ||
      !linkage_json_reader_read_time (reader, "expires-at", &challenge->expires_at, error) ||
      !read_interval (reader, &challenge->interval, error) || !read_task (reader, challenge, error))
    return NULL;

  return g_steal_pointer (&challenge);
}
