# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/openapi.yaml against the running portal: every operation with every documented answer.

The client compares each reply with the document, member by member; here each answer is brought about.
"""

import contextlib
import http.client
import unittest
import urllib.parse

import tap
from portal import TIMEOUT, Client, EventStream, Portal, Reply, document, exchange, new_key, solve
from program import Program

# What cannot be brought about from outside, and why.
UNREACHABLE = {
    (operation, "409"): "the portal answers writes one after the other, so no key is ever still running"
    for operation in (
        "connect",
        "resend",
        "request",
        "create-search",
        "ask-merge",
        "switch-merge-suggestions",
        "approve-merge",
        "decline-merge",
        "withdraw-merge",
    )
}

NO_JSON = b'{"name": '
TOO_LARGE = 64 * 1024 + 1
MOST_STREAMS = 32


class Sandbox:
    """One portal for all cases; each uses customers of its own."""

    def __init__(self):
        self.portal = Portal()
        self.admin = self.portal.admin()
        self.user = self.portal.user()
        self.stranger = self.portal.stranger()
        self.user._account = self.stranger._account = self.admin.account
        self.elsewhere = Client(self.portal, self.admin.token)
        self.elsewhere._account = "no-such-account"
        self.rows = {row["customer"]["id"]: row["id"] for row in self.admin.read_all()[0].values()}
        self.search = self.admin.search("Larkmoor").json["search"]["id"]
        self.challenge = self.admin.challenge("request", "larkmoor-bakeries")
        self.other = self.portal.other_admin()
        self.merge = self.ask_merge().json["id"]

    def ask_merge(self, **fields):
        """The other account asks this one."""
        body = {"account-id": self.admin.account, "stays": "theirs", **fields}
        return self.other.send("POST", f"{self.other.home}/merges", body, new_key())

    def answer_merge(self, client, answer):
        """Ends the merge request that is open; another one takes its place."""
        reply = client.send("PUT", f"{client.home}/merges/{self.merge}/{answer}", None, new_key())
        self.merge = self.ask_merge().json["id"]
        return reply

    def path_of(self, operation):
        """The operation's path with ids of this sandbox."""
        ids = {
            "{account}": self.admin.account,
            "{connection}": self.rows["oey"],
            "{search}": self.search,
            "{challenge}": self.challenge["id"],
            "{merge}": self.merge,
        }
        return "/".join(ids.get(part, part) for part in operation.path.split("/"))


def write(method, path, body=None):
    """A write, with a key, by whom one asks."""
    return lambda sandbox, client: client.send(method, client.home + path(sandbox), body, new_key())


def read(path):
    return lambda sandbox, client: client.send("GET", client.home + path(sandbox))


# operation → how a client calls it in the plainest way
CALLS = {
    "list-accounts": lambda sandbox, client: client.send("GET", "/api/v1/accounts"),
    "get-account": read(lambda sandbox: ""),
    "get-changes": read(lambda sandbox: "/changes"),
    "get-events": read(lambda sandbox: "/events"),
    "get-connection": read(lambda sandbox: f"/connections/{sandbox.rows['oey']}"),
    "connect": write("PUT", lambda sandbox: f"/connections/{sandbox.rows['brueckenhof']}/connect"),
    "resend": write("PUT", lambda sandbox: f"/connections/{sandbox.rows['oszibarack']}/resend"),
    "request": write(
        "POST",
        lambda sandbox: "/requests",
        {"customer-id": "larkmoor-foods", "contact-email": "a@lindqvist.example", "confirmed": True},
    ),
    "create-search": write("POST", lambda sandbox: "/searches", {"name": "Quillhaven"}),
    "get-search": read(lambda sandbox: f"/searches/{sandbox.search}"),
    "create-challenge": write(
        "POST", lambda sandbox: "/challenges", {"action": "request", "customer-id": "larkmoor-observatory"}
    ),
    "get-challenge": read(lambda sandbox: f"/challenges/{sandbox.challenge['id']}"),
    "solve-challenge": write(
        "PUT", lambda sandbox: f"/challenges/{sandbox.challenge['id']}/solution", {"payload": "e30="}
    ),
    "list-merges": read(lambda sandbox: "/merges"),
    "ask-merge": write("POST", lambda sandbox: "/merges", {"account-id": "lindqvist-hydraulics", "stays": "mine"}),
    "switch-merge-suggestions": write("PUT", lambda sandbox: "/merge-suggestions", {"enabled": True}),
    "get-merge": read(lambda sandbox: f"/merges/{sandbox.merge}"),
    "preview-merge": read(lambda sandbox: f"/merges/{sandbox.merge}/preview"),
    "approve-merge": write(
        "PUT", lambda sandbox: f"/merges/{sandbox.merge}/approve", {"name": "Lindqvist Hydraulics", "state": "other"}
    ),
    "decline-merge": write("PUT", lambda sandbox: f"/merges/{sandbox.merge}/decline"),
    "withdraw-merge": write("PUT", lambda sandbox: f"/merges/{sandbox.merge}/withdraw"),
    "sandbox-clock": lambda sandbox, client: client.send("POST", "/sandbox/clock", {"advance-seconds": 1}),
    "sandbox-reset": lambda sandbox, client: client.send("POST", "/sandbox/reset"),
    "sandbox-customer-link": lambda sandbox, client: client.send("POST", "/sandbox/customer-link"),
}


