/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "portal-challenges.h"
#include "portal-error.h"
#include "portal-sample.h"

#define MAX_NUMBER 200

static const PortalChallengeBinding binding = { "a", "ada", "c0", LINKAGE_ACTIONS_REQUEST };

static LinkageChallenge *
create (PortalStore *store)
{
  LinkageChallenge *challenge = NULL;

  PORTAL_SAMPLE_RUN (store, (challenge = portal_challenges_create (store, &binding, MAX_NUMBER, &error)) != NULL);
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
  g_test_add_func ("/portal/challenges/purge", test_purge);

  return g_test_run ();
}
