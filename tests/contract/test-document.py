# SPDX-License-Identifier: GPL-3.0-or-later
"""The document by itself: nothing in it is without a bound or a name."""

import unittest

import jsonschema

import tap
from document import Document, walk


# What is said while nobody is signed in yet, and named by others.
OF_OAUTH = {"describe-sign-in", "get-token", "revoke-token", "SignInMetadata", "Tokens", "SignInError"}


class TestDocument(unittest.TestCase):
    def setUp(self):
        self.document = Document()

    def schemas(self):
        """Every schema of the document with its place."""
        components = self.document.content["components"]
        for name, schema in components["schemas"].items():
            yield from walk(schema, f"schemas/{name}")
        for operation in self.document.operations:
            for parameter in operation.parameters:
                yield from walk(parameter["schema"], f"{operation.id}/{parameter['name']}")
            bodies = {**operation.responses, **({"body": operation.body} if operation.body else {})}
            for code, body in bodies.items():
                for media, content in body.get("content", {}).items():
                    if media != "text/event-stream":
                        yield from walk(content["schema"], f"{operation.id}/{code}")

    def test_schemas_are_schemas(self):
        for place, schema in self.schemas():
            with self.subTest(place):
                jsonschema.Draft202012Validator.check_schema(schema)

    def test_every_string_and_array_is_bounded(self):
        for place, schema in self.schemas():
            kinds = schema.get("type", [])
            kinds = [kinds] if isinstance(kinds, str) else kinds
            with self.subTest(place):
                if "string" in kinds:
                    self.assertTrue({"maxLength", "enum", "const"} & schema.keys(), "no maxLength")
                if "array" in kinds:
                    self.assertIn("maxItems", schema)
                if "integer" in kinds:
                    self.assertIn("minimum", schema)

    def test_every_required_member_exists(self):
        for place, schema in self.schemas():
            with self.subTest(place):
                self.assertLessEqual(set(schema.get("required", [])), set(schema.get("properties", {})))

    def test_keys_are_kebab_case(self):
        """Those of OAuth are not ours to choose."""
        for place, schema in self.schemas():
            if OF_OAUTH & set(place.split("/")):
                continue
            for name in schema.get("properties", {}):
                with self.subTest(place, member=name):
                    self.assertRegex(name, r"^[a-z]+(-[a-z]+)*$")

    def test_operations_have_names_and_refuse_strangers(self):
        operations = self.document.operations
        self.assertEqual(len({operation.id for operation in operations}), len(operations))
        for operation in operations:
            with self.subTest(operation.id):
                self.assertTrue(operation.summary)
                if operation.id not in {"discover", *OF_OAUTH}:
                    self.assertIn("401", operation.responses)

    def test_every_reference_leads_somewhere(self):
        def follow(node):
            if isinstance(node, dict):
                if "$ref" in node:
                    self.document.resolve(node)
                for member in node.values():
                    follow(member)
            elif isinstance(node, list):
                for member in node:
                    follow(member)

        follow(self.document.content)


if __name__ == "__main__":
    tap.main()
