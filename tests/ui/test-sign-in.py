#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in with the real program, the real portal and a real browser: there and back, by hand, again, and what is not left
behind anywhere."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest
import urllib.parse
from unittest import mock

import tap
from browser import LinkHandler, SignInPages, start_chromium
from portal import Portal, run
from program import Program, wait_for
from secret_service import SecretService

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
SUGGESTED = "Brambleford Tools Ltd"
ACCOUNT = "lindqvist"
NOT_KEPT = "You stay signed in only until you quit Linkage"


def members(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


def tokens_of(secret):
    form, _expires_at, access, refresh = secret.split(" ")
    assert form == "linkage-1"
    return [access, refresh]


class SignInTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chromium = start_chromium("--headless")
        cls.addClassCleanup(cls.chromium.quit)

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-sign-in-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {"G_MESSAGES_DEBUG": "all"}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (self.home / folder).mkdir(mode=0o700)
            self.environment[variable] = str(self.home / folder)
        with mock.patch.dict(os.environ, self.environment):
            self.links = LinkHandler()
        self.database = str(self.home / "portal.sqlite")
        self.portal = Portal("--sandbox", "--database", self.database, "--proof-of-work-max", "2000")
        self.addCleanup(self.portal.stop)
        self.admin = self.portal.introduction["admin"]
        self.secrets = []  # what must not be found anywhere

    def program(self):
        return Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS)

    def user(self, *arguments, password="correct horse"):
        done = run("user", *arguments, "--database", self.database, typed=f"{password}\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def new_user(self):
        """Somebody whom the portal's operator added."""
        email = "nia@lindqvist.example"
        self.user("add", "--email", email, "--name", "Nia", "--account", ACCOUNT, "--role", "admin")
        return {"email": email, "password": "correct horse"}

    # In the dialog

    def go_to_browser(self, program):
        """From the welcome page. The address that is opened."""
        program.find("list item", "Connect to a Portal")
        program.key("alt+c")
        program.write(self.portal.address, name="Address")
        return self.go_on(program, "Continue")

    def sign_in_again(self, program):
        """From the bar. The address that is opened."""
        program.click("push button", "Sign In…")
        program.find("dialog", "Sign In Again")
        return self.go_on(program, "Continue")

    def go_on(self, program, button):
        known = self.links.count()
        program.click("push button", button)
        link = self.links.wait_for_link(known)
        program.find(name="Waiting for the browser…")
        return link

    def sign_in_at(self, link, person=None):
        pages = SignInPages(self.chromium, link)
        self.assertEqual(pages.sign_in(person or self.admin), "Back to Linkage")
        self.secrets.append(members(pages.address())["code"])
        if SCREENSHOTS:
            pages.picture(pathlib.Path(SCREENSHOTS, "sign-in-back.png"))

    def connect(self, program, person=None):
        self.sign_in_at(self.go_to_browser(program), person)
        program.wait_dialog_closed()
        program.row(SUGGESTED)

    def open_by_hand(self, program):
        program.click("push button", "Browser on Another Computer")
        return program.find(name="Code")

    # What is left

    def assert_nothing_left(self, *programs):
        """In a file of the program's, or in what it logged."""
        places = {path: path.read_bytes() for path in self.home.glob("*/**/*") if path.is_file()}
        for program in programs:
            program.log.flush()
            places[program.log.name] = pathlib.Path(program.log.name).read_bytes()
        self.assertTrue(any(path.name == "store.sqlite" for path in places if isinstance(path, pathlib.Path)))
        self.assertTrue(self.secrets)
        for place, content in places.items():
            self.assertNotIn(b"code_verifier", content, f"a verifier is in {place}")
        for secret in self.secrets:
            self.assertGreater(len(secret), 20)
            for place, content in places.items():
                self.assertNotIn(secret.encode(), content, f"a secret is in {place}")

    def test_there_and_back(self):
        with SecretService(self.home) as service, self.program() as program:
            link = self.go_to_browser(program)
            query = members(link)
            self.assertEqual(query["code_challenge_method"], "S256")
            self.assertRegex(query["redirect_uri"], r"^http://127\.0\.0\.1:\d+/$")
            program.picture("sign-in-waiting")
            self.sign_in_at(link, self.new_user())
            program.wait_dialog_closed()
            program.row(SUGGESTED)
            [secret] = service.secrets()
            self.secrets += tokens_of(secret)
        self.assert_nothing_left(program)
        with service, self.program() as next_one:
            next_one.click_in_row(SUGGESTED, re.compile("Connect with"))
            next_one.row_says(SUGGESTED, "Pending")

    def test_runs_out_and_is_renewed(self):
        with SecretService(self.home) as service, self.program() as program:
            self.connect(program)
            [first] = service.secrets()
            self.portal.admin().advance(3600)
            program.click("push button", "Refresh")
            wait_for("renewed credentials", lambda: service.secrets() != [first])
            self.secrets += [*tokens_of(first), *tokens_of(service.secrets()[0])]
            program.click_in_row(SUGGESTED, re.compile("Connect with"))
            program.row_says(SUGGESTED, "Pending")
        self.assert_nothing_left(program)

    def test_the_secret_service_is_dropped(self):
        with SecretService(self.home) as service, self.program() as program:
            self.connect(program)
            service.stop()
            self.portal.admin().advance(3600)
            program.click_in_row(SUGGESTED, re.compile("Connect with"))
            program.row_says(SUGGESTED, "Pending")
            program.find("label", NOT_KEPT)
            self.assertIsNone(program.look("push button", "Sign In…"), "this run's sign-in is lost")

    def test_no_secret_service(self):
        with self.program() as program:
            self.connect(program)
            program.find("label", NOT_KEPT)
            program.picture("sign-in-not-kept")

    def test_cancel_and_try_again(self):
        with self.program() as program:
            link = self.go_to_browser(program)
            program.key("Escape")
            program.wait_gone(name="Waiting for the browser…")
            self.assertEqual(program.find("text", "Address").content(), self.portal.address)
            pages = SignInPages(self.chromium, link)
            pages.enter(self.admin)
            with self.subTest("nobody listens any more"):
                pages.press("allow")
                pages.wait_left()
                self.assertIn("ERR_CONNECTION_REFUSED", pages.driver.page_source)
            link = self.go_on(program, "Continue")
            pages = SignInPages(self.chromium, link)
            pages.enter(self.admin)
            pages.press("deny")
            pages.wait_left()
            program.find(name=re.compile("^The sign-in was cancelled in the browser"))
            program.picture("sign-in-denied")
            self.sign_in_at(self.go_on(program, "Try Again"))
            program.wait_dialog_closed()
            program.row(SUGGESTED)

    def test_a_forged_answer_changes_nothing(self):
        with self.program() as program:
            link = self.go_to_browser(program)
            pages = SignInPages(self.chromium, members(link)["redirect_uri"] + "?code=forged&state=guessed")
            self.assertEqual(pages.heading(), "This Is Not the Answer That Linkage Waits For")
            program.find(name="Waiting for the browser…")
            self.sign_in_at(link)
            program.wait_dialog_closed()
            program.row(SUGGESTED)

    def test_a_code_that_is_carried_by_hand(self):
        with self.program() as program:
            self.go_to_browser(program)
            self.open_by_hand(program)
            program.write("not a code", name="Code")
            program.click("push button", "Use Code")
            program.find(name=re.compile("^This is not the code of this sign-in"))
            program.picture("sign-in-by-hand")
            program.write("a-code-that-nobody-gave", name="Code")
            program.click("push button", "Use Code")
            program.find(name=re.compile("^The portal does not accept the code"))
            self.go_on(program, "Try Again")
            pages = SignInPages(self.chromium, self.copied_address(program))
            pages.sign_in(self.admin)
            code = pages.code()
            self.secrets.append(code)
            program.write(f"  {code} ", name="Code")
            program.click("push button", "Use Code")
            program.wait_dialog_closed()
            program.row(SUGGESTED)
        self.assert_nothing_left(program)

    def copied_address(self, program):
        """What is on the clipboard: into the entry, as a person would see it."""
        program.click("push button", "Copy Address for the Other Computer")
        program.find(name=re.compile("^Address copied"))
        program.key("alt+d")
        program.key("ctrl+v")
        return wait_for("address", lambda: self.typed_code(program) or None)

    @staticmethod
    def typed_code(program):
        return next(one.content() for one in program.each(None, "Code") if one.is_editable())

    def end_sign_in(self, program, person):
        """A new password ends it. Who the person is now."""
        password = "battery staple"
        self.user("password", "--email", person["email"], password=password)
        program.click("push button", "Refresh")
        program.find("push button", "Sign In…")
        return {**person, "password": password}

    def test_refused_refresh(self):
        person = self.new_user()
        with self.program() as program:
            self.connect(program, person)
            person = self.end_sign_in(program, person)
            program.picture("sign-in-needed")
            program.click_in_row(SUGGESTED, re.compile("Connect with"))
            program.row_says(SUGGESTED, "Waiting")
            self.assertGreater(len(list(program.rows())), 5, "the rows are gone")
            link = self.sign_in_again(program)
            program.picture("sign-in-again")
            self.sign_in_at(link, person)
            program.wait_dialog_closed()
            program.row_says(SUGGESTED, "Pending")
            program.wait_gone("push button", "Sign In…")
        client = self.portal.admin()
        self.assertEqual(len(client.row_of("brambleford-tools")["attempts"]), 1, "it was not sent once")

    def test_somebody_else(self):
        person = self.new_user()
        stranger = {"email": "otto@lindqvist.example", "password": "correct horse"}
        self.user("add", "--email", stranger["email"], "--name", "Otto", "--account", ACCOUNT, "--role", "admin")
        self.user("role", "--email", stranger["email"], "--account", ACCOUNT, "--role", "none")
        with self.program() as program:
            self.connect(program, person)
            person = self.end_sign_in(program, person)
            self.sign_in_at(self.sign_in_again(program), stranger)
            program.find(name=re.compile("^Whoever signed in does not have this account"))
            self.sign_in_at(self.go_on(program, "Try Again"), person)
            program.wait_dialog_closed()
            program.wait_gone("push button", "Sign In…")


if __name__ == "__main__":
    tap.main()
