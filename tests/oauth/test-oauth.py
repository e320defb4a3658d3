# SPDX-License-Identifier: GPL-3.0-or-later
"""An OAuth server that is none of ours signs the program in, refreshes, refuses and misbehaves. What is tested against the
bundled portal alone could be wrong on both sides alike."""

import os
import sys
import tempfile
import unittest
import urllib.parse

import tap
from driver import Driver, Refused
from gateway import CLIENT, BadToken, Gateway, read_token
from issuer import Issuer, what_is_missing
from portal import Portal, exchange

SKIPPED = 77
RFC_8414 = "/.well-known/oauth-authorization-server"
ELSEWHERE = "http://127.0.0.1:1"


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


class OAuthTestCase(unittest.TestCase):
    metadata_path = None
    hurry = 1  # a busy machine is no server that does not answer

    @classmethod
    def setUpClass(cls):
        cls.issuer = Issuer(cls.metadata_path)
        cls.addClassCleanup(cls.issuer.stop)

    def setUp(self):
        self.issuer.forget()
        self.portal = self.enter(Portal())
        self.gateway = self.enter(Gateway(self.portal, self.issuer.address))
        folder = self.enter(tempfile.TemporaryDirectory(prefix="linkage-test-"))
        self.driver = Driver(folder, self.hurry)
        self.addCleanup(self.driver.quit)

    def enter(self, context):
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def find(self):
        return self.driver.ask("find-sign-in", self.gateway.address)["page"]

    def begin(self):
        """Returns the page for the browser, and what the program is asked to take when the person is back."""
        page = self.find()
        return page, self.driver.send("add-by-browser", self.gateway.address)

    def browse(self, page):
        """What the browser does: it is sent back at once, as that server asks nobody. Returns the last page's status."""
        issuer = urllib.parse.urlsplit(page)
        self.assertEqual(f"{issuer.scheme}://{issuer.netloc}", self.issuer.address)
        reply = exchange(page, "GET", f"{issuer.path}?{issuer.query}")
        self.assertEqual(reply.status, 302, reply.text)
        back = urllib.parse.urlsplit(reply.headers["Location"])
        return exchange(reply.headers["Location"], "GET", f"{back.path}?{back.query}").status

    def sign_in(self):
        page, waiting = self.begin()
        self.assertEqual(self.browse(page), 200)
        self.driver.take(waiting)
        self.driver.wait_state("ready")

    def assert_refused(self, waiting, code):
        with self.assertRaises(Refused) as refused:
            self.driver.take(waiting)
        self.assertEqual(refused.exception.code, code)

    def wait_for_rows(self):
        """The portal's, in the table."""
        rows, _ = self.portal.admin().read_all()
        self.driver.wait(lambda: self.driver.rows().keys() == rows.keys(), "the portal's rows")


class TestWay(OAuthTestCase):
    def test_in_and_at_work(self):
        self.sign_in()
        self.wait_for_rows()
        asked = self.issuer.asked_for("authorize")[0]
        self.assertEqual(asked["code_challenge_method"], "S256")
        self.assertEqual(asked["client_id"], CLIENT)
        redeemed = self.issuer.asked_for("token")[0]
        self.assertEqual(redeemed["client_id"], CLIENT)
        self.assertEqual(redeemed["redirect_uri"], asked["redirect_uri"])
        self.assertGreaterEqual(len(redeemed["code_verifier"]), 43)
        self.assertEqual(self.issuer.grants(), ["authorization_code"])
        self.assertEqual(len(self.gateway.tokens()), 1)

        row = next(row for row in self.driver.rows().values() if row["status"] == "suggested")
        key = self.driver.ask("connect", row["id"])["key"]
        self.driver.ask("send-now", key)
        self.driver.wait(lambda: self.driver.rows()[row["id"]]["status"] == "pending", "the request")

    def test_the_gateway_believes_no_other_signature(self):
        self.sign_in()
        token = self.gateway.tokens()[0]
        head, claims, signature = token.split(".")
        other = signature[:20] + ("A" if signature[20] != "A" else "B") + signature[21:]
        read_token(token, self.gateway.keys, self.issuer.address)
        for bad in (f"{head}.{claims}.{other}", f"{head}.{claims}.", "rubbish"):
            with self.assertRaises(BadToken):
                read_token(bad, self.gateway.keys, self.issuer.address)
        with self.assertRaises(BadToken):
            read_token(token, self.gateway.keys, ELSEWHERE)


class TestWayByRFC8414(OAuthTestCase):
    metadata_path = RFC_8414

    def test_metadata(self):
        self.sign_in()
        self.wait_for_rows()


class TestNoMetadata(OAuthTestCase):
    metadata_path = "/elsewhere"

    def test_there_is_no_page_then(self):
        self.assertIsNone(self.find())


