# SPDX-License-Identifier: GPL-3.0-or-later
"""Human verification in a browser: the way of a person, and everything that does not count."""

import contextlib
import http.client
import os
import tempfile
import unittest
import urllib.parse
from unittest import mock

import tap
from chromium import Chromium, wait
from customer import Customer, text_of
from portal import DAY, SANDBOX, TIMEOUT, Portal, PortalTestCase, exchange, run
from provider import SECRET, SITE_KEY, WIDGETS, Provider, now
from selenium.webdriver.common.by import By

CUSTOMER = "larkmoor-foods"
MINUTE = 60


class Person(Customer):
    """Somebody with a browser on the page of a challenge session."""

    def open(self, address):
        """The page after the redirection, or what came in its place."""
        parts = urllib.parse.urlsplit(address)
        reply = self.send("GET", f"{parts.path}?{parts.query}")
        return self.send("GET", reply.headers["Location"]) if reply.status == 303 else reply

    def solve(self, page, token, field, **changes):
        """Sends the form with a token; a member that is changed to None is left out."""
        form = page.tree.find(".//form")
        fields = {one.get("name"): one.get("value") for one in form.iter("input")}
        fields.update({field: token}, **changes)
        fields = {name: value for name, value in fields.items() if value is not None}
        reply = self.send("POST", form.get("action"), fields)
        return self.send("GET", reply.headers["Location"]) if reply.status == 303 else reply


class VerificationTestCase(PortalTestCase):
    provider_name = "recaptcha"

    def setUp(self):
        self.provider = Provider(self.provider_name)
        self.addCleanup(self.provider.stop)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.secret_file = os.path.join(self.folder, "secret")
        with open(self.secret_file, "w", encoding="utf-8") as file:
            file.write(f"{SECRET}\n")
        self.start()
        self.addCleanup(lambda: self.portal.stop())
        self.find()

    def start(self):
        self.portal = Portal(*SANDBOX, *self.provider.options(self.secret_file))
        self.admin = self.portal.admin()

    def begin(self, action="request", customer=CUSTOMER):
        """A challenge session, a person, and the page that the person sees."""
        challenge = self.admin.challenge(action, customer)
        person = Person(self.portal.address)
        return challenge, person, person.open(challenge["page"])

    def token_for(self, challenge):
        return self.provider.issue(challenge["action"], challenge["id"])

    def solve(self, challenge, person, page, token=None, **changes):
        return person.solve(page, token or self.token_for(challenge), self.provider.field, **changes)

    def passed(self, action="request", customer=CUSTOMER):
        challenge, person, page = self.begin(action, customer)
        self.assertEqual(self.solve(challenge, person, page).status, 200)
        self.assertEqual(self.status_of(challenge), "passed")
        return challenge["id"]

    def status_of(self, challenge):
        return self.admin.send("GET", f"{self.admin.home}/challenges/{challenge['id']}").json["status"]

    def title_of(self, page):
        return text_of(page.tree.find(".//h1"))

    def alert_of(self, page):
        """What the page says went wrong, first of all in its title."""
        alerts = [one for one in page.tree.iter("p") if one.get("role") == "alert"]
        told = [text_of(one) for one in alerts if "JavaScript" not in text_of(one)]
        self.assertEqual(len(told), 1, page.text)
        self.assertEqual(text_of(page.tree.find("./head/title")), told[0])
        return told[0]

    def nothing_passes(self, attempt, status, challenge, said):
        """attempt () gives a page that says something about it, and changes nothing."""
        before = self.snapshot()
        stood = self.status_of(challenge)
        page = attempt()
        self.assertEqual(page.status, status, page.text)
        self.assertIn(said, text_of(page.tree))
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(self.status_of(challenge), stood)
        return page


