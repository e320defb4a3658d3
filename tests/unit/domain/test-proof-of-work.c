/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "linkage-proof-of-work.h"
#include "linkage-proof-payload.h"

#include <string.h>

#define SALT "0123456789abcdef01234567?expires=1769851800&"

static GBytes *
make_key (const char *key)
{
  return g_bytes_new_static (key, strlen (key));
}

static char *
encode (const char *json)
{
  return g_base64_encode ((const guchar *)json, strlen (json));
}

/* Worked out by other means: sha256sum and openssl dgst -hmac. */
static void
test_known_values (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 4711, 10000);

  g_assert_cmpstr (work->algorithm, ==, "SHA-256");
  g_assert_cmpstr (work->challenge, ==, "d8ac98aeae42f0b8945e0c553ee159bcf716c4beca00e8e9ec83376cf018c85a");
  g_assert_cmpstr (work->signature, ==, "3be8f5f25db35b6c4cf59cb77a5e9ca64113c0e581c5fc69809308ac7d795583");
  g_assert_cmpstr (work->salt, ==, SALT);
  g_assert_cmpint (work->max_number, ==, 10000);
}

static void
test_solves_at_both_ends (void)
{
  static const gint64 numbers[] = { 0, 1, 4095, 4096, 9999, 10000 };
  g_autoptr (GBytes) key = make_key ("secret");

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, numbers[i], 10000);
      g_autoptr (LinkageProofOfWork) copy = linkage_proof_of_work_copy (work);
      g_autoptr (LinkageProofPayload) payload = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *solution = linkage_proof_of_work_solve (copy, NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (linkage_proof_of_work_verify (solution, key, work->challenge));
      payload = linkage_proof_payload_decode (solution);
      g_assert_cmpint (payload->number, ==, numbers[i]);
    }
}

static void
test_verify_is_strict (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (GBytes) other_key = make_key ("guess");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 12, 100);
  g_autoptr (LinkageProofOfWork) other = linkage_proof_of_work_create (key, SALT, 13, 100);
  g_autoptr (LinkageProofOfWork) forged = linkage_proof_of_work_create (other_key, SALT, 12, 100);
  g_autofree char *solution = linkage_proof_of_work_solve (work, NULL, NULL, NULL, NULL);
  g_autofree char *forgery = linkage_proof_of_work_solve (forged, NULL, NULL, NULL, NULL);

  g_assert_true (linkage_proof_of_work_verify (solution, key, work->challenge));
  g_assert_false (linkage_proof_of_work_verify (solution, other_key, work->challenge));
  g_assert_false (linkage_proof_of_work_verify (solution, key, other->challenge));
  g_assert_false (linkage_proof_of_work_verify (forgery, key, work->challenge));
  g_assert_false (linkage_proof_of_work_verify ("", key, work->challenge));
  g_assert_false (linkage_proof_of_work_verify (solution, key, ""));
}

static void
test_verify_looks_at_each_member (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 12, 100);
  LinkageProofPayload right = { work->algorithm, work->challenge, 12, work->salt, work->signature };
  LinkageProofPayload wrong[] = { right, right, right, right, right };

  wrong[0].algorithm = (char *)"SHA-1";
  wrong[1].challenge = work->signature;
  wrong[2].number = 13;
  wrong[3].salt = (char *)"salt&";
  wrong[4].signature = work->challenge;
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *payload = linkage_proof_payload_encode (&wrong[i]);

      g_assert_false (linkage_proof_of_work_verify (payload, key, work->challenge));
    }
}

