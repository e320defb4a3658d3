#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two accounts become one: what the windows of both say and do, with real programs and a real portal."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tap
from accessible import State
from merger import GOES, STAYS, Merger
from portal import Portal
from program import Program, accessibility_bus, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
NOTE = "We are one company since May."
EMAIL = "E-mail Address of an Administrator There"
PROMPT = re.compile("^Type “.*” to continue$")


@contextlib.contextmanager
def session_bus():
    """The environment of a program in a session of its own, where no other program takes it for its second window."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = daemon.stdout.readline().strip()
        yield {"DBUS_SESSION_BUS_ADDRESS": address, "AT_SPI_BUS_ADDRESS": accessibility_bus().address}
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


class MergeTestCase(unittest.TestCase):
    """A portal for each case, with the admins of both accounts, whom programs or nobody may be signed in as."""

    def setUp(self):
        self.portal = self.enterContext(Portal("--sandbox", "--proof-of-work-max", "2000", "--database", ":memory:"))
        self.admin = Merger(self.portal, self.portal.admin().token)
        self.other = Merger(self.portal, self.portal.other_admin().token)

    def start(self, merger):
        """A program of its own for an admin, on the account's table."""
        home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-merge-"))
        self.addCleanup(shutil.rmtree, home)
        environment = self.enterContext(session_bus())
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (home / folder).mkdir(mode=0o700)
            environment[variable] = str(home / folder)
        program = self.enterContext(Program(EXECUTABLE, environment=environment, screenshots=SCREENSHOTS))
        program.find("list item", "Connect to a Portal")
        program.key("alt+c")
        program.click("push button", "Use an Access Token")
        program.write(self.portal.address, name="Address")
        program.write(merger.token, name="Access Token")
        program.click("push button", "Sign In")
        program.wait_dialog_closed()
        wait_for("rows", lambda: next(program.rows(), None))
        return program

    @staticmethod
    def open_requests(program):
        program.key("F10")
        program.click("menu item", "Merge Requests…")
        return program.find("dialog", "Merge Requests")

    def ask(self):
        return self.other.ask("theirs", **{"account-id": self.admin.account}, note=NOTE).json["id"]

    def status_of(self, merge):
        return self.admin.merge(merge).json["status"]


