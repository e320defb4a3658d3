# SPDX-License-Identifier: GPL-3.0-or-later
"""data/openapi.yaml, read strictly: what the document does not name, the portal may not send."""

import copy
import datetime
import os
import re
import urllib.parse

import jsonschema
import yaml

PROBLEMS = "https://linkage-app.github.io/problems/"
METHODS = ("get", "put", "post", "delete", "patch")

formats = jsonschema.FormatChecker(formats=())


@formats.checks("date-time", raises=ValueError)
def is_date_time(value):
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value).tzinfo is not None


@formats.checks("uri", raises=ValueError)
def is_uri(value):
    if not isinstance(value, str):
        return True
    parts = urllib.parse.urlsplit(value)
    return bool(parts.scheme and parts.netloc)


def walk(schema, path=""):
    """Every schema within a schema, with its place."""
    yield path, schema
    for name, member in schema.get("properties", {}).items():
        yield from walk(member, f"{path}/{name}")
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from walk(schema[word], f"{path}/{word}")
    for word in ("oneOf", "anyOf", "allOf"):
        for index, member in enumerate(schema.get(word, [])):
            yield from walk(member, f"{path}/{word}/{index}")


class Operation:
    """One documented method of one documented path."""

    def __init__(self, document, path, method, node, shared):
        self.id = node["operationId"]
        self.path = path
        self.method = method.upper()
        self.summary = node.get("summary")
        self.responses = {code: document.resolve(answer) for code, answer in node["responses"].items()}
        self.parameters = [document.resolve(one) for one in shared + node.get("parameters", [])]
        self.body = node.get("requestBody")
        self.pattern = re.compile("^" + re.sub(r"\\\{[^/]+\\\}", "[^/]+", re.escape(path)) + "$")


class Document:
    def __init__(self, path=None):
        path = path or os.environ["LINKAGE_OPENAPI"]
        with open(path, encoding="utf-8") as file:
            self.content = yaml.safe_load(file)
        self.strict = copy.deepcopy(self.content["components"])
        for schema in self.strict["schemas"].values():
            for _, inner in walk(schema):
                if "properties" in inner:
                    inner.setdefault("additionalProperties", False)
        self.problem_types = set(self.content["components"]["schemas"]["ProblemType"]["enum"])
        self.operations = [
            Operation(self, path, method, item[method], item.get("parameters", []))
            for path, item in self.content["paths"].items()
            for method in METHODS
            if method in item
        ]

    def resolve(self, node):
        if "$ref" not in node:
            return node
        target = self.content
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return target

    def find(self, method, path):
        """The operation behind a request, or None where the document has none."""
        for operation in self.operations:
            if operation.method == method and operation.pattern.match(path):
                return operation
        return None

    def validate(self, schema, value):
        """Raises an AssertionError that names the member that is wrong."""
        whole = {**schema, "components": self.strict}
        validator = jsonschema.Draft202012Validator(whole, format_checker=formats)
        errors = sorted(validator.iter_errors(value), key=str)
        if errors:
            raise AssertionError("\n".join(f"{error.json_path}: {error.message}" for error in errors))

    def check(self, method, path, reply):
        """Holds one reply against the document."""
        if "Date" not in reply.headers:
            raise AssertionError(f"{method} {path}: no Date")
        operation = self.find(method, path)
        if operation is None:
            if reply.status not in (404, 405):
                raise AssertionError(f"{method} {path} is not documented, but the answer was {reply.status}")
            self.check_problem(reply)
            return
        if "{account}" in operation.path and reply.status == 410 and reply.problem == "account-merged":
            self.check_problem(reply)
            return
        if str(reply.status) not in operation.responses:
            raise AssertionError(f"{operation.id}: {reply.status} is not documented\n{reply.text}")
        content = operation.responses[str(reply.status)].get("content")
        if content is None:
            if reply.text:
                raise AssertionError(f"{operation.id}: {reply.status} should have no body")
            return
        if reply.content_type not in content:
            raise AssertionError(f"{operation.id}: {reply.status} came as {reply.content_type}")
        try:
            if reply.content_type == "application/problem+json":
                self.check_problem(reply)
            elif reply.content_type == "application/json":
                self.validate(content[reply.content_type]["schema"], reply.json)
        except AssertionError as error:
            raise AssertionError(f"{operation.id} {reply.status}: {error}\n{reply.text}") from error

    def check_problem(self, reply):
        if reply.content_type != "application/problem+json":
            raise AssertionError(f"{reply.status} came as {reply.content_type}")
        self.validate({"$ref": "#/components/schemas/Problem"}, reply.json)
        if not reply.json["type"].startswith(PROBLEMS) or reply.problem not in self.problem_types:
            raise AssertionError(f"{reply.json['type']} is not documented")
        if reply.json["status"] != reply.status:
            raise AssertionError(f"status {reply.json['status']} within {reply.status}")
