// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of thread_parts.c: what stands in the thread of a ticket. spec: operations.md 3.3 to 3.6.
#ifndef STORE_READ_THREAD_PART_STATEMENTS_H
#define STORE_READ_THREAD_PART_STATEMENTS_H

#include "store/columns.h"
#include "store/read/shown_ticket_statements.h"
#include "store/read/ticket_object_statements.h"
#include "store/sql_parts.h"
#include "store/uniform_text.h"

// clang-format off
// The entries e of a ticket that are shown: takes its thread, that of the ticket above it, its thread twice again, the
// types, as a list, whether all of them are shown to whoever asks, and else the user who is shown what he wrote himself
// beside messages and responses. Those of a ticket that was merged into another stand in the other's thread.
#define THREAD_ENTRIES_TAKE \
    "INTEGER thread,INTEGER upper thread,INTEGER thread,INTEGER thread,TEXT types,INTEGER all,INTEGER author,"
#define THREAD_ENTRIES \
    "e.thread_id IN (?,?) AND (e.thread_id=? OR (e.flags&1024 AND EXISTS(SELECT 1 FROM {thread_entry_merge} m " \
    "WHERE m.thread_entry_id=e.id AND " SQL_FORMER_THREAD "=?))) " \
    "AND e.flags&4=0 AND FIND_IN_SET(e.type,?) " \
    "AND (? OR e.type IN ('M','R') OR (e.user_id=? AND e.staff_id=0))"

// An entry e with its agent and its user.
#define POST_COLUMNS_OF(FIRST, NEXT, PART, STAFF, USER, body, long_body, domains) \
    FIRST(POST_ID, INTEGER, "e.id") \
    NEXT(POST_TYPE, TEXT, "e.type") \
    NEXT(POST_FLAGS, INTEGER, "e.flags") \
    NEXT(POST_POSTER, TEXT, "e.poster") \
    PART(POST_STAFF, STAFF) \
    PART(POST_USER, USER) \
    NEXT(POST_TITLE, TEXT, "e.title") \
    NEXT(POST_FORMAT, TEXT, "e.format") \
    NEXT(POST_BODY, TEXT, body) \
    NEXT(POST_LONG_BODY, TEXT, long_body) \
    NEXT(POST_CREATED, TIME, SQL_TIME("e.created")) \
    NEXT(POST_UPDATED, TIME, SQL_TIME("e.updated")) \
    NEXT(POST_SOURCE, TEXT, "e.source") \
    NEXT(POST_IP_ADDRESS, TEXT, "e.ip_address") \
    NEXT(POST_RECIPIENTS, TEXT, "e.recipients") \
    NEXT(POST_EMBEDDED_DOMAINS, TEXT, domains)
// The setting that an entry's body is shown by. Among the columns of z it would be a text, for which the database puts
// z into a file.
#define POST_DOMAINS \
    "(SELECT g.value FROM {config} g WHERE g.namespace='core' AND g.`key`='embedded_domain_whitelist')"

// Without the bodies that lie in files, which are told to be there by a text that is not null; and with them.
#define POST_BODY_ASKED "IF(z.body,e.body,'')"
#define POST_IS_LONG "IF(z.body AND " SQL_HAS_LONG_BODY ",'',NULL)"
#define POST_LONG_BODY_ASKED "IF(z.body," SQL_LONG_BODY ",NULL)"
#define POST_COLUMNS(FIRST, NEXT, PART) \
    POST_COLUMNS_OF(FIRST, NEXT, PART, AGENT_PART, PERSON_PART, POST_BODY_ASKED, POST_IS_LONG, POST_DOMAINS)
#define LONG_POST_COLUMNS(FIRST, NEXT, PART) \
    POST_COLUMNS_OF(FIRST, NEXT, PART, AGENT_PART, PERSON_PART, POST_BODY_ASKED, POST_LONG_BODY_ASKED, POST_DOMAINS)
COLUMN_NAMES(POST_COLUMNS);

