/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-challenges.h"
#include "portal-error.h"
#include "portal-sample.h"
#include "portal-verification-tokens.h"

#define MAX_NUMBER 200

static const PortalSettings settings = { .proof_of_work_max = MAX_NUMBER };
static const PortalChallengeBinding binding = { "a", "ada", "c0", LINKAGE_ACTIONS_REQUEST };

static LinkageChallenge *
create (PortalStore *store)
{
  LinkageChallenge *challenge = NULL;

  PORTAL_SAMPLE_RUN (store, (challenge = portal_challenges_create (store, &binding, &settings, &error)) != NULL);
  return challenge;
}

static char *
solve (const LinkageChallenge *challenge)
{
  g_autoptr (GError) error = NULL;
  char *payload = linkage_proof_of_work_solve (challenge->proof_of_work, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return payload;
}

/* What the portal makes of a solution for the session. */
static PortalProblemType
present (PortalStore *store, const char *id, const char *payload)
{
  g_autoptr (LinkageChallenge) challenge = NULL;
  PortalProblemType problem;

  challenge = portal_challenges_load (store, "a", "ada", id, NULL);
  g_assert_nonnull (challenge);
  PORTAL_SAMPLE_RUN (store, portal_challenges_solve (store, challenge, payload, &problem, &error));
  return problem;
}

static PortalProblemType
use (PortalStore *store, const char *id, const PortalChallengeBinding *wanted)
{
  PortalProblemType problem;

  PORTAL_SAMPLE_RUN (store, portal_challenges_use (store, id, wanted, &problem, &error));
  return problem;
}

static LinkageChallengeStatus
get_status (PortalStore *store, const char *id)
{
  g_autoptr (LinkageChallenge) challenge = portal_challenges_load (store, "a", "ada", id, NULL);

  g_assert_nonnull (challenge);
  return challenge->status;
}

static LinkageChallenge *
create_passed (PortalStore *store)
{
  LinkageChallenge *challenge = create (store);
  g_autofree char *payload = solve (challenge);

  g_assert_cmpint (present (store, challenge->id, payload), ==, PORTAL_PROBLEM_NONE);
  return challenge;
}

static void
test_works_once (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) challenge = create (store);
  g_autofree char *payload = solve (challenge);

  g_assert_cmpint (use (store, challenge->id, &binding), ==, PORTAL_PROBLEM_CHALLENGE_REQUIRED);
  g_assert_cmpint (present (store, challenge->id, payload), ==, PORTAL_PROBLEM_NONE);
  g_assert_cmpint (get_status (store, challenge->id), ==, LINKAGE_CHALLENGE_PASSED);
  /* The first answer was lost on its way. */
  g_assert_cmpint (present (store, challenge->id, payload), ==, PORTAL_PROBLEM_NONE);
  g_assert_cmpint (use (store, challenge->id, &binding), ==, PORTAL_PROBLEM_NONE);
  g_assert_cmpint (get_status (store, challenge->id), ==, LINKAGE_CHALLENGE_USED);
  g_assert_cmpint (use (store, challenge->id, &binding), ==, PORTAL_PROBLEM_CHALLENGE_EXPIRED);
  g_assert_cmpint (present (store, challenge->id, payload), ==, PORTAL_PROBLEM_CHALLENGE_FAILED);

  portal_sample_close (store);
}

static void
test_solution_of_another (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) challenge = create (store);
  g_autoptr (LinkageChallenge) other = create (store);
  g_autofree char *payload = solve (other);

  g_assert_cmpint (present (store, challenge->id, payload), ==, PORTAL_PROBLEM_CHALLENGE_FAILED);
  g_assert_cmpint (present (store, challenge->id, "e30="), ==, PORTAL_PROBLEM_CHALLENGE_FAILED);
  g_assert_cmpint (get_status (store, challenge->id), ==, LINKAGE_CHALLENGE_PENDING);

  portal_sample_close (store);
}

