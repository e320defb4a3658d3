# SPDX-License-Identifier: GPL-3.0-or-later
"""A running Linkage, seen and driven as a screen reader does it: through AT-SPI. Run it inside with-display."""

import contextlib
import functools
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from gi.repository import GLib

from accessible import Application, Bus, State

PATIENCE = float(os.environ.get("LINKAGE_TEST_PATIENCE", "30"))
TOAST_DEPTH = 12  # from the program down to what a toast says; rows are farther down
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
        time.sleep(0.1)


def shown(pattern):
    return pattern.pattern if isinstance(pattern, re.Pattern) else pattern


def matches(wanted, text):
    return wanted is None or (wanted.search(text or "") is not None if isinstance(wanted, re.Pattern) else wanted == text)


@functools.cache
def accessibility_bus():
    return Bus()


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
        self.application = None

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
        self.application = wait_for("program on the accessibility bus", self._find_application)

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
        bus = accessibility_bus()
        name = bus.find_application(self.process.pid)
        application = name and Application(bus, name)
        return application if application and application.look().windows else None

    # Looking

    def walk(self, within=None, hidden=False):
        """All below that is shown, depth first; with hidden, what is not shown too."""
        look = self.application.look()
        parts = look.below(within)
        return list(parts) if hidden else look.showing(parts)

    def each(self, role=None, name=None, within=None, hidden=False):
        look = self.application.look()
        for part in look.below(within):
            try:
                if matches(role, part.role) and matches(name, part.text()) and (hidden or look.is_showing(part)):
                    yield part
            except GLib.Error:  # it went away meanwhile
                continue

    def all(self, role=None, name=None, within=None, hidden=False):
        return list(self.each(role, name, within, hidden))

    def look(self, role=None, name=None, within=None, hidden=False):
        """The first that is there now, or None."""
        return next(self.each(role, name, within, hidden), None)

    def find(self, role=None, name=None, within=None, patience=PATIENCE):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        return wait_for(f"{role or 'thing'} “{shown}”", lambda: self.look(role, name, within), patience)

    def look_pressable(self, role=None, name=None, within=None, hidden=False):
        parts = self.each(role, name, within, hidden)
        return next((part for part in parts if part.had_state(State.SENSITIVE) and part.can_be_pressed()), None)

    def wait_focus(self, role, name):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        wait_for(f"focus on {role} “{shown}”", lambda: any(part.had_state(State.FOCUSED) for part in self.each(role, name)))

    def wait_gone(self, role=None, name=None, within=None):
        wait_for(f"end of {role} “{name}”", lambda: not self.look(role, name, within))

    def texts(self, within=None, hidden=False):
        return [text for text in (part.text() for part in self.walk(within, hidden)) if text]

    def rows(self):
        """The table's rows that GTK has made: what is shown, and what one scrolls to next."""
        table = self.look("tree table")
        for part in table.children if table else ():
            yield from (row for row in part.children if row.role == "table row")

    def look_row(self, customer):
        return next((row for row in self.rows() if customer in row.name), None)

    def row(self, customer, patience=PATIENCE):
        """The table's row of a customer."""
        return wait_for(f"row of {customer}", lambda: self.look_row(customer), patience)

    def find_in_row(self, customer, role=None, name=None):
        """A part of a customer's row, which may have another place in the table at any time."""
        def condition():
            row = self.look_row(customer)
            return row and self.look(role, name, row)

        return wait_for(f"{role or 'thing'} “{shown(name)}” in the row of {customer}", condition)

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

    def print_tree(self):
        try:
            for part in self.walk():
                complain("  " * part.depth + repr(part))
        except GLib.Error as error:
            complain(f"({error.message})")

    # Acting

    def click_in_row(self, customer, name):
        """A button of a customer's row."""
        def condition():
            row = self.look_row(customer)
            return row and self.look_pressable("push button", name, row, hidden=True)

        wait_for(f"button “{shown(name)}” in the row of {customer}", condition).press()

    def click(self, role=None, name=None, within=None, patience=PATIENCE, hidden=False):
        shown = name.pattern if isinstance(name, re.Pattern) else name
        what = f"{role or 'thing'} “{shown}” that can be pressed"
        wait_for(what, lambda: self.look_pressable(role, name, within, hidden), patience).press()

    def tick(self, within=None):
        box = self.find("check box", within=within)
        self.click_at(box)
        wait_for("tick", lambda: box.has_state(State.CHECKED))

    def write(self, text, name=None, within=None):
        def condition():
            return next((part for part in self.each(None, name, within) if part.is_editable()), None)

        entry = wait_for(f"entry “{name}”", condition)
        assert entry.write(text), f"{entry} takes no text"
        wait_for(f"“{text}” in {entry}", lambda: entry.content() == text)

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

    def point_at(self, part):
        """Moves the pointer onto a part, as a hand does: from beside it."""
        left, top, width, height = part.extents()
        x, y = self.window_origin(part)
        x, y = x + left + min(width, 60) // 2, y + top + height // 2
        subprocess.run(["xdotool", "mousemove", str(x - 3), str(y - 2)], check=True)
        subprocess.run(["xdotool", "mousemove", str(x), str(y)], check=True)

    def click_at(self, part):
        """By the pointer, where GTK 4.8 offers no action for it."""
        self.point_at(part)
        subprocess.run(["xdotool", "click", "1"], check=True)

    def look_toast(self, name):
        """It lies over the rest, and its buttons have labels too: the last that is not deep in the window."""
        labels = [part for part in self.each("label", name) if part.depth <= TOAST_DEPTH]
        return labels[-1] if labels else None

    def hold_toast(self, name):
        """What a toast says. The pointer keeps it while the rest of the window is read."""
        says = wait_for(f"toast “{name.pattern}”", lambda: self.look_toast(name))
        self.point_at(says)
        return says

    def undo(self, name):
        """Takes back what a toast says."""
        self.click("push button", "Undo", within=self.hold_toast(name).parent.parent)

    def window_origin(self, part):
        name = part.window.name
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", f"^{re.escape(name)}$"],
            capture_output=True, text=True, check=False,
        ).stdout.split()
        if not found:
            raise NotFound(f"no window “{name}”")
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
