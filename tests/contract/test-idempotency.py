# SPDX-License-Identifier: GPL-3.0-or-later
"""A key counts once: its replay is the stored answer, whatever happened since."""

import os
import sqlite3
import tempfile
import threading
import unittest

import tap
from portal import DAY, Portal, PortalTestCase, exchange, new_key


class TestIdempotency(PortalTestCase):
    def assert_replay(self, first, again):
        self.assertFalse(first.replayed)
        self.assertTrue(again.replayed)
        self.assertEqual((again.status, again.text), (first.status, first.text))
        self.assertEqual(again.content_type, first.content_type)

    def test_a_replay_is_the_stored_answer(self):
        row, key = self.admin.row_of("brueckenhof")["id"], new_key()
        first = self.admin.connect(row, key)
        before = self.snapshot()
        self.assert_replay(first, self.admin.connect(row, key))
        self.assertEqual(self.snapshot(), before)
        self.admin.advance(31 * DAY)
        self.assert_replay(first, self.admin.connect(row, key))

    def test_another_body_is_refused(self):
        key = new_key()
        self.admin.search("Larkmoor", key)
        self.refuses("key-reused", lambda: self.admin.search("Quillhaven", key), 422)

    def test_another_path_is_refused(self):
        key = new_key()
        self.admin.connect(self.admin.row_of("brueckenhof")["id"], key)
        other = self.admin.row_of("oey")["id"]
        self.refuses("key-reused", lambda: self.admin.connect(other, key), 422)

    def test_another_user_has_keys_of_their_own(self):
        row, key = self.admin.row_of("brueckenhof")["id"], new_key()
        self.assertEqual(self.admin.connect(row, key).status, 200)
        reply = self.portal.user().connect(row, key)
        self.assert_refused(reply, 403, "role-required")
        self.assertFalse(reply.replayed)

    def test_a_stranger_gets_no_replay(self):
        row, key = self.admin.row_of("brueckenhof")["id"], new_key()
        self.admin.connect(row, key)
        stranger = self.portal.stranger()
        stranger._account = self.admin.account
        self.assert_refused(stranger.connect(row, key), 401, "authentication-required")

    def test_refusals_by_a_rule_are_stored(self):
        row, key = self.admin.row_of("cinaralti-tekstil")["id"], new_key()
        first = self.admin.resend(row, key=key)
        self.assert_refused(first, 403, "already-pending")
        self.admin.advance(31 * DAY)
        self.assert_replay(first, self.admin.resend(row, key=key))
        self.assertEqual(self.admin.resend(row).status, 200)

    def test_refusals_for_a_challenge_are_not_stored(self):
        self.find()
        key = new_key()
        self.assert_refused(self.admin.request("larkmoor-foods", key=key), 403, "challenge-required")
        wrong = self.admin.passed("request", "larkmoor-bakeries")
        self.assert_refused(self.admin.request("larkmoor-foods", key=key, challenge=wrong), 403, "challenge-mismatch")
        passed = self.admin.passed("request", "larkmoor-foods")
        reply = self.admin.request("larkmoor-foods", key=key, challenge=passed)
        self.assertEqual((reply.status, reply.replayed), (201, False))

    def test_a_replay_needs_no_new_challenge(self):
        self.find()
        key = new_key()
        first = self.admin.request("larkmoor-foods", key=key, challenge=self.admin.passed("request", "larkmoor-foods"))
        self.assertEqual(first.status, 201)
        self.assert_replay(first, self.admin.request("larkmoor-foods", key=key))
        other = self.admin.challenge("request", "larkmoor-foods")["id"]
        self.assert_replay(first, self.admin.request("larkmoor-foods", key=key, challenge=other))

    def test_a_search_counts_once_per_key(self):
        key = new_key()
        first = self.admin.search("Larkmoor", key)
        for _ in range(6):
            self.assert_replay(first, self.admin.search("Larkmoor", key))
        self.assertEqual(self.admin.get_account()["searches"]["used"], 1)

    def test_one_key_at_the_same_time(self):
        row, key = self.admin.row_of("brueckenhof")["id"], new_key()
        replies = []
        threads = [threading.Thread(target=lambda: replies.append(self.admin.connect(row, key))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(len(replies), 8)
        done = [reply for reply in replies if reply.status == 200]
        self.assertEqual({reply.status for reply in replies} - {200, 409}, set())
        self.assertEqual(len({reply.text for reply in done}), 1)
        self.assertEqual([reply.replayed for reply in done].count(False), 1)
        self.assertEqual(self.admin.row(row)["requests-used"], 1)

    def test_a_key_is_a_quoted_string(self):
        path = f"{self.admin.home}/searches"
        for key in ("", "bare", '"', '""', '"' + "x" * 65 + '"', '"open'):
            with self.subTest(key):
                headers = {"Authorization": f"Bearer {self.admin.token}", "Idempotency-Key": key}
                reply = exchange(self.portal.address, "POST", path, {"name": "Larkmoor"}, headers)
                self.assert_refused(reply, 400, "key-required")
        self.assertEqual(self.admin.get_account()["searches"]["used"], 0)

    def test_keys_are_forgotten_after_sixty_days(self):
        row, key = self.admin.row_of("cinaralti-tekstil")["id"], new_key()
        self.assert_refused(self.admin.resend(row, key=key), 403, "already-pending")
        self.admin.advance(59 * DAY)
        self.assertTrue(self.admin.resend(row, key=key).replayed)
        self.admin.advance(2 * DAY)
        self.assertFalse(self.admin.resend(row, key=key).replayed)


class TestLostRole(unittest.TestCase):
    """A request was accepted, its answer was lost, and then the user lost the role."""

    def test_a_replay_comes_before_the_role(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "portal.sqlite")
            with Portal("--sandbox", "--database", path) as portal:
                admin = portal.admin()
                row, other, key = admin.row_of("brueckenhof")["id"], admin.row_of("oey")["id"], new_key()
                first = admin.connect(row, key)
                self.assertEqual(first.status, 200)

                with sqlite3.connect(path) as database:
                    database.execute("UPDATE members SET role = 'user'")
                database.close()

                again = admin.connect(row, key)
                self.assertEqual((again.status, again.replayed, again.text), (200, True, first.text))
                refused = admin.connect(other, new_key())
                self.assertEqual((refused.status, refused.problem), (403, "role-required"))


if __name__ == "__main__":
    tap.main()
