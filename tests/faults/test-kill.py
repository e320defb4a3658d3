# SPDX-License-Identifier: GPL-3.0-or-later
"""Sudden ends: program and portal are killed at random instants while a person presses, searches and takes back. After
each: both files are whole, nothing that was accepted is lost, nothing is done twice. In the end both hold the same.

usage: test-kill.py [--all] [--kills N] [--seed N]: 100 kills, with --all 1000; the seed is printed and can be given again
(what the machine does between two instants cannot)."""

import argparse
import concurrent.futures
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time

from bench import ACCOUNT, Bench
from driver import Gone, Refused

WORKERS = 4
KILLS_PER_ROUND = 12
SUGGESTED = (
    "brambleford-tools", "brueckenhof", "nebeltal-werkstaetten", "oey", "larkmoor-energy", "galazia-petra",
    "hoshizora-kobo", "wahat-al-nasim", "dhaval-megh", "valle-azulon",
)
EXPIRED = ("sumska-zvijezda", "oszibarack")
# What one searches for → the customer that is found.
FOUND = {"Quillhaven": "quillhaven-press", "Pebblewick": "pebblewick-orchards", "Bakeries": "larkmoor-bakeries",
         "Observatory": "larkmoor-observatory", "Foods": "larkmoor-foods"}


def read_file(path, *queries):
    """First whether the file is whole, then answers."""
    connection = sqlite3.connect(path, uri=True, timeout=10)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)]:
            raise AssertionError(f"{os.path.basename(path)} is damaged: {whole}")
        return [connection.execute(query).fetchall() for query in queries]
    finally:
        connection.close()


def read(path, is_in_use, *queries):
    """What a sudden end left is read out of a copy: looking at it must not mend it."""
    if is_in_use:
        return read_file(f"file:{path}?mode=ro", *queries)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(path))
        for suffix in ("", "-wal"):
            if os.path.exists(path + suffix):
                shutil.copy(path + suffix, copy + suffix)
        return read_file(f"file:{copy}", *queries)


class Intention:
    """What was asked for about one customer: one request, or none."""

    def __init__(self):
        self.key = None  # of what was accepted and is not known to be taken back
        self.is_unknown = False  # something was ordered, and the program was killed before it answered
        self.taken_back = set()  # keys


