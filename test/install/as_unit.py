#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the program of a systemd unit as systemd would, where no systemd is: reads the installed unit file, makes the
same view of the file system, capabilities and system call filters, and becomes the program. Needs root.

    as_unit.py UNIT [options]

    --root FOLDER          the unit and all its paths are below FOLDER, into which we change
    --instance NAME        for a template: what %i stands for
    --stage FOLDER         its files lie over the system's, as if installed there ("DESTDIR=FOLDER cmake --install")
    --private FOLDER       empty for the program, such as /run of a machine that is not its own; may come twice
    --bind FROM:TO         FROM of this machine is TO, writable when the unit makes TO writable; may come twice
    --set NAME=VALUE       instead of what the unit says; may come twice
    --notify SOCKET        what NOTIFY_SOCKET shall be, as the program sees it
    --reload PID           runs the unit's ExecReload lines for the main process PID, instead of ExecStart

A directive that is not known here is an error: what is not carried out must not look as if it were.
"""
import argparse
import ctypes
import os
import re
import shlex
import stat
import subprocess
import sys

# What needs systemd itself, or does not change what the program may do.
NOT_HERE = {"Type", "NotifyAccess", "ExecStart", "ExecReload", "ExecStartPre", "KillMode", "TimeoutStopSec", "Restart", "RestartSec",
            "OOMPolicy", "TasksMax", "MemoryMax", "RemoveIPC", "SystemCallArchitectures", "SystemCallErrorNumber",
            "RuntimeDirectoryPreserve", "SyslogIdentifier", "StandardOutput", "StandardError", "TimeoutStartSec",
            "WatchdogSec", "LimitNOFILE", "LimitCORE", "Slice", "RestartPreventExitStatus", "SuccessExitStatus"}
DIRECTORIES = {"RuntimeDirectory": "/run", "LogsDirectory": "/var/log", "StateDirectory": "/var/lib",
               "CacheDirectory": "/var/cache"}
CAPABILITIES = ("CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE "
                "NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT "
                "SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE "
                "AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ "
                "PERFMON BPF CHECKPOINT_RESTORE").split()
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16, "AF_PACKET": 17}
LAST_FAMILY = 45
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
CLONE_NEWNS, CLONE_NEWUTS = 0x20000, 0x4000000
NAMESPACES = (0x2000000, 0x8000000, 0x40000000, CLONE_NEWNS, 0x20000000, 0x10000000, CLONE_NEWUTS, 0x80)
EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97
LIBC = ctypes.CDLL(None, use_errno=True)


def fail(text):
    sys.exit("as_unit: " + text)


def call(function, *arguments):
    if function(*arguments) != 0:
        fail("%s: %s" % (function.__name__, os.strerror(ctypes.get_errno())))


# ---- the unit ------------------------------------------------------------------------------------------------------

class Unit:
    """The [Service] part of a unit file: each directive with all its values; an empty one forgets those before it."""

    def __init__(self, path, instance, instead):
        self.values, self.instance = {}, instance
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"\\\n\s*", " ", file.read())
        section = ""
        for line in text.splitlines():
            if line.startswith("["):
                section = line
            elif section == "[Service]" and line.strip() and line[0] not in "#;":
                self.add(*line.split("=", 1))
        for line in instead:
            name, value = line.split("=", 1)
            self.values[name] = [] if not value else [value]
        known = NOT_HERE | set(DIRECTORIES) | set(VIEW) | set(RIGHTS) | {n + "Mode" for n in DIRECTORIES}
        unknown = set(self.values) - known
        if unknown:
            fail("%s: no way to carry out %s" % (path, ", ".join(sorted(unknown))))

    def add(self, name, value):
        value = value.strip()
        for sign, word in (("%i", self.instance), ("%I", self.instance), ("%%", "%")):
            value = value.replace(sign, word)
        if value:
            self.values.setdefault(name, []).append(value)
        else:
            self.values[name] = []

    def words(self, name):
        return [word for value in self.values.get(name, []) for word in value.split()]

    def text(self, name, default=""):
        return self.values.get(name, [default])[-1] if self.values.get(name) else default

    def on(self, name):
        return self.text(name) in ("yes", "true", "1", "on")


# ---- its view of the file system -----------------------------------------------------------------------------------

class View:
    """Mounts below `root`, in a mount name space of our own: nobody else sees them, and they end with the program."""

    def __init__(self, root):
        self.root = root.rstrip("/")
        self.writable = []
        call(LIBC.unshare, CLONE_NEWNS)
        self.mount("--make-rprivate", "/", below=False)
        if self.root:
            self.mount("--rbind", self.root, self.root, below=False)
            self.mount("-t", "proc", "proc", "/proc")

    def mount(self, *words, below=True):
        words = list(words)
        if below:
            words[-1] = self.root + words[-1]
        subprocess.run(["mount", *words], check=True, stdin=subprocess.DEVNULL)

    def there(self, path):
        return os.path.lexists(self.root + path)

    def stage(self, folder):
        for name in os.listdir(folder):
            if self.there("/" + name):
                self.mount("-t", "overlay", "overlay", "-o", "lowerdir=%s/%s:%s/%s" % (folder, name, self.root, name), "/" + name)

    def empty(self, path, mode="755"):
        if self.there(path):
            self.mount("-t", "tmpfs", "tmpfs", "-o", "mode=" + mode, path)

    def bind(self, source, path):
        if os.path.isdir(source):
            os.makedirs(self.root + path, exist_ok=True)
        elif not self.there(path):
            os.makedirs(os.path.dirname(self.root + path), exist_ok=True)
            with open(self.root + path, "w", encoding="utf-8"):
                pass
        self.mount("--bind", source, path)

    def keep_writable(self, path):
        self.mount("--bind", self.root + path, path)
        self.writable.append(self.root + path)

    def make_directory(self, base, name, mode):
        path = os.path.join(base, name)
        if not self.there(path):
            os.makedirs(self.root + path)
            os.chmod(self.root + path, mode)
        self.keep_writable(path)

    def read_only(self, path):
        if self.there(path):
            self.mount("--bind", self.root + path, path)
            self.mount("-o", "remount,bind,ro", path)

    def devices(self):
        self.empty("/dev")
        old = os.umask(0)
        for name, major, minor in (("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9),
                                   ("tty", 5, 0)):
            os.mknod(self.root + "/dev/" + name, 0o666 | stat.S_IFCHR, os.makedev(major, minor))
        os.umask(old)
        for name, target in (("fd", "/proc/self/fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
            os.symlink(target, self.root + "/dev/" + name)
        os.mkdir(self.root + "/dev/shm")
        self.empty("/dev/shm", "1777")
        self.mount("-o", "remount,bind,ro", "/dev")

    def close(self):
        """All that is mounted becomes read-only but what was kept writable and the kernel's own."""
        with open("/proc/self/mountinfo", encoding="utf-8") as file:
            paths = {re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), line.split()[4]) for line in file}
        # A mount that lies under another one cannot be reached, and need not.
        own = ("/dev", "/proc", "/sys", "/tmp", "/var/tmp")
        for path in sorted(paths):
            inside = path[len(self.root):] or "/"
            if not (path + "/").startswith(self.root + "/") or path in self.writable or not os.path.exists(path):
                continue
            if any(inside == folder or inside.startswith(folder + "/") for folder in own):
                continue
            subprocess.run(["mount", "-o", "remount,bind,ro", path], check=True)