class AnswerTest(MergeTestCase):
    """Two programs, one for each admin."""

    def approve(self, program):
        """From the request to the merge, and not before the name is typed."""
        dialog = self.open_requests(program)
        program.find("label", f"{GOES} asks to be merged into this account", within=dialog)
        program.find("label", NOTE, within=dialog)
        program.picture("merge-asked")
        program.click("push button", "Review…", within=dialog)
        program.find("label", f"{GOES} becomes part of {STAYS}", within=dialog)
        program.find("list item", re.compile("^Brambleford Tools Ltd, Becomes One, "), within=dialog)
        program.picture("merge-preview")
        program.click("push button", "Merge…", within=dialog)
        program.find("label", f"Merge {GOES} into {STAYS}?", within=dialog)
        for name in (GOES.lower(), GOES[:-1], STAYS):
            program.write(name, name=PROMPT, within=dialog)
            self.assertFalse(self.look_accept(program).had_state(State.SENSITIVE), f"{name} merges")
        program.write(f" {GOES} ", name=PROMPT, within=dialog)
        program.picture("merge-question")
        program.click("push button", "Merge Accounts", within=dialog)
        program.wait_dialog_closed()

    @staticmethod
    def look_accept(program):
        return program.find("push button", "Merge Accounts")

    def test_approve(self):
        preview = self.admin.preview(self.ask(), "?limit=500").json
        left = preview["total"] - preview["counts"]["removed"]
        goes, stays = self.start(self.other), self.start(self.admin)
        before = {row.name for row in goes.rows()}
        with stays.observed(), goes.observed():
            self.approve(stays)
            stays.find("label", f"{GOES} was merged into {STAYS}")
            stays.find("label", re.compile(f"^{left} requests"))
            stays.row_says("Brambleford Tools Ltd", "Approved")
            stays.picture("merge-done")
            self.look_at_removed(stays, preview)
            goes.find("status bar", re.compile(f"^This account was merged into {STAYS}"))
            goes.find("push button", "Remove This Account…")
            self.assertEqual({row.name for row in goes.rows()}, before, "its table is not what it was")
            self.assertFalse(goes.find("push button", "Search…").had_state(State.SENSITIVE), "it still searches")
            goes.picture("merge-gone")

    def look_at_removed(self, program, preview):
        removed = [row["customer"]["name"] for row in preview["rows"] if row["fate"] == "removed" and row["status-staying"]]
        program.key("F10")
        program.click("menu item", "Removed Requests…")
        dialog = program.find("dialog", "Removed Requests")
        for name in removed[:3]:
            program.find("list item", re.compile(f"^.?{re.escape(name)}"), within=dialog)
        program.picture("merge-removed")
        program.key("Escape")
        program.wait_dialog_closed()

    def test_something_changes_meanwhile(self):
        merge = self.ask()
        program = self.start(self.admin)
        with program.observed():
            dialog = self.open_requests(program)
            program.click("push button", "Review…", within=dialog)
            program.click("push button", "Merge…", within=dialog)
            program.write(GOES, name=PROMPT, within=dialog)
            row = next(row for row in self.other.read_all()[0].values() if "connect" in row["actions"])
            self.assertEqual(self.other.connect(row["id"]).status, 200)
            program.click("push button", "Merge Accounts", within=dialog)
            program.find(name=re.compile("^Something changed in the meantime"), within=dialog)
            program.picture("merge-stale")
            self.assertEqual(self.status_of(merge), "open")


class AskTest(MergeTestCase):
    """One program; nobody has one on the other side."""

    def test_ask_and_withdraw(self):
        program = self.start(self.admin)
        with program.observed():
            dialog = self.open_requests(program)
            program.click("push button", "Ask to Merge…", within=dialog)
            program.click_at(program.find("radio button", "Another account", within=dialog))
            program.write("nobody@nowhere.example", name=EMAIL, within=dialog)
            program.find("text", "Note for Them", within=dialog).write(NOTE)
            program.click("push button", "Send Request", within=dialog)
            program.find(name="No account has an administrator with this address", within=dialog)
            self.assertEqual(program.find("text", EMAIL, within=dialog).content(), "nobody@nowhere.example")
            program.picture("merge-nobody")
            program.click_at(program.find("radio button", GOES, within=dialog))
            program.click("push button", "Send Request", within=dialog)
            program.find("label", f"{GOES} was asked to merge into this account", within=dialog)
            asked = self.other.merges()["merges"][0]
            self.assertEqual((asked["note"], asked["stays"], asked["status"]), (NOTE, "theirs", "open"))
            program.picture("merge-waiting")
            program.click("push button", "Withdraw", within=dialog)
            program.find("push button", "Ask to Merge…", within=dialog)
            program.find("list item", re.compile(f"^The request to {GOES} was withdrawn, "), within=dialog)
            self.assertEqual(self.other.merges()["merges"][0]["status"], "withdrawn")

    def test_decline(self):
        merge = self.ask()
        program = self.start(self.admin)
        with program.observed():
            dialog = self.open_requests(program)
            program.click("push button", "Decline", within=dialog)
            program.find("list item", re.compile(f"^The request of {GOES} was declined, "), within=dialog)
            self.assertEqual(self.status_of(merge), "declined")
            self.switch_suggestions(program, dialog)

    def switch_suggestions(self, program, dialog):
        program.click_at(program.find("check box", "Suggest Accounts to Merge With", within=dialog))
        wait_for("no suggestions", lambda: not self.admin.merges()["suggestions-enabled"])


if __name__ == "__main__":
    tap.main()
