#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""More tickets for the help desk of schema/demo.sql, to look at: prints SQL that adds them, some weeks' worth up to now, with
answers, notes, events, files and a picture in a text. All of it is made up.

    test/demo_tickets.py | mariadb …
"""
import hashlib
import math
import struct
import zlib

FIRST = 1001  # ids of tickets, threads, entries; those of schema/demo.sql are far below
SIGNED = "<p>Kind regards<br />Harbour Tools</p>"
# What it is about, what was written; client, topic, department, status, agent, priority, source; hours ago.
ROWS = """
The excavator's left track slips on the ramp|It is the 5 t one, plate E-204. On the flat it runs, uphill the left side turns over.|1 3 3 1 2 4 Email 1
Second key for the site container|We have only one key, and two foremen.|2 1 1 1 0 2 Web 2
Compressor switches off after ten minutes|The fuse holds. After a pause it starts again and does the same.|5 2 2 1 2 3 Phone 4
Can we keep the scissor lift until Friday?|The painters are not done. We would need it three days longer.|3 1 1 1 1 2 Email 5
Pressure gauge reads zero|Here is what it shows while the pump runs:|1 3 3 1 2 3 Email 7
Invoice 2291 names the wrong site|It says pier 4 and should say pier 2. Could you send it again?|2 1 1 1 1 2 Email 9
Plate compactor leaks oil|A puddle under it every morning. We put a tray there.|5 2 2 6 2 2 Web 12
Is there a smaller generator?|The one that we have is too loud for the courtyard at night.|4 1 1 1 0 2 Web 15
Return of the mixer|Tuesday morning would suit us. Is somebody at the gate at seven?|3 1 1 1 1 1 Phone 20
Crane remote does not pair|Both batteries are new. The lamp blinks red twice.|1 3 3 1 2 4 Phone 22
Quote for a tower light, six weeks|From the 4th on, delivered to the yard behind the station.|2 1 1 1 0 2 Web 26
The dehumidifier's tank is full within the hour|Is that as it should be? The cellar was under water.|3 2 2 1 2 2 Email 29
Delivery note is missing|The driver was in a hurry and took both copies with him.|2 1 1 3 1 2 Email 33
Chainsaw: chain too long|It hangs through although the screw is at its end.|5 2 2 2 2 2 Web 38
Change of our address for invoices|We have moved: Quay Street 8, third floor.|1 1 1 3 1 1 Web 44
Telehandler beeps without end|It started after the night in the rain. Pulling the key does not help.|1 3 3 1 2 4 Phone 46
May the trailer stand on the street overnight?|We have a permit for the mixer, not for the trailer.|4 1 1 3 1 2 Email 52
Wrong adapter in the case|It is 32 A, five pins; we need 16 A.|5 1 1 2 1 2 Web 58
Drill stand wobbles|One of the four feet is bent.|3 2 2 6 2 2 Web 63
Two days of rain: do they count?|Nobody could work. The lift stood in the hall.|2 1 1 1 1 2 Email 70
The heater smells of fuel|Only when it starts. We opened the windows and switched it off.|5 3 3 1 2 4 Phone 76
Hour counter does not count|It says 118.4 since the first day.|4 2 2 1 2 1 Web 81
Who picks up the scaffold?|You or we? The order does not say.|2 1 1 3 1 2 Phone 90
Blade for tiles, 350 mm|Please put two of them in with the saw.|3 1 1 2 1 2 Web 97
Vibrating plate: the handle is broken|It broke at the weld. Nobody was hurt.|1 2 2 6 2 3 Email 104
Training for the aerial platform|Four people, a morning, if possible before the 20th.|2 1 1 1 0 2 Web 113
The pump is back, thank you|It runs better than before.|1 2 2 2 2 1 Email 121
Discount for the whole site?|We hire eleven machines from you at the moment.|2 1 1 1 1 2 Email 130
Fork extension bent|The pallet was heavier than its label says.|5 2 2 1 2 3 Phone 142
Generator: where is the oil filled in?|There is no booklet in the case.|4 2 2 2 2 1 Web 151
Hose 40 m instead of 20 m|The well is further away than we thought.|3 1 1 2 1 2 Phone 163
Lift stands still with two people in it|They are down again by the emergency valve. Please come.|1 3 3 2 2 4 Phone 170
Damage to the fence|Your lorry touched it on the way out, see the pictures.|2 1 1 1 1 3 Email 181
Lost: the lock of the container|Somebody cut it off. Do you have another?|5 1 1 2 1 2 Web 196
Concrete saw pulls to the right|A new blade does the same.|1 2 2 2 2 2 Email 210
Extend the contract by a month|All machines of contract 7731, please.|2 1 1 3 1 2 Web 224
Snow chains for the loader|It is slippery behind the hall.|3 1 1 1 0 2 Phone 240
Charging takes a whole day|The booklet says eight hours.|4 2 2 1 2 2 Web 262
The rental price on your page|Is it with or without the insurance?|3 1 1 2 1 1 Web 281
Sprayer: nozzle clogged|We cleaned it with water and with air.|5 2 2 2 2 2 Email 305
Wheel nut missing|One of five on the rear left.|1 3 3 2 2 4 Phone 330
Key returned by post|It should be with you tomorrow.|3 1 1 3 1 1 Email 352
A second operator for Saturday|From six to two, for the 20 t crane.|2 1 1 2 1 2 Phone 380
Night work: how loud may it be?|The neighbours ask, and so do we.|4 1 1 3 1 2 Email 410
Cutter bar does not lift|Oil is there. We hear the pump.|5 2 2 2 2 3 Phone 444
Wrong size of boots in the parcel|43 in the place of 45.|1 1 1 2 1 1 Web 480
Trench box too short|We need 4 m. Can they be swapped today?|2 3 3 2 2 3 Phone 520
Battery of the lamp|It lasts two hours only.|3 2 2 3 2 1 Web 566
Booking for the summer|Three mixers, June to August.|2 1 1 2 1 2 Web 610
Please call back about the deposit|I am in the office until four.|4 1 1 3 1 2 Phone 655
"""
ANSWERS = {
    1: "<p>Good day,</p><p>thank you for telling us. Somebody of the workshop looks at it <b>today</b>; please leave the machine where it stands.</p>",
    2: "<p>Good day,</p><p>that is done. The papers are on their way by mail.</p>",
    3: "<p>Good day,</p><p>we have the part here:</p><ul><li>send the driver before four, or</li><li>we bring it along tomorrow morning.</li></ul>",
}
NOTES = ("<p>Called back, nobody there. Again at two.</p>", "<p>Part <b>HT-3391</b> ordered; the supplier says <i>two days</i>.</p>",
         "<p>Same machine as last month. Look at the pump before it goes out again.</p>")
AGENTS = {1: "Marieke de Vries", 2: "Tobenna Okafor"}
CLIENTS = {1: "Anna Lindqvist", 2: "Piet van Dam", 3: "Cher", 4: "山田 太郎", 5: "Seán O'Hara"}
TEAM_OF_FIELD_SERVICE = 1
STATUSES = {2: "Resolved", 3: "Closed"}


def quoted(value):
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return "X'%s'" % value.hex()
    return "'%s'" % value.replace("\\", "\\\\").replace("'", "''")


class Now:
    """So many hours ago, as SQL."""

    def __init__(self, hours):
        self.hours = hours

    def __str__(self):
        return "NOW() - INTERVAL %d MINUTE" % round(self.hours * 60)


def insert(table, **values):
    words = [str(value) if isinstance(value, Now) else quoted(value) for value in values.values()]
    print("INSERT INTO `ost_%s` (%s) VALUES (%s);" % (table, ", ".join("`%s`" % name for name in values), ", ".join(words)))


# ---- a picture ---------------------------------------------------------------------------------------------------------
def png(width, height, pixel):
    """A PNG (RFC 2083) of `pixel(x, y)`, an index into PALETTE."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    lines = b"".join(b"\0" + bytes(pixel(x, y) for x in range(width)) for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)) +
            chunk(b"PLTE", bytes(sum(PALETTE, ()))) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b""))