def tunables(view):
    for path in ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/sys"):
        view.read_only(path)


def hide(view, *paths):
    for path in paths:
        if os.path.isdir(view.root + path):
            view.empty(path, "000")
        elif view.there(path):
            view.bind("/dev/null", path)


# By directive. Those that have to see what others made come later; ProtectSystem closes.
VIEW = {
    "PrivateTmp": lambda view: (view.empty("/tmp", "1777"), view.empty("/var/tmp", "1777")),
    "PrivateDevices": View.devices,
    "ProtectHome": lambda view: hide(view, "/home", "/root", "/run/user"),
    "ProtectProc": lambda view: view.mount("-t", "proc", "proc", "-o", "hidepid=invisible", "/proc"),
    "ProtectKernelTunables": tunables,
    "ProtectControlGroups": lambda view: view.read_only("/sys/fs/cgroup"),
    "ProtectKernelLogs": lambda view: hide(view, "/proc/kmsg", "/dev/kmsg"),
    "ProtectKernelModules": lambda view: hide(view, "/usr/lib/modules"),
    "ReadWritePaths": None, "ReadOnlyPaths": None, "ProtectSystem": None,
}


def make_view(unit, options):
    view = View(options.root)
    if options.stage:
        view.stage(options.stage)
    for path in options.private:
        view.empty(path)
    for pair in options.bind:
        view.bind(*pair.split(":"))
    for name, base in DIRECTORIES.items():
        for folder in unit.words(name):
            view.make_directory(base, folder, int(unit.text(name + "Mode", "0755"), 8))
    for path in unit.words("ReadWritePaths"):
        if view.there(path.lstrip("-+")) or not path.startswith("-"):
            view.keep_writable(path.lstrip("-+"))
    for name, carry_out in VIEW.items():
        if carry_out and (unit.on(name) or unit.text(name) == "invisible"):
            carry_out(view)
    if unit.text("ProtectSystem") == "strict":
        view.close()
    elif unit.text("ProtectSystem"):
        fail("ProtectSystem=%s: only strict can be carried out" % unit.text("ProtectSystem"))
    return view


