#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the journey through the main job and leaves a picture of each step. Run it inside with-display."""

import argparse

from journey import Journey


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--screenshots", required=True)
    arguments = parser.parse_args()
    Journey(arguments.program, screenshots=arguments.screenshots).run()


if __name__ == "__main__":
    main()
