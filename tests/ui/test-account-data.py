#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that is kept about an account: exported, and deleted for good, by a person in the window."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import unittest

import tap
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
BRING_COPY = os.environ["LINKAGE_BRING_COPY"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
ACCOUNT = re.compile("^.?Coupa Supplier Portal")
WELCOME = "Copy and Paste from Coupa"


class AccountDataTest(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-account-data-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.environment = {}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (self.home / folder).mkdir(mode=0o700)
            self.environment[variable] = str(self.home / folder)
        self.accounts = self.home / "data/linkage/accounts"
        self.bring_copy("Contoso GmbH,Approved,,2026-01-01", "Fabrikam,Rejected,,2026-01-01")

    def bring_copy(self, *rows):
        copy = self.home / "copy.csv"
        copy.write_text("\n".join(("Customer,Status,Email,Date", *rows)) + "\n", encoding="utf-8")
        command = [BRING_COPY, str(self.home / "data/linkage"), str(copy), str(int(time.time()) - 60)]
        subprocess.run(command, check=True, timeout=60)

    def program(self):
        return Program(EXECUTABLE, environment=self.environment, screenshots=SCREENSHOTS)

    @staticmethod
    def open_details(program):
        program.row("Contoso GmbH")
        program.click("push button", ACCOUNT)
        program.click("menu item", "Account Details…")
        program.find("push button", "Remove Account…")

    @staticmethod
    def choose_file(program, path):
        """In GTK's own file chooser, where a path may be typed."""
        n_windows = program.count_windows()
        program.click("push button", "Export Everything…")
        wait_for("the file chooser", lambda: program.count_windows() > n_windows)
        program.key("ctrl+a")
        program.type(str(path))
        program.key("Return")

    def test_export(self):
        path = self.home / "everything.json"
        with self.program() as program:
            self.open_details(program)
            program.picture("account-data")
            self.choose_file(program, path)
            program.hold_toast(re.compile("^Exported as"))
            program.picture("account-data-exported")
            program.row("Contoso GmbH")
        document = json.loads(path.read_text(encoding="utf-8"))
        self.assertEqual(document["format"], "linkage-account-export")
        self.assertEqual([row["customer"]["name"] for row in document["connections"]], ["Contoso GmbH", "Fabrikam"])
        self.assertEqual(document["settings"]["kind"], "companion")

    def test_export_fails(self):
        with self.program() as program:
            self.open_details(program)
            self.choose_file(program, "/proc/everything.json")
            program.find(name=re.compile("everything.json.*Choose another"))
            program.picture("account-data-export-failed")
            program.key("Escape")
            program.wait_dialog_closed()

    def test_delete(self):
        (folder,) = [path for path in self.accounts.iterdir() if path.is_dir()]
        with self.program() as program:
            self.open_details(program)
            program.click("push button", "Remove Account…")
            program.find(name=re.compile("2 requests of the list"))
            program.picture("account-data-delete")
            program.key("Return")
            program.wait_gone(name=re.compile("2 requests of the list"))
            self.assertTrue((folder / "store.sqlite").exists(), "Return is no consent")

            program.click("push button", "Remove Account…")
            program.click("push button", "Delete Data")
            program.find("list item", WELCOME)
            wait_for("the end of the account's files", lambda: not folder.exists())
            program.picture("account-data-deleted")
        with self.program() as program:
            program.find("list item", WELCOME)

    def test_interrupted(self):
        """A mark is there, and half of the files: no half account is shown, and the rest goes."""
        (folder,) = [path for path in self.accounts.iterdir() if path.is_dir()]
        (folder / "deleted").write_text("")
        (folder / "account.ini").unlink()
        with self.program() as program:
            program.find("list item", WELCOME)
            wait_for("the end of the account's files", lambda: not folder.exists())


if __name__ == "__main__":
    tap.main()
