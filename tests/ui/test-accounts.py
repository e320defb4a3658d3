#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several accounts in the real program: one more, from one to another, and the end of one."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

import tap
from portal import Portal
from program import Program

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
COUPA = re.compile("^.?Coupa Supplier Portal.?,")
PORTAL = re.compile("^.?Lindqvist Components.?,")
SUGGESTED = "Brambleford Tools Ltd"


class AccountsTest(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-accounts-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (self.home / folder).mkdir(mode=0o700)
            self.environment[variable] = str(self.home / folder)
        self.portal = Portal("--sandbox", "--database", str(self.home / "portal.sqlite"), "--proof-of-work-max", "2000")
        self.addCleanup(self.portal.stop)

    def program(self):
        return Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS)

    def sign_in_with_token(self, program, who):
        """In the dialog that the way to a portal opens."""
        program.click("push button", "Use an Access Token")
        program.write(self.portal.address, name="Address")
        program.write(self.portal.introduction[who]["token"], name="Access Token")
        program.click("push button", "Sign In")
        program.wait_dialog_closed()

    @staticmethod
    def open_menu(program, account):
        program.click("push button", account)

    def add(self, program, account, key):
        """One more account, in the way that a letter stands for."""
        self.open_menu(program, account)
        program.click("menu item", "Add Account…")
        program.find("dialog", "Add Account")
        program.key(f"alt+{key}")

    def begin(self, program):
        """A companion account, and after it one on the portal."""
        program.find("list item", "Copy and Paste from Coupa")
        program.key("alt+y")
        program.find("push button", COUPA)
        self.add(program, COUPA, "c")
        self.sign_in_with_token(program, "admin")
        program.row(SUGGESTED)

    def test_from_one_to_another(self):
        with self.program() as program:
            self.begin(program)
            self.open_menu(program, PORTAL)
            program.find("radio menu item", re.compile("^.?Lindqvist Components"))
            program.picture("accounts-menu")
            program.click("radio menu item", re.compile("^.?Coupa Supplier Portal"))
            program.find(name="Bring Your Requests")
            self.assertIsNone(program.look("push button", PORTAL))
            program.key("ctrl+2")
            program.find("push button", PORTAL)
            program.row(SUGGESTED)
            program.key("ctrl+9")
            program.key("ctrl+1")
            program.find("push button", COUPA)
            program.find(name="Bring Your Requests")
        with self.program() as program:
            program.find("push button", COUPA)
            program.key("ctrl+2")
            program.row(SUGGESTED)
            program.resize(360, 720)
            self.open_menu(program, PORTAL)
            program.find("radio menu item", re.compile("Nobody is signed in"))
            program.picture("accounts-menu-narrow")
            program.click("menu item", "Add Account…")
            program.find("push button", "Back")
            program.picture("accounts-add-narrow")
            program.click("push button", "Back")
            program.row(SUGGESTED)

    def test_the_end(self):
        """Signing out with a request that waits, and then what is to become of the account."""
        with self.program() as program:
            self.begin(program)
            program.click_in_row(SUGGESTED, f"Connect with {SUGGESTED}")
            program.row_says(SUGGESTED, "Sending")
            self.open_menu(program, PORTAL)
            program.click("menu item", "Sign Out…")
            program.find(name=re.compile("1 request is not sent yet"))
            program.picture("accounts-sign-out")
            program.click("push button", "Send First")
            program.find(name=re.compile("^Signed out of"))
            program.row_says(SUGGESTED, "Pending")
            program.find("push button", "Sign In…")

            self.open_menu(program, PORTAL)
            program.click("menu item", "Remove Account…")
            program.find(name=re.compile("33 requests of the list"))
            program.picture("accounts-remove")
            program.click("push button", "Set Data Aside")
            program.hold_toast(re.compile("was set aside$"))
            program.find("push button", COUPA)
            program.find(name="Bring Your Requests")
            (kept,) = (self.home / "data/linkage/removed").iterdir()
            self.assertRegex(kept.name, r"^\d{4}-\d\d-\d\d Lindqvist Components$")
            self.assertTrue((kept / "store.sqlite").exists())

            self.open_menu(program, COUPA)
            program.click("menu item", "Remove Account…")
            program.click("push button", "Delete Data")
            program.find("list item", "Copy and Paste from Coupa")


if __name__ == "__main__":
    tap.main()
