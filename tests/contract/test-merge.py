# SPDX-License-Identifier: GPL-3.0-or-later
"""Two accounts become one: who may ask, look and answer, and what programs of both learn of it."""

import threading
import unittest

import tap
from merger import GOES, STAYS, Merger, Session, WrittenPortal
from portal import DAY, Portal, PortalTestCase, new_key


class MergeTestCase(PortalTestCase):
    """Lindqvist Components stays, and is asked by Lindqvist Hydraulics, unless a case says otherwise."""

    def setUp(self):
        super().setUp()
        self.admin = Merger(self.portal, self.admin.token)
        self.other = Merger(self.portal, self.portal.other_admin().token)

    def ask(self):
        reply = self.other.ask("theirs", **{"account-id": self.admin.account})
        self.assertEqual(reply.status, 201, reply.text)
        return reply.json["id"]

    def ask_and_look(self):
        merge = self.ask()
        return merge, self.admin.preview(merge, "?limit=500").json

    def do_merge(self):
        merge, preview = self.ask_and_look()
        reply = self.admin.approve(merge, GOES, preview["state"])
        self.assertEqual(reply.status, 200, reply.text)
        return merge, preview, reply.json


class TestAsking(MergeTestCase):
    def test_both_see_the_request(self):
        reply = self.other.ask("theirs", email="ASTRID@lindqvist.example", note="We are one company.")
        self.assertEqual(reply.status, 201)
        asked, asking = self.admin.merges()["merges"], self.other.merges()["merges"]
        self.assertEqual(asking, [reply.json])
        self.assertEqual([one["direction"] for one in asked + asking], ["incoming", "outgoing"])
        self.assertEqual([one["stays"] for one in asked + asking], ["mine", "theirs"])
        self.assertEqual([one["other"]["name"] for one in asked + asking], [GOES, STAYS])
        self.assertEqual(
            {(one["status"], one["note"], one["requested-by"]) for one in asked + asking},
            {("open", "We are one company.", "Ingrid Sandberg")},
        )
        self.assertEqual(self.admin.merge(reply.json["id"]).json, asked[0])

    def test_programs_of_both_are_told(self):
        with self.admin.events() as ours, self.other.events() as theirs:
            before = ours.next()["id"], theirs.next()["id"]
            merge = self.ask()
            asked = ours.next()["id"], theirs.next()["id"]
            self.assertNotIn(before, [asked])
            self.assertEqual(self.admin.answer(merge, "decline").status, 200)
            self.assertNotEqual(ours.next()["id"], asked[0])
            self.assertNotEqual(theirs.next()["id"], asked[1])

    def test_a_key_asks_once(self):
        key = new_key()
        first = self.other.ask("theirs", key, **{"account-id": self.admin.account})
        again = self.other.ask("theirs", key, **{"account-id": self.admin.account})
        self.assertEqual((again.replayed, again.text), (True, first.text))
        self.assertEqual(len(self.admin.merges()["merges"]), 1)

    def test_suggestions_are_by_domain(self):
        self.assertEqual(self.admin.merges()["suggestions"], [{"id": self.other.account, "name": GOES}])
        self.assertEqual(self.other.merges()["suggestions"], [{"id": self.admin.account, "name": STAYS}])

    def test_suggestions_can_be_switched_off(self):
        for one in (self.admin, self.other):
            self.assertEqual(one.switch_suggestions(False).json, {"enabled": False})
            self.assertEqual((self.admin.merges()["suggestions"], self.other.merges()["suggestions"]), ([], []))
            self.assertFalse(one.merges()["suggestions-enabled"])
            self.assertEqual(one.switch_suggestions(True).json, {"enabled": True})
        self.assertEqual(len(self.admin.merges()["suggestions"]), 1)

    def test_declined_and_withdrawn(self):
        for answerer, answer, status in ((self.admin, "decline", "declined"), (self.other, "withdraw", "withdrawn")):
            merge, key = self.ask(), new_key()
            before = self.admin.read_all()[0], self.other.read_all()[0]
            reply = answerer.answer(merge, answer, key)
            self.assertEqual((reply.status, reply.json["status"]), (200, status))
            self.assertTrue(answerer.answer(merge, answer, key).replayed)
            self.assertEqual({self.admin.merge(merge).json["status"], self.other.merge(merge).json["status"]}, {status})
            self.assertEqual((self.admin.read_all()[0], self.other.read_all()[0]), before)
            for late in ("decline", "approve"):
                refused = self.admin.send(
                    "PUT", f"{self.admin.home}/merges/{merge}/{late}", {"name": GOES, "state": "x"}, new_key()
                )
                self.assert_refused(refused, 403, "merge-closed")


