#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing the table to an account on Coupa: what the review says of a copy, what can be corrected there, and what is saved."""

import os
import pathlib
import re
import shutil
import tempfile
import time
import unittest

import tap
from clipboard import copied
from accessible import State
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
ACCOUNT = re.compile("^.?Coupa Supplier Portal")
HEADINGS = ("Customer", "Actions", "Status", "Email", "Date", "Comments")
CONTOSO = ("Contoso GmbH", "", "Pending", "anna@example.com", "2026-10-14", "")
FABRIKAM = ("Fabrikam", "", "Approved", "anna@example.com", "2026-09-01", "")
LITWARE = ("Litware", "", "Rejected", "anna@example.com", "2026-08-01", "Unknown supplier")
SUMMARY = re.compile(r"\d+ new, \d+ changed, \d+ unchanged, \d+ not understood")
IMPORT = re.compile("^(Import( [0-9]+ Rows?)?|Record This Copy)$")
IMPORTED = re.compile(r"^\d+ rows? imported$")
UNDONE = re.compile("^The import was undone$")
WRONG = "No Requests in This Copy"
MANY = 20_000


def page(*rows, headings=HEADINGS):
    """The table as a browser copies it: with the portal's markup around it."""
    lines = (headings, *rows)
    cells = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
    return f'<meta charset="utf-8"><table>{"".join(f"<tr>{line}</tr>" for line in cells)}</table>'


def text(*rows, headings=HEADINGS, separator="\t"):
    return "\n".join(separator.join(row) for row in (headings, *rows)) + "\n"


class Account(Program):
    """A program with an account on Coupa that has no copy yet, and what a person does there."""

    def __init__(self, home):
        environment = {}
        for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
            (home / folder).mkdir(mode=0o700)
            environment[variable] = str(home / folder)
        super().__init__(EXECUTABLE, environment=environment, screenshots=SCREENSHOTS)

    def start(self):
        super().start()
        self.find("list item", "Copy and Paste from Coupa")
        self.key("alt+y")
        self.find(name="Bring Your Requests")

    def paste(self):
        self.key("ctrl+v")
        return self.find("dialog", "Review Changes")

    def find_summary(self, summary):
        self.find("status bar", summary)

    def review(self, summary, **forms):
        """Pastes what was copied, and waits for what is said of it."""
        with copied(**forms):
            self.paste()
            self.find_summary(summary)

    def accept(self):
        self.click("push button", IMPORT)
        self.wait_dialog_closed()

    def bring(self, summary, **forms):
        self.review(summary, **forms)
        self.accept()

    def cancel(self):
        self.key("Escape")
        self.wait_dialog_closed()

    def items(self):
        """What the list of the review says."""
        rows = self.look("list", "Rows of the Copy")
        return [item.name for item in rows.children] if rows else []

    def find_item(self, *words):
        """The first item of the list that says all of this."""
        return wait_for(f"row with {words}", lambda: next((item for item in self.items() if all(word in item for word in words)), None))

    def find_problem(self, title, words):
        self.find(name=title)
        self.find(name=re.compile(words))

    def choose(self, name, downwards):
        """Takes another word of a drop-down, by the keyboard."""
        drop_down = self.find("combo box", name)
        self.click_at(drop_down)
        self.find("list item", within=drop_down)
        self.key(*["Down"] * downwards, "Return")

    def worked(self):
        """Seconds that the main thread had of a processor, which others may want as well."""
        stat = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/stat").read_text()
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def watch(self, condition):
        """The longest work that the program did before it answered until the condition holds, in seconds of its main thread."""
        slowest = 0

        def asked():
            nonlocal slowest
            began = self.worked()
            self.application.count_windows()
            slowest = max(slowest, self.worked() - began)
            return condition()

        wait_for("end of the work", asked, 60)
        return slowest


