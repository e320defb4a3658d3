# SPDX-License-Identifier: GPL-3.0-or-later
"""The table: every fault on the way × everything that a program asks of a portal. However it goes wrong, in the end program
and portal hold the same rows, and what was asked for was done exactly once.

usage: test-faults.py [--all] [NAME…]: without --all, those of the table that take different ways through the program;
NAME: of cases, as "operation/fault"."""

import concurrent.futures
import dataclasses
import random
import sys
import tempfile
import time
import typing
import urllib.parse

import proxy
from bench import ACCOUNT, Bench, make_certificate
from driver import Refused

WORKERS = 4
MIB = 1024 * 1024


@dataclasses.dataclass
class Fault:
    """seen: what the person is told, any of these; None: nothing. times: how often it happens; None: always, until it was
    noticed. least_wait: seconds before the program may ask again. is_final: the request comes back to the person, who makes
    it again. short: the operations of the short table."""

    name: str
    fault: typing.Callable
    seen: tuple
    times: int | None = 1
    least_wait: float = 0
    is_final: bool = False
    short: tuple = ()


def first_is_lower(page):
    """All rows twice: as they are, and as they were."""
    older = [{**row, "revision": 1, "status": "rejected"} for row in page["changed"]]
    page["changed"] = [*older, *page["changed"], *older]


def shuffled(page):
    random.Random(1).shuffle(page["changed"])


def of_another_account(value):
    value["account"]["id"] = "somebody-else"
    value["account"]["name"] = "Somebody Else"


def with_a_broken_row(page):
    page["changed"] = [{**row, "requests-used": -1} for row in page["changed"]]
    if not page["changed"]:
        page["removed"] = [{"id": "nobody", "revision": 0}]


def since_another_state(page):
    page["old-state"] = "0123456789abcdef"
    page["has-more-changes"] = True


async def in_a_circle(request):
    """Of two states each leads to the other."""
    path, _, query = request.path.partition("?")
    since = urllib.parse.parse_qs(query).get("since", [None])[0]
    request.path = path
    reply = await request.forward()
    page = reply.json
    page.update({"old-state": since, "new-state": "ab" if since == "cd" else "cd", "has-more-changes": True})
    reply.json = page
    await request.answer(reply)


def with_a_state_of_old(page):
    """As of a portal that was set back: the state is one that nobody knows, and is asked with next."""
    page["new-state"] = "0123456789abcdef"


def of_another_customer(value):
    value["connection"]["customer"]["id"] = "somebody-else"


def with_an_older_account(value):
    value["account"]["revision"] = 0
    value["account"]["searches"]["used"] = 4
    value["account"]["name"] = "As It Was"


