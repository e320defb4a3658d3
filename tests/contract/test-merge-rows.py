# SPDX-License-Identifier: GPL-3.0-or-later
"""What a merge makes of every pair of rows, and that it is done whole or not at all."""

import contextlib
import http.client
import os
import re
import sqlite3
import threading
import unittest

import tap
from merger import GOES, Session, WrittenPortal
from portal import DAY, Portal

STATUSES = [None, "suggested", "pending", "approved", "expired", "rejected"]
FATES = {"S": "stays", "O": "comes-over", "C": "consolidated", "R": "removed"}


def read_domain_table():
    """The 6 × 6 table that the domain's own test has: rows are of the account that stays."""
    with open(os.environ["LINKAGE_MERGE_TABLE"], encoding="utf-8") as file:
        lines = re.findall(r"/\* (\w+) +\*/ \{ (.*) \},", file.read())
    return {
        (None if name == "absent" else name): re.findall(r'"(\w+)"', cells)
        for name, cells in lines
        if name in {"absent", *STATUSES[1:]}
    }


class TestTable(unittest.TestCase):
    maxDiff = None

    def test_every_pair(self):
        table = read_domain_table()
        self.assertEqual([len(cells) for cells in table.values()], [6] * 6)
        with WrittenPortal() as written:
            for a in STATUSES:
                for b in STATUSES:
                    customer = f"{a}-{b}".lower()
                    written.add_customer(customer)
                    written.add("lindqvist", customer, a, 10 if a == "pending" else 40)
                    written.add("lindqvist-hydraulics", customer, b, 10 if b == "pending" else 40)
            with Portal("--sandbox", "--database", written.path) as portal:
                session = Session(portal)
                shown = session.merge()
                rows = {row["customer"]["id"]: row for row in session.admin.read_all()[0].values()}
        for a in STATUSES:
            for b, expected in zip(STATUSES, table[a]):
                customer = f"{a}-{b}".lower()
                with self.subTest(customer):
                    self.check(customer, a, b, expected, shown.get(customer), rows.get(customer))

    def check(self, customer, a, b, expected, shown, row):
        if a is None and b is None:
            self.assertEqual((shown, row), (None, None))
            return
        fate = FATES[expected[0]]
        survivor = b if expected.endswith("b") else a
        self.assertEqual((shown["fate"], shown["status"]), (fate, survivor))
        self.assertEqual((shown["status-staying"], shown["status-going"]), (a, b))
        self.assertEqual(shown["was-rejected"], "rejected" in (a, b))
        if fate == "removed":
            self.assertIsNone(row)
            return
        self.assertEqual((row["status"], row["was-rejected"]), (survivor, "rejected" in (a, b)))
        self.assertEqual(row["id"], f"lindqvist{'-hydraulics' if a is None else ''}-{customer}")
        by = "lindqvist-hydraulics" if expected.endswith("b") else "lindqvist"
        self.assertEqual([one["requested-by"] for one in row["attempts"]], [] if survivor == "suggested" else [by])

    def test_of_two_pending_the_one_that_expires_first(self):
        with WrittenPortal() as written:
            ages = {"theirs-first": (5, 20), "ours-first": (20, 5), "at-once": (9, 9)}
            for customer, (ours, theirs) in ages.items():
                written.add_customer(customer)
                written.add("lindqvist", customer, "pending", ours, used=3)
                written.add("lindqvist-hydraulics", customer, "pending", theirs, used=1)
            with Portal("--sandbox", "--database", written.path) as portal:
                session = Session(portal)
                session.merge()
                rows = {row["customer"]["id"]: row for row in session.admin.read_all()[0].values()}
                by = {customer: [one["requested-by"] for one in row["attempts"]] for customer, row in rows.items()}
                self.assertEqual(
                    by,
                    {"theirs-first": ["lindqvist-hydraulics"], "ours-first": ["lindqvist"], "at-once": ["lindqvist"]},
                )
                self.assertEqual({row["requests-used"] for row in rows.values()}, {3})
                session.admin.advance(11 * DAY)
                rows = {row["customer"]["id"]: row["status"] for row in session.admin.read_all()[0].values()}
                self.assertEqual(rows, {"theirs-first": "expired", "ours-first": "expired", "at-once": "pending"})

    def test_rows_that_were_removed_before(self):
        """What an earlier merge removed is remembered, and a customer with a history is not suggested."""
        with WrittenPortal() as written:
            cases = {
                "suggested": ("suggested", None, "removed"),
                "pending": ("pending", "pending", "comes-over"),
                "approved": ("approved", "approved", "comes-over"),
            }
            for customer, (status, _, _) in cases.items():
                written.add_customer(customer)
                written.add("lindqvist", customer, "expired", 90, used=3, removed=True)
                written.add("lindqvist-hydraulics", customer, status, 10)
            written.write("UPDATE accounts SET total = 0 WHERE id = 'lindqvist'")
            with Portal("--sandbox", "--database", written.path) as portal:
                session = Session(portal)
                shown = session.merge()
                rows = {row["customer"]["id"]: row for row in session.admin.read_all()[0].values()}
                self.assertEqual(session.admin.changes().json["total"], 2)
            for customer, (_, after, fate) in cases.items():
                with self.subTest(customer):
                    self.assertEqual((shown[customer]["fate"], shown[customer]["requests-used"]), (fate, 3))
                    row = rows.get(customer, {"status": None, "id": f"lindqvist-{customer}", "requests-used": 3})
                    self.assertEqual(
                        (row["status"], row["id"], row["requests-used"]), (after, f"lindqvist-{customer}", 3)
                    )


