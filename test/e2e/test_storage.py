# SPDX-License-Identifier: GPL-2.0-or-later
"""Attachments that osTicket's plugin storage-fs keeps in a folder: whole, in parts, from nowhere else, and what -t says of them."""
import json
import os
import shutil
import subprocess
import tempfile
import unittest

import demo

KEY = "kX3_-aBcDeFgHiJkLmNoPqRsTuVwXyZ0"


class Storage(demo.FreshDesk):
    def setUp(self):
        super().setUp()
        self.desk.sql("INSERT INTO fcgi_ost_key(key_id,scopes) VALUES(1,'read notes files')")
        # Below its real name: no step may be a symbolic link.
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="storage."))
        os.chmod(self.folder, 0o755)
        self.addCleanup(shutil.rmtree, self.folder)
        self.plugin()

    def plugin(self, path=None, active=1, flags=1, install="plugins/storage-fs"):
        """The plugin as osTicket has it once an administrator has set it up."""
        self.desk.sql("DELETE FROM ost_plugin; DELETE FROM ost_plugin_instance; DELETE FROM ost_config WHERE namespace LIKE 'plugin.%%';"
                      "INSERT INTO ost_plugin(id,name,install_path,isactive,version,installed) VALUES(3,'Attachments on the filesystem','%s',%d,'0.3',NOW());"
                      "INSERT INTO ost_plugin_instance(id,plugin_id,flags,name,created) VALUES(5,3,%d,'Folder',NOW());"
                      "INSERT INTO ost_config(namespace,`key`,value) VALUES('plugin.3.instance.5','uploadpath','%s')" % (
                          install, active, flags, self.folder if path is None else path))

    def store(self, content=b"abc", key=KEY, storage="F", size=None, name="a.txt", kind="text/plain"):
        """An attachment whose bytes lie where the plugin puts them; its id."""
        if content is not None:
            os.makedirs(os.path.join(self.folder, key[0]), 0o751, exist_ok=True)
            with open(self.path(key), "wb") as file:
                file.write(content)
        self.desk.sql("INSERT INTO ost_file(ft,bk,type,size,`key`,signature,name,created) VALUES('T','%s','%s',%d,'%s','signed','%s',NOW())" % (
            storage, kind, len(content) if size is None else size, key, name))
        self.desk.sql("INSERT INTO ost_attachment(object_id,type,file_id,inline) SELECT 1,'H',MAX(id),0 FROM ost_file")
        return self.desk.value("SELECT MAX(id) FROM ost_attachment")

    def path(self, key=KEY):
        return os.path.join(self.folder, key[0], key)

    def get(self, attachment, status=200, **more):
        answer = self.desk.get("/tickets/310042/attachments/%s" % attachment, key=demo.KEY, **more)
        self.assertEqual(status, answer.status, str(answer))
        self.assertNotIn(self.folder.encode(), answer.body)
        return answer

    # ---- what is read ------------------------------------------------------------------------------------------------
    def test_a_file_as_it_was(self):
        for size in (0, 1, 65535, 65536, 65537, 1 << 20):
            content = os.urandom(size)
            attachment = self.store(content, key=KEY[:20] + str(size))
            answer = self.get(attachment)
            self.assertEqual((str(size), content), (answer.header("Content-Length"), answer.body), size)
        self.assertEqual(("text/plain", "attachment; filename*=UTF-8''a.txt", '"signed"', "bytes"), tuple(
            answer.header(name) for name in ("Content-Type", "Content-Disposition", "ETag", "Accept-Ranges")))
        self.assertIn("sandbox", answer.header("Content-Security-Policy"))

    def test_parts_head_and_what_is_known(self):
        content = bytes(range(256)) * 1000
        attachment = self.store(content)
        for sent, first, last in (("bytes=0-0", 0, 0), ("bytes=100-70099", 100, 70099), ("bytes=255990-", 255990, 255999),
                                  ("bytes=-5", 255995, 255999), ("bytes=5-9999999", 5, 255999)):
            answer = self.get(attachment, 206, headers={"Range": sent})
            self.assertEqual((content[first:last + 1], "bytes %d-%d/256000" % (first, last)), (answer.body, answer.header("Content-Range")))
        self.get(attachment, 416, headers={"Range": "bytes=256000-"})
        self.assertEqual(b"", self.get(attachment, 304, headers={"If-None-Match": '"signed"'}).body)
        head = self.desk.request("HEAD", "/tickets/310042/attachments/%s" % attachment, key=demo.KEY)
        self.assertEqual((200, b"", "256000"), (head.status, head.body, head.header("Content-Length")))

    def test_forty_megabytes_in_little_memory(self):
        attachment = self.store(b"", size=40 << 20)
        with open(self.path(), "wb") as file:
            file.truncate(40 << 20)
        before = self.desk.resident_kilobytes()
        self.assertEqual(40 << 20, len(self.get(attachment).body))
        self.assertLess(self.desk.resident_kilobytes() - before, 4096)

    def test_a_phar_and_a_path_with_blanks_around(self):
        self.plugin(path=" %s/ " % self.folder, install="plugins/storage-fs.phar")
        self.assertEqual(b"abc", self.get(self.store()).body)

    def test_of_several_instances_the_last_that_is_on(self):
        attachment = self.store()
        self.desk.sql("INSERT INTO ost_plugin_instance(id,plugin_id,flags,name,created) VALUES(6,3,0,'Off',NOW()),(4,3,1,'Before',NOW());"
                      "INSERT INTO ost_config(namespace,`key`,value) VALUES('plugin.3.instance.6','uploadpath','/nowhere'),"
                      "('plugin.3.instance.4','uploadpath','/nowhere')")
        self.assertEqual(b"abc", self.get(attachment).body)

    def test_files_of_the_database_are_read_as_before(self):
        attachment = self.store(b"abc", storage="D")
        self.desk.sql("INSERT INTO ost_file_chunk SELECT MAX(id),0,'xyz' FROM ost_file")
        self.assertEqual(b"xyz", self.get(attachment).body)

    def test_round_trips(self):
        attachment = self.store()
        logs = [demo.traced(self.desk, "GET", "/tickets/310042/attachments/%s" % attachment, "storage-%d" % i)[1] for i in range(8)]
        self.assertEqual("4", min(log["round_trips"] for log in logs))

    # ---- what is not -------------------------------------------------------------------------------------------------
    def test_what_other_plugins_keep_is_theirs(self):
        for storage in ("3", "S", "f", ""):
            self.assertEqual("php", self.get(self.store(b"abc", key=KEY[:9] + storage, storage=storage), 501).json["error"])

    def test_a_plugin_that_is_off_or_not_there_keeps_its_files(self):
        attachment = self.store()
        for off in ({"active": 0}, {"flags": 0}, {"install": "plugins/storage-s3"}, {"path": ""}, {"path": "attachments"}, {"path": "C:\\files"}):
            self.plugin(**off)
            self.assertEqual("php", self.get(attachment, 501).json["error"], off)

    def test_a_file_that_is_not_what_the_database_says(self):
        for content, size in ((b"abc", 4), (b"abc", 2), (b"", 1)):
            attachment = self.store(content, size=size)
            self.assertEqual("internal", self.get(attachment, 500).json["error"])
        self.get(self.store(None, key="nothere", size=3), 500)

    def test_no_step_leads_elsewhere(self):
        secret = os.path.join(self.folder, "secret")
        with open(secret, "wb") as file:
            file.write(b"abc")
        attachment = self.store()
        os.remove(self.path())
        os.symlink(secret, self.path())
        self.get(attachment, 500)
        os.remove(self.path())
        os.link(secret, self.path())
        self.assertEqual(b"abc", self.get(attachment).body, "another name of a file is a file")
        os.rename(os.path.dirname(self.path()), os.path.join(self.folder, "elsewhere"))
        os.symlink("elsewhere", os.path.dirname(self.path()))
        self.get(attachment, 500)
        for key in ("../secret", "..", ".", "/etc/passwd", ".secret", "s/../../secret", "k/../secret", ""):
            self.get(self.store(None, key=key, size=3), 500)

    def test_a_folder_behind_a_symbolic_link_is_not_followed(self):
        attachment = self.store()
        link = self.folder + ".link"
        os.symlink(self.folder, link)
        self.addCleanup(os.remove, link)
        for path in (link, self.folder + "/../" + os.path.basename(self.folder), "/proc/self/cwd"):
            self.plugin(path=path)
            self.get(attachment, 500)

    def test_what_is_no_file_is_not_waited_for(self):
        attachment = self.store()
        os.remove(self.path())
        os.mkfifo(self.path())
        self.get(attachment, 500)
        os.remove(self.path())
        os.mkdir(self.path())
        self.get(attachment, 500)
        self.assertEqual(200, self.desk.get("/tickets/310042.json", key=demo.KEY).status)

    def test_why_it_cannot_be_read_stands_in_the_log_alone(self):
        attachment = self.store()
        os.remove(self.path())
        answer = self.get(attachment, 500, headers={"X-Request-Id": "storage-gone"})
        self.assertNotIn(KEY, answer.text)
        self.assertTrue(any("No such file" in line for line in self.desk.log_lines_of("storage-gone")))

    # ---- osticket-fcgi -t ----------------------------------------------------------------------------------------------
    def findings(self):
        done = subprocess.run([self.desk.env["PROGRAM"], "-t", "--json", "-c", self.desk.env["CONFIG"]], capture_output=True, text=True,
                              timeout=60, check=False)
        return [finding for finding in json.loads(done.stdout)["findings"] if "storage-fs" in finding["finding"]]

    def test_the_check_says_where_they_are_read(self):
        self.store()
        found = self.findings()
        self.assertIn("attachments of storage-fs are read in " + self.folder, [f["finding"] for f in found])
        hidden = [f for f in found if "hides" in f["finding"]]
        self.assertEqual(self.folder.startswith("/tmp/"), bool(hidden), found)
        for finding in hidden:
            self.assertIn("BindReadOnlyPaths=" + self.folder, finding["mend"])

    def test_the_check_says_what_cannot_be_read(self):
        self.store()
        link = self.folder + ".link"
        os.symlink(self.folder, link)
        self.addCleanup(os.remove, link)
        for path, words in ((link, "cannot be entered"), (self.folder + "/none", "No such file"), ("attachments", "not known")):
            self.plugin(path=path)
            self.assertTrue(any(words in f["finding"] for f in self.findings()), (path, self.findings()))
        self.plugin()
        os.remove(self.path())
        self.assertTrue(any("is not in its folder" in f["finding"] for f in self.findings()), self.findings())
        self.plugin(active=0)
        self.assertEqual([], self.findings())


if __name__ == "__main__":
    unittest.main()
