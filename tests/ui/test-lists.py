#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check a List and To Ask with the real program: names are looked up, kept, searched for and taken off."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

import tap
from browser import LinkHandler
from program import Program, content_of, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
ACCOUNT = re.compile("^Coupa Supplier Portal")


class ListsTest(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-lists-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {"XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home / "data")}
        for folder in self.environment.values():
            pathlib.Path(folder).mkdir(mode=0o700)

    def program(self):
        return Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS)

    @staticmethod
    def begin(program):
        program.find("list item", "Copy and Paste from Coupa")
        program.key("alt+y")
        program.find("push button", ACCOUNT)

    @staticmethod
    def choose(program, item):
        program.click("push button", ACCOUNT)
        program.click("menu item", item)

    @staticmethod
    def close(program):
        program.key("Escape")
        program.wait_dialog_closed()

    def check(self, program, names):
        """Looks names up. The dialog, which shows what became of them."""
        self.choose(program, "Check a List…")
        dialog = program.find("dialog", "Check a List")
        program.write(names, name="Customer Names", within=dialog)
        program.click("push button", "Check", within=dialog)
        program.find(name=re.compile("matched, .*likely, .*not found"), within=dialog)
        return dialog

    def keep(self, program, names):
        self.check(program, names)
        program.click("push button", re.compile("^Keep .* in To Ask$"))
        program.click("push button", "Show")
        program.find("dialog", "To Ask")

    def test_nothing_to_check(self):
        with self.program() as program:
            self.begin(program)
            self.choose(program, "Check a List…")
            dialog = program.find("dialog", "Check a List")
            program.click("push button", "Check", within=dialog)
            program.find(name=re.compile("There is no name in it"))
            self.close(program)

    def test_keeps_what_is_not_found(self):
        with self.program() as program:
            self.begin(program)
            dialog = self.check(program, "Woodgrove Bank\n\nWingtip\nWOODGROVE BANK\nTailspin")
            program.find(name="0 matched, 0 likely, 3 not found", within=dialog)
            program.find(name=re.compile("^1 name stood there more than once"), within=dialog)
            self.assertEqual(len(program.all(name="Not in your list", within=dialog)), 3)
            program.picture("check-list")
            program.click("push button", "Keep 3 in To Ask")
            program.find("push button", "All Are in To Ask")
            program.click("push button", "Show")
            program.find("dialog", "To Ask")
            program.find(name="Wingtip")
            program.picture("to-ask")
            self.close(program)
        with self.program() as program:
            program.find("push button", ACCOUNT)
            self.choose(program, "To Ask…")
            for name in ("Woodgrove Bank", "Wingtip", "Tailspin"):
                program.find("push button", f"Remove {name}")
            self.close(program)

    def test_removes(self):
        with self.program() as program:
            self.begin(program)
            self.keep(program, "Woodgrove Bank\nWingtip")
            program.click("push button", "Remove Wingtip")
            program.wait_gone("push button", "Remove Wingtip")
            program.click("push button", "Undo")
            program.find("push button", "Remove Wingtip")
            for name in ("Wingtip", "Woodgrove Bank"):
                program.click("push button", f"Remove {name}")
            program.find(name="Nobody to Ask")
            program.click("push button", "Check a List…", within=program.find("dialog", "To Ask"))
            program.find("dialog", "Check a List")
            self.close(program)

    def test_searches_on_coupa(self):
        with self.program() as program:
            handler = LinkHandler()
            self.begin(program)
            self.keep(program, "Woodgrove Bank\nWingtip")
            known = handler.count()
            program.click("push button", "Search for Woodgrove Bank on Coupa")
            self.assertEqual(handler.wait_for_link(known).rstrip("/"), "https://supplier.coupa.com")
            program.find(name=re.compile("^To paste into the search: .*Woodgrove Bank"))
            program.find(name="5 of 5 searches left", within=program.find("dialog", "To Ask"))
            self.close(program)
            self.assertEqual(self.paste(program), "Woodgrove Bank")

    def paste(self, program):
        """What is on the clipboard: into the entry of names, as a person does."""
        self.choose(program, "Check a List…")
        dialog = program.find("dialog", "Check a List")
        entry = program.find("text", "Customer Names", within=dialog)
        program.key("ctrl+v")
        text = wait_for("pasted text", lambda: content_of(entry))
        self.close(program)
        return text


if __name__ == "__main__":
    tap.main()
