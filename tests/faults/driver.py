# SPDX-License-Identifier: GPL-3.0-or-later
"""The sync engine as a process of its own, as a person would use it: press, search, undo, look, quit. Every wait has an
end."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import time

TIMEOUT = 60


class Refused(Exception):
    """What the driver answered with an error; its code is the only argument."""

    def __init__(self, reply):
        super().__init__(reply["error"])
        self.code = reply["error"]
        self.refusal = reply.get("refusal")
        self.message = reply["message"]


class Gone(Exception):
    """The driver is no more: it was killed, or ended."""


class Driver:
    """hurry: how many times as short the program's waits for a portal are."""

    def __init__(self, folder, hurry=6, trust=None):
        self.errors = tempfile.TemporaryFile()
        command = [os.environ["LINKAGE_DRIVER"], *(("--trust", trust) if trust else ()), str(folder)]
        environment = {
            **os.environ,
            "LINKAGE_HURRY": str(hurry),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "G_DEBUG": "fatal-warnings",
        }
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=environment,
            encoding="utf-8",
        )
        self.lock = threading.Condition()
        self.number = 0
        self.replies = {}
        self.states = []
        self.refusals = []
        self.is_gone = False
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            if not line.endswith("\n"):
                break
            said = json.loads(line)
            with self.lock:
                if said["tag"] is not None:
                    self.replies[said["tag"]] = said
                elif said["event"] == "state":
                    self.states.append(said)
                else:
                    self.refusals.append(said)
                self.lock.notify_all()
        with self.lock:
            self.is_gone = True
            self.lock.notify_all()

    def send(self, *words):
        """Gives an order, without waiting; returns what take () waits for."""
        self.number += 1
        tag = str(self.number)
        try:
            self.process.stdin.write(" ".join((tag, *words)) + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise Gone from None
        return tag

    def take(self, tag, timeout=TIMEOUT):
        with self.lock:
            if not self.lock.wait_for(lambda: tag in self.replies or self.is_gone, timeout):
                raise AssertionError(f"no answer to order {tag}")
            if tag not in self.replies:
                raise Gone
            reply = self.replies.pop(tag)
        if reply.get("error") is not None:
            raise Refused(reply)
        return reply

    def ask(self, *words):
        return self.take(self.send(*words))

    def rows(self):
        return {row["id"]: row for row in self.ask("rows")["rows"]}

    def operations(self):
        return self.ask("operations")["operations"]

    def account(self):
        return self.ask("account")

    def wait(self, condition, what, timeout=TIMEOUT):
        """Until condition (account's latest state) holds. Looks again with each word of the driver, and now and then."""
        deadline = time.monotonic() + timeout
        while True:
            value = condition()
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError(f"waited in vain for {what}: {self.account()} {self.operations()}")
            with self.lock:
                if self.is_gone:
                    raise Gone
                self.lock.wait(0.05)

    def wait_state(self, state):
        def is_it():
            account = self.account()
            return account["state"] == state and not account["busy"]

        self.wait(is_it, f"the state {state}")

    def errors_seen(self):
        with self.lock:
            return [said["last-error"] for said in self.states if said["last-error"] is not None]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self._end()

    def quit(self):
        """As the window does when it is closed: insists that it ends well and complained of nothing."""
        self.take(self.send("quit"))
        code, complaints = self._end()
        if code != 0 or "WARNING" in complaints or "CRITICAL" in complaints:
            raise AssertionError(f"the driver ended with {code}\n{complaints}")

    def _end(self):
        try:
            code = self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        self.reader.join(TIMEOUT)
        self.process.stdout.close()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        complaints = self.complaints()
        self.errors.close()
        return code, complaints

    def complaints(self):
        """What it wrote on its standard error; a warning ends it."""
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def is_running(self):
        return self.process.poll() is None
