# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal over TLS, as it is needed beyond loopback."""

import contextlib
import http.client
import json
import os
import socket
import ssl
import subprocess
import tempfile
import unittest
import urllib.parse

import tap
from portal import SANDBOX, TIMEOUT, Portal, run

NAME = "portal.example"


def free_port(address):
    """A port that nobody else is likely to take before the portal does: this loopback address is the test's own."""
    with socket.socket() as one:
        one.bind((address, 0))
        return one.getsockname()[1]


class TestTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.certificate = os.path.join(folder.name, "certificate.pem")
        cls.key = os.path.join(folder.name, "key.pem")
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1", "-days", "2"]
        command += ["-keyout", cls.key, "-out", cls.certificate]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)
        cls.files = ("--tls-certificate", cls.certificate, "--tls-key", cls.key)

    def get(self, address, path, name, host=None):
        """One request to an address, with a certificate that must be the name's."""
        context = ssl.create_default_context(cafile=self.certificate)
        raw = socket.create_connection(address, TIMEOUT)
        with context.wrap_socket(raw, server_hostname=name) as secure:
            connection = http.client.HTTPConnection(*address)
            connection.sock = secure
            connection.request("GET", path, headers={"Host": host or f"{name}:{address[1]}"})
            response = connection.getresponse()
            return response, response.read()

    def test_it_speaks_tls_and_nothing_else(self):
        with Portal(*SANDBOX, *self.files) as portal:
            target = urllib.parse.urlsplit(portal.address)
            self.assertEqual(target.scheme, "https")
            address = (target.hostname, target.port)
            response, body = self.get(address, "/.well-known/linkage-portal", "127.0.0.1")
            self.assertEqual((response.status, json.loads(body)["issuer"]), (200, portal.address))
            plain = http.client.HTTPConnection(*address, timeout=TIMEOUT)
            with self.assertRaises((http.client.HTTPException, OSError)):
                plain.request("GET", "/.well-known/linkage-portal")
                plain.getresponse()
            plain.close()

    def test_those_who_agree_on_nothing_keep_nobody_out(self):
        hello = bytes.fromhex("16030100c8010000c40303") + bytes(20)  # the beginning of one
        with Portal(*SANDBOX, *self.files) as portal, contextlib.ExitStack() as stack:
            target = urllib.parse.urlsplit(portal.address)
            address = (target.hostname, target.port)
            for words in (b"", b"GET / HTTP/1.1\r\n\r\n") * 40 + (hello,) * 8:
                caller = socket.create_connection(address, TIMEOUT, ("127.0.0.2", 0))
                stack.enter_context(caller).sendall(words)
            response, _ = self.get(address, "/.well-known/linkage-portal", "127.0.0.1")
            self.assertEqual(response.status, 200)

    def test_the_customers_cookie_is_for_tls_only(self):
        with Portal(*SANDBOX, *self.files) as portal:
            target = urllib.parse.urlsplit(portal.address)
            link = urllib.parse.urlsplit(portal.introduction["customer-link"])
            path = f"{link.path}?{link.query}"
            response, _ = self.get((target.hostname, target.port), path, "127.0.0.1")
            self.assertEqual(response.status, 303)
            self.assertIn("Secure", response.headers["Set-Cookie"])

    def test_it_answers_to_its_public_name(self):
        address = ("127.0.0.2", free_port("127.0.0.2"))
        listen = ("--listen", f"{address[0]}:{address[1]}")
        with Portal(*SANDBOX, *self.files, *listen, "--public-host", f"{NAME}:8443") as portal:
            self.assertEqual(portal.address, f"https://{NAME}:8443")
            self.assertTrue(portal.introduction["customer-link"].startswith(f"https://{NAME}:8443/customer/"))
            for host, status in ((f"{NAME}:8443", 200), (f"{NAME.upper()}:8443", 200), (NAME, 400), ("other", 400)):
                with self.subTest(host):
                    response, _ = self.get(address, "/.well-known/linkage-portal", NAME, host)
                    self.assertEqual(response.status, status)

    def test_all_addresses_need_a_name(self):
        done = run(*SANDBOX, *self.files, "--listen", "0.0.0.0:0")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("--public-host", done.stderr)

    def test_files_that_are_none(self):
        for files in (("--tls-certificate", self.certificate), ("--tls-key", self.key)):
            self.assertEqual(run(*SANDBOX, *files).returncode, 2)
        done = run(*SANDBOX, "--tls-certificate", self.key, "--tls-key", self.certificate)
        self.assertEqual(done.returncode, 1, done.stderr)


if __name__ == "__main__":
    tap.main()
