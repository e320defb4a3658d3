# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of rules: whoever breaks a row of it is refused with its type, and nothing has changed."""

import datetime

import tap
from portal import DAY, PortalTestCase, new_key, solve

HOUR = 60 * 60
LIFETIME = 30 * DAY


def moment(text):
    return datetime.datetime.fromisoformat(text)


class TestExpiry(PortalTestCase):
    """An unanswered request expires 30 × 24 hours after it was sent."""

    def test_every_attempt_lives_thirty_days(self):
        for row in self.admin.read_all()[0].values():
            for attempt in row["attempts"]:
                lifetime = moment(attempt["expires-at"]) - moment(attempt["requested-at"])
                self.assertEqual(lifetime.total_seconds(), LIFETIME)

    def test_it_expires_on_time_and_not_before(self):
        row = self.admin.row_of("brueckenhof")
        sent = self.admin.connect(row["id"]).json["connection"]["attempts"][-1]
        self.admin.advance(LIFETIME - 60)
        self.assertEqual(self.admin.row(row["id"])["status"], "pending")
        now = self.admin.advance(61)
        expired = self.admin.row(row["id"])
        self.assertGreaterEqual(moment(now), moment(sent["expires-at"]))
        self.assertEqual((expired["status"], expired["actions"]), ("expired", ["resend"]))
        self.assertEqual(expired["attempts"][-1]["outcome"], "expired")
        self.assertIsNone(expired["attempts"][-1]["responded-at"])

    def test_a_pending_request_cannot_be_sent_again(self):
        row = self.admin.row_of("cinaralti-tekstil")
        self.refuses("already-pending", lambda: self.admin.resend(row["id"]))
        self.refuses("already-pending", lambda: self.admin.connect(row["id"]))

    def test_already_pending_shows_the_row(self):
        row = self.admin.row_of("cinaralti-tekstil")
        self.assertEqual(self.admin.connect(row["id"]).json["connection"], row)


class TestThreeRequests(PortalTestCase):
    """Three requests per customer, and only an expired one is sent again."""

    def use_three(self, customer):
        row = self.admin.row_of(customer)
        self.assertEqual(self.admin.connect(row["id"]).status, 200)
        for number in (2, 3):
            self.admin.advance(31 * DAY)
            again = self.admin.resend(row["id"]).json["connection"]
            self.assertEqual((again["requests-used"], len(again["attempts"])), (number, number))
        self.admin.advance(31 * DAY)
        return self.admin.row(row["id"])

    def test_the_fourth_is_refused(self):
        row = self.use_three("brueckenhof")
        self.assertEqual((row["status"], row["actions"], row["requests-used"]), ("expired", [], 3))
        self.assertEqual([one["number"] for one in row["attempts"]], [1, 2, 3])
        self.refuses("no-requests-left", lambda: self.admin.resend(row["id"]))
        self.refuses("no-requests-left", lambda: self.admin.connect(row["id"]))
        self.refuses("no-requests-left", lambda: self.admin.request("brueckenhof"))

    def test_neither_with_form_and_verification(self):
        row = self.admin.row_of("larkmoor-shipping")
        body = {"contact-email": "a@lindqvist.example", "confirmed": True}
        self.refuses("no-requests-left", lambda: self.admin.resend(row["id"], body))
        self.refuses("no-requests-left", lambda: self.admin.request("larkmoor-shipping"))

    def test_only_an_expired_one_is_sent_again(self):
        suggested = self.admin.row_of("brueckenhof")
        approved = self.admin.row_of("tidewrack-group")
        self.refuses("not-expired", lambda: self.admin.resend(suggested["id"]))
        self.refuses("already-connected", lambda: self.admin.resend(approved["id"]))

    def test_only_a_suggestion_is_connected(self):
        expired = self.admin.row_of("sumska-zvijezda")
        approved = self.admin.row_of("tidewrack-group")
        self.refuses("not-suggested", lambda: self.admin.connect(expired["id"]))
        self.refuses("already-connected", lambda: self.admin.connect(approved["id"]))
        self.refuses("already-connected", lambda: self.admin.request("tidewrack-group"))

    def test_two_presses_are_one_request(self):
        row = self.admin.row_of("brueckenhof")
        self.assertEqual(self.admin.connect(row["id"]).status, 200)
        self.refuses("already-pending", lambda: self.admin.connect(row["id"]))
        self.assertEqual(self.admin.row(row["id"])["requests-used"], 1)