class TestWay(unittest.TestCase):
    """The same for each provider."""

    def for_each(self, check):
        for name in WIDGETS:
            with self.subTest(name), contextlib.ExitStack() as stack:
                case = VerificationTestCase()
                case.provider_name = name
                stack.callback(case.doCleanups)
                case.setUp()
                check(case)

    def test_from_the_session_to_the_request(self):
        self.for_each(self.check_way)

    def check_way(self, case):
        found = exchange(case.portal.address, "GET", "/.well-known/linkage-portal").json
        self.assertEqual(found["challenge-providers"], [case.provider.name])
        challenge, person, page = case.begin()
        self.assertEqual((challenge["provider"], challenge["status"]), (case.provider.name, "pending"))
        self.assertIsNone(challenge["proof-of-work"])
        self.assertGreater(challenge["interval"], 0)

        done = case.solve(challenge, person, page)
        self.assertEqual(done.status, 200)
        self.assertIn("You can close this page and go back to Linkage.", text_of(done.tree))
        self.assertNotIn("script", done.text)
        (asked,) = case.provider.asked
        self.assertEqual((asked["secret"], asked["response"]), (SECRET, "token-1"))
        self.assertEqual(asked.get("sitekey"), SITE_KEY if case.provider.name == "hcaptcha" else None)

        self.assertEqual(case.status_of(challenge), "passed")
        reply = case.admin.request(CUSTOMER, challenge=challenge["id"])
        self.assertEqual(reply.status, 201, reply.text)
        self.assertEqual(case.status_of(challenge), "used")

    def test_the_page_and_its_policy(self):
        self.for_each(self.check_page)

    def check_page(self, case):
        challenge, _, page = case.begin()
        self.assertTrue(page.tree.get("lang"))
        self.assertTrue(text_of(page.tree.find("./head/title")))
        self.assertIn("Larkmoor Foods", text_of(page.tree))
        widget = page.tree.find(f".//div[@class='{case.provider.widget}']")
        self.assertEqual(widget.get("data-sitekey"), SITE_KEY)
        bound = (widget.get("data-action"), widget.get("data-cdata"))
        self.assertEqual(bound, ("request", challenge["id"]) if case.provider.name == "turnstile" else (None, None))
        self.assertIn("JavaScript", text_of(page.tree.find(".//noscript")))
        self.assertNotIn(SECRET, page.text)

        (script,) = page.tree.iter("script")
        self.assertEqual((script.get("src"), text_of(script)), (f"{case.provider.address}/api.js", ""))
        policy = {one.split()[0]: one.split()[1:] for one in page.headers["Content-Security-Policy"].split(";")}
        self.assertEqual(
            policy,
            {
                "default-src": ["'none'"],
                "script-src": [f"'nonce-{script.get('nonce')}'", case.provider.address],
                "frame-src": [case.provider.address],
                "style-src": ["'self'"],
                "form-action": ["'self'"],
                "base-uri": ["'none'"],
                "frame-ancestors": ["'none'"],
            },
        )
        self.assertEqual(page.headers["Referrer-Policy"], "strict-origin")
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_the_providers_own_addresses(self):
        expected = {
            "recaptcha": ("https://www.google.com/recaptcha/api.js", "https://www.gstatic.com/recaptcha/"),
            "hcaptcha": ("https://js.hcaptcha.com/1/api.js", "https://*.hcaptcha.com"),
            "turnstile": ("https://challenges.cloudflare.com/turnstile/v0/api.js", "https://challenges.cloudflare.com"),
        }
        for name, (address, source) in expected.items():
            options = ("--verification", name, "--verification-site-key", SITE_KEY)
            with self.subTest(name), mock.patch.dict(os.environ, LINKAGE_VERIFICATION_SECRET=SECRET):
                with Portal(*SANDBOX, *options) as portal:
                    admin = portal.admin()
                    admin.search("Larkmoor")
                    page = Person(portal.address).open(admin.challenge("request", CUSTOMER)["page"])
                    self.assertEqual(page.tree.find(".//script").get("src"), address)
                    self.assertIn(source, page.headers["Content-Security-Policy"])


