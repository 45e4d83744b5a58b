// SPDX-License-Identifier: GPL-2.0-or-later
// What several statements say in the same words.
#ifndef STORE_SQL_PARTS_H
#define STORE_SQL_PARTS_H

// clang-format off
// The thread of a ticket, by its id; and of the ticket t.
#define SQL_THREAD_OF(ticket) \
    "(SELECT y.id FROM {thread} y WHERE y.object_id=" ticket " AND y.object_type IN ('T','C') " \
    "ORDER BY y.object_type='T' DESC,y.id LIMIT 1)"
#define SQL_THREAD SQL_THREAD_OF("t.ticket_id")

// Of an entry that went over into the thread of another ticket, the thread that it came from, by the row m that tells.
#define SQL_FORMER_THREAD \
    "IF(JSON_VALID(m.data),CAST(JSON_UNQUOTE(JSON_EXTRACT(m.data,'$.thread')) AS UNSIGNED),NULL)"

// A time, in UTC where z.utc says so.
#define SQL_TIME(column) "IF(z.utc,CONVERT_TZ(" column ",@@session.time_zone,'+00:00')," column ")"

// A body of the entry e that was too long for its column: it lies in files that are attached inline.
#define SQL_LONG_BODY \
    "IF(e.body='',(SELECT GROUP_CONCAT(k.filedata ORDER BY a.id,k.chunk_id SEPARATOR '') FROM {attachment} a " \
    "JOIN {file} i ON i.id=a.file_id JOIN {file_chunk} k ON k.file_id=i.id " \
    "WHERE a.type='H' AND a.object_id=e.id AND a.inline=1 AND i.type IN ('text/html','text/plain')),NULL)"

// Whether it has one. Other than the body itself, which is sorted out of its pieces in a table that the database makes
// for it whether there are any or not, this costs nothing.
#define SQL_HAS_LONG_BODY \
    "(e.body='' AND EXISTS(SELECT 1 FROM {attachment} a JOIN {file} i ON i.id=a.file_id " \
    "WHERE a.type='H' AND a.object_id=e.id AND a.inline=1 AND i.type IN ('text/html','text/plain')))"

// The id of the ticket with the number; of several the first.
#define SQL_TICKET_OF_NUMBER \
    "(SELECT n.ticket_id FROM {ticket} n WHERE n.number=? ORDER BY n.ticket_id LIMIT 1)"

// The display format of the phone field f.
#define SQL_PHONE_FORMAT \
    "COALESCE(IF(JSON_VALID(f.configuration),NULLIF(JSON_UNQUOTE(JSON_EXTRACT(f.configuration,'$.format'))," \
    "'null'),NULL),'us')"

// The department of ticket k; one that is gone counts as the default one.
#define SQL_DEPARTMENT \
    "COALESCE((SELECT x.id FROM {department} x WHERE x.id=k.dept_id),(SELECT x.id FROM {config} c " \
    "JOIN {department} x ON CONCAT(x.id)=c.value " \
    "WHERE c.namespace='core' AND c.`key`='default_dept_id' LIMIT 1))"
// clang-format on

#endif
