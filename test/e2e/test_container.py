# SPDX-License-Identifier: GPL-2.0-or-later
"""The container's files: what they say is what the program takes. No engine runs here, so their command is run without one."""
import os
import re
import subprocess
import tempfile
import time
import unittest

import demo
from desk import ROOT, free_port, until
from nginx_alone import Nginx, snippet

FOLDER = os.path.join(ROOT, "fcgi", "package", "container")


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def environment_of_the_image():
    block = re.search(r"(?ms)^ENV (.*?[^\\])$", read("Containerfile")).group(1)
    return dict(re.findall(r"(OSTICKET_FCGI_\w+)=(\S*)", block))


def names_of_the_compose_file():
    return re.findall(r"^\s*(?:# )?(OSTICKET_FCGI_\w+):", read("compose.yaml"), re.M)


class TheContainer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = demo.shared_desk()
        cls.program = cls.desk.env["PROGRAM"]

    def test_every_variable_is_a_setting(self):
        sample = subprocess.run([self.program, "--sample"], capture_output=True, text=True, check=True).stdout
        known, section = set(), ""
        for line in sample.splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif re.match(r"\w+ =", line):
                known.add("OSTICKET_FCGI_%s_%s" % (section.upper(), line.split(" =")[0].upper()))
        names = list(environment_of_the_image()) + names_of_the_compose_file()
        self.assertGreater(len(names), 8)
        for name in names:
            self.assertIn(re.sub("_FILE$", "", name), known)

    def test_the_image_s_command_serves_by_the_environment_alone(self):
        port = free_port()
        command = re.search(r'^CMD \[(.*)\]$', read("Containerfile"), re.M).group(1)
        words = [word.strip().strip('"') for word in command.split(",")]
        with tempfile.TemporaryDirectory(prefix="osticket-fcgi-container.") as folder:
            secrets = {}
            for key, setting in (("database", "password"), ("osticket", "secret_salt")):
                secrets[key] = os.path.join(folder, key)
                with open(secrets[key], "w", encoding="utf-8") as file:
                    file.write(self.desk.configured(key, setting) + "\n")
            environment = {**os.environ, **environment_of_the_image(),
                           "OSTICKET_FCGI_SERVER_LISTEN": "*:%d" % port, "OSTICKET_FCGI_SERVER_WORKERS": "2",
                           "OSTICKET_FCGI_SERVER_USER": "", "OSTICKET_FCGI_SERVER_GROUP": "",
                           "OSTICKET_FCGI_DATABASE_SOCKET": self.desk.env["SOCK"],
                           "OSTICKET_FCGI_DATABASE_NAME": self.desk.env["DB"],
                           "OSTICKET_FCGI_DATABASE_USER": "osticket",
                           "OSTICKET_FCGI_DATABASE_PASSWORD_FILE": secrets["database"],
                           "OSTICKET_FCGI_OSTICKET_SECRET_SALT_FILE": secrets["osticket"]}
            with open(os.path.join(folder, "out"), "wb") as out:
                process = subprocess.Popen([self.program, *words], env=environment, stderr=out, stdin=subprocess.DEVNULL)
            nginx = None
            try:
                nginx = Nginx("include snippets/osticket-fcgi.conf;", {"osticket-fcgi": snippet(
                    "", lambda text: text.replace("fastcgi_pass unix:;", "fastcgi_pass 127.0.0.1:%d;" % port))})
                ask = lambda: nginx.request("GET", "/api/tickets/ticketInfo?ticketNumber=310042", headers={"X-API-Key": demo.KEY})
                until(lambda: ask().status == 200, 20)
                self.assertEqual("310042", ask().json["ticket"]["ticket_number"])
            finally:
                if nginx:
                    nginx.stop()
                process.terminate()
                self.assertEqual(0, process.wait(30))

    def test_the_compose_file_names_what_is_there(self):
        text = read("compose.yaml")
        for name in re.findall(r"dockerfile: (\S+)", text):
            self.assertTrue(os.path.exists(os.path.join(ROOT, name)), name)
        self.assertTrue(os.path.exists(os.path.join(FOLDER, "nginx.conf")))
        try:
            import yaml  # pylint: disable=import-outside-toplevel
        except ImportError:
            self.skipTest("no python3-yaml here")
        file = yaml.safe_load(text)
        self.assertEqual({"database", "api", "nginx"}, set(file["services"]))
        for service in file["services"].values():
            for secret in service.get("secrets", []):
                self.assertIn(secret, file["secrets"])


if __name__ == "__main__":
    unittest.main()