class TestSession(VerificationTestCase):
    def test_it_is_for_one_action_and_one_customer(self):
        passed = self.passed()
        self.refuses("challenge-mismatch", lambda: self.admin.request("larkmoor-bakeries", challenge=passed))
        other = self.passed("resend")
        self.refuses("challenge-mismatch", lambda: self.admin.request(CUSTOMER, challenge=other))
        self.assertEqual(self.admin.request(CUSTOMER, challenge=passed).status, 201)

    def test_it_works_once(self):
        challenge, person, page = self.begin("resend", "larkmoor-textiles")
        self.solve(challenge, person, page)
        body = {"contact-email": "a@lindqvist.example", "confirmed": True}
        row = self.admin.row_of("larkmoor-textiles")["id"]
        self.assertEqual(self.admin.resend(row, body, challenge=challenge["id"]).status, 200)
        self.nothing_passes(lambda: person.send("GET", f"/challenges/{challenge['id']}"), 403, challenge, "has done its")
        again = lambda: self.solve(challenge, person, page)
        self.nothing_passes(again, 403, challenge, "has done its work")
        self.assertEqual(len(self.provider.asked), 1)
        self.admin.advance(31 * DAY)
        self.admin.read_all()
        self.refuses("challenge-required", lambda: self.admin.resend(row, body, challenge=challenge["id"]))

    def test_it_runs_out_before_it_is_passed(self):
        challenge, person, page = self.begin()
        self.admin.advance(10 * MINUTE)
        self.nothing_passes(lambda: self.solve(challenge, person, page), 403, challenge, "It took too long")
        self.assertEqual((self.status_of(challenge), self.provider.asked), ("expired", []))
        late = Person(self.portal.address)
        challenge = self.admin.challenge("request", CUSTOMER)
        self.admin.advance(10 * MINUTE)
        self.assertEqual(late.open(challenge["page"]).status, 403)

    def test_it_lasts_two_minutes_once_it_is_passed(self):
        passed = self.passed()
        self.admin.advance(2 * MINUTE)
        self.refuses("challenge-expired", lambda: self.admin.request(CUSTOMER, challenge=passed))

    def test_it_is_passed_at_the_last_moment(self):
        challenge, person, page = self.begin()
        self.admin.advance(9 * MINUTE + 30)
        self.solve(challenge, person, page)
        self.admin.advance(MINUTE)
        self.assertEqual(self.admin.request(CUSTOMER, challenge=challenge["id"]).status, 201)

    def test_no_proof_of_work_opens_it(self):
        challenge = self.admin.challenge("request", CUSTOMER)
        self.refuses("challenge-failed", lambda: self.admin.solution(challenge["id"], "e30="))
        self.assertEqual(self.status_of(challenge), "pending")

    def test_a_reset_forgets_it(self):
        challenge, person, page = self.begin()
        self.admin.reset()
        self.assertEqual(self.solve(challenge, person, page).status, 404)


class TestOtherPeople(VerificationTestCase):
    def start(self):
        self.database = os.path.join(self.folder, "portal.db")
        self.portal = Portal("--sandbox", "--database", self.database, *self.provider.options(self.secret_file))
        self.admin = self.portal.admin()

    def test_a_session_of_somebody_else(self):
        email = self.portal.introduction["user"]["email"]
        arguments = ("--email", email, "--account", self.admin.account, "--role", "admin")
        done = run("user", "role", *arguments, "--database", self.database)
        self.assertEqual(done.returncode, 0, done.stderr)
        other = self.portal.user()
        passed = self.passed()
        self.refuses("challenge-mismatch", lambda: other.request(CUSTOMER, challenge=passed))
        self.assertEqual(other.send("GET", f"{other.home}/challenges/{passed}").status, 404)
        self.assertEqual(self.admin.request(CUSTOMER, challenge=passed).status, 201)

    def test_the_database_holds_no_secret(self):
        challenge, person, page = self.begin()
        token = self.token_for(challenge)
        self.solve(challenge, person, page, token)
        address = challenge["page"].partition("=")[2]
        for suffix in ("", "-wal"):
            with open(self.database + suffix, "rb") as file:
                content = file.read()
            for secret in (SECRET, token, address, person.cookie.partition("=")[2]):
                self.assertNotIn(secret.encode(), content)

    def test_a_restart_loses_no_session(self):
        passed = self.passed()
        self.portal.stop()
        self.start()
        self.assertEqual(self.admin.request(CUSTOMER, challenge=passed).status, 201)