class TestNoFurtherRequest(PortalTestCase):
    """After a rejection, or when the customer takes no requests, nothing more is sent."""

    def test_after_a_rejection(self):
        for customer in ("larkmoor-mining", "may-trang-nho", "byala-chapla", "sao-brisa"):
            with self.subTest(customer):
                row = self.admin.row_of(customer)
                self.assertEqual((row["status"], row["actions"], row["was-rejected"]), ("rejected", [], True))
                self.refuses("rejected", lambda: self.admin.connect(row["id"]))
                self.refuses("rejected", lambda: self.admin.resend(row["id"]))
                self.refuses("rejected", lambda: self.admin.request(customer))

    def test_a_suggested_customer_that_takes_none(self):
        row = self.admin.row_of("fernhollow-clinics")
        self.assertEqual((row["status"], row["actions"]), ("suggested", []))
        self.refuses("takes-no-requests", lambda: self.admin.connect(row["id"]))

    def test_an_expired_customer_that_takes_none(self):
        row = self.admin.row_of("thokuvik")
        self.assertEqual((row["status"], row["actions"]), ("expired", []))
        self.refuses("takes-no-requests", lambda: self.admin.resend(row["id"]))

    def test_a_found_customer_that_takes_none(self):
        self.find()
        self.refuses("takes-no-requests", lambda: self.admin.request("larkmoor-archives"))


class TestSearches(PortalTestCase):
    """Five searches per account: creating one counts, reading is free."""

    def used(self):
        return self.admin.get_account()["searches"]["used"]

    def test_the_sixth_is_refused(self):
        for number in range(5):
            reply = self.admin.search("Larkmoor")
            self.assertEqual((reply.status, reply.json["account"]["searches"]), (201, {"limit": 5, "used": number + 1}))
        self.refuses("no-searches-left", lambda: self.admin.search("Larkmoor"))

    def test_no_hits_count(self):
        reply = self.admin.search("nobody has this name")
        self.assertEqual((reply.status, reply.json["search"]["total"], self.used()), (201, 0, 1))

    def test_a_refused_one_does_not_count(self):
        for name in ("", "   ", "x" * 201):
            with self.subTest(name=name[:3]):
                self.refuses("invalid-fields", lambda: self.admin.search(name), 422)
        self.assertEqual(self.used(), 0)

    def test_time_and_restart_of_the_clock_give_none_back(self):
        self.admin.search("Larkmoor")
        self.admin.advance(400 * DAY)
        self.assertEqual(self.used(), 1)

    def test_reading_is_free_and_shows_the_present(self):
        search = self.admin.search("Larkmoor").json["search"]
        path = f"{self.admin.home}/searches/{search['id']}"
        self.admin.connect(self.admin.row_of("larkmoor-energy")["id"])
        again = self.admin.send("GET", path).json
        for member in ("id", "name", "total", "created-at"):
            self.assertEqual(again[member], search[member])
        self.assertEqual(self.states(search)["larkmoor-energy"], "suggested")
        self.assertEqual(self.states(again)["larkmoor-energy"], "pending")
        self.assertEqual(self.used(), 1)

    def states(self, search):
        return {result["customer"]["id"]: result["state"] for result in search["results"]}

    def test_a_result_says_why(self):
        search = self.admin.search("larkmoor").json["search"]
        self.assertEqual(
            self.states(search),
            {
                "larkmoor-archives": "takes-no-requests",
                "larkmoor-bakeries": "available",
                "larkmoor-energy": "suggested",
                "larkmoor-foods": "available",
                "larkmoor-health": "approved",
                "larkmoor-mining": "rejected",
                "larkmoor-observatory": "available",
                "larkmoor-rail": "pending",
                "larkmoor-shipping": "no-requests-left",
                "larkmoor-textiles": "expired",
            },
        )
        actions = {"available": ["request"], "suggested": ["connect"], "expired": ["resend"]}
        for result in search["results"]:
            self.assertEqual(result["actions"], actions.get(result["state"], []), result)
            self.assertEqual(result["connection-id"] is None, result["state"] in ("available", "takes-no-requests"))

    def test_customer_lists_are_for_the_connected(self):
        for result in self.admin.search("Larkmoor").json["search"]["results"]:
            self.assertEqual(bool(result["customer"]["entries"]), result["state"] == "approved")

    def test_pages(self):
        search = self.admin.search("Larkmoor").json["search"]
        path = f"{self.admin.home}/searches/{search['id']}"
        pages = [self.admin.send("GET", f"{path}?offset={offset}&limit=4").json for offset in (0, 4, 8, 12)]
        self.assertEqual([len(page["results"]) for page in pages], [4, 4, 2, 0])
        self.assertEqual(sum((page["results"] for page in pages), []), search["results"])

    def test_names_are_compared_folded(self):
        names = {"  brückenHOF ": "brueckenhof", "γαλαζια": "galazia-petra", "ほしぞら": "hoshizora-kobo"}
        for name, customer in names.items():
            with self.subTest(name):
                self.assertIn(customer, self.states(self.admin.search(name).json["search"]))


