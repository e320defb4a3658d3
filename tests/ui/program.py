# SPDX-License-Identifier: GPL-3.0-or-later
"""A running Linkage, seen and driven as a screen reader does it: through AT-SPI. Run it inside with-display."""

import contextlib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

warnings.filterwarnings("ignore", category=DeprecationWarning, module="program")
PATIENCE = float(os.environ.get("LINKAGE_TEST_PATIENCE", "30"))
REPLY_TIMEOUT = 10_000  # milliseconds; AT-SPI's own is 800, too short for a busy machine
START_TIMEOUT = 60_000
TOAST_DEPTH = 12  # from the program down to what a toast says; rows are farther down
Atspi.set_timeout(REPLY_TIMEOUT, START_TIMEOUT)
TROUBLE = re.compile(r"(CRITICAL|WARNING|ERROR) \*\*|-(CRITICAL|WARNING|ERROR) ?:|AddressSanitizer|runtime error:")


class NotFound(AssertionError):
    pass


def wait_for(what, condition, patience=PATIENCE):
    """The first true value of condition (); NotFound when there is none in time."""
    deadline = time.monotonic() + patience
    while True:
        try:
            value = condition()
        except GLib.Error:  # an accessible that went away while it was read
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise NotFound(f"after {patience:.0f} s there was still no {what}")
        time.sleep(0.05)


def children(accessible, backwards=False):
    indices = range(accessible.get_child_count())
    for index in reversed(indices) if backwards else indices:
        child = accessible.get_child_at_index(index)
        if child is not None:
            yield child


def is_showing(accessible):
    """GTK 4.8 tells SHOWING of windows only: what has a size is shown."""
    if not accessible.get_state_set().contains(Atspi.StateType.VISIBLE):
        return False
    component = accessible.get_component_iface()
    if component is None:
        return True
    box = component.get_extents(Atspi.CoordType.WINDOW)
    return box.width > 0 and box.height > 0


def walk(accessible, hidden=False, depth=None, backwards=False):
    """Everything below, depth first; what is not shown, and what is below it, only with hidden. What goes away while it is
    walked through, a dialog that closes say, has nothing below. With a depth, no farther down than so many steps. Backwards
    what lies over the rest comes first."""
    if depth == 0:
        return
    try:
        below = [child for child in children(accessible, backwards) if hidden or is_showing(child)]
    except GLib.Error:
        return
    for child in below:
        yield child
        yield from walk(child, hidden, depth and depth - 1, backwards)


def matches(wanted, text):
    return wanted is None or (wanted.search(text or "") is not None if isinstance(wanted, re.Pattern) else wanted == text)


def text_of(accessible):
    """What an accessible says: its name, or the text in it."""
    name = accessible.get_name()
    if name:
        return name
    return content_of(accessible)


def content_of(accessible):
    """The text in it, what was typed into an entry."""
    text = accessible.get_text_iface()
    return text.get_text(0, text.get_character_count()) if text else ""


def described(accessible):
    return f"{accessible.get_role_name()} “{text_of(accessible)}”"


def complain(text):
    """What is there to look at after a failure: standard output is the test's protocol."""
    print(text, file=sys.stderr, flush=True)