EVERYWHERE = (
    Fault("cut-before", proxy.cut_before, ("unreachable",), times=2, short=("pull", "connect", "search", "discovery")),
    Fault("cut-after", proxy.cut_after, ("unreachable",), times=2,
          short=("pull", "connect", "resend", "request", "search", "challenge", "solution")),
    Fault("no-answer", proxy.keep_quiet, ("unreachable",), short=("request", "search")),
    Fault("truncated", proxy.truncate, ("unreachable",), short=("pull", "resend", "search")),
    Fault("cut-off-json", proxy.cut_off_json, ("invalid-reply",), short=("pull", "request")),
    Fault("late", proxy.delay, (None,), short=("pull",)),
    Fault("twice", proxy.duplicate, (None,), short=("pull", "connect", "request", "search", "solution")),
    Fault("twice-at-once", proxy.duplicate_at_once, (None, "try-later"), short=("connect", "search")),
    Fault("overtaken", proxy.overtaken, (None, "unreachable"), short=("pull", "connect", "search")),
    Fault("no-http", proxy.garbage, ("invalid-reply", "unreachable"), short=("pull", "connect")),
    Fault("byte-by-byte", proxy.drip, ("unreachable",), short=("pull",)),
    Fault("body-byte-by-byte", proxy.drip_body, ("unreachable",), short=("request",)),
    Fault("500", proxy.answer(500), ("try-later",), short=("pull", "connect", "challenge")),
    Fault("502", proxy.answer(502), ("try-later",)),
    Fault("502-after", proxy.answer_after(502), ("try-later",), short=("resend", "search")),
    Fault("503-wait", proxy.answer(503, [("Retry-After", "2")]), ("try-later",), least_wait=2,
          short=("pull", "connect", "search")),
    Fault("429-wait", proxy.answer(429, [("Retry-After", "2")]), ("try-later",), least_wait=2, short=("request",)),
    Fault("401", proxy.answer(401), ("sign-in-needed",), short=("pull", "connect", "search")),
    Fault("404-of-nobody", proxy.answer(404), ("invalid-reply",), short=("pull", "connect")),
    Fault("410-of-nobody", proxy.answer(410), ("invalid-reply",)),
    Fault("413-of-nobody", proxy.answer(413), ("invalid-reply",)),
    Fault("413", proxy.problem(413, "too-large"), ("too-large",), short=("connect",)),
    Fault("html", proxy.say(b"<html>Welcome to this hotel</html>", "text/html"), ("invalid-reply",), short=("pull", "search")),
    Fault("no-json", proxy.say(b"{\"a\": nothing}"), ("invalid-reply",), short=("challenge",)),
    Fault("another-json", proxy.say(b"[]"), ("invalid-reply",), short=("connect",)),
    Fault("deep-json", proxy.say(b"[" * 100_000), ("invalid-reply", "too-large"), short=("pull", "solution")),
    Fault("20-mib", proxy.say(b'{"a": "' + b"x" * 20 * MIB + b'"}'), ("too-large",), short=("pull",)),
    Fault("gzip-bomb", proxy.bomb(100 * MIB), ("too-large",), short=("pull", "connect")),
    Fault("wrong-type", proxy.mislabel("text/plain"), ("invalid-reply",), short=("pull",)),
    Fault("redirects", proxy.redirect(lambda request: request.path), ("invalid-reply",), times=11, short=("pull", "connect")),
    Fault("to-another-host", proxy.redirect("http://127.0.0.2:9/"), ("insecure",), short=("pull", "connect")),
    Fault("to-plain-http", proxy.redirect("http://portal.example/"), ("insecure",)),
)
PULLS = (
    Fault("state-unusable", proxy.problem(410, "state-unusable"), (None,), short=("pull",)),
    Fault("older-state", proxy.change(since_another_state), ("invalid-reply",), short=("pull",)),
    Fault("in-a-circle", in_a_circle, ("invalid-reply",), times=None, short=("pull",)),
    Fault("state-of-old", proxy.change(with_a_state_of_old), (None,), short=("pull",)),
    Fault("another-account", proxy.change(of_another_account), ("invalid-reply",), short=("pull",)),
    Fault("older-account", proxy.change(with_an_older_account), (None,), short=("pull",)),
    Fault("duplicate-ids", proxy.change(first_is_lower), (None,), short=("pull",)),
    Fault("any-order", proxy.change(shuffled), (None,), short=("pull",)),
    Fault("broken-row", proxy.change(with_a_broken_row), ("invalid-reply",), short=("pull",)),
)
STREAMS = (
    Fault("no-events", proxy.stream(b"\0\1\2\xff\xfe\n\n" * 100), (None,), short=("events",)),
    Fault("endless-line", proxy.stream(b"data: " + b"x" * 2 * MIB), (None,), short=("events",)),
    Fault("old-event", proxy.stream(b"event: state\nid: 0123\ndata: 0123\n\n", ends=False), (None,), short=("events",)),
    Fault("half-an-event", proxy.stream(b"event: state\nid: 01"), (None,), short=("events",)),
    Fault("silence", proxy.stream(b"", ends=False), (None,), short=("events",)),
    Fault("refused", proxy.problem(403, "role-required"), (None,), short=("events",)),
)
TLS = (
    Fault("another-certificate", None, ("certificate",), times=0, short=("tls-pull", "tls-connect", "tls-search")),
    Fault("ended-early", proxy.truncate, ("unreachable",), short=("tls-pull", "tls-connect", "tls-search")),
    Fault("cut-after", proxy.cut_after, ("unreachable",), times=2, short=("tls-request",)),
    Fault("no-http", proxy.garbage, ("invalid-reply", "unreachable")),
)
STUBBORN = (
    Fault("500", proxy.answer(500), (None,), times=None, short=("stubborn",)),
    Fault("410", proxy.problem(410, "state-unusable"), (None,), times=None, short=("stubborn",)),
    Fault("html", proxy.say(b"<html>", "text/html"), (None,), times=None),
    Fault("another-host", proxy.redirect("http://127.0.0.2:9/"), (None,), times=None),
    Fault("413", proxy.problem(413, "too-large"), (None,), times=None),
)
RULES = (
    Fault("takes-no-requests", proxy.problem(403, "takes-no-requests"), ("refused",), is_final=True, short=("verified-anew",)),
)
WRITES = (
    Fault("404", proxy.problem(404, "not-found"), ("refused",), is_final=True, short=("connect",)),
    Fault("410", proxy.problem(410, "state-unusable"), ("invalid-reply",), short=("connect",)),
    Fault("another-customer", proxy.change(of_another_customer), ("invalid-reply",), short=("resend",)),
    Fault("another-account", proxy.change(of_another_account), ("invalid-reply",), short=("resend", "search")),
    Fault("older-account", proxy.change(with_an_older_account), (None,), short=("connect", "search")),
)
# What a portal says to all requests and not to one, with which a pass ends.
TO_ALL = {"unreachable", "sign-in-needed", "certificate"}


