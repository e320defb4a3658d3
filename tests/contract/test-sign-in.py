# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and out (RFC 6749, 7009, 7636, 8252, 8414, 9207, 9700): the way of a person, and what is refused."""

import os
import tempfile
import unittest

import tap
from customer import text_of
from portal import DAY, Portal, PortalTestCase, exchange, run
from program import REDIRECT, Browser, Program, members


class SignInTestCase(PortalTestCase):
    def setUp(self):
        super().setUp()
        self.person = self.portal.introduction["admin"]
        self.program = Program(self.portal)

    def tokens(self, **changes):
        reply = self.program.redeem(self.program.sign_in(self.person, **changes))
        self.assertEqual(reply.status, 200, reply.text)
        return reply.json

    def assert_works(self, token):
        self.assertEqual(self.status_of(token), 200)

    def assert_ended(self, token):
        self.assertEqual(self.status_of(token), 401)

    def status_of(self, token):
        headers = {"Authorization": f"Bearer {token}"}
        return exchange(self.portal.address, "GET", "/api/v1/accounts", headers=headers).status

    def assert_refused_grant(self, reply, error="invalid_grant"):
        self.assertEqual((reply.status, reply.json["error"]), (400, error))


class TestWay(SignInTestCase):
    def test_from_the_program_through_the_browser_and_back(self):
        tokens = self.tokens()
        self.assertEqual(tokens["scope"], "supplier.connection-request.read supplier.connection-request.write")
        client = self.program.client(tokens)
        self.assertEqual(client.get_account()["user"]["email"], self.person["email"])
        self.assertEqual(client.connect(client.row_of("brueckenhof")["id"]).status, 200)

    def test_the_metadata_lead_to_the_pages(self):
        found = exchange(self.portal.address, "GET", "/.well-known/oauth-authorization-server").json
        self.assertEqual(found["issuer"], self.portal.address)
        self.assertTrue(self.program.request().startswith(found["authorization_endpoint"] + "?"))
        self.assertEqual(found["code_challenge_methods_supported"], ["S256"])
        self.assertTrue(found["authorization_response_iss_parameter_supported"])

    def test_both_loopback_addresses_at_any_port(self):
        for redirect in ("http://127.0.0.1:1/", "http://[::1]:65535/"):
            with self.subTest(redirect):
                program = Program(self.portal)
                consent = program.browser.enter(program.begin(redirect_uri=redirect), self.person)
                policy = consent.headers["Content-Security-Policy"]
                self.assertIn(f"form-action 'self' {redirect.rstrip('/')}", policy)
                code = program.take(program.browser.fill_in(consent, "allow"), redirect)["code"]
                self.assertEqual(program.redeem(code, redirect_uri=redirect).status, 200)

    def test_a_code_to_carry_by_hand(self):
        redirect = f"{self.portal.address}/oauth/code"
        consent = self.program.browser.enter(self.program.begin(redirect_uri=redirect), self.person)
        reply = self.program.browser.fill_in(consent, "allow")
        page = self.program.browser.open(reply.headers["Location"])
        shown = page.tree.find(".//input[@readonly]").get("value")
        self.assertEqual(shown, members(reply.headers["Location"])["code"])
        self.assertEqual(self.program.redeem(shown, redirect_uri=redirect).status, 200)

    def test_deny_and_cancel(self):
        consent = self.program.browser.enter(self.program.begin(), self.person)
        self.assertEqual(self.program.take(self.program.browser.fill_in(consent, "deny"))["error"], "access_denied")
        page = self.program.begin()
        self.assertEqual(self.program.take(self.program.browser.fill_in(page, "cancel"))["error"], "access_denied")

    def test_less_may_be_asked_for(self):
        tokens = self.tokens(scope="supplier.connection-request.read")
        client = self.program.client(tokens)
        row = client.row_of("brueckenhof")
        reply = client.connect(row["id"])
        self.assertEqual((reply.status, reply.problem), (403, "scope-required"))
        self.assertIn("insufficient_scope", reply.headers["WWW-Authenticate"])
        self.assertEqual(client.row(row["id"]), row)


