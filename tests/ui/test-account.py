#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on Coupa, which has no interface: how it begins, what the window says of its copies, and what stays of it."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import notifications
import tap
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
BRING_COPY = os.environ["LINKAGE_BRING_COPY"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
DAY = 24 * 60 * 60
ACCOUNT = re.compile("^.?Coupa Supplier Portal")
HEADINGS = "Customer,Status,Email,Date"


def days_ago(number):
    return time.strftime("%Y-%m-%d", time.localtime(time.time() - number * DAY))


class AccountTest(unittest.TestCase):
    """Each test has a home of its own, in which programs may follow one another."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-account-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (self.home / folder).mkdir(mode=0o700)
            self.environment[variable] = str(self.home / folder)

    def program(self, *arguments):
        return Program(EXECUTABLE, *arguments, environment=self.environment, screenshots=SCREENSHOTS)

    def bring_copy(self, age, *rows):
        """Imports a copy of the whole table that was made days ago."""
        copy = self.home / "copy.csv"
        copy.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
        command = [BRING_COPY, str(self.home / "data/linkage"), str(copy), str(int(time.time()) - age * DAY)]
        subprocess.run(command, check=True, timeout=60)

    @staticmethod
    def begin(program):
        program.find("list item", "Copy and Paste from Coupa")
        program.key("alt+y")
        program.find("push button", ACCOUNT)

    @staticmethod
    def choose(program, item):
        program.click("push button", ACCOUNT)
        program.click("menu item", item)

    # How it begins

    def test_first_run(self):
        with self.program() as program:
            self.begin(program)
            program.find(name="Bring Your Requests")
            program.find("push button", re.compile("Nothing copied yet"))
            program.find("push button", "Open Coupa")
            self.assertIsNone(program.look("push button", "Search…"), "Linkage cannot search Coupa")
            self.assertIsNone(program.look("push button", "Refresh"), "there is nothing to refresh")
            program.picture("account-empty")
        with self.program() as program:
            program.find("push button", ACCOUNT)
            program.find(name="Bring Your Requests")

    def test_from_a_coupa_address(self):
        with self.program() as program:
            program.find("list item", "Connect to a Portal")
            program.key("alt+c")
            program.write("acme.coupahost.com", name="Address")
            program.click("push button", "Use Copy and Paste")
            program.wait_dialog_closed()
            program.find("push button", ACCOUNT)

    def test_sandbox_and_back(self):
        self.bring_copy(1, "Contoso GmbH,Approved,buyer@contoso.example,2026-01-01")
        with self.program() as program:
            program.row("Contoso GmbH")
            self.choose(program, "Add Account…")
            program.find("dialog", "Add Account")
            program.key("alt+t")
            program.row("Brambleford Tools Ltd")
            program.key("ctrl+1")
            program.row("Contoso GmbH")
        self.assertEqual(len(list((self.home / "data").glob("linkage/accounts/*/store.sqlite"))), 1)

    # What it says

    def test_says_only_what_was_seen(self):
        self.bring_copy(
            3,
            f"Contoso GmbH,Pending,buyer@contoso.example,{days_ago(40)}",
            f"Fabrikam,Pending,buyer@fabrikam.example,{days_ago(10)}",
            f"Litware,Expired,,{days_ago(90)}",
            "Tailspin,Pending,buyer@tailspin.example,",
            f"Woodgrove,Approved,,{days_ago(90)}",
        )
        self.bring_copy(
            2,
            f"Contoso GmbH,Pending,buyer@contoso.example,{days_ago(40)}",
            f"Fabrikam,Pending,buyer@fabrikam.example,{days_ago(10)}",
            f"Litware,Expired,,{days_ago(90)}",
            "Tailspin,Pending,buyer@tailspin.example,",
        )
        with self.program() as program:
            text = program.row_says("Contoso GmbH", "No answer seen")
            self.assertNotRegex(text, "Expired|Waiting for the portal")
            program.row_says("Fabrikam", re.compile("2[01] days left"))
            program.row_says("Litware", "At least 1 of 3")
            self.assertNotRegex(program.row_says("Tailspin", "Pending"), "days left|1970|No answer")
            program.row_says("Woodgrove", "Not in the latest copy")
            self.assertRegex(program.row("Fabrikam").name, "as of ")
            self.assertIsNone(program.look("status bar"), "a copy of two days is not old")
            program.picture("account-table")
            program.resize(360, 720)
            program.row_says("Woodgrove", "Not in the latest copy")
            program.picture("account-table-narrow")

    def test_counts_searches(self):
        self.bring_copy(1, "Contoso GmbH,Approved,,2026-01-01")
        with self.program() as program:
            program.row("Contoso GmbH")
            program.click("push button", "5 of 5 searches left")
            used = program.find("spin button", re.compile("as you counted them"))
            used.set_value(2)
            program.find("push button", "3 of 5 searches left")
            program.picture("account-searches")
        with self.program() as program:
            program.find("push button", "3 of 5 searches left")

    def test_old_copy(self):
        self.bring_copy(8, "Contoso GmbH,Approved,,2026-01-01")
        with self.program() as program:
            program.find("status bar", "This copy is 8 days old. Answers since then are missing.")
            program.picture("account-old-copy")
            reminder = ("Your Copy Is 8 Days Old", "Answers since then are missing. Copy the table from Coupa and paste it.")
            wait_for("a notification", lambda: reminder in notifications.shown().values())
            program.click("push button", "Update…")
            program.find("dialog", "Update Your Copy")
            program.picture("account-update")
            program.key("Escape")
            program.wait_dialog_closed()
            n_reminders = len(notifications.kept_in().read_text(encoding="utf-8").splitlines())
        with self.program() as program:
            program.find("status bar", re.compile("8 days old"))
            self.assertEqual(len(notifications.kept_in().read_text(encoding="utf-8").splitlines()), n_reminders, "reminded twice")
        self.bring_copy(0, "Contoso GmbH,Approved,,2026-01-01")
        with self.program() as program:
            program.row("Contoso GmbH")
            self.assertIsNone(program.look("status bar"), "the copy is new")

    # What can be changed

    def test_details(self):
        self.bring_copy(8, "Contoso GmbH,Approved,,2026-01-01")
        with self.program() as program:
            program.find("status bar", re.compile("8 days old"))
            self.choose(program, "Account Details…")
            program.write("Our Coupa", name="Name")
            program.write("supplier.example", name="Portal’s Page")
            program.write("anna@example.com", name="E-mail for Invitations")
            days = program.find("spin button", re.compile("Reminded"))
            days.set_value(9)
            program.click("push button", "Save")
            program.find(name=re.compile("begins with https://"))
            program.picture("account-details-page")
            program.write("https://supplier.example/requests", name="Portal’s Page")
            program.write("anna", name="E-mail for Invitations")
            program.click("push button", "Save")
            program.find(name="This is not an e-mail address")
            program.write("anna@example.com", name="E-mail for Invitations")
            program.click("push button", "Save")
            program.wait_dialog_closed()
            program.find("push button", re.compile("Our Coupa"))
            program.wait_gone("status bar", re.compile("8 days old"))
        with self.program() as program:
            program.click("push button", re.compile("Our Coupa"))
            program.click("menu item", "Account Details…")
            program.find("push button", "Save")
            self.assertEqual(program.find("text", "Portal’s Page").content(), "https://supplier.example/requests")
            self.assertEqual(program.find("text", "E-mail for Invitations").content(), "anna@example.com")
            program.key("Escape")
            program.wait_dialog_closed()

    def test_restore(self):
        self.bring_copy(2, "Contoso GmbH,Approved,,2026-01-01")
        self.bring_copy(1, "Contoso GmbH,Approved,,2026-01-01", "Fabrikam,Rejected,,2026-01-01")
        with self.program() as program:
            program.row("Fabrikam")
            self.choose(program, "Restore…")
            program.find("dialog", "Restore a Backup")
            backup = program.find("list item", re.compile(r"1 request\b"))
            program.picture("account-restore")
            program.click_at(backup)
            program.click("push button", "Restore")
            program.find("label", re.compile("^Restored the backup of "))
            wait_for("the row to go", lambda: program.look_row("Fabrikam") is None)
            program.row("Contoso GmbH")
            program.picture("account-restored")

    def test_damaged_file(self):
        self.bring_copy(2, "Contoso GmbH,Approved,,2026-01-01")
        self.bring_copy(1, "Contoso GmbH,Approved,,2026-01-01", "Fabrikam,Rejected,,2026-01-01")
        [store] = (self.home / "data").glob("linkage/accounts/*/store.sqlite")
        store.write_bytes(b"This was a database once. " * 1000)
        with self.program() as program:
            program.find(name="The List Was Damaged")
            program.find(name=re.compile("with 1 request took its place"))
            program.picture("account-damaged")
            program.click("push button", re.compile("Update Copy"))
            program.find("dialog", "Update Your Copy")
            program.key("Escape")
            program.row("Contoso GmbH")


if __name__ == "__main__":
    tap.main()
