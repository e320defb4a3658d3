# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that signs a person in, and the person's browser."""

import base64
import hashlib
import secrets
import urllib.parse

from customer import Customer
from portal import Client, document, exchange

REDIRECT = "http://127.0.0.1:49152/"
SCOPE = "supplier.connection-request.read supplier.connection-request.write"


def members(address):
    """The query of an address; no member comes twice."""
    pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query, strict_parsing=True)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise AssertionError(f"something comes twice: {address}")
    return found


class Browser(Customer):
    """Fills in the forms of the sign-in pages."""

    def open(self, address):
        parts = urllib.parse.urlsplit(address)
        return self.send("GET", f"{parts.path}?{parts.query}")

    def fill_in(self, page, answer, **typed):
        """Sends the form that has this button."""
        for form in page.tree.iter("form"):
            if form.find(f".//button[@value='{answer}']") is not None:
                break
        else:
            raise AssertionError(f"no button to {answer}\n{page.text}")
        fields = {one.get("name"): one.get("value") or "" for one in form.iter("input")}
        unknown = set(typed) - set(fields)
        if unknown:
            raise AssertionError(f"there are no fields {unknown}")
        fields.update(typed, answer=answer)
        return self.send("POST", form.get("action"), fields)

    def enter(self, page, user):
        """Types the password; the page that asks for consent."""
        reply = self.fill_in(page, "sign-in", email=user["email"], password=user["password"])
        if reply.status != 303:
            raise AssertionError(f"{reply.status}\n{reply.text}")
        return self.send("GET", reply.headers["Location"])


class Program:
    """One try to sign a person in: its state and PKCE's secret are its own."""

    def __init__(self, portal):
        self.portal = portal
        self.state = secrets.token_urlsafe(16)
        self.verifier = secrets.token_urlsafe(48)
        digest = hashlib.sha256(self.verifier.encode()).digest()
        self.challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        self.browser = Browser(portal.address)

    def request(self, **changes):
        """The address with which the browser begins; a member that is changed to None is left out."""
        query = {
            "response_type": "code",
            "client_id": "linkage",
            "redirect_uri": REDIRECT,
            "scope": SCOPE,
            "state": self.state,
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
            **changes,
        }
        query = {name: value for name, value in query.items() if value is not None}
        return f"{self.portal.address}/oauth/authorize?{urllib.parse.urlencode(query)}"

    def begin(self, **changes):
        return self.browser.open(self.request(**changes))

    def sign_in(self, user, **changes):
        """The whole way through the browser; the code."""
        consent = self.browser.enter(self.begin(**changes), user)
        return self.take(self.browser.fill_in(consent, "allow"))["code"]

    def take(self, reply, redirect=REDIRECT):
        """What comes back with the redirection."""
        location = reply.headers.get("Location") or ""
        if reply.status != 303 or not location.startswith(redirect + "?"):
            raise AssertionError(f"{reply.status} {location}\n{reply.text}")
        found = members(location)
        if found["iss"] != self.portal.address or found["state"] != self.state:
            raise AssertionError(f"the answer is not for this: {found}")
        return found

    def post(self, path, **form):
        body = urllib.parse.urlencode(form).encode("utf-8")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        reply = exchange(self.portal.address, "POST", path, body, headers)
        document.check("POST", path, reply)
        return reply

    def redeem(self, code, **changes):
        form = {
            "grant_type": "authorization_code",
            "client_id": "linkage",
            "code": code,
            "redirect_uri": REDIRECT,
            "code_verifier": self.verifier,
            **changes,
        }
        return self.post("/oauth/token", **form)

    def refresh(self, token, client="linkage"):
        return self.post("/oauth/token", grant_type="refresh_token", client_id=client, refresh_token=token)

    def revoke(self, token, client="linkage"):
        return self.post("/oauth/revoke", token=token, client_id=client)

    def client(self, tokens):
        return Client(self.portal, tokens["access_token"])
