# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of webhooks against receivers that mean no good: where they lead, how they answer, how long they take."""
import os
import socket
import subprocess
import tempfile
import time
import unittest

from certificates import certificate
from webhook_receiver import Receiver, answer

DRIVER, NAMES = os.environ["WEBHOOK_DRIVER"], os.environ["CHANGING_NAMES"]


class Calls(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def receiver(self, *arguments, **named):
        receiver = Receiver(*arguments, **named)
        self.addCleanup(receiver.close)
        return receiver

    def call(self, *urls, allow="127.0.0.1, ::1", http=True, ca="", timeout=2000, names=None, **environment):
        if names is not None:
            path = os.path.join(self.folder.name, "names")
            with open(path, "w", encoding="ascii") as file:
                file.write("\n".join(names) + "\n")
            environment = {**environment, "LD_PRELOAD": NAMES, "NAMES": path,
                           # AddressSanitizer wants to be the first library of all
                           "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"}
        done = subprocess.run([DRIVER, allow, "1" if http else "0", ca, str(timeout), *urls], capture_output=True, text=True,
                              timeout=60, env={**os.environ, **environment}, check=True)
        return done.stdout.splitlines()

    def test_an_answer_of_2xx_is_a_success(self):
        for status in (200, 201, 204, 299):
            receiver = self.receiver(lambda call, connection, status=status: answer(status, body=b"" if status == 204 else b"x"))
            self.assertEqual(["%d " % status], self.call(receiver.url()))
        self.assertEqual("POST", receiver.calls[0].method)

    def test_addresses_that_are_not_allowed_are_not_connected_to(self):
        receiver, upper = self.receiver(), self.receiver(family=socket.AF_INET6)
        for url in (receiver.url(), receiver.url(host="localhost"), receiver.url(host="127.1"), receiver.url(host="2130706433"),
                    receiver.url(host="0x7f.1"), receiver.url(host="[::ffff:127.0.0.1]"), upper.url(host="[::1]"),
                    receiver.url(host="0.0.0.0")):
            line = self.call(url, allow="")[0]
            self.assertTrue(line.startswith("0 its name leads to a"), (url, line))
        self.assertEqual((0, 0), (receiver.connections, upper.connections))

    def test_a_name_that_changes_its_address_leads_nowhere_else(self):
        good = self.receiver()
        bad = socket.create_server(("127.0.0.2", good.port))
        self.addCleanup(bad.close)
        bad.settimeout(0.2)
        url = good.url(host="shop.test")
        lines = self.call(url, url, url, allow="127.0.0.1", names=["127.0.0.1", "127.0.0.2", "127.0.0.2,127.0.0.1"])
        self.assertEqual("200 ", lines[0])
        self.assertIn("leads to a loopback address", lines[1])
        self.assertEqual("200 ", lines[2], "an address that may be called is called")
        with self.assertRaises(OSError):
            bad.accept()

    def test_a_name_of_metadata_and_private_addresses_is_not_called(self):
        for address in ("169.254.169.254", "10.0.0.7", "100.64.0.1", "fd00:ec2::254", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "fe80::1"):
            line = self.call("http://shop.test/", allow="", names=[address])[0]
            self.assertIn("0 its name leads to", line, address)

    def test_redirects_are_not_followed(self):
        target = self.receiver()
        for status in (301, 302, 303, 307, 308):
            receiver = self.receiver(lambda call, connection, status=status: answer(status, [("Location", target.url())]))
            self.assertEqual(["%d it answers %d; redirects are not followed" % (status, status)], self.call(receiver.url()))
        self.assertFalse(target.calls)

    def test_no_proxy_of_the_environment_is_asked(self):
        proxy, receiver = self.receiver(), self.receiver()
        lines = self.call(receiver.url(), http_proxy=proxy.url("/"), https_proxy=proxy.url("/"), ALL_PROXY=proxy.url("/"))
        self.assertEqual((["200 "], 0), (lines, proxy.connections))

    def test_other_protocols_are_none(self):
        receiver = self.receiver()
        self.assertTrue(self.call(receiver.url(), http=False)[0].startswith("0 "))
        for url in ("file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "dict://127.0.0.1/", "telnet://127.0.0.1/"):
            self.assertTrue(self.call(url)[0].startswith("0 "), url)
        self.assertFalse(receiver.connections)

    def test_an_endless_body_is_not_read_to_its_end(self):
        def pour(call, connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
        began = time.monotonic()
        self.assertEqual(["200 "], self.call(self.receiver(pour).url()))
        self.assertLess(time.monotonic() - began, 1.5)

    def test_endless_headers_are_a_failure(self):
        def pour(call, connection):
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"X: " + b"x" * 1000 + b"\r\n")
        self.assertTrue(self.call(self.receiver(pour).url())[0].startswith("0 "))

    def test_no_answer_at_all_is_a_failure(self):
        self.assertTrue(self.call(self.receiver(lambda call, connection: None).url())[0].startswith("0 "))
        self.assertTrue(self.call(self.receiver(lambda call, connection: b"nonsense\r\n\r\n").url())[0].startswith("0 "))
        closed = self.receiver()
        closed.close()
        self.assertTrue(self.call(closed.url())[0].startswith("0 "))

    def test_an_answer_that_comes_drop_by_drop_ends_with_the_time(self):
        def drip(call, connection):
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok":
                connection.sendall(bytes([byte]))
                time.sleep(0.2)
        began = time.monotonic()
        line = self.call(self.receiver(drip).url(), timeout=1000)[0]
        self.assertTrue(line.startswith("0 "), line)
        self.assertLess(time.monotonic() - began, 3)

    def test_tls_is_verified_by_the_name(self):
        path, context = certificate(self.folder.name, "shop.test")
        receiver = self.receiver(tls=context)
        self.assertEqual(["200 "], self.call(receiver.url(host="shop.test"), ca=path, names=["127.0.0.1"], http=False))
        for url, ca in ((receiver.url(host="other.test"), path), (receiver.url(host="shop.test"), ""), (receiver.url(), path)):
            line = self.call(url, ca=ca, names=["127.0.0.1"], http=False)[0]
            self.assertTrue(line.startswith("0 "), line)
            self.assertIn("certificate", line)
        self.assertEqual(1, len(receiver.calls))

    def test_a_slow_receiver_stops_no_other(self):
        slow = self.receiver(lambda call, connection: time.sleep(1.5) or answer())
        fast = [self.receiver() for _ in range(5)]
        lines = [line.split() for line in self.call("+", slow.url(), *[f.url() for f in fast], timeout=5000)]
        self.assertEqual([f.url() for f in fast], sorted((url for _, _, url in lines[:5]), key=[f.url() for f in fast].index))
        self.assertTrue(all(int(ms) < 1000 for _, ms, _ in lines[:5]), lines)
        self.assertEqual(("200", slow.url()), (lines[5][0], lines[5][2]))


if __name__ == "__main__":
    unittest.main()
