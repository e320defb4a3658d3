# SPDX-License-Identifier: GPL-3.0-or-later
"""A line to a portal on which everything can go wrong that goes wrong between a program and a server.

A fault is a coroutine that is given one request (see Request) and does with it what it likes: hand it on or not, once or
twice, answer truly, falsely, slowly or not at all. arm () says which request it befalls."""

import asyncio
import gzip
import json
import re
import ssl
import threading
import time

TIMEOUT = 20
A_SECOND = 1 / 6  # for a program in a hurry
# No proxy on the way keeps what is only about one connection.
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "accept-encoding"}


class Reply:
    """status, headers [(name, value)] and body of a portal's answer, to be changed at will."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    @json.setter
    def json(self, value):
        self.body = json.dumps(value).encode("utf-8")

    def set(self, name, value):
        self.headers = [(n, v) for n, v in self.headers if n.lower() != name.lower()] + [(name, value)]

    def pack(self, length=None):
        head = [f"HTTP/1.1 {self.status} Reply"]
        head += [f"{name}: {value}" for name, value in self.headers]
        head += [f"Content-Length: {len(self.body) if length is None else length}", "", ""]
        return "\r\n".join(head).encode("latin-1") + self.body


class Request:
    """One request of the program's."""

    def __init__(self, proxy, writer, method, path, headers, body):
        self.proxy = proxy
        self.writer = writer
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body

    async def forward(self):
        """Hands it on to the portal and takes its whole answer."""
        reader, writer = await self.open()
        try:
            head = await read_head(reader)
            status = int(head[0].split(" ")[1])
            headers = parse_headers(head[1:])
            body = await read_body(reader, headers, to_end=True)
        finally:
            writer.close()
        kept = [(name, value) for name, value in headers if name.lower() not in HOP_BY_HOP]
        return Reply(status, kept, self.proxy.translate(body))

    async def open(self):
        """A connection on which the portal is about to answer."""
        host, port = self.proxy.target
        reader, writer = await asyncio.open_connection(host, port)
        headers = [(n, v) for n, v in self.headers if n.lower() not in HOP_BY_HOP and n.lower() != "host"]
        head = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}:{port}", "Connection: close"]
        head += [f"{name}: {value}" for name, value in headers]
        if self.body:
            head.append(f"Content-Length: {len(self.body)}")
        writer.write("\r\n".join([*head, "", ""]).encode("latin-1") + self.body)
        await writer.drain()
        return reader, writer

    async def answer(self, reply):
        await self.write(reply.pack())

    async def write(self, data):
        self.writer.write(data)
        await self.writer.drain()

    def cut(self):
        """Ends the connection at once: nothing that is on its way arrives, and over TLS there is no farewell."""
        self.writer.transport.abort()

    async def gone(self):
        """Until the program has given up."""
        while not self.writer.transport.is_closing():
            await asyncio.sleep(0.02)


class Rule:
    def __init__(self, method, path, fault, times, skip):
        self.method = method
        self.path = re.compile(path)
        self.fault = fault
        self.times = times
        self.skip = skip
        self.instants = []  # of each hit, monotonic

    @property
    def hits(self):
        return len(self.instants)

    def takes(self, request):
        if self.method != request.method or not self.path.search(request.path.split("?")[0]):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        self.instants.append(time.monotonic())
        return True