static void
test_binding (void)
{
  static const PortalChallengeBinding others[] = {
    { "b", "ada", "c0", LINKAGE_ACTIONS_REQUEST },
    { "a", "bob", "c0", LINKAGE_ACTIONS_REQUEST },
    { "a", "ada", "c1", LINKAGE_ACTIONS_REQUEST },
    { "a", "ada", "c0", LINKAGE_ACTIONS_RESEND },
  };
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) challenge = create_passed (store);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (use (store, challenge->id, &others[i]), ==, PORTAL_PROBLEM_CHALLENGE_MISMATCH);
  g_assert_cmpint (use (store, NULL, &binding), ==, PORTAL_PROBLEM_CHALLENGE_REQUIRED);
  g_assert_cmpint (use (store, "none", &binding), ==, PORTAL_PROBLEM_CHALLENGE_REQUIRED);
  g_assert_cmpint (use (store, challenge->id, &binding), ==, PORTAL_PROBLEM_NONE);

  portal_sample_close (store);
}

static void
test_ten_minutes (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) pending = create (store);
  g_autoptr (LinkageChallenge) passed = create_passed (store);
  g_autofree char *payload = solve (pending);

  portal_sample_advance_clock (store, 10 * 60);
  g_assert_cmpint (get_status (store, pending->id), ==, LINKAGE_CHALLENGE_EXPIRED);
  g_assert_cmpint (present (store, pending->id, payload), ==, PORTAL_PROBLEM_CHALLENGE_EXPIRED);
  g_assert_cmpint (use (store, passed->id, &binding), ==, PORTAL_PROBLEM_CHALLENGE_EXPIRED);

  portal_sample_close (store);
}

static void
test_others_do_not_see_it (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) challenge = create (store);
  g_autoptr (GError) error = NULL;

  g_assert_null (portal_challenges_load (store, "b", "ada", challenge->id, &error));
  g_assert_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (portal_challenges_load (store, "a", "bob", challenge->id, &error));
  g_assert_error (error, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND);

  portal_sample_close (store);
}

static PortalSettings
make_settings_of_browser (void)
{
  PortalSettings browser = { .address = (char *)"http://127.0.0.1:1" };

  browser.verification = portal_verification_new (portal_verification_find_provider ("hcaptcha"), "site-key", "secret");

  return browser;
}

static void
test_in_a_browser (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  PortalSettings browser = make_settings_of_browser ();
  g_autoptr (LinkageChallenge) challenge = NULL;
  g_autoptr (LinkageChallenge) found = NULL;
  g_autofree char *token = NULL;
  g_autofree char *again = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) missing = NULL;
  gboolean is_first;

  PORTAL_SAMPLE_RUN (store, (challenge = portal_challenges_create (store, &binding, &browser, &error)) != NULL);
  g_assert_cmpstr (challenge->provider, ==, "hcaptcha");
  g_assert_null (challenge->proof_of_work);
  g_assert_cmpint (present (store, challenge->id, "e30="), ==, PORTAL_PROBLEM_CHALLENGE_FAILED);

  token = portal_challenges_make_token (store, challenge->id);
  again = portal_challenges_make_token (store, challenge->id);
  g_assert_cmpstr (token, ==, again);
  PORTAL_SAMPLE_RUN (store, portal_challenges_open (store, challenge->id, &is_first, &error));
  g_assert_true (is_first);
  PORTAL_SAMPLE_RUN (store, portal_challenges_open (store, challenge->id, &is_first, &error));
  g_assert_false (is_first);

  found = portal_challenges_find (store, challenge->id, &name, &missing);
  g_assert_no_error (missing);
  g_assert_cmpint (found->status, ==, LINKAGE_CHALLENGE_PENDING);
  g_assert_nonnull (name);
  g_assert_null (portal_challenges_find (store, "none", &again, &missing));
  g_assert_error (missing, PORTAL_ERROR, PORTAL_ERROR_NOT_FOUND);

  portal_verification_free (browser.verification);
  portal_sample_close (store);
}