class Program:
    def __init__(self, executable, *arguments, environment=None, screenshots=None):
        self.executable = executable
        self.arguments = arguments
        self.environment = {**os.environ, "G_ENABLE_DIAGNOSTIC": "0", **(environment or {})}
        self.screenshots = pathlib.Path(screenshots) if screenshots else None
        self.log = tempfile.NamedTemporaryFile("w+", prefix="linkage-log-", suffix=".txt")
        self.process = None
        self.accessible = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            self.report()
        self.stop()
        if kind is None:
            self.assert_quiet()

    @contextlib.contextmanager
    def observed(self):
        """The program in one of the cases that share it: what fails is reported, and the program goes on."""
        try:
            yield self
        except BaseException:
            self.report()
            raise

    def start(self):
        self.process = subprocess.Popen([self.executable, *self.arguments], env=self.environment, stderr=self.log)
        self.accessible = wait_for("program on the accessibility bus", self._find_application)

    def stop(self, patience=20):
        """Ends it as the session does when a person logs out."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def report(self):
        """What a failed test leaves to look at."""
        status = self.process.poll()
        complain("the program is running" if status is None else f"the program ended with {status}")
        self.log.flush()
        complain(pathlib.Path(self.log.name).read_text(errors="replace"))
        self.picture("failure")
        self.print_tree()

    def assert_quiet(self):
        """Nothing of GLib's, GTK's or a sanitizer's complaints was printed."""
        self.log.flush()
        lines = pathlib.Path(self.log.name).read_text(errors="replace").splitlines()
        trouble = [line for line in lines if TROUBLE.search(line)]
        assert not trouble, "the program complained:\n" + "\n".join(trouble)

    def _find_application(self):
        if self.process.poll() is not None:
            self.log.flush()
            raise AssertionError(
                f"the program ended with {self.process.returncode}: " + pathlib.Path(self.log.name).read_text()
            )
        desktop = Atspi.get_desktop(0)
        for application in children(desktop):
            if application.get_process_id() == self.process.pid and application.get_child_count() > 0:
                application.set_cache_mask(Atspi.Cache.NONE)
                return application
        return None

    # Looking

    def each(self, role=None, name=None, within=None, hidden=False):
        for accessible in walk(within or self.accessible, hidden):
            try:
                if matches(role, accessible.get_role_name()) and matches(name, text_of(accessible)):
                    yield accessible
            except GLib.Error:
                continue

    def all(self, role=None, name=None, within=None, hidden=False):
        return list(self.each(role, name, within, hidden))

    def look(self, role=None, name=None, within=None, hidden=False):
        """The first that is there now, or None."""
        return next(self.each(role, name, within, hidden), None)

    def find(self, role=None, name=None, within=None, patience=PATIENCE):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        return wait_for(f"{role or 'thing'} “{shown}”", lambda: self.look(role, name, within), patience)

    def wait_focus(self, role, name):
        shown = name.pattern if isinstance(name, re.Pattern) else name

        def condition():
            return any(self.has_state(accessible, Atspi.StateType.FOCUSED) for accessible in self.each(role, name))

        wait_for(f"focus on {role} “{shown}”", condition)

    def wait_gone(self, role=None, name=None, within=None):
        wait_for(f"end of {role} “{name}”", lambda: not self.look(role, name, within))

    def texts(self, within=None, hidden=False):
        return [text for text in map(text_of, walk(within or self.accessible, hidden)) if text]

    def rows(self):
        """The table's rows that GTK has made: what is shown, and what one scrolls to next."""
        table = self.look("tree table")
        for part in children(table) if table else ():
            yield from (row for row in children(part) if row.get_role_name() == "table row")

    def look_row(self, customer):
        return next((row for row in self.rows() if customer in row.get_name()), None)

    def row(self, customer, patience=PATIENCE):
        """The table's row of a customer."""
        return wait_for(f"row of {customer}", lambda: self.look_row(customer), patience)

    def row_says(self, customer, words, patience=PATIENCE):
        """Waits until the customer's row says something. The row's text."""
        pattern = words if isinstance(words, re.Pattern) else re.compile(re.escape(words))

        def condition():
            row = self.look_row(customer)
            text = " | ".join(self.texts(row, hidden=True)) if row else ""
            return text if pattern.search(text) else None

        return wait_for(f"“{pattern.pattern}” in the row of {customer}", condition, patience)

    def row_lacks(self, customer, words):
        """Waits until the customer's row does not say something any more."""

        def condition():
            row = self.look_row(customer)
            return row and not any(words in text for text in self.texts(row, hidden=True))

        wait_for(f"end of “{words}” in the row of {customer}", condition)

    def print_tree(self, accessible=None, depth=0):
        try:
            for child in children(accessible or self.accessible):
                if is_showing(child):
                    complain("  " * depth + described(child))
                    self.print_tree(child, depth + 1)
        except GLib.Error as error:
            complain("  " * depth + f"({error.message})")

    # Acting

    def click_in_row(self, customer, name):
        """A button of a customer's row."""
        self.click("push button", name, self.row(customer), hidden=True)

    def click(self, role=None, name=None, within=None, patience=PATIENCE, hidden=False):
        def condition():
            for accessible in self.each(role, name, within, hidden):
                if self.is_sensitive(accessible) and self.can_be_pressed(accessible):
                    return accessible
            return None

        shown = name.pattern if isinstance(name, re.Pattern) else name
        self.press(wait_for(f"{role or 'thing'} “{shown}” that can be pressed", condition, patience))

    def tick(self, within=None):
        box = self.find("check box", within=within)
        self.click_at(box)
        wait_for("tick", lambda: self.has_state(box, Atspi.StateType.CHECKED))

    @staticmethod
    def can_be_pressed(accessible):
        action = accessible.get_action_iface()
        return action is not None and action.get_n_actions() > 0

    @staticmethod
    def press(accessible):
        accessible.get_action_iface().do_action(0)

    @staticmethod
    def is_sensitive(accessible):
        return accessible.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @staticmethod
    def has_state(accessible, state):
        return accessible.get_state_set().contains(state)

    def write(self, text, name=None, within=None):
        def condition():
            for accessible in self.each(None, name, within):
                if accessible.get_editable_text_iface() is not None:
                    return accessible
            return None

        entry = wait_for(f"entry “{name}”", condition)
        assert entry.get_editable_text_iface().set_text_contents(text), f"{described(entry)} takes no text"
        wait_for(f"“{text}” in {described(entry)}", lambda: content_of(entry) == text)

    def focus_window(self):
        """The newest window gets the keyboard: there is no window manager here to do it. A tooltip would lose it again."""
        def condition():
            return next((identity for identity in reversed(self._window_ids()) if not self._is_popup(identity)), None)

        identity = wait_for("window", condition)
        subprocess.run(["xdotool", "windowfocus", "--sync", identity], check=False, capture_output=True)

    def count_windows(self):
        """A tooltip under the resting pointer is none."""
        return sum(not self._is_popup(identity) for identity in self._window_ids())

    @staticmethod
    def _is_popup(identity):
        shown = subprocess.run(["xwininfo", "-id", identity], capture_output=True, text=True, check=False)
        return "Override Redirect State: yes" in shown.stdout

    def wait_dialog_closed(self):
        """GTK 4.8 may fall over who reads a window that is just closing: so by the display and not by AT-SPI."""
        wait_for("end of the dialog", lambda: self.count_windows() == 1)

    def _window_ids(self):
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return found.stdout.split()

    def key(self, *keys):
        self.focus_window()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        self.focus_window()
        subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)

    def point_at(self, accessible):
        """Moves the pointer onto an accessible, as a hand does: from beside it."""
        box = accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        x, y = self.window_origin(accessible)
        left, top = x + box.x + min(box.width, 60) // 2, y + box.y + box.height // 2
        subprocess.run(["xdotool", "mousemove", str(left - 3), str(top - 2)], check=True)
        subprocess.run(["xdotool", "mousemove", str(left), str(top)], check=True)

    def click_at(self, accessible):
        """By the pointer, where GTK 4.8 offers no action for it."""
        self.point_at(accessible)
        subprocess.run(["xdotool", "click", "1"], check=True)

    def hold_toast(self, name):
        """What a toast says. The pointer keeps it: to read the whole window may take longer than it stays by itself."""
        def condition():
            parts = walk(self.accessible, depth=TOAST_DEPTH, backwards=True)
            return next((part for part in parts if part.get_role_name() == "label" and matches(name, text_of(part))), None)

        says = wait_for(f"toast “{name.pattern}”", condition)
        self.point_at(says)
        return says

    def undo(self, name):
        """Takes back what a toast says."""
        toast = self.hold_toast(name).get_parent().get_parent()
        self.click("push button", "Undo", within=toast)

    def window_origin(self, accessible):
        while accessible.get_parent() != self.accessible:
            accessible = accessible.get_parent()
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", f"^{re.escape(accessible.get_name())}$"],
            capture_output=True, text=True, check=False,
        ).stdout.split()
        if not found:
            raise NotFound(f"no window of {described(accessible)}")
        shown = subprocess.run(["xdotool", "getwindowgeometry", "--shell", found[-1]], capture_output=True, text=True, check=True)
        values = dict(line.split("=", 1) for line in shown.stdout.splitlines() if "=" in line)
        return int(values["X"]), int(values["Y"])

    def resize(self, width, height):
        for identity in self._window_ids()[:1]:
            subprocess.run(["xdotool", "windowsize", "--sync", identity, str(width), str(height)], check=False, timeout=10)

    def picture(self, name):
        if self.screenshots is None:
            return None
        self.screenshots.mkdir(parents=True, exist_ok=True)
        path = self.screenshots / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], check=True)
        return path