class TestPage(VerificationTestCase):
    def test_it_opens_once(self):
        challenge, person, page = self.begin()
        stranger = Person(self.portal.address)
        self.nothing_passes(lambda: stranger.open(challenge["page"]), 403, challenge, "opened in another browser")
        self.assertIsNone(stranger.cookie)
        self.assertEqual(self.title_of(person.open(challenge["page"])), self.title_of(page))
        self.assertEqual(self.solve(challenge, person, page).status, 200)

    def test_two_in_one_browser(self):
        first, second = (self.admin.challenge("request", one) for one in (CUSTOMER, "larkmoor-bakeries"))
        cookies = [Person(self.portal.address).send("GET", one["page"][len(self.portal.address) :]).headers["Set-Cookie"]
                   for one in (first, second)]  # fmt: skip
        for challenge, cookie in zip((first, second), cookies):
            flags = {part.strip() for part in cookie.split(";")[1:]}
            self.assertLessEqual({"HttpOnly", "SameSite=Strict", f"Path=/challenges/{challenge['id']}"}, flags)

    def test_addresses_that_are_none(self):
        challenge = self.admin.challenge("request", CUSTOMER)
        page = f"/challenges/{challenge['id']}"
        person = Person(self.portal.address)
        for path, status in (
            (f"{page}?token=guessed", 404),
            (f"{page}?token=", 404),
            (f"/challenges/{'x' * 16}?token={challenge['page'].partition('=')[2]}", 404),
            ("/challenges/", 404),
            (f"{page}/more", 404),
            (page, 403),
        ):
            with self.subTest(path):
                self.assertEqual(person.send("GET", path).status, status)
                self.assertIsNone(person.cookie)
        for method in ("PUT", "DELETE"):
            reply = person.send(method, page)
            self.assertEqual((reply.status, reply.headers["Allow"]), (405, "GET, POST"))
        self.assertEqual(person.open(challenge["page"]).status, 200)

    def test_forms_of_other_sites(self):
        challenge, person, page = self.begin()
        _, stranger, foreign = self.begin()
        token = self.token_for(challenge)
        said = "did not come from this page"
        for csrf in (None, "", "guessed", foreign.csrf()):
            with self.subTest(csrf=csrf):
                attempt = lambda: self.solve(challenge, person, page, token, csrf=csrf)
                self.nothing_passes(attempt, 403, challenge, said)
        path = f"/challenges/{challenge['id']}"
        form = {"csrf": page.csrf(), self.provider.field: token}
        for attempt in (
            lambda: stranger.send("POST", path, form),
            lambda: Person(self.portal.address).send("POST", path, form),
            lambda: Person(self.portal.address).send("POST", challenge["page"][len(self.portal.address) :], form),
        ):
            self.nothing_passes(attempt, 403, challenge, "opens from Linkage")
        plain = {"Content-Type": "text/plain"}
        self.nothing_passes(lambda: person.send("POST", path, form, plain), 403, challenge, said)
        self.assertEqual(self.provider.asked, [])
        self.assertEqual(self.solve(challenge, person, page, token).status, 200)

    def test_nothing_was_solved(self):
        challenge, person, page = self.begin()
        for token in ("", None, "x" * 8193):
            with self.subTest(str(token)[:2]):
                attempt = lambda: person.solve(page, token, self.provider.field)
                reply = self.nothing_passes(attempt, 422, challenge, "Solve the puzzle first")
                self.alert_of(reply)
        self.assertEqual(self.provider.asked, [])

    def test_a_token_counts_once(self):
        challenge, person, page = self.begin()
        token = self.token_for(challenge)
        self.solve(challenge, person, page, token)
        challenge, person, page = self.begin()
        self.provider.answer = lambda form: self.provider.say(self.provider.praise(form))
        attempt = lambda: self.solve(challenge, person, page, token)
        self.alert_of(self.nothing_passes(attempt, 422, challenge, "was sent before"))
        self.assertEqual(len(self.provider.asked), 1)


