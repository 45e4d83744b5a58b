# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk of N tickets that is up: database, pool, nginx and the null program beside the pool."""
import concurrent.futures
import configparser
import os
import re
import shutil
import signal
import subprocess
import time

import help_desk
import processes

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
STACK = os.path.join(ROOT, "test", "stack")
WORKERS = 4
DATABASE = ("--innodb-log-file-size=512M --innodb-flush-method=O_DIRECT --innodb-buffer-pool-size=%dM "
            "--innodb-fast-shutdown=2 --max-connections=100")


class Failure(Exception):
    pass


def snippet_with_null(folder):
    """The snippet that users install, and its location once more, for the null program."""
    with open(os.path.join(ROOT, "nginx", "snippet.conf"), encoding="utf-8") as file:
        snippet = file.read()
    location = re.search(r"^location = /\.osticket-fcgi \{\n.*?^\}\n", snippet, re.M | re.S)
    if not location:
        raise Failure("nginx/snippet.conf has no location /.osticket-fcgi that the bench could copy")
    twin = location.group(0).replace("location = /.osticket-fcgi", "location /null/").replace("    internal;\n", "")
    twin = re.sub(r"fastcgi_pass [^;]+;", "fastcgi_pass unix:%s/null.sock;" % folder, twin)
    path = os.path.join(folder, "snippet.conf")
    with open(path, "w", encoding="utf-8") as file:
        file.write(snippet + "\n" + twin)
    return path


class Desk:
    def __init__(self, folder, build, tickets, port, durable, say, database="", mail=False, settings=""):
        self.folder, self.build, self.tickets = folder, build, tickets
        self.null = None
        os.makedirs(folder, exist_ok=True)
        say("a help desk of %s tickets: starting" % format(tickets, ","))
        begun = time.monotonic()
        # Sized so that all tickets stay in memory, as on a server of their size.
        environment = dict(os.environ, BUILD=build, PORT=str(port), SNIPPET=snippet_with_null(folder),
                           DATABASE_OPTIONS=DATABASE % max(256, tickets * 8 // 1000) + " " + database,
                           DURABLE="1" if durable else "0",
                           SETTINGS="mail.enabled=%s\nserver.workers=%d\nserver.max_requests=0" % (
                               "yes" if mail else "no", WORKERS) + settings)
        subprocess.run([STACK, "up", folder], env=environment, check=True)
        self.read_environment()
        try:
            self.fill()
        except BaseException:
            self.stop()
            raise
        say("a help desk of %s tickets: made in %.0f s" % (format(tickets, ","), time.monotonic() - begun))

    def fill(self):
        first, side_by_side, last = help_desk.statements(self.tickets)
        self.sql(first)
        with concurrent.futures.ThreadPoolExecutor() as pool:
            list(pool.map(self.sql, side_by_side))
        self.sql(last)

    def read_environment(self):
        with open(os.path.join(self.folder, "env")) as file:
            values = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.base, self.socket, self.database = values["BASE"], values["SOCK"], values["DB"]
        self.log, self.config, self.pid = values["LOG"], values["CONFIG"], int(values["PID"])
        self.nginx = int(values["NGINX_PID"])
        self.null_base = self.base.replace("/api/http.php", "/null/")
        with open(os.path.join(self.folder, "database.pid")) as file:
            self.database_pid = int(file.read())

    def sql(self, text, *options):
        done = subprocess.run(["mariadb", "--no-defaults", "-S", self.socket, "-u", "root", "--batch",
                               "--default-character-set=utf8mb4", "--skip-column-names", *options, self.database],
                              input=text, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise Failure("the database refuses: " + done.stderr.strip()[:500])
        return done.stdout

    def grant(self, account):
        """An account for another server on this database. `account`: NAME:PASSWORD."""
        name, _, password = account.partition(":")
        quoted = help_desk.quote(name) + "@'localhost'"
        self.sql("CREATE USER %s IDENTIFIED BY %s; GRANT ALL ON `%s`.* TO %s" % (
            quoted, help_desk.quote(password), self.database, quoted))

    def setting(self, section, name):
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(self.config)
        return parser[section][name].strip('"')

    def workers(self):
        """The mailer, cron and metrics are children, too, but programs of their own."""
        master = processes.program(self.pid)
        return [pid for pid in processes.children(self.pid) if processes.program(pid) == master]

    def reload(self):
        """Every worker is a new one afterwards."""
        before = set(self.workers())
        os.kill(self.pid, signal.SIGHUP)
        for _ in range(400):
            now = set(self.workers())
            if len(now) == len(before) and not now & before:
                break
            time.sleep(0.05)
        time.sleep(1)

    def start_null(self, recipes):
        self.stop_null()
        self.null = subprocess.Popen([os.path.join(self.build, "test", "benchmark", "bench_null"),
                                      os.path.join(self.folder, "null.sock"), str(WORKERS), self.socket,
                                      self.setting("database", "user"), self.setting("database", "password"), self.database, *recipes])
        for _ in range(200):
            if len(processes.children(self.null.pid)) == WORKERS and os.path.exists(
                    os.path.join(self.folder, "null.sock")):
                time.sleep(0.3)
                return
            time.sleep(0.02)
        raise Failure("the null program does not start")

    def stop_null(self):
        if self.null:
            self.null.terminate()
            self.null.wait()
            self.null = None

    def stop(self):
        self.stop_null()
        subprocess.run([STACK, "down", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)
