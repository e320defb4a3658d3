# SPDX-License-Identifier: GPL-3.0-or-later
"""What the portal's operator does on the database of a portal that runs."""

import os
import sqlite3
import tempfile
import unittest

import tap
from customer import Customer
from portal import Portal, run


class SubcommandTestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.database = os.path.join(folder.name, "portal.db")
        self.portal = Portal("--sandbox", "--database", self.database, "--proof-of-work-max", "2000")
        self.addCleanup(self.portal.stop)
        self.admin = self.portal.admin()

    def assert_done(self, *arguments):
        done = run(*arguments, "--database", self.database)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.strip()

    def assert_failed(self, code, *arguments):
        done = run(*arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        self.assertTrue(done.stderr.strip())
        self.assertEqual(done.stdout, "")


class TestResetSearches(SubcommandTestCase):
    def test_the_account_may_search_again_and_is_told(self):
        for _ in range(5):
            self.admin.search("Larkmoor")
        _, state = self.admin.read_all()
        with self.admin.events(state) as stream:
            self.assert_done("reset-searches", "--account", self.admin.account)
            newest = stream.next()["id"]
        page = self.admin.changes(state).json
        self.assertEqual((page["new-state"], page["changed"]), (newest, []))
        self.assertEqual(page["account"]["searches"], {"limit": 5, "used": 0})
        self.assertEqual(self.admin.search("Larkmoor").status, 201)

    def test_what_it_refuses(self):
        nothing = self.database + "-other"
        self.assert_failed(1, "reset-searches", "--database", self.database, "--account", "nobody")
        self.assert_failed(1, "reset-searches", "--database", nothing, "--account", self.admin.account)
        self.assertFalse(os.path.exists(nothing))
        self.assert_failed(2, "reset-searches", "--database", self.database)
        self.assert_failed(2, "reset-searches", "--no-such-option")


class TestCustomerLink(SubcommandTestCase):
    def enter(self, *arguments):
        link = self.assert_done("customer-link", *arguments)
        self.assertTrue(link.startswith(self.portal.address + "/customer/enter?token="), link)
        customer = Customer(self.portal.address)
        self.assertEqual(customer.enter(link).status, 303)
        return customer

    def test_all_customers(self):
        self.assertEqual(set(self.enter().list().articles()), set(self.portal.requests()))

    def test_one_customer_sees_and_answers_its_own_only(self):
        own = self.admin.row_of("larkmoor-rail")["id"]
        other = self.admin.row_of("angbatsvik")["id"]
        customer = self.enter("--customer", "larkmoor-rail")
        page = customer.list()
        self.assertEqual(set(page.articles()), {own})
        form = {"csrf": page.csrf(), "answer": "approve"}
        self.assertEqual(customer.send("POST", f"/customer/requests/{other}", form).status, 404)
        self.assertEqual(self.admin.row(other)["status"], "pending")
        customer.answer(page, own, "approve")
        self.assertEqual(self.admin.row(own)["status"], "approved")

    def test_the_database_keeps_no_token(self):
        token = self.assert_done("customer-link").partition("token=")[2]
        with sqlite3.connect(self.database) as connection:
            self.assertNotIn(token, "\n".join(connection.iterdump()))
        connection.close()

    def test_what_it_refuses(self):
        self.assert_failed(1, "customer-link", "--database", self.database, "--customer", "nobody")
        self.assert_failed(1, "customer-link", "--database", self.database + "-other")
        self.assert_failed(2, "customer-link", "--database", self.database, "surplus")


class TestRevokeToken(SubcommandTestCase):
    def revoke(self, typed):
        return run("revoke-token", "--database", self.database, typed=typed)

    def test_the_token_ends_and_its_stream(self):
        with self.admin.events() as stream:
            stream.next()
            done = self.revoke(self.admin.token + "\n")
            self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))
            self.assertEqual(stream.response.read(), b"")
        self.assertEqual(self.admin.send("GET", self.admin.home).status, 401)

    def test_what_it_refuses(self):
        self.assertEqual(self.revoke("no-such-token\n").returncode, 1)
        self.assertEqual(self.revoke("\n").returncode, 2)
        self.assertEqual(self.revoke("").returncode, 2)
        self.assertEqual(self.admin.send("GET", self.admin.home).status, 200)


if __name__ == "__main__":
    tap.main()
