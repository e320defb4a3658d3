# SPDX-License-Identifier: GPL-3.0-or-later
"""The customers' pages: who gets in, what is asked, and that an answer reaches the supplier."""

import tap
from customer import Customer, text_of
from portal import DAY, PortalTestCase


class CustomerTestCase(PortalTestCase):
    def setUp(self):
        super().setUp()
        self.link = self.admin.send("POST", "/sandbox/customer-link").json["link"]
        self.customer = Customer(self.portal.address)
        self.entered = self.customer.enter(self.link)
        self.pending = self.admin.row_of("larkmoor-rail")["id"]


class TestEntering(CustomerTestCase):
    def test_the_link_leads_to_the_list(self):
        self.assertTrue(self.link.startswith(self.portal.address + "/customer/enter?token="))
        self.assertEqual((self.entered.status, self.entered.headers["Location"]), (303, "/customer/"))
        self.assertEqual(self.customer.list().status, 200)

    def test_the_cookie_is_kept_from_scripts_and_other_sites(self):
        flags = {part.strip().lower() for part in self.entered.headers["Set-Cookie"].split(";")[1:]}
        self.assertLessEqual({"httponly", "samesite=strict", "path=/customer/"}, flags)

    def test_the_link_works_once(self):
        again = Customer(self.portal.address)
        page = again.enter(self.link)
        self.assertEqual(page.status, 403)
        self.assertNotIn("Set-Cookie", page.headers)
        self.assertEqual(again.list().status, 403)

    def test_links_that_are_none(self):
        for query in ("", "?token=", "?token=guessed", "?other=1"):
            with self.subTest(query):
                page = Customer(self.portal.address).send("GET", f"/customer/enter{query}")
                self.assertEqual(page.status, 403)

    def test_a_link_runs_out(self):
        link = self.admin.send("POST", "/sandbox/customer-link").json["link"]
        self.admin.advance(2 * DAY)
        self.assertEqual(Customer(self.portal.address).enter(link).status, 403)

    def test_cookies_that_are_none(self):
        for cookie in ("linkage-customer=", "linkage-customer=guessed", "other=1", "=", ";"):
            with self.subTest(cookie):
                other = Customer(self.portal.address)
                other.cookie = cookie
                self.assertEqual(other.list().status, 403)

    def test_only_the_listening_host_is_answered(self):
        for host in ("portal.example", "portal.example:80", "localhost.portal.example", "127.0.0.1:1"):
            for path in ("/customer/", "/portal.css"):
                with self.subTest(host, path=path):
                    page = self.customer.send("GET", path, headers={"Host": host})
                    self.assertEqual(page.status, 400)
                    self.assertNotIn("larkmoor", page.text.lower())