class Case:
    """One operation, on which one fault befalls its request."""

    method, path, faults = "GET", "", EVERYWHERE
    is_background = False

    def __init__(self, fault):
        self.fault = fault
        self.rule = None

    def __str__(self):
        return f"{self.name}/{self.fault.name}"

    times = property(lambda self: self.fault.times)

    def arm(self, bench):
        self.rule = bench.proxy.arm(self.method, self.path, self.fault.fault, self.times)

    def open_bench(self, folder):
        return Bench()

    def prepare(self, bench):
        bench.open().wait_state("ready")
        bench.wait_agreement()

    def tell(self):
        """What the program may say of it."""
        return self.fault.seen

    def check_told(self, said):
        """said: the error that came of it; None: none."""
        if said not in self.tell():
            raise AssertionError(f"the program said {said}, not {self.tell()}")

    def run(self):
        with tempfile.TemporaryDirectory() as folder, self.open_bench(folder) as bench:
            self.prepare(bench)
            self.arm(bench)
            self.act(bench)
            bench.wait_agreement()
            self.check(bench)
            if self.rule.hits < 1 and self.fault.fault is not None:
                raise AssertionError("it did not happen")
            for said in bench.driver.states:
                if said.get("name") not in (None, "Lindqvist Components") or said.get("searches-used", 0) > 1:
                    raise AssertionError(f"the account was shown wrongly: {said}")
            bench.driver.quit()


class Background(Case):
    """What the program does by itself goes on by itself, too; what went wrong meanwhile is in last-error."""

    def act(self, bench):
        begun = time.monotonic()
        self.begin(bench)
        bench.proxy.wait_hit(self.rule)
        seen = self.wait_noticed(bench)
        self.check_told(seen)
        if self.times is None:
            bench.proxy.disarm()
        if seen == "sign-in-needed":
            bench.driver.ask("token", bench.token)
        self.wait_asked_again(bench)
        if self.fault.least_wait and time.monotonic() - begun < self.fault.least_wait:
            raise AssertionError("the program asked again too early")

    def wait_asked_again(self, bench):
        if self.fault.least_wait:
            bench.driver.wait(lambda: bench.proxy.count(self.method, self.path) > self.asked_before + 1, "another try")

    def wait_noticed(self, bench):
        expected = [code for code in self.tell() if code is not None]
        if not expected or None in self.tell():
            return next(iter(bench.driver.errors_seen()), None)
        bench.driver.wait(lambda: set(expected).intersection(bench.driver.errors_seen()), "the program to notice")
        return next(code for code in bench.driver.errors_seen() if code in expected)

    def arm(self, bench):
        self.asked_before = bench.proxy.count(self.method, self.path)
        super().arm(bench)


class Pull(Background):
    name, path, faults = "pull", "/changes$", (*EVERYWHERE, *PULLS)

    def begin(self, bench):
        bench.colleague.connect(f"{ACCOUNT}-oey")

    def check(self, bench):
        if bench.driver.rows()[f"{ACCOUNT}-oey"]["status"] != "pending":
            raise AssertionError("the colleague's request is missing")
        bench.driver.ask("refresh")
        bench.wait_agreement()


class Write(Background):
    method, faults = "PUT", (*EVERYWHERE, *WRITES)

    def tell(self):
        """What is said of one request alone is no error of the account: it is sent again in its turn."""
        if self.fault.is_final or self.fault.least_wait or TO_ALL.issuperset(self.fault.seen):
            return self.fault.seen
        return (None, *TO_ALL.intersection(self.fault.seen))

    def begin(self, bench):
        self.before = bench.count_attempts(self.customer)
        bench.driver.ask("send-now", bench.driver.ask(*self.press)["key"])

    def act(self, bench):
        if not self.fault.is_final:
            super().act(bench)
            return
        self.begin(bench)
        bench.driver.wait(lambda: bench.driver.refusals, "the refusal")
        bench.driver.ask("send-now", bench.driver.ask(*self.press)["key"])

    def check(self, bench):
        made = bench.count_attempts(self.customer) - self.before
        if made != 1:
            raise AssertionError(f"{made} requests were made")


