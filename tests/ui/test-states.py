#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window says in each state, and what stays of it, with the real program and real portals."""

import contextlib
import http.server
import os
import pathlib
import re
import shutil
import socket
import sqlite3
import ssl
import subprocess
import tempfile
import threading
import unittest

import tap
from portal import Portal
from accessible import State
from program import Program, wait_for

EXECUTABLE = os.environ["LINKAGE_PROGRAM"]
SCREENSHOTS = os.environ.get("LINKAGE_TEST_SCREENSHOTS")
SUGGESTED = "Brambleford Tools Ltd"
SANDBOX_PORTAL = ("--sandbox", "--proof-of-work-max", "2000")


class Answer(http.server.BaseHTTPRequestHandler):
    """The same answer to everything."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", self.server.content_type)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def server(content_type, body, certificate=None):
    """The address of a server that is no portal."""
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    running.content_type, running.body = content_type, body
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        running.socket = context.wrap_socket(running.socket, server_side=True)
        scheme = "https"
    thread = threading.Thread(target=running.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"{scheme}://127.0.0.1:{running.server_address[1]}"
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def self_signed_certificate(folder):
    path = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=portal.example", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", str(path), "-out", str(folder / "only.pem")], check=True, capture_output=True, timeout=30)
    path.write_bytes(path.read_bytes() + (folder / "only.pem").read_bytes())
    return path


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def make_home(case):
    """A home for the programs of one test, or of one class of tests, which may follow one another in it."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="linkage-states-"))
    environment = {}
    for variable, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("TMPDIR", "tmp")):
        (home / folder).mkdir(mode=0o700)
        environment[variable] = str(home / folder)
    case.home, case.environment = home, environment
    return home


def start_program(environment, *arguments):
    return Program(EXECUTABLE, *arguments, environment=environment, screenshots=SCREENSHOTS)


def sign_in(program, address, token):
    if not program.look(name="Access Token"):
        program.find("list item", "Connect to a Portal")
        program.key("alt+c")
        program.click("push button", "Use an Access Token")
    program.write(address, name="Address")
    program.write(token, name="Access Token")
    program.click("push button", "Sign In")


class FirstRunTest(unittest.TestCase):
    """The cases share a program that nobody has signed in with; each leaves it so."""

    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(shutil.rmtree, make_home(cls))
        cls.program = cls.enterClassContext(start_program(cls.environment))

    def test_welcome(self):
        with self.program.observed() as program:
            program.find(name="Welcome to Linkage")
            program.find("label", re.compile("not affiliated with Coupa"))
            self.assertIsNone(program.look("push button", "Refresh"), "there is nothing to refresh yet")
            program.picture("first-run")

    def test_coupa(self):
        with self.program.observed() as program:
            program.find("list item", "Connect to a Portal")
            program.key("alt+c")
            program.write("acme.coupahost.com", name="Address")
            program.find(name="Coupa Has No Interface for This")
            program.picture("coupa")
            self.assertFalse(program.find("push button", "Continue").had_state(State.SENSITIVE), "it would be asked")
            program.click("push button", "Use an Access Token")
            program.write("a-token", name="Access Token")
            self.assertFalse(program.find("push button", "Sign In").had_state(State.SENSITIVE), "it would be asked")
            self.close_dialog(program)

    def test_what_is_no_portal(self):
        with self.program.observed() as program, Portal(*SANDBOX_PORTAL, "--database", ":memory:") as portal:
            certificate = self_signed_certificate(self.home)
            with server("text/html", b"<!doctype html><title>A page</title>") as page, \
                    server("application/json", b'{"issuer": "http:') as cut_off, \
                    server("application/json", b"{}", certificate) as untrusted:
                cases = [
                    ("not an address", "This is not the address of a portal"),
                    ("http://portal.example.com", "The address is not encrypted"),
                    (f"http://127.0.0.1:{free_port()}", "The portal did not answer"),
                    (untrusted, "certificate is not trusted"),
                    (page, "does not offer the Linkage interface"),
                    (cut_off, "does not offer the Linkage interface|could not be understood"),
                    (portal.address, "The portal does not accept this token"),
                ]
                for number, (address, words) in enumerate(cases):
                    with self.subTest(address=address):
                        sign_in(program, address, "a-token-that-nobody-gave")
                        program.find(name=re.compile(words))
                        program.picture(f"portal-dialog-{number}")
                        self.assertEqual(program.find("text", "Address").content(), address, "what was typed is gone")
            self.close_dialog(program)

    @staticmethod
    def close_dialog(program):
        program.key("Escape")
        program.wait_dialog_closed()


