# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables: what was measured, and what of it was aimed at."""
import json
from statistics import median

COLUMNS = ("", "requests/s", "p50 ms", "p99 ms", "round trips", "worker µs", "database µs", "peak RSS MiB",
           "of the ceiling", "of its statements alone")


def middle(results, field):
    values = [getattr(result, field) for result in results if getattr(result, field) is not None]
    return median(values) if values else None


def summary(results):
    """The medians of a row's rounds."""
    return {field: middle(results, field) for field in results[0]._fields}


def number(value, digits=0):
    return "–" if value is None else format(value, ",.%df" % digits)


def cells(name, row):
    trips = row["round_trips"]
    return (name, number(row["rate"]), number(row["p50_us"] / 1000, 2), number(row["p99_us"] / 1000, 2),
            number(trips, 0 if trips is None or abs(trips - round(trips)) < 0.01 else 1), number(row["worker_us"]),
            number(row["database_us"]), number(row["peak_kib"] / 1024, 1), number(row.get("ratio"), 2), number(row.get("alone"), 2))


def markdown(head, rows):
    widths = [max(len(str(row[i])) for row in [head] + rows) for i in range(len(head))]
    line = lambda row: "| " + " | ".join(
        str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
        for i, (cell, width) in enumerate(zip(row, widths))) + " |"
    rule = "|" + "|".join("-" * (width + 2) if i == 0 else "-" * (width + 1) + ":" for i, width in enumerate(widths)) + "|"
    return "\n".join([line(head), rule] + [line(row) for row in rows])


def measured(rows):
    """The last columns are left out where no row has them."""
    table = [cells(name, row) for name, row in rows.items()]
    width = max((i + 1 for row in table for i, cell in enumerate(row) if cell != "–"), default=len(COLUMNS))
    return markdown(COLUMNS[:width], [row[:width] for row in table])


def targets(data):
    """(what, target, measured, reached) of each target whose row was measured."""
    rows, found = data["rows"], []

    def aim(what, target, value, reached, digits=2, unit=""):
        if value is not None:
            found.append((what, target, number(value, digits) + unit, "yes" if reached(value) else "no"))

    def row(name, field):
        return rows.get(name, {}).get(field)

    aim("ticketInfo, 3 entries", "≥ 0.8 of the ceiling", row("ticketInfo, 3 entries", "ratio"), lambda v: v >= 0.8)
    aim("its round trips, key included", "≤ 2", row("ticketInfo, 3 entries", "round_trips"), lambda v: v <= 2, 0)
    for status in ("401", "404"):
        aim(status, "≥ 0.9 of the ceiling", row(status, "ratio"), lambda v: v >= 0.9)
    aim("reply without mail", "≥ 0.7 of its statements alone", row("reply", "ratio"), lambda v: v >= 0.7)
    for name, of_client in data["lists"].items():
        aim(name, "≥ 0.5 of the mariadb client", of_client["ratio"], lambda v: v >= 0.5)
    trips = {row(name, "round_trips") for name in rows if "Tickets" in name} - {None}
    aim("lists: round trips, most less fewest", "0", max(trips) - min(trips) if trips else None, lambda v: v < 0.01, 0)
    longest = data["longest"]
    aim("first byte of a list of %s, of its time" % format(longest["tickets"], ","), "after the first rows",
        longest["first_s"] / longest["last_s"], lambda v: v < 0.25)
    aim("worker's memory for it", "< 32 MiB", longest["peak_kib"] / 1024, lambda v: v < 32, 1, " MiB")
    large = data["large_mail"]
    aim("worker's memory for a mail of %d MB, of its size" % (large["bytes"] // 1000000), "≤ 3", large["peak_kib"] * 1024 / large["bytes"],
        lambda v: v <= 3, 2)
    aim("what it keeps of that", "≤ 2 MiB", large["kept_kib"] / 1024, lambda v: v <= 2, 1, " MiB")
    aim("worker at rest", "≤ 8 MiB RSS", data["rest"]["VmRSS"] / 1024, lambda v: v <= 8, 1, " MiB")
    aim("start to first answer", "≤ 50 ms", data["start_s"] * 1000, lambda v: v <= 50, 0, " ms")
    return found


def text(data):
    parts = ["%s tickets, %s entries; %d rounds of %d s, medians" % (
        format(data["tickets"], ","), format(data["entries"], ","), data["rounds"], data["seconds"]),
        measured(data["rows"])]
    if data["ceilings"]:
        parts += ["The ceiling: nginx, the null program, so many queries", measured(data["ceilings"])]
    parts += ["Targets", markdown(("what", "target", "measured", "reached"), targets(data))]
    rest = data["rest"]
    parts.append("A worker at rest: %.1f MiB resident, of them %.1f its own memory, %.1f shared libraries and program" % (
        rest["VmRSS"] / 1024, rest["RssAnon"] / 1024, (rest["RssFile"] + rest["RssShmem"]) / 1024))
    return "\n\n".join(parts)


def save(data, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
        file.write("\n")
