# SPDX-License-Identifier: GPL-2.0-or-later
"""data.sql, laid again between cases: of its tables only those that were touched, since all of them take most of a second."""
import re

BEGIN = re.compile(r"(?:TRUNCATE TABLE|INSERT INTO) `(\w+)`")


class DataSet:
    def __init__(self, desk, path):
        self.desk, self.prologue, self.statements, self.laid = desk, "", {}, None
        statements = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                begin = BEGIN.match(line)
                if begin:
                    statements = self.statements.setdefault(begin.group(1), [])
                if statements is None:
                    self.prologue += line
                else:
                    statements.append(line)

    def state(self):
        """{table: (checksum of its rows, next number)}"""
        tables = ",".join("`%s`" % table for table in self.statements)
        numbers = dict(self.desk.sql("SELECT table_name,auto_increment FROM information_schema.tables WHERE table_schema=DATABASE()"))
        return {name.split(".")[1]: (checksum, numbers[name.split(".")[1]]) for name, checksum in self.desk.sql("CHECKSUM TABLE " + tables)}

    def lay(self):
        state = self.state() if self.laid else {}
        touched = [table for table in self.statements if not self.laid or state[table] != self.laid[table]]
        self.desk.sql(self.prologue + "".join(line for table in touched for line in self.statements[table]))
        self.laid = self.laid or self.state()
