#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever can take the focus has a name that says what it is, on every page and in every dialog."""

import os
import re
import subprocess
import tempfile
import unittest

import tap
from accessible import State
from browser import LinkHandler
from clipboard import copied
from merger import Merger
from portal import Portal
from program import Program

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
MAKE_ACCOUNT = os.environ["LINKAGE_MAKE_BY_HAND_ACCOUNT"]
SUGGESTED = "Brambleford Tools Ltd"
COPY = "Customer\tStatus\tDate\nContoso GmbH\tPending\t2026-10-14\nWoodgrove\tApproved\t2026-02-30\n"
TYPE_NAME = re.compile(r"^(Gtk|Adw|Linkage)[A-Z]\w+$")
MNEMONIC = re.compile(r"(^|\s)_\w")
# A scrolled window hands the focus on; a window is named by its title.
CONTAINERS = {"scroll pane", "frame", "dialog", "window"}
# The button of a drop-down shows the chosen item; the button takes the focus.
CHOSEN_ITEM = ("filler", "GtkListItemWidget")


def nameless(program):
    """The focusable things that are shown and whose names do not say what they are."""
    for part in program.walk():
        if part.role in CONTAINERS or not part.had_state(State.FOCUSABLE) or (part.role, part.name) == CHOSEN_ITEM:
            continue
        if not part.name or TYPE_NAME.match(part.name) or MNEMONIC.search(part.name):
            yield part


