#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""tidy_cached.py BUILD [FILE…]: clang-tidy on what the build compiles, or on some of it, but not on files that were clean
before. What a verdict depends on is its key: clang-tidy and its checks, how the file is compiled, and the bytes of the file
and of all that it includes, which ninja knows from the build. Only that a file is clean is kept, never a finding. A file of
which this is not known, or that changed since it was compiled, is looked at each time. TIDY_CACHE names the folder; empty:
nothing is kept."""
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys

ROOT = os.getcwd()


def included(build):
    """By object: the files that it was made of; none where one is newer than the object."""
    found, name = {}, None
    listed = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True, check=False).stdout
    for line in listed.splitlines():
        if line.startswith("    "):
            if name:
                found[name].append(os.path.normpath(os.path.join(build, line.strip())))
        elif ": #deps " in line:
            name = line.split(": #deps ")[0] if line.endswith("(VALID)") else None
            if name:
                found[name] = []
    return found


def digest(path, known={}):
    if path not in known:
        with open(path, "rb") as file:
            known[path] = hashlib.sha256(file.read()).hexdigest()
    return known[path]


def key_of(common, build, entry, sources):
    words = entry["command"].split()
    output = words[words.index("-o") + 1]
    made_of = sources.get(output)
    if not made_of:
        return None
    made = os.stat(os.path.join(build, output)).st_mtime
    if any(os.stat(path).st_mtime > made for path in made_of + [entry["file"]]):
        return None
    parts = [common, entry["command"].replace(ROOT, ""), os.path.relpath(entry["file"], ROOT)]
    parts += sorted("%s %s" % (os.path.relpath(path, ROOT) if path.startswith(ROOT) else path, digest(path)) for path in made_of)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def looked_at(build, entry, kept):
    """What clang-tidy says of a file, or None where it was clean before."""
    if kept and os.path.exists(kept):
        os.utime(kept)  # so that one may sweep away what nobody asked for any more
        return None
    done = subprocess.run(["clang-tidy", "--quiet", "-p", build, entry["file"]], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, check=False)
    if done.returncode == 0 and kept:
        os.makedirs(os.path.dirname(kept), exist_ok=True)
        open(kept, "w", encoding="utf-8").close()
    return done


def main():
    build = os.path.abspath(sys.argv[1])
    folder = os.environ.get("TIDY_CACHE", os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"),
                                                       "osticket-fcgi", "tidy"))
    common = subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True, check=True).stdout + digest(".clang-tidy")
    sources = included(build) if folder else {}
    # Only what is compiled: a file that a build leaves out has no flags. Tests are held to the formatting alone.
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        entries = [entry for entry in json.load(file) if "/test/" not in entry["file"] and
                   (len(sys.argv) < 3 or entry["file"] in sys.argv[2:])]

    def look(entry):
        try:
            key = key_of(common, build, entry, sources)
        except (OSError, ValueError):
            key = None
        return looked_at(build, entry, os.path.join(folder, key[:2], key) if key else None)

    failed = known = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as workers:
        for done in workers.map(look, entries):
            known += done is None
            failed += done is not None and done.returncode != 0
            if done is not None and done.stdout:
                print(done.stdout, end="", flush=True)
    print("%d files, %d of them known to be clean, %d not clean" % (len(entries), known, failed))
    sys.exit(1 if failed or not entries else 0)


if __name__ == "__main__":
    main()
