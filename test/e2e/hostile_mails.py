# SPDX-License-Identifier: GPL-2.0-or-later
"""Mails that nobody should send. Each is (name, mail, what of it can be read afterwards, whether it is attached as it came, since
something in it could not be read)."""
import base64
import gzip
import random
import zlib

MIXED = "Content-Type: multipart/mixed; boundary=b\r\n"
FILE = "--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/%s\r\nContent-Disposition: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n--b--\r\n"
BOMB = gzip.compress(b"\0" * 20000000)  # 20 kB that would be 20 MB

# RFC 2231 as it should not be.
NAMES = ("filename*=utf-8'%E9.pdf", "filename*=''", "filename*=no-such''a.pdf", "filename*=utf-8''%ZZ%4", "filename*=utf-16''a%", "filename**=a.pdf",
         "filename*0*=utf-8''a; filename*2*=c.pdf", "filename*1=b.pdf", "filename*0*=; filename*1*=", "filename*00*=utf-8''a.pdf",
         "filename*99999999999=a.pdf", "filename*-1*=a.pdf", 'filename*="utf-8\'\'a.pdf', "filename*0=" + "a" * 70000, "filename*=utf-8''../../etc/passwd",
         "filename=\"a\0b.pdf\"", "filename==?utf-8?b?4pi?=", "filename*=utf-8''%00%0a%0d", '; ; ;=;;filename', "filename*0*=utf-8''%C3; filename*1=%A9.pdf")