#define POSTS(columns, order) \
    "SELECT " COLUMNS(columns) " " \
    "FROM (SELECT ? AS utc,? AS body,CONVERT_TZ(?,'+00:00',@@session.time_zone) AS since) z " \
    "JOIN {thread_entry} e " \
    "LEFT JOIN {staff} s ON s.staff_id=e.staff_id " \
    "LEFT JOIN {user} u ON u.id=e.user_id " \
    "LEFT JOIN {user_email} a ON a.id=u.default_email_id " \
    "WHERE " THREAD_ENTRIES " " \
    "AND e.id>? AND e.id<? AND (z.since IS NULL OR e.created>=z.since) " \
    "ORDER BY e.id " order " LIMIT ?"
// Of entries by ids, so much of their bodies as is asked for.
#define POST_CUT_COLUMNS(FIRST, NEXT, PART) \
    POST_COLUMNS_OF(FIRST, NEXT, PART, AGENT_PART, PERSON_PART, "LEFT(e.body,z.most)", "LEFT(" SQL_LONG_BODY ",z.most)", \
        POST_DOMAINS)
#define POSTS_TAKE \
    "INTEGER in UTC,INTEGER body,TIME since in UTC," THREAD_ENTRIES_TAKE "INTEGER after,INTEGER before,INTEGER most,"

// The same as clients are shown them: without agents but for the names of those who wrote, where the help desk shows these,
// and without addresses but one's own.
#define POST_SHOWN_COLUMNS_OF(FIRST, NEXT, PART, USER, hides, body, long_body, domains) \
    FIRST(POST_ID, INTEGER, "e.id") \
    NEXT(POST_TYPE, TEXT, "e.type") \
    NEXT(POST_FLAGS, INTEGER, "e.flags") \
    NEXT(POST_POSTER, TEXT, "IF(" hides " AND (e.staff_id<>0 OR (e.type<>'M' AND e.user_id=0)),NULL," \
        SHOWN_NAME("e.user_id", "e.poster") ")") \
    PART(POST_STAFF, NONE_4) \
    PART(POST_USER, USER) \
    NEXT(POST_TITLE, TEXT, "e.title") \
    NEXT(POST_FORMAT, TEXT, "e.format") \
    NEXT(POST_BODY, TEXT, body) \
    NEXT(POST_LONG_BODY, TEXT, long_body) \
    NEXT(POST_CREATED, TIME, SQL_TIME("e.created")) \
    NEXT(POST_UPDATED, TIME, SQL_TIME("e.updated")) \
    NEXT(POST_SOURCE, TEXT, "e.source") \
    NEXT(POST_IP_ADDRESS, ANY, "NULL") \
    NEXT(POST_RECIPIENTS, ANY, "NULL") \
    NEXT(POST_EMBEDDED_DOMAINS, TEXT, domains)
#define POST_SHOWN_COLUMNS(FIRST, NEXT, PART) \
    POST_SHOWN_COLUMNS_OF(FIRST, NEXT, PART, SHOWN_PERSON_PART, "z.hides", POST_BODY_ASKED, POST_IS_LONG, POST_DOMAINS)
#define LONG_POST_SHOWN_COLUMNS(FIRST, NEXT, PART) \
    POST_SHOWN_COLUMNS_OF(FIRST, NEXT, PART, SHOWN_PERSON_PART, "z.hides", POST_BODY_ASKED, POST_LONG_BODY_ASKED, \
        POST_DOMAINS)

// Whether the names of agents are kept from clients.
#define POST_HIDES_AGENTS \
    "COALESCE((SELECT g.value FROM {config} g WHERE g.namespace='core' AND g.`key`='hide_staff_name'),'') " \
    "NOT IN ('','0')"
#define SHOWN_POSTS(columns, order) \
    "SELECT " COLUMNS(columns) " " \
    "FROM (SELECT ? AS viewer,? AS utc,? AS body,CONVERT_TZ(?,'+00:00',@@session.time_zone) AS since," \
    POST_HIDES_AGENTS " AS hides) z " \
    "JOIN {thread_entry} e " \
    "LEFT JOIN {user} u ON u.id=e.user_id " SHOWN_ADDRESS_JOIN \
    "WHERE " THREAD_ENTRIES " " \
    "AND e.id>? AND e.id<? AND (z.since IS NULL OR e.created>=z.since) " \
    "ORDER BY e.id " order " LIMIT ?"

