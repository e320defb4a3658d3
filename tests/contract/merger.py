# SPDX-License-Identifier: GPL-3.0-or-later
"""Admins who merge their accounts, and portals over a file with nothing but the rows that a case wants."""

import contextlib
import os
import sqlite3
import tempfile

from portal import Client, Portal, new_key

GOES = "Lindqvist Hydraulics"
STAYS = "Lindqvist Components"


class Merger(Client):
    """An admin who merges."""

    def merges(self):
        return self.send("GET", f"{self.home}/merges").json

    def ask(self, stays, key=None, **fields):
        return self.send("POST", f"{self.home}/merges", {"stays": stays, **fields}, key or new_key())

    def merge(self, merge):
        return self.send("GET", f"{self.home}/merges/{merge}")

    def preview(self, merge, query=""):
        return self.send("GET", f"{self.home}/merges/{merge}/preview{query}")

    def approve(self, merge, name, state, key=None):
        body = {"name": name, "state": state}
        return self.send("PUT", f"{self.home}/merges/{merge}/approve", body, key or new_key())

    def answer(self, merge, answer, key=None):
        return self.send("PUT", f"{self.home}/merges/{merge}/{answer}", None, key or new_key())

    def switch_suggestions(self, enabled):
        return self.send("PUT", f"{self.home}/merge-suggestions", {"enabled": enabled}, new_key())


class WrittenPortal(contextlib.ExitStack):
    """A sandbox with nothing but the rows that a case wants, in a file."""

    def __init__(self):
        super().__init__()
        self.path = os.path.join(self.enter_context(tempfile.TemporaryDirectory()), "portal.sqlite")
        with Portal("--sandbox", "--database", self.path):
            pass
        with contextlib.closing(sqlite3.connect(self.path)) as database, database:
            database.execute("DELETE FROM connections")
            database.execute("UPDATE accounts SET total = 0, horizon = 0")

    def write(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.path)) as database, database:
            database.execute(sql, values)

    def add_customer(self, customer):
        self.write(
            "INSERT INTO customers (id, name, folded, accepts_requests) VALUES (?1, ?1, ?1, 1)", customer
        )

    def add(self, account, customer, status, age, used=1, removed=False):
        """One row whose latest request was sent so many days ago, or none."""
        if status is None:
            return
        row = f"{account}-{customer}"
        used = 0 if status == "suggested" else used
        self.write("UPDATE portal SET position = position + 1")
        self.write("UPDATE accounts SET position = (SELECT position FROM portal) WHERE id = ?", account)
        self.write(
            "INSERT INTO connections (id, account_id, customer_id, origin, status, requests_used, was_rejected, revision, "
            "logged, expires_at, removed_at) SELECT ?1, ?2, ?3, 'suggestion', ?4, ?5, ?4 = 'rejected', position, position, "
            "iif (?4 = 'pending', unixepoch () + (30 - ?6) * 86400, NULL), iif (?7, unixepoch (), NULL) FROM portal",
            row, account, customer, status, used, age, removed,
        )
        if used > 0:
            self.write(
                "INSERT INTO attempts (connection_id, number, requested_at, expires_at, outcome, requested_by) "
                "VALUES (?1, ?2, unixepoch () - ?3 * 86400, unixepoch () + (30 - ?3) * 86400, ?4, ?5)",
                row, used, age, status, account,
            )


class Session:
    """Both admins of a portal over a file."""

    def __init__(self, portal):
        self.admin = Merger(portal, portal.admin().token)
        self.other = Merger(portal, portal.other_admin().token)

    def ask_and_look(self):
        merge = self.other.ask("theirs", **{"account-id": self.admin.account}).json["id"]
        return merge, self.admin.preview(merge, "?limit=500").json

    def merge(self):
        merge, preview = self.ask_and_look()
        reply = self.admin.approve(merge, GOES, preview["state"])
        if reply.status != 200:
            raise AssertionError(reply.text)
        return {row["customer"]["id"]: row for row in preview["rows"]}