class SandboxTest(unittest.TestCase):
    """The cases share a program in the sandbox; each leaves it with the table alone."""

    @classmethod
    def setUpClass(cls):
        cls.addClassCleanup(shutil.rmtree, make_home(cls))
        cls.program = cls.enterClassContext(start_program(cls.environment, "--sandbox"))

    def test_filter_finds_nothing(self):
        with self.program.observed() as program:
            program.row(SUGGESTED)
            program.key("ctrl+f")
            program.write("nobody of that name", name="Filter This List")
            program.find(name="No Results Found")
            program.picture("no-results")
            program.click("push button", "Clear Filter")
            program.row(SUGGESTED)

    def test_debug_information(self):
        with self.program.observed() as program:
            program.row(SUGGESTED)
            program.click("push button", "Main Menu")
            program.click("menu item", "About Linkage")
            program.find("list item", "Troubleshooting")
            program.picture("about")
            program.key("Escape")
            program.wait_dialog_closed()

    def test_requested_row_is_shown(self):
        with self.program.observed() as program:
            program.row(SUGGESTED)
            program.click("push button", "Search…")
            program.write("Larkmoor", name="Customer Name")
            program.click("push button", "Search")
            program.click("push button", "Request a connection with Larkmoor Foods")
            program.find("dialog", "Connection Request")
            program.write("buying@larkmoor-foods.example", name="Customer Contact")
            program.click("push button", "Verify")
            program.find(name=re.compile("Verified"))
            program.tick()
            program.click("push button", "Request")
            program.wait_dialog_closed()
            row = program.row("Larkmoor Foods")
            wait_for("selected row", lambda: row.has_state(State.SELECTED))
            self.assertIsNone(program.look(name="Filter This List", role="entry"), "the list is filtered")
            program.picture("requested-row")


