# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens to the nodes and hosts while the clients go on."""
import collections
import random
import signal
import subprocess
import time

from world import call


def can_delay():
    """Not every kernel has netem."""
    done = subprocess.run(["tc", "qdisc", "add", "dev", "lo", "root", "netem", "delay", "1ms"], check=False, capture_output=True)
    if done.returncode == 0:
        call("tc", "qdisc", "del", "dev", "lo", "root")
    return done.returncode == 0


class Faults:
    """One fault after another, each by its name, until the time is over; all is whole again in between.

    cluster.make_whole() waits for that. Which faults there are, and of which nodes, is said by the kinds below.
    """

    def __init__(self, cluster, hosts, seconds, seed):
        self.cluster, self.hosts, self.seconds = cluster, hosts, seconds
        self.chance, self.done = random.Random(seed), []  # done: name, node, began, ended; both in seconds since 1970

    def run(self):
        end = time.time() + self.seconds
        order = []
        while time.time() < end:
            if not order:
                order = self.all()
                self.chance.shuffle(order)
            self.one(order.pop())
            print("%5.0f s  %s of %s, whole again after %.0f s" % (end - time.time(), *self.done[-1][:2], self.done[-1][3] - self.done[-1][2]), flush=True)
            time.sleep(self.chance.uniform(2, 5))

    def one(self, fault):
        node = self.chance.choice(self.choices())
        began, name = time.time(), fault.__name__.replace("_", " ")
        # While it lasts it stands there as one that has not ended.
        self.done.append((name, node.name, began, None))
        fault(node)
        self.cluster.make_whole()
        self.done[-1] = (name, node.name, began, time.time())

    def choices(self):
        return self.cluster.nodes

    def during(self, began, ended):
        """The names of those that went on at some time between the two."""
        names = ["%s of %s, %.1f s before to %s" % (name, node, ended - since, "now" if until is None else "%+.1f s" % (until - ended))
                 for name, node, since, until in self.done if since < ended and (until is None or until > began)]
        return "; ".join(names) or "no fault"

    def summary(self):
        """Each kind: how often, and how long until all was whole."""
        times = collections.defaultdict(list)
        for name, _, began, ended in self.done:
            times[name].append((ended or time.time()) - began)
        return [(name, len(took), max(took)) for name, took in sorted(times.items())]

    # ---- what may happen to any -------------------------------------------------------------------------------------
    def kill_minus_9(self, node):
        node.kill()
        time.sleep(self.chance.uniform(1, 6))

    def shutdown(self, node):
        node.stop()
        time.sleep(2)

    def freeze(self, node):
        node.signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3, 12))
        node.signal(signal.SIGCONT)

    def cut_on_one_side(self, node):
        node.cut_off(self.cluster.others(node))
        time.sleep(self.chance.uniform(5, 12))
        node.join_again(self.cluster.others(node))

    def unplugged(self, node):
        """From the other nodes and from our hosts, in the middle of whatever it does."""
        node.unplug()
        time.sleep(self.chance.uniform(5, 12))
        node.plug()

    def stands_still_200_of_250_ms(self, node):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            node.signal(signal.SIGSTOP)
            time.sleep(0.2)
            node.signal(signal.SIGCONT)
            time.sleep(0.05)

    def slowed_by_200_ms(self, node):
        """All that reaches it comes that much later."""
        call("tc", "qdisc", "add", "dev", "v" + node.name, "root", "netem", "delay", "200ms")
        time.sleep(self.chance.uniform(8, 15))
        call("tc", "qdisc", "del", "dev", "v" + node.name, "root")

    def host_of_ours_killed(self, _node):
        host = self.chance.choice(self.hosts)
        host.kill()
        time.sleep(2)
        host.start()

    def host_of_ours_reloaded(self, _node):
        self.chance.choice(self.hosts).reload()
        time.sleep(2)

    def of_any(self):
        return [self.kill_minus_9, self.freeze, self.cut_on_one_side, self.unplugged, self.stands_still_200_of_250_ms, self.shutdown,
                self.host_of_ours_killed, self.host_of_ours_reloaded] + ([self.slowed_by_200_ms] if can_delay() else [])


class OfGalera(Faults):
    """Of nodes that are all alike."""

    def all(self):
        return self.of_any() + [self.full_state_transfer, self.two_of_three_killed]

    def full_state_transfer(self, node):
        node.kill()
        node.forget_everything()

    def two_of_three_killed(self, node):
        """What is left has no majority: somebody has to begin the group anew."""
        for other in self.cluster.others(node):
            other.kill()
        time.sleep(self.chance.uniform(1, 3))