def text(mail):
    """Mails of one text."""
    yield "NUL in the text", mail("one\0two three"), "three", False
    yield "NUL in the header", mail("x", more="X-A: a\0b\r\n\0\r\n"), "x", False
    yield "bare carriage returns", mail("a\rb\rc"), "a", False
    yield "every byte", mail("before ") + bytes(range(256)) + b" after", "after", False
    yield "a character of four bytes", mail("\U0001f600" * 10 + "smile"), "smile", False
    yield "8 bit without a charset", mail("caf") + b"\xe9 readable", "café readable", False
    yield "a charset that there is not", mail("readable", more="Content-Type: text/plain; charset=no-such\r\n"), "readable", False
    yield "a charset with a path in its name", mail("readable", more="Content-Type: text/plain; charset=\"../../x\"\r\n"), "readable", False
    for charset in ("utf-16", "utf-16be", "utf-32", "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "utf-8", "us-ascii"):
        yield "no " + charset, mail("caf\u00e9 readable", more="Content-Type: text/plain; charset=%s\r\n" % charset), "café readable", False
    yield "base64 without an end", mail("cmVhZGFibGUgd29yZHMgYW5", more="Content-Transfer-Encoding: base64\r\n"), "readable words", False
    yield "base64 of one letter", mail("A" * 100000, more="Content-Transfer-Encoding: base64\r\n"), None, False
    yield "quoted-printable that is none", mail("a=ZZ=4=\r\n= readable =", more="Content-Transfer-Encoding: quoted-printable\r\n"), "readable", False
    yield "an encoding that there is not", mail("readable", more="Content-Transfer-Encoding: x-none\r\n"), "readable", False
    yield "one line of a megabyte", mail("a" * 1000000 + " readable"), "readable", False
    yield "tags that never end", mail("readable" + "<div" * 50000, more="Content-Type: text/html\r\n"), "readable", False
    yield "10,000 tags in each other", mail("<div>" * 10000 + "readable" + "</div>" * 10000, more="Content-Type: text/html\r\n"), "readable", True
    yield "200,000 tags", mail("<i>" * 200000 + "readable", more="Content-Type: text/html\r\n"), "readable", True
    yield "10,000 tags beside a text", mail("--b\r\n\r\nreadable\r\n--b\r\nContent-Type: text/html\r\n\r\n%sother\r\n--b--" % ("<b>" * 10000),
                                            more="Content-Type: multipart/alternative; boundary=b\r\n"), "readable", True
    yield "no body", mail("").rstrip(), "-", False
    yield "no empty line", mail("").rstrip() + b"\r\nreadable words\r\nwithout end", "readable words", False


def header(mail, jane):
    for name, value in (("group", "A: %s;" % jane), ("two addresses", "a@two.example, b@two.example"), ("open quote", '"Jane <%s>' % jane),
                        ("open angle", "Jane <%s" % jane), ("comments", "(((((Jane %s" % jane), ("name of 100 kB", "%s <%s>" % ("J" * 100000, jane)),
                        ("bytes", "J\udce4ne <%s>" % jane), ("words", "=?utf-8?q?J=C3?= <%s>" % jane), ("two lines", "a@two.example\r\nFrom: %s" % jane)):
        yield "From: " + name, mail("readable", sender=value), "readable", False
    yield "only a Reply-To", mail("readable", sender=" ", more="Reply-To: %s\r\n" % jane), "readable", False
    yield "10,000 recipients", mail("readable", more="Cc: " + ",\r\n ".join("u%d@many.example" % i for i in range(10000)) + "\r\n"), "readable", True
    yield "a field of a megabyte", mail("readable", more="X-A: %s\r\n" % ("a" * 1000000)), "readable", False
    yield "a subject of a megabyte", mail("readable", subject="s" * 1000000), "readable", True
    yield "100,000 fields", mail("readable", more="".join("X-%d: a\r\n" % i for i in range(100000))), "readable", False
    yield "200,000 folded lines", mail("readable", more="X-A: a\r\n" + " b\r\n" * 200000), "readable", False
    yield "fields that must be single", mail("readable", more="Subject: two\r\nIn-Reply-To: <a@x>\r\nIn-Reply-To: <b@x>\r\nContent-Type: text/plain\r\nContent-Type: x\r\n"), "readable", False
    for name, mid in (("of 10 kB", "<%s@x>" % ("a" * 10000)), ("with SQL", "<';DROP TABLE ost_ticket;--@x>"), ("with HTML", "<b>x</b>"), ("empty", "<>"),
                      ("bytes", "<\udcff@x>"), ("percent", "<%s%n%2$s@x>"), ("backslash", "<\\' OR 1=1 -- @x>")):
        yield "a Message-ID " + name, mail("readable", mid=mid), "readable", False
    for date in ("Mon, 1 Jan 1900 00:00:00 +0000", "Mon, 1 Jan 9999 00:00:00 +0000", "Mon, 32 Feb 99999 25:61:61 +9999", "\udcff", "0", ""):
        yield "the date " + ascii(date), mail("readable", more="Date: %s\r\n" % date), "readable", False
    for word in ("=?utf-8?q?a=F0=9F?=", "=?utf-8?b?8J+YgA==?=", "=?utf-8?b?8J+?= =?utf-8?b?YgA==?=", "=?no-such?q?a?=", "=?utf-16?q?a?=", "=??q?a?=", "=?utf-8?x?a?=",
                 "=?utf-8?q?", "=?utf-8?q?a" * 1000, "0", "\0", "<script>alert(1)</script>"):
        yield "the subject " + ascii(word)[:40], mail("readable", subject=word), "readable", False


def parts(mail):
    yield "1,000 parts in each other", mail("".join("--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (i, i + 1) for i in range(1000)) + "deep",
                                            more=MIXED.replace("=b", "=b0")), None, True
    yield "10,000 parts", mail("".join("--b\r\n\r\npart %d\r\n" % i for i in range(10000)) + "--b--", more=MIXED), "part 0", True
    yield "100 mails in each other", mail("Content-Type: message/rfc822\r\nSubject: x\r\n\r\n" * 100 + "deep", more="Content-Type: message/rfc822\r\n"), None, False
    yield "no boundary", mail("--b\r\n\r\nreadable", more="Content-Type: multipart/mixed\r\n"), None, True
    yield "an empty boundary", mail("--\r\n\r\nreadable\r\n----", more='Content-Type: multipart/mixed; boundary=""\r\n'), None, True
    yield "another boundary", mail("--c\r\n\r\nreadable\r\n--c--", more=MIXED), "readable", True
    yield "a boundary that closes before it opens", mail("--b--\r\n\r\nreadable", more=MIXED), "readable", True
    yield "a boundary that begins like another", mail("--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\nreadable\r\n--bb--\r\n--b--", more=MIXED),\
        "readable", False
    yield "the boundary of the part around", mail("--b\r\n" + MIXED + "\r\n--b\r\n\r\nreadable\r\n--b--\r\n--b--", more=MIXED), "readable", True
    yield "a boundary within a line", mail("--b\r\n\r\nreadable --b in a line --b-- and on\r\n--b--", more=MIXED), "and on", False
    yield "a boundary of 70,000 characters", mail("--%s\r\n\r\nreadable" % ("b" * 70000), more=MIXED.replace("=b", "=" + "b" * 70000)), "readable", False
    yield "a boundary of a blank", mail("-- \r\n\r\nreadable\r\n-- --", more='Content-Type: multipart/mixed; boundary=" "\r\n'), None, None
    yield "a part that is all header", mail("--b\r\nContent-Type: text/plain\r\nreadable words\r\n--b--", more=MIXED), "readable words", False
    yield "a part without an end", mail("--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\ncmVhZGFib", more=MIXED), "readab", False
    yield "900 pictures and 300,000 places that show none of them", mail(
        "--b\r\nContent-Type: text/html\r\n\r\nreadable " + "cid:x " * 300000 + "\r\n" + "".join(
            "--b\r\nContent-Type: image/png\r\nContent-ID: <p%d@x>\r\n\r\nPNG%d\r\n" % (i, i) for i in range(900)) + "--b--", more=MIXED), "readable", False
    yield "many parameters", mail("--b\r\n\r\nreadable\r\n--b--", more="Content-Type: multipart/mixed; boundary=b%s\r\n" % ("; a=b" * 5000)), "readable", False
    yield "quotes that never close", mail("readable", more="Content-Type: text/plain; %s\r\n" % ('\\";' * 100000)), "readable", False
    yield "quotes that never close in From", mail("readable", more="To: %s\r\n" % ('"' + '\\"' * 100000)), "readable", False


def files(mail):
    """(name, mail, bytes of the file): what is no text comes out as it went in."""
    def one(kind, disposition, data):
        return mail(FILE % (kind, disposition, base64.encodebytes(data).decode()), more=MIXED)
    for name in NAMES:
        yield "a file with " + ascii(name)[:40], one("pdf", "attachment; " + name, b"%PDF"), b"%PDF"
    yield "a bomb", one("gzip", "attachment; filename=a.gz", BOMB), BOMB
    yield "a bomb that says it is a mail's encoding", mail(FILE % ("octet-stream\r\nContent-Encoding: gzip", "attachment", base64.encodebytes(BOMB).decode()),
                                                          more=MIXED), BOMB
    yield "a winmail.dat that is none", one("ms-tnef", "attachment; filename=winmail.dat", b"\x78\x9f\x3e\x22" + b"\1" * 50), b"\x78\x9f\x3e\x22" + b"\1" * 50
    signature = zlib.compress(bytes(range(256)) * 8)
    yield "S/MIME, signed", mail(FILE % ("pkcs7-signature; name=smime.p7s", "attachment; filename=smime.p7s", base64.encodebytes(signature).decode()),
                                 more="Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=b\r\n"), signature
    yield "S/MIME, encrypted", mail(base64.encodebytes(signature).decode(),
                                    more="Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Disposition: attachment; "
                                    "filename=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n"), signature
    armour = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA0\r\n-----END PGP MESSAGE-----"
    yield "PGP, encrypted", mail("--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b\r\nContent-Type: application/octet-stream; "
                                 "name=encrypted.asc\r\n\r\n" + armour.decode() + "\r\n--b--",
                                 more="Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\r\n"), armour


def refused(mail):
    """(name, mail): of which nobody could be answered."""
    yield "nothing", b""
    yield "JSON", b"{}"
    yield "blanks", b"\r\n\r\n \r\n\r\n"
    yield "zeros", b"\0" * 5000
    yield "no sender", b"To: a@b.example\r\n\r\nx"
    yield "nobody", mail("x", sender="<>")
    yield "no address", mail("x", sender="Jane")
    yield "an address in two lines", mail("x", sender="a\r\n\r\nFrom: b@c.example")


def mixtures(mail, count, seed=1):
    """Mails put together by chance from what the tables above are made of, always the same ones."""
    source = random.Random(seed)
    types = ("text/plain", "text/html", "multipart/mixed", "multipart/alternative", "multipart/digest", "multipart/signed", "message/rfc822", "application/ms-tnef",
             "image/png", "multipart/report", "message/delivery-status", "text/calendar", "x", "", "/", "text/plain/x")
    ends = ("\r\n", "\n", "\r\n", "\r", "\r\n")
    words = ("readable", "\0", "\udcff", "=?utf-8?q?=C3?=", "<b>", "> said", "cmVhZA=", "=E9", "--b", "--b--", "begin 644 a\r\nM", "\r", "cid:a@x", "#310042")

    def part(depth):
        kind, end = source.choice(types), source.choice(ends)
        lines = ["Content-Type: %s%s" % (kind, source.choice(("", "; boundary=b", "; boundary=b%d" % depth, "; charset=utf-16", "; charset=x", "; charset=koi8-r", ";" * 9)))]
        for field in ("Content-Transfer-Encoding: " + source.choice(("base64", "quoted-printable", "7bit", "x")), "Content-ID: <a@x>",
                      "Content-Disposition: %s; %s" % (source.choice(("inline", "attachment", "x")), source.choice(NAMES))):
            if source.random() < 0.4:
                lines.append(field)
        body = end.join(source.choice(words) for _ in range(source.randrange(8)))
        for _ in range(source.randrange(4) if depth < 5 and source.random() < 0.7 else 0):
            body += end + "--b%s%s" % (source.choice(("", str(depth))), end) + part(depth + 1)
        return end.join(lines) + end + source.choice((end, end, end, "")) + body + source.choice(("", end + "--b--", end + "--b%d--" % depth))

    for i in range(count):
        whole = part(0)
        yield "mixture %d" % i, mail("", more=whole)[:-2]