def ask(sandbox, method, path, form=None):
    """Without a token, as a person who is not signed in."""
    body = None if form is None else urllib.parse.urlencode(form).encode("utf-8")
    headers = {} if form is None else {"Content-Type": "application/x-www-form-urlencoded"}
    reply = exchange(sandbox.portal.address, method, path, body, headers)
    document.check(method, path, reply)
    return reply


def discover(sandbox):
    return ask(sandbox, "GET", "/.well-known/linkage-portal")


def get_token(sandbox):
    program = Program(sandbox.portal)
    return program.redeem(program.sign_in(sandbox.portal.introduction["admin"]))


def events(sandbox):
    with EventStream(sandbox.admin) as stream:
        stream.next()
        return stream.response


def request_a_customer(sandbox):
    return sandbox.admin.request("larkmoor-foods", challenge=sandbox.admin.passed("request", "larkmoor-foods"))


def solve_the_challenge(sandbox):
    return sandbox.admin.solution(sandbox.challenge["id"], solve(sandbox.challenge["proof-of-work"]))


def without_key(operation):
    """The same write with no Idempotency-Key."""

    def call(sandbox):
        paths = {
            "connect": ("PUT", f"/connections/{sandbox.rows['oey']}/connect", None),
            "resend": ("PUT", f"/connections/{sandbox.rows['sumska-zvijezda']}/resend", None),
            "request": ("POST", "/requests", {"customer-id": "oey", "contact-email": "a@b.example", "confirmed": True}),
            "create-search": ("POST", "/searches", {"name": "Larkmoor"}),
            "ask-merge": ("POST", "/merges", {"account-id": "lindqvist-hydraulics", "stays": "mine"}),
            "switch-merge-suggestions": ("PUT", "/merge-suggestions", {"enabled": True}),
            "approve-merge": ("PUT", f"/merges/{sandbox.merge}/approve", {"name": "x", "state": "x"}),
            "decline-merge": ("PUT", f"/merges/{sandbox.merge}/decline", None),
            "withdraw-merge": ("PUT", f"/merges/{sandbox.merge}/withdraw", None),
        }
        method, path, body = paths[operation]
        return sandbox.admin.send(method, sandbox.admin.home + path, body)

    return call


def key_used_before(path):
    """A write whose key belongs to a search."""

    def call(sandbox):
        key = new_key()
        sandbox.admin.search("", key)
        return sandbox.admin.send("PUT", sandbox.admin.home + path(sandbox), None, key)

    return call


def too_large(operation):
    """Any call with a body that the portal does not want to read."""
    (found,) = (one for one in document.operations if one.id == operation)
    return lambda sandbox: sandbox.admin.send(found.method, sandbox.path_of(found), b" " * TOO_LARGE, new_key())


def too_many_streams(sandbox):
    with contextlib.ExitStack() as stack:
        for _ in range(MOST_STREAMS):
            stack.enter_context(EventStream(sandbox.admin)).next()
        return sandbox.admin.send("GET", f"{sandbox.admin.home}/events")


def get(path):
    return lambda sandbox: sandbox.admin.send("GET", sandbox.admin.home + path(sandbox))


def put(path, body):
    return lambda sandbox: sandbox.admin.send("PUT", sandbox.admin.home + path(sandbox), body)


def post(path, body):
    return lambda sandbox: sandbox.admin.send("POST", sandbox.admin.home + path, body, new_key())


def merge_accounts(sandbox):
    path = f"{sandbox.admin.home}/merges/{sandbox.merge}"
    state = sandbox.admin.send("GET", f"{path}/preview").json["state"]
    return sandbox.admin.send("PUT", f"{path}/approve", {"name": "Lindqvist Hydraulics", "state": state}, new_key())


def decline_merge(sandbox):
    return sandbox.answer_merge(sandbox.admin, "decline")


def withdraw_merge(sandbox):
    return sandbox.answer_merge(sandbox.other, "withdraw")