class TestAnswers(OAuthTestCase):
    """What comes back through the browser, or says to."""

    def test_another_state_changes_nothing(self):
        page, waiting = self.begin()
        for state in ("forged", None):
            self.issuer.behave(redirect={"state": state})
            self.assertNotEqual(self.browse(page), 200)
        self.assertEqual(self.issuer.grants(), [])
        self.issuer.behave()
        self.assertEqual(self.browse(page), 200)
        self.driver.take(waiting)
        self.driver.wait_state("ready")

    def test_no(self):
        page, waiting = self.begin()
        self.issuer.behave(redirect={"code": None, "error": "access_denied"})
        self.browse(page)
        self.assert_refused(waiting, "sign-in-denied")
        self.assertEqual(self.issuer.grants(), [])
        self.issuer.behave()
        self.sign_in()

    def test_of_another_issuer(self):
        page, waiting = self.begin()
        self.issuer.behave(redirect={"iss": ELSEWHERE})
        self.assertNotEqual(self.browse(page), 200)
        self.assert_refused(waiting, "sign-in-issuer")
        self.assertEqual(self.issuer.grants(), [])

    def test_of_this_issuer(self):
        page, waiting = self.begin()
        self.issuer.behave(redirect={"iss": self.issuer.address})
        self.assertEqual(self.browse(page), 200)
        self.driver.take(waiting)
        self.driver.wait_state("ready")

    def test_metadata_of_another_issuer(self):
        self.issuer.behave(issuer=ELSEWHERE)
        with self.assertRaises(Refused) as refused:
            self.find()
        self.assertEqual(refused.exception.code, "sign-in-issuer")

    def test_a_code_of_nobody(self):
        page, waiting = self.begin()
        self.issuer.behave(redirect={"code": "0123456789"})
        self.browse(page)
        self.assert_refused(waiting, "sign-in-refused")

    def test_codes_that_are_refused(self):
        for token, status, code in (
            ({"error": "invalid_grant"}, 400, "sign-in-expired"),
            ({"error": "invalid_client"}, 401, "sign-in-refused"),
            ({}, 503, "try-later"),
            ({"access_token": None}, 200, "invalid-reply"),
            ({"token_type": "mac"}, 200, "invalid-reply"),
        ):
            with self.subTest(token=token, status=status):
                page, waiting = self.begin()
                self.issuer.behave(token=token, status=status)
                self.browse(page)
                self.assert_refused(waiting, code)
        self.assertEqual(self.gateway.tokens(), [])
        self.issuer.behave()
        self.sign_in()

    def test_who_has_no_account_is_signed_out_again(self):
        page, waiting = self.begin()
        self.gateway.has_accounts = False
        self.browse(page)
        self.assert_refused(waiting, "role-required")
        self.issuer.wait_asked_for("revoke")


class TestRefresh(OAuthTestCase):
    def test_a_token_that_ran_out(self):
        page, waiting = self.begin()
        self.issuer.behave(token={"expires_in": 1})
        self.browse(page)
        self.driver.take(waiting)
        self.issuer.behave()
        self.driver.wait_state("ready")
        self.driver.ask("refresh")
        self.wait_for_rows()
        self.assertIn("refresh_token", self.issuer.grants())
        self.assertEqual(self.issuer.grants().count("authorization_code"), 1)
        refresh = self.issuer.asked_for("token")[-1]
        self.assertEqual(refresh["client_id"], CLIENT)

    def test_a_token_that_is_not_taken_any_more(self):
        self.sign_in()
        self.gateway.end_tokens()
        asking = [self.driver.send("refresh") for _ in range(5)]
        for tag in asking:
            self.driver.take(tag)
        self.driver.wait_state("ready")
        self.assertEqual(self.issuer.grants(), ["authorization_code", "refresh_token"])
        self.assertEqual(len(self.gateway.tokens()), 2)

        self.gateway.end_tokens()
        self.driver.ask("refresh")
        self.assertEqual(self.issuer.grants(), ["authorization_code", "refresh_token", "refresh_token"])
        first, second = (asked["refresh_token"] for asked in self.issuer.asked_for("token")[1:])
        self.assertNotEqual(first, second)

    def test_no_more_refresh(self):
        self.sign_in()
        self.wait_for_rows()
        rows = self.driver.rows()
        self.issuer.behave(status=400, token={"error": "invalid_grant"})
        self.gateway.end_tokens()
        with self.assertRaises(Refused):
            self.driver.ask("refresh")
        self.driver.wait_state("sign-in-needed")
        self.assertEqual(self.driver.rows(), rows)

        self.issuer.behave()
        page = self.find()
        waiting = self.driver.send("sign-in-by-browser")
        self.assertEqual(self.browse(page), 200)
        self.driver.take(waiting)
        self.driver.wait_state("ready")
        self.wait_for_rows()


class TestOutOfOrder(OAuthTestCase):
    hurry = 6

    def test_it_is_asked_again(self):
        self.sign_in()
        self.issuer.behave(status=503)
        self.gateway.end_tokens()
        with self.assertRaises(Refused):
            self.driver.ask("refresh")
        self.assertNotEqual(self.driver.account()["state"], "sign-in-needed")
        self.issuer.behave()
        self.driver.wait_state("ready")
        self.wait_for_rows()


if __name__ == "__main__":
    missing = what_is_missing()
    if missing is not None and os.environ.get("CI"):
        print(f"Bail out! {missing}: `./dev deps` installs it")
        sys.exit(1)
    if missing is not None:
        print(f"1..0 # SKIP {missing}: `./dev deps` installs it")
        sys.exit(0)
    tap.main()
