#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from end to end."""

import os
import unittest

import tap
from journey import Journey


class JourneyTest(unittest.TestCase):
    def test_journey(self):
        Journey(os.environ["LINKAGE_PROGRAM"], tell=lambda sentence: print(f"# {sentence}", flush=True)).run()


if __name__ == "__main__":
    tap.main()
