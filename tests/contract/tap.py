# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's unittest cases and prints them as TAP, which Meson counts."""

import sys
import unittest


class TapResult(unittest.TestResult):
    """One line per case, and one per subtest that failed; what went wrong follows as a comment."""

    def __init__(self):
        super().__init__()
        self.number = 0

    def report(self, good, test, details=""):
        self.number += 1
        print(f"{'ok' if good else 'not ok'} {self.number} - {str(test).replace('#', '')}")
        for line in details.splitlines():
            print(f"# {line}")
        sys.stdout.flush()

    def addSuccess(self, test):
        self.report(True, test.id())

    def addFailure(self, test, err):
        self.report(False, test.id(), self._exc_info_to_string(err, test))
        super().addFailure(test, err)

    def addError(self, test, err):
        self.report(False, test.id(), self._exc_info_to_string(err, test))
        super().addError(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.report(False, subtest.id(), self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self.report(True, f"{test.id()} # SKIP {reason}")


def main():
    """Runs the cases of the calling script; the names given on the command line only, if there are any."""
    loader = unittest.TestLoader()
    module = sys.modules["__main__"]
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}")
    sys.exit(not result.wasSuccessful())
