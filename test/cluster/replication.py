# SPDX-License-Identifier: GPL-2.0-or-later
"""A primary with two replicas, in network namespaces: who is which changes, and what happens to them meanwhile."""
import os
import re
import shutil
import signal
import subprocess
import time

from faults import Faults
from world import PASSWORD, SYNCED, WHOLE, Node, call, fill, grant, until

FOLLOWS = "follows"
# A transaction is acknowledged when a replica has it as well, however long that takes: nothing that a primary acknowledged is lost
# with it. What a primary had written to its log and no replica has was acknowledged to nobody.
OPTIONS = ["--log-bin=binlog", "--log-slave-updates", "--binlog-format=ROW", "--gtid-strict-mode=ON", "--sync-binlog=0", "--skip-slave-start",
           "--innodb-flush-log-at-trx-commit=2", "--rpl-semi-sync-master-wait-point=AFTER_SYNC", "--rpl-semi-sync-master-timeout=86400000",
           "--slave-parallel-threads=4", "--slave-net-timeout=6", "--relay-log-recovery=1"]


class Replication:
    """Three nodes, of which one takes writes. As world.Galera for those who use it."""

    def __init__(self, folder):
        self.nodes, self.by_hand = [Node(folder, n) for n in (1, 2, 3)], []
        self.primary = self.nodes[0]
        self.unguarded = 0  # transactions for which a primary did not wait until a replica had them

    # ---- nodes -------------------------------------------------------------------------------------------------------
    def run(self, node):
        """As what it is, from its first moment: what comes back as a replica takes back what nobody was told of."""
        leads = node is self.primary
        node.start("--server-id=%d" % node.number, "--read-only=%d" % (not leads), "--rpl-semi-sync-master-enabled=%d" % leads,
                   "--rpl-semi-sync-slave-enabled=%d" % (not leads), *OPTIONS)
        until(lambda: node.status("Uptime"), SYNCED, node.name + " starts", node.process)

    def start(self):
        for node in self.nodes:
            node.prepare()
            self.run(node)
            self.accounts(node)
        for node in self.replicas():
            self.follow(node)
        fill(self.primary)
        self.make_whole()

    @staticmethod
    def accounts(node):
        node.sql("SET sql_log_bin=0; CREATE USER 'replication'@'%%' IDENTIFIED BY '%s'; GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%%'; "
                 "%s; FLUSH PRIVILEGES" % (FOLLOWS, grant(PASSWORD)), database="mysql")

    def replicas(self):
        return [node for node in self.nodes if node is not self.primary]

    def others(self, node):
        return [n for n in self.nodes if n is not node]

    def stop(self):
        for node in self.nodes:
            node.stop()

    # ---- who follows whom --------------------------------------------------------------------------------------------
    @staticmethod
    def lead(node):
        node.sql("STOP SLAVE; RESET SLAVE ALL; SET GLOBAL rpl_semi_sync_slave_enabled=0; SET GLOBAL rpl_semi_sync_master_enabled=1; "
                 "SET GLOBAL read_only=0", timeout=60, database="mysql")

    def follow(self, node):
        """From where its own log ends: there all stands that it has, whether it led or followed."""
        node.sql("SET GLOBAL read_only=1; STOP SLAVE; SET GLOBAL rpl_semi_sync_master_enabled=0; SET GLOBAL rpl_semi_sync_slave_enabled=1; "
                 "SET GLOBAL gtid_slave_pos=@@gtid_binlog_pos; CHANGE MASTER TO master_host='%s', master_user='replication', master_password='%s', "
                 "master_use_gtid=slave_pos, master_connect_retry=1, master_heartbeat_period=2, master_delay=0; START SLAVE"
                 % (self.primary.address, FOLLOWS), timeout=60, database="mysql")

    @staticmethod
    def position(node):
        return node.sql("SELECT @@global.gtid_binlog_pos", database="mysql")[0][0]

    @classmethod
    def sequence(cls, node):
        """How much it has. There is one domain."""
        return int((cls.position(node) or "0-0-0").split("-")[-1])

    @staticmethod
    def following(node):
        """What SHOW SLAVE STATUS says, by name; nothing where it waits for a thread that ends."""
        try:
            text = subprocess.run(["mariadb", "--no-defaults", "-S", node.socket, "-u", "root", "-E", "-e", "SHOW SLAVE STATUS"],
                                  capture_output=True, text=True, timeout=30, check=False).stdout
        except subprocess.TimeoutExpired:
            return {}
        return dict(re.findall(r"(?m)^ *(\w+): (.*)$", text))

    def await_all(self, node, seconds=SYNCED):
        """Until the node has what the primary has now."""
        position = self.position(self.primary)
        if node.sql("SELECT MASTER_GTID_WAIT('%s', %d)" % (position, seconds), timeout=seconds + 10, database="mysql")[0][0] != "0":
            raise RuntimeError("%s does not catch up with %s: %s" % (node.name, position, self.following(node)))

    def make_whole(self):
        """Until the primary takes writes and both others follow it, with all that it has."""
        if self.primary.process.poll() is not None:
            self.run(self.primary)
        for node in self.replicas():
            if node.process.poll() is not None:
                self.run(node)
                self.follow(node)
        for node in self.replicas():
            state = self.following(node)
            if "Yes" != state.get("Slave_SQL_Running") or "No" == state.get("Slave_IO_Running") or state.get("Master_Host") != self.primary.address:
                self.follow(node)
            self.await_or_copy(node)
        until(lambda: self.primary.status("Rpl_semi_sync_master_clients") == "2", WHOLE, "both replicas acknowledge")
        self.let_go()

    def let_go(self):
        """A replica that comes back by GTID does not acknowledge what it has already: whoever waits for that waits for ever."""
        end = time.monotonic() + 3
        while time.monotonic() < end:
            if self.primary.status("Rpl_semi_sync_master_wait_sessions") == "0":
                return
            time.sleep(0.2)
        position = self.position(self.primary)
        if all(self.position(node) == position for node in self.replicas()):
            self.did("commits let go, which both replicas had at %s and nobody had acknowledged" % position)
            self.primary.sql("SET GLOBAL rpl_semi_sync_master_enabled=0; SET GLOBAL rpl_semi_sync_master_enabled=1", timeout=60, database="mysql")

    def await_or_copy(self, node):
        """A former primary may have what its successor never got and nobody was told of: then it is made anew."""
        end = time.monotonic() + SYNCED
        while time.monotonic() < end:
            try:
                return self.await_all(node, 3)
            except RuntimeError:
                state = self.following(node)
                if state.get("Last_IO_Errno", "0") not in ("0", "2003", "2013") or state.get("Last_SQL_Errno", "0") != "0":
                    break
        self.did("%s made anew from a copy: %s" % (node.name, state.get("Last_IO_Error") or state.get("Last_SQL_Error") or "it does not catch up"))
        self.copy_to(node)
        return self.await_all(node)

    def did(self, what):
        self.by_hand.append((time.time(), what))
        print("         by hand: " + what, flush=True)

    # ---- who leads ---------------------------------------------------------------------------------------------------
    def switch_over(self, new):
        """In good order: nothing more is taken, all have everything, and another one takes over."""
        old = self.primary
        old.sql("SET GLOBAL read_only=1", timeout=60, database="mysql")
        for node in self.replicas():
            self.await_all(node)
        self.count_unguarded(old)
        self.primary = new
        self.lead(new)
        for node in self.replicas():
            self.follow(node)

    def fail_over(self):
        """The primary is gone: the replica that has most takes over, when all that it received is done."""
        old = self.primary
        left = self.replicas()
        for node in left:
            node.sql("STOP SLAVE IO_THREAD", timeout=60, database="mysql")
            until(lambda n=node: "has read all relay log" in self.following(n).get("Slave_SQL_Running_State", ""), SYNCED, node.name + " does what it has")
        self.primary = max(left, key=self.sequence)
        self.did("%s takes over, of %s" % (self.primary.name, ", ".join("%s at %s" % (n.name, self.position(n)) for n in left)))
        self.lead(self.primary)
        for node in self.replicas():
            if node is not old:
                self.follow(node)

    def count_unguarded(self, node):
        self.unguarded += int(node.status("Rpl_semi_sync_master_no_tx") or 0)
        node.sql("FLUSH STATUS", database="mysql")

    def copy_to(self, node):
        node.kill()
        node.forget_everything()
        shutil.rmtree(os.path.join(node.folder, "data"))
        call("mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
             "--datadir=" + os.path.join(node.folder, "data"), "--user=mysql")
        self.run(node)
        self.accounts(node)
        dump = ["mariadb-dump", "--no-defaults", "-S", self.primary.socket, "-u", "root", "--databases", "osticket", "--gtid", "--master-data=1",
                "--single-transaction"]
        load = ["mariadb", "--no-defaults", "-S", node.socket, "-u", "root", "--init-command=SET sql_log_bin=0"]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
            subprocess.run(load, stdin=source.stdout, check=True, timeout=600)
        node.sql("SET GLOBAL gtid_binlog_state=@@gtid_slave_pos", database="mysql")
        self.follow(node)


