# SPDX-License-Identifier: GPL-3.0-or-later
"""linkage-portal as a process of its own, and the clients that talk to it. Every wait has an end."""

import base64
import hashlib
import http.client
import json
import os
import selectors
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse
import uuid

from document import PROBLEMS, Document

TIMEOUT = 60
DAY = 24 * 60 * 60
SANDBOX = ("--sandbox", "--database", ":memory:", "--proof-of-work-max", "2000")

document = Document()


def program():
    return os.environ["LINKAGE_PORTAL"]


def run(*arguments, typed=""):
    """The program where it is expected to end by itself."""
    return subprocess.run(
        [program(), *arguments],
        input=typed,
        capture_output=True,
        timeout=TIMEOUT,
        check=False,
        encoding="utf-8",
    )


def new_key():
    return str(uuid.uuid4())


class Reply:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.text = body.decode("utf-8")
        self.content_type = (response.headers.get("Content-Type") or "").split(";")[0]
        self.json = json.loads(self.text) if self.content_type.endswith("json") else None

    @property
    def problem(self):
        """The last part of the problem's type; None: not refused."""
        return self.json["type"].removeprefix(PROBLEMS) if self.status >= 400 else None

    @property
    def replayed(self):
        return self.headers.get("Idempotency-Replayed") == "true"


def exchange(address, method, path, body=None, headers=None):
    """One request over a connection of its own. body: bytes, or what becomes JSON."""
    target = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(target.hostname, target.port, timeout=TIMEOUT)
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode("utf-8")
        headers.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        return Reply(response, response.read())
    finally:
        connection.close()


class Portal:
    """The process, from its first line to its end; use it in a with statement."""

    def __init__(self, *arguments):
        self.errors = tempfile.TemporaryFile()
        command = [program(), "--listen", "127.0.0.1:0", "--exit-with-stdin", *(arguments or SANDBOX)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors
        )
        try:
            self.introduction = json.loads(self.read_line())
        except BaseException:
            self.kill()
            raise
        self.address = self.introduction["address"].rstrip("/")

    def read_line(self):
        """The one line that the portal prints."""
        deadline = time.monotonic() + TIMEOUT
        line = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise AssertionError(f"the portal did not introduce itself: {line!r}\n{self.complaints()}")
                chunk = os.read(self.process.stdout.fileno(), 4096)
                if not chunk:
                    raise AssertionError(f"the portal ended: {line!r}\n{self.complaints()}")
                line += chunk
        return line.decode("utf-8")

    def complaints(self):
        self.errors.seek(0)
        return self.errors.read().decode("utf-8", "replace")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as its parent's end would, and insists that it ended well and complained of nothing."""
        if self.process.poll() is None:
            self.process.stdin.close()
        try:
            code = self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        self.process.stdout.close()
        complaints = self.complaints()
        self.errors.close()
        if code != 0 or "WARNING" in complaints or "CRITICAL" in complaints:
            raise AssertionError(f"the portal ended with {code}\n{complaints}")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(TIMEOUT)
        self.process.stdin.close()
        self.process.stdout.close()
        self.errors.close()

    def admin(self):
        return Client(self, self.introduction["admin"]["token"])

    def user(self):
        return Client(self, self.introduction["user"]["token"])

    def other_admin(self):
        """The admin of another account."""
        return Client(self, self.introduction["other-admin"]["token"])

    def requests(self):
        """The rows of both accounts that a request was sent for, by their ids."""
        rows = {**self.admin().read_all()[0], **self.other_admin().read_all()[0]}
        return {key: row for key, row in rows.items() if row["attempts"]}

    def stranger(self):
        return Client(self, "nobody-has-this-token")


def solve(work):
    """The number behind an ALTCHA challenge, as the payload that proves it."""
    for number in range(work["max-number"] + 1):
        if hashlib.sha256(f"{work['salt']}{number}".encode()).hexdigest() == work["challenge"]:
            break
    else:
        raise AssertionError("the challenge has no solution")
    solution = {name: work[name] for name in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps({**solution, "number": number}).encode()).decode()