class TestRequestFromSearch(PortalTestCase):
    """Needs a customer that was found, a valid contact, a passed verification and the confirmation."""

    def setUp(self):
        super().setUp()
        self.find()

    def test_with_all_it_is_sent(self):
        reply = self.admin.request("larkmoor-foods", challenge=self.admin.passed("request", "larkmoor-foods"))
        row = reply.json["connection"]
        attempt = row["attempts"][-1]
        self.assertEqual((reply.status, row["status"], row["origin"]), (201, "pending", "search"))
        self.assertEqual((attempt["contact-email"], attempt["number"]), ("someone@lindqvist.example", 1))
        self.assertEqual(attempt["requested-by"], self.admin.get_account()["user"]["name"])
        self.refuses("already-pending", lambda: self.admin.request("larkmoor-foods"))

    def test_a_customer_that_is_none(self):
        self.refuses("not-found", lambda: self.admin.request("no-such-customer"), 404)

    def test_a_customer_that_no_search_found(self):
        self.refuses("not-found", lambda: self.admin.request("quillhaven-press"), 404)
        body = {"action": "request", "customer-id": "quillhaven-press"}
        self.refuses("not-found", lambda: self.admin.send("POST", f"{self.admin.home}/challenges", body), 404)

    def test_an_invalid_contact(self):
        passed = self.admin.passed("request", "larkmoor-foods")
        for email in ("", "someone", "someone@", "@lindqvist.example", "two words@lindqvist.example", "a@b@c.example"):
            with self.subTest(email):
                reply = self.refuses(
                    "invalid-fields", lambda: self.admin.request("larkmoor-foods", email, challenge=passed), 422
                )
                self.assertIn("contact-email", reply.json["errors"])

    def test_not_confirmed(self):
        passed = self.admin.passed("request", "larkmoor-foods")
        reply = self.refuses(
            "invalid-fields", lambda: self.admin.request("larkmoor-foods", confirmed=False, challenge=passed), 422
        )
        self.assertIn("confirmed", reply.json["errors"])

    def test_a_suggestion_needs_no_form(self):
        self.refuses("already-listed", lambda: self.admin.request("brueckenhof"))

    def test_an_expired_one_is_sent_again_where_it_stands(self):
        self.refuses("already-listed", lambda: self.admin.request("larkmoor-textiles"))


class TestChallenge(PortalTestCase):
    """A verification is for one action and one customer, once, for a while."""

    def setUp(self):
        super().setUp()
        self.find()

    def test_none(self):
        self.refuses("challenge-required", lambda: self.admin.request("larkmoor-foods"))

    def test_unknown(self):
        self.refuses("challenge-required", lambda: self.admin.request("larkmoor-foods", challenge="no-such-session"))

    def test_not_passed(self):
        challenge = self.admin.challenge("request", "larkmoor-foods")
        self.refuses("challenge-required", lambda: self.admin.request("larkmoor-foods", challenge=challenge["id"]))

    def test_for_another_customer(self):
        passed = self.admin.passed("request", "larkmoor-bakeries")
        self.refuses("challenge-mismatch", lambda: self.admin.request("larkmoor-foods", challenge=passed))

    def test_for_another_action(self):
        passed = self.admin.passed("resend", "larkmoor-foods")
        self.refuses("challenge-mismatch", lambda: self.admin.request("larkmoor-foods", challenge=passed))

    def test_expired(self):
        passed = self.admin.passed("request", "larkmoor-foods")
        self.admin.advance(2 * HOUR)
        self.refuses("challenge-expired", lambda: self.admin.request("larkmoor-foods", challenge=passed))

    def test_expired_before_it_was_solved(self):
        challenge = self.admin.challenge("request", "larkmoor-foods")
        self.admin.advance(2 * HOUR)
        reply = self.admin.solution(challenge["id"], solve(challenge["proof-of-work"]))
        self.assert_refused(reply, 403, "challenge-expired")

    def test_used_once(self):
        passed = self.admin.passed("request", "larkmoor-foods")
        self.assertEqual(self.admin.request("larkmoor-foods", challenge=passed).status, 201)
        path = f"{self.admin.home}/challenges/{passed}"
        self.assertEqual(self.admin.send("GET", path).json["status"], "used")
        self.refuses("challenge-mismatch", lambda: self.admin.request("larkmoor-bakeries", challenge=passed))

    def test_a_used_one_opens_nothing(self):
        row = self.admin.row_of("larkmoor-textiles")
        body = {"contact-email": "a@lindqvist.example", "confirmed": True}
        passed = self.admin.passed("resend", "larkmoor-textiles")
        self.assertEqual(self.admin.resend(row["id"], body, challenge=passed).status, 200)
        self.admin.advance(31 * DAY)
        before = self.snapshot()
        reply = self.admin.resend(row["id"], body, challenge=passed)
        self.assertEqual(reply.status, 403)
        self.assertTrue(reply.problem.startswith("challenge-"), reply.problem)
        self.assertEqual(self.snapshot(), before)

    def test_wrong_solutions(self):
        challenge = self.admin.challenge("request", "larkmoor-foods")
        other = self.admin.challenge("request", "larkmoor-foods")
        for payload in ("", "e30=", "no base64!", solve(other["proof-of-work"])):
            with self.subTest(payload[:10]):
                reply = self.admin.solution(challenge["id"], payload)
                self.assertIn((reply.status, reply.problem), ((403, "challenge-failed"), (422, "invalid-fields")))
        path = f"{self.admin.home}/challenges/{challenge['id']}"
        self.assertEqual(self.admin.send("GET", path).json["status"], "pending")