class TestPage(CustomerTestCase):
    def test_headers_keep_it_private(self):
        forbidden = Customer(self.portal.address)
        for page in (self.customer.list(), forbidden.list(), self.customer.send("GET", "/customer/no-such-page")):
            policy = {part.split()[0]: part.split()[1:] for part in page.headers["Content-Security-Policy"].split(";")}
            self.assertEqual(policy["default-src"], ["'none'"])
            self.assertEqual(policy["form-action"], ["'self'"])
            self.assertEqual(policy["frame-ancestors"], ["'none'"])
            self.assertNotIn("script-src", policy)
            self.assertEqual(page.headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertEqual(page.headers["Referrer-Policy"], "same-origin")
            self.assertTrue(page.headers["Content-Type"].startswith("text/html"))

    def test_it_is_accessible_without_scripts(self):
        tree = self.customer.list().tree
        self.assertTrue(tree.get("lang"))
        self.assertTrue(tree.find("./head/title").text)
        self.assertEqual(tree.find(".//meta[@name='viewport']").get("content"), "width=device-width, initial-scale=1")
        self.assertEqual(len(list(tree.iter("main"))), 1)
        self.assertEqual(len(list(tree.iter("h1"))), 1)
        self.assertEqual(list(tree.iter("script")), [])
        labels = {label.get("for") for label in tree.iter("label")}
        for field in tree.iter("textarea"):
            self.assertIn(field.get("id"), labels)
            self.assertEqual(field.get("maxlength"), "2000")
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        self.assertEqual(len(ids), len(set(ids)))
        for article in tree.iter("article"):
            self.assertLessEqual(set(article.get("aria-labelledby").split()), set(ids))

    def test_the_style_comes_from_the_portal(self):
        link = self.customer.list().tree.find(".//link[@rel='stylesheet']")
        style = self.customer.send("GET", link.get("href"))
        self.assertEqual(style.status, 200)
        self.assertTrue(style.headers["Content-Type"].startswith("text/css"))
        self.assertIn("prefers-color-scheme: dark", style.text)

    def test_every_request_is_there_and_pending_come_first(self):
        rows = self.portal.requests()
        articles = self.customer.list().articles()
        self.assertEqual(set(articles), set(rows))
        states = [article.get("data-status") == "pending" for article in articles.values()]
        self.assertEqual(states, sorted(states, reverse=True))
        for key, article in articles.items():
            self.assertEqual(article.get("data-status"), rows[key]["status"])
            buttons = [button.get("value") for button in article.iter("button")]
            self.assertEqual(buttons, ["approve", "reject"] if rows[key]["status"] == "pending" else [])

    def test_a_request_says_what_is_asked(self):
        text = text_of(self.customer.list().articles()[self.admin.row_of("gwylan-deg")["id"]])
        for part in ("Cwmni Gwylan Deg Cyf", "Lindqvist Components", "cyswllt@gwylandeg.example", "3 of 3"):
            self.assertIn(part, text)

    def test_other_pages_and_methods(self):
        for path in ("/customer/no-such-page", "/customer/requests", "/customer/requests/no-such-row/approve"):
            with self.subTest(path):
                self.assertEqual(self.customer.send("GET", path).status, 404)
        answer = f"/customer/requests/{self.pending}"
        for method, path in (("POST", "/customer/"), ("GET", answer), ("PUT", "/customer/")):
            with self.subTest(path, method=method):
                page = self.customer.send(method, path)
                self.assertEqual(page.status, 405)
                self.assertTrue(page.headers["Allow"])


class TestAnswer(CustomerTestCase):
    def test_approving(self):
        _, state = self.admin.read_all()
        with self.admin.events() as stream:
            stream.next()
            page = self.customer.answer(self.customer.list(), self.pending, "approve")
            self.assertEqual(stream.next()["id"], self.admin.read_all()[1])
        self.assertIn("Larkmoor Rail", page.message)
        self.assertEqual(page.articles()[self.pending].get("data-status"), "approved")
        (row,) = self.admin.changes(state).json["changed"]
        attempt = row["attempts"][-1]
        self.assertEqual((row["id"], row["status"], row["actions"]), (self.pending, "approved", []))
        self.assertEqual((attempt["outcome"], attempt["comment"]), ("approved", None))
        self.assertIsNotNone(attempt["responded-at"])
        entries = [entry["name"] for entry in row["customer"]["entries"]]
        self.assertEqual(entries, ["Larkmoor Rail Ltd", "Larkmoor Rolling Stock Ltd"])
        self.assertIsNone(self.customer.list().message)

    def test_rejecting_with_a_comment(self):
        comment = "<b>Not now</b> & \"never\" on Mondays\r\nבברכה\r\n<script>alert (1)</script>"
        page = self.customer.answer(self.customer.list(), self.pending, "reject", comment)
        row = self.admin.row(self.pending)
        expected = comment.replace("\r\n", "\n")
        self.assertEqual((row["status"], row["was-rejected"], row["actions"]), ("rejected", True, []))
        self.assertEqual(row["attempts"][-1]["comment"], expected)
        self.assertEqual(list(page.tree.iter("script")), [])
        self.assertIn(" ".join(expected.split()), text_of(page.articles()[self.pending]))
        self.refuses("rejected", lambda: self.admin.resend(self.pending))

    def test_rejecting_without_one(self):
        for number, comment in enumerate((None, "", " \r\n\t ")):
            connection = self.admin.row_of(("larkmoor-rail", "qinglan-yunzhan", "cinaralti-tekstil")[number])["id"]
            self.customer.answer(self.customer.list(), connection, "reject", comment)
            attempt = self.admin.row(connection)["attempts"][-1]
            self.assertEqual((attempt["outcome"], attempt["comment"]), ("rejected", None))

    def test_a_comment_of_the_longest(self):
        longest = "é\r\n" * 999 + "é"
        self.customer.answer(self.customer.list(), self.pending, "reject", longest)
        self.assertEqual(self.admin.row(self.pending)["attempts"][-1]["comment"], longest.replace("\r\n", "\n"))

    def test_a_comment_that_is_too_long_is_given_back(self):
        page = self.customer.list()
        too_long = "x" * 2001
        form = {"csrf": page.csrf(), "answer": "reject", "comment": too_long}
        reply = self.customer.send("POST", f"/customer/requests/{self.pending}", form)
        self.assertEqual(reply.status, 422)
        self.assertEqual(reply.articles()[self.pending].find(".//textarea").text, too_long)
        self.assertEqual(self.admin.row(self.pending)["status"], "pending")

    def test_answers_that_come_too_late(self):
        page = self.customer.list()
        self.admin.advance(31 * DAY)
        before = self.snapshot()
        for answer in ("approve", "reject"):
            after = self.customer.answer(page, self.pending, answer)
            self.assertIn("expired", after.message)
        self.assertEqual(self.snapshot(), before)

    def test_a_second_answer(self):
        page = self.customer.list()
        self.customer.answer(page, self.pending, "approve")
        before = self.snapshot()
        self.assertTrue(self.customer.answer(page, self.pending, "reject").message)
        self.assertEqual(self.snapshot(), before)

    def test_who_has_not_seen_the_page_cannot_answer(self):
        before = self.snapshot()
        other = Customer(self.portal.address)
        other.enter(self.admin.send("POST", "/sandbox/customer-link").json["link"])
        foreign = other.list().csrf()
        for form in ({}, {"csrf": ""}, {"csrf": "guessed"}, {"csrf": foreign}):
            with self.subTest(str(form)[:20]):
                page = self.customer.send("POST", f"/customer/requests/{self.pending}", {"answer": "approve", **form})
                self.assertEqual(page.status, 403)
        self.assertEqual(self.snapshot(), before)

    def test_who_has_no_session_cannot_answer(self):
        form = {"csrf": self.customer.list().csrf(), "answer": "approve"}
        stranger = Customer(self.portal.address)
        self.assertEqual(stranger.send("POST", f"/customer/requests/{self.pending}", form).status, 403)
        self.assertEqual(self.admin.row(self.pending)["status"], "pending")

    def test_forms_that_are_none(self):
        csrf = self.customer.list().csrf()
        path = f"/customer/requests/{self.pending}"
        self.assertEqual(self.customer.send("POST", path, {"csrf": csrf}).status, 400)
        self.assertEqual(self.customer.send("POST", path, {"csrf": csrf, "answer": "maybe"}).status, 400)
        self.assertEqual(self.customer.send("POST", path, {"csrf": csrf}, {"Content-Type": "text/plain"}).status, 403)
        form = {"csrf": csrf, "answer": "approve"}
        self.assertEqual(self.customer.send("POST", "/customer/requests/no-such-row", form).status, 404)
        suggested = self.admin.row_of("oey")["id"]
        self.assertEqual(self.customer.send("POST", f"/customer/requests/{suggested}", form).status, 404)

    def test_a_reset_keeps_the_person_in(self):
        self.admin.reset()
        self.assertEqual(self.customer.list().status, 200)


if __name__ == "__main__":
    tap.main()
