#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: check-format.sh SOURCE_ROOT: every C file stands as clang-format 14 lays it out.
set -euo pipefail
cd "$1"
find src tests -name '*.[ch]' -print0 | xargs -0 -r clang-format-14 --dry-run -Werror