static void
test_two_minutes_once_passed (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  PortalSettings browser = make_settings_of_browser ();
  g_autoptr (LinkageChallenge) early = NULL;
  g_autoptr (LinkageChallenge) late = NULL;

  PORTAL_SAMPLE_RUN (store, (early = portal_challenges_create (store, &binding, &browser, &error)) != NULL);
  PORTAL_SAMPLE_RUN (store, (late = portal_challenges_create (store, &binding, &browser, &error)) != NULL);
  PORTAL_SAMPLE_RUN (store, portal_challenges_pass (store, early->id, &error));
  g_assert_cmpint (get_status (store, early->id), ==, LINKAGE_CHALLENGE_PASSED);

  portal_sample_advance_clock (store, 2 * 60);
  g_assert_cmpint (use (store, early->id, &binding), ==, PORTAL_PROBLEM_CHALLENGE_EXPIRED);
  PORTAL_SAMPLE_RUN (store, portal_challenges_pass (store, early->id, &error));
  g_assert_cmpint (get_status (store, early->id), ==, LINKAGE_CHALLENGE_EXPIRED);

  portal_sample_advance_clock (store, 8 * 60 - 1);
  PORTAL_SAMPLE_RUN (store, portal_challenges_pass (store, late->id, &error));
  portal_sample_advance_clock (store, 2 * 60 - 1);
  g_assert_cmpint (use (store, late->id, &binding), ==, PORTAL_PROBLEM_NONE);
  PORTAL_SAMPLE_RUN (store, portal_challenges_pass (store, late->id, &error));
  g_assert_cmpint (get_status (store, late->id), ==, LINKAGE_CHALLENGE_USED);

  portal_verification_free (browser.verification);
  portal_sample_close (store);
}

static void
test_tokens (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  gboolean is_new;

  g_assert_true (portal_verification_tokens_take (store, "token", &is_new, NULL));
  g_assert_true (is_new);
  g_assert_true (portal_verification_tokens_take (store, "token", &is_new, NULL));
  g_assert_false (is_new);
  g_assert_true (portal_verification_tokens_take (store, "other", &is_new, NULL));
  g_assert_true (is_new);

  portal_sample_advance_clock (store, PORTAL_SAMPLE_DAY);
  PORTAL_SAMPLE_RUN (store, portal_verification_tokens_purge (store, &error));
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (*) FROM verification_tokens"), ==, 0);

  portal_sample_close (store);
}

static void
test_purge (void)
{
  PortalStore *store = portal_sample_open (":memory:");
  g_autoptr (LinkageChallenge) challenge = create (store);

  portal_sample_advance_clock (store, PORTAL_SAMPLE_DAY);
  PORTAL_SAMPLE_RUN (store, portal_challenges_purge (store, &error));
  g_assert_cmpint (get_status (store, challenge->id), ==, LINKAGE_CHALLENGE_EXPIRED);
  portal_sample_advance_clock (store, 10 * 60);
  PORTAL_SAMPLE_RUN (store, portal_challenges_purge (store, &error));
  g_assert_cmpint (portal_sample_read_int (store, "SELECT count (*) FROM challenges"), ==, 0);

  portal_sample_close (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/portal/challenges/works-once", test_works_once);
  g_test_add_func ("/portal/challenges/solution-of-another", test_solution_of_another);
  g_test_add_func ("/portal/challenges/binding", test_binding);
  g_test_add_func ("/portal/challenges/ten-minutes", test_ten_minutes);
  g_test_add_func ("/portal/challenges/others-do-not-see-it", test_others_do_not_see_it);
  g_test_add_func ("/portal/challenges/in-a-browser", test_in_a_browser);
  g_test_add_func ("/portal/challenges/two-minutes-once-passed", test_two_minutes_once_passed);
  g_test_add_func ("/portal/challenges/tokens", test_tokens);
  g_test_add_func ("/portal/challenges/purge", test_purge);

  return g_test_run ();
}