class TestPages(SignInTestCase):
    def test_they_are_accessible_and_private(self):
        password = self.program.begin()
        consent = self.program.browser.enter(password, self.person)
        for page in (password, consent):
            self.assertTrue(page.tree.get("lang"))
            self.assertTrue(text_of(page.tree.find("./head/title")))
            labelled = {label.get("for") for label in page.tree.iter("label")}
            typed = [one for one in page.tree.iter("input") if one.get("type") != "hidden"]
            self.assertLessEqual({one.get("id") for one in typed}, labelled)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            policy = page.headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertNotIn("script", policy)
        self.assertIn(self.person["name"], text_of(consent.tree))

    def test_cookies_are_kept_from_scripts_and_other_sites(self):
        flags = {part.strip().lower() for part in self.program.begin().headers["Set-Cookie"].split(";")[1:]}
        self.assertLessEqual({"httponly", "samesite=strict", "path=/oauth/"}, flags)

    def test_the_cookie_changes_with_the_password(self):
        page = self.program.begin()
        before = self.program.browser.cookie
        self.program.browser.enter(page, self.person)
        self.assertNotEqual(self.program.browser.cookie, before)
        thief = Browser(self.portal.address)
        thief.cookie = before
        self.assertEqual(thief.send("GET", "/oauth/consent").status, 403)

    def test_consent_needs_a_password(self):
        page = self.program.begin()
        self.assertEqual(self.program.browser.send("GET", "/oauth/consent").status, 403)
        forged = {"csrf": page.csrf(), "answer": "allow"}
        reply = self.program.browser.send("POST", "/oauth/consent", forged)
        self.assertEqual(reply.status, 403)
        self.assertNotIn("Location", reply.headers)

    def test_forms_of_other_sites_are_refused(self):
        consent = self.program.browser.enter(self.program.begin(), self.person)
        for csrf in ("", "guessed", None):
            form = {"answer": "allow"} if csrf is None else {"answer": "allow", "csrf": csrf}
            self.assertEqual(self.program.browser.send("POST", "/oauth/consent", form).status, 403)
        stranger = Browser(self.portal.address)
        self.assertEqual(stranger.send("POST", "/oauth/consent", {"answer": "allow", "csrf": consent.csrf()}).status, 403)

    def test_a_page_is_good_once(self):
        consent = self.program.browser.enter(self.program.begin(), self.person)
        self.assertEqual(self.program.browser.fill_in(consent, "allow").status, 303)
        self.assertEqual(self.program.browser.fill_in(consent, "allow").status, 403)

    def test_other_methods(self):
        for method, path in (("POST", "/oauth/authorize"), ("GET", "/oauth/sign-in"), ("PUT", "/oauth/consent")):
            with self.subTest(path):
                reply = self.program.browser.send(method, path)
                self.assertEqual(reply.status, 405)
                self.assertTrue(reply.headers["Allow"])


class TestPasswords(SignInTestCase):
    def try_with(self, email, password):
        return self.program.browser.fill_in(self.program.begin(), "sign-in", email=email, password=password)

    def test_wrong_ones(self):
        for email, password in (
            (self.person["email"], "wrong password"),
            (self.person["email"], ""),
            ("nobody@lindqvist.example", self.person["password"]),
            ("", ""),
            (self.person["email"], "x" * 2000),
            ("ä" * 400, "\u0000"),
        ):
            with self.subTest(email=email[:20]):
                page = self.try_with(email, password)
                self.assertEqual(page.status, 422)
                self.assertTrue(text_of(page.tree.find(".//*[@role='alert']")))
                self.assertNotIn("Location", page.headers)

    def test_the_address_in_any_case(self):
        self.assertEqual(self.try_with(self.person["email"].upper(), self.person["password"]).status, 303)

    def test_who_guesses_waits(self):
        for _ in range(6):
            page = self.try_with(self.person["email"], "a guess")
        self.assertEqual(page.status, 422)
        page = self.try_with(self.person["email"], self.person["password"])
        self.assertEqual(page.status, 429)
        self.assertGreater(int(page.headers["Retry-After"]), 0)
        other = self.portal.introduction["user"]
        self.assertEqual(self.try_with(other["email"], other["password"]).status, 303)