# ---- what it may ask of the kernel ---------------------------------------------------------------------------------

class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("operator", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


NOT_EQUAL, EQUAL, GREATER, MASKED = 1, 4, 6, 7
ALLOW = 0x7FFF0000


def refuse(number):
    return 0x00050000 | number


class Filter:
    """One filter of libseccomp: what no rule names is done as `default` says."""
    library = None

    def __init__(self, default):
        if not Filter.library:
            library = ctypes.CDLL("libseccomp.so.2")
            library.seccomp_init.restype = ctypes.c_void_p
            library.seccomp_attr_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32]
            library.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint,
                                                       ctypes.POINTER(Comparison)]
            library.seccomp_load.argtypes = [ctypes.c_void_p]
            Filter.library = library
        self.context = self.library.seccomp_init(ctypes.c_uint32(default))
        self.library.seccomp_attr_set(self.context, 3, 0)  # NoNewPrivileges is a directive of its own

    def rule(self, action, name, *comparisons):
        number = self.library.seccomp_syscall_resolve_name(name.encode())
        array = (Comparison * max(1, len(comparisons)))(*[Comparison(*c) for c in comparisons])
        # Names of other processors' calls are in the groups, too: those have no number here.
        if number >= 0 and self.library.seccomp_rule_add_array(self.context, action, number, len(comparisons), array) != 0:
            fail("no rule for the system call " + name)

    def load(self):
        if self.library.seccomp_load(self.context) != 0:
            fail("the kernel takes no system call filter")


def group(name, groups):
    """The calls of "@group" or of a single name; groups hold groups."""
    if not name.startswith("@"):
        return {name}
    if name not in groups:
        done = subprocess.run(["systemd-analyze", "syscall-filter", name], capture_output=True, text=True, check=True)
        groups[name] = set()
        for line in done.stdout.splitlines()[1:]:
            word = line.strip()
            if word and not word.startswith("#"):
                groups[name] |= group(word, groups)
    return groups[name]


def call_filter(unit):
    """SystemCallFilter, as a list of what is allowed: the first line says so; later ones with ~ take away."""
    allowed, groups = set(), {}
    for index, value in enumerate(unit.values.get("SystemCallFilter", [])):
        take_away = value.startswith("~")
        if index == 0 and take_away:
            fail("SystemCallFilter: only a list of what is allowed can be carried out")
        names = set().union(*(group(word, groups) for word in value.lstrip("~").split()))
        allowed = allowed - names if take_away else allowed | names
    if not allowed:
        return []
    number = {"EPERM": EPERM, "ENOSYS": ENOSYS}[unit.text("SystemCallErrorNumber", "EPERM")]
    made = Filter(refuse(number))
    # What systemd itself needs to get as far as the program stays allowed.
    for name in sorted(allowed | group("@default", groups) | {"execve"}):
        made.rule(ALLOW, name)
    return [made]


def deny(*rules):
    made = Filter(ALLOW)
    for rule in rules:
        made.rule(*rule)
    return [made]


def deny_groups(*names):
    groups = {}
    return deny(*[(refuse(EPERM), name) for word in names for name in sorted(group(word, groups))])


def address_families(unit):
    allowed = {FAMILIES[word] for word in unit.words("RestrictAddressFamilies")}
    return deny((refuse(EAFNOSUPPORT), "socket", (0, GREATER, LAST_FAMILY, 0)),
                *[(refuse(EAFNOSUPPORT), "socket", (0, EQUAL, family, 0))
                  for family in range(LAST_FAMILY + 1) if family not in allowed])


def namespaces(unit):
    return deny((refuse(EPERM), "setns"), (refuse(ENOSYS), "clone3"),
                *[(refuse(EPERM), name, (0, MASKED, flag, flag)) for name in ("clone", "unshare") for flag in NAMESPACES])


def suid_sgid(unit):
    rules = [(refuse(ENOSYS), "openat2")]
    for bit in (stat.S_ISUID, stat.S_ISGID):
        for name, argument in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("mkdir", 1), ("mkdirat", 2), ("mknod", 1),
                               ("mknodat", 2), ("creat", 1)):
            rules.append((refuse(EPERM), name, (argument, MASKED, bit, bit)))
        for name, argument in (("open", 1), ("openat", 2)):
            rules.append((refuse(EPERM), name, (argument, MASKED, os.O_CREAT, os.O_CREAT), (argument + 1, MASKED, bit, bit)))
    return deny(*rules)


