# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal in a file, a line on which things go wrong, and a program at its end: what the tests of faults and of sudden
ends have in common."""

import datetime
import os
import sqlite3
import subprocess
import tempfile

from driver import Driver
from portal import TIMEOUT, Portal
from proxy import Proxy

ACCOUNT = "lindqvist"


def seconds(text):
    return int(datetime.datetime.fromisoformat(text).timestamp())


def as_the_program_tells(row):
    """A row of the portal's interface in the driver's form."""
    return {
        "id": row["id"],
        "revision": row["revision"],
        "customer": row["customer"]["id"],
        "name": row["customer"]["name"],
        "status": row["status"],
        "requests-used": row["requests-used"],
        "attempts": [
            {
                "number": attempt["number"],
                "requested-at": seconds(attempt["requested-at"]),
                "outcome": attempt["outcome"],
                "contact-email": attempt["contact-email"],
                "comment": attempt["comment"],
            }
            for attempt in row["attempts"]
        ],
    }


def make_certificate(folder, name):
    """Self-signed, for loopback; returns (certificate, key)."""
    certificate, key = os.path.join(folder, f"{name}.pem"), os.path.join(folder, f"{name}-key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    command += ["-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
    return certificate, key


class Bench:
    """Use it in a with statement."""

    def __init__(self, hurry=6, certificate=None):
        self.folder = tempfile.TemporaryDirectory(prefix="linkage-test-")
        self.database = os.path.join(self.folder.name, "portal.sqlite")
        self.home = os.path.join(self.folder.name, "program")
        self.hurry = hurry
        self.certificate = certificate
        os.mkdir(self.home)
        self.portal = self.start_portal()
        self.token = self.portal.introduction["admin"]["token"]
        self.colleague = self.portal.admin()
        self.proxy = Proxy(self.portal.address, certificate)
        self.driver = None

    def start_portal(self):
        return Portal("--sandbox", "--database", self.database, "--proof-of-work-max", "2000")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.driver is not None and self.driver.is_running():
            self.driver.kill()
        self.proxy.__exit__()
        if kind is None:
            self.portal.stop()
        else:
            self.portal.kill()
        self.folder.cleanup()

    def start_driver(self):
        self.driver = Driver(self.home, self.hurry, self.certificate and self.certificate[0])
        return self.driver

    def open(self):
        """The program starts with an account that it knows."""
        self.start_driver().ask("open", self.proxy.api, ACCOUNT, self.token)
        return self.driver

    def restart_portal(self):
        """It was killed; the line leads to it again."""
        self.portal = self.start_portal()
        self.colleague.portal = self.portal
        self.proxy.set_target(self.portal.address)

    def portal_rows(self):
        rows, _ = self.colleague.read_all()
        return {key: as_the_program_tells(row) for key, row in rows.items()}

    def query(self, sql, *values):
        """Asks the portal's own file."""
        connection = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=TIMEOUT)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def count_attempts(self, customer):
        of_customer = "SELECT id FROM connections WHERE account_id = ? AND customer_id = ?"
        return self.query(f"SELECT count(*) FROM attempts WHERE connection_id IN ({of_customer})", ACCOUNT, customer)[0][0]

    def searches_used(self):
        return self.query("SELECT searches_used FROM accounts WHERE id = ?", ACCOUNT)[0][0]

    def agrees(self):
        """Whether program and portal hold the same, with nothing on its way."""
        account = self.driver.account()
        if account["state"] != "ready" or account["busy"] or self.driver.operations():
            return False
        return self.driver.rows() == self.portal_rows() and account["searches-used"] == self.searches_used()

    def wait_agreement(self):
        self.driver.wait(self.agrees, "program and portal to agree")
