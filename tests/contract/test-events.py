# SPDX-License-Identifier: GPL-3.0-or-later
"""Server-sent events: the newest state at once, then one event for each change."""

import json

import tap
from portal import DAY, PortalTestCase


class TestEvents(PortalTestCase):
    def assert_state(self, event, state):
        self.assertEqual((event["event"], event["id"]), ("state", state))
        self.assertEqual(json.loads(event["data"]), {"state": state})

    def test_the_state_comes_at_once(self):
        with self.admin.events() as stream:
            self.assert_state(stream.next(), self.admin.read_all()[1])

    def test_each_kind_of_change_is_told(self):
        self.find()
        row = self.admin.row_of("oey")["id"]
        changes = [
            lambda: self.admin.connect(row),
            lambda: self.admin.search("Larkmoor"),
            lambda: self.admin.request("larkmoor-foods", challenge=self.admin.passed("request", "larkmoor-foods")),
            lambda: self.admin.advance(31 * DAY),
            self.admin.reset,
        ]
        with self.admin.events() as stream:
            before = stream.next()["id"]
            for change in changes:
                change()
                _, state = self.admin.read_all()
                self.assertNotEqual(state, before)
                event = stream.next()
                while event["id"] != state:
                    event = stream.next()
                self.assert_state(event, state)
                before = state

    def test_all_listeners_are_told(self):
        with self.admin.events() as one, self.portal.admin().events() as other:
            one.next(), other.next()
            self.admin.connect(self.admin.row_of("oey")["id"])
            state = self.admin.read_all()[1]
            self.assert_state(one.next(), state)
            self.assert_state(other.next(), state)

    def test_who_knows_the_newest_is_not_told_again(self):
        _, state = self.admin.read_all()
        with self.admin.events(state) as stream:
            self.admin.connect(self.admin.row_of("oey")["id"])
            self.assert_state(stream.next(), self.admin.read_all()[1])

    def test_who_missed_something_is_told(self):
        _, old = self.admin.read_all()
        self.admin.connect(self.admin.row_of("oey")["id"])
        for last in (old, "garbage"):
            with self.admin.events(last) as stream:
                self.assert_state(stream.next(), self.admin.read_all()[1])

    def test_a_refusal_is_not_told(self):
        with self.admin.events() as stream:
            stream.next()
            self.admin.resend(self.admin.row_of("oey")["id"])
            self.admin.connect(self.admin.row_of("oey")["id"])
            self.assert_state(stream.next(), self.admin.read_all()[1])

    def test_a_listener_that_leaves_harms_nobody(self):
        for _ in range(5):
            with self.admin.events() as stream:
                stream.next()
        self.admin.connect(self.admin.row_of("oey")["id"])
        with self.admin.events() as stream:
            self.assert_state(stream.next(), self.admin.read_all()[1])

    def test_it_is_a_stream_nobody_keeps(self):
        with self.admin.events() as stream:
            self.assertEqual(stream.response.headers["Content-Type"].split(";")[0], "text/event-stream")
            self.assertIn("no-", stream.response.headers["Cache-Control"])


if __name__ == "__main__":
    tap.main()
