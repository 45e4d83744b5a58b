# SPDX-License-Identifier: GPL-2.0-or-later
"""What is measured by single requests: streaming, memory, the mariadb client beside a list, a pool's start."""
import os
import subprocess
import time
import urllib.error
import urllib.request

import fastcgi
import help_desk
import processes


def ask(url, body=None, key=help_desk.KEY):
    """(status, body) of one request."""
    request = urllib.request.Request(url, data=body and body.encode(), headers={
        "X-API-Key": key, "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def stream(url, key=help_desk.KEY):
    """Seconds to the first byte of the body and to the last, and the bytes."""
    request = urllib.request.Request(url, headers={"X-API-Key": key})
    begun = time.perf_counter()
    with urllib.request.urlopen(request, timeout=600) as answer:
        first = answer.read(1)
        first_at = time.perf_counter() - begun
        size = len(first)
        while part := answer.read(1 << 16):
            size += len(part)
    return first_at, time.perf_counter() - begun, size


def client_seconds(desk, sql, times, raw=False):
    """How long the mariadb client takes to read the rows of a statement into /dev/null, its start not counted.
    `raw`: bytes as they are, without escapes."""
    def run(count):
        arguments = ["mariadb", "--no-defaults", "--quick", "--batch", "--skip-column-names", "-S", desk.socket, "-u",
                     "root", "--default-character-set=utf8mb4", *(["--raw"] if raw else []), desk.database]
        begun = time.perf_counter()
        subprocess.run(arguments, input=(sql + ";\n") * count, encoding="utf-8", stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun
    return (run(times + 1) - run(1)) / times


def list_sql(kind, i, what="t.*,h.*,e.*"):
    """The rows that the list number `i` of agents or clients is made of, as a plain join reads them."""
    where = "t.staff_id=%d" % (101 + i) if kind == "staff" else "t.user_id=%d AND e.type IN ('M','R')" % (1001 + i)
    return ("SELECT " + what + " FROM ost_ticket t JOIN ost_thread h ON h.object_type='T' AND h.object_id=t.ticket_id "
            "JOIN ost_thread_entry e ON e.thread_id=h.id AND e.flags&4=0 WHERE " + where)


def start_seconds(desk, program):
    """From the start of a second pool to its first good answer."""
    socket = os.path.join(desk.folder, "second.sock")
    with open(desk.config) as file:
        settings = file.read().replace(desk.setting("server", "socket"), socket, 1)
    for path in (desk.setting("server", "pid_file"), desk.setting("log", "file")):
        settings = settings.replace('"%s"' % path, '"%s.second"' % path)
    path = os.path.join(desk.folder, "second.ini")
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(settings)
    uri = "/api/tickets/ticketInfo?ticketNumber=" + help_desk.number_of(0)
    begun = time.perf_counter()
    pool = subprocess.Popen([program, "-c", path], stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begun < 10:
            try:
                if b"Status: 200" in fastcgi.ask(socket, uri, help_desk.KEY):
                    return time.perf_counter() - begun
            except OSError:
                time.sleep(0.0005)
        raise RuntimeError("a second pool did not answer")
    finally:
        pool.terminate()
        pool.wait()


def at_rest(desk):
    """Memory of the largest worker that has answered nothing yet."""
    return max((processes.memory(pid) for pid in desk.workers()), key=lambda memory: memory.get("VmRSS", 0))


def peak_of(desk, url, times):
    """The highest resident memory of a worker while it answers `url`."""
    for pid in desk.workers():
        processes.forget_peak(pid)
    for _ in range(times):
        ask(url)
    return max(processes.memory(pid).get("VmHWM", 0) for pid in desk.workers())


def memory_of_mail(desk, body):
    """KiB that a worker takes for a mail beyond what it had, and of these what it still has afterwards."""
    for pid in desk.workers():
        processes.forget_peak(pid)
    before = {pid: processes.memory(pid)["VmRSS"] for pid in desk.workers()}
    status, answer = ask(desk.base + "/tickets.email", body)
    if status != 201:
        raise RuntimeError("mail: %d %s" % (status, answer[:200].decode("utf-8", "replace")))
    after = {pid: processes.memory(pid) for pid in before}
    pid = max(after, key=lambda each: after[each].get("VmHWM", 0) - before[each])
    return after[pid]["VmHWM"] - before[pid], max(0, after[pid]["VmRSS"] - before[pid])