static void
test_no_number_fits (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 100, 100);
  g_autoptr (GError) error = NULL;

  work->max_number = 99;
  g_assert_null (linkage_proof_of_work_solve (work, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
assert_unsolvable (LinkageProofOfWork *work, GIOErrorEnum code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (linkage_proof_of_work_solve (work, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, (int)code);
}

static void
test_bad_challenges_are_refused (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) good = linkage_proof_of_work_create (key, SALT, 1, 100);
  g_autoptr (LinkageProofOfWork) empty = linkage_proof_of_work_new ();
  g_autoptr (LinkageProofOfWork) algorithm = linkage_proof_of_work_copy (good);
  g_autoptr (LinkageProofOfWork) too_much = linkage_proof_of_work_copy (good);
  g_autoptr (LinkageProofOfWork) negative = linkage_proof_of_work_copy (good);
  g_autoptr (LinkageProofOfWork) short_hex = linkage_proof_of_work_copy (good);
  g_autoptr (LinkageProofOfWork) no_hex = linkage_proof_of_work_copy (good);

  algorithm->algorithm[4] = '5';
  too_much->max_number = LINKAGE_PROOF_OF_WORK_MAX + 1;
  negative->max_number = -1;
  short_hex->challenge[62] = '\0';
  no_hex->challenge[3] = 'g';
  assert_unsolvable (empty, G_IO_ERROR_NOT_SUPPORTED);
  assert_unsolvable (algorithm, G_IO_ERROR_NOT_SUPPORTED);
  assert_unsolvable (too_much, G_IO_ERROR_INVALID_DATA);
  assert_unsolvable (negative, G_IO_ERROR_INVALID_DATA);
  assert_unsolvable (short_hex, G_IO_ERROR_INVALID_DATA);
  assert_unsolvable (no_hex, G_IO_ERROR_INVALID_DATA);
}

typedef struct
{
  guint calls;
  double last;
  GCancellable *cancellable; /* (unowned) (nullable): cancelled at the third call */
} Progress;

static void
on_progress (double fraction, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <, 1);
  progress->last = fraction;
  progress->calls++;
  if (progress->calls == 3)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_reports_progress (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 100000, 100000);
  g_autofree char *solution = NULL;
  Progress progress = { 0, 0, NULL };

  solution = linkage_proof_of_work_solve (work, on_progress, &progress, NULL, NULL);
  g_assert_nonnull (solution);
  g_assert_cmpuint (progress.calls, >=, 20);
  g_assert_cmpfloat (progress.last, >, 0.9);
}

static void
test_cancel (void)
{
  g_autoptr (GBytes) key = make_key ("secret");
  g_autoptr (LinkageProofOfWork) work = linkage_proof_of_work_create (key, SALT, 100000, 100000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { 0, 0, cancellable };

  g_assert_null (linkage_proof_of_work_solve (work, on_progress, &progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (progress.calls, ==, 3);
}

static void
test_payload_survives_any_text (void)
{
  LinkageProofPayload payload = {
    (char *)"SHA-256", (char *)"", 999999, (char *)"a\"b\\c\n\x01/\u00e4\U0001f600&", (char *)"ff",
  };
  g_autofree char *encoded = linkage_proof_payload_encode (&payload);
  g_autoptr (LinkageProofPayload) decoded = linkage_proof_payload_decode (encoded);

  g_assert_nonnull (decoded);
  g_assert_cmpstr (decoded->algorithm, ==, payload.algorithm);
  g_assert_cmpstr (decoded->challenge, ==, payload.challenge);
  g_assert_cmpint (decoded->number, ==, payload.number);
  g_assert_cmpstr (decoded->salt, ==, payload.salt);
  g_assert_cmpstr (decoded->signature, ==, payload.signature);
}

/* As ALTCHA's own solver sends it, in another order and with white space. */
static void
test_payload_of_another_solver (void)
{
  g_autofree char *encoded = encode (" { \"took\" : 17 ,\"salt\":\"\\u0061\\uD83D\\uDE00\\/&\",\n\t\"number\":0,"
                                     "\"signature\":\"b\",\"challenge\":\"c\",\"algorithm\":\"SHA-256\"}\r\n");
  g_autoptr (LinkageProofPayload) payload = linkage_proof_payload_decode (encoded);

  g_assert_nonnull (payload);
  g_assert_cmpstr (payload->salt, ==, "a\U0001f600/&");
  g_assert_cmpint (payload->number, ==, 0);
}

#define REST "\"salt\":\"s\",\"challenge\":\"c\",\"signature\":\"g\""
#define WHOLE "\"algorithm\":\"a\",\"number\":1," REST

static const char *const no_payloads[] = {
  "null",
  "{}",
  "[]",
  "{" WHOLE,
  "{" WHOLE ",}",
  "{" WHOLE "}{",
  "{" WHOLE ",\"number\":1}",
  "{" WHOLE ",\"salt\":\"s\"}",
  "{" WHOLE ",\"more\":\"s\"}",
  "{" WHOLE ",\"took\":1.5}",
  "{\"algorithm\":\"a\"," REST "}",
  "{\"number\":1," REST "}",
  "{\"algorithm\":null,\"number\":1," REST "}",
  "{\"algorithm\":\"a\",\"number\":\"1\"," REST "}",
  "{\"algorithm\":\"a\",\"number\":-1," REST "}",
  "{\"algorithm\":\"a\",\"number\":01," REST "}",
  "{\"algorithm\":\"a\",\"number\":1e5," REST "}",
  "{\"algorithm\":\"a\",\"number\":9999999999999999999999," REST "}",
  "{\"algorithm\":\"a\nb\",\"number\":1," REST "}",
  "{\"algorithm\":\"a\\x\",\"number\":1," REST "}",
  "{\"algorithm\":\"\\u0000\",\"number\":1," REST "}",
  "{\"algorithm\":\"\\u12\",\"number\":1," REST "}",
  "{\"algorithm\":\"\\ud800\",\"number\":1," REST "}",
  "{\"algorithm\":\"\\ud800\\u0041\",\"number\":1," REST "}",
  "{\"algorithm\":\"\\udc00\",\"number\":1," REST "}",
  "{\"algorithm\":\"\xff\",\"number\":1," REST "}",
  "{\"algorithm\":\"a",
  "{\"algorithm\":\"a\\",
  "{\"algorithm\":\"a\\u",
};

static void
test_no_payloads (void)
{
  g_autofree char *whole = encode ("{" WHOLE "}");
  g_autoptr (LinkageProofPayload) payload = linkage_proof_payload_decode (whole);
  g_autofree char *endless = g_strnfill (5000, 'A');

  g_assert_nonnull (payload);
  for (gsize i = 0; i < G_N_ELEMENTS (no_payloads); i++)
    {
      g_autofree char *encoded = encode (no_payloads[i]);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_null (linkage_proof_payload_decode (encoded));
    }
  g_assert_null (linkage_proof_payload_decode (""));
  g_assert_null (linkage_proof_payload_decode ("\xff\xff"));
  g_assert_null (linkage_proof_payload_decode ("not base64 at all"));
  g_assert_null (linkage_proof_payload_decode (endless));
}

/* A good payload with some bytes changed or cut off never reads past its end; --seed repeats a run. */
static void
test_any_bytes (void)
{
  static const char good[] = "{" WHOLE "}";

  for (guint round = 0; round < 20000; round++)
    {
      guchar bytes[sizeof good];
      g_autofree char *encoded = NULL;
      LinkageProofPayload *payload = NULL;

      memcpy (bytes, good, sizeof good);
      for (gint32 n = g_test_rand_int_range (1, 5); n > 0; n--)
        bytes[g_test_rand_int_range (0, sizeof good)] = (guchar)g_test_rand_int_range (0, 256);
      encoded = g_base64_encode (bytes, (gsize)g_test_rand_int_range (1, sizeof good));
      payload = linkage_proof_payload_decode (encoded);
      g_clear_pointer (&payload, linkage_proof_payload_free);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/proof-of-work/known-values", test_known_values);
  g_test_add_func ("/proof-of-work/solves-at-both-ends", test_solves_at_both_ends);
  g_test_add_func ("/proof-of-work/verify-is-strict", test_verify_is_strict);
  g_test_add_func ("/proof-of-work/verify-looks-at-each-member", test_verify_looks_at_each_member);
  g_test_add_func ("/proof-of-work/no-number-fits", test_no_number_fits);
  g_test_add_func ("/proof-of-work/bad-challenges", test_bad_challenges_are_refused);
  g_test_add_func ("/proof-of-work/progress", test_reports_progress);
  g_test_add_func ("/proof-of-work/cancel", test_cancel);
  g_test_add_func ("/proof-payload/any-text", test_payload_survives_any_text);
  g_test_add_func ("/proof-payload/another-solver", test_payload_of_another_solver);
  g_test_add_func ("/proof-payload/no-payloads", test_no_payloads);
  g_test_add_func ("/proof-payload/any-bytes", test_any_bytes);

  return g_test_run ();
}