#define EVENT_COLUMNS(FIRST, NEXT, PART) \
    FIRST(EVENT_ID, INTEGER, "v.id") \
    NEXT(EVENT_NAME, TEXT, "n.name") \
    NEXT(EVENT_AT, TIME, SQL_TIME("v.timestamp")) \
    NEXT(EVENT_USERNAME, TEXT, "v.username") \
    NEXT(EVENT_ACTOR, INTEGER, "v.uid") \
    NEXT(EVENT_ACTOR_TYPE, TEXT, "v.uid_type") \
    NEXT(EVENT_STAFF, INTEGER, "v.staff_id") \
    NEXT(EVENT_TEAM, INTEGER, "v.team_id") \
    NEXT(EVENT_DEPARTMENT, INTEGER, "v.dept_id") \
    NEXT(EVENT_DATA, TEXT, "v.data") \
    NEXT(EVENT_IS_ANNULLED, INTEGER, "v.annulled")
COLUMN_NAMES(EVENT_COLUMNS);

// A body that was too long for its column lies in files that are none to be listed: they are told apart.
#define SHOWN_FILE_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SHOWN_FILE_ID, INTEGER, "b.id") \
    NEXT(SHOWN_FILE_ENTRY, INTEGER, "e.id") \
    NEXT(SHOWN_FILE_NAME, TEXT, "COALESCE(" UNIFORM("b.name") ",f.name)") \
    NEXT(SHOWN_FILE_SIZE, INTEGER, "f.size") \
    NEXT(SHOWN_FILE_TYPE, TEXT, "f.type") \
    NEXT(SHOWN_FILE_IS_INLINE, INTEGER, "b.inline") \
    NEXT(SHOWN_FILE_KEY, TEXT, "f.`key`") \
    NEXT(SHOWN_FILE_SIGNATURE, TEXT, "f.signature") \
    NEXT(SHOWN_FILE_IS_BODY, INTEGER, "b.inline=1 AND e.body='' AND f.type IN ('text/html','text/plain')")
COLUMN_NAMES(SHOWN_FILE_COLUMNS);

#define SHOWN_COLLABORATOR_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SHOWN_COLLABORATOR_FLAGS, INTEGER, "k.flags") \
    NEXT(SHOWN_COLLABORATOR_SINCE, TIME, SQL_TIME("k.created")) \
    PART(SHOWN_COLLABORATOR_USER, PERSON_PART)
COLUMN_NAMES(SHOWN_COLLABORATOR_COLUMNS);
#define COLLABORATOR_SHOWN_COLUMNS(FIRST, NEXT, PART) \
    FIRST(SHOWN_COLLABORATOR_FLAGS, INTEGER, "k.flags") \
    NEXT(SHOWN_COLLABORATOR_SINCE, TIME, SQL_TIME("k.created")) \
    PART(SHOWN_COLLABORATOR_USER, SHOWN_PERSON_PART)