class TestSiteverify(VerificationTestCase):
    """Whatever is not clearly good is not passed, and can be tried again."""

    def fails(self, answer, status, said):
        challenge, person, page = self.begin()
        self.provider.answer = answer
        page = self.nothing_passes(lambda: self.solve(challenge, person, page), status, challenge, said)
        self.assertIn(said, self.alert_of(page))
        self.provider.answer = self.provider.judge
        self.assertEqual(self.solve(challenge, person, page).status, 200)
        self.assertEqual(self.status_of(challenge), "passed")

    def test_what_it_may_say_of_a_token(self):
        provider = self.provider
        for changes, status, said in (
            ({"success": False}, 422, "was not accepted"),
            ({"success": False, "error-codes": ["invalid-input-response", 1, None]}, 422, "was not accepted"),
            ({"success": False, "error-codes": "timeout-or-duplicate"}, 422, "was not accepted"),
            ({"success": False, "error-codes": ["timeout-or-duplicate"]}, 422, "too long ago"),
            ({"success": False, "error-codes": ["invalid-input-secret"]}, 500, "Tell its operator"),
            ({"success": False, "error-codes": ["internal-error"]}, 504, "did not answer"),
            ({"success": None}, 502, "does not understand"),
            ({"success": "true"}, 502, "does not understand"),
            ({"success": 1}, 502, "does not understand"),
            ({"hostname": "attacker.example"}, 422, "on another site"),
            ({"hostname": "127.0.0.1.attacker.example"}, 422, "on another site"),
            ({"hostname": None}, 422, "on another site"),
            ({"hostname": ["127.0.0.1"]}, 422, "on another site"),
            ({"challenge_ts": now(-121)}, 422, "too long ago"),
            ({"challenge_ts": now(3600)}, 422, "too long ago"),
            ({"challenge_ts": "yesterday"}, 502, "does not understand"),
            ({"challenge_ts": 1}, 502, "does not understand"),
        ):
            with self.subTest(str(changes)):
                self.fails(lambda form, changes=changes: provider.say(provider.praise(form, **changes)), status, said)

    def test_answers_that_are_none(self):
        provider = self.provider
        good = lambda form: provider.say(provider.praise(form))
        for name, answer, status, said in (
            ("error", lambda form: provider.say(provider.praise(form), 500), 502, "does not understand"),
            ("no content", lambda form: (204, "text/plain", b""), 502, "does not understand"),
            ("no JSON", lambda form: (200, "text/html", b"<html>\xff"), 502, "does not understand"),
            ("half of it", lambda form: (200, "application/json", good(form)[2][:-2]), 502, "does not understand"),
            ("no object", lambda form: provider.say([True]), 502, "does not understand"),
            ("nothing", lambda form: (200, "application/json", b""), 502, "does not understand"),
            ("much", lambda form: (200, "application/json", good(form)[2] + b" " * 2**20), 502, "does not understand"),
            ("hangs up", lambda form: None, 504, "did not answer"),
        ):
            with self.subTest(name):
                self.fails(answer, status, said)

    def test_the_secret_follows_nobody(self):
        with Provider() as other:
            location = [("Location", f"{other.address}/siteverify")]
            self.fails(lambda form: (307, "text/plain", b"", location), 502, "does not understand")
            self.assertEqual(other.asked, [])

    def test_it_does_not_say_when(self):
        challenge, person, page = self.begin()
        self.provider.answer = lambda form: self.provider.say(self.provider.praise(form, challenge_ts=None))
        self.assertEqual(self.solve(challenge, person, page).status, 200)

    def test_it_cannot_be_reached(self):
        challenge, person, page = self.begin()
        token = self.token_for(challenge)
        self.provider.stop()
        self.nothing_passes(lambda: self.solve(challenge, person, page, token), 504, challenge, "did not answer")

    def send_form(self, challenge, person, page):
        """A form whose answer nobody waits for yet."""
        target = urllib.parse.urlsplit(self.portal.address)
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=TIMEOUT)
        self.addCleanup(connection.close)
        form = urllib.parse.urlencode({"csrf": page.csrf(), self.provider.field: self.token_for(challenge)})
        headers = {"Cookie": person.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", f"/challenges/{challenge['id']}", form, headers)
        self.assertTrue(self.provider.is_asked.wait(TIMEOUT))
        return connection

    def test_it_never_answers_and_the_portal_serves_others(self):
        challenge, person, page = self.begin()
        self.provider.answer = self.provider.hold
        before = self.snapshot()
        connection = self.send_form(challenge, person, page)
        self.assertEqual(self.snapshot(), before)
        self.assertEqual(person.send("GET", f"/challenges/{challenge['id']}").status, 200)
        response = connection.getresponse()
        self.assertEqual(response.status, 504)
        self.assertIn("did not answer", response.read().decode())
        self.assertEqual(self.status_of(challenge), "pending")

    def test_the_browser_goes_away_meanwhile(self):
        challenge, person, page = self.begin()
        self.provider.answer = self.provider.hold
        self.send_form(challenge, person, page).close()
        self.provider.may_answer.set()
        self.provider.answer = self.provider.judge
        _, other, page = self.begin()
        self.assertEqual(other.send("GET", page.tree.find(".//form").get("action")).status, 200)

    def test_the_portal_ends_meanwhile(self):
        challenge, person, page = self.begin()
        self.provider.answer = self.provider.hold
        self.send_form(challenge, person, page)
        self.portal.stop()
        self.start()

    def test_the_session_runs_out_meanwhile(self):
        challenge, person, page = self.begin()
        self.provider.answer = self.provider.hold
        connection = self.send_form(challenge, person, page)
        self.admin.advance(10 * MINUTE)
        self.provider.may_answer.set()
        self.assertEqual(connection.getresponse().status, 303)
        self.assertEqual(self.status_of(challenge), "expired")
        self.assertIn("It took too long", text_of(person.send("GET", f"/challenges/{challenge['id']}").tree))


class TestBoundTokens(VerificationTestCase):
    """Turnstile says for what a puzzle was solved."""

    provider_name = "turnstile"

    def test_for_something_else(self):
        for changes in ({"action": "resend"}, {"cdata": "another"}, {"action": None}, {"cdata": None}):
            with self.subTest(str(changes)):
                challenge, person, page = self.begin()
                token = self.token_for(challenge)
                self.provider.tokens[token].update(changes)
                attempt = lambda: self.solve(challenge, person, page, token)
                self.alert_of(self.nothing_passes(attempt, 422, challenge, "for something else"))


class TestChromium(VerificationTestCase):
    def test_a_widget_in_its_frame(self):
        with Chromium() as driver:
            for name in WIDGETS:
                with self.subTest(name), contextlib.ExitStack() as stack:
                    case = VerificationTestCase()
                    case.provider_name = name
                    stack.callback(case.doCleanups)
                    case.setUp()
                    self.pass_in(driver, case)

    def pass_in(self, driver, case):
        challenge = case.admin.challenge("request", CUSTOMER)
        driver.get(challenge["page"])
        self.assertNotIn("token", driver.current_url)
        self.press_continue(driver)
        self.assertIn("Solve the puzzle first", self.alert(driver).text)
        self.assertFalse(self.runs_foreign_script(driver))

        frame = wait(driver, lambda driver: driver.find_element(By.TAG_NAME, "iframe"))
        driver.switch_to.frame(frame)
        wait(driver, lambda driver: driver.find_element(By.ID, "solve")).click()
        wait(driver, lambda driver: driver.execute_script("return document.title") == "Solved")
        driver.switch_to.default_content()
        wait(driver, lambda driver: driver.find_element(By.NAME, case.provider.field).get_attribute("value"))
        self.press_continue(driver)
        wait(driver, lambda driver: "You can close this page" in driver.page_source)
        self.assertEqual(case.status_of(challenge), "passed")
        driver.get(challenge["page"])
        self.assertIn("You can close this page", driver.page_source)

    def press_continue(self, driver):
        driver.find_element(By.TAG_NAME, "button").click()

    def alert(self, driver):
        return wait(driver, lambda driver: driver.find_element(By.CSS_SELECTOR, "main > [role=alert]"))

    def runs_foreign_script(self, driver):
        """Whether the page would run what somebody has smuggled in."""
        driver.execute_script(
            "const script = document.createElement ('script'); script.textContent = 'document.title = \"owned\"';"
            "document.body.append (script);"
        )
        return driver.title == "owned"

    def test_without_scripts(self):
        with Chromium(has_scripts=False) as driver:
            driver.get(self.admin.challenge("request", CUSTOMER)["page"])
            notice = wait(driver, lambda driver: driver.find_element(By.CSS_SELECTOR, "[role=alert]"))
            self.assertIn("This page needs JavaScript", notice.text)


class TestCommandLine(VerificationTestCase):
    def refused(self, *arguments):
        done = run(*SANDBOX, *arguments)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stdout, "")
        self.assertNotIn(SECRET, done.stderr)
        return done.stderr

    def test_what_it_refuses(self):
        key = ("--verification-site-key", SITE_KEY)
        secret = ("--verification-secret-file", self.secret_file)
        empty = os.path.join(self.folder, "empty")
        with open(empty, "w", encoding="utf-8") as file:
            file.write("\n")
        for arguments, said in (
            (("--verification", "friendly", *key, *secret), "friendly"),
            (("--verification", "recaptcha", *secret), "--verification-site-key"),
            (("--verification", "recaptcha", "--verification-site-key", "a b", *secret), "--verification-site-key"),
            (("--verification", "recaptcha", *key), "LINKAGE_VERIFICATION_SECRET"),
            (("--verification", "recaptcha", *key, "--verification-secret-file", empty), "secret"),
            (key, "--verification"),
            (("--verification", "proof-of-work", *secret), "--verification"),
        ):
            with self.subTest(arguments[:2]):
                self.assertIn(said, self.refused(*arguments))
        for option in ("--verification-script", "--verification-siteverify"):
            for address in ("", "example.com", "http://example.com/", "ftp://127.0.0.1/", "https://", "https://a:b@c/"):
                with self.subTest(address, option=option):
                    self.assertIn(option, self.refused("--verification", "hcaptcha", *key, *secret, option, address))

    def test_a_secret_file_that_is_not_there(self):
        missing = os.path.join(self.folder, "missing")
        done = run(*SANDBOX, *self.provider.options(missing))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("missing", done.stderr)

    def test_the_secret_is_wrong(self):
        self.portal.stop()
        with open(self.secret_file, "w", encoding="utf-8") as file:
            file.write("another")
        self.start()
        self.find()
        challenge, person, page = self.begin()
        attempt = lambda: self.solve(challenge, person, page)
        self.nothing_passes(attempt, 500, challenge, "Tell its operator")
        self.assertNotIn("another", self.portal.complaints())

    def test_another_provider_than_before(self):
        database = os.path.join(self.folder, "portal.db")
        options = self.provider.options(self.secret_file)
        with Portal("--sandbox", "--database", database, *options) as portal:
            admin = portal.admin()
            admin.search("Larkmoor")
            challenge = admin.challenge("request", CUSTOMER)
        with Portal("--sandbox", "--database", database) as portal:
            path = challenge["page"].partition("/challenges/")[2]
            self.assertEqual(Person(portal.address).open(f"{portal.address}/challenges/{path}").status, 404)


if __name__ == "__main__":
    tap.main()