class Round:
    """One portal and one program, killed again and again."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.intentions = {}
        self.pending = {}  # order → what it was about, until it is answered
        self.searches = {}  # name → answered
        self.is_closing = False  # the program was told to quit: it answers no more than it has to
        self.kills = 0

    def run(self):
        with Bench() as self.bench:
            self.store = os.path.join(self.bench.home, "account", "store.sqlite")
            self.bench.open().wait_state("ready")
            self.bench.wait_agreement()
            self.before = {customer: self.bench.count_attempts(customer) for customer in (*SUGGESTED, *EXPIRED)}
            while self.kills < KILLS_PER_ROUND:
                self.live_and_die()
                self.look_at_files()
                self.revive()
            self.settle()
            self.check_end()
            self.bench.driver.quit()
        return self.kills

    # What a person does.

    def live_and_die(self):
        instant = time.monotonic() + min(self.random.expovariate(8), 0.6)
        try:
            while time.monotonic() < instant:
                self.do_something()
                self.take_answers(min(instant, time.monotonic() + self.random.uniform(0, 0.04)))
        except Gone:
            raise AssertionError(f"the program ended by itself: {self.bench.driver.complaints()}") from None
        whom = self.random.choices(("program", "closing program", "portal", "both"), (6, 1, 2, 1))[0]
        if whom == "closing program":
            self.is_closing = True
            self.bench.driver.send("quit")
            time.sleep(self.random.uniform(0, 0.1))
        if whom != "portal":
            self.kill_driver()
        if whom in ("portal", "both"):
            self.bench.portal.kill()
            self.kills += 1

    def kill_driver(self):
        self.bench.driver.kill()
        self.kills += 1

    def do_something(self):
        choice = self.random.random()
        if choice < 0.45:
            self.press(self.random.choice(SUGGESTED), "connect")
        elif choice < 0.55:
            self.press(self.random.choice(EXPIRED), "resend")
        elif choice < 0.65:
            self.search(self.random.choice(list(FOUND)))
        elif choice < 0.80:
            self.fill_in_form()
        elif choice < 0.90:
            self.take_back()
        else:
            self.dismiss_toast()

    def order(self, about, *words):
        self.pending[self.bench.driver.send(*words)] = about

    def press(self, customer, verb):
        intention = self.intentions.setdefault(customer, Intention())
        if intention.key is None and not self.is_pending(customer):
            self.order((verb, customer), verb, f"{ACCOUNT}-{customer}")

    def fill_in_form(self):
        known = [FOUND[name] for name, answered in self.searches.items() if answered]
        if not known:
            return
        customer = self.random.choice(known)
        intention = self.intentions.setdefault(customer, Intention())
        if intention.key is None and not self.is_pending(customer):
            self.order(("request", customer), "request", customer, f"buyer@{customer}.example")

    def search(self, name):
        if not self.searches.get(name) and not self.is_pending(name):
            self.searches[name] = False
            self.order(("search", name), "search", name)

    def is_pending(self, what):
        return any(about[1] == what for about in self.pending.values())

    def accepted(self):
        return [(customer, i) for customer, i in self.intentions.items() if i.key is not None]

    def take_back(self):
        if self.accepted():
            customer, intention = self.random.choice(self.accepted())
            if not self.is_pending(customer):
                self.order(("undo", customer), "undo", intention.key)

    def dismiss_toast(self):
        if self.accepted():
            _, intention = self.random.choice(self.accepted())
            self.order(("send-now", None), "send-now", intention.key)

    def take_answers(self, until):
        """What the program says in the meantime."""
        driver = self.bench.driver
        with driver.lock:
            driver.lock.wait_for(lambda: driver.is_gone, max(0, until - time.monotonic()))
            answered = [tag for tag in self.pending if tag in driver.replies]
        for tag in answered:
            self.take_answer(tag)

    def take_answer(self, tag):
        verb, what = self.pending.pop(tag)
        try:
            reply = self.bench.driver.take(tag)
        except Refused as refusal:
            self.take_refusal(verb, what, refusal)
            return
        if verb == "search":
            self.searches[what] = True
        elif verb == "undo":
            self.note_taken_back(what)
        elif verb != "send-now":
            self.intentions[what].key = reply["key"]

    def take_refusal(self, verb, what, refusal):
        allowed = {"search": {"unreachable", "try-later"}, "request": {"unreachable", "try-later", "verification", "refused"},
                   "undo": {"too-late"}, "connect": set(), "resend": set()}
        given_up = {"cancelled"} if self.is_closing and verb in ("search", "request") else set()
        if refusal.code not in allowed[verb] | given_up:
            raise AssertionError(f"{verb} {what}: {refusal.code}: {refusal.message}")

    def note_taken_back(self, customer):
        intention = self.intentions[customer]
        intention.taken_back.add(intention.key)
        intention.key = None

    # What a sudden end leaves behind.

    def look_at_files(self):
        driver = self.bench.driver
        for tag, (verb, _) in list(self.pending.items()):
            if driver.is_running() and verb == "undo":
                driver.wait(lambda tag=tag: tag in driver.replies, "an answer to Undo")
            if tag in driver.replies:
                self.take_answer(tag)
        waiting, = read(
            self.store, driver.is_running(), "SELECT key, customer_id, state, refusal_type FROM outbox")
        outcomes, doubled = read(
            self.bench.database, self.bench.portal.process.poll() is None, "SELECT key, status FROM outcomes",
            "SELECT connection_id, number FROM attempts GROUP BY 1, 2 HAVING count(*) > 1")
        if doubled:
            raise AssertionError(f"done twice: {doubled}")
        self.check_nothing_lost(waiting, dict(outcomes))

    def check_nothing_lost(self, waiting, outcomes):
        in_outbox = {key: customer for key, customer, _, _ in waiting}
        refused = [entry for entry in waiting if entry[2] == "refused"]
        if refused:
            raise AssertionError(f"refused without a reason: {refused}")
        if not self.bench.driver.is_running():
            self.learn_from_outbox(in_outbox, outcomes)
        for customer, intention in self.accepted():
            if intention.key not in in_outbox and outcomes.get(intention.key) is None:
                raise AssertionError(f"the request to {customer} is lost")
        for customer, intention in self.intentions.items():
            for key in intention.taken_back:
                if key in in_outbox or key in outcomes:
                    raise AssertionError(f"the request to {customer} was taken back and is there")

    def learn_from_outbox(self, in_outbox, outcomes):
        """Nobody was told what became of what was ordered last: the file says it, and from now on that holds."""
        for verb, what in list(self.pending.values()):
            if verb in ("connect", "resend", "request"):
                self.intentions[what].is_unknown = True
            elif verb == "undo":
                key = self.intentions[what].key
                if key not in in_outbox and key not in outcomes:
                    self.note_taken_back(what)
        self.pending.clear()
        for key, customer in in_outbox.items():
            self.intentions[customer].key = key

    def revive(self):
        if self.bench.portal.process.poll() is not None:
            self.bench.restart_portal()
        if self.bench.driver.is_running():
            return
        self.is_closing = False
        while self.random.random() < 0.2:
            self.bench.start_driver().send("open", self.bench.proxy.api, ACCOUNT, self.bench.token)
            time.sleep(self.random.uniform(0, 0.1))
            self.kill_driver()
        self.bench.open()

    # The end.

    def settle(self):
        driver = self.bench.driver
        for tag in list(self.pending):
            driver.wait(lambda tag=tag: tag in driver.replies, "the last answers")
            self.take_answer(tag)
        for name in self.searches:
            self.search_until_answered(name)
        for operation in driver.operations():
            driver.ask("send-now", operation["key"])
        self.bench.wait_agreement()

    def search_until_answered(self, name):
        for _ in range(20):
            try:
                found = self.bench.driver.ask("search", name)["found"]
            except Refused as refusal:
                self.take_refusal("search", name, refusal)
                self.bench.driver.wait_state("ready")
                continue
            if found != [FOUND[name]]:
                raise AssertionError(f"{name}: {found}")
            return
        raise AssertionError(f"the search for {name} is never answered")

    def check_end(self):
        if self.bench.searches_used() != len(self.searches):
            raise AssertionError(f"{len(self.searches)} searches, {self.bench.searches_used()} counted")
        for customer, intention in self.intentions.items():
            made = self.bench.count_attempts(customer) - self.before.get(customer, 0)
            if made not in self.expected(intention):
                raise AssertionError(f"{customer}: {made} requests, accepted {intention.key}")
        if self.bench.driver.refusals:
            raise AssertionError(f"refused: {self.bench.driver.refusals}")

    @staticmethod
    def expected(intention):
        if intention.key is not None:
            return (1,)
        return (0, 1) if intention.is_unknown else (0,)


def run(seed):
    this = Round(seed)
    try:
        this.run()
    except Exception as error:  # whatever it is, it is this round's result
        return seed, this.kills, f"{type(error).__name__}: {error}"
    return seed, this.kills, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    options = parser.parse_args()
    kills = options.kills or (1000 if options.all else 100)
    seeds = [f"{options.seed}-{number}" for number in range(-(-kills // KILLS_PER_ROUND))]
    print(f"# seed {options.seed}")
    print(f"1..{len(seeds)}", flush=True)
    failed = done = 0
    begun = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for number, (seed, n_kills, complaint) in enumerate(pool.map(run, seeds), 1):
            print(f"{'not ok' if complaint else 'ok'} {number} - round {seed}, {n_kills} kills", flush=True)
            for line in (complaint or "").splitlines():
                print(f"# {line}", flush=True)
            failed += complaint is not None
            done += n_kills
    print(f"# {done} kills, {failed} rounds failed, {time.monotonic() - begun:.0f} s")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
