# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads an answer and curl's last line "STATUS TYPE", prints it short and pretty, and fails unless the status is 200
and the Python expression given as argument holds for `answer`."""
import json
import sys

LINES = 40
WIDTH = 130


def main():
    text, _, last = sys.stdin.read().rstrip("\n").rpartition("\n")
    print(last)
    try:
        answer = json.loads(text)
    except ValueError:
        print("no JSON: " + text[:500])
        sys.exit(1)
    lines = json.dumps(answer, indent=2, ensure_ascii=False).split("\n")
    for line in lines[:LINES]:
        print(line if len(line) <= WIDTH else line[:WIDTH] + "…")
    if len(lines) > LINES:
        print("… %d more lines" % (len(lines) - LINES))
    # The expressions are test/demo's own text.
    holds = last == "200 application/json; charset=UTF-8" and eval(" ".join(sys.argv[1].split("\n")), {"answer": answer})
    print("as it should be\n" if holds else "NOT as it should be\n")
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
