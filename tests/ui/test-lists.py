#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check a List and To Ask with the real program: names are looked up, kept, searched for and taken off."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import tap
from browser import LinkHandler
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
BRING_COPY = os.environ["LINKAGE_BRING_COPY"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
ACCOUNT = re.compile("^.?Coupa Supplier Portal")
KEEP = re.compile("^Keep .* in To Ask$")
COPY = """Customer,Status,Email,Date
Contoso GmbH,Approved,,2026-01-01
Société Générale S.A.,Pending,buyer@societe.example,
Litware International,Rejected,,2026-01-01
"""


class ListsTest(unittest.TestCase):
    """Each test has a home of its own, in which programs may follow one another."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-lists-"))
        self.addCleanup(shutil.rmtree, self.home)
        system = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")
        self.environment = {"XDG_DATA_DIRS": f"{os.environ['XDG_DATA_HOME']}:{system}"}  # where the browser is registered
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data")):
            (self.home / folder).mkdir(mode=0o700)
            self.environment[variable] = str(self.home / folder)

    def program(self):
        return Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS)

    def bring_copy(self):
        """Imports a copy of the table."""
        copy = self.home / "copy.csv"
        copy.write_text(COPY, encoding="utf-8")
        subprocess.run([BRING_COPY, str(self.home / "data/linkage"), str(copy), str(int(time.time()))], check=True, timeout=60)

    @staticmethod
    def begin(program):
        program.find("list item", "Copy and Paste from Coupa")
        program.key("alt+y")
        program.find("push button", ACCOUNT)

    @staticmethod
    def open(program, title):
        """The dialog that the menu of the account opens."""
        program.click("push button", ACCOUNT)
        program.click("menu item", f"{title}…")
        return program.find("dialog", title)

    @staticmethod
    def close(program):
        program.key("Escape")
        program.wait_dialog_closed()

    def check(self, program, names):
        """Looks names up. The dialog, which shows what became of them."""
        dialog = self.open(program, "Check a List")
        program.write(names, name="Customer Names", within=dialog)
        program.click("push button", "Check", within=dialog)
        program.find(name=re.compile("matched, .*likely, .*not found"), within=dialog)
        return dialog

    def keep(self, program, names):
        """Puts names that are not found on the list. Its dialog."""
        dialog = self.check(program, names)
        program.click("push button", KEEP, within=dialog)
        program.click("push button", "Show To Ask", within=dialog)
        return program.find("dialog", "To Ask")

    def test_nothing_to_check(self):
        with self.program() as program:
            self.begin(program)
            dialog = self.open(program, "Check a List")
            program.click("push button", "Check", within=dialog)
            program.find(name=re.compile("There is no name in it"), within=dialog)
            self.close(program)

    def test_keeps_what_is_not_found(self):
        with self.program() as program:
            self.begin(program)
            dialog = self.check(program, "Woodgrove Bank\n\nWingtip\nWOODGROVE BANK\nTailspin")
            program.find(name="0 matched, 0 likely, 3 not found", within=dialog)
            program.find(name=re.compile("^1 name stood there more than once"), within=dialog)
            self.assertEqual(len(program.all(name="Not in your list", within=dialog)), 3)
            program.picture("check-list")
            program.click("push button", "Keep 3 in To Ask", within=dialog)
            program.click("push button", "Show To Ask", within=dialog)
            dialog = program.find("dialog", "To Ask")
            program.find(name="Wingtip", within=dialog)
            program.picture("to-ask")
            self.close(program)
        with self.program() as program:
            program.find("push button", ACCOUNT)
            dialog = self.open(program, "To Ask")
            for name in ("Woodgrove Bank", "Wingtip", "Tailspin"):
                program.find("push button", f"Remove {name}", within=dialog)
            self.close(program)
            dialog = self.check(program, "Tailspin\nFourth Coffee")
            program.find("push button", "Keep 1 in To Ask", within=dialog)
            program.key("Escape")
            program.find("push button", "Check", within=dialog)
            self.close(program)

    def test_removes(self):
        with self.program() as program:
            self.begin(program)
            dialog = self.keep(program, "Woodgrove Bank\nWingtip")
            program.click("push button", "Remove Wingtip", within=dialog)
            program.undo(re.compile("^Removed: .*Wingtip"))
            program.find("push button", "Remove Wingtip", within=dialog)
            for name in ("Wingtip", "Woodgrove Bank"):
                program.click("push button", f"Remove {name}", within=dialog)
                program.wait_gone("push button", f"Remove {name}", within=dialog)
            program.find(name="Nobody to Ask", within=dialog)
            program.click("push button", "Check a List…", within=dialog)
            program.find("dialog", "Check a List")
            self.close(program)

    def test_searches_on_coupa(self):
        with self.program() as program:
            handler = LinkHandler()
            self.begin(program)
            dialog = self.keep(program, "Woodgrove Bank\nWingtip")
            known = handler.count()
            program.click("push button", "Search for Woodgrove Bank on Coupa", within=dialog)
            says = re.compile("^To paste into the search: .*Woodgrove Bank")
            program.hold_toast(says)
            self.assertEqual(handler.wait_for_link(known).rstrip("/"), "https://supplier.coupa.com")
            program.find(name="5 of 5 searches left", within=dialog)
            program.key("Escape")  # takes the toast, as long as there is one
            program.wait_gone("label", says)
            self.close(program)
            self.assertEqual(self.paste(program), "Woodgrove Bank")

    def paste(self, program):
        """What is on the clipboard: into the entry of names, as a person does."""
        dialog = self.open(program, "Check a List")
        entry = program.find("text", "Customer Names", within=dialog)
        program.key("ctrl+v")
        text = wait_for("pasted text", lambda: entry.content())
        self.close(program)
        return text

    def test_finds_who_is_in_the_table(self):
        self.bring_copy()
        with self.program() as program:
            program.row("Contoso GmbH")
            dialog = self.check(program, "CONTOSO GMBH\nSociete Generale\nLitware\nWingtip")
            program.find(name="1 matched, 2 likely, 1 not found", within=dialog)
            for name, says in (
                ("CONTOSO GMBH", "Same name apart from capital letters.*Approved"),
                ("Societe Generale", "Likely .*Société Générale S.A..* · Same name apart from the legal form and accents.*Pending"),
                ("Litware", "Likely .*Litware International.* · Begins alike, one has more words.*Rejected"),
                ("Wingtip", "Not in your list"),
            ):
                row = program.find("list item", name, within=dialog)
                self.assertRegex(" | ".join(program.texts(row)), says)
            program.picture("check-matches")
            self.look_at_groups(program, dialog)
            program.click("push button", re.compile("^.?Litware.? is not the same as .?Litware International"), within=dialog)
            program.find(name="1 matched, 1 likely, 2 not found", within=dialog)
            program.undo(re.compile("^Not in your list: .*Litware"))
            program.find(name="1 matched, 2 likely, 1 not found", within=dialog)

    def look_at_groups(self, program, dialog):
        for group, names in (
            ("Likely (2)", {"Societe Generale", "Litware"}),
            ("Not Found (1)", {"Wingtip"}),
            ("Matched (1)", {"CONTOSO GMBH"}),
            ("All (4)", {"CONTOSO GMBH", "Societe Generale", "Litware", "Wingtip"}),
        ):
            program.click("push button", group, within=dialog)
            wait_for(f"the names of {group}", lambda: {row.name for row in program.all("list item", within=dialog)} == names)


if __name__ == "__main__":
    tap.main()
