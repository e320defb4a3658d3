#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that a compiler does not check. usage: lint.py SOURCE_ROOT"""

import pathlib
import re
import sys

LONGEST_FILE = 700

# layer → what it may include besides itself; src/*/meson.build enforces the same by include directories.
ARROWS = {
    "domain": set(),
    "database": set(),
    "store": {"database", "domain"},
    "remote": {"domain"},
    "import": {"domain"},
    "sync": {"store", "remote", "import", "domain"},
    "app": {"sync", "store", "domain"},
    "portal": {"database", "domain"},
}
# A system header → the layers that may include it.
SYSTEM = {
    r"sqlite3\.h": {"database", "store", "portal"},
    r"libsoup/": {"remote", "portal"},
    r"json-glib/": {"remote", "portal"},
    r"(gtk/|adwaita)": {"app"},
    r"libsecret/": {"sync"},
    r"crypt\.h": {"portal"},
    r"libxml/": {"import"},
}
BANNED = [
    (r"\berror->code\s*==", "compare errors with g_error_matches ()"),
    (r"\bg_print\s*\(", "g_print () is for programs' own output; use g_message () or a stream"),
    (r"\bsqlite3_exec\s*\(", "use linkage_database_execute ()"),
    (r"items_changed\s*\([^;]*,\s*0,\s*(\w+),\s*\1\)", "(0, n, n) builds every row: take the list out, put another in"),
    (r"\bgoto\b", "return early"),
    (r"-Wno-deprecated-declarations", "go through the compat files"),
    (r"\bg_usleep\s*\(|\bsleep\s*\(", "wait for a condition"),
    (r"GTK_CHECK_VERSION|GLIB_CHECK_VERSION|ADW_CHECK_VERSION", "version tests belong in the compat files"),
]


def complain(problems, path, line, text):
    problems.append(f"{path}:{line}: {text}")


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def without_comments(text):
    return re.sub(r"/\*.*?\*/", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.S)


def functions(text):
    """(name, position, body) of the functions, as clang-format lays them out."""
    for match in re.finditer(r"^(\w+) \((?:[^{};]|\n)*?\)\n\{\n(.*?)^\}", text, re.S | re.M):
        yield match.group(1), match.start(), match.group(2)


def check_includes(problems, path, text, layer, owners):
    for match in re.finditer(r'^#include [<"]([^>"]+)[>"]', text, re.M):
        header = match.group(1)
        owner = owners.get(header)
        if owner and owner != layer and owner not in ARROWS[layer]:
            complain(problems, path, line_of(text, match.start()), f"{layer} may not include {owner}'s {header}")
        for pattern, layers in SYSTEM.items():
            if re.match(pattern, header) and layer not in layers:
                complain(problems, path, line_of(text, match.start()), f"{layer} may not include {header}")


def check_functions(problems, path, text, is_test):
    for name, position, body in functions(text):
        line = line_of(text, position)
        for kind in ("dispose", "finalize"):
            if name.endswith("_" + kind) and "(GObject *object)" in text[position:position + 200]:
                if f"->{kind} (" not in body:
                    complain(problems, path, line, f"{name} does not chain up")
        if not is_test and "g_task_new (" in body and "g_task_set_source_tag" not in body:
            complain(problems, path, line, f"{name} makes a GTask without a source tag")
        for match in re.finditer(r"g_set_error(?:_literal)? \([^;]*;\n\s*(\S[^\n]*)", body):
            follower = match.group(1)
            if not re.match(r"(return|\}|break|case|continue|g_prefix_error|else|g_task_return|if \(step != LINKAGE_STEP_ROW\))", follower):
                complain(problems, path, line, f"{name} goes on after g_set_error (): {follower}")


def check_source(problems, root, path, owners):
    name = path.relative_to(root)
    raw = path.read_text(encoding="utf-8")
    text = without_comments(raw)
    if "SPDX-License-Identifier: GPL-3.0-or-later" not in raw.splitlines()[0]:
        complain(problems, name, 1, "no SPDX line")
    if raw.count("\n") > LONGEST_FILE:
        complain(problems, name, 1, f"{raw.count(chr(10))} lines: split it by aspect")
    compat = "compat" in path.name
    speaks_on_a_terminal = path.stem.endswith(("main", "application", "serve")) or path.stem.startswith("bench-")
    for pattern, advice in BANNED:
        if compat and "CHECK_VERSION" in pattern or speaks_on_a_terminal and "g_print" in pattern:
            continue
        if path.name == "linkage-database.c" and "sqlite3_exec" in pattern:
            continue
        for match in re.finditer(pattern, text):
            complain(problems, name, line_of(text, match.start()), advice)
    if name.parts[0] == "src":
        check_includes(problems, name, text, name.parts[1], owners)
    check_functions(problems, name, text, name.parts[0] == "tests")


def check_potfiles(problems, root):
    listed = [line for line in (root / "po/POTFILES.in").read_text().splitlines() if line and line[0] != "#"]
    if listed != sorted(listed):
        problems.append("po/POTFILES.in: not sorted")
    needed = set()
    for path in [*root.glob("src/**/*.c"), *root.glob("ui/*.ui"), *root.glob("data/*.in")]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".c":
            text = without_comments(text)
            has_strings = re.search(r'(?<![\w])(?:_|C_|N_|NC_|ngettext|g_dngettext|Q_) \(\s*"', text)
        else:
            has_strings = 'translatable="yes"' in text or path.name.endswith((".desktop.in", ".metainfo.xml.in"))
        if has_strings:
            needed.add(str(path.relative_to(root)))
    for path in sorted(needed - set(listed)):
        problems.append(f"po/POTFILES.in: {path} has strings and is missing")
    for path in listed:
        if not (root / path).exists():
            problems.append(f"po/POTFILES.in: {path} does not exist")


def check_templates(problems, root):
    for path in root.glob("ui/*.ui"):
        if path.stem.startswith("linkage-") and not (root / "src/app" / (path.stem + ".c")).exists():
            problems.append(f"{path.relative_to(root)}: no source of the same name")


def main(root):
    problems = []
    owners = {path.name: path.parent.name for path in root.glob("src/*/*.h")}
    sources = [*root.glob("src/**/*.[ch]"), *root.glob("tests/**/*.[ch]")]
    for path in sorted(sources):
        check_source(problems, root, path, owners)
    check_potfiles(problems, root)
    check_templates(problems, root)
    for problem in problems:
        print(problem)
    print(f"{len(sources)} C files read, {len(problems)} problems")
    return 1 if problems or not sources else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
