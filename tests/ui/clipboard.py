#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program that something was copied in. Run inside with-display."""

import contextlib
import json
import subprocess
import sys


@contextlib.contextmanager
def copied(late=False, **forms):
    """The clipboard holds this as long as it lasts: html, text, or the path of a file. Gives what makes the other program
    say in which forms it has that; who is not late says so when asked."""
    def answer():
        owner.stdin.write("answer\n")
        owner.stdin.flush()

    owner = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        owner.stdin.write(json.dumps(forms) + "\n")
        owner.stdin.flush()
        assert owner.stdout.readline() == "copied\n"
        if not late:
            answer()
        yield answer
    finally:
        owner.stdin.close()
        owner.wait(20)
        owner.stdout.close()


def main():
    import gi

    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gdk, Gio, GLib, Gtk

    Gtk.init()
    forms = json.loads(sys.stdin.readline())
    providers = []
    if "html" in forms:
        providers.append(Gdk.ContentProvider.new_for_bytes("text/html", GLib.Bytes.new(forms["html"].encode())))
    if "text" in forms:
        providers.append(Gdk.ContentProvider.new_for_bytes("text/plain;charset=utf-8", GLib.Bytes.new(forms["text"].encode())))
    if "file" in forms:
        uri = Gio.File.new_for_path(forms["file"]).get_uri()
        providers.append(Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new(f"{uri}\r\n".encode())))
    clipboard = Gdk.Display.get_default().get_clipboard()
    clipboard.set_content(Gdk.ContentProvider.new_union(providers) if providers else None)
    Gdk.Display.get_default().sync()
    print("copied", flush=True)
    sys.stdin.readline()
    loop = GLib.MainLoop()
    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, sys.stdin.fileno(), GLib.IOCondition.HUP, lambda *_: loop.quit())
    loop.run()


if __name__ == "__main__":
    main()
