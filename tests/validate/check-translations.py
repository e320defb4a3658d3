#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language is complete, and right where msgfmt can tell; every format is explained to who translates it.

usage: check-translations.py SOURCE_ROOT"""

import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from translations import fresh_template, run  # noqa: E402


def unexplained(pot):
    """The messages with placeholders of which no comment says what stands for them."""
    messages = pot.read_text().split("\n\n")[1:]
    return [message for message in messages if "c-format" in message and "#. Translators:" not in message]


def counts(statistics):
    """{"translated": …, "fuzzy": …, "untranslated": …} of a line of msgfmt --statistics."""
    found = {kind: 0 for kind in ("translated", "fuzzy", "untranslated")}
    for number, kind in re.findall(r"(\d+) (translated|fuzzy|untranslated)", statistics):
        found[kind] = int(number)
    return found


def main(root):
    languages = (root / "po/LINGUAS").read_text().split()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pot = fresh_template(root, folder)
        bad = len(unexplained(pot))
        for message in unexplained(pot):
            print(f"A comment “Translators: …” must stand right above the string:\n{message}\n")
        for language in languages:
            po = root / "po" / f"{language}.po"
            run("msgfmt", "--check", "-o", "/dev/null", str(po))
            merged = folder / f"{language}.po"
            run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), str(po), str(pot))
            statistics = run("msgfmt", "--statistics", "-o", "/dev/null", str(merged)).stderr.strip()
            print(f"{language}: {statistics}")
            found = counts(statistics)
            if found["fuzzy"] or found["untranslated"] or not found["translated"]:
                bad += 1
                print(run("msgattrib", "--untranslated", "--no-wrap", "--no-obsolete", str(merged)).stdout)
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        sys.exit(main(pathlib.Path(sys.argv[1])))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{' '.join(error.cmd[:2])}: {error.stderr}")