async def read_head(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    return head.decode("latin-1").split("\r\n")[:-2]


def parse_headers(lines):
    return [tuple(part.strip() for part in line.split(":", 1)) for line in lines]


def find(headers, name):
    return next((value for n, value in headers if n.lower() == name), None)


async def read_body(reader, headers, to_end=False):
    length = find(headers, "content-length")
    if length is not None:
        return await reader.readexactly(int(length))
    if find(headers, "transfer-encoding") == "chunked":
        body = b""
        while True:
            size = int((await reader.readline()).split(b";")[0], 16)
            body += await reader.readexactly(size)
            await reader.readexactly(2)
            if size == 0:
                return body
    return await reader.read() if to_end else b""


class Proxy:
    """Runs in a thread of its own; use it in a with statement. certificate: (file, key), to speak TLS."""

    def __init__(self, address, certificate=None):
        self.set_target(address)
        self.rules = []
        self.seen = []
        self.n_answered = 0  # of those that no fault befell
        self.lock = threading.Condition()
        self.tls = None
        if certificate:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.load_cert_chain(*certificate)
        self.loop = asyncio.new_event_loop()
        self.connections = set()
        self.tasks = set()
        self.port = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self._call(self._listen())

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def _call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(TIMEOUT)

    async def _listen(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", self.port or 0, ssl=self.tls)
        self.port = self.server.sockets[0].getsockname()[1]

    @property
    def address(self):
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def api(self):
        return f"{self.address}/api/v1"

    def set_target(self, address):
        """Another portal, or the same at another port."""
        host, port = address.rstrip("/").removeprefix("http://").rsplit(":", 1)
        self.target = (host, int(port))

    def translate(self, body):
        """A portal says where it is: that is here."""
        return body.replace(f"http://{self.target[0]}:{self.target[1]}".encode(), self.address.encode())

    def arm(self, method, path, fault, times=1, skip=0):
        """Lets the fault befall the next requests, after skip others; times: None for all of them."""
        rule = Rule(method, path, fault, times, skip)
        with self.lock:
            self.rules.append(rule)
        return rule

    def disarm(self):
        with self.lock:
            self.rules.clear()

    def wait_hit(self, rule, hits=1, timeout=TIMEOUT):
        with self.lock:
            if not self.lock.wait_for(lambda: rule.hits >= hits, timeout):
                raise AssertionError(f"nobody asked for {rule.method} {rule.path.pattern}")

    def count(self, method, path):
        """How many such requests came here."""
        with self.lock:
            return sum(1 for m, p in self.seen if m == method and re.search(path, p.split("?")[0]))

    async def _change_certificate(self, certificate):
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(*certificate)
        self.server.close()
        await self.server.wait_closed()
        for writer in list(self.connections):
            writer.transport.abort()
        await self._listen()

    def change_certificate(self, certificate):
        """From now on another; the old connections end."""
        self._call(self._change_certificate(certificate))

    async def _serve(self, reader, writer):
        self.connections.add(writer)
        task = asyncio.current_task()
        self.tasks.add(task)
        try:
            while not writer.transport.is_closing():
                await self._serve_one(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self.connections.discard(writer)
            self.tasks.discard(task)
            writer.transport.abort()

    async def _serve_one(self, reader, writer):
        head = await read_head(reader)
        method, path, _ = head[0].split(" ")
        headers = parse_headers(head[1:])
        request = Request(self, writer, method, path, headers, await read_body(reader, headers))
        with self.lock:
            self.seen.append((method, path))
            rule = next((rule for rule in self.rules if rule.takes(request)), None)
            self.lock.notify_all()
        if rule is not None:
            await rule.fault(request)
        elif path.endswith("/events"):
            await hand_through(request)
        else:
            await request.answer(await request.forward())
            self.n_answered += 1

    async def _stop(self):
        self.server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._call(self._stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(TIMEOUT)
        self.loop.close()


async def hand_through(request):
    """The event stream: byte for byte, as it comes."""
    reader, writer = await request.open()
    leaving = asyncio.ensure_future(request.gone())
    try:
        while True:
            reading = asyncio.ensure_future(reader.read(4096))
            await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not reading.done():
                reading.cancel()
                break
            chunk = reading.result()
            if not chunk:
                break
            await request.write(chunk)
    finally:
        leaving.cancel()
        writer.close()
        request.cut()


# What can go wrong. Each of these is a fault, or makes one.


async def cut_before(request):
    """The portal never hears of it."""
    request.cut()


async def cut_after(request):
    """The portal has acted; its answer is lost."""
    await request.forward()
    request.cut()


async def keep_quiet(request):
    """The portal has acted; nothing comes, until the program gives up."""
    await request.forward()
    await request.gone()


async def truncate(request):
    """Half of what was announced."""
    reply = await request.forward()
    data = reply.pack()
    await request.write(data[: len(data) - max(1, len(reply.body) // 2)])
    request.cut()


async def cut_off_json(request):
    """Half of the body, announced as if it were all."""
    reply = await request.forward()
    reply.body = reply.body[: len(reply.body) // 2]
    await request.answer(reply)


async def delay(request):
    reply = await request.forward()
    await asyncio.sleep(0.4)
    await request.answer(reply)


async def duplicate(request):
    """The portal hears of it twice, and the program of the second time."""
    await request.forward()
    await request.answer(await request.forward())


async def duplicate_at_once(request):
    """The portal hears of it twice at the same time."""
    replies = await asyncio.gather(request.forward(), request.forward())
    await request.answer(replies[0])


async def garbage(request):
    await request.forward()
    await request.write(bytes(range(256)) * 8)
    request.cut()


async def drip(request):
    """A byte a second."""
    reply = await request.forward()
    for byte in reply.pack():
        await request.write(bytes([byte]))
        await asyncio.sleep(A_SECOND)


async def drip_body(request):
    reply = await request.forward()
    data = reply.pack()
    body = len(data) - len(reply.body)
    await request.write(data[:body])
    for byte in data[body:]:
        await request.write(bytes([byte]))
        await asyncio.sleep(A_SECOND)


def answer(status, headers=(), body=b"", content_type="text/html"):
    """Somebody on the way answers; the portal never hears of it."""

    async def fault(request):
        await request.answer(Reply(status, [("Content-Type", content_type), *headers], body))

    return fault


def problem(status, name, headers=()):
    """An answer in the portal's own form."""
    details = {"type": f"https://linkage-app.github.io/problems/{name}", "title": name, "status": status}
    return answer(status, headers, json.dumps(details).encode(), "application/problem+json")


def answer_after(status):
    """The portal has acted; somebody on the way says that something went wrong."""

    async def fault(request):
        await request.forward()
        await request.answer(Reply(status, [("Content-Type", "text/html")], b"<h1>Bad Gateway</h1>"))

    return fault


def say(body, content_type="application/json", headers=()):
    """The portal has acted; what comes is something else."""

    async def fault(request):
        reply = await request.forward()
        await request.answer(Reply(reply.status, [("Content-Type", content_type), *headers], body))

    return fault


def bomb(size):
    """A small body that unpacks into a large one."""
    return say(gzip.compress(b" " * size), headers=[("Content-Encoding", "gzip")])


def redirect(location):
    """To an address, or to a function of the request's."""

    async def fault(request):
        target = location(request) if callable(location) else location
        await request.answer(Reply(307, [("Location", target)], b""))

    return fault


def change(function):
    """The portal's answer with its JSON changed by function (value), which may return another."""

    async def fault(request):
        reply = await request.forward()
        value = reply.json
        reply.json = function(value) or value
        await request.answer(reply)

    return fault


def mislabel(content_type):
    async def fault(request):
        reply = await request.forward()
        reply.set("Content-Type", content_type)
        await request.answer(reply)

    return fault


async def overtaken(request):
    """The answer is held back until another request has got its own."""
    reply = await request.forward()
    before = request.proxy.n_answered
    while request.proxy.n_answered == before and not request.writer.transport.is_closing():
        await asyncio.sleep(0.02)
    await request.answer(reply)


def stream(data, ends=True):
    """An event stream that says this, and then ends, or stays open."""

    async def fault(request):
        await request.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + data)
        if not ends:
            await request.gone()
        request.cut()

    return fault
