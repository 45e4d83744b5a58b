# SPDX-License-Identifier: GPL-2.0-or-later
"""A help desk of any size, laid over the demo's settings: made inside the database, from sequences.

Every ticket has a place from 0 to N-1, and all that is chosen about it follows from its place: its number, its agent,
how many entries it has. Ids are the places shuffled, so that an agent's tickets do not lie side by side.
"""
import math

from bodies import bodies

FIRST_TICKET = 1001
THREAD_OFFSET = 3000000  # of a ticket's thread id to its own, so that no other id is mistaken for it
ENTRIES = (3, 3, 4, 6, 9)  # of the tickets in turn: five in the mean
NUMBER_FACTOR, NUMBER_PRIME = 7368787, 10000019  # place → ticket number, each once
LISTS = (10, 100, 1000, 5000)  # tickets of the first agents and the first clients
OTHER_AGENTS = 40
SESSION = "SET SESSION unique_checks=0, foreign_key_checks=0, sql_mode='';\n"
KEY = "DE305D5475B4431BADB2EB6B9E546014"


def number_of(place):
    return "%08d" % ((place + 1) * NUMBER_FACTOR % NUMBER_PRIME)


def coprime(start, n):
    while math.gcd(start, n) != 1:
        start += 1
    return start


def id_factor(n):
    """Place → id: FIRST_TICKET + place * factor % n."""
    return coprime(7919, n)


def id_of(place, n):
    return FIRST_TICKET + place * id_factor(n) % n


def lists_of(n):
    """Lengths of the lists that fit, and the place at which each begins."""
    begin, fitting = 0, []
    for length in LISTS:
        if begin + length <= n:
            fitting.append((length, begin))
            begin += length
    return fitting


def owner(place, n, first, others):
    """SQL: which row of the listed ones, else of the others, a place belongs to."""
    cases = "".join(" WHEN %s < %d THEN %d" % (place, begin + length, first + i)
                    for i, (length, begin) in enumerate(lists_of(n)))
    count = len(lists_of(n))
    return "CASE%s ELSE %d + %s %% %d END" % (cases, first + count, place, others)


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n") + "'"


def body_table():
    rows = ",".join("(%d,%s,%s)" % (i, quote(format), quote(body)) for i, (format, body) in enumerate(bodies()))
    return ("CREATE TABLE bench_body (k INT PRIMARY KEY, format VARCHAR(16), body TEXT) CHARSET=utf8mb4;\n"
            "INSERT INTO bench_body VALUES %s;" % rows)


