# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal under load: it answers those who behave while others do not, keeps within its limits, and loses nothing
that it has answered when it is killed. LINKAGE_LOAD_ROUNDS says how often each case is gone through, LINKAGE_LOAD_MEMORY
how many KiB the process may take."""

import concurrent.futures
import contextlib
import json
import os
import selectors
import socket
import tempfile
import threading
import time
import unittest
import urllib.parse

import tap
from portal import TIMEOUT, Client, EventStream, Portal, new_key

ROUNDS = int(os.environ.get("LINKAGE_LOAD_ROUNDS", "1"))
CLIENTS = 50
STREAMS = 32  # of one account
PEER = 96  # connections
MEMORY = int(os.environ.get("LINKAGE_LOAD_MEMORY", "65536"))  # KiB
HANGS_UP = 60  # seconds: longer than any of the portal's times for a request
ANSWERS_BEFORE_KILL = 60

HEAD = b"POST /api/v1/accounts HTTP/1.1\r\nHost: %s\r\n"
# What a client says that never becomes a request, and whether it goes on for ever.
MISBEHAVIOURS = {
    "says nothing": (b"", b""),
    "half a head": (HEAD, b""),
    "a head without end": (HEAD, b"X-Header: value\r\n" * 500),
    "a line without end": (b"GET /", b"x" * 8000),
    "half a body": (HEAD + b"Content-Length: 10\r\n\r\n123", b""),
    "a body without end": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n"),
    "a body larger than it said": (HEAD + b"Content-Length: 2\r\n\r\n", b"{}" * 4000),
    "a body that is too large": (HEAD + b"Content-Length: 100000000\r\n\r\n", b"x" * 8000),
    "garbage": (bytes(range(256)) * 8, b"\n\r\0" * 1000),
    "TLS": (bytes.fromhex("16030100c8010000c40303") + bytes(200), b"\x17\x03\x03" * 1000),
}


class Nuisance:
    """A connection that misbehaves until the portal hangs up."""

    def __init__(self, address, peer, start, more):
        self.socket = socket.create_connection(address, TIMEOUT, (peer, 0))
        self.socket.setblocking(False)
        host = f"{address[0]}:{address[1]}".encode()
        self.unsent = start.replace(b"%s", host)
        self.more = more
        self.received = b""

    def events(self):
        return selectors.EVENT_READ | (selectors.EVENT_WRITE if self.unsent or self.more else 0)

    def go_on(self, events):
        """Whether the portal still listens."""
        try:
            if events & selectors.EVENT_WRITE:
                self.unsent = self.unsent or self.more
                self.unsent = self.unsent[self.socket.send(self.unsent) :]
            if events & selectors.EVENT_READ:
                chunk = self.socket.recv(4096)
                self.received += chunk
                return bool(chunk)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return True


class Nuisances(threading.Thread):
    """All of them at once, in one thread."""

    def __init__(self, address, peer, each):
        super().__init__()
        self.callers = [
            (name, Nuisance(address, peer, *texts)) for name, texts in MISBEHAVIOURS.items() for _ in range(each)
        ]
        self.left = []

    def run(self):
        deadline = time.monotonic() + HANGS_UP
        with selectors.DefaultSelector() as selector:
            for name, caller in self.callers:
                selector.register(caller.socket, caller.events(), (name, caller))
            while selector.get_map() and time.monotonic() < deadline:
                for key, events in selector.select(1):
                    if not key.data[1].go_on(events):
                        selector.unregister(key.fileobj)
                    else:
                        selector.modify(key.fileobj, key.data[1].events(), key.data)
            self.left = [key.data[0] for key in selector.get_map().values()]
        for _, caller in self.callers:
            caller.socket.close()

    def received(self, misbehaviour):
        return [caller.received for name, caller in self.callers if name == misbehaviour]


class TestLoad(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.portal = None
        self.addCleanup(lambda: self.portal and self.portal.stop())
        self.start()

    def start(self):
        database = os.path.join(self.folder.name, "portal.sqlite")
        self.portal = Portal("--sandbox", "--database", database, "--proof-of-work-max", "2000")
        self.admin = self.portal.admin()
        target = urllib.parse.urlsplit(self.portal.address)
        self.address = (target.hostname, target.port)
        self.assertTrue(self.admin.account)

    def client(self):
        client = Client(self.portal, self.admin.token)
        client._account = self.admin.account
        return client

    def read_memory(self):
        with open(f"/proc/{self.portal.process.pid}/status", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))

    def count_descriptors(self):
        return len(os.listdir(f"/proc/{self.portal.process.pid}/fd"))

    def wait_for_descriptors(self, most):
        """Every question is a connection of its own, so that nothing is waited for but the portal."""
        deadline = time.monotonic() + HANGS_UP
        while self.count_descriptors() > most and time.monotonic() < deadline:
            self.assertEqual(self.admin.send("GET", self.admin.home).status, 200)
        self.assertLessEqual(self.count_descriptors(), most)

    def use(self, rows):
        """One client that behaves: every kind of call, and no answer is the portal's fault."""
        client = self.client()
        replies = [
            client.send("GET", "/.well-known/linkage-portal"),
            client.changes(limit=20),
            client.connect(rows[0]),
            client.resend(rows[1]),
            client.search("Larkmoor"),
            client.send("POST", f"{client.home}/challenges", {"action": "request", "customer-id": "larkmoor-foods"}),
            client.send("GET", f"{client.home}/connections/{rows[0]}"),
        ]
        return [reply.status for reply in replies]

    def test_those_who_behave_are_answered(self):
        rows = list(self.admin.read_all()[0])
        self.assertEqual(self.admin.send("GET", self.admin.home).status, 200)
        before = self.count_descriptors()
        for _ in range(ROUNDS):
            nuisances = Nuisances(self.address, "127.0.0.2", PEER // len(MISBEHAVIOURS))
            nuisances.start()
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                pairs = [(rows[i % len(rows)], rows[(i + 1) % len(rows)]) for i in range(CLIENTS)]
                for statuses in pool.map(self.use, pairs, timeout=HANGS_UP * 2):
                    self.assertLess(max(statuses), 500)
            memory = self.read_memory()
            nuisances.join(HANGS_UP + TIMEOUT)
            self.assertEqual(nuisances.left, [])
            self.assertLess(memory, MEMORY)
            for text in nuisances.received("a body without end") + nuisances.received("a body that is too large"):
                self.assertTrue(text.startswith(b"HTTP/1.1 413 "), text)
            self.wait_for_descriptors(before)
        print(f"# {CLIENTS} clients, {len(nuisances.callers)} nuisances: {memory} KiB", flush=True)

    def test_one_peer_does_not_keep_out_another(self):
        with contextlib.ExitStack() as stack:
            for _ in range(2 * PEER):
                stack.enter_context(socket.create_connection(self.address, TIMEOUT, ("127.0.0.2", 0)))
            self.assertEqual(self.admin.send("GET", self.admin.home).status, 200)
            self.assertLess(self.count_descriptors(), 2 * PEER)

    def test_event_streams_have_a_limit(self):
        before = self.count_descriptors()
        with contextlib.ExitStack() as stack:
            for _ in range(STREAMS):
                stack.enter_context(EventStream(self.admin)).next()
            for _ in range(CLIENTS):
                reply = self.admin.send("GET", f"{self.admin.home}/events")
                self.assertEqual((reply.status, reply.problem), (503, "too-many-streams"))
                self.assertGreater(int(reply.headers["Retry-After"]), 0)
            self.assertEqual(self.admin.send("GET", self.admin.home).status, 200)
        self.wait_for_descriptors(before)

    def write(self, rows, answered, enough):
        """Writes until the portal is gone, and notes what it answered."""
        client = self.client()
        for row in rows * ANSWERS_BEFORE_KILL:
            key = new_key()
            try:
                reply = client.connect(row, key)
            except (OSError, json.JSONDecodeError, ValueError):
                return
            answered.append((row, key, reply))
            if len(answered) >= ANSWERS_BEFORE_KILL:
                enough.set()

    def test_nothing_answered_is_lost_or_done_twice(self):
        for _ in range(ROUNDS):
            self.admin.reset()
            rows = list(self.admin.read_all()[0])
            attempts = {id: len(row["attempts"]) for id, row in self.admin.read_all()[0].items()}
            answered, enough = [], threading.Event()
            with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
                for i in range(CLIENTS):
                    start = i % len(rows)
                    pool.submit(self.write, rows[start:] + rows[:start], answered, enough)
                self.assertTrue(enough.wait(HANGS_UP))
                self.portal.kill()
            self.start()
            for row, key, first in answered:
                again = self.admin.connect(row, key)
                self.assertTrue(again.replayed, (row, first.status))
                self.assertEqual((again.status, again.text), (first.status, first.text))
            sent = {row for row, _, reply in answered if reply.status == 200}
            self.assertEqual(len(sent), sum(reply.status == 200 for _, _, reply in answered))
            after = self.admin.read_all()[0]
            for row in rows:
                more = len(after[row]["attempts"]) - attempts[row]
                self.assertIn(more, (1,) if row in sent else (0, 1), row)
        print(f"# {len(answered)} answers, {len(sent)} requests", flush=True)


if __name__ == "__main__":
    tap.main()
