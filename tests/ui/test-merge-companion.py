#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two accounts of one computer become one, with the real program."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import tap
from accessible import State
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
MAKE_ACCOUNT = os.environ["LINKAGE_MAKE_BY_HAND_ACCOUNT"]
BRING_COPY = os.environ["LINKAGE_BRING_COPY"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
GOES = "Coupa Supplier Portal"
STAYS = "Northern Branch"
MERGE = "Merge With Another Account…"
# Contoso GmbH is in the account that goes, too: approved.
COPY = "Customer,Actions,Status,Email,Date,Comments\nContoso GmbH,,Pending,,2026-11-02,\nAlpine Ski House,Connect,,,,\n"


def starts_with(name):
    return re.compile(f"^.?{name}.?,")


class MergeCompanionTest(unittest.TestCase):
    """Each case has a home of its own, in which companion accounts were made before the program starts."""

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-merge-companion-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.data = self.home / "data/linkage"
        self.data.mkdir(parents=True)
        self.environment = {"XDG_CONFIG_HOME": str(self.home / "config"), "XDG_DATA_HOME": str(self.home / "data")}
        subprocess.run([MAKE_ACCOUNT], env={**os.environ, **self.environment}, check=True, timeout=60)

    def bring(self, name):
        copy = self.home / "copy.csv"
        copy.write_text(COPY, encoding="utf-8")
        subprocess.run([BRING_COPY, self.data, copy, str(int(time.time())), name], check=True, timeout=60)

    def start(self):
        return self.enterContext(Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS))

    def open_menu(self, program, account):
        program.click("push button", starts_with(account))
        program.find("menu item", "Account Details…")

    def test_merge(self):
        self.bring(STAYS)
        program = self.start()
        with program.observed():
            program.row("Alpine Ski House")
            self.open_menu(program, STAYS)
            program.click("menu item", MERGE)
            dialog = program.find("dialog", "Merge With Another Account")
            self.assertTrue(program.find("radio button", GOES, within=dialog).had_state(State.CHECKED), "the only one is not chosen")
            program.find("label", f"{STAYS} stays", within=dialog)
            program.picture("merge-companion-choose")
            program.click("push button", "Review…", within=dialog)
            program.find("label", f"{GOES} becomes part of {STAYS}", within=dialog)
            program.find("list item", re.compile("^Contoso GmbH, Becomes One, "), within=dialog)
            program.picture("merge-companion-preview")
            program.click("push button", "Merge…", within=dialog)
            program.find("label", f"Merge {GOES} into {STAYS}?", within=dialog)
            program.write(GOES, name=re.compile("^Type “.*” to continue$"), within=dialog)
            program.click("push button", "Merge Accounts", within=dialog)
            program.wait_dialog_closed()
            program.hold_toast(re.compile(f"^{GOES} was merged into this account$"))
            program.picture("merge-companion-done")
            program.row_says("Contoso GmbH", "Approved")
            program.row("Woodgrove Bank AG")
            program.row("Alpine Ski House")
            self.assert_set_aside(program)
            self.assert_alone(program)

    def assert_set_aside(self, program):
        program.point_at(program.row("Alpine Ski House"))
        program.find("push button", "Open Folder", within=program.hold_toast(re.compile(f"^The data of “{GOES}” was set aside$")).parent.parent)
        (kept,) = (self.data / "merged").iterdir()
        self.assertTrue((kept / "store.sqlite").exists())

    def assert_alone(self, program):
        self.open_menu(program, STAYS)
        self.assertIsNone(program.look("radio menu item", re.compile(f"^.?{GOES}")), "it is still listed")
        self.assertIsNone(program.look("menu item", MERGE), "there is nothing to merge with")

    def test_which_one(self):
        """Nobody is chosen among several; narrow, it is a page of the window with a way back."""
        self.bring(STAYS)
        self.bring("Southern Branch")
        program = self.start()
        with program.observed():
            program.row("Alpine Ski House")
            program.resize(360, 720)
            self.open_menu(program, "Southern Branch")
            program.click("menu item", MERGE)
            program.find("label", "Southern Branch stays")
            wait_for("no choice", lambda: not program.find("push button", "Review…").had_state(State.SENSITIVE))
            program.click_at(program.find("radio button", STAYS))
            program.picture("merge-companion-narrow")
            program.click("push button", "Review…")
            program.find("label", f"{STAYS} becomes part of Southern Branch")
            program.key("Escape")
            program.find("label", "Southern Branch stays")
            program.key("Escape")
            program.row("Alpine Ski House")

    def test_only_one(self):
        program = self.start()
        program.row("Woodgrove Bank AG")
        self.open_menu(program, GOES)
        self.assertIsNone(program.look("menu item", MERGE), "there is nothing to merge with")


if __name__ == "__main__":
    tap.main()