class TestKill(unittest.TestCase):
    """The process is killed while it merges."""

    N_ROWS = 400

    def prepare(self):
        written = WrittenPortal()
        with contextlib.closing(sqlite3.connect(written.path)) as database, database:
            names = [f"customer-{i:04}" for i in range(self.N_ROWS)]
            database.executemany("INSERT INTO customers (id, name, folded) VALUES (?1, ?1, ?1)", [(one,) for one in names])
            for account, status in (("lindqvist", "suggested"), ("lindqvist-hydraulics", "approved")):
                database.executemany(
                    "INSERT INTO connections (id, account_id, customer_id, origin, status, revision, logged) "
                    "VALUES (?1, ?2, ?3, 'suggestion', ?4, ?5, ?5)",
                    [(f"{account}-{one}", account, one, status, i + 10000) for i, one in enumerate(names)],
                )
                database.execute("UPDATE accounts SET position = 20000 WHERE id = ?", (account,))
            database.execute("UPDATE portal SET position = 20000")
        return written

    def test_all_or_nothing(self):
        seen = set()
        for delay in (0, 0.01, 0.02, 0.04, 0.08, 30):
            with self.prepare() as written:
                seen.add(self.kill_after(written, delay))
        self.assertIn("all", seen)

    def kill_after(self, written, delay):
        portal = Portal("--sandbox", "--database", written.path)
        session = Session(portal)
        merge, preview = session.ask_and_look()
        approval = threading.Thread(target=self.approve, args=(session, merge, preview["state"]))
        approval.start()
        approval.join(delay)
        portal.kill()
        approval.join(30)

        with Portal("--sandbox", "--database", written.path) as again:
            session = Session(again)
            statuses = {row["status"] for row in session.admin.read_all()[0].values()}
            status = session.admin.merge(merge).json["status"]
            others = session.other.send("GET", "/api/v1/accounts").json
            total = session.admin.changes().json["total"]
        outcome = (statuses, status, [one["id"] for one in others], total)
        expected = {
            "all": ({"approved"}, "merged", ["lindqvist"], self.N_ROWS),
            "nothing": ({"suggested"}, "open", ["lindqvist-hydraulics"], self.N_ROWS),
        }
        self.assertIn(outcome, list(expected.values()))
        return next(name for name, one in expected.items() if one == outcome)

    def approve(self, session, merge, state):
        with contextlib.suppress(OSError, http.client.HTTPException):
            session.admin.approve(merge, GOES, state)


if __name__ == "__main__":
    tap.main()
