#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From nothing to one account out of two: sign in, verify, request, be approved, look at what a merge would do, merge. The
programs, the portal and the browser are real; who verifies people is the test's."""

import os
import pathlib
import re
import unittest
from unittest import mock

import tap
from browser import ChallengePages, CustomerPages, LinkHandler, SignInPages, start_chromium
from portal import Portal
from program import Program, wait_for
from provider import SECRET, Provider
from secret_service import SecretService

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
HOME = pathlib.Path(os.environ["HOME"])
STAYS, GOES = "Lindqvist Components", "Lindqvist Hydraulics"
SUGGESTED = "Brambleford Tools Ltd"
SEARCHED = "Larkmoor Foods"
CONTACT = "buying@larkmoor.example"


class Person:
    """One who works with a program of her own, one after the other."""

    def __init__(self, name, identity, chromium):
        home = HOME / name
        environment = {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
        with mock.patch.dict(os.environ, environment):
            self.links = LinkHandler()
        self.identity = identity
        self.chromium = chromium
        self.program = Program(EXECUTABLE, environment=environment, screenshots=SCREENSHOTS)

    def follow(self, button, within=None):
        """The link that a button opens."""
        known = self.links.count()
        self.program.click("push button", button, within=within)
        return self.links.wait_for_link(known)

    def sign_in(self, portal):
        self.program.find("list item", "Connect to a Portal")
        self.program.key("alt+c")
        self.program.write(portal.address, name="Address")
        SignInPages(self.chromium, self.follow("Continue")).sign_in(self.identity)
        self.program.wait_dialog_closed()
        wait_for("rows", lambda: next(self.program.rows(), None))

    def request(self, customer):
        self.program.click("push button", re.compile("^Search…"))
        dialog = self.program.find("dialog", "Search for a Customer")
        self.program.write("Larkmoor", name="Customer Name", within=dialog)
        self.program.click("push button", re.compile("Search$"), within=dialog)
        self.program.click("push button", f"Request a connection with {customer}", within=dialog)
        self.program.write(CONTACT, name="Customer Contact", within=dialog)
        self.program.tick(within=dialog)
        ChallengePages(self.chromium, self.follow("Open Browser", dialog)).solve()
        self.program.find(name=re.compile("Verified"), within=dialog)
        self.program.click("push button", re.compile("Request$"), within=dialog)
        self.program.row_says(customer, "Pending")

    def open_merge_requests(self):
        self.program.key("F10")
        self.program.click("menu item", "Merge Requests…")
        return self.program.find("dialog", "Merge Requests")

    def ask_to_merge(self):
        dialog = self.open_merge_requests()
        self.program.click("push button", "Ask to Merge…", within=dialog)
        self.program.find(name=STAYS, within=dialog)
        self.program.picture("whole-ask")
        self.program.click_at(self.program.find("label", "The other account stays", within=dialog))
        self.program.click("push button", "Send Request", within=dialog)
        self.program.find("push button", "Withdraw", within=dialog)

    def look_and_merge(self):
        """What the preview says, and then yes."""
        dialog = self.open_merge_requests()
        self.program.click("push button", "Review…", within=dialog)
        self.program.find("label", f"{GOES} becomes part of {STAYS}", within=dialog)
        self.program.find(name=re.compile(r"\d requests? stays?\..*\d requests? comes? over\..*removed\."), within=dialog)
        self.program.picture("whole-preview")
        self.program.click("push button", "Merge…", within=dialog)
        self.program.find("label", f"Merge {GOES} into {STAYS}?", within=dialog)
        self.program.write(GOES, name=re.compile("^Type"), within=dialog)
        self.program.click("push button", "Merge Accounts", within=dialog)
        self.program.wait_dialog_closed()


class WholeJourneyTest(unittest.TestCase):
    def setUp(self):
        self.enterContext(SecretService(HOME))
        provider = self.enterContext(Provider("hcaptcha"))
        self.chromium = self.enterContext(start_chromium("--headless"))
        (HOME / "secret").write_text(SECRET)
        options = provider.options(str(HOME / "secret"))
        self.portal = self.enterContext(Portal("--sandbox", "--database", ":memory:", *options))

    def person(self, identity):
        return Person(identity, self.portal.introduction[identity], self.chromium)

    def be_asked(self, customer):
        """The customer's person says yes."""
        link = self.portal.admin().send("POST", "/sandbox/customer-link").json["link"]
        CustomerPages(self.chromium, link).approve(customer)

    @staticmethod
    def statuses(client):
        """What an account has, by the portal."""
        return {row["customer"]["name"]: row["status"] for row in client.read_all()[0].values()}

    def test_from_sign_in_to_merge(self):
        staying, going = self.person("admin"), self.person("other-admin")
        with going.program:
            going.sign_in(self.portal)
            going.ask_to_merge()
        with staying.program as program:
            staying.sign_in(self.portal)
            staying.request(SEARCHED)
            self.be_asked(SEARCHED)
            program.row_says(SEARCHED, "Approved")
            before, theirs = self.statuses(self.portal.admin()), self.statuses(self.portal.other_admin())
            staying.look_and_merge()
            after = self.statuses(self.portal.admin())
            self.assertEqual(after[SEARCHED], "approved")
            for customer in before.keys() - after.keys():
                self.assertTrue({before[customer], theirs.get(customer)} & {"rejected", "expired"})
                wait_for(f"no row of {customer}", lambda name=customer: program.look_row(name) is None)
            come_over = after.keys() - before.keys()
            self.assertTrue(come_over)
            for customer in come_over:
                program.row(customer)
            program.picture("whole-merged")
        with going.program as program:
            program.find(name=re.compile(f"merged into {STAYS}"))
            program.picture("whole-gone")
            self.assertIsNone(program.look_pressable("push button", re.compile("^Search…")))


if __name__ == "__main__":
    tap.main()