class TestRequests(SignInTestCase):
    def test_programs_that_are_not_known(self):
        for changes in (
            {"client_id": "other"},
            {"client_id": None},
            {"redirect_uri": None},
            {"redirect_uri": "https://attacker.example/"},
            {"redirect_uri": "http://127.0.0.1/"},
            {"redirect_uri": "http://127.0.0.1.attacker.example:1/"},
            {"redirect_uri": "http://localhost:1/"},
            {"redirect_uri": "http://127.0.0.1:1/other"},
            {"redirect_uri": "http://127.0.0.1:1/?more=1"},
            {"redirect_uri": "http://127.0.0.1:1/#part"},
            {"redirect_uri": "http://name@127.0.0.1:1/"},
            {"redirect_uri": "https://127.0.0.1:1/"},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": f"{self.portal.address}/oauth/code?more=1"},
        ):
            with self.subTest(str(changes)):
                page = self.program.begin(**changes)
                self.assertEqual(page.status, 400)
                self.assertNotIn("Location", page.headers)
                self.assertNotIn("Set-Cookie", page.headers)

    def test_what_is_wrong_is_told_to_the_program(self):
        for error, changes in (
            ("unsupported_response_type", {"response_type": "token"}),
            ("unsupported_response_type", {"response_type": None}),
            ("invalid_request", {"code_challenge": None}),
            ("invalid_request", {"code_challenge": "short"}),
            ("invalid_request", {"code_challenge_method": "plain"}),
            ("invalid_request", {"code_challenge_method": None}),
            ("invalid_scope", {"scope": "everything"}),
        ):
            with self.subTest(str(changes)):
                self.assertEqual(self.program.take(self.program.begin(**changes))["error"], error)


class TestCodes(SignInTestCase):
    def test_a_code_that_comes_twice_ends_everything(self):
        code = self.program.sign_in(self.person)
        tokens = self.program.redeem(code).json
        self.assert_works(tokens["access_token"])
        self.assert_refused_grant(self.program.redeem(code))
        self.assert_ended(tokens["access_token"])
        self.assert_refused_grant(self.program.refresh(tokens["refresh_token"]))

    def test_codes_that_are_not_good(self):
        code = self.program.sign_in(self.person)
        for changes in (
            {"code_verifier": "another" * 7},
            {"code_verifier": "short"},
            {"redirect_uri": "http://127.0.0.1:1/"},
        ):
            with self.subTest(str(changes)):
                self.assert_refused_grant(self.program.redeem(code, **changes))
        self.assert_refused_grant(self.program.redeem("guessed"))
        self.assert_refused_grant(self.program.redeem(code, client_id="other"), "invalid_client")
        self.assert_refused_grant(self.program.redeem(code, grant_type="password"), "unsupported_grant_type")
        self.assertEqual(self.program.redeem(code).status, 200)

    def test_a_code_runs_out(self):
        code = self.program.sign_in(self.person)
        self.admin.advance(301)
        self.assert_refused_grant(self.program.redeem(code))


class TestTokens(SignInTestCase):
    def test_an_access_token_runs_out_and_is_refreshed(self):
        tokens = self.tokens()
        self.admin.advance(tokens["expires_in"])
        self.assert_ended(tokens["access_token"])
        fresh = self.program.refresh(tokens["refresh_token"])
        self.assertEqual(fresh.status, 200)
        self.assertNotEqual(fresh.json["refresh_token"], tokens["refresh_token"])
        self.assert_works(fresh.json["access_token"])

    def test_a_lost_answer_to_a_refresh_loses_nothing(self):
        tokens = self.tokens()
        lost = self.program.refresh(tokens["refresh_token"]).json
        again = self.program.refresh(tokens["refresh_token"])
        self.assertEqual(again.status, 200)
        self.assert_works(again.json["access_token"])
        self.assert_ended(lost["access_token"])

    def test_a_refresh_token_of_before_ends_the_sign_in(self):
        for how in ("access", "refresh"):
            with self.subTest(how):
                tokens = self.tokens()
                newer = self.program.refresh(tokens["refresh_token"]).json
                if how == "access":
                    self.assert_works(newer["access_token"])
                else:
                    newer = self.program.refresh(newer["refresh_token"]).json
                self.assert_refused_grant(self.program.refresh(tokens["refresh_token"]))
                self.assert_ended(newer["access_token"])
                self.assert_refused_grant(self.program.refresh(newer["refresh_token"]))
                self.program = Program(self.portal)

    def test_a_refresh_token_runs_out(self):
        tokens = self.tokens()
        self.admin.advance(61 * DAY)
        self.assert_refused_grant(self.program.refresh(tokens["refresh_token"]))

    def test_signing_out_ends_both(self):
        for which in ("access_token", "refresh_token"):
            with self.subTest(which):
                tokens = self.tokens()
                with self.program.client(tokens).events() as stream:
                    stream.next()
                    self.assertEqual(self.program.revoke(tokens[which]).status, 200)
                    with self.assertRaises(AssertionError):
                        stream.next()
                self.assert_ended(tokens["access_token"])
                self.assert_refused_grant(self.program.refresh(tokens["refresh_token"]))
                self.program = Program(self.portal)

    def test_another_program_signs_nobody_out(self):
        tokens = self.tokens()
        self.assertEqual(self.program.revoke(tokens["refresh_token"], client="other").status, 200)
        self.assertEqual(self.program.revoke("guessed").status, 200)
        self.assert_works(tokens["access_token"])

    def test_a_reset_of_the_sandbox_signs_nobody_out(self):
        tokens = self.tokens()
        self.admin.reset()
        self.assert_works(tokens["access_token"])