class Connect(Write):
    name, path, customer = "connect", "/connect$", "brambleford-tools"
    press = ("connect", f"{ACCOUNT}-brambleford-tools")


class Resend(Write):
    name, path, customer = "resend", "/resend$", "sumska-zvijezda"
    press = ("resend", f"{ACCOUNT}-sumska-zvijezda")


class Request(Write):
    name, method, path, customer = "request", "POST", "/requests$", "quillhaven-press"
    press = ("request", "quillhaven-press", "buyer@quillhaven.example")

    def prepare(self, bench):
        super().prepare(bench)
        bench.driver.ask("search", "Quillhaven")
        bench.wait_agreement()

    def begin(self, bench):
        self.before = 0
        bench.driver.ask(*self.press)

    def check(self, bench):
        super().check(bench)
        if bench.searches_used() != 1:
            raise AssertionError(f"{bench.searches_used()} searches were counted")


class Foreground(Case):
    """What a person waits for comes back with what went wrong, and the person tries again."""

    def act(self, bench):
        told = self.try_once(bench)
        self.check_told(told)
        if told is not None:
            self.try_again(bench)

    def try_again(self, bench):
        for _ in range(10):
            told = self.try_once(bench)
            if told is None:
                return
        raise AssertionError(f"it never goes right: {told}")

    def try_once(self, bench):
        try:
            bench.driver.ask(*self.order(bench))
        except Refused as refusal:
            return refusal.code
        return None


class Search(Foreground):
    name, method, path, faults = "search", "POST", "/searches$", (*EVERYWHERE, *WRITES[3:])

    def order(self, bench):
        return ("search", "Pebblewick")

    def check(self, bench):
        if bench.searches_used() != 1:
            raise AssertionError(f"{bench.searches_used()} searches were counted")
        if bench.driver.ask("search", "pebblewick")["counted"]:
            raise AssertionError("the same search was counted again")


class Challenge(Foreground):
    """The form of a customer that was found: what was typed is kept, the verification is asked for again."""

    name, method, path = "challenge", "POST", "/challenges$"

    def prepare(self, bench):
        super().prepare(bench)
        bench.driver.ask("search", "Quillhaven")
        bench.wait_agreement()

    def order(self, bench):
        return ("request", "quillhaven-press", "buyer@quillhaven.example")

    def check(self, bench):
        if bench.count_attempts("quillhaven-press") != 1:
            raise AssertionError(f"{bench.count_attempts('quillhaven-press')} requests were made")


class Solution(Challenge):
    name, method, path = "solution", "PUT", "/solution$"


class Expired(Challenge):
    """A queued request whose verification ran out: the program passes another by itself, over the faulty line."""

    name, path, faults = "verified-anew", "/challenges$", (*EVERYWHERE, *RULES)

    def order(self, bench):
        return ("request-with", "quillhaven-press", "buyer@quillhaven.example", "ran-out-long-ago")

    def act(self, bench):
        bench.driver.ask(*self.order(bench))
        bench.proxy.wait_hit(self.rule)
        if self.fault.seen == ("sign-in-needed",):
            bench.driver.wait_state("sign-in-needed")
            bench.driver.ask("token", bench.token)
        if self.fault.is_final:
            bench.driver.wait(lambda: bench.driver.refusals, "the refusal")
            bench.driver.ask(*Challenge.order(self, bench))


class Discovery(Foreground):
    """A portal that nothing is known of yet."""

    name, path = "discovery", "^/.well-known/linkage-portal$"

    def prepare(self, bench):
        bench.start_driver()

    def order(self, bench):
        return ("add", bench.proxy.address, bench.token)

    def tell(self):
        """Where no portal is known of, what does not speak like one is none."""
        return (*self.fault.seen, "not-a-portal") if self.fault.seen != (None,) else self.fault.seen

    def check(self, bench):
        if len(bench.driver.rows()) != len(bench.portal_rows()):
            raise AssertionError("rows are missing")


class Accounts(Discovery):
    name, path = "accounts", "/accounts$"

    def tell(self):
        """An empty list is an answer: the token is good for no account."""
        return (*super().tell(), "role-required") if self.fault.name == "another-json" else super().tell()