PALETTE = ((92, 104, 116), (233, 237, 240), (252, 252, 250), (40, 48, 56), (176, 42, 34), (206, 170, 70))
BACK, RIM, FACE, INK, NEEDLE, SPAN = range(6)


def gauge(x, y, width=340, height=220):
    """A pressure gauge whose needle lies at zero."""
    right, down = x - width / 2, y - height / 2 - 8
    away, angle = math.hypot(right, down), math.degrees(math.atan2(down, right))
    turn = (angle + 225) % 360  # 0 at the first mark, 270 at the last
    if away > 96:
        return BACK if away > 100 or down > 104 else INK
    if away > 88:
        return RIM
    if away < 9 or (10 < away < 70 and abs((turn - 2 + 180) % 360 - 180) < 110 / away):
        return NEEDLE
    if turn <= 270.5 and 76 < away < 84 and (turn % 27 < 1.6 or turn % 27 > 25.6):
        return INK
    if 200 < turn <= 270 and 70 < away < 76:
        return SPAN
    return FACE


# ---- tickets -------------------------------------------------------------------------------------------------------------
class Desk:
    def __init__(self):
        self.entries = self.files = FIRST

    def entry(self, ticket, kind, who, body, hours, form="html", title=None, source="", answers=0):
        number, staff = self.entries, kind != "M"
        self.entries += 1
        insert("thread_entry", id=number, pid=answers, thread_id=ticket, staff_id=who if staff else 0, user_id=0 if staff else who, type=kind,
               flags=64 if form == "html" else 65, poster=(AGENTS if staff else CLIENTS)[who], source=source, title=title, body=body, format=form,
               ip_address="192.0.2.15", created=Now(hours), updated=Now(hours))
        insert("_search", object_type="H", object_id=number, title=title or "", content=body)
        return number

    def file(self, entry, name, kind, content, inline):
        digest = hashlib.md5(content + name.encode()).hexdigest()
        insert("file", id=self.files, ft="T", bk="D", type=kind, size=len(content), key=digest, signature=digest, name=name, created=Now(0))
        insert("file_chunk", file_id=self.files, chunk_id=0, filedata=content)
        insert("attachment", object_id=entry, type="H", file_id=self.files, inline=inline)
        self.files += 1
        return digest

    def event(self, ticket, kind, hours, department, topic, who, data=None, staff=True):
        insert("thread_event", thread_id=ticket, thread_type="T", event_id=kind, staff_id=who if staff else 0, team_id=0, dept_id=department,
               topic_id=topic, data=data, username={1: "mvries", 2: "tokafor"}[who] if staff else "SYSTEM", uid=who, uid_type="S" if staff else "U",
               annulled=0, timestamp=Now(hours))

    def ticket(self, ticket, subject, text, client, topic, department, status, agent, priority, source, hours):
        number = str(310100 + ticket - FIRST)
        answered = agent and ticket % 3 != 1 or status in STATUSES
        last = hours * .4 if answered else hours
        closed = Now(last) if status in STATUSES else None
        due = Now(hours - (4 if department == 3 else 72)) if status not in STATUSES else None
        insert("ticket", ticket_id=ticket, number=number, user_id=client, status_id=status, dept_id=department, sla_id=2 if department == 3 else 1,
               topic_id=topic, staff_id=agent, team_id=TEAM_OF_FIELD_SERVICE if department == 3 else 0, ip_address="192.0.2.15", source=source,
               isoverdue=int(bool(due) and due.hours > 0), isanswered=int(bool(answered)), est_duedate=due, closed=closed, lastupdate=Now(last),
               created=Now(hours), updated=Now(last))
        insert("ticket__cdata", ticket_id=ticket, subject=subject, priority=str(priority))
        insert("form_entry", id=ticket, form_id=2, object_id=ticket, object_type="T", sort=1, created=Now(hours), updated=Now(hours))
        insert("thread", id=ticket, object_id=ticket, object_type="T", lastmessage=Now(hours), lastresponse=Now(last) if answered else None, created=Now(hours))
        insert("_search", object_type="T", object_id=ticket, title="%s %s" % (number, subject), content=subject)
        self.event(ticket, 1, hours, department, topic, client, staff=False)
        asked = self.asked(ticket, subject, text, client, source, hours)
        if agent and ticket % 4 != 2:
            self.event(ticket, 4, hours * .9, department, topic, agent, '{"claim":true}' if ticket % 2 else '{"staff":[%d,"%s"]}' % (agent, AGENTS[agent]))
        if ticket % 5 == 1:
            self.entry(ticket, "N", agent or 1, NOTES[ticket // 5 % 3], hours * .7, title="Telephone" if ticket % 2 else None)
        if answered:
            self.entry(ticket, "R", agent or 1, ANSWERS[1 + ticket % 3] + SIGNED, last, answers=asked)
        if status in STATUSES:
            self.event(ticket, 2, last, department, topic, agent or 1, '{"status":[%d,"%s"]}' % (status, STATUSES[status]))

    def asked(self, ticket, subject, text, client, source, hours):
        """What the client wrote, with what came along."""
        if "gauge" not in subject:
            entry = self.entry(ticket, "M", client, text, hours, form="text", title=subject, source=source)
            if "pictures" in text or "Invoice" in subject:
                self.file(entry, "fence.png", "image/png", png(200, 120, lambda x, y: FACE if x % 24 < 14 and y > 20 + x // 9 else BACK), 0) if "pictures" in text \
                    else self.file(entry, "invoice 2291.csv", "text/csv", b"site;days;EUR\npier 4;12;1044.00\n", 0)
            return entry
        picture = png(340, 220, gauge)
        digest = hashlib.md5(picture + b"gauge.png").hexdigest()
        entry = self.entry(ticket, "M", client, '<p>Good day,</p><p>%s</p><p><img src="cid:%s" alt="A gauge at zero" /></p><blockquote>Pump P-118, pier 4'
                           "</blockquote><p>What we tried:</p><ol><li>another hose</li><li>air out of the line</li></ol>" % (text, digest), hours, title=subject, source=source)
        self.file(entry, "gauge.png", "image/png", picture, 1)
        self.file(entry, "log of the pump.txt", "text/plain", "\n".join("%02d:%02d  %.1f bar" % (7 + i // 6, i % 6 * 10, max(0, 6 - i * .4)) for i in range(24)).encode(), 0)
        return entry


def main():
    print("SET NAMES utf8mb4; BEGIN;")
    desk = Desk()
    for place, line in enumerate(ROWS.strip().split("\n")):
        subject, text, rest = line.split("|")
        *numbers, source, hours = rest.split()
        desk.ticket(FIRST + place, subject, text, *map(int, numbers), source, float(hours))
    print("COMMIT;")


if __name__ == "__main__":
    main()
