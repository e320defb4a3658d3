# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in for reCAPTCHA, hCaptcha and Turnstile: their script, their widget in its frame, their siteverify."""

import datetime
import http.server
import itertools
import json
import threading
import urllib.parse

TIMEOUT = 60
SITE_KEY = "site-key-of-the-test"
SECRET = "secret-of-the-test"

# provider → the form's field, the widget's class
WIDGETS = {
    "recaptcha": ("g-recaptcha-response", "g-recaptcha"),
    "hcaptcha": ("h-captcha-response", "h-captcha"),
    "turnstile": ("cf-turnstile-response", "cf-turnstile"),
}

SCRIPT = """
const widget = document.querySelector(".%(widget)s");
const frame = document.createElement("iframe");
frame.title = "Test puzzle";
frame.src = `%(address)s/frame?${new URLSearchParams({...widget.dataset})}`;
const field = document.createElement("input");
field.type = "hidden";
field.name = "%(field)s";
addEventListener("message", event => {
  if (event.origin === "%(address)s")
    field.value = event.data;
});
widget.append(frame, field);
"""

FRAME = """<!DOCTYPE html><html lang="en"><title>Test puzzle</title>
<label><input type="checkbox" id="solve"> I am not a robot</label>
<script>
document.getElementById("solve").addEventListener("change", () => {
  parent.postMessage("%(token)s", "*");
  document.title = "Solved";
});
</script>
"""


def now(seconds=0):
    time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, status, content_type, body, headers=()):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        provider = self.server.provider
        if parts.path == "/api.js":
            self.send(200, "text/javascript", provider.script().encode())
        elif parts.path == "/frame":
            told = dict(urllib.parse.parse_qsl(parts.query))
            provider.told.append(told)
            token = provider.issue(told.get("action"), told.get("cdata"))
            self.send(200, "text/html", (FRAME % {"token": token}).encode())
        else:
            self.send(404, "text/plain", b"")

    def do_POST(self):
        provider = self.server.provider
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = dict(urllib.parse.parse_qsl(body))
        provider.asked.append(form)
        provider.is_asked.set()
        reply = provider.answer(form)
        if reply is None:
            self.close_connection = True
            return
        self.send(*reply)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A portal that hangs up is none of a provider's business."""


class Provider:
    """Listens on loopback; use it in a with statement. answer may be set to lie, as may what it says of a token."""

    def __init__(self, name="recaptcha"):
        self.name = name
        self.field, self.widget = WIDGETS[name]
        self.numbers = itertools.count(1)
        self.tokens = {}
        self.told = []
        self.asked = []
        self.is_asked = threading.Event()
        self.may_answer = threading.Event()
        self.answer = self.judge
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.provider = self
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.may_answer.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(TIMEOUT)

    def script(self):
        return SCRIPT % {"widget": self.widget, "field": self.field, "address": self.address}

    def options(self, secret_file):
        """With which a portal works with this provider."""
        return (
            "--verification", self.name,
            "--verification-site-key", SITE_KEY,
            "--verification-secret-file", secret_file,
            "--verification-script", f"{self.address}/api.js",
            "--verification-siteverify", f"{self.address}/siteverify",
        )  # fmt: skip

    def issue(self, action=None, cdata=None):
        """A token as the widget gives it to who has solved the puzzle."""
        token = f"token-{next(self.numbers)}"
        self.tokens[token] = {"action": action, "cdata": cdata}
        return token

    def praise(self, form, **changes):
        """What siteverify says of a good token; a member that is changed to None is left out."""
        said = {"success": True, "challenge_ts": now(), "hostname": "127.0.0.1", "error-codes": []}
        if self.name == "turnstile":
            said.update(self.tokens.get(form["response"], {}))
        said.update(changes)
        return {name: value for name, value in said.items() if value is not None}

    def judge(self, form):
        """As the providers do: a token is good once, for who knows the secret."""
        if form.get("secret") != SECRET:
            return self.say({"success": False, "error-codes": ["invalid-input-secret"]})
        if form.get("response") not in self.tokens:
            return self.say({"success": False, "error-codes": ["invalid-input-response"]})
        reply = self.say(self.praise(form))
        del self.tokens[form["response"]]
        return reply

    def say(self, content, status=200):
        return status, "application/json", json.dumps(content).encode()

    def hold(self, form):
        """Does not answer before it may."""
        self.may_answer.wait(TIMEOUT)
        return self.judge(form)