class Client:
    """A program with a token. Each reply is held against the document before anybody looks at it."""

    def __init__(self, portal, token):
        self.portal = portal
        self.token = token
        self._account = None

    @property
    def account(self):
        if self._account is None:
            self._account = self.send("GET", "/api/v1/accounts").json[0]["id"]
        return self._account

    @property
    def home(self):
        return f"/api/v1/accounts/{self.account}"

    def send(self, method, path, body=None, key=None, challenge=None, headers=None):
        headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        if key is not None:
            headers["Idempotency-Key"] = f'"{key}"'
        if challenge is not None:
            headers["Challenge-Session"] = challenge
        reply = exchange(self.portal.address, method, path, body, headers)
        document.check(method, urllib.parse.urlsplit(path).path, reply)
        return reply

    def get_account(self):
        return self.send("GET", self.home).json

    def changes(self, since=None, limit=None):
        query = {name: value for name, value in (("since", since), ("limit", limit)) if value is not None}
        return self.send("GET", f"{self.home}/changes" + (f"?{urllib.parse.urlencode(query)}" if query else ""))

    def read_all(self, since=None, limit=500):
        """All pages since a state: the rows by id, and the state at the end."""
        rows = {}
        while True:
            page = self.changes(since, limit).json
            rows.update((row["id"], row) for row in page["changed"])
            since = page["new-state"]
            if not page["has-more-changes"]:
                return rows, since

    def row_of(self, customer):
        for row in self.read_all()[0].values():
            if row["customer"]["id"] == customer:
                return row
        raise AssertionError(f"no row for {customer}")

    def row(self, connection):
        return self.send("GET", f"{self.home}/connections/{connection}").json

    def connect(self, connection, key=None):
        return self.send("PUT", f"{self.home}/connections/{connection}/connect", key=key or new_key())

    def resend(self, connection, body=None, key=None, challenge=None):
        path = f"{self.home}/connections/{connection}/resend"
        return self.send("PUT", path, body, key or new_key(), challenge)

    def request(self, customer, email="someone@lindqvist.example", confirmed=True, key=None, challenge=None):
        body = {"customer-id": customer, "contact-email": email, "confirmed": confirmed}
        return self.send("POST", f"{self.home}/requests", body, key or new_key(), challenge)

    def search(self, name, key=None):
        return self.send("POST", f"{self.home}/searches", {"name": name}, key or new_key())

    def challenge(self, action, customer):
        """A challenge session that nobody has solved."""
        reply = self.send("POST", f"{self.home}/challenges", {"action": action, "customer-id": customer})
        if reply.status != 201:
            raise AssertionError(reply.text)
        return reply.json

    def solution(self, challenge, payload):
        return self.send("PUT", f"{self.home}/challenges/{challenge}/solution", {"payload": payload})

    def passed(self, action, customer):
        """The id of a challenge session that was passed."""
        challenge = self.challenge(action, customer)
        reply = self.solution(challenge["id"], solve(challenge["proof-of-work"]))
        if reply.status != 200 or reply.json["status"] != "passed":
            raise AssertionError(reply.text)
        return challenge["id"]

    def advance(self, seconds):
        reply = self.send("POST", "/sandbox/clock", {"advance-seconds": seconds})
        if reply.status != 200:
            raise AssertionError(reply.text)
        return reply.json["now"]

    def reset(self):
        reply = self.send("POST", "/sandbox/reset")
        if reply.status != 204:
            raise AssertionError(reply.text)

    def events(self, last_id=None):
        return EventStream(self, last_id)


class EventStream:
    """Server-sent events, read with a deadline; use it in a with statement."""

    def __init__(self, client, last_id=None):
        target = urllib.parse.urlsplit(client.portal.address)
        headers = {"Authorization": f"Bearer {client.token}", "Accept": "text/event-stream"}
        if last_id is not None:
            headers["Last-Event-ID"] = last_id
        self.connection = http.client.HTTPConnection(target.hostname, target.port, timeout=TIMEOUT)
        self.connection.request("GET", f"{client.home}/events", headers=headers)
        self.response = self.connection.getresponse()
        if self.response.status != 200:
            raise AssertionError(self.response.read())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.response.close()
        self.connection.close()

    def next(self):
        """The next event's fields; comments are passed over."""
        event = {}
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            line = self.response.readline()
            if not line:
                raise AssertionError("the stream ended")
            text = line.decode("utf-8").rstrip("\r\n")
            if not text and event:
                return event
            if text and not text.startswith(":"):
                name, _, value = text.partition(":")
                event[name] = value.removeprefix(" ")
        raise AssertionError("no event came")


class PortalTestCase(unittest.TestCase):
    """A case with a fresh sandbox for each test."""

    def setUp(self):
        self.portal = Portal()
        self.addCleanup(self.portal.stop)
        self.admin = self.portal.admin()

    def find(self, name="Larkmoor"):
        """Searches, so that the customers found may be asked."""
        self.assertEqual(self.admin.search(name).status, 201)

    def snapshot(self):
        """All that a refusal must leave alone: rows, account, log position."""
        rows, state = self.admin.read_all()
        return rows, state, self.admin.get_account()

    def assert_refused(self, reply, status, problem):
        self.assertEqual((reply.status, reply.problem), (status, problem), reply.text)

    def refuses(self, problem, attempt, status=403):
        """attempt () is refused with its type, and nothing has changed afterwards."""
        before = self.snapshot()
        reply = attempt()
        self.assert_refused(reply, status, problem)
        self.assertEqual(self.snapshot(), before)
        return reply
