# SPDX-License-Identifier: GPL-2.0-or-later
"""Where two answers differ, as lines for a person."""
import json

from contract import ANY


def short(value):
    return json.dumps(value, ensure_ascii=False)[:160]


def in_any_order(path):
    """GET /tickets and the lists have an order of ours; PHP's is whatever its database yields."""
    return path in ("json", "json.tickets")


def differences(path, wanted, got):
    if wanted == "*" and isinstance(got, str):
        return
    if wanted == ANY:
        if not isinstance(got, str) or not got:
            yield "%s: wanted some text, got %s" % (path, short(got))
    elif isinstance(wanted, dict) and isinstance(got, dict):
        yield from _of_objects(path, wanted, got)
    elif isinstance(wanted, list) and isinstance(got, list):
        yield from _of_lists(path, wanted, got)
    elif wanted != got or type(wanted) is not type(got):
        yield "%s: wanted %s, got %s" % (path, short(wanted), short(got))


def _of_objects(path, wanted, got):
    for name, value in wanted.items():
        if name not in got:
            yield "%s.%s is missing" % (path, name)
        else:
            yield from differences("%s.%s" % (path, name), value, got[name])
    for name in got.keys() - wanted.keys():
        yield "%s.%s is extra: %s" % (path, name, short(got[name]))


def _of_lists(path, wanted, got):
    if in_any_order(path):
        wanted, got = (sorted(items, key=lambda item: json.dumps(item, sort_keys=True)) for items in (wanted, got))
    if len(wanted) != len(got):
        yield "%s: wanted %d items, got %d" % (path, len(wanted), len(got))
    for index, (left, right) in enumerate(zip(wanted, got)):
        yield from differences("%s[%d]" % (path, index), left, right)