def ask_merge(sandbox):
    sandbox.other.send("PUT", f"{sandbox.other.home}/merges/{sandbox.merge}/withdraw", None, new_key())
    reply = sandbox.ask_merge()
    sandbox.merge = reply.json["id"]
    return reply


def solution_path(sandbox):
    return f"/challenges/{sandbox.challenge['id']}/solution"


# The answers that need more than a plain call, a stranger, a plain user or an account that does not exist.
CASES = {
    ("discover", "200"): discover,
    ("describe-sign-in", "200"): lambda sandbox: ask(sandbox, "GET", "/.well-known/oauth-authorization-server"),
    ("get-token", "200"): get_token,
    ("get-token", "400"): lambda sandbox: ask(sandbox, "POST", "/oauth/token", {}),
    ("revoke-token", "200"): lambda sandbox: ask(sandbox, "POST", "/oauth/revoke", {"token": "x", "client_id": "linkage"}),
    ("revoke-token", "400"): lambda sandbox: ask(sandbox, "POST", "/oauth/revoke", {}),
    ("get-changes", "400"): get(lambda sandbox: "/changes?limit=many"),
    ("get-changes", "410"): get(lambda sandbox: "/changes?since=garbage"),
    ("get-events", "200"): events,
    ("get-events", "503"): too_many_streams,
    ("get-connection", "404"): get(lambda sandbox: "/connections/no-such-row"),
    ("connect", "400"): without_key("connect"),
    ("connect", "422"): key_used_before(lambda sandbox: f"/connections/{sandbox.rows['oey']}/connect"),
    ("resend", "400"): without_key("resend"),
    ("resend", "422"): key_used_before(lambda sandbox: f"/connections/{sandbox.rows['sumska-zvijezda']}/resend"),
    ("request", "201"): request_a_customer,
    ("request", "400"): without_key("request"),
    ("request", "422"): lambda sandbox: sandbox.admin.request("larkmoor-bakeries", email="nobody"),
    ("create-search", "400"): without_key("create-search"),
    ("create-search", "422"): post("/searches", {"name": ""}),
    ("get-search", "400"): get(lambda sandbox: f"/searches/{sandbox.search}?offset=-1"),
    ("get-search", "404"): get(lambda sandbox: "/searches/no-such-search"),
    ("create-challenge", "400"): post("/challenges", NO_JSON),
    ("create-challenge", "422"): post("/challenges", {"action": "connect", "customer-id": "oey"}),
    ("get-challenge", "404"): get(lambda sandbox: "/challenges/no-such-challenge"),
    ("solve-challenge", "200"): solve_the_challenge,
    ("solve-challenge", "400"): put(solution_path, NO_JSON),
    ("solve-challenge", "422"): put(solution_path, {}),
    ("ask-merge", "201"): ask_merge,
    ("ask-merge", "400"): without_key("ask-merge"),
    ("ask-merge", "422"): post("/merges", {"account-id": "lindqvist-hydraulics", "stays": "ours"}),
    ("switch-merge-suggestions", "400"): without_key("switch-merge-suggestions"),
    ("switch-merge-suggestions", "422"): lambda sandbox: sandbox.admin.send(
        "PUT", f"{sandbox.admin.home}/merge-suggestions", {"enabled": "yes"}, new_key()
    ),
    ("preview-merge", "400"): get(lambda sandbox: f"/merges/{sandbox.merge}/preview?limit=0"),
    ("approve-merge", "200"): merge_accounts,
    ("approve-merge", "400"): without_key("approve-merge"),
    ("approve-merge", "422"): key_used_before(lambda sandbox: f"/merges/{sandbox.merge}/approve"),
    ("decline-merge", "200"): decline_merge,
    ("decline-merge", "400"): without_key("decline-merge"),
    ("decline-merge", "422"): key_used_before(lambda sandbox: f"/merges/{sandbox.merge}/decline"),
    ("withdraw-merge", "200"): withdraw_merge,
    ("withdraw-merge", "400"): without_key("withdraw-merge"),
    ("withdraw-merge", "422"): key_used_before(lambda sandbox: f"/merges/{sandbox.merge}/withdraw"),
    ("sandbox-clock", "400"): lambda sandbox: sandbox.admin.send("POST", "/sandbox/clock", NO_JSON),
    ("sandbox-clock", "422"): lambda sandbox: sandbox.admin.send("POST", "/sandbox/clock", {"advance-seconds": -1}),
}


def find_case(operation, code):
    if (operation, code) in CASES:
        return CASES[operation, code]
    if code == "413":
        return too_large(operation)
    callers = {"200": "admin", "201": "admin", "204": "admin", "401": "stranger", "403": "user", "404": "elsewhere"}
    caller = callers[code]
    return lambda sandbox: CALLS[operation](sandbox, getattr(sandbox, caller))


class TestOpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sandbox = Sandbox()
        cls.addClassCleanup(cls.sandbox.portal.stop)

    def test_every_documented_answer(self):
        documented = [(operation.id, code) for operation in document.operations for code in operation.responses]
        documented.sort(key=lambda one: (one[0] == "sandbox-reset", one == ("approve-merge", "200")))
        for operation, code in documented:
            if (operation, code) in UNREACHABLE:
                continue
            with self.subTest(operation, code=code):
                reply = find_case(operation, code)(self.sandbox)
                self.assertEqual(str(reply.status), code, getattr(reply, "text", ""))

    def test_no_case_is_left_over(self):
        documented = {(operation.id, code) for operation in document.operations for code in operation.responses}
        self.assertLessEqual(set(CASES) | set(UNREACHABLE), documented)

    def test_strangers_are_told_how_to_sign_in(self):
        for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Basic YTpi"}):
            reply = exchange(self.sandbox.portal.address, "GET", "/api/v1/accounts", headers=headers)
            document.check("GET", "/api/v1/accounts", reply)
            self.assertEqual((reply.status, reply.problem), (401, "authentication-required"))
            self.assertTrue(reply.headers["WWW-Authenticate"].startswith("Bearer"))

    def test_other_names_are_refused(self):
        for path in ("/.well-known/linkage-portal", "/api/v1/accounts"):
            for host in ("portal.example", "127.0.0.1", "localhost:1"):
                with self.subTest(path, host=host):
                    headers = {"Host": host, "Authorization": f"Bearer {self.sandbox.admin.token}"}
                    reply = exchange(self.sandbox.portal.address, "GET", path, headers=headers)
                    document.check_problem(reply)
                    self.assertEqual((reply.status, reply.problem), (400, "invalid-request"))

    def test_a_body_of_unknown_length_has_a_limit(self):
        target = urllib.parse.urlsplit(self.sandbox.portal.address)
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=TIMEOUT)
        headers = {"Authorization": f"Bearer {self.sandbox.admin.token}", "Idempotency-Key": f'"{new_key()}"'}
        body = (b" " * 1024 for _ in range(2 * TOO_LARGE // 1024))
        connection.request("POST", f"{self.sandbox.admin.home}/searches", body, headers, encode_chunked=True)
        with contextlib.closing(connection):
            response = connection.getresponse()
            reply = Reply(response, response.read())
        document.check_problem(reply)
        self.assertEqual((reply.status, reply.problem), (413, "too-large"))

    def test_what_helps_later_says_when(self):
        self.assertGreater(int(too_many_streams(self.sandbox).headers["Retry-After"]), 0)

    def test_what_is_not_documented_is_not_there(self):
        for path in ("/api/v1/accounts/", "/api/v1/nothing", "/api/v2/accounts", "/api", "/sandbox/other"):
            with self.subTest(path):
                self.assertEqual(self.sandbox.admin.send("GET", path).status, 404)

    def test_rows_that_are_not_there(self):
        admin = self.sandbox.admin
        replies = [
            admin.connect("no-such-row"),
            admin.resend("no-such-row"),
            admin.solution("no-such-challenge", "e30="),
            admin.send("GET", f"{admin.home}/connections/%ff"),
        ]
        for reply in replies:
            self.assertEqual((reply.status, reply.problem), (404, "not-found"))

    def test_other_methods_are_refused(self):
        for operation in document.operations:
            with self.subTest(operation.id):
                reply = self.sandbox.admin.send("DELETE", self.sandbox.path_of(operation))
                self.assertEqual((reply.status, reply.problem), (405, "method-not-allowed"))
                self.assertIn(operation.method, reply.headers["Allow"])

    def test_discovery_leads_to_the_interface(self):
        found = discover(self.sandbox).json
        self.assertEqual(found["api"], f"{self.sandbox.portal.address}/api/v1")
        self.assertTrue(found["sandbox"])
        self.assertEqual(found["challenge-providers"], ["proof-of-work"])

    def test_bodies_of_the_wrong_kind_are_refused(self):
        admin = self.sandbox.admin
        used = admin.get_account()["searches"]["used"]
        wrong = [[], "text", 1, {"name": 1}, {"name": None}, {"name": "x" * 201}, {}]
        for body in wrong:
            with self.subTest(body=str(body)[:40]):
                reply = admin.send("POST", f"{admin.home}/searches", body, new_key())
                self.assertIn(reply.status, (400, 422))
        self.assertEqual(admin.get_account()["searches"]["used"], used)


if __name__ == "__main__":
    tap.main()