class OfReplication(Faults):
    """Of replicas, of the primary, and of who leads. `node` is a replica."""

    def choices(self):
        return self.cluster.replicas()

    def all(self):
        return self.of_any() + [self.switchover, self.switchover, self.primary_killed_and_back, self.primary_killed_and_replaced,
                                self.primary_frozen_and_replaced, self.primary_frozen, self.replication_stopped, self.replica_lags]

    def switchover(self, node):
        self.cluster.switch_over(node)

    def primary_killed_and_back(self, _node):
        self.cluster.primary.kill()
        time.sleep(self.chance.uniform(0, 3))

    def primary_killed_and_replaced(self, _node):
        self.cluster.primary.kill()
        self.cluster.fail_over()

    def primary_frozen_and_replaced(self, _node):
        """It answers nobody; whoever lets another one lead ends it before."""
        old = self.cluster.primary
        old.signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(2, 6))
        old.kill()
        self.cluster.fail_over()

    def primary_frozen(self, _node):
        primary = self.cluster.primary
        primary.signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3, 12))
        primary.signal(signal.SIGCONT)

    def replication_stopped(self, node):
        """The replica answers, and hears nothing more, or does nothing with it."""
        thread = self.chance.choice(("IO_THREAD", "SQL_THREAD"))
        node.sql("STOP SLAVE " + thread, timeout=60, database="mysql")
        time.sleep(self.chance.uniform(4, 10))
        node.sql("START SLAVE", timeout=60, database="mysql")

    def replica_lags(self, node):
        node.sql("STOP SLAVE; CHANGE MASTER TO master_delay=3; START SLAVE", timeout=60, database="mysql")
        time.sleep(self.chance.uniform(6, 12))
        node.sql("STOP SLAVE; CHANGE MASTER TO master_delay=0; START SLAVE", timeout=60, database="mysql")