class ImportTest(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-import-"))
        self.addCleanup(shutil.rmtree, self.home)

    # A copy after the other

    def test_page(self):
        with Account(self.home) as account:
            account.review("3 new, 0 changed, 0 unchanged, 0 not understood", html=page(CONTOSO, FABRIKAM, LITWARE))
            account.find("status bar", "Nothing is saved until you import.")
            account.find("push button", "Import 3 Rows")
            self.assertIsNone(account.look("check box"), "no row is missing")
            account.find_item("Contoso GmbH", "New", "Pending")
            account.picture("import-review")
            account.accept()
            account.hold_toast(IMPORTED)
            account.picture("import-imported")
            account.row_says("Contoso GmbH", "Pending")
            account.row_says("Litware", "Unknown supplier")
            approved = ("Contoso GmbH", "", "Approved", *CONTOSO[3:])
            account.review("0 new, 1 changed, 2 unchanged, 0 not understood", html=page(approved, FABRIKAM, LITWARE))
            account.find_item("Contoso GmbH", "Changed", "Pending → Approved")
            account.picture("import-changed")
            account.accept()
            account.row_says("Contoso GmbH", "Approved")

    def test_text(self):
        """Text has no icons: a row whose status is blank cannot be told from one with a Connect icon."""
        with Account(self.home) as account:
            blank = ("Woodgrove", "", "", "", "2026-09-01", "")
            account.review("1 new, 0 changed, 0 unchanged, 1 not understood", text=text(CONTOSO, blank))
            account.find_item("Woodgrove", "Not Understood", "Row 3", "status")
            account.find("push button", "Import 1 Row")
            account.accept()
            account.row("Contoso GmbH")
            self.assertIsNone(account.look_row("Woodgrove"))

    def test_unknown_headings(self):
        with Account(self.home) as account:
            copy = text(("17", "Contoso GmbH", "Pending"), headings=("Kdnr", "Firma", "Stand"), separator=";")
            with copied(text=copy):
                account.paste()
                account.find_summary("Which column is what?")
            self.assertFalse(account.find("push button", "Import").had_state(State.SENSITIVE))
            account.picture("import-columns")
            account.choose("Firma", 1)
            account.choose("Stand", 3)
            account.find_summary("1 new, 0 changed, 0 unchanged, 0 not understood")
            account.accept()
            account.row("Contoso GmbH")
            account.review("0 new, 0 changed, 1 unchanged, 0 not understood", text=copy)
            account.find("push button", "Record This Copy")
            account.find("status bar", "Everything is up to date. You can record that you looked.")

    def test_ambiguous(self):
        with Account(self.home) as account:
            first = ("Contoso GmbH", "", "Pending", "anna@example.com", "2026-10-14", "")
            second = ("Contoso GmbH", "", "Pending", "ben@example.com", "2026-10-14", "")
            account.bring("2 new, 0 changed, 0 unchanged, 0 not understood", html=page(first, second))
            third = ("Contoso GmbH", "", "Approved", "", "2026-10-14", "")
            account.review("0 new, 0 changed, 0 unchanged, 1 not understood", html=page(third))
            account.find_item("Contoso GmbH", "Row 2 may mean more than one request")
            account.picture("import-ambiguous")
            account.choose("What row 2 means", 1)
            account.find_summary("0 new, 1 changed, 0 unchanged, 0 not understood")
            account.find_item("Contoso GmbH", "Changed", "Pending → Approved")
            account.picture("import-chosen")
            account.accept()
            account.row_says("Contoso GmbH", "Approved")

    def test_whole_table(self):
        with Account(self.home) as account:
            account.bring("2 new, 0 changed, 0 unchanged, 0 not understood", html=page(CONTOSO, FABRIKAM))
            account.review("0 new, 0 changed, 1 unchanged, 0 not understood", html=page(FABRIKAM))
            account.find("label", "1 row is missing here")
            self.assertFalse(account.find("check box").had_state(State.CHECKED))
            account.accept()
            self.assertNotIn("Not in the latest copy", account.row_says("Contoso GmbH", "Pending"))
            account.review("0 new, 0 changed, 1 unchanged, 0 not understood", html=page(FABRIKAM))
            account.tick()
            account.picture("import-whole")
            account.accept()
            account.row_says("Contoso GmbH", "Not in the latest copy")

    def test_undo(self):
        with Account(self.home) as account:
            account.bring("1 new, 0 changed, 0 unchanged, 0 not understood", html=page(CONTOSO))
            account.bring("1 new, 0 changed, 0 unchanged, 0 not understood", html=page(FABRIKAM))
            account.undo(IMPORTED)
            account.hold_toast(UNDONE)
            # That of the import before would undo it.
            wait_for("a toast without Undo", lambda: account.look_toast(UNDONE) and not account.look("push button", "Undo"))
            wait_for("the row to go", lambda: account.look_row("Fabrikam") is None)
            account.bring("1 new, 0 changed, 0 unchanged, 0 not understood", html=page(LITWARE))
            account.row("Litware")
            account.click("push button", ACCOUNT)
            account.click("menu item", "Undo Last Import")
            wait_for("the row to go", lambda: account.look_row("Litware") is None)
            account.row("Contoso GmbH")

    # What is not a table of requests

    def test_wrong_paste(self):
        with Account(self.home) as account:
            with copied(text="Meet you at noon"):
                account.paste()
                account.find_problem(WRONG, "Nothing was changed")
                account.picture("import-wrong")
            with copied(html=page(CONTOSO)):
                account.click("push button", "Paste Again")
                account.find_summary("1 new, 0 changed, 0 unchanged, 0 not understood")
            account.cancel()
            with copied():
                account.paste()
                account.find_problem(WRONG, "There is nothing in it")
            with copied(html='<form><input name="user"><input type="password"><input type="submit"></form>'):
                account.key("ctrl+v")
                account.find_problem(WRONG, "This page asks to sign in")
            account.cancel()
            account.find(name="Bring Your Requests")

    def test_wrong_file(self):
        with Account(self.home) as account:
            spreadsheet = self.home / "copy.xlsx"
            spreadsheet.write_bytes(b"PK\x03\x04" + bytes(2000))
            large = self.home / "large.csv"
            with large.open("wb") as file:
                file.truncate(200 * 1024 * 1024)
            with copied(file=str(spreadsheet)):
                account.paste()
                account.find_problem(WRONG, "save it as CSV")
                account.find("push button", "Open Another File…")
                self.assertIsNone(account.look("push button", "Paste Again"), "it was a file")
                account.picture("import-wrong-file")
            account.cancel()
            with copied(file=str(large)):
                began = time.monotonic()
                account.paste()
                account.find_problem("Too Large", "Nothing was changed")
                self.assertLess(time.monotonic() - began, 10)
                account.find("push button", "Open Another File…")
            account.cancel()

    def test_bad_date(self):
        with Account(self.home) as account:
            bad = ("Woodgrove", "", "Approved", "", "2026-02-30", "")
            account.review("1 new, 0 changed, 0 unchanged, 1 not understood", html=page(CONTOSO, bad))
            account.find_item("Woodgrove", "Not Understood", "is not a date")
            account.click("push button", "Not Understood (1)")
            wait_for("one row", lambda: len(account.items()) == 1)
            account.picture("import-not-understood")

    # Ways in and out

    def test_escape(self):
        with Account(self.home) as account:
            account.review("2 new, 0 changed, 0 unchanged, 0 not understood", html=page(CONTOSO, FABRIKAM))
            account.cancel()
            account.find(name="Bring Your Requests")
            account.review("2 new, 0 changed, 0 unchanged, 0 not understood", html=page(CONTOSO, FABRIKAM))
            account.key("Return")
            account.wait_dialog_closed()
            account.row("Contoso GmbH")

    def test_keyboard(self):
        """The focus is always where the next step is."""
        with Account(self.home) as account:
            account.wait_focus("push button", "Paste")
            with copied(html=page(CONTOSO, FABRIKAM)):
                account.key("space")
                account.find_summary("2 new, 0 changed, 0 unchanged, 0 not understood")
            account.wait_focus("push button", "Import 2 Rows")
            account.key("Return")
            account.wait_dialog_closed()
            account.wait_focus("table row", re.compile("^Contoso GmbH"))

    def test_late_offer(self):
        """Who pastes right after copying comes before the other program said what it has."""
        with Account(self.home) as account, copied(late=True, html=page(CONTOSO)) as answer:
            account.key("ctrl+v")
            answer()
            account.find_summary("1 new, 0 changed, 0 unchanged, 0 not understood")

    def test_file(self):
        with Account(self.home) as account:
            copy = self.home / "copy.csv"
            copy.write_text(text(CONTOSO, FABRIKAM, separator=";"), encoding="utf-16")
            account.review("2 new, 0 changed, 0 unchanged, 0 not understood", file=str(copy))
            account.cancel()
            account.key("ctrl+o")
            account.find(name="Open a Copy of the Table")
            account.key("ctrl+l")
            account.type(str(copy))
            account.key("Return")
            account.find("dialog", "Review Changes")
            account.find_summary("2 new, 0 changed, 0 unchanged, 0 not understood")
            account.accept()
            account.row("Fabrikam")

    def test_many(self):
        with Account(self.home) as account:
            rows = [(f"Customer {number:05}", "", "Approved", f"c{number}@example.com", "2026-09-01", "") for number in range(MANY)]
            with copied(html=page(*rows)):
                account.paste()
                slowest = account.watch(lambda: account.look("status bar", SUMMARY))
                account.find_summary(f"{MANY} new, 0 changed, 0 unchanged, 0 not understood")
            account.click("push button", f"Import {MANY} Rows")
            slowest = max(slowest, account.watch(lambda: account.count_windows() == 1))
            account.row("Customer 00000", patience=60)
            self.assertLess(slowest, 2, "the window did not answer")


if __name__ == "__main__":
    tap.main()
