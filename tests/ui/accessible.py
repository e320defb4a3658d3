# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program tells assistive technology, over the accessibility bus. libatspi asks for one thing at a time and waits for
each: a window with a thousand parts takes seconds to look through, and half a minute on a busy machine. Here a look is one
call, the one by which a screen reader fills its cache, and what is asked besides is asked of all parts at once."""

import collections

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

State = Atspi.StateType
REPLY_TIMEOUT = 10_000  # milliseconds
ROOT = "/org/a11y/atspi/accessible/root"
IN_WINDOW = 1  # coordinates, ATSPI_COORD_TYPE_WINDOW


Extents = collections.namedtuple("Extents", "x y width height")


def interface(name):
    return f"org.a11y.atspi.{name}"


class Bus:
    """The accessibility bus of the session."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        reply = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.address = reply.unpack()[0]
        self.connection = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)

    def call(self, name, path, called, method, arguments=None):
        reply = self.connection.call_sync(name, path, called, method, arguments, None, 0, REPLY_TIMEOUT, None)
        return reply.unpack()

    def call_each(self, name, paths, called, method, arguments=None):
        """The same call to each of the paths, all under way at once. path → reply, without those that are gone."""
        replies, left = {}, len(paths)

        def on_reply(connection, result, path):
            nonlocal left
            left -= 1
            try:
                replies[path] = connection.call_finish(result).unpack()
            except GLib.Error:
                pass

        for path in paths:
            self.connection.call(name, path, called, method, arguments, None, 0, REPLY_TIMEOUT, None, on_reply, path)
        while left > 0:
            GLib.MainContext.default().iteration(True)
        return replies

    def find_application(self, pid):
        """The name on the bus of the program that is this process; None: it is not there yet."""
        for name, _ in self.call(interface("Registry"), ROOT, interface("Accessible"), "GetChildren")[0]:
            try:
                found = self.call("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "GetConnectionUnixProcessID", GLib.Variant("(s)", (name,)))
            except GLib.Error:  # it has ended
                continue
            if found[0] == pid:
                return name
        return None


class Application:
    """A program on the accessibility bus."""

    def __init__(self, bus, name):
        self.bus = bus
        self.name = name

    def call(self, path, called, method, arguments=None):
        return self.bus.call(self.name, path, interface(called), method, arguments)

    def count_windows(self):
        return len(self.call(ROOT, "Accessible", "GetChildren")[0])

    def look(self):
        """All its parts as they are now. GTK makes an accessible when somebody asks for it: what is new is asked for."""
        while True:
            items = self.bus.call(self.name, "/org/a11y/atspi/cache", interface("Cache"), "GetItems")[0]
            look = Look(self, items)
            unknown = look.put_together(self.children_of(look.paths_of_parents()))
            if not unknown:
                return look
            while unknown:
                unknown = [path for children in self.children_of(unknown).values() for path in children]

    def children_of(self, paths):
        """path → the paths of the children: what the cache says of them is not right where some are hidden."""
        replies = self.bus.call_each(self.name, paths, interface("Accessible"), "GetChildren")
        return {path: [child for _, child in children] for path, (children,) in replies.items()}


class Accessible:
    """A part of a program. Its name, role and place are those of the look it comes from; what else is asked is asked now."""

    def __init__(self, look, item):
        (_, self.path), _, _, _, self.n_children, self.interfaces, self.name, role, _, self.states = item
        self.look = look
        self.application = look.application
        self.role = Atspi.role_get_name(Atspi.Role(role))

    def __repr__(self):
        return f"{self.role} “{self.name or self.content()}”"

    def had_state(self, state):
        """Whether it was in a state when it was looked at."""
        return bool(self.states[int(state) // 32] >> (int(state) % 32) & 1)

    def has_state(self, state):
        self.states = self._call("Accessible", "GetState")[0]
        return self.had_state(state)

    @property
    def parent(self):
        return self.look.parent_of(self)

    @property
    def children(self):
        return self.look.children_of(self)

    @property
    def depth(self):
        """How many steps it is from the program: 1 for a window."""
        return 0 if self.parent is None else self.parent.depth + 1

    @property
    def window(self):
        return self if self.parent is self.look.root else self.parent.window

    def content(self):
        """The text in it, what was typed into an entry."""
        if not self._has("Text"):
            return ""
        return self._call("Text", "GetText", GLib.Variant("(ii)", (0, self._get("Text", "CharacterCount"))))[0]

    def text(self):
        """What it says: its name, or the text in it."""
        return self.name or self.content()

    def is_editable(self):
        return self._has("EditableText")

    def write(self, text):
        return self._call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))[0]

    def can_be_pressed(self):
        return self._has("Action") and self._get("Action", "NActions") > 0

    def press(self):
        self._call("Action", "DoAction", GLib.Variant("(i)", (0,)))

    def set_value(self, value):
        arguments = GLib.Variant("(ssv)", (interface("Value"), "CurrentValue", GLib.Variant("d", value)))
        self.application.bus.call(self.application.name, self.path, "org.freedesktop.DBus.Properties", "Set", arguments)

    def extents(self):
        """From the corner of the window."""
        return Extents(*self._call("Component", "GetExtents", GLib.Variant("(u)", (IN_WINDOW,)))[0])

    def _has(self, name):
        return interface(name) in self.interfaces

    def _call(self, called, method, arguments=None):
        return self.application.call(self.path, called, method, arguments)

    def _get(self, called, name):
        arguments = GLib.Variant("(ss)", (interface(called), name))
        reply = self.application.bus.call(self.application.name, self.path, "org.freedesktop.DBus.Properties", "Get", arguments)
        return reply[0]


class Look:
    """All parts of a program at one moment."""

    def __init__(self, application, items):
        self.application = application
        parts = (Accessible(self, item) for item in items)
        self.parts = {part.path: part for part in parts}
        self.root = self.parts[ROOT]
        self._has_size = {}

    def paths_of_parents(self):
        return [path for path, part in self.parts.items() if part.n_children > 0 or part is self.root]

    def put_together(self, children):
        """From the program downwards: the cache has parts, too, that nothing leads to. The paths of those it lacks."""
        self._children, self._parents, unknown = children, {}, []
        paths = [ROOT]
        for path in paths:
            if path in self.parts:
                below = children.get(path, [])
                self._parents.update((child, path) for child in below)
                paths.extend(below)
            else:
                unknown.append(path)
        return unknown

    @property
    def windows(self):
        return self.children_of(self.root)

    def children_of(self, part):
        """Of a part of an earlier look, those of now; none where it has gone."""
        return [self.parts[path] for path in self._children.get(part.path, ())]

    def parent_of(self, part):
        return self.parts.get(self._parents.get(part.path))

    def below(self, part=None):
        """Everything below a part, depth first; of one that has gone meanwhile there is nothing. Without one, all."""
        for child in self.children_of(part or self.root):
            yield child
            yield from self.below(child)

    def is_showing(self, part):
        """With all that it is in. GTK 4.8 tells SHOWING of windows only: what has a size is shown."""
        chain = []
        while part is not self.root:
            if part is None or not part.had_state(State.VISIBLE):
                return False
            chain.append(part)
            part = part.parent
        self._measure(chain)
        return all(self._has_size[part.path] for part in chain)

    def showing(self, parts):
        """Those of the parts that are shown."""
        parts = list(parts)
        self._measure(part for part in parts if part.had_state(State.VISIBLE))
        return [part for part in parts if self.is_showing(part)]

    def _measure(self, parts):
        unknown = [part for part in parts if part.path not in self._has_size]
        asked = [part.path for part in unknown if interface("Component") in part.interfaces]
        arguments = GLib.Variant("(u)", (IN_WINDOW,))
        bus = self.application.bus
        replies = bus.call_each(self.application.name, asked, interface("Component"), "GetExtents", arguments)
        for part in unknown:
            self._has_size[part.path] = interface("Component") not in part.interfaces
        for path, ((_, _, width, height),) in replies.items():
            self._has_size[path] = width > 0 and height > 0
