# SPDX-License-Identifier: GPL-3.0-or-later
"""A portal whose people sign in elsewhere: the bundled portal behind a gateway that lets in who brings a token that is
signed by an issuer of its own, as a company would set one up."""

import base64
import hashlib
import http.client
import http.server
import json
import threading
import time
import urllib.parse

from portal import TIMEOUT, exchange

CLIENT = "linkage-test"
# RFC 8017, 9.2: what says that a SHA-256 follows.
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
HOP_HEADERS = {"connection", "host", "keep-alive", "transfer-encoding", "authorization", "content-length"}
REFUSAL = {
    "type": "https://linkage-app.github.io/problems/authentication-required",
    "title": "Sign-in is needed",
    "status": 401,
}


class BadToken(Exception):
    """It is not one that the issuer signed, or not good any more."""


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def number(text):
    return int.from_bytes(decode(text), "big")


def read_token(token, keys, issuer):
    """The claims of a JWT that is signed with RS256 (RFC 7515, 7518 3.3, 7519)."""
    try:
        head, claims, signature = token.split(".")
        header = json.loads(decode(head))
        key = next(key for key in keys if key["kid"] == header["kid"])
        if header["alg"] != "RS256" or key["kty"] != "RSA":
            raise BadToken("not RS256")
        modulus, exponent = number(key["n"]), number(key["e"])
        length = (modulus.bit_length() + 7) // 8
        digest = SHA256_PREFIX + hashlib.sha256(f"{head}.{claims}".encode("ascii")).digest()
        expected = b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
        found = pow(number(signature), exponent, modulus).to_bytes(length, "big")
        claims = json.loads(decode(claims))
    except (ValueError, KeyError, StopIteration) as problem:
        raise BadToken("no token") from problem
    if found != expected:
        raise BadToken("not signed by the issuer")
    if claims["iss"] != issuer or not claims["nbf"] <= time.time() < claims["exp"]:
        raise BadToken("of another issuer, or of another time")
    return claims


class Gateway:
    """Use it in a with statement."""

    def __init__(self, portal, issuer):
        self.portal = portal
        self.issuer = issuer
        self.token = portal.introduction["admin"]["token"]
        self.keys = exchange(issuer, "GET", "/jwks").json["keys"]
        self.has_accounts = True
        self.ended = set()
        self.seen = []
        self.lock = threading.Lock()
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                gateway.answer(self)

            do_POST = do_PUT = do_GET

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(TIMEOUT)

    def end_tokens(self):
        """Takes none any more that was brought so far."""
        with self.lock:
            self.ended.update(self.seen)

    def tokens(self):
        """Those that were good, in the order in which they came."""
        with self.lock:
            return list(dict.fromkeys(self.seen))

    def check(self, handler):
        scheme, _, token = handler.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer":
            raise BadToken("none")
        read_token(token, self.keys, self.issuer)
        with self.lock:
            if token in self.ended:
                raise BadToken("ended")
            self.seen.append(token)

    def answer(self, handler):
        if handler.path == "/.well-known/linkage-portal":
            document = exchange(self.portal.address, "GET", handler.path).json
            document.update(issuer=self.issuer, api=f"{self.address}/api/v1", sandbox=False)
            document["client-id"] = CLIENT
            self.say(handler, 200, "application/json", document)
            return
        try:
            self.check(handler)
        except BadToken:
            self.say(handler, 401, "application/problem+json", REFUSAL)
            return
        if handler.path.endswith("/accounts") and not self.has_accounts:
            self.say(handler, 200, "application/json", [])
        else:
            self.pass_on(handler)

    @staticmethod
    def say(handler, status, content_type, value):
        body = json.dumps(value).encode("utf-8")
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def pass_on(self, handler):
        """To the portal and back, piece by piece: events come when they come."""
        target = urllib.parse.urlsplit(self.portal.address)
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in HOP_HEADERS}
        headers["Authorization"] = f"Bearer {self.token}"
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=TIMEOUT)
        try:
            connection.request(handler.command, handler.path, body=body or None, headers=headers)
            reply = connection.getresponse()
            handler.send_response_only(reply.status)
            for name, value in reply.headers.items():
                if name.lower() not in HOP_HEADERS:
                    handler.send_header(name, value)
            handler.end_headers()
            while piece := reply.read1():
                handler.wfile.write(piece)
                handler.wfile.flush()
        except (OSError, http.client.HTTPException):
            # One of them is gone.
            pass
        finally:
            connection.close()