def write_execute(unit):
    write, execute = 2, 4
    return deny((refuse(EPERM), "mmap", (2, MASKED, write | execute, write | execute)),
                (refuse(EPERM), "mprotect", (2, MASKED, execute, execute)),
                (refuse(EPERM), "pkey_mprotect", (2, MASKED, execute, execute)),
                (refuse(EPERM), "shmat", (2, MASKED, 0o100000, 0o100000)))


# By directive: the filters that carry it out.
RIGHTS = {
    "PrivateDevices": lambda unit: deny_groups("@raw-io"),
    "ProtectClock": lambda unit: deny_groups("@clock"),
    "ProtectKernelModules": lambda unit: deny_groups("@module"),
    "ProtectKernelLogs": lambda unit: deny((refuse(EPERM), "syslog")),
    "ProtectHostname": lambda unit: deny((refuse(EPERM), "sethostname"), (refuse(EPERM), "setdomainname")),
    "RestrictAddressFamilies": address_families,
    "RestrictNamespaces": namespaces,
    "RestrictRealtime": lambda unit: deny(*[(refuse(EPERM), "sched_setscheduler", (1, EQUAL, policy, 0))
                                            for policy in (1, 2, 6)]),
    "RestrictSUIDSGID": suid_sgid,
    "LockPersonality": lambda unit: deny((refuse(EPERM), "personality", (0, NOT_EQUAL, 0, 0))),
    "MemoryDenyWriteExecute": write_execute,
    "NoNewPrivileges": None, "CapabilityBoundingSet": None, "UMask": None, "Environment": None,
    "SystemCallFilter": call_filter,
}


def capabilities(unit):
    """The numbers of those that stay."""
    if "CapabilityBoundingSet" not in unit.values:
        stay = set(CAPABILITIES)
    else:
        stay = {word[len("CAP_"):] for word in unit.words("CapabilityBoundingSet")}
    for name, taken in (("PrivateDevices", {"MKNOD", "SYS_RAWIO"}), ("ProtectClock", {"SYS_TIME", "WAKE_ALARM"}),
                        ("ProtectKernelModules", {"SYS_MODULE"}), ("ProtectKernelLogs", {"SYSLOG"})):
        if unit.on(name):
            stay -= taken
    return {CAPABILITIES.index(name) for name in stay}


def drop_rights(unit, filters):
    with open("/proc/sys/kernel/cap_last_cap", encoding="utf-8") as file:
        last = int(file.read())
    stay = capabilities(unit)
    for number in range(last + 1):
        if number not in stay:
            call(LIBC.prctl, PR_CAPBSET_DROP, number, 0, 0, 0)
    if unit.on("NoNewPrivileges"):
        call(LIBC.prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.umask(int(unit.text("UMask", "0022"), 8))
    for made in filters:
        made.load()


def environment(unit, notify):
    variables = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    for value in unit.values.get("Environment", []):
        variables.update(word.split("=", 1) for word in shlex.split(value))
    if notify:
        variables["NOTIFY_SOCKET"] = notify
    # Of the tests: where a sanitizer writes what it found.
    variables.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
    return variables


def run(commands, variables):
    """All commands, one after the other; the last one in our place."""
    for index, words in enumerate(commands):
        if index < len(commands) - 1:
            subprocess.run(words, env=variables, check=True)
        else:
            os.execve(words[0], words, variables)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("unit")
    parser.add_argument("--root", default="/")
    parser.add_argument("--instance", default="")
    parser.add_argument("--stage")
    parser.add_argument("--notify")
    parser.add_argument("--reload")
    for name in ("--private", "--bind", "--set"):
        parser.add_argument(name, action="append", default=[])
    options = parser.parse_args()
    path = options.unit if options.root == "/" else options.root.rstrip("/") + options.unit
    unit = Unit(path, options.instance, options.set)
    # All that reads files or runs programs of this machine comes before the root changes.
    filters = [made for name, make in RIGHTS.items() if make and (unit.on(name) or (unit.words(name) and unit.text(name) != "no"))
               for made in make(unit)]
    if options.reload:
        variables = {"MAINPID": options.reload, **environment(unit, None)}
        commands = [[word.replace("$MAINPID", options.reload) for word in shlex.split(line)]
                    for line in unit.values.get("ExecReload", [])]
    else:
        variables = environment(unit, options.notify)
        commands = [shlex.split(line) for line in unit.values.get("ExecStartPre", []) + unit.values["ExecStart"][-1:]]
    view = make_view(unit, options)
    if unit.on("ProtectHostname"):
        call(LIBC.unshare, CLONE_NEWUTS)
    os.chroot(view.root or "/")
    os.chdir("/")
    # /proc/sys has to be asked before the rights are gone. No module of Python can be loaded from here on.
    drop_rights(unit, filters)
    run(commands, variables)


if __name__ == "__main__":
    main()
