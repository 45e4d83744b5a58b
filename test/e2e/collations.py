# SPDX-License-Identifier: GPL-2.0-or-later
"""Gives the text columns of a help desk other collations, and finds out what of the server's SQL that breaks."""
import os
import re
import subprocess

COLLATIONS = ("utf8mb3_unicode_ci", "utf8mb3_uca1400_ai_ci", "utf8mb4_unicode_ci", "utf8mb4_general_ci", "utf8mb4_bin",
              "latin1_swedish_ci")
TEXT = re.compile(r"^(?:(?:var)?char\(\d+\)|(?:tiny|medium|long)?text|(?:enum|set)\((?:'[^']*',?)+\))", re.I)
# A full-text index wants its columns in one collation.
TOGETHER = {"title": ("title", "content"), "content": ("title", "content")}


class Collations:
    """The text columns of the tables that the server has to do with."""

    def __init__(self, desk):
        self.desk = desk
        self.driver = os.environ["STATEMENT_DRIVER"]
        self.known = {row[0] for row in desk.sql("SELECT collation_name FROM information_schema.collations")}
        try:  # MariaDB from 10.10 on names those that serve several character sets here
            self.known |= {row[0] for row in desk.sql("SELECT full_collation_name FROM information_schema."
                                                      "collation_character_set_applicability")}
        except RuntimeError:
            pass
        self.columns = {}  # table → column → its definition, type first
        for table in self.used_tables():
            self.columns[table] = self._text_columns(table)
        self.original = {table: dict(columns) for table, columns in self.columns.items()}

    def used_tables(self):
        """Those that a statement names, read in the sources."""
        names = set()
        store = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib", "store")
        for folder, _, files in os.walk(store):
            for file in files:
                with open(os.path.join(folder, file), encoding="utf-8") as text:
                    names |= set(re.findall(r"\{((?:fcgi:)?[a-z_]+)\}", text.read()))
        prefix = self.desk.prefix
        there = {row[0] for row in self.desk.sql("SHOW TABLES")}
        named = {"fcgi_" + prefix + n[5:] if n.startswith("fcgi:") else prefix + n for n in names}
        return sorted(named & there)

    def _text_columns(self, table):
        lines = self.desk.sql("SHOW CREATE TABLE `%s`" % table)
        columns = {}
        for line in lines:
            found = re.match(r"\s+`([^`]+)` (.*?),?$", line[0])
            if found and TEXT.match(found.group(2)):
                columns[found.group(1)] = found.group(2)
        return columns

    @staticmethod
    def _with(definition, collation):
        kind = TEXT.match(definition).group(0)
        rest = re.sub(r"^ CHARACTER SET \w+| COLLATE \w+", "", definition[len(kind):])
        rest = re.sub(r"^ COLLATE \w+", "", rest)
        return "%s CHARACTER SET %s COLLATE %s%s" % (kind, collation.split("_")[0], collation, rest)

    def give(self, chosen):
        """`chosen`: (table, column) → collation. One statement a table."""
        by_table = {}
        for (table, column), collation in chosen.items():
            for each in TOGETHER.get(column, (column,)) if table.endswith("_search") else (column,):
                by_table.setdefault(table, {})[each] = collation
        self.desk.sql("".join("ALTER TABLE `%s` %s;\n" % (table, ",".join(
            "MODIFY `%s` %s" % (column, self._with(self.original[table][column], collation))
            for column, collation in columns.items())) for table, columns in by_table.items()))

    def restore(self, tables):
        """As they were; what they cannot hold any more is lost."""
        self.desk.sql("SET sql_mode='';" + "".join("ALTER TABLE `%s` %s;\n" % (table, ",".join(
            "MODIFY `%s` %s" % (column, self._full(table, column)) for column in self.original[table]))
            for table in tables if self.original[table]))

    def _full(self, table, column):
        definition = self.original[table][column]
        if "CHARACTER SET" in definition or "COLLATE" in definition:
            return definition
        return self._with(definition, self._default(table))

    def _default(self, table):
        if not hasattr(self, "defaults"):
            self.defaults = dict(self.desk.sql("SELECT table_name,table_collation FROM information_schema.tables "
                                               "WHERE table_schema=DATABASE()"))
        return self.defaults[table]

    def texts(self):
        return [(table, column) for table, columns in self.columns.items() for column in columns]

    def those_there(self):
        """Not every server has every one."""
        return [collation for collation in COLLATIONS if collation in self.known]

    def refused(self):
        """The statements that the database does not take: lines of their name and its words."""
        done = subprocess.run([self.driver, self.desk.env["CONFIG"]], capture_output=True, text=True, timeout=60, check=True)
        return done.stdout.splitlines()
