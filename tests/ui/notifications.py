#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's notifications, for a session that has no desktop: what is notified is kept for the test to read. The session
bus starts it when it is needed: see with-display."""

import json
import os
import pathlib

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.freedesktop.Notifications"
INTERFACE = f"""<node><interface name="{NAME}">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" name="summary" direction="in"/><arg type="s" name="body" direction="in"/><arg type="as" direction="in"/>
<arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
</interface></node>"""


def kept_in():
    return pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "notifications"


def shown():
    """The notifications that were shown and not closed: their summaries and bodies, by their ids."""
    found = {}
    if not kept_in().exists():
        return found
    for line in kept_in().read_text(encoding="utf-8").splitlines():
        identity, *words = json.loads(line)
        if words:
            found[identity] = tuple(words)
        else:
            found.pop(identity, None)
    return found


class Daemon:
    def __init__(self):
        self.n_shown = 0

    def on_call(self, connection, sender, path, interface, method, parameters, invocation):
        answer = None
        if method == "Notify":
            _, replaces, _, summary, body, _, _, _ = parameters.unpack()
            self.n_shown += 1
            identity = replaces or self.n_shown
            self.keep(identity, summary, body)
            answer = GLib.Variant("(u)", (identity,))
        elif method == "CloseNotification":
            self.keep(*parameters.unpack())
        elif method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        else:
            answer = GLib.Variant("(ssss)", ("notifications", "Linkage", "1", "1.2"))
        invocation.return_value(answer)

    @staticmethod
    def keep(*words):
        with kept_in().open("a", encoding="utf-8") as file:
            file.write(json.dumps(words) + "\n")

    def on_bus_acquired(self, connection, name):
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        connection.register_object("/org/freedesktop/Notifications", interface, self.on_call, None, None)


def main():
    loop = GLib.MainLoop()
    daemon = Daemon()
    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, daemon.on_bus_acquired, None, lambda *_: loop.quit())
    loop.run()


if __name__ == "__main__":
    main()