class NamesTest(unittest.TestCase):
    def check(self, program, where):
        with self.subTest(where):
            found = list(nameless(program))
            self.assertFalse(found, f"{where} has {found}")

    def test_welcome(self):
        with Program(EXECUTABLE) as program:
            program.find("list item", "Try the Sandbox")
            self.check(program, "the welcome page")
            program.key("alt+c")
            program.click("push button", "Use an Access Token")
            program.find(name="Access Token")
            self.check(program, "the dialog that connects to a portal")

    def test_sign_in(self):
        links = LinkHandler()
        with Portal() as portal, Program(EXECUTABLE) as program:
            program.find("list item", "Connect to a Portal")
            program.key("alt+c")
            program.write(portal.address, name="Address")
            program.click("push button", "Continue")
            links.wait_for_link()
            program.click("push button", "Browser on Another Computer")
            program.find(name="Code")
            self.check(program, "the page that waits for the browser")

    def test_merge(self):
        home = self.enterContext(tempfile.TemporaryDirectory())
        environment = {"XDG_DATA_HOME": home}
        with Portal("--sandbox", "--database", ":memory:") as portal, Program(EXECUTABLE, environment=environment) as program:
            admin = Merger(portal, portal.admin().token)
            Merger(portal, portal.other_admin().token).ask("theirs", **{"account-id": admin.account})
            program.find("list item", "Connect to a Portal")
            program.key("alt+c")
            program.click("push button", "Use an Access Token")
            program.write(portal.address, name="Address")
            program.write(admin.token, name="Access Token")
            program.click("push button", "Sign In")
            program.wait_dialog_closed()
            program.row(SUGGESTED)
            program.click("push button", "Main Menu")
            program.click("menu item", "Merge Requests…")
            dialog = program.find("dialog", "Merge Requests")
            program.find("push button", "Review…", within=dialog)
            self.check(program, "the merge requests")
            self.look_at_merge(program, dialog)

    def look_at_merge(self, program, dialog):
        program.click("push button", "Review…", within=dialog)
        program.find("list item", re.compile(f"^{SUGGESTED}, "), within=dialog)
        self.check(program, "what a merge would do")
        program.click("push button", "Merge…", within=dialog)
        program.find("text", re.compile("^Type "), within=dialog)
        self.check(program, "the question whether to merge")
        program.click("push button", "Cancel", within=dialog)
        program.find("list item", re.compile(f"^{SUGGESTED}, "), within=dialog)
        program.click("push button", "Back", within=dialog)
        program.click("push button", "Decline", within=dialog)
        program.click("push button", "Ask to Merge…", within=dialog)
        program.find("radio button", "Another account", within=dialog)
        self.check(program, "the form that asks for a merge")

    def test_no_admin_role(self):
        with Program(EXECUTABLE, "--sandbox-user") as program:
            program.find(name="Admin Role Required")
            self.check(program, "the page without the Admin role")

    def test_account_on_coupa(self):
        """The account stays: so in a home of its own."""
        with tempfile.TemporaryDirectory(prefix="linkage-names-") as home, \
                Program(EXECUTABLE, environment={"XDG_DATA_HOME": home}) as program:
            program.find("list item", "Copy and Paste from Coupa")
            program.key("alt+y")
            program.find(name="Bring Your Requests")
            self.check(program, "the account that has no copy yet")
            for item, title in (("Account Details…", "Account Details"), ("Restore…", "Restore a Backup")):
                program.click("push button", re.compile("Coupa Supplier Portal"))
                program.find("menu item", item)
                self.check(program, "the menu of the account")
                program.click("menu item", item)
                program.find("dialog", title)
                self.check(program, title)
                program.key("Escape")
                program.wait_dialog_closed()
            self.look_at_lists(program)
            self.look_at_import(program)

    def look_at_lists(self, program):
        program.click("push button", re.compile("Coupa Supplier Portal"))
        program.click("menu item", "Check a List…")
        dialog = program.find("dialog", "Check a List")
        entry = program.find("text", "Customer Names", within=dialog)
        entry.write("1\tWoodgrove Bank\n2\tWingtip\n")
        program.find(name="Column", within=dialog)
        self.check(program, "the list that is to be checked")
        program.click("push button", "Check", within=dialog)
        program.click("push button", "Keep 2 in To Ask", within=dialog)
        program.find("push button", "Show To Ask", within=dialog)
        self.check(program, "the list that was checked")
        program.click("push button", "Show To Ask", within=dialog)
        dialog = program.find("dialog", "To Ask")
        program.click("push button", "Remove Wingtip", within=dialog)
        says = re.compile("^Removed: .*Wingtip")
        program.hold_toast(says)
        self.check(program, "the customers to ask")
        program.key("Escape")  # takes the toast, as long as there is one
        program.wait_gone("label", says)
        program.key("Escape")
        program.wait_dialog_closed()

    def look_at_import(self, program):
        for text, words in ((COPY, re.compile("^1 new, .* 1 not understood$")), ("A\tB\n1\t2\n", "Which column is what?")):
            with copied(text=text):
                program.key("ctrl+v")
                program.find("status bar", words)
            self.check(program, f"the review that says {words}")
            program.key("Escape")
            program.wait_dialog_closed()
        with copied():
            program.key("ctrl+v")
            program.find(name="No Requests in This Copy")
        self.check(program, "the review of nothing")
        program.key("Escape")
        program.wait_dialog_closed()

    def test_by_hand(self):
        """What a person does by hand on an account with a row of each kind."""
        with tempfile.TemporaryDirectory(prefix="linkage-names-") as home:
            environment = {"XDG_DATA_HOME": home}
            subprocess.run([MAKE_ACCOUNT], env={**os.environ, **environment}, check=True, timeout=60)
            with Program(EXECUTABLE, environment=environment) as program:
                program.row("Litware Oy")
                program.click_in_row("Litware Oy", re.compile("^Send the request to"))
                program.find("push button", "Done, Mark as Sent")
                self.check(program, "the request by hand")
                program.key("Escape")
                program.wait_dialog_closed()
                program.click_in_row("Contoso GmbH", "Contoso GmbH")
                program.find("push button", "Add Customer List…")
                self.check(program, "the customer list that is missing")
                program.click("push button", "Add Customer List…")
                program.write("Contoso GmbH; DE-01; DE", name="Customer list")
                program.find("list item", "Contoso GmbH, DE-01, DE")
                self.check(program, "the details")

    def test_sandbox(self):
        """One program, led from page to page."""
        with Program(EXECUTABLE, "--sandbox") as program:
            program.row(SUGGESTED)
            self.look_at_menus(program)
            self.look_at_search(program)
            self.look_at_toast(program)
            self.look_at_narrow_window(program)

    def look_at_menus(self, program):
        program.click("push button", "Main Menu")
        program.find("menu item", "About Linkage")
        self.check(program, "the main menu")
        program.key("Escape")
        program.wait_gone("menu item", "About Linkage")
        program.click("push button", re.compile("Sandbox$"))
        program.find("menu item", "Skip 31 Days")
        self.check(program, "the menu of the account")
        program.key("Escape")
        program.wait_gone("menu item", "Skip 31 Days")

    def look_at_search(self, program):
        program.click("push button", "Search…")
        program.write("Larkmoor", name="Customer Name")
        self.check(program, "the search")
        program.click("push button", "Search")
        program.find("push button", re.compile("^Request a connection"))
        self.check(program, "the results of a search")
        program.click("push button", re.compile("^Request a connection"))
        program.find("push button", "Verify")
        self.check(program, "the form of a request")
        program.click("push button", "Back")
        program.find("push button", re.compile("^Request a connection"))
        program.key("Escape")
        program.wait_dialog_closed()

    def look_at_toast(self, program):
        program.click("push button", f"Connect with {SUGGESTED}")
        program.hold_toast(re.compile("^Sending soon: "))
        self.check(program, "the table with a toast")

    def look_at_narrow_window(self, program):
        program.click("push button", "Filter This List")
        self.check(program, "the table with its filter")
        program.resize(360, 700)
        program.find("push button", re.compile("^Lindqvist"))
        self.check(program, "the narrow table")
        program.click("push button", "Search…")
        program.find(name="Customer Name")
        program.find("push button", "Back")
        self.check(program, "the search as a page")


if __name__ == "__main__":
    tap.main()
