#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the form of a request to the browser and back, with the real program, a real portal and a real Chromium."""

import json
import os
import pathlib
import re
import types
import unittest

import tap
from browser import ChallengePages, LinkHandler, start_chromium
from portal import Client
from program import Program
from provider import SECRET, Provider

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
HOME = pathlib.Path(os.environ["HOME"])
SUGGESTED = "Brambleford Tools Ltd"
CONTACT = "buying@larkmoor.example"


def wrap_portal(provider):
    """The bundled portal as an operator would start it, with its introduction kept for the test."""
    (HOME / "secret").write_text(SECRET)
    introduction = HOME / "introduction.json"
    options = " ".join(f"'{option}'" for option in provider.options(str(HOME / "secret")))
    script = HOME / "portal"
    script.write_text(f"#!/bin/sh\n'{os.environ['LINKAGE_PORTAL']}' \"$@\" {options} | tee '{introduction}'\n")
    script.chmod(0o755)
    return script, introduction


class VerificationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.provider = cls.enterClassContext(Provider("hcaptcha"))
        cls.links = LinkHandler()
        script, introduction = wrap_portal(cls.provider)
        environment = {"LINKAGE_PORTAL": str(script)}
        cls.program = cls.enterClassContext(
            Program(EXECUTABLE, "--sandbox", environment=environment, screenshots=SCREENSHOTS)
        )
        cls.chromium = start_chromium("--headless")
        cls.addClassCleanup(cls.chromium.quit)
        cls.program.row(SUGGESTED)
        content = json.loads(introduction.read_text())
        cls.admin = Client(types.SimpleNamespace(address=content["address"]), content["admin"]["token"])

    def open_form(self, program, customer):
        """The form of a request, filled in but for the verification."""
        program.click("push button", re.compile(r"^Search…"))
        dialog = program.find("dialog", "Search for a Customer")
        program.write("Larkmoor", name="Customer Name", within=dialog)
        program.click("push button", re.compile("Search$"), within=dialog)
        program.click("push button", f"Request a connection with {customer}", within=dialog)
        program.write(CONTACT, name="Customer Contact", within=dialog)
        program.tick(within=dialog)
        return dialog

    def open_browser(self, program, dialog):
        known = self.links.count()
        program.find("label", "hCaptcha", within=dialog)
        program.click("push button", "Open Browser", within=dialog)
        return self.links.wait_for_link(known)

    def verify(self, program, dialog):
        ChallengePages(self.chromium, self.open_browser(program, dialog)).solve()
        program.find(name=re.compile("Verified"), within=dialog)

    def let_run_out(self, program, dialog):
        """Passes it, and sends the request too late."""
        self.verify(program, dialog)
        self.admin.advance(180)
        program.click("push button", re.compile("Request$"), within=dialog)
        program.find(name=re.compile("The verification has run out"), within=dialog)
        self.assertEqual(program.find("text", "Customer Contact", within=dialog).content(), CONTACT)

    def assert_sent_once(self, program, customer, identity):
        program.row_says(customer, "Pending")
        program.row_says(customer, CONTACT)
        row = self.admin.row_of(identity)
        self.assertEqual((row["status"], row["requests-used"], len(row["attempts"])), ("pending", 1, 1))

    def test_request(self):
        with self.program.observed() as program:
            dialog = self.open_form(program, "Larkmoor Foods")
            self.assertIsNone(program.look("push button", "Discard", within=dialog))
            program.picture("before")
            link = self.open_browser(program, dialog)
            program.find(name="Waiting for the browser…", within=dialog)
            program.picture("waiting")
            program.click("push button", "I Have Finished", within=dialog)
            program.find(name=re.compile("The portal still waits for the browser"), within=dialog)
            program.picture("still-waiting")
            known = self.links.count()
            program.click("push button", "Open Again", within=dialog)
            self.assertEqual(self.links.wait_for_link(known), link)
            program.click("push button", "Cancel the verification", within=dialog)
            given_up, link = link, self.open_browser(program, dialog)
            self.assertNotEqual(link, given_up)
            program.find(name="Waiting for the browser…", within=dialog)
            send = program.look_pressable("push button", re.compile("Request$"), within=dialog)
            self.assertIsNone(send, "it can be sent without a verification")

            ChallengePages(self.chromium, link).solve()
            program.find(name=re.compile("Verified"), within=dialog)
            program.picture("verified")
            program.click("push button", re.compile("Request$"), within=dialog)
            self.assert_sent_once(program, "Larkmoor Foods", "larkmoor-foods")

    def test_request_that_waits_for_a_new_verification(self):
        with self.program.observed() as program:
            dialog = self.open_form(program, "Larkmoor Bakeries")
            self.let_run_out(program, dialog)
            program.picture("run-out")
            program.key("Escape")
            program.find("dialog", "Search for a Customer")
            program.key("Escape")
            program.wait_dialog_closed()

            program.find("label", re.compile("Verify again: .*Larkmoor Bakeries"))
            program.click("push button", "Open")
            dialog = program.find("dialog", "Connection Request")
            self.assertEqual(program.find("text", "Customer Contact", within=dialog).content(), CONTACT)
            program.find("push button", "Discard", within=dialog)
            self.verify(program, dialog)
            program.tick(within=dialog)
            program.click("push button", re.compile("Request$"), within=dialog)
            self.assert_sent_once(program, "Larkmoor Bakeries", "larkmoor-bakeries")

    def test_request_that_is_given_up(self):
        with self.program.observed() as program:
            dialog = self.open_form(program, "Larkmoor Observatory")
            self.let_run_out(program, dialog)
            program.click("push button", "Discard", within=dialog)
            program.wait_dialog_closed()
            program.wait_gone("label", re.compile("Verify again"))
            self.assertIsNone(program.look_row("Larkmoor Observatory"))


if __name__ == "__main__":
    tap.main()
