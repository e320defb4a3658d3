# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium without a window, for the pages that run a script."""

import os
import tempfile

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

TIMEOUT = 60
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


class Chromium:
    """Its profile is gone with it; use it in a with statement."""

    def __init__(self, has_scripts=True):
        self.profile = tempfile.TemporaryDirectory()
        options = webdriver.ChromeOptions()
        for argument in (*ARGUMENTS, f"--user-data-dir={self.profile.name}"):
            options.add_argument(argument)
        if not has_scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.binary_location = "/usr/bin/chromium"
        # Libraries that are built for a sanitizer are the portal's alone.
        environment = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver", env=environment), options=options)
        self.driver.set_page_load_timeout(TIMEOUT)

    def __enter__(self):
        return self.driver

    def __exit__(self, *_):
        self.driver.quit()
        self.profile.cleanup()


def wait(driver, condition):
    return WebDriverWait(driver, TIMEOUT).until(condition)
