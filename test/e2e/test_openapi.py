# SPDX-License-Identifier: GPL-2.0-or-later
"""The description of the API: that it holds together, and that the tests would notice an answer that it does not have."""
import json
import re
import subprocess
import unittest

import demo
import described
from desk import Answer

# What the schemas may use: what the validator of these tests and every reader of OpenAPI 3.1 knows.
WITHOUT_A_BODY = ("/tasks/cron", "/webhooks/{id}/test.json", "/webhooks/{id}/secret.json",
                  "/webhooks/{id}/deliveries/{delivery}/replay.json")
KEYWORDS = {"$ref", "type", "enum", "const", "properties", "required", "additionalProperties", "items", "anyOf", "minItems",
            "maxItems", "minLength", "minimum", "maximum", "pattern", "description", "examples", "contentMediaType"}


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.description = described.of(cls.desk)
        cls.document = cls.description.document

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in item.items():
                yield path, method, operation

    def everything(self, value, place="#"):
        """Each object of the document with where it is."""
        if isinstance(value, dict):
            yield place, value
        parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for name, part in parts:
            if name != "examples":
                yield from self.everything(part, "%s/%s" % (place, name))

    def test_every_reference_leads_somewhere_and_nothing_is_left_over(self):
        references = set()
        for place, value in self.everything(self.document):
            if "$ref" in value:
                references.add(value["$ref"])
                target = self.document
                for step in value["$ref"][2:].split("/"):
                    self.assertIn(step, target, place)
                    target = target[step]
        for kind in ("schemas", "responses", "headers", "parameters"):
            for name in self.document["components"][kind]:
                self.assertIn("#/components/%s/%s" % (kind, name), references)

    def test_every_operation_has_a_name_of_its_own_help_a_scope_and_answers(self):
        names = [operation["operationId"] for _, _, operation in self.operations()]
        self.assertEqual(len(set(names)), len(names))
        for path, method, operation in self.operations():
            self.assertTrue(operation["summary"] and operation["tags"], path)
            self.assertIn("x-scope", operation)
            self.assertTrue({"200", "201"} & set(operation["responses"]), path)
            self.assertTrue({"401", "429", "503"} <= set(operation["responses"]), path)
            if method != "delete":  # which may say who acts
                self.assertEqual(method in ("post", "put", "patch"), "requestBody" in operation or path in WITHOUT_A_BODY, path)
            described_in_path = [p["name"] for p in operation["parameters"] if p.get("in") == "path"]
            self.assertEqual(re.findall(r"\{([^}]*)\}", path), described_in_path)

    def test_schemas_keep_to_what_every_reader_knows(self):
        def look(schema, place):
            if isinstance(schema, list):
                for element in schema:
                    look(element, place)
            if not isinstance(schema, dict):
                return
            self.assertEqual(set(), set(schema) - KEYWORDS, place)
            self.assertEqual([], [name for name in schema.get("required", ()) if name not in schema["properties"]], place)
            for name, part in schema.get("properties", {}).items():
                look(part, place + "." + name)
            for keyword in ("items", "anyOf", "additionalProperties"):
                look(schema.get(keyword), place)

        for name, schema in self.document["components"]["schemas"].items():
            look(schema, name)

    def test_every_example_is_as_its_schema_says(self):
        for name, schema in self.document["components"]["schemas"].items():
            for example in schema.get("examples", ()):
                self.description.check_body({"$ref": "#/components/schemas/" + name}, example)
        for response in self.document["components"]["responses"].values():
            for content in response["content"].values():
                for example in content.get("examples", {}).values():
                    self.description.check_body(content["schema"], example["value"])

    def test_a_url_is_named_where_one_is_given(self):
        printed = subprocess.run([self.desk.env["PROGRAM"], "--openapi=https://desk.example/support/api"], check=True,
                                 capture_output=True, timeout=60).stdout
        self.assertEqual("https://desk.example/support/api", json.loads(printed)["servers"][0]["url"])
        self.assertEqual("/api", self.document["servers"][0]["url"])

    # ---- that an answer which is not described is noticed ------------------------------------------------------------
    def refuse(self, path, status, body, kind="application/json; charset=UTF-8", headers=(), method="GET"):
        answer = Answer(status, "", [("Content-Type", kind), ("Content-Security-Policy", described.OURS), *headers],
                        json.dumps(body).encode() + b"\n")
        with self.assertRaises(described.Undescribed):
            described.check(self.desk, method, self.desk.path + path, answer)

    def test_what_is_not_described_fails_the_test_that_gets_it(self):
        good = self.desk.get("/tickets/310042.json", key=demo.KEY).json
        self.refuse("/tickets/310042.json", 200, {**good, "secret": 1})
        self.refuse("/tickets/310042.json", 200, {**good, "ticket": {**good["ticket"], "secret": 1}})
        self.refuse("/tickets/310042.json", 200, {**good, "ticket": {**good["ticket"], "number": 310042}})
        self.refuse("/tickets/310042.json", 200, {name: good[name] for name in good if name != "version"})
        self.refuse("/tickets/310042.json", 206, good)
        self.refuse("/tickets/310042.json", 200, good, kind="text/plain; charset=UTF-8")
        self.refuse("/tickets.json", 200, {}, headers=[("ETag", '"1"')])
        self.refuse("/nothing.json", 200, good)
        failure = {"status_code": "FAILURE", "error": "not_found", "status_msg": "There is no such ticket", "errors": {}}
        self.refuse("/tickets/310042.json", 404, {**failure, "error": "invalid"})
        self.refuse("/tickets/310042.json", 404, {"status_code": "FAILURE"})
        self.refuse("/tickets.ndjson", 200, [], kind="application/x-ndjson; charset=UTF-8")