class TestRefusals(MergeTestCase):
    def refuses(self, problem, attempt, status=403):
        others = self.other.read_all(), self.other.merges()
        reply = super().refuses(problem, attempt, status)
        self.assertEqual((self.other.read_all(), self.other.merges()), others)
        return reply

    def test_with_itself(self):
        for who in ({"account-id": self.admin.account}, {"email": "astrid@lindqvist.example"}):
            self.refuses("merge-with-itself", lambda who=who: self.admin.ask("mine", **who))

    def test_two_at_once(self):
        self.ask()
        other = {"account-id": self.other.account}
        self.refuses("merge-open", lambda: self.admin.ask("theirs", **other))
        self.refuses("merge-open", lambda: self.admin.ask("mine", **other))
        self.refuses("merge-open", lambda: self.other.ask("mine", **{"account-id": self.admin.account}))

    def test_nobody_to_ask(self):
        for who in ({"account-id": "nothing"}, {"email": "nobody@lindqvist.example"}, {"email": "tomasz@lindqvist.example"}):
            self.refuses("not-found", lambda who=who: self.admin.ask("mine", **who), 404)

    def test_fields(self):
        wrong = [
            ("ours", {"account-id": self.other.account}),
            ("mine", {}),
            ("mine", {"account-id": 1}),
            ("mine", {"account-id": self.other.account, "note": "x" * 501}),
        ]
        for stays, fields in wrong:
            self.refuses("invalid-fields", lambda stays=stays, fields=fields: self.admin.ask(stays, **fields), 422)

    def test_admins_only(self):
        merge = self.ask()
        user = Merger(self.portal, self.portal.user().token)
        user._account = self.admin.account
        attempts = [
            lambda: user.send("GET", f"{user.home}/merges"),
            lambda: user.ask("mine", **{"account-id": self.other.account}),
            lambda: user.merge(merge),
            lambda: user.preview(merge),
            lambda: user.approve(merge, GOES, "x"),
            lambda: user.answer(merge, "decline"),
            lambda: user.answer(merge, "withdraw"),
            lambda: user.switch_suggestions(False),
        ]
        for attempt in attempts:
            self.refuses("role-required", attempt)

    def test_only_the_asked_sees_and_answers(self):
        merge, preview = self.ask_and_look()
        self.refuses("merge-not-yours", lambda: self.other.preview(merge))
        self.refuses("merge-not-yours", lambda: self.other.approve(merge, GOES, preview["state"]))
        self.refuses("merge-not-yours", lambda: self.other.answer(merge, "decline"))
        self.refuses("merge-not-yours", lambda: self.admin.answer(merge, "withdraw"))

    def test_somebody_elses_merge(self):
        self.ask()
        for attempt in (self.admin.merge, self.admin.preview, lambda merge: self.admin.answer(merge, "decline")):
            self.refuses("not-found", lambda attempt=attempt: attempt("nothing"), 404)

    def test_the_wrong_name(self):
        merge, preview = self.ask_and_look()
        for name in (STAYS, GOES.lower(), GOES + " ", "x"):
            self.refuses("merge-wrong-name", lambda name=name: self.admin.approve(merge, name, preview["state"]))
        self.refuses("invalid-fields", lambda: self.admin.approve(merge, "", preview["state"]), 422)

    def test_a_stale_preview(self):
        merge, preview = self.ask_and_look()
        changes = [
            lambda: self.admin.connect(self.admin.row_of("brueckenhof")["id"]),
            lambda: self.other.connect(self.other.row_of("mek-noi")["id"]),
            lambda: [self.other.search("Larkmoor") for _ in range(3)],
            lambda: self.admin.advance(31 * DAY),
        ]
        for change in changes:
            change()
            state = preview["state"]
            self.refuses("merge-stale", lambda state=state: self.admin.approve(merge, GOES, state))
            preview = self.admin.preview(merge).json
        self.assertEqual(self.admin.approve(merge, GOES, preview["state"]).status, 200)

    def test_what_does_not_matter_leaves_the_preview_alone(self):
        merge, preview = self.ask_and_look()
        self.admin.switch_suggestions(False)
        self.assertEqual(self.admin.preview(merge, "?limit=500").json, preview)


