#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that a person sends on the portal's own page, and what it knows better than the table, with the real program."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import tap
from browser import LinkHandler
from accessible import State
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
MAKE_ACCOUNT = os.environ["LINKAGE_MAKE_BY_HAND_ACCOUNT"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
PAGE = "https://supplier.example/connections"
SUGGESTED = "Tailspin Toys"
EXPIRED = "Litware Oy"
CONNECTED = "Contoso GmbH"


class ByHandTest(unittest.TestCase):
    """Each case has a home of its own, in which a companion account was made before the program starts."""

    def start(self, *page):
        home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-by-hand-"))
        self.addCleanup(shutil.rmtree, home)
        environment = {"XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}
        (home / "data").mkdir()
        subprocess.run([MAKE_ACCOUNT, *page], env={**os.environ, **environment}, check=True, timeout=60)
        # The handler of links is the display's home's.
        environment["XDG_DATA_DIRS"] = f"{os.environ['XDG_DATA_HOME']}:{os.environ.get('XDG_DATA_DIRS', '/usr/local/share:/usr/share')}"
        # Where no row will be: what the pointer rests on shows its tooltip, a window that is named as the program's.
        subprocess.run(["xdotool", "mousemove", "1270", "1010"], check=True)
        return self.enterContext(Program(EXECUTABLE, environment=environment, screenshots=SCREENSHOTS))

    def press_in_row(self, program, customer, name):
        program.row(customer)
        program.click_in_row(customer, re.compile(name))

    def open_details(self, program, customer):
        self.select(program, customer)
        program.key("alt+Return")
        program.find("label", "Next Step")

    def select(self, program, customer):
        program.click_at(program.row(customer))
        wait_for(f"selection of {customer}", lambda: program.row(customer).had_state(State.SELECTED))

    def choose(self, program, item):
        """The row gets the focus back when the menu is gone."""
        program.click("menu item", item)
        program.wait_gone("menu item", item)

    def open_menu(self, program, customer):
        program.point_at(program.row(customer))
        subprocess.run(["xdotool", "click", "3"], check=True)

    def assert_clipboard(self, program, text):
        program.key("ctrl+f")
        entry = program.find("entry", "Filter This List")
        wait_for("focus in the filter", lambda: entry.has_state(State.FOCUSED))
        program.key("ctrl+v")
        wait_for(f"pasted “{text}”", lambda: text in [entry.content() for entry in program.each("entry")])
        program.key("Escape")
        program.row(CONNECTED)

    def test_connect(self):
        links = LinkHandler()
        program = self.start(PAGE)
        known = links.count()
        self.press_in_row(program, SUGGESTED, "^Connect with")
        program.find("label", "Send the Request on Coupa")
        self.assertEqual(links.wait_for_link(known), PAGE)
        self.assertIsNone(program.look(name="Customer Contact"), "who is suggested is asked without a contact")
        program.picture("by-hand-connect")
        known = links.count()
        program.click("push button", "Open Coupa Again")
        self.assertEqual(links.wait_for_link(known), PAGE)
        program.click("push button", "Done, Mark as Sent")
        program.wait_dialog_closed()
        program.row_says(SUGGESTED, "Pending")
        program.row_says(SUGGESTED, "30 days left")
        program.picture("by-hand-sent")
        self.assert_clipboard(program, SUGGESTED)

    def test_send_again(self):
        LinkHandler()
        program = self.start(PAGE)
        program.row_says(EXPIRED, "Send Again (Up to 2 Left)")
        self.press_in_row(program, EXPIRED, "^Send the request to")
        contact = program.find("text", "Customer Contact")
        self.assertEqual(contact.content(), "old@litware.example")
        program.write("nobody", name="Customer Contact")
        program.click("push button", "Done, Mark as Sent")
        program.find(name=re.compile("This is not an e-mail address"))
        self.assertEqual(program.find("text", "Customer Contact").content(), "nobody", "what was typed is gone")
        program.write("anna@litware.example", name="Customer Contact")
        program.click("push button", "Done, Mark as Sent")
        program.wait_dialog_closed()
        program.row_says(EXPIRED, "anna@litware.example")
        program.row_says(EXPIRED, "Pending")

    def test_last_request(self):
        LinkHandler()
        program = self.start(PAGE)
        self.open_details(program, EXPIRED)
        program.write("2", name="Requests Used")
        program.click("push button", "Save how many requests are used")
        program.find("label", "At least 2 of 3 requests used")
        program.key("Escape")
        program.wait_dialog_closed()
        self.press_in_row(program, EXPIRED, "^Send the request to")
        program.find("label", "Send the Last Request?")
        self.assertIsNone(program.look("push button", "Done, Mark as Sent"), "it did not ask first")
        program.click("push button", "Send Request")
        program.find("push button", "Done, Mark as Sent")

    def test_no_page(self):
        links = LinkHandler()
        program = self.start()
        known = links.count()
        self.press_in_row(program, SUGGESTED, "^Connect with")
        program.find("label", re.compile("Account Details…"))
        dialog = next(window for window in program.application.look().windows if window.name == "Send the Request on Coupa")
        self.assertIsNone(program.look("push button", re.compile("Open Coupa"), dialog), "there is nothing to open")
        program.click("push button", "Done, Mark as Sent")
        program.wait_dialog_closed()
        program.row_says(SUGGESTED, "Pending")
        self.assertEqual(links.count(), known)

    def test_customer_list(self):
        program = self.start(PAGE)
        self.press_in_row(program, CONNECTED, f"^{CONNECTED}$")
        program.find("label", "The customer list is not known yet.")
        program.click("push button", "Add Customer List…")
        program.write("Contoso GmbH; DE-01; DE\n; DE-02", name="Customer list")
        program.find(name="Line 2 has no name.")
        self.assertFalse(program.find("push button", "Save List").had_state(State.SENSITIVE), "a line would be lost")
        program.write("Contoso GmbH; DE-01; DE\nContoso KK; JP-07; JP; inactive", name="Customer list")
        program.find("list item", "Contoso KK, JP-07, JP, Inactive")
        program.picture("by-hand-entries")
        program.click("push button", "Save List")
        program.find("push button", "Edit List")
        program.key("Escape")
        program.wait_dialog_closed()
        program.point_at(program.find_in_row(CONNECTED, "push button", CONNECTED))
        program.find("label", "2 entries in the customer list")

    def test_corrections(self):
        program = self.start(PAGE)
        self.open_details(program, EXPIRED)
        program.write("nobody", name="Contact of the Latest Request")
        program.click("push button", "Save the contact")
        program.find(name=re.compile("This is not an e-mail address"))
        program.write("anna@litware.example", name="Contact of the Latest Request")
        program.click("push button", "Save the contact")
        program.find("list item", re.compile("^Email: old@litware.example → anna@litware.example, By hand on "))
        program.write("3", name="Requests Used")
        program.click("push button", "Save how many requests are used")
        program.find("label", "3 of 3 requests used")
        program.find("list item", re.compile("^Requests used: at least 1 → 3, By hand on "))
        program.find("push button", "Ask Customer…")
        program.picture("by-hand-corrected")
        program.key("Escape")
        program.wait_dialog_closed()
        program.row_says(EXPIRED, "anna@litware.example")
        self.assertIsNone(program.look("push button", re.compile("^Send the request to"), program.row(EXPIRED)))

    def test_history(self):
        program = self.start(PAGE)
        self.open_menu(program, CONNECTED)
        program.click("menu item", "Request Details…")
        program.find("list item", re.compile("^Status: Pending → Approved, Copy of "))
        program.find("list item", re.compile("^Request, Sent on .* to buyer@contoso.example, Approved"))
        program.key("Escape")
        program.wait_dialog_closed()

    def test_menu_by_keyboard(self):
        program = self.start(PAGE)
        self.select(program, EXPIRED)
        program.key("Menu")
        program.find("menu item", "Mark as Sent…")
        program.picture("by-hand-menu")
        program.key("Escape")
        program.wait_gone("menu item", "Mark as Sent…")
        program.key("shift+F10")
        self.choose(program, "Copy Email")
        self.assert_clipboard(program, "old@litware.example")

    def test_menu_by_pointer(self):
        program = self.start(PAGE)
        self.open_menu(program, EXPIRED)
        self.choose(program, "Copy Name")
        self.assert_clipboard(program, EXPIRED)

    def test_narrow(self):
        program = self.start(PAGE)
        program.row(EXPIRED)
        program.resize(360, 720)
        self.select(program, EXPIRED)
        program.key("alt+Return")
        program.find("push button", "Back")
        self.assertEqual(program.count_windows(), 1, "a page has room, a dialog has not")
        program.picture("by-hand-narrow")
        program.key("Escape")
        program.wait_gone("label", "Next Step")


if __name__ == "__main__":
    tap.main()
