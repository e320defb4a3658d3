# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in for a person's browser: a real Chromium, and a handler that tells which links the program opened."""

import os
import pathlib

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from program import wait_for

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]


def start_chromium(*arguments, profile="chromium"):
    """The driver of a Chromium with a profile of its own in this home."""
    options = webdriver.ChromeOptions()
    for argument in (*QUIET, *arguments):
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={os.environ['HOME']}/{profile}")
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    driver.set_page_load_timeout(30)
    return driver


class LinkHandler:
    """Registers itself as this home's handler of https and http links and keeps what it is given."""

    def __init__(self):
        self.links = pathlib.Path(os.environ["HOME"], "opened-links")
        self.links.touch()
        script = pathlib.Path(os.environ["HOME"], "open-link")
        script.write_text(f'#!/bin/sh\necho "$1" >>"{self.links}"\n')
        script.chmod(0o755)
        applications = pathlib.Path(os.environ["XDG_DATA_HOME"], "applications")
        applications.mkdir(parents=True, exist_ok=True)
        schemes = "x-scheme-handler/http;x-scheme-handler/https;"
        (applications / "test-browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Test Browser\nExec={script} %u\nMimeType={schemes}\n"
        )
        (applications / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\nx-scheme-handler/https=test-browser.desktop\n"
        )

    def wait_for_link(self, known=0):
        """The link that was opened after the first known ones."""
        return wait_for("opened link", lambda: self.links.read_text().split()[known:])[0]

    def count(self):
        return len(self.links.read_text().split())


class CustomerPages:
    """A customer's person at the portal's own pages, in Chromium."""

    def __init__(self, driver, link):
        self.driver = driver
        driver.get(link)

    def picture(self, path):
        self.driver.save_screenshot(str(path))

    def _article(self, customer):
        self.driver.refresh()
        xpath = f"//article[@data-status='pending'][.//*[normalize-space()={customer!r}]]"
        return WebDriverWait(self.driver, 20).until(lambda driver: driver.find_element(By.XPATH, xpath))

    def approve(self, customer):
        self._article(customer).find_element(By.XPATH, ".//button[@value='approve']").click()
        self._wait_answered()

    def reject(self, customer, comment):
        article = self._article(customer)
        article.find_element(By.TAG_NAME, "textarea").send_keys(comment)
        article.find_element(By.XPATH, ".//button[@value='reject']").click()
        self._wait_answered()

    def _wait_answered(self):
        WebDriverWait(self.driver, 20).until(lambda driver: driver.find_element(By.CSS_SELECTOR, "[role=status]"))


class SignInPages:
    """A person whom the portal does not know yet at the pages on which it signs people in. driver: a Chromium's."""

    def __init__(self, driver, address):
        self.driver = driver
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        driver.get(address)

    def picture(self, path):
        self.driver.save_screenshot(str(path))

    def press(self, answer):
        self._find(f"//button[@value={answer!r}]").click()

    def enter(self, person):
        """Types who it is, up to the page that asks for consent."""
        self._find("//input[@name='email']").send_keys(person["email"])
        self._find("//input[@name='password']").send_keys(person["password"])
        self.press("sign-in")
        self._find("//button[@value='allow']")

    def sign_in(self, person):
        """The whole way, up to the page that comes back. Its heading."""
        self.enter(person)
        self.press("allow")
        self.wait_left()
        return self.heading()

    def wait_left(self):
        """The portal's forms are behind."""
        WebDriverWait(self.driver, 20).until(lambda driver: not driver.find_elements(By.TAG_NAME, "form"))

    def heading(self):
        return self._find("//h1").text

    def code(self):
        """The one that a page shows to be carried by hand."""
        return self._find("//input[@readonly]").get_attribute("value")

    def address(self):
        return self.driver.current_url

    def _find(self, xpath):
        return WebDriverWait(self.driver, 20).until(lambda driver: driver.find_element(By.XPATH, xpath))


class ChallengePages:
    """A person at the page on which a portal verifies that somebody is human, with the widget of a test provider."""

    def __init__(self, driver, address):
        self.driver = driver
        driver.get(address)

    def solve(self, field="h-captcha-response"):
        self.driver.switch_to.frame(self._wait(lambda driver: driver.find_element(By.TAG_NAME, "iframe")))
        self._wait(lambda driver: driver.find_element(By.ID, "solve")).click()
        self._wait(lambda driver: driver.execute_script("return document.title") == "Solved")
        self.driver.switch_to.default_content()
        self._wait(lambda driver: driver.find_element(By.NAME, field).get_attribute("value"))
        self.driver.find_element(By.TAG_NAME, "button").click()
        self._wait(lambda driver: "You can close this page and go back to Linkage." in driver.page_source)

    def _wait(self, condition):
        return WebDriverWait(self.driver, 30).until(condition)