#define THREAD_PART_STATEMENTS(STATEMENT) \
    STATEMENT(POSTS_RISING, POSTS_TAKE, POST_COLUMNS, POSTS(POST_COLUMNS, "ASC")) \
    STATEMENT(POSTS_FALLING, POSTS_TAKE, POST_COLUMNS, POSTS(POST_COLUMNS, "DESC")) \
    STATEMENT(EVENTS, "INTEGER in UTC,INTEGER thread,INTEGER after,TEXT names,TEXT names,INTEGER most,", EVENT_COLUMNS, \
        "SELECT " COLUMNS(EVENT_COLUMNS) " " \
        "FROM (SELECT ? AS utc) z " \
        "JOIN {thread_event} v " \
        "LEFT JOIN {event} n ON n.id=v.event_id " \
        "WHERE v.thread_id=? AND v.id>? AND (?='' OR FIND_IN_SET(n.name,?)) " \
        "ORDER BY v.id LIMIT ?") \
    STATEMENT(SHOWN_FILES, THREAD_ENTRIES_TAKE, SHOWN_FILE_COLUMNS, \
        "SELECT " COLUMNS(SHOWN_FILE_COLUMNS) " " \
        "FROM {thread_entry} e " \
        "JOIN {attachment} b ON b.object_id=e.id AND b.type='H' " \
        "JOIN {file} f ON f.id=b.file_id " \
        "WHERE " THREAD_ENTRIES " " \
        "ORDER BY e.id,b.id") \
    STATEMENT(SHOWN_COLLABORATORS, "INTEGER in UTC,INTEGER thread,", SHOWN_COLLABORATOR_COLUMNS, \
        "SELECT " COLUMNS(SHOWN_COLLABORATOR_COLUMNS) " " \
        "FROM (SELECT ? AS utc) z " \
        "JOIN {thread_collaborator} k " \
        "JOIN {user} u ON u.id=k.user_id " \
        "LEFT JOIN {user_email} a ON a.id=u.default_email_id " \
        "WHERE k.thread_id=? " \
        "ORDER BY k.id")

#define SHOWN_THREAD_PART_STATEMENTS(STATEMENT) \
    STATEMENT(POSTS_OF_IDS, "INTEGER in UTC,INTEGER most,16 INTEGER id,", POST_CUT_COLUMNS, \
        "SELECT " COLUMNS(POST_CUT_COLUMNS) " " \
        "FROM (SELECT ? AS utc,? AS most) z " \
        "JOIN {thread_entry} e " \
        "LEFT JOIN {staff} s ON s.staff_id=e.staff_id " \
        "LEFT JOIN {user} u ON u.id=e.user_id " \
        "LEFT JOIN {user_email} a ON a.id=u.default_email_id " \
        "WHERE e.id IN (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") \
    STATEMENT(LONG_POSTS_RISING, POSTS_TAKE, LONG_POST_COLUMNS, POSTS(LONG_POST_COLUMNS, "ASC")) \
    STATEMENT(LONG_POSTS_FALLING, POSTS_TAKE, LONG_POST_COLUMNS, POSTS(LONG_POST_COLUMNS, "DESC")) \
    STATEMENT(SHOWN_POSTS_RISING, "INTEGER viewer," POSTS_TAKE, POST_SHOWN_COLUMNS, \
        SHOWN_POSTS(POST_SHOWN_COLUMNS, "ASC")) \
    STATEMENT(SHOWN_POSTS_FALLING, "INTEGER viewer," POSTS_TAKE, POST_SHOWN_COLUMNS, \
        SHOWN_POSTS(POST_SHOWN_COLUMNS, "DESC")) \
    STATEMENT(LONG_SHOWN_POSTS_RISING, "INTEGER viewer," POSTS_TAKE, LONG_POST_SHOWN_COLUMNS, \
        SHOWN_POSTS(LONG_POST_SHOWN_COLUMNS, "ASC")) \
    STATEMENT(LONG_SHOWN_POSTS_FALLING, "INTEGER viewer," POSTS_TAKE, LONG_POST_SHOWN_COLUMNS, \
        SHOWN_POSTS(LONG_POST_SHOWN_COLUMNS, "DESC")) \
    STATEMENT(COLLABORATORS_OF_CLIENT, "INTEGER viewer,INTEGER in UTC,INTEGER thread,", COLLABORATOR_SHOWN_COLUMNS, \
        "SELECT " COLUMNS(COLLABORATOR_SHOWN_COLUMNS) " " \
        "FROM (SELECT ? AS viewer,? AS utc) z " \
        "JOIN {thread_collaborator} k " \
        "JOIN {user} u ON u.id=k.user_id " SHOWN_ADDRESS_JOIN \
        "WHERE k.thread_id=? " \
        "ORDER BY k.id")
// clang-format on

#endif
