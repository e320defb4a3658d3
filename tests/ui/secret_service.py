#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Secret Service of a desktop, as far as Linkage uses it: one collection that is never locked, in a file that a test
reads. usage: secret_service.py FILE; in a test: with SecretService(folder) as service"""

import json
import pathlib
import subprocess
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

NAME = "org.freedesktop.secrets"
ROOT = "/org/freedesktop/secrets"
COLLECTION = ROOT + "/aliases/default"
SESSION = ROOT + "/session/1"
INTERFACES = """<node>
<interface name="org.freedesktop.Secret.Service">
<method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/><arg type="v" direction="out"/>
<arg type="o" direction="out"/></method>
<method name="SearchItems"><arg type="a{ss}" direction="in"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/>
</method>
<method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/>
<arg type="a{o(oayays)}" direction="out"/></method>
<property name="Collections" type="ao" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Collection">
<method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/><arg type="b" direction="in"/>
<arg type="o" direction="out"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Item">
<method name="Delete"><arg type="o" direction="out"/></method>
</interface>
</node>"""


class Keeper:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.items = json.loads(self.path.read_text()) if self.path.exists() else []
        self.interfaces = Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces
        self.connection = None

    def serve(self, connection, _name):
        self.connection = connection
        service, collection, _item = self.interfaces
        connection.register_object(ROOT, service, self.call, lambda *_: GLib.Variant("ao", [COLLECTION]), None)
        connection.register_object(COLLECTION, collection, self.call, None, None)
        for number in range(len(self.items)):
            self.register(number)

    def register(self, number):
        self.connection.register_object(self.item_path(number), self.interfaces[2], self.call, None, None)

    @staticmethod
    def item_path(number):
        return f"{COLLECTION}/{number}"

    def call(self, _connection, _sender, path, _interface, method, parameters, invocation):
        try:
            invocation.return_value(getattr(self, method)(path, *parameters.unpack()))
        except NotImplementedError:
            invocation.return_dbus_error("org.freedesktop.DBus.Error.NotSupported", "Only what is plain")

    def OpenSession(self, _path, algorithm, _input):
        if algorithm != "plain":
            raise NotImplementedError
        return GLib.Variant("(vo)", (GLib.Variant("s", ""), SESSION))

    def SearchItems(self, _path, wanted):
        found = [
            self.item_path(number)
            for number, item in enumerate(self.items)
            if item and wanted.items() <= item["attributes"].items()
        ]
        return GLib.Variant("(aoao)", (found, []))

    def GetSecrets(self, _path, paths, session):
        secrets = {}
        for path in paths:
            secret = self.items[int(path.rpartition("/")[2])]["secret"]
            secrets[path] = (session, b"", secret.encode(), "text/plain")
        return GLib.Variant("(a{o(oayays)})", (secrets,))

    def CreateItem(self, path, properties, secret, replace):
        attributes = properties["org.freedesktop.Secret.Item.Attributes"]
        item = {"attributes": attributes, "secret": bytes(secret[2]).decode()}
        known = [number for number, other in enumerate(self.items) if other and other["attributes"] == attributes]
        if replace and known:
            number = known[0]
            self.items[number] = item
        else:
            number = len(self.items)
            self.items.append(item)
            self.register(number)
        self.write()
        return GLib.Variant("(oo)", (self.item_path(number), "/"))

    def Delete(self, path):
        self.items[int(path.rpartition("/")[2])] = None
        self.write()
        return GLib.Variant("(o)", ("/",))

    def write(self):
        other = self.path.with_suffix(".new")
        other.write_text(json.dumps(self.items))
        other.rename(self.path)


class SecretService:
    """The service as a process of its own, which may be gone at any time."""

    def __init__(self, folder):
        self.path = pathlib.Path(folder, "secrets.json")
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self.process = subprocess.Popen([sys.executable, __file__, str(self.path)], stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"ready\n", "the Secret Service does not start"

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.process = None

    def secrets(self):
        """What is kept, the newest last."""
        items = json.loads(self.path.read_text()) if self.path.exists() else []
        return [item["secret"] for item in items if item]


def main(path):
    keeper = Keeper(path)
    loop = GLib.MainLoop()
    Gio.bus_own_name(
        Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, keeper.serve, lambda *_: print("ready", flush=True),
        lambda *_: loop.quit(),
    )
    loop.run()


if __name__ == "__main__":
    main(sys.argv[1])
