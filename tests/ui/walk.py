#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through all pages in a language. usage: walk.py LANGUAGE SOURCE_ROOT TEST [ARGS of the test]

LANGUAGE is that of a translation, or "pseudo": then what did not go through gettext is found, too.
With LINKAGE_WALK_PICTURES a picture of each page is left in that folder."""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from translations import fresh_template, run  # noqa: E402

PSEUDO = "xx"  # a language that nobody has
TERRITORIES = {"de": "de_DE"}


def add_messages(folder, language, root):
    """Puts a translation where gettext looks for it."""
    messages = folder / "messages" / language / "LC_MESSAGES"
    messages.mkdir(parents=True)
    target = messages / "linkage.mo"
    if language == PSEUDO:
        pot = fresh_template(root, folder)
        run(sys.executable, str(root / "tests/ui/pseudo-locale.py"), str(pot), str(target))
    else:
        run("msgfmt", "-o", str(target), str(root / "po" / f"{language}.po"))


def add_locale(folder, language):
    """Generates a locale, so that dates and numbers are written as in the language. Its name."""
    if language == PSEUDO:
        return "C.UTF-8"
    name = TERRITORIES[language]
    locales = folder / "locales"
    locales.mkdir()
    run("localedef", "-i", name, "-f", "UTF-8", str(locales / f"{name}.UTF-8"))
    return f"{name}.UTF-8"


def main(language, root, program, *arguments):
    root = pathlib.Path(root)
    language = PSEUDO if language == "pseudo" else language
    with tempfile.TemporaryDirectory(prefix="linkage-walk-") as name:
        folder = pathlib.Path(name)
        add_messages(folder, language, root)
        environment = {
            **os.environ,
            "LANG": add_locale(folder, language),
            "LANGUAGE": language,
            "LINKAGE_LOCALEDIR": str(folder / "messages"),
            "LOCPATH": str(folder / "locales"),
        }
        environment.pop("LC_ALL", None)
        return subprocess.run([root / "tests/ui/with-display", program, "--keep-going", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd[:2])}: {error.stderr}")
