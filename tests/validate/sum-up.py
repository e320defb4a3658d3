#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up the test logs of build folders and closes with one plain line."""

import json
import pathlib
import sys

PASSED = {"OK", "EXPECTEDFAIL"}


def results(folder):
    log = pathlib.Path(folder, "meson-logs", "testlog.json")
    for line in log.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield entry["name"], entry["result"]


def main(folders):
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for folder in folders:
        for name, result in results(folder):
            kind = "passed" if result in PASSED else "skipped" if result == "SKIP" else "failed"
            counts[kind] += 1
            if kind != "passed":
                print(f"{folder}: {name}: {result.lower()}")
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] or not counts["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
