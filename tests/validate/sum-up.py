#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up test logs, given as files or as build folders, says of each test that failed what it complained of, and closes
with one plain line."""

import json
import pathlib
import sys

PASSED = {"OK", "EXPECTEDFAIL"}
LAST_LINES = 20


def entries(place):
    log = pathlib.Path(place)
    if log.is_dir():
        log = log / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def complaints(entry):
    """The cases that are not ok, each with its comment; where the test says none, the last that it wrote."""
    output = entry.get("stdout", "").splitlines()
    said = []
    is_about_failure = False
    for line in output:
        is_comment = line.lstrip().startswith("#")
        is_about_failure = line.lstrip().startswith("not ok") or (is_comment and is_about_failure)
        if is_about_failure:
            said.append(line)
    return said or (output + entry.get("stderr", "").splitlines())[-LAST_LINES:]


def main(places):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for place in places:
        for entry in entries(place):
            result = entry["result"]
            kind = "passed" if result in PASSED else "skipped" if result == "SKIP" else "failed"
            counts[kind] += 1
            if kind != "passed":
                print(f"{place}: {entry['name']}: {result.lower()}")
            if kind == "failed":
                for line in complaints(entry):
                    print(f"    {line}")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
