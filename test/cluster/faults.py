# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens to the nodes and hosts while the clients go on."""
import random
import signal
import time


class Faults:
    """One fault after another, each by its name, until the time is over; all is whole again in between."""

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
            node = self.chance.choice(self.cluster.nodes)
            began = time.monotonic()
            fault(node)
            self.done.append("%s of %s, whole again after %.0f s" % (fault.__name__.replace("_", " "), node.name, time.monotonic() - began))
            print("%5.0f s  %s" % (end - time.monotonic(), self.done[-1]), flush=True)
            time.sleep(self.chance.uniform(2, 5))

    def all(self):
        return [self.kill_minus_9, self.freeze, self.cut_on_one_side, self.unplugged, self.slow, self.full_state_transfer,
                self.shutdown, self.host_of_ours_killed, self.host_of_ours_reloaded]

    def kill_minus_9(self, node):
        node.kill()
        time.sleep(self.chance.uniform(1, 6))
        self.cluster.bring_back(node)

    def shutdown(self, node):
        node.stop()
        time.sleep(2)
        self.cluster.bring_back(node)

    def freeze(self, node):
        node.signal(signal.SIGSTOP)
        time.sleep(self.chance.uniform(3, 12))
        node.signal(signal.SIGCONT)
        self.cluster.bring_back(node)

    def cut_on_one_side(self, node):
        node.cut_off(self.cluster.others(node))
        time.sleep(self.chance.uniform(5, 12))
        node.join_again(self.cluster.others(node))
        self.cluster.bring_back(node)

    def unplugged(self, node):
        """From the other nodes and from our hosts, in the middle of whatever it does."""
        node.unplug()
        time.sleep(self.chance.uniform(5, 12))
        node.plug()
        self.cluster.bring_back(node)

    def slow(self, node):
        """200 ms of each 250 it stands still."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            node.signal(signal.SIGSTOP)
            time.sleep(0.2)
            node.signal(signal.SIGCONT)
            time.sleep(0.05)
        self.cluster.bring_back(node)

    def full_state_transfer(self, node):
        node.kill()
        node.forget_everything()
        self.cluster.bring_back(node)

    def host_of_ours_killed(self, _node):
        host = self.chance.choice(self.hosts)
        host.kill()
        time.sleep(2)
        host.start()

    def host_of_ours_reloaded(self, _node):
        self.chance.choice(self.hosts).reload()
        time.sleep(2)
