# SPDX-License-Identifier: GPL-3.0-or-later
"""The program from its command line: what it refuses, how it ends, what outlives it."""

import os
import sqlite3
import tempfile
import unittest

import tap
from portal import SANDBOX, TIMEOUT, Portal, exchange, run


class TestCommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.database = os.path.join(self.folder, "portal.db")

    def assert_usage_error(self, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertTrue(done.stderr.strip())
        self.assertEqual(done.stdout, "")
        return done.stderr

    def test_unknown_options(self):
        self.assertIn("--no-such-option", self.assert_usage_error("--no-such-option"))

    def test_unknown_words(self):
        self.assert_usage_error("no-such-subcommand")

    def test_addresses_that_are_none(self):
        for address in ("", "localhost:0", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", ":"):
            with self.subTest(address):
                self.assert_usage_error(*SANDBOX, "--listen", address)

    def test_beyond_loopback_needs_tls(self):
        for address in ("0.0.0.0:0", "[::]:0", "192.0.2.1:0"):
            with self.subTest(address):
                self.assertIn("--tls-certificate", self.assert_usage_error(*SANDBOX, "--listen", address))

    def test_public_hosts_that_are_none(self):
        for host in ("", "https://portal.example", "portal.example/path", "a@portal.example", "portal.example:x", "a b"):
            with self.subTest(host):
                self.assert_usage_error(*SANDBOX, "--public-host", host)

    def test_help_and_version(self):
        for option in ("--help", "--version"):
            done = run(option)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("linkage-portal", done.stdout)
        for command in ("reset-searches", "customer-link"):
            self.assertIn(command, run("--help").stdout)
            self.assertIn("--database", run(command, "--help").stdout)

    def test_a_port_that_is_taken(self):
        with Portal() as portal:
            taken = portal.address.removeprefix("http://")
            done = run(*SANDBOX, "--listen", taken)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertTrue(done.stderr.strip())

    def test_it_ends_with_its_standard_input(self):
        with Portal() as portal:
            portal.process.stdin.close()
            self.assertEqual(portal.process.wait(TIMEOUT), 0)

    def test_it_lets_go_of_connections(self):
        with Portal() as portal:
            files = f"/proc/{portal.process.pid}/fd"
            before = len(os.listdir(files))
            for _ in range(50):
                self.assertEqual(exchange(portal.address, "GET", "/.well-known/linkage-portal").status, 200)
            self.assertLess(len(os.listdir(files)), before + 10)

    def test_it_prints_one_line(self):
        portal = Portal()
        portal.admin().read_all()
        portal.process.stdin.close()
        portal.process.wait(TIMEOUT)
        self.assertEqual(portal.process.stdout.read(), b"")
        portal.stop()

    def test_it_listens_on_loopback_over_ipv6(self):
        portal = Portal(*SANDBOX, "--listen", "[::1]:0")
        with portal:
            self.assertTrue(portal.address.startswith("http://[::1]:"))
            self.assertEqual(exchange(portal.address, "GET", "/.well-known/linkage-portal").status, 200)

    def test_what_was_answered_outlives_a_kill(self):
        arguments = ("--sandbox", "--database", self.database, "--proof-of-work-max", "2000")
        portal = Portal(*arguments)
        admin = portal.admin()
        row = admin.row_of("brueckenhof")["id"]
        key = "of-the-first-run"
        first = admin.connect(row, key)
        admin.search("Larkmoor")
        rows, state = admin.read_all()
        portal.kill()
        with Portal(*arguments) as portal:
            admin = portal.admin()
            self.assertEqual(admin.read_all(), (rows, state))
            self.assertEqual(admin.get_account()["searches"]["used"], 1)
            self.assertEqual(admin.changes(state).json["changed"], [])
            again = admin.connect(row, key)
            self.assertEqual((again.text, again.replayed), (first.text, True))

    def test_its_file_is_its_owners(self):
        with Portal("--sandbox", "--database", self.database):
            self.assertEqual(os.stat(self.database).st_mode & 0o777, 0o600)

    def test_a_database_of_a_newer_version(self):
        with Portal("--sandbox", "--database", self.database):
            pass
        with sqlite3.connect(self.database) as connection:
            connection.execute("PRAGMA user_version = 9999")
        connection.close()
        done = run("--sandbox", "--database", self.database, "--listen", "127.0.0.1:0")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("newer", done.stderr)

    def test_a_file_that_is_no_database(self):
        with open(self.database, "w", encoding="utf-8") as file:
            file.write("Dear diary, today nothing was saved in a database.\n" * 100)
        done = run("--sandbox", "--database", self.database, "--listen", "127.0.0.1:0")
        self.assertEqual(done.returncode, 1, done.stderr)
        with open(self.database, encoding="utf-8") as file:
            self.assertTrue(file.readline().startswith("Dear diary"))


if __name__ == "__main__":
    tap.main()