def people(n):
    clients = max(10, n // 20)
    agents = len(lists_of(n)) + OTHER_AGENTS
    return """
INSERT INTO ost_staff (staff_id,dept_id,role_id,username,firstname,lastname,email,signature,isactive,created,updated)
  SELECT 100+seq,1+seq%3,1,CONCAT('agent',seq),CONCAT('First',seq),CONCAT('Last',seq),
    CONCAT('agent',seq,'@harbour-tools.example'),'<p>Yours</p>',1,NOW(),NOW() FROM seq_1_to_{agents};
INSERT INTO ost_user (id,org_id,default_email_id,status,name,created,updated)
  SELECT 1000+seq,0,1000+seq,0,CONCAT('Client ',CHAR(65+seq%26),'. Number',seq),NOW(),NOW() FROM seq_1_to_{clients};
INSERT INTO ost_user_email (id,user_id,flags,address)
  SELECT 1000+seq,1000+seq,0,CONCAT('client',seq,'@customers.example') FROM seq_1_to_{clients};
INSERT INTO ost_form_entry (id,form_id,object_id,object_type,sort,created,updated)
  SELECT 1000+seq,1,1000+seq,'U',1,NOW(),NOW() FROM seq_1_to_{clients};
INSERT INTO ost_form_entry_values (entry_id,field_id,value,value_id)
  SELECT 1000+seq,3,CONCAT('312555',LPAD(seq%10000,4,'0')),NULL FROM seq_1_to_{clients};
INSERT INTO ost_form_entry_values (entry_id,field_id,value,value_id)
  SELECT 1000+seq,4,NULL,NULL FROM seq_1_to_{clients};
""".format(agents=agents, clients=clients), clients


def statements(n):
    """The SQL that fills a database which holds the demo's rows: what comes first, what may run side by side, what comes last."""
    people_sql, clients = people(n)
    inverse = pow(id_factor(n), -1, n)
    client_factor = coprime(104729, n)
    entry_cases = " ".join("WHEN %d THEN %d" % pair for pair in enumerate(ENTRIES))
    form_entry = 2000000 + clients
    texts = """
{bodies}
{people}
CREATE TABLE bench_ticket (id INT PRIMARY KEY, place INT, staff INT, user INT, entries INT, created DATETIME)
  SELECT {first}+seq AS id, seq*{inverse}%{n} AS place, 0 AS staff, 0 AS user, 0 AS entries,
    '2020-01-01 00:00:00' + INTERVAL seq*(150000000 DIV {n}) SECOND AS created FROM seq_0_to_{last};
UPDATE bench_ticket SET staff={staff}, user={user}, entries=CASE place%{kinds} {entry_cases} END;
====
INSERT INTO ost_ticket (ticket_id,number,user_id,user_email_id,status_id,dept_id,sla_id,topic_id,staff_id,team_id,
    ip_address,source,isoverdue,isanswered,duedate,est_duedate,reopened,closed,lastupdate,created,updated)
  SELECT id,LPAD((place+1)*{factor}%{prime},8,'0'),user,0,IF(place%10<7,3,1),1+place%3,1,1+place%3,staff,
    IF(place%11=0,1,0),'192.0.2.15',ELT(1+place%4,'Web','Email','Phone','API'),0,1,NULL,created+INTERVAL 2 DAY,NULL,
    IF(place%10<7,created+INTERVAL 1 DAY,NULL),created+INTERVAL 1 DAY,created,created+INTERVAL 1 DAY
  FROM bench_ticket;
INSERT INTO ost_ticket__cdata (ticket_id,subject,priority)
  SELECT id,CONCAT('About the order of place ',place),1+place%4 FROM bench_ticket;
INSERT INTO ost_form_entry (id,form_id,object_id,object_type,sort,created,updated)
  SELECT {form_entry}+id,2,id,'T',1,created,created FROM bench_ticket;
INSERT INTO ost_form_entry_values (entry_id,field_id,value,value_id)
  SELECT {form_entry}+id,IF(seq=0,20,22),
    IF(seq=0,CONCAT('About the order of place ',place),ELT(1+place%4,'Low','Normal','High','Emergency')),
    IF(seq=0,NULL,1+place%4)
  FROM bench_ticket JOIN seq_0_to_1 ORDER BY id,seq;
INSERT INTO ost_thread (id,object_id,object_type,lastresponse,lastmessage,created)
  SELECT {thread}+id,id,'T',created+INTERVAL 1 DAY,created,created FROM bench_ticket;
INSERT INTO ost_file (id,ft,bk,type,size,`key`,signature,name,created)
  SELECT {form_entry}+id,'T','D','text/plain',26,CONCAT('bench',id),CONCAT('bench',id),'note.txt',created
  FROM bench_ticket WHERE place%50=7;
INSERT INTO ost_file_chunk (file_id,chunk_id,filedata)
  SELECT {form_entry}+id,0,'abcdefghijklmnopqrstuvwxyz' FROM bench_ticket WHERE place%50=7;
INSERT INTO ost_attachment (object_id,type,file_id,name,inline)
  SELECT 1000000+id*10,'H',{form_entry}+id,NULL,0 FROM bench_ticket WHERE place%50=7;
====
INSERT INTO ost_thread_entry (id,pid,thread_id,staff_id,user_id,type,flags,poster,source,title,body,format,ip_address,
    created,updated)
  SELECT 1000000+id*10+seq,IF(seq=0,0,1000000+id*10),{thread}+id,IF(seq%3=0,0,IF(staff,staff,101)),IF(seq%3=0,user,0),
    ELT(1+seq%3,'M','R','N'),64+(seq=0),IF(seq%3=0,CONCAT('Client ',user),CONCAT('First Last ',staff)),
    IF(seq=0,'Web',''),IF(seq=0,CONCAT('About the order of place ',place),NULL),body,b.format,'192.0.2.15',
    created+INTERVAL seq HOUR,'0000-00-00 00:00:00'
  FROM bench_ticket JOIN seq_0_to_8 JOIN bench_body b
  WHERE seq<entries AND b.k=(place*9+seq*7)%{body_count} ORDER BY id,seq;
====
DROP TABLE bench_body;
DROP TABLE bench_ticket;
ANALYZE TABLE ost_ticket,ost_thread,ost_thread_entry,ost_user,ost_user_email,ost_form_entry,ost_form_entry_values,
  ost_attachment,ost_staff;
""".format(bodies=body_table(), people=people_sql, n=n, last=n - 1, first=FIRST_TICKET, inverse=inverse,
           staff=owner("place", n, 101, OTHER_AGENTS),
           user=owner("(place*%d%%%d)" % (client_factor, n), n, 1001, clients - len(lists_of(n))),
           kinds=len(ENTRIES), entry_cases=entry_cases, factor=NUMBER_FACTOR, prime=NUMBER_PRIME,
           form_entry=form_entry, thread=THREAD_OFFSET, body_count=len(bodies()))
    first, rows, entries, last = (SESSION + text for text in texts.split("====\n"))
    return first, [rows, entries], last