class TestSendingAgain(PortalTestCase):
    """Origin suggestion: one press. Origin search: contact, verification and confirmation."""

    body = {"contact-email": "new@lindqvist.example", "confirmed": True}

    def test_suggestion_needs_nothing(self):
        row = self.admin.resend(self.admin.row_of("sumska-zvijezda")["id"]).json["connection"]
        self.assertEqual((row["status"], row["requests-used"], row["origin"]), ("pending", 2, "suggestion"))
        self.assertIsNone(row["attempts"][-1]["contact-email"])

    def test_search_with_all(self):
        passed = self.admin.passed("resend", "larkmoor-textiles")
        reply = self.admin.resend(self.admin.row_of("larkmoor-textiles")["id"], self.body, challenge=passed)
        row = reply.json["connection"]
        self.assertEqual((row["status"], row["requests-used"]), ("pending", 2))
        self.assertEqual(row["attempts"][-1]["contact-email"], "new@lindqvist.example")

    def test_search_lacks_something(self):
        row = self.admin.row_of("larkmoor-textiles")
        passed = self.admin.passed("resend", "larkmoor-textiles")
        self.refuses("challenge-required", lambda: self.admin.resend(row["id"], self.body))
        lacking = [
            (None, "contact-email"),
            ({"confirmed": True}, "contact-email"),
            ({"contact-email": "a@lindqvist.example"}, "confirmed"),
            ({"contact-email": "a@lindqvist.example", "confirmed": False}, "confirmed"),
            ({"contact-email": "nobody", "confirmed": True}, "contact-email"),
        ]
        for body, field in lacking:
            with self.subTest(body=body):
                reply = self.refuses(
                    "invalid-fields", lambda: self.admin.resend(row["id"], body, challenge=passed), 422
                )
                self.assertIn(field, reply.json["errors"])


class TestEmailAndDate(PortalTestCase):
    """A bare suggestion has neither; a request from a suggestion has no contact."""

    def test_suggestions(self):
        for row in self.admin.read_all()[0].values():
            if row["status"] == "suggested":
                self.assertEqual((row["attempts"], row["requests-used"]), ([], 0))
            if row["origin"] == "suggestion":
                self.assertEqual({one["contact-email"] for one in row["attempts"]} - {None}, set())

    def test_comments_come_with_rejections_only(self):
        for row in self.admin.read_all()[0].values():
            for attempt in row["attempts"]:
                if attempt["outcome"] != "rejected":
                    self.assertIsNone(attempt["comment"])

    def test_customer_lists_are_for_the_connected(self):
        for row in self.admin.read_all()[0].values():
            self.assertEqual(bool(row["customer"]["entries"]), row["status"] == "approved", row["customer"]["id"])


class TestRole(PortalTestCase):
    """Admin only; anyone else may read who they are."""

    def test_a_plain_user(self):
        row = self.admin.row_of("brueckenhof")["id"]
        user = self.portal.user()
        self.assertEqual(user.get_account()["role"], "user")
        self.assertEqual(self.admin.get_account()["role"], "admin")
        challenge = {"action": "request", "customer-id": "larkmoor-foods"}
        attempts = [
            user.changes,
            lambda: user.send("GET", f"{user.home}/events"),
            lambda: user.send("GET", f"{user.home}/connections/{row}"),
            lambda: user.connect(row),
            lambda: user.resend(row),
            lambda: user.request("larkmoor-foods"),
            lambda: user.search("Larkmoor"),
            lambda: user.send("POST", f"{user.home}/challenges", challenge),
        ]
        for attempt in attempts:
            self.refuses("role-required", attempt)

    def test_another_account(self):
        path = "/api/v1/accounts/someone-else"
        for method, tail in (("GET", ""), ("GET", "/changes"), ("GET", "/events"), ("POST", "/searches")):
            with self.subTest(tail):
                reply = self.admin.send(method, path + tail, {"name": "x"} if method == "POST" else None, new_key())
                self.assert_refused(reply, 404, "not-found")


if __name__ == "__main__":
    tap.main()
