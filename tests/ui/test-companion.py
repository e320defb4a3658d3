#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The requests of an account on Coupa, carried over by copy and paste: the table is copied out of a real Chromium and pasted
into the real program, once more after a week, in four languages of the portal."""

import datetime
import gettext
import os
import pathlib
import re
import shutil
import tempfile
import unittest

import portal_pages as portal
import tap
from companion_browser import PortalBrowser
from program import Program

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")


class Words:
    """What the program says in a language of its own."""

    def __init__(self, language):
        if language == "en":
            self.messages = gettext.NullTranslations()
        else:
            self.messages = gettext.translation("linkage", os.environ["LINKAGE_LOCALEDIR"], [language])

    def __call__(self, text):
        return self.messages.gettext(text)

    def status(self, word):
        return self.messages.pgettext("status of a connection request", word)

    def rows(self, singular, plural, number):
        return self.messages.ngettext(singular, plural, number).replace("%u", str(number))

    def change_of_status(self, former, present):
        kind = self.messages.pgettext("what of a row was changed", "Status")
        sentence = self("%1$s: %2$s → %3$s")
        for place, word in (("%1$s", kind), ("%2$s", self.status(former)), ("%3$s", self.status(present))):
            sentence = sentence.replace(place, word)
        return sentence

    def counts(self, new, changed, unchanged, unclear=0):
        return ", ".join((
            self.rows("%u new", "%u new", new), self.rows("%u changed", "%u changed", changed),
            self.rows("%u unchanged", "%u unchanged", unchanged),
            self.rows("%u not understood", "%u not understood", unclear),
        ))


class Tracker:
    """A person who keeps track of an account: the browser with Coupa in one of the portal's languages, and the program."""

    def __init__(self, browser, program, code, words):
        self.browser = browser
        self.program = program
        self.code = code
        self.words = words

    def picture(self, name):
        self.program.picture(f"companion-{self.code}-{name}")

    def begin(self):
        self.program.find(name=self.words("Welcome to Linkage"))
        self.program.click_at(self.program.find("list item", self.words("Cop_y and Paste from Coupa").replace("_", "")))
        self.program.find("push button", self.words("Paste"))
        self.picture("empty")

    def copy_and_paste(self, requests, counts):
        """Up to the preview, which says what would change."""
        self.browser.copy_table(portal.make_page(self.code, requests, datetime.date.today()))
        self.program.key("ctrl+v")
        self.program.find(name=self.words("Review Changes"))
        self.program.find(name=counts)

    def accept(self, n_rows):
        self.program.click("push button", self.words.rows("Import %u Row", "Import %u Rows", n_rows))
        self.program.wait_dialog_closed()

    def expect_before(self):
        says = self.program.row_says
        says(portal.SUGGESTED.customer, self.words.status("Suggested"))
        for request in (portal.APPROVED_LATER, portal.REJECTED_LATER):
            says(request.customer, self.words.status("Pending"))
        for request in (portal.APPROVED, portal.MISSING_LATER):
            says(request.customer, self.words.status("Approved"))
        says(portal.EXPIRED.customer, self.words.status("Expired"))
        says(portal.REJECTED.customer, self.words.status("Rejected"))
        says(portal.REJECTED.customer, re.compile("Our list is closed"))
        says(portal.APPROVED_LATER.customer, portal.APPROVED_LATER.email)
        says(portal.REJECTED_LATER.customer, self.words("[system initiated]"))

    def expect_after(self):
        says = self.program.row_says
        says(portal.APPROVED_LATER.customer, self.words.status("Approved"))
        says(portal.REJECTED_LATER.customer, self.words.status("Rejected"))
        says(portal.REJECTED_LATER.customer, portal.COMMENT)
        says(portal.NEW.customer, self.words.status("Pending"))
        says(portal.SUGGESTED.customer, self.words.status("Suggested"))
        says(portal.MISSING_LATER.customer, self.words.status("Approved"))


    def look_at_history(self):
        """Request Details of a row that was answered since: what the first copy said, and what the second one says."""
        customer = portal.REJECTED_LATER.customer
        self.program.click_at(self.program.row(customer))
        self.program.key("alt+Return")
        dialog = self.program.find("dialog", self.words("Request Details"))
        self.program.find(name=re.compile(re.escape(self.words.change_of_status("Pending", "Rejected"))), within=dialog)
        self.program.find(name=re.compile(re.escape(portal.COMMENT)), within=dialog)
        self.picture("history")
        self.program.key("Escape")
        self.program.wait_dialog_closed()

    def mark_missing(self):
        """The same copy again, as the whole table this time; then that is undone."""
        missing = portal.MISSING_LATER.customer
        self.copy_and_paste(portal.AFTER, self.words.counts(0, 0, 7))
        self.program.tick(self.program.find("dialog"))
        self.accept(7)
        self.program.row_says(missing, self.words("Not in the latest copy"))
        self.picture("missing")
        self.program.click("push button", re.compile("Coupa Supplier Portal"))
        self.program.click("menu item", self.words("_Undo Last Import").replace("_", ""))
        self.program.row_lacks(missing, self.words("Not in the latest copy"))
        self.program.row_says(missing, self.words.status("Approved"))


class CompanionTest(unittest.TestCase):
    """One browser for all; each test has a home of its own for the program."""

    @classmethod
    def setUpClass(cls):
        cls.browser = cls.enterClassContext(PortalBrowser())

    def program(self, language):
        home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-companion-"))
        self.addCleanup(shutil.rmtree, home)
        environment = {"LANGUAGE": language}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data")):
            (home / folder).mkdir()
            environment[variable] = str(home / folder)
        return Program(EXECUTABLE, environment=environment, screenshots=SCREENSHOTS)

    def track(self, code, language="en"):
        words = Words(language)
        with self.program(language) as program:
            tracker = Tracker(self.browser, program, code, words)
            tracker.begin()
            tracker.copy_and_paste(portal.BEFORE, words.counts(7, 0, 0))
            tracker.picture("first")
            tracker.accept(7)
            tracker.expect_before()
            tracker.picture("tracked")

            tracker.copy_and_paste(portal.AFTER, words.counts(1, 2, 4))
            tracker.picture("second")
            tracker.accept(7)
            tracker.expect_after()
            self.assertEqual(len(list(program.rows())), len(portal.BEFORE) + 1)
            tracker.picture("changed")
            tracker.look_at_history()
            tracker.mark_missing()

    def test_english(self):
        self.track("en")

    def test_french(self):
        self.track("fr")

    def test_japanese(self):
        self.track("ja")

    def test_german_in_german(self):
        self.track("de", "de")


if __name__ == "__main__":
    tap.main()
