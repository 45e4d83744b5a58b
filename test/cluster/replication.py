# SPDX-License-Identifier: GPL-2.0-or-later
"""A primary with two replicas, in network namespaces: who is which changes, and what happens to them meanwhile."""
import os
import random
import shutil
import signal
import subprocess
import time

from world import Node, call, fill, until

PASSWORD = "follows"
# A transaction is acknowledged when a replica has it as well: what a primary that is gone for good acknowledged is not lost.
OPTIONS = ["--log-bin=binlog", "--log-slave-updates", "--binlog-format=ROW", "--gtid-strict-mode=ON", "--sync-binlog=0",
           "--innodb-flush-log-at-trx-commit=2", "--rpl-semi-sync-master-enabled=1", "--rpl-semi-sync-slave-enabled=1",
           "--rpl-semi-sync-master-wait-point=AFTER_SYNC", "--rpl-semi-sync-master-timeout=60000", "--slave-parallel-threads=4",
           "--slave-net-timeout=4", "--relay-log-recovery=1"]


class Replication:
    """Three nodes, of which one takes writes."""

    def __init__(self, folder):
        self.nodes = [Node(folder, n) for n in (1, 2, 3)]
        self.primary = self.nodes[0]

    def run(self, node):
        node.start("--server-id=%d" % node.number, "--read-only=1", *OPTIONS)
        until(lambda: node.status("Uptime"), 60, node.name + " starts", node.process)

    def start(self):
        for node in self.nodes:
            node.prepare()
            self.run(node)
        self.lead(self.primary)
        # The account first, so that the others can follow; they get all the rest by following.
        self.primary.sql("CREATE USER 'replication'@'%%' IDENTIFIED BY '%s'; GRANT REPLICATION SLAVE ON *.* TO 'replication'@'%%'" % PASSWORD,
                         database="mysql")
        for node in self.replicas():
            self.follow(node)
        fill(self.primary)
        for node in self.replicas():
            self.await_all(node)

    def replicas(self):
        return [node for node in self.nodes if node is not self.primary]

    def others(self, node):
        return [n for n in self.nodes if n is not node]

    @staticmethod
    def lead(node):
        node.sql("STOP SLAVE; RESET SLAVE ALL; SET GLOBAL read_only=0", database="mysql")

    def follow(self, node):
        node.sql("SET GLOBAL read_only=1; STOP SLAVE; CHANGE MASTER TO master_host='%s', master_user='replication', master_password='%s', "
                 "master_use_gtid=%s, master_connect_retry=1; START SLAVE" % (self.primary.address, PASSWORD, "current_pos" if node.was_primary else "slave_pos"),
                 timeout=60, database="mysql")
        node.was_primary = False

    @staticmethod
    def position(node):
        return node.sql("SELECT @@global.gtid_binlog_pos", database="mysql")[0][0]

    def await_all(self, node, seconds=120):
        """Whether the node has what the primary has now."""
        position = self.position(self.primary)
        if node.sql("SELECT MASTER_GTID_WAIT('%s', %d)" % (position, seconds), timeout=seconds + 10, database="mysql")[0][0] != "0":
            raise RuntimeError("%s does not catch up with %s" % (node.name, position))

    # ---- who leads ---------------------------------------------------------------------------------------------------
    def switch_over(self):
        """In good order: nothing more is taken, another one has everything, and takes over."""
        old, new = self.primary, self.replicas()[0]
        old.sql("SET GLOBAL read_only=1", timeout=60, database="mysql")
        for node in self.replicas():
            self.await_all(node)
        self.primary, old.was_primary = new, True
        self.lead(new)
        for node in self.replicas():
            self.follow(node)

    def fail_over(self):
        """The primary is gone for good: the replica that has most takes over. The old one comes back as a copy of it."""
        old = self.primary
        old.kill()
        # What was received is done before they are compared.
        for node in self.replicas():
            node.sql("STOP SLAVE IO_THREAD", timeout=60, database="mysql")
            until(lambda n=node: "has read all relay log" in str(n.sql("SHOW SLAVE STATUS", database="mysql")), 60, node.name + " does what it has")
        new = max(self.replicas(), key=lambda n: int(n.sql("SELECT @@global.gtid_slave_pos", database="mysql")[0][0].split("-")[-1]))
        self.primary = new
        self.lead(new)
        for node in self.others(new):
            if node is not old:
                self.follow(node)
        self.copy_to(old)

    def copy_to(self, node):
        node.forget_everything()
        shutil.rmtree(os.path.join(node.folder, "data"))
        call("mariadb-install-db", "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db",
             "--datadir=" + os.path.join(node.folder, "data"), "--user=mysql")
        self.run(node)
        dump = ["mariadb-dump", "--no-defaults", "-S", self.primary.socket, "-u", "root", "--all-databases", "--gtid", "--master-data=1",
                "--single-transaction"]
        load = ["mariadb", "--no-defaults", "-S", node.socket, "-u", "root"]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as source:
            subprocess.run(load, stdin=source.stdout, check=True, timeout=300)
        node.sql("FLUSH PRIVILEGES", database="mysql")
        node.was_primary = False
        self.follow(node)
        self.await_all(node)

    def bring_back(self, node):
        """It runs, it follows unless it leads, and has everything."""
        if node.process.poll() is not None:
            self.run(node)
            if node is self.primary:
                self.lead(node)
        until(lambda: node.status("Uptime"), 60, node.name + " answers", node.process)
        if node is self.primary:
            return
        self.follow(node)
        self.await_all(node)

    def stop(self):
        for node in self.nodes:
            node.stop()


