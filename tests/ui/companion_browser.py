# SPDX-License-Identifier: GPL-3.0-or-later
"""The person's browser with the portal's page in it: a real Chromium with a window, because without one it has no clipboard
that another program could read."""

import os
import pathlib
import subprocess

from selenium.webdriver.common.by import By

from browser import start_chromium
from program import wait_for

WINDOW = ["--window-position=0,0", "--window-size=900,700"]


class PortalBrowser:
    def __init__(self):
        self.folder = pathlib.Path(os.environ["HOME"], "pages")
        self.folder.mkdir(exist_ok=True)
        self.driver = start_chromium(*WINDOW, profile="supplier")

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        self.driver.quit()

    def copy_table(self, page):
        """Opens a page, selects its table of requests with the headings, and copies it with Ctrl+C."""
        path = self.folder / "requests.html"
        path.write_text(page, encoding="utf-8")
        self.driver.get(path.as_uri())
        self._focus()
        table = self.driver.find_element(By.ID, "requests")
        self.driver.execute_script("getSelection().selectAllChildren(arguments[0])", table)
        self.driver.execute_script("window.copies = 0; document.addEventListener('copy', () => window.copies++)")
        subprocess.run(["xdotool", "key", "--clearmodifiers", "ctrl+c"], check=True)
        wait_for("copy in the browser", lambda: self.driver.execute_script("return window.copies"))

    def _focus(self):
        """There is no window manager here that would give the keyboard to a window. The browser's stays below others.
        Some versions of it begin with the keyboard in the address, which a click on the page changes."""
        identity = wait_for("window of the browser", self._window_ids)[-1]
        subprocess.run(["xdotool", "windowfocus", "--sync", identity], check=True)
        self.driver.find_element(By.TAG_NAME, "h1").click()
        wait_for("keyboard in the page", lambda: self.driver.execute_script("return document.hasFocus()"))

    @staticmethod
    def _window_ids():
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--class", "chromium"], capture_output=True, text=True, check=False
        )
        return found.stdout.split()