class StatesTest(unittest.TestCase):
    """Each test has a home of its own, in which programs may follow one another."""

    def setUp(self):
        self.addCleanup(shutil.rmtree, make_home(self))

    def program(self, *arguments):
        return start_program(self.environment, *arguments)

    def portal(self, *arguments):
        return Portal(*SANDBOX_PORTAL, "--database", str(self.home / "portal.sqlite"), *arguments)

    @staticmethod
    def connect(program, portal):
        """Signs in to a portal that accepts it."""
        sign_in(program, portal.address, portal.introduction["admin"]["token"])
        program.wait_dialog_closed()

    # The table's other pages

    def test_no_admin_role(self):
        with self.program("--sandbox-user") as program:
            program.find(name="Admin Role Required")
            program.find("push button", "Check Again")
            program.picture("no-admin-role")
            self.assertIsNone(program.look("table row", re.compile(SUGGESTED)), "rows are shown")

    def test_empty(self):
        with self.portal() as portal:
            pass
        with contextlib.closing(sqlite3.connect(self.home / "portal.sqlite")) as database, database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("DELETE FROM connections")
        with self.portal() as portal, self.program() as program:
            self.connect(program, portal)
            program.find(name="No Connection Requests")
            program.find("push button", "Search…")
            program.picture("empty")

    # When something is in the way

    def test_unreachable(self):
        with self.program() as program:
            with self.portal() as portal:
                port = portal.address.rsplit(":", 1)[1]
                self.connect(program, portal)
                program.row(SUGGESTED)
            program.click("push button", "Refresh")
            program.find("status bar", re.compile("has not answered since .*The list may be out of date"))
            program.row(SUGGESTED)
            program.picture("unreachable")
            with self.portal("--listen", f"127.0.0.1:{port}"):
                button = program.look_pressable("push button", "Try Again")
                if button is not None:  # else it tried by itself at this moment
                    button.press()
                program.wait_gone("status bar", re.compile("has not answered since"))
                program.row(SUGGESTED)

    def test_newer_database(self):
        with self.portal() as portal:
            with self.program() as program:
                self.connect(program, portal)
                program.row(SUGGESTED)
            with contextlib.closing(sqlite3.connect(self.find_store())) as database:
                database.execute("PRAGMA user_version = 99")
            with self.program() as program:
                program.find(name="Linkage Is Too Old")
                program.find("label", re.compile("written by a newer version of Linkage"))
                program.picture("newer-database")
                program.click("push button", "Retry")
                program.find(name="Linkage Is Too Old")

    def test_request_to_verify_again(self):
        with self.portal() as portal:
            with self.program() as program:
                self.connect(program, portal)
                program.row(SUGGESTED)
            with contextlib.closing(sqlite3.connect(self.find_store())) as database, database:
                database.execute(
                    "INSERT INTO outbox (key, kind, state, customer_id, customer_name, contact_email, confirmed,"
                    " created_at, not_before, tries) VALUES ('00000000-0000-4000-8000-000000000001', 'request',"
                    " 'verification-needed', 'somebody', 'Somebody Ltd', 'anna@somebody.example', 1, 1, 1, 1)"
                )
            with self.program() as program:
                program.find("label", re.compile("Verify again: .*Somebody Ltd"))
                program.picture("verify-again")
                program.click("push button", "Open")
                program.find("dialog", "Connection Request")
                self.assertEqual(program.find("text", "Customer Contact").content(), "anna@somebody.example")
                self.assertIsNone(program.look("label", re.compile("^Verify again")), "it is told twice")
                program.key("Escape")
                program.wait_dialog_closed()
                program.find("label", re.compile("Verify again: .*Somebody Ltd"))

    def find_store(self):
        [store] = (self.home / "data").glob("linkage/**/store.sqlite")
        return store

    def test_unknown_option(self):
        for argument in ("--no-such-option", "no-such-argument"):
            done = subprocess.run([EXECUTABLE, argument], capture_output=True, text=True, timeout=30, check=False,
                                  env={**os.environ, **self.environment})
            self.assertEqual(done.returncode, 1)
            self.assertIn(argument, done.stderr)

    # What stays, and what does not

    def test_remembers(self):
        with self.program("--sandbox") as program:
            program.row(SUGGESTED)
            program.resize(1100, 640)
            former = self.look_of_table(program)
            self.sort_by(program, "Customer")
            wait_for("another order", lambda: self.look_of_table(program)[1] != former[1])
            ascending = self.look_of_table(program)
            program.click("push button", "Main Menu")
            program.click("menu item", "Sort By")
            program.click("check menu item", "Reversed")
            wait_for("the order turned round", lambda: self.look_of_table(program)[1] not in (former[1], ascending[1]))
            self.widen(program, "Email")
            wait_for("another width", lambda: self.look_of_table(program)[2] != former[2])
            remembered = self.look_of_table(program)
        with self.program("--sandbox") as program:
            program.row(SUGGESTED)
            wait_for("the same size, order and widths", lambda: self.look_of_table(program) == remembered)

    @staticmethod
    def sort_by(program, column):
        program.click("push button", "Main Menu")
        program.click("menu item", "Sort By")
        program.click("radio menu item", column)

    @staticmethod
    def widen(program, column):
        program.click("push button", "Main Menu")
        program.click("menu item", "Column Widths")
        program.click("menu item", column)
        program.click("menu item", "Wider")

    @staticmethod
    def look_of_table(program):
        """The size of the window, its rows as they stand, and how wide the columns are."""
        frame = program.find("frame").extents()
        rows = list(program.rows())
        cells = program.all("table cell", within=rows[0]) if rows else []
        widths = [cell.extents().width for cell in cells]
        return (frame.width, frame.height), [row.name for row in rows], widths

    def test_end(self):
        with self.program("--sandbox") as program:
            program.row(SUGGESTED)
            children = self.children_of(program)
            self.assertEqual(len(children), 1, "the sandbox's portal")
            self.assertTrue(list((self.home / "tmp").iterdir()), "the sandbox's folder")
        self.assertEqual(program.process.returncode, 0)
        self.assertFalse(any(pathlib.Path("/proc", child).exists() for child in children), "the portal outlives the program")
        self.assertFalse(list((self.home / "tmp").iterdir()), "the sandbox's folder is left behind")

    @staticmethod
    def children_of(program):
        pid = program.process.pid
        return pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


if __name__ == "__main__":
    tap.main()