class TestMerged(MergeTestCase):
    def test_what_was_shown_is_done(self):
        before, _ = self.admin.read_all()
        theirs, _ = self.other.read_all()
        _, preview, merged = self.do_merge()
        after = {row["customer"]["id"]: row for row in self.admin.read_all()[0].values()}
        ours = {row["customer"]["id"]: row for row in before.values()}
        others = {row["customer"]["id"]: row for row in theirs.values()}
        for row in preview["rows"]:
            customer = row["customer"]["id"]
            with self.subTest(customer):
                if row["fate"] == "removed":
                    self.assertNotIn(customer, after)
                    continue
                now = after.pop(customer)
                self.assertEqual((now["status"], now["requests-used"]), (row["status"], row["requests-used"]))
                self.assertEqual(now["id"], (ours.get(customer) or now)["id"])
                if row["fate"] == "stays":
                    self.assertEqual(now, ours[customer])
                if row["fate"] == "comes-over":
                    self.assertEqual(now["attempts"], others[customer]["attempts"])
        self.assertEqual(after, {})
        self.assertEqual(sum(preview["counts"].values()), preview["total"])
        self.assertEqual(merged["merge"]["status"], "merged")
        self.assertEqual(self.admin.merges()["merges"], [merged["merge"]])
        self.assertEqual(self.admin.changes().json["total"], preview["total"] - preview["counts"]["removed"])

    def test_a_program_needs_only_the_changes(self):
        rows, state = self.admin.read_all()
        _, preview, _ = self.do_merge()
        while True:
            page = self.admin.changes(state, 5).json
            for row in page["changed"]:
                self.assertGreater(row["revision"], rows.get(row["id"], {"revision": 0})["revision"])
                rows[row["id"]] = row
            for gone in page["removed"]:
                self.assertIsNotNone(rows.pop(gone["id"], None))
            state = page["new-state"]
            if not page["has-more-changes"]:
                break
        self.assertEqual(rows, self.admin.read_all()[0])
        self.assertEqual(len(rows), page["total"])
        changed = preview["total"] - preview["counts"]["stays"]
        self.assertLess(changed, preview["total"])

    def test_searches_left_are_the_smaller_number(self):
        self.find("Larkmoor")
        search = self.other.search("Quillhaven").json["search"]
        _, preview, merged = self.do_merge()
        self.assertEqual(preview["searches-left"], 2)
        self.assertEqual(merged["account"]["searches"], {"limit": 5, "used": 3})
        found = self.admin.send("GET", f"{self.admin.home}/searches/{search['id']}").json
        self.assertEqual(found["results"], search["results"])

    def test_what_was_used_is_remembered(self):
        """A removed customer is found, and cannot be asked more often than before."""
        self.do_merge()
        self.find("Larkmoor")
        states = {hit["customer"]["id"]: hit["state"] for hit in self.admin.search("Larkmoor").json["search"]["results"]}
        self.assertEqual(states["larkmoor-shipping"], "no-requests-left")
        self.assertEqual(states["larkmoor-mining"], "rejected")
        reply = self.admin.request("larkmoor-mining", challenge=self.admin.passed("request", "larkmoor-mining"))
        self.assert_refused(reply, 403, "rejected")

    def test_the_account_that_goes(self):
        _, state = self.other.read_all()
        account = self.other.account
        row = self.other.row_of("mek-noi")["id"]
        self.do_merge()
        into = {"id": self.admin.account, "name": STAYS}
        attempts = [
            lambda: self.other.changes(state),
            lambda: self.other.changes(),
            lambda: self.other.connect(row),
            lambda: self.other.search("Larkmoor"),
            lambda: self.other.send("GET", f"{self.other.home}/merges"),
            lambda: self.other.send("GET", f"{self.other.home}/events"),
            lambda: self.other.send("GET", self.other.home),
        ]
        for attempt in attempts:
            reply = attempt()
            self.assert_refused(reply, 410, "account-merged")
            self.assertEqual(reply.json["merged-into"], into)
        self.admin._account = account
        self.assert_refused(self.admin.changes(), 404, "not-found")

    def test_people_become_plain_users(self):
        self.do_merge()
        accounts = self.other.send("GET", "/api/v1/accounts").json
        self.assertEqual([(one["id"], one["role"]) for one in accounts], [(self.admin.account, "user")])
        self.other._account = self.admin.account
        self.assert_refused(self.other.changes(), 403, "role-required")
        self.assertEqual(self.admin.get_account()["role"], "admin")

    def test_a_key_of_before_keeps_its_answer(self):
        row, key = self.other.row_of("mek-noi")["id"], new_key()
        first = self.other.connect(row, key)
        self.do_merge()
        again = self.other.connect(row, key)
        self.assertEqual((again.status, again.replayed, again.text), (200, True, first.text))

    def test_event_streams(self):
        with self.admin.events() as ours, self.other.events() as theirs:
            ours.next(), theirs.next()
            self.do_merge()
            state = self.admin.read_all()[1]
            while ours.next()["id"] != state:
                pass
            with self.assertRaisesRegex(AssertionError, "the stream ended"):
                while True:
                    theirs.next()

    def test_the_asking_one_may_stay(self):
        """The account that says yes is the one that goes; its answer is the last that it gets."""
        reply = self.other.ask("mine", **{"account-id": self.admin.account})
        merge, key = reply.json["id"], new_key()
        preview = self.admin.preview(merge).json
        self.assertEqual(preview["merge"]["stays"], "theirs")
        self.assert_refused(self.admin.approve(merge, GOES, preview["state"]), 403, "merge-wrong-name")
        first = self.admin.approve(merge, STAYS, preview["state"], key)
        self.assertEqual((first.status, first.json["account"]["name"], first.json["account"]["role"]), (200, GOES, "user"))
        again = self.admin.approve(merge, STAYS, preview["state"], key)
        self.assertEqual((again.replayed, again.text), (True, first.text))
        self.assert_refused(self.admin.approve(merge, STAYS, preview["state"]), 410, "account-merged")
        self.assertEqual(self.other.changes().json["total"], preview["total"] - preview["counts"]["removed"])

    def test_an_approval_counts_once(self):
        merge, preview = self.ask_and_look()
        key = new_key()
        first = self.admin.approve(merge, GOES, preview["state"], key)
        after = self.snapshot()
        again = self.admin.approve(merge, GOES, preview["state"], key)
        self.assertEqual((again.replayed, again.text), (True, first.text))
        self.assert_refused(self.admin.approve(merge, GOES, preview["state"]), 403, "merge-closed")
        self.assertEqual(self.snapshot(), after)

    def test_approvals_that_race(self):
        merge, preview = self.ask_and_look()
        replies = []
        approve = lambda: replies.append(self.admin.approve(merge, GOES, preview["state"]))  # noqa: E731
        threads = [threading.Thread(target=approve) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        self.assertEqual(sorted(reply.status for reply in replies), [200] + [403] * 5)
        self.assertEqual({reply.problem for reply in replies}, {None, "merge-closed"})

    def test_an_account_can_merge_again_after_a_reset(self):
        self.do_merge()
        self.admin.reset()
        self.do_merge()

    def test_pages_of_the_preview(self):
        merge, preview = self.ask_and_look()
        rows = []
        while len(rows) < preview["total"]:
            page = self.admin.preview(merge, f"?offset={len(rows)}&limit=7").json
            self.assertEqual({**page, "rows": None}, {**preview, "rows": None})
            rows += page["rows"]
        self.assertEqual(rows, preview["rows"])
        self.assertEqual(self.admin.preview(merge, f"?offset={len(rows)}").json["rows"], [])
        self.assert_refused(self.admin.preview(merge, "?limit=501"), 400, "invalid-request")


class TestPeople(unittest.TestCase):
    """Who belongs where."""

    def setUp(self):
        self.written = WrittenPortal()
        self.addCleanup(self.written.close)

    def open(self):
        portal = Portal("--sandbox", "--database", self.written.path)
        self.addCleanup(portal.stop)
        return portal, Session(portal)

    def test_who_is_in_both_keeps_the_role(self):
        self.written.write("INSERT INTO members VALUES ('user-ingrid', 'lindqvist', 'admin')")
        self.written.write("INSERT INTO members VALUES ('user-astrid', 'lindqvist-hydraulics', 'user')")
        _, session = self.open()
        session.other._account = "lindqvist-hydraulics"
        session.merge()
        for client in (session.admin, session.other):
            accounts = client.send("GET", "/api/v1/accounts").json
            self.assertEqual([(one["id"], one["role"]) for one in accounts], [("lindqvist", "admin")])

    def test_an_address_of_several_accounts(self):
        self.written.write("INSERT INTO members VALUES ('user-ingrid', 'lindqvist', 'admin')")
        _, session = self.open()
        reply = session.admin.ask("mine", email="ingrid@lindqvist.example")
        self.assertEqual((reply.status, reply.problem), (404, "not-found"))

    def test_public_mail_providers_suggest_nobody(self):
        self.written.write("UPDATE users SET email = replace (email, 'lindqvist.example', 'GMail.com')")
        _, session = self.open()
        self.assertEqual(session.admin.merges()["suggestions"], [])

    def test_an_account_that_was_merged_twice_over(self):
        """What was merged into an account that is merged itself is told of the last one, and cannot be asked."""
        self.written.write("INSERT INTO users (id, name, email) VALUES ('user-third', 'Third', 'third@third.example')")
        self.written.write("INSERT INTO accounts (id, name, searches_limit) VALUES ('third', 'Third', 5)")
        self.written.write("INSERT INTO members VALUES ('user-third', 'third', 'admin')")
        self.written.write("INSERT INTO members VALUES ('user-astrid', 'third', 'admin')")
        self.written.add_customer("some")
        self.written.add("lindqvist-hydraulics", "some", "approved", 40)
        _, session = self.open()
        session.admin._account = "lindqvist"
        session.merge()
        for who in ("lindqvist-hydraulics", "lindqvist"):
            client = Merger(session.admin.portal, session.admin.token)
            client._account = "third"
            reply = client.ask("mine", **{"account-id": who})
            self.assertEqual(reply.problem, "not-found" if who == "lindqvist-hydraulics" else None)
        merge = reply.json["id"]
        preview = session.admin.preview(merge).json
        self.assertEqual(session.admin.approve(merge, STAYS, preview["state"]).status, 200)
        session.other._account = "lindqvist-hydraulics"
        gone = [session.other.changes(), session.admin.changes()]
        self.assertEqual([reply.problem for reply in gone], ["account-merged"] * 2)
        self.assertEqual([reply.json["merged-into"] for reply in gone], [{"id": "third", "name": "Third"}] * 2)
        self.assertEqual([row["customer"]["id"] for row in client.read_all()[0].values()], ["some"])


if __name__ == "__main__":
    tap.main()
