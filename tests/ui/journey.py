# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from end to end, with the real program and the real portal as two processes. The tour tells it and takes
pictures; the test runs it and fails where it fails."""

import re

from browser import CustomerPages, LinkHandler, start_chromium
from program import Program, wait_for

SUGGESTED = "Brambleford Tools Ltd"
ASKED_THRICE = "Brückenhof Anlagenbau GmbH"
SEARCHED = "Larkmoor Foods"
CONTACT = "buying@larkmoor-foods.example"
COMMENT = "Please apply again in spring: our list is closed."


class Journey:
    def __init__(self, executable, screenshots=None, tell=print):
        self.program = Program(executable, "--sandbox", screenshots=screenshots)
        self.links = LinkHandler()
        self.chromium = None
        self.screenshots = screenshots
        self.tell = tell
        self.number = 0

    def step(self, sentence):
        self.number += 1
        self.tell(f"{self.number}. {sentence}")

    def picture(self, name):
        self.program.picture(f"{self.number:02d}-{name}")

    def run(self):
        with self.program, start_chromium("--headless") as self.chromium:
            self.start()
            self.connect()
            self.approve()
            self.customer_list()
            self.search()
            self.reject()
            self.send_until_none_is_left()
            self.use_up_searches()

    # The steps

    def start(self):
        self.step("Linkage starts on the sandbox and shows the requests of Lindqvist Components")
        self.program.row(SUGGESTED)
        assert self.program.look("label", re.compile("Sandbox")), "the window does not say that this is the sandbox"
        self.picture("requests")

    def connect(self):
        self.step(f"Connect on the suggestion {SUGGESTED}")
        self.program.click_in_row(SUGGESTED, re.compile("Connect with"))
        self.program.row_says(SUGGESTED, "Sending soon")
        self.picture("sending-soon")
        self.program.row_says(SUGGESTED, "Pending")
        self.picture("pending")

    def customer_pages(self):
        known = self.links.count()
        self.choose("Play the Customer")
        return CustomerPages(self.chromium, self.links.wait_for_link(known))

    def approve(self):
        self.step(f"{SUGGESTED} approves on the portal's page for customers; the row changes without a click")
        pages = self.customer_pages()
        if self.screenshots:
            pages.picture(self.program.screenshots / f"{self.number:02d}-customer-page.png")
        pages.approve(SUGGESTED)
        self.program.row_says(SUGGESTED, "Approved")
        self.picture("approved")

    def customer_list(self):
        self.step(f"The name of {SUGGESTED} is a link now: hovering over it shows the customer list")
        self.program.point_at(self.program.find_in_row(SUGGESTED, name=re.compile(SUGGESTED)))
        popover = self.program.find("list", re.compile("Customer list"))
        entries = [text for text in self.program.texts(popover)]
        assert any("Brambleford" in entry for entry in entries), f"the customer list says {entries}"
        self.picture("customer-list")
        self.program.key("Escape")

    def open_search(self):
        self.program.click("push button", re.compile(r"^Search…"))
        return self.program.find("dialog", "Search for a Customer")

    def search_for(self, name, dialog):
        self.program.write(name, name="Customer Name", within=dialog)
        self.program.click("push button", re.compile("Search$"), within=dialog)

    def search(self):
        self.step(f"Search for Larkmoor, choose {SEARCHED}, fill in the form, request")
        dialog = self.open_search()
        self.search_for("Larkmoor", dialog)
        self.program.find(name=re.compile("4 of 5 searches left"), within=dialog)
        self.picture("search-results")
        self.program.click("push button", f"Request a connection with {SEARCHED}", within=dialog)
        self.program.write(CONTACT, name="Customer Contact", within=dialog)
        self.program.click("push button", re.compile("Verify$"), within=dialog)
        self.program.find(name=re.compile("Verified"), within=dialog)
        self.program.tick(within=dialog)
        self.picture("request-form")
        self.program.click("push button", re.compile("Request$"), within=dialog)
        self.program.row_says(SEARCHED, "Pending")
        self.program.row_says(SEARCHED, CONTACT)
        self.picture("requested")

    def reject(self):
        self.step(f"{SEARCHED} rejects the request with a comment; the comment is in the table")
        self.customer_pages().reject(SEARCHED, COMMENT)
        self.program.row_says(SEARCHED, "Rejected")
        self.program.row_says(SEARCHED, COMMENT)
        self.picture("rejected")

    def choose(self, item):
        """An item of the sandbox's menu, which is the account's."""
        self.program.click("push button", re.compile("Sandbox"))
        self.program.click("menu item", item)

    def filter(self, text):
        """Filters the list, which never spends a search, or shows all of it again."""
        if text:
            self.program.click("push button", "Filter This List")
        self.program.write(text, name="Filter This List")
        wait_for(f"list filtered by “{text}”", lambda: (len(list(self.program.rows())) == 1) == bool(text))

    def skip_31_days(self):
        self.choose("Skip 31 Days")

    def send_until_none_is_left(self):
        self.step(f"Nobody at {ASKED_THRICE} answers three times; then the program says whom to ask")
        self.filter(ASKED_THRICE)
        self.program.click_in_row(ASKED_THRICE, re.compile("Connect with"))
        self.program.row_says(ASKED_THRICE, "Pending")
        for used in (1, 2):
            self.skip_31_days()
            self.program.row_says(ASKED_THRICE, "Expired")
            self.picture(f"expired-{used}")
            self.program.click_in_row(ASKED_THRICE, re.compile("Send"))
            if used == 2:
                self.picture("last-request")
                self.program.click("push button", re.compile("Send Request$"))
            self.program.row_says(ASKED_THRICE, "Pending")
        self.skip_31_days()
        self.program.row_says(ASKED_THRICE, "Attempt 3 of 3")
        row = self.program.row(ASKED_THRICE)
        assert not self.program.look("push button", re.compile("Send Again"), within=row), "a fourth request is offered"
        self.program.click_in_row(ASKED_THRICE, re.compile("What to do about"))
        self.program.find(name=re.compile("Ask them to invite connect@lindqvist.example"))
        self.picture("no-requests-left")
        self.program.key("Escape")
        self.filter("")

    def use_up_searches(self):
        self.step("Five searches are used up; the program says whom to ask")
        dialog = self.open_search()
        for left, name in ((3, "Quillhaven"), (2, "Pebblewick"), (1, "Łąkowa"), (0, "Nobody of That Name")):
            self.search_for(name, dialog)
            self.program.find(name=re.compile(f"{left} of 5 searches left"), within=dialog)
        self.search_for("One More", dialog)
        self.program.find(name="No Searches Left", within=dialog)
        self.program.find("push button", re.compile("Ask Support"), within=dialog)
        self.picture("no-searches-left")
