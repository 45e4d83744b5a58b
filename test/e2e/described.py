# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether answers are what the server says of itself (osticket-fcgi --openapi): status, media type, each member of the body.
Debian's python3-fastjsonschema makes a function of each schema, once a process."""
import json
import re
import subprocess
import sys

sys.path.append("/usr/lib/python3/dist-packages")  # whichever Python runs the tests
import fastjsonschema  # noqa: E402  pylint: disable=wrong-import-position

REFERENCE = "#/components/%s/"
# What every answer of this server's own carries, and neither PHP's nor the web server's do.
OURS = "default-src 'none'; frame-ancestors 'none'"
LARGE = 1 << 20  # of lines, bytes that are looked at


class Undescribed(AssertionError):
    """An answer that the description does not have."""


def closed(schema):
    """The schema that takes no member which it does not name. Clients have to; these tests must not."""
    if isinstance(schema, list):
        return [closed(element) for element in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {name: value if name in ("examples", "enum", "const") else closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        copy["additionalProperties"] = False
    return copy


class Description:
    def __init__(self, document):
        self.document = document
        self.schemas = closed(document["components"]["schemas"])
        self.checks = {}
        # Where a path without parameters fits, none with parameters does.
        paths = sorted(document["paths"].items(), key=lambda item: item[0].count("{"))
        self.paths = [(re.compile("".join(self._segment(part) for part in re.split(r"(\{[^}]*\})", path))), item)
                      for path, item in paths]

    @staticmethod
    def _segment(part):
        return "[^/]+" if part.startswith("{") else re.escape(part)

    @classmethod
    def of_program(cls, program):
        done = subprocess.run([program, "--openapi"], capture_output=True, check=True, timeout=120)
        return cls(json.loads(done.stdout))

    def operations(self, path):
        """Those of a path behind the prefix, by method; None where there are none."""
        path = re.sub("/+", "/", path.split("?")[0])
        return next((item for pattern, item in self.paths if pattern.fullmatch(path)), None)

    def resolved(self, value, kind):
        """What stands there, or what the reference leads to."""
        name = value.get("$ref", "")[len(REFERENCE % kind):]
        return self.document["components"][kind][name] if name else value

    def check_body(self, schema, value):
        """Raises where the value is not as the schema ({"$ref": …}) says."""
        name = json.dumps(schema)
        if name not in self.checks:
            whole = {**closed(schema), "components": {"schemas": self.schemas}, "$schema": "http://json-schema.org/draft-07/schema"}
            self.checks[name] = fastjsonschema.compile(whole)
        try:
            self.checks[name](value)
        except fastjsonschema.JsonSchemaException as wrong:
            raise Undescribed("%s is not as described: %s; there it is %s" %
                              (schema.get("$ref", schema), wrong, json.dumps(wrong.value)[:500])) from None

    def check(self, method, path, answer):
        """`path` behind the prefix, with its query."""
        item = self.operations(path)
        kind = answer.header("content-type").split(";")[0]
        what = "%s %s: %s" % (method, path, answer)
        if item is None:
            if kind == "application/json":
                raise Undescribed("no operation has this path: " + what)
            return
        operation = item.get("get" if method == "HEAD" else method.lower())
        if method == "HEAD" and operation and not operation["x-head"]:
            operation = None
        if operation is None:
            self._check_other_method(kind, answer)
            return
        response = operation["responses"].get(str(answer.status))
        if response is None:
            raise Undescribed("%s does not answer %d: %s" % (operation["operationId"], answer.status, what))
        try:
            self._check_response(self.resolved(response, "responses"), kind, answer, method != "HEAD")
        except Undescribed as wrong:
            raise Undescribed("%s: %s" % (what, wrong)) from None

    def _check_other_method(self, kind, answer):
        if kind == "application/json":
            self.check_body({"$ref": REFERENCE % "schemas" + "Failure"}, answer.json)

    def _check_response(self, response, kind, answer, with_body):
        for name in ("ETag", "Content-Disposition", "Retry-After", "Content-Range", "RateLimit-Limit"):
            if answer.header(name) and name not in response.get("headers", {}):
                raise Undescribed("%s is not described" % name)
        contents = response.get("content")
        if contents is None:
            if answer.body:
                raise Undescribed("a body is not described")
            return
        content = contents.get(kind, contents.get("*/*"))
        if content is None:
            raise Undescribed("the media type %s is not described" % kind)
        if with_body:
            self._check_content(content, kind, answer)

    def _check_content(self, content, kind, answer):
        if kind == "application/json" and not answer.header("content-disposition"):
            self.check_body(content["schema"], answer.json)
            if content.get("examples") and answer.json["error"] not in content["examples"]:
                raise Undescribed("the word %s is not described" % answer.json["error"])
        elif kind == "application/x-ndjson":
            for line in answer.body[:LARGE].split(b"\n")[:-1]:
                self.check_body(content["schema"], json.loads(line))


_descriptions = {}


def of(desk):
    """What the desk's program says of itself."""
    program = desk.env["PROGRAM"]
    if program not in _descriptions:
        _descriptions[program] = Description.of_program(program)
    return _descriptions[program]


def check(desk, method, path, answer):
    """Raises where an answer of the desk's pool is not described; `path` from the root of the host."""
    behind = re.match(r".*?/+api(?:/+http\.php)?(/.*)", path, re.DOTALL)
    if behind and method != "OPTIONS" and answer.header("content-security-policy").startswith(OURS):
        of(desk).check(method, behind.group(1), answer)
