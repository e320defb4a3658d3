#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a pseudo-translation of a template: accented, 40 % longer, in brackets. usage: pseudo-locale.py POT MO

What is shown without accents did not go through gettext; what has lost its closing bracket is cut off."""

import re
import subprocess
import sys

ACCENTS = str.maketrans("aceginorsuyACEGINORSUY", "áçéğîñóŕšúýÁÇÉĞÎÑÓŔŠÚÝ")
# Formats, markup, entities, mnemonics and accelerators stay as they are.
KEPT = re.compile(r"%(?:\d+\$)?['\-+ #0]*\d*(?:\.\d+)?(?:[hlz]*[a-zA-Z%]|-?[a-zA-Z])|<[^>]+>|&\w+;|\\[a-z\"\\]|\{[^}]*\}")
FILLER = "one two three four five six seven eight nine ten eleven twelve ".translate(ACCENTS)


def accented(text):
    result, position = [], 0
    for match in KEPT.finditer(text):
        result.append(text[position:match.start()].translate(ACCENTS))
        result.append(match.group())
        position = match.end()
    result.append(text[position:].translate(ACCENTS))
    return "".join(result)


def pseudo(text):
    if not text.strip():
        return text
    longer = max(1, round(len(KEPT.sub("", text)) * 0.4) - 2)
    filler = (FILLER * (longer // len(FILLER) + 1))[:longer].strip()
    body, tail = (text[:-2], "\\n") if text.endswith("\\n") else (text, "")
    return f"[{accented(body)} {filler}]{tail}"


def parse(pot):
    """(context, id, plural) of each message of a template, as written there between the quotes."""
    def joined(block, keyword):
        match = re.search(rf'^{keyword} ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.M)
        return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1))) if match else None

    for block in pot.split("\n\n"):
        lines = "\n".join(line for line in block.splitlines() if not line.startswith("#"))
        identity = joined(lines, "msgid")
        if identity:
            yield joined(lines, "msgctxt"), identity, joined(lines, "msgid_plural")


def translate(pot):
    yield 'msgid ""\nmsgstr "Language: xx\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    for context, identity, plural in parse(pot):
        entry = f'msgctxt "{context}"\n' if context is not None else ""
        entry += f'msgid "{identity}"\n'
        if plural is None:
            yield entry + f'msgstr "{pseudo(identity)}"\n'
        else:
            yield entry + f'msgid_plural "{plural}"\nmsgstr[0] "{pseudo(identity)}"\nmsgstr[1] "{pseudo(plural)}"\n'


def main(pot, mo):
    with open(pot, encoding="utf-8") as template:
        text = "\n".join(translate(template.read()))
    subprocess.run(["msgfmt", "--check-format", "-o", mo, "-"], input=text, text=True, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