class Faults:
    """As faults.Faults, of what happens to replicas and to the primary."""

    def __init__(self, cluster, hosts, seconds, seed):
        self.cluster, self.hosts, self.seconds = cluster, hosts, seconds
        self.chance, self.done = random.Random(seed), []

    def run(self):
        end = time.monotonic() + self.seconds
        order = []
        while time.monotonic() < end:
            if not order:
                order = self.all()
                self.chance.shuffle(order)
            fault = order.pop()
            began = time.monotonic()
            fault(self.chance.choice(self.cluster.replicas()))
            self.done.append("%s, whole again after %.0f s; %s leads" % (fault.__name__.replace("_", " "), time.monotonic() - began, self.cluster.primary.name))
            print("%5.0f s  %s" % (end - time.monotonic(), self.done[-1]), flush=True)
            time.sleep(self.chance.uniform(2, 5))

    def all(self):
        return [self.switchover, self.primary_gone_for_good, self.primary_killed_and_back, self.replica_killed, self.replica_stands_still,
                self.replica_frozen, self.replica_slow, self.replica_unplugged, self.switchover, self.host_of_ours_killed, self.host_of_ours_reloaded]

    def switchover(self, _replica):
        self.cluster.switch_over()

    def primary_gone_for_good(self, _replica):
        self.cluster.fail_over()

    def primary_killed_and_back(self, _replica):
        self.cluster.primary.kill()
        time.sleep(self.chance.uniform(0, 3))
        self.cluster.bring_back(self.cluster.primary)
        for node in self.cluster.replicas():
            self.cluster.await_all(node)

    def replica_killed(self, replica):
        replica.kill()
        time.sleep(self.chance.uniform(1, 4))
        self.cluster.bring_back(replica)

    def replica_stands_still(self, replica):
        replica.sql("STOP SLAVE SQL_THREAD", timeout=60, database="mysql")
        time.sleep(self.chance.uniform(3, 8))
        replica.sql("START SLAVE SQL_THREAD", timeout=60, database="mysql")
        self.cluster.await_all(replica)

    def replica_frozen(self, replica):
        replica.signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3, 8))
        replica.signal(signal.SIGCONT)
        self.cluster.bring_back(replica)

    def replica_slow(self, replica):
        """200 ms of each 250 it stands still."""
        end = time.monotonic() + 8
        while time.monotonic() < end:
            replica.signal(signal.SIGSTOP)
            time.sleep(0.2)
            replica.signal(signal.SIGCONT)
            time.sleep(0.05)
        self.cluster.await_all(replica)

    def replica_unplugged(self, replica):
        replica.unplug()
        time.sleep(self.chance.uniform(4, 10))
        replica.plug()
        self.cluster.bring_back(replica)

    def host_of_ours_killed(self, _replica):
        host = self.chance.choice(self.hosts)
        host.kill()
        time.sleep(2)
        host.start()

    def host_of_ours_reloaded(self, _replica):
        self.chance.choice(self.hosts).reload()
        time.sleep(2)
