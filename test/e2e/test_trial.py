# SPDX-License-Identifier: GPL-2.0-or-later
"""nginx/trial.conf with the snippet: a part of the clients goes to this server, and each stays on its side."""
import os
import re
import time
import unittest

import demo
from desk import ROOT
from nginx_alone import Nginx, snippet

CHOSEN = "0123456789ABCDEF0123456789ABCDEF"
SERVER = """
    access_log %s osticket_trial;
    if ($osticket_trial = php) { break; }
    include snippets/osticket-fcgi.conf;
    location / { return 200 php; }
"""


def trial():
    """The file, with the chosen key's comment sign taken away."""
    with open(os.path.join(ROOT, "nginx", "trial.conf"), encoding="utf-8") as file:
        text, count = re.subn(r'# ("%s" +here;)' % CHOSEN, r"\1", file.read())
    assert count == 1
    return text


class Trial(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = os.path.join(os.environ["STACKS"], "trial.log")
        if os.path.exists(cls.log):
            os.remove(cls.log)
        cls.nginx = Nginx(SERVER % cls.log, {"osticket-fcgi": snippet(demo.shared_desk().env["SOCKET"])}, http=trial())

    @classmethod
    def tearDownClass(cls):
        cls.nginx.stop()

    def side(self, key, path="/api/http.php/tickets/ticketInfo", method="GET"):
        answer = self.nginx.request(method, path, headers={"X-API-Key": key} if key else {})
        if answer.text == "php":
            return "php"
        self.assertEqual((401, "Valid API key required"), (answer.status, answer.text))
        return "here"

    def test_a_chosen_key_goes_to_this_server(self):
        self.assertEqual("here", self.side(CHOSEN))
        self.assertEqual("here", self.side(CHOSEN, "/support/api/tickets.json", "POST"))

    def test_pages_and_clients_without_a_key_stay_with_php(self):
        self.assertEqual("php", self.side(None))
        self.assertEqual("php", self.side(CHOSEN, "/scp/"))

    def test_a_share_of_the_keys_goes_here_and_each_stays_on_its_side(self):
        keys = ["%032X" % (n * 7919) for n in range(1, 301)]
        sides = [self.side(key) for key in keys]
        self.assertTrue(10 <= sides.count("here") <= 60, sides.count("here"))
        self.assertEqual(sides, [self.side(key) for key in keys])

    def test_the_log_names_the_side(self):
        self.side(CHOSEN)
        time.sleep(0.1)
        with open(self.log, encoding="utf-8") as file:
            self.assertRegex(file.read(), r'(?m)^\S+ here 401 [0-9.]+ "GET /')


if __name__ == "__main__":
    unittest.main()