class TestUsers(unittest.TestCase):
    """What the operator does, while the portal serves."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = os.path.join(folder.name, "portal.db")
        self.portal = Portal("--sandbox", "--database", self.database, "--proof-of-work-max", "2000")
        self.addCleanup(self.portal.stop)
        self.account = self.portal.admin().account

    def command(self, *arguments, typed=""):
        return run("user", *arguments, "--database", self.database, typed=typed)

    def add(self, email="new@lindqvist.example", role="admin", password="correct horse"):
        arguments = ("add", "--email", email, "--name", "Nia", "--account", self.account, "--role", role)
        done = self.command(*arguments, typed=f"{password}\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return {"email": email, "password": password}

    def sign_in(self, user):
        program = Program(self.portal)
        return program, program.redeem(program.sign_in(user)).json

    def test_a_new_user_signs_in(self):
        program, tokens = self.sign_in(self.add())
        self.assertEqual(program.client(tokens).get_account()["role"], "admin")

    def test_a_role_changes_at_once(self):
        user = self.add()
        program, tokens = self.sign_in(user)
        client = program.client(tokens)
        self.assertEqual(client.changes().status, 200)
        for role, status in (("user", 403), ("none", 404), ("admin", 200)):
            done = self.command("role", "--email", user["email"], "--account", self.account, "--role", role)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual(client.changes().status, status)

    def test_a_new_password_ends_sign_ins(self):
        user = self.add()
        program, tokens = self.sign_in(user)
        done = self.command("password", "--email", user["email"].upper(), typed="battery staple\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(program.client(tokens).send("GET", "/api/v1/accounts").status, 401)
        page = program.browser.fill_in(program.begin(), "sign-in", **user)
        self.assertEqual(page.status, 422)
        self.sign_in({**user, "password": "battery staple"})

    def test_what_it_refuses(self):
        self.add()
        usual = ("--name", "Nia", "--account", self.account)
        for code, arguments, typed in (
            (2, ("add", "--email", "new@lindqvist.example", "--role", "admin", *usual), "correct horse\n"),
            (2, ("add", "--email", "nobody", "--role", "admin", *usual), "correct horse\n"),
            (2, ("add", "--email", "b@lindqvist.example", "--role", "king", *usual), "correct horse\n"),
            (2, ("add", "--email", "b@lindqvist.example", "--role", "admin", *usual), "short\n"),
            (2, ("add", "--email", "b@lindqvist.example", "--role", "admin", *usual), ""),
            (2, ("add", "--role", "admin", *usual), "correct horse\n"),
            (2, ("password", "--email", "new@lindqvist.example"), "x" * 300 + "\n"),
            (1, ("password", "--email", "nobody@lindqvist.example"), "correct horse\n"),
            (1, ("role", "--email", "new@lindqvist.example", "--account", "none", "--role", "user"), ""),
            (2, ("role", "--email", "new@lindqvist.example", "--role", "user"), ""),
            (2, (), ""),
            (2, ("remove",), ""),
        ):
            with self.subTest(arguments[:3]):
                done = self.command(*arguments, typed=typed)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertTrue(done.stderr.strip())

    def test_the_database_holds_no_secret(self):
        user = self.add()
        program, tokens = self.sign_in(user)
        secrets = [user["password"], tokens["access_token"], tokens["refresh_token"]]
        secrets.append(self.portal.introduction["admin"]["password"])
        for suffix in ("", "-wal"):
            with open(self.database + suffix, "rb") as file:
                content = file.read()
            for secret in secrets:
                self.assertNotIn(secret.encode(), content)


if __name__ == "__main__":
    tap.main()
