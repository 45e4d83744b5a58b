# SPDX-License-Identifier: GPL-2.0-or-later
"""Database nodes in network namespaces with addresses of their own, and hosts of ours beside them, behind one nginx.

Everything lies in a name space of its own (see run): nothing listens anywhere else, and all ends with it.
"""
import os
import re
import shutil
import signal
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NET = "10.77.0."
OURS = NET + "254"
PASSWORD = "a-cluster-password"
SYNCED = 120      # seconds that a node may take to come back
NO_MAJORITY = 25  # seconds without a majority after which somebody looks
STATE = "grastate.dat"  # what Galera knows of a node that does not run
WHOLE = 900       # seconds after which all is given up


def call(*words, **more):
    return subprocess.run(words, check=True, capture_output=True, text=True, **more).stdout


def until(condition, seconds, what, process=None):
    end = time.monotonic() + seconds
    while not condition():
        if process and process.poll() is not None:
            raise RuntimeError("%s: it ended with %s" % (what, process.returncode))
        if time.monotonic() > end:
            raise RuntimeError("waited %d s in vain: %s" % (seconds, what))
        time.sleep(0.2)


class Node:
    """One mariadbd in a network namespace: 1, 2, 3."""

    def __init__(self, folder, number):
        self.number, self.name, self.address = number, "n%d" % number, NET + str(number)
        self.folder = os.path.join(folder, self.name)
        self.socket = os.path.join(self.folder, "sock")
        self.process = None

    def prepare(self):
        os.makedirs(os.path.join(self.folder, "tmp"))
        call("ip", "netns", "add", self.name)
        call("ip", "link", "add", "v" + self.name, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        call("ip", "link", "set", "v" + self.name, "master", "br0", "up")
        for words in (["addr", "add", self.address + "/24", "dev", "eth0"], ["link", "set", "eth0", "up"], ["link", "set", "lo", "up"]):
            call("ip", "-n", self.name, *words)
        call("mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
             "--datadir=" + os.path.join(self.folder, "data"), "--user=mysql")
        call("chown", "-R", "mysql:", self.folder)

    def options(self):
        """What every node has."""
        return ["--no-defaults", "--user=mysql", "--datadir=" + os.path.join(self.folder, "data"), "--socket=" + self.socket,
                "--pid-file=" + os.path.join(self.folder, "pid"), "--tmpdir=" + os.path.join(self.folder, "tmp"),
                "--bind-address=" + self.address, "--port=3306", "--innodb-buffer-pool-size=64M", "--innodb-log-file-size=32M",
                "--max-connections=300", "--max-allowed-packet=64M", "--skip-name-resolve", "--innodb-flush-log-at-trx-commit=0",
                "--performance-schema=OFF", "--character-set-server=utf8mb4"]

    def start(self, *more):
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen(["ip", "netns", "exec", self.name, "mariadbd", *self.options(), *more],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def sql(self, text, timeout=30, database="osticket"):
        done = subprocess.run(["mariadb", "--no-defaults", "-S", self.socket, "-u", "root", "-N", "-r", "--connect-timeout=3", database],
                              input=text.encode(), capture_output=True, timeout=timeout, check=False)
        if done.returncode:
            raise RuntimeError("%s: %s" % (self.name, done.stderr.decode()))
        return [line.split("\t") for line in done.stdout.decode("utf-8", "replace").splitlines()]

    def status(self, name):
        try:
            rows = self.sql("SHOW STATUS LIKE '%s'" % name, timeout=5, database="mysql")
        except (RuntimeError, subprocess.TimeoutExpired):
            return ""
        return rows[0][1] if rows else ""

    def is_synced(self):
        return self.status("wsrep_local_state_comment") == "Synced" and self.status("wsrep_ready") == "ON"

    def is_primary(self):
        return self.status("wsrep_cluster_status") == "Primary" and self.status("wsrep_ready") == "ON"

    # ---- faults -----------------------------------------------------------------------------------------------------
    def signal(self, number):
        os.killpg(self.process.pid, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def cut_off(self, others):
        """What this node sends to the others is lost; what they send arrives."""
        for other in others:
            call("ip", "-n", self.name, "route", "add", "blackhole", other.address + "/32")

    def join_again(self, others):
        for other in others:
            subprocess.run(["ip", "-n", self.name, "route", "del", "blackhole", other.address + "/32"], check=False, capture_output=True)

    def unplug(self):
        call("ip", "link", "set", "v" + self.name, "down")

    def plug(self):
        call("ip", "link", "set", "v" + self.name, "up")

    def forget_everything(self):
        """The node comes back with a full state transfer."""
        data = os.path.join(self.folder, "data")
        shutil.rmtree(data)
        if os.path.exists(os.path.join(self.folder, STATE)):
            os.unlink(os.path.join(self.folder, STATE))
        os.makedirs(data)
        shutil.chown(data, "mysql", "mysql")


class Galera:
    """Three nodes that certify each other's commits."""

    def __init__(self, folder):
        self.nodes, self.by_hand = [Node(folder, n) for n in (1, 2, 3)], []
        self.library = next(p for p in ("/usr/lib/galera/libgalera_smm.so", "/usr/lib/libgalera_smm.so") if os.path.exists(p))

    def wsrep(self, node, first=False):
        return ["--wsrep-on=ON", "--wsrep-provider=" + self.library, "--binlog-format=ROW", "--innodb-autoinc-lock-mode=2",
                "--wsrep-cluster-name=desk", "--wsrep-cluster-address=gcomm://" + ("" if first else ",".join(n.address for n in self.nodes)),
                "--wsrep-node-address=" + node.address, "--wsrep-node-name=" + node.name, "--wsrep-sst-method=rsync",
                "--wsrep-provider-options=gcache.size=64M;evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT3S;evs.inactive_timeout=PT7S;pc.recovery=FALSE;base_dir=" + node.folder]

    def start(self):
        for node in self.nodes:
            node.prepare()
        for node in self.nodes:
            node.start(*self.wsrep(node, node.number == 1))
            until(node.is_synced if node.number > 1 else lambda: node.status("wsrep_ready") == "ON", SYNCED, node.name + " joins", node.process)
            if node.number == 1:
                fill(node)
                node.sql(grant(PASSWORD))

    # ---- what an administrator does ------------------------------------------------------------------------------------
    def make_whole(self):
        """Until all nodes are in one group again. What takes more than starting a node that ended is counted in `by_hand`."""
        end, alone, behind = time.monotonic() + WHOLE, None, {}
        while not self.is_whole():
            if time.monotonic() > end:
                raise RuntimeError("no group of all nodes in %d s: %s" % (WHOLE, self.states()))
            for node in self.nodes:
                if node.process.poll() is not None:
                    node.start(*self.wsrep(node))
            time.sleep(0.5)
            if any(node.is_primary() for node in self.nodes):
                alone = None
                self.help_those_behind(behind)
                continue
            behind.clear()
            alone = alone or time.monotonic()
            if time.monotonic() - alone > NO_MAJORITY:
                alone = None
                try:
                    self.bootstrap()
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    self.did("in vain: %s" % error)

    def is_whole(self):
        return all(node.process.poll() is None and node.is_synced() for node in self.nodes) and \
            {node.status("wsrep_cluster_size") for node in self.nodes} == {str(len(self.nodes))}

    def states(self):
        return ", ".join("%s %s %s" % (node.name, node.status("wsrep_cluster_status"), node.status("wsrep_local_state_comment")) for node in self.nodes)

    def did(self, what):
        self.by_hand.append((time.time(), what))
        print("         by hand: " + what, flush=True)

    def help_those_behind(self, since):
        """A node that does not come into the group is started anew, and where that did not help, without its data."""
        for node in self.nodes:
            if node.is_synced():
                since.pop(node, None)
                continue
            began, times = since.setdefault(node, (time.monotonic(), 0))
            if time.monotonic() - began < SYNCED:
                continue
            since[node] = (time.monotonic(), times + 1)
            node.kill()
            if times:
                node.forget_everything()
            self.did("%s started anew%s: not in the group after %d s" % (node.name, ", without its data" if times else "", SYNCED))

    def position(self, node):
        """The last transaction that the node has. One that has not come up is stopped for it."""
        if node.status("wsrep_last_committed"):
            return int(node.status("wsrep_last_committed"))
        if node.process.poll() is None:
            node.kill()
        done = subprocess.run(["ip", "netns", "exec", node.name, "mariadbd", *node.options(), *self.wsrep(node), "--wsrep-recover"],
                              capture_output=True, text=True, check=False, timeout=SYNCED)
        found = re.search(r"Recovered position: [-0-9a-f]+:(-?\d+)", done.stderr + done.stdout)
        return int(found.group(1)) if found else -1

    @staticmethod
    def bootstrap_running(node):
        """Again and again: it is refused or passed over while the node still finds out that others have gone."""
        for _ in range(8):
            try:
                node.sql("SET GLOBAL wsrep_provider_options='pc.bootstrap=YES'", database="mysql")
            except RuntimeError:
                pass
            end = time.monotonic() + 4
            while time.monotonic() < end:
                if node.is_primary():
                    return True
                time.sleep(0.2)
        return False

    def bootstrap(self):
        """No node has a majority: the one that has most begins the group anew, the others join it."""
        positions = {node: self.position(node) for node in self.nodes}
        most = max(self.nodes, key=lambda node: (positions[node], node.process.poll() is None))
        if any(node.is_primary() for node in self.nodes):
            return
        self.did("group without a majority begun anew by %s, of %s" % (most.name, ", ".join("%s at %d" % (n.name, at) for n, at in positions.items())))
        if most.process.poll() is None and self.bootstrap_running(most):
            return
        # Its group communication has ended ("backend must be restarted"): only a new process has one.
        most.stop()
        state = os.path.join(most.folder, STATE)
        with open(state, encoding="ascii") as file:
            text = file.read()
        with open(state, "w", encoding="ascii") as file:
            file.write(text.replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1"))
        most.start(*self.wsrep(most, True))
        until(lambda: most.status("wsrep_ready") == "ON", SYNCED, most.name + " begins the group", most.process)

    def others(self, node):
        return [n for n in self.nodes if n is not node]

    def stop(self):
        for node in self.nodes:
            node.stop()


def load(node, path):
    with open(path, encoding="utf-8") as file:
        node.sql(file.read(), timeout=120)


def grant(password):
    return "CREATE USER 'osticket'@'%%' IDENTIFIED BY '%s'; GRANT SELECT,INSERT,UPDATE,DELETE ON osticket.* TO 'osticket'@'%%'" % password


def fill(node):
    node.sql("CREATE DATABASE osticket CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci", database="mysql")
    schema = os.path.join(ROOT, "schema")
    load(node, os.path.join(schema, "osticket.sql"))
    for name in sorted(os.listdir(schema)):
        if name.startswith("fcgi-") and name.endswith(".sql"):
            load(node, os.path.join(schema, name))
    load(node, os.path.join(schema, "demo.sql"))
    node.sql("UPDATE ost_api_key SET ipaddr='%s'" % OURS)
    node.sql("REPLACE INTO fcgi_ost_key(key_id,scopes,any_staff,`system`) VALUES(1,'*',1,1)")


# As test/sendmail, for tens of thousands of mails: a third of its processes.
SENDMAIL = """#!/bin/sh
read -r now _ </proc/uptime
name=$now.$$
{ printf 'ARGS: %s\\n' "$*"; cat; } >FOLDER/mails.part/$name && mv FOLDER/mails.part/$name FOLDER/mails/$name.eml
"""


class Host:
    """One host of ours: its pool, with its own list of database hosts, listening by TCP."""

    def __init__(self, folder, program, number, database_hosts, read_hosts=()):
        self.folder = os.path.join(folder, "host%d" % number)
        self.program, self.port, self.process = program, 9000 + number, None
        os.makedirs(os.path.join(self.folder, "mails"))
        os.makedirs(os.path.join(self.folder, "mails.part"))
        sendmail = os.path.join(self.folder, "sendmail")
        with open(sendmail, "w", encoding="ascii") as file:
            file.write(SENDMAIL.replace("FOLDER", self.folder))
        os.chmod(sendmail, 0o755)
        self.log = os.path.join(self.folder, "log")
        settings = {
            "server": {"listen": "%s:%d" % (OURS, self.port), "user": "root", "group": "root", "workers": "4",
                       "pid_file": os.path.join(self.folder, "pid"), "socket": os.path.join(self.folder, "sock")},
            "database": {"host": ",".join(database_hosts), "read_hosts": ",".join(read_hosts), "user": "osticket", "password": PASSWORD, "name": "osticket",
                         "prefix": "ost_", "connect_timeout": "3"},
            "osticket": {"secret_salt": "0123456789abcdefghijklmnopqrstuv"},
            "mail": {"enabled": "yes", "sendmail": sendmail},
            "webhooks": {"http": "yes", "allow": OURS},
            "log": {"file": self.log},
        }
        self.config = os.path.join(self.folder, "ini")
        with open(self.config, "w", encoding="ascii") as file:
            for section, values in settings.items():
                file.write("[%s]\n" % section + "".join('%s = "%s"\n' % pair for pair in values.items()) + "\n")
        os.chmod(self.config, 0o600)

    def start(self):
        with open(os.path.join(self.folder, "out"), "ab") as out:
            self.process = subprocess.Popen([self.program, "-c", self.config], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                            start_new_session=True)

    def reload(self):
        os.kill(self.process.pid, signal.SIGHUP)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def logged(self, request):
        """What the log says of a request."""
        if not request:
            return []
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return [line for line in file if request in line]

    def reads_by_replicas(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return sum(" replica=" in line for line in file)

    def mails(self):
        folder = os.path.join(self.folder, "mails")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                yield file.read()


class Nginx:
    """One nginx with an upstream server a host."""

    def __init__(self, folder, hosts):
        self.folder, self.process = os.path.join(folder, "nginx"), None
        os.makedirs(self.folder)
        shutil.copy("/etc/nginx/fastcgi_params", self.folder)
        # The snippet as users install it, with the hosts in place of the socket.
        with open(os.path.join(ROOT, "nginx", "snippet.conf"), encoding="utf-8") as file, \
                open(os.path.join(self.folder, "snippet"), "w", encoding="utf-8") as copy:
            copy.write(file.read().replace("unix:/run/osticket-fcgi/osticket-fcgi.sock", "desk").replace("next_upstream off", "next_upstream error"))
        servers = "".join("server %s:%d max_fails=1 fail_timeout=2s;" % (OURS, host.port) for host in hosts)
        with open(os.path.join(self.folder, "conf"), "w", encoding="ascii") as file:
            file.write("""daemon off; pid {f}/pid; error_log {f}/error.log; user root;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {f}/body; fastcgi_temp_path {f}/fastcgi; proxy_temp_path {f}/proxy; uwsgi_temp_path {f}/uwsgi; scgi_temp_path {f}/scgi;
    upstream desk {{ {servers} }}
    server {{
        listen {ours}:8080;
        include {f}/snippet;
    }}
}}
""".format(f=self.folder, servers=servers, ours=OURS))

    def start(self):
        self.process = subprocess.Popen(["nginx", "-e", os.path.join(self.folder, "error.log"), "-p", self.folder,
                                         "-c", os.path.join(self.folder, "conf")], stdin=subprocess.DEVNULL, start_new_session=True)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()


def bridge():
    call("ip", "link", "set", "lo", "up")
    call("ip", "link", "add", "br0", "type", "bridge")
    call("ip", "addr", "add", OURS + "/24", "dev", "br0")
    call("ip", "link", "set", "br0", "up")
