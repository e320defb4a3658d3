# SPDX-License-Identifier: GPL-3.0-or-later
"""A customer's person with a plain browser: one cookie, no scripts."""

import html.parser
import http.client
import urllib.parse
import xml.etree.ElementTree

from portal import TIMEOUT

VOID = {"input", "link", "meta", "br"}


class PageParser(html.parser.HTMLParser):
    """Makes a tree of a page, and fails where an element is not closed in order."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.builder = xml.etree.ElementTree.TreeBuilder()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes something else")
        self.builder.end(tag)

    def handle_data(self, data):
        if self.open:
            self.builder.data(data)

    def tree(self, text):
        self.feed(text)
        self.close()
        if self.open:
            raise AssertionError(f"{self.open} are not closed")
        return self.builder.close()


def text_of(element):
    return " ".join("".join(element.itertext()).split())


class Page:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.text = body.decode("utf-8")
        self.tree = PageParser().tree(self.text) if self.text.startswith("<!DOCTYPE html>") else None

    @property
    def message(self):
        """What the page says about the last answer."""
        found = self.tree.find(".//*[@role='status']")
        return None if found is None else text_of(found)

    def articles(self):
        return {article.get("id").removeprefix("request-"): article for article in self.tree.iter("article")}

    def csrf(self):
        return self.tree.find(".//input[@name='csrf']").get("value")


class Customer:
    """Keeps the cookie as a browser does; redirections are followed by hand."""

    def __init__(self, address):
        self.target = urllib.parse.urlsplit(address)
        self.cookie = None

    def send(self, method, path, form=None, headers=None):
        connection = http.client.HTTPConnection(self.target.hostname, self.target.port, timeout=TIMEOUT)
        headers = dict(headers or {})
        if self.cookie:
            headers["Cookie"] = self.cookie
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form).encode("utf-8")
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        try:
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            page = Page(response, response.read())
        finally:
            connection.close()
        if "Set-Cookie" in page.headers:
            self.cookie = page.headers["Set-Cookie"].split(";")[0]
        return page

    def enter(self, link):
        parts = urllib.parse.urlsplit(link)
        return self.send("GET", f"{parts.path}?{parts.query}")

    def list(self):
        return self.send("GET", "/customer/")

    def answer(self, page, connection, answer, comment=None):
        """Fills in the form with this answer's button and sends it; the page after the redirection."""
        for form in page.articles()[connection].iter("form"):
            button = form.find(f".//button[@value='{answer}']")
            if button is not None:
                break
        else:
            raise AssertionError(f"no button to {answer}")
        fields = {one.get("name"): one.get("value") for one in form.iter("input")}
        fields[button.get("name")] = button.get("value")
        if comment is not None:
            fields[form.find(".//textarea").get("name")] = comment
        reply = self.send("POST", form.get("action"), fields)
        if reply.status != 303:
            raise AssertionError(f"{reply.status}\n{reply.text}")
        return self.send("GET", reply.headers["Location"])
