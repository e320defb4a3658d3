# SPDX-License-Identifier: GPL-3.0-or-later
"""The template of the strings as they stand in the sources now."""

import subprocess


def run(*command, **options):
    return subprocess.run(command, text=True, capture_output=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, **options)


def fresh_template(root, folder):
    pot = folder / "linkage.pot"
    sources = [line for line in (root / "po/POTFILES.in").read_text().splitlines() if line and line[0] != "#"]
    run("xgettext", "--from-code=UTF-8", "--package-name=linkage", "--add-comments=Translators", "--keyword=_", "--keyword=N_",
        "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2", "--keyword=g_dngettext:2,3",
        "--keyword=g_dpgettext2:2c,3", "--flag=ngettext:1:pass-c-format", "-o", str(pot), *sources, cwd=root)
    return pot