class Events(Case):
    """The event stream: whatever becomes of it, what changes on the portal comes."""

    name, path, times, faults = "events", "/events$", 1, (*EVERYWHERE, *STREAMS)

    def prepare(self, bench):
        pass

    def act(self, bench):
        driver = bench.open()
        bench.proxy.wait_hit(self.rule)
        driver.wait_state("ready")
        bench.colleague.connect(f"{ACCOUNT}-oey")
        if self.fault.name in ("401", "refused"):  # for good: polling stands in, and so does the person
            driver.wait_state("ready")
            driver.ask("refresh")

    def check(self, bench):
        if bench.driver.rows()[f"{ACCOUNT}-oey"]["status"] != "pending":
            raise AssertionError("the colleague's request is missing")


class OverTls(Case):
    """The same over TLS, whose certificate changes under the program: to another that nobody trusts, and back."""

    def open_bench(self, folder):
        self.certificate, self.other = make_certificate(folder, "one"), make_certificate(folder, "other")
        return Bench(certificate=self.certificate)

    def act(self, bench):
        if self.fault.fault is not None:
            super().act(bench)
            return
        bench.proxy.change_certificate(self.other)
        self.check_told(self.meet_the_other(bench))
        bench.proxy.change_certificate(self.certificate)
        if isinstance(self, Foreground):
            self.try_again(bench)

    def meet_the_other(self, bench):
        if isinstance(self, Foreground):
            return self.try_once(bench)
        self.begin(bench)
        bench.driver.send("refresh")
        bench.driver.wait(lambda: "certificate" in bench.driver.errors_seen(), "the program to notice")
        return "certificate"


class TlsPull(OverTls, Pull):
    name, faults = "tls-pull", TLS


class TlsConnect(OverTls, Connect):
    name, faults = "tls-connect", TLS


class TlsRequest(OverTls, Request):
    name, faults = "tls-request", TLS[1:]


class TlsSearch(OverTls, Search):
    name, faults = "tls-search", TLS


class Stubborn(Connect):
    """The answer about one request is always useless: all others go on, and it is asked about ever more rarely."""

    name, path, faults = "stubborn", "/lindqvist-brambleford-tools/connect$", STUBBORN

    def act(self, bench):
        self.begin(bench)
        bench.proxy.wait_hit(self.rule)
        bench.driver.ask("send-now", bench.driver.ask("connect", f"{ACCOUNT}-oey")["key"])
        bench.colleague.connect(f"{ACCOUNT}-brueckenhof")
        bench.driver.wait(lambda: self.shows(bench, "oey") and self.shows(bench, "brueckenhof"), "the others to go on")
        bench.driver.wait(self.was_left_alone, "rarer tries")
        bench.proxy.disarm()

    @staticmethod
    def shows(bench, customer):
        return bench.driver.rows()[f"{ACCOUNT}-{customer}"]["status"] == "pending"

    def was_left_alone(self):
        instants = self.rule.instants
        return any(later - former > 1 for former, later in zip(instants, instants[1:]))


CASES = (Pull, Connect, Resend, Request, Search, Challenge, Solution, Expired, Discovery, Accounts, Events, TlsPull, TlsConnect,
         TlsRequest, TlsSearch, Stubborn)


def choose(all_of_them, names):
    for kind in CASES:
        for fault in kind.faults:
            case = kind(fault)
            if names and str(case) not in names and kind.name not in names:
                continue
            if all_of_them or names or kind.name in fault.short:
                yield case


def run(case):
    begun = time.monotonic()
    try:
        case.run()
    except Exception as error:  # whatever it is, it is this case's result
        return case, f"{type(error).__name__}: {error}", time.monotonic() - begun
    return case, None, time.monotonic() - begun


def main():
    arguments = sys.argv[1:]
    cases = list(choose("--all" in arguments, [name for name in arguments if name != "--all"]))
    print(f"1..{len(cases)}", flush=True)
    failed = 0
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for number, (case, complaint, seconds) in enumerate(pool.map(run, cases), 1):
            print(f"{'not ok' if complaint else 'ok'} {number} - {case} ({seconds:.1f} s)", flush=True)
            for line in (complaint or "").splitlines():
                print(f"# {line}", flush=True)
            failed += complaint is not None
    print(f"# {len(cases)} cases, {failed} failed, {time.monotonic() - begun:.0f} s")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
