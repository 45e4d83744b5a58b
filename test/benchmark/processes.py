# SPDX-License-Identifier: GPL-2.0-or-later
"""What processes used: processor time and memory, from /proc."""
import os

TICK_US = 1000000 // os.sysconf("SC_CLK_TCK")


def read(pid, name):
    try:
        with open("/proc/%d/%s" % (pid, name)) as file:
            return file.read()
    except OSError:
        return ""


def children(pid):
    return [int(child) for child in read(pid, "task/%d/children" % pid).split()]


def program(pid):
    try:
        return os.readlink("/proc/%d/exe" % pid)
    except OSError:
        return ""


def command(pid):
    return read(pid, "cmdline").split("\0")[0]


def cpu_us(pids):
    """Processor time, user and system, of all threads: ended ones as well."""
    total = 0
    for pid in pids:
        fields = read(pid, "stat").rpartition(")")[2].split()
        if fields:
            total += (int(fields[11]) + int(fields[12])) * TICK_US
    return total


def memory(pid):
    """VmHWM, VmRSS, RssAnon, RssFile and RssShmem in KiB; empty when the process is gone."""
    values = {}
    for line in read(pid, "status").splitlines():
        name, _, value = line.partition(":")
        if name in ("VmHWM", "VmRSS", "RssAnon", "RssFile", "RssShmem"):
            values[name] = int(value.split()[0])
    return values


def forget_peak(pid):
    """VmHWM counts from here on."""
    try:
        with open("/proc/%d/clear_refs" % pid, "w") as file:
            file.write("5")
    except OSError:
        pass
