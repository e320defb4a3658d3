# SPDX-License-Identifier: GPL-3.0-or-later
"""oauth2-mock-server, an OAuth server that is none of ours, as a process of its own. Every wait has an end."""

import json
import os
import shutil
import subprocess
import tempfile
import threading

from portal import TIMEOUT

FOLDER = os.path.dirname(os.path.abspath(__file__))


def find_node():
    return shutil.which("node") or shutil.which("nodejs")


def what_is_missing():
    """What is not installed; None: nothing."""
    if find_node() is None:
        return "Node.js is not installed"
    if not os.path.exists(os.path.join(FOLDER, "node_modules", "oauth2-mock-server", "package.json")):
        return "oauth2-mock-server is not installed in tests/oauth/node_modules"
    return None


class Issuer:
    """From its start to stop (). metadata_path: where its metadata are; None: where it has them by itself."""

    def __init__(self, metadata_path=None):
        self.errors = tempfile.TemporaryFile()
        command = [find_node(), os.path.join(FOLDER, "server.js"), *((metadata_path,) if metadata_path else ())]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env={**os.environ, "NODE_ENV": "test"},
            encoding="utf-8",
        )
        self.lock = threading.Condition()
        self.address = None
        self.asked = []
        self.n_heard = 0
        self.is_gone = False
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        try:
            self._wait(lambda: self.address is not None)
        except BaseException:
            self.process.kill()
            raise

    def _read(self):
        for line in self.process.stdout:
            line = line.rstrip("\n")
            with self.lock:
                if self.address is None:
                    self.address = line
                elif line:
                    self.asked.append(json.loads(line))
                else:
                    self.n_heard += 1
                self.lock.notify_all()
        with self.lock:
            self.is_gone = True
            self.lock.notify_all()

    def _wait(self, condition):
        with self.lock:
            self.lock.wait_for(lambda: condition() or self.is_gone, TIMEOUT)
            if not condition():
                raise AssertionError(f"the OAuth server does not answer\n{self._complaints()}")

    def _complaints(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def behave(self, **behaviour):
        """As server.js has it; without arguments: well."""
        before = self.n_heard
        self.process.stdin.write(json.dumps(behaviour) + "\n")
        self.process.stdin.flush()
        self._wait(lambda: self.n_heard > before)

    def forget(self):
        """As if it had just been started."""
        self.behave()
        with self.lock:
            self.asked.clear()

    def asked_for(self, what):
        """The members of all that was asked of an endpoint: "authorize", "token" or "revoke"."""
        with self.lock:
            return [asked for asked in self.asked if asked["asked"] == what]

    def wait_asked_for(self, what):
        self._wait(lambda: any(asked["asked"] == what for asked in self.asked))

    def grants(self):
        return [asked["grant_type"] for asked in self.asked_for("token")]

    def stop(self):
        """Insists that it ended well."""
        self.process.stdin.close()
        try:
            code = self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        self.reader.join(TIMEOUT)
        self.process.stdout.close()
        complaints = self._complaints()
        self.errors.close()
        if code != 0:
            raise AssertionError(f"the OAuth server ended with {code}\n{complaints}")
