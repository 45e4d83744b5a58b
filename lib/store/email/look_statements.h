// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of look.c: what the help desk knows of a mail that came in, below the help desk's own rows.
#ifndef STORE_EMAIL_LOOK_STATEMENTS_H
#define STORE_EMAIL_LOOK_STATEMENTS_H

#include "store/claim_statements.h"
#include "store/help_desk_statements.h"
#include "store/people_statements.h"
#include "store/slots.h"

// clang-format off
// Whether the Message-ID is claimed now, and for whom else it is not. Takes whether it is to be, it, and for how many
// seconds to wait.
#define EMAIL_CLAIM(FIRST, NEXT, PART) \
    FIRST(EMAIL_CLAIM_KIND, TEXT, "'claim'") \
    NEXT(EMAIL_CLAIM_IS_HELD, INTEGER, "IF(?,GET_LOCK(" CLAIM_OF_MESSAGE_ID ",?),1)") \
    PART(EMAIL_CLAIM_NO_NUMBERS, NONE_5) \
    NEXT(EMAIL_CLAIM_NO_KEY, TEXT, "NULL") \
    PART(EMAIL_CLAIM_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(EMAIL_CLAIM);

// Mails with this Message-ID, as they are now that it is claimed: all other rows are as they were when the statement
// began, which may be long before.
#define EMAIL_NOW(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'now'") \
    NEXT(, INTEGER, "m.id") \
    PART(, NONE_5) \
    NEXT(, TEXT, "NULL") \
    PART(, NONE_5)

// The number of what the thread h is about.
#define EMAIL_NUMBER \
    "IF(h.object_type='A',(SELECT " UNIFORM("k.number") " FROM {task} k WHERE k.id=h.object_id)," \
    "(SELECT " UNIFORM("t.number") " FROM {ticket} t WHERE t.ticket_id=h.object_id))"

// What became of mails with this Message-ID, with the signatures of the files that the entry's text does not show.
#define EMAIL_SEEN(FIRST, NEXT, PART) \
    FIRST(EMAIL_SEEN_KIND, TEXT, "'seen'") \
    NEXT(EMAIL_SEEN_ENTRY, INTEGER, "e.id") \
    NEXT(EMAIL_SEEN_THREAD, INTEGER, "h.id") \
    PART(EMAIL_SEEN_NO_NUMBERS, NONE_4) \
    NEXT(EMAIL_SEEN_MESSAGE_ID, TEXT, "m.mid") \
    NEXT(EMAIL_SEEN_HEADERS, TEXT, "m.headers") \
    NEXT(EMAIL_SEEN_NUMBER, TEXT, EMAIL_NUMBER) \
    NEXT(EMAIL_SEEN_BODY, TEXT, "e.body") \
    NEXT(EMAIL_SEEN_SIGNATURES, TEXT, \
         "(SELECT GROUP_CONCAT(f.signature ORDER BY a.id SEPARATOR ' ') FROM {attachment} a " \
         "JOIN {file} f ON f.id=a.file_id WHERE a.type='H' AND a.object_id=e.id AND a.inline=0)") \
    PART(EMAIL_SEEN_NO_TEXTS, NONE_1)
DESK_KIND_NAMES(EMAIL_SEEN);

// Entries whose mails are named, by the slot of the name.
#define EMAIL_PLACE(FIRST, NEXT, PART) \
    FIRST(EMAIL_PLACE_KIND, TEXT, "'known'") \
    NEXT(EMAIL_PLACE_ENTRY, INTEGER, "e.id") \
    NEXT(EMAIL_PLACE_THREAD, INTEGER, "e.thread_id") \
    NEXT(EMAIL_PLACE_SLOT, INTEGER, "r.n") \
    PART(EMAIL_PLACE_NO_NUMBERS, NONE_3) \
    NEXT(EMAIL_PLACE_NUMBER, TEXT, "NULL") \
    PART(EMAIL_PLACE_NO_TEXTS, NONE_5)
DESK_KIND_NAMES(EMAIL_PLACE);

// Threads, and entries where there are, that our own Message-IDs name.
#define EMAIL_OWN(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'own'") \
    NEXT(, INTEGER, "COALESCE(e.id,0)") \
    NEXT(, INTEGER, "h.id") \
    NEXT(, INTEGER, "r.n") \
    PART(, NONE_3) \
    NEXT(, TEXT, EMAIL_NUMBER) \
    PART(, NONE_5)

// The ticket of the number with its last message that is shown; of a merged one without any its parent's. Joined, since
// MariaDB 10.11 finds no collaborator by EXISTS within EXISTS in a prepared statement.
#define EMAIL_LAST_MESSAGE(thread) "(SELECT MAX(e.id) FROM {thread_entry} e WHERE e.thread_id=" thread " AND e.type='M' AND e.flags&4=0)"
#define EMAIL_BY_NUMBER(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'number'") \
    NEXT(, INTEGER, "COALESCE(" EMAIL_LAST_MESSAGE("x.own_id") "," EMAIL_LAST_MESSAGE("x.thread_id") ",0)") \
    NEXT(, INTEGER, "x.own_id") \
    NEXT(, INTEGER, "1") \
    PART(, NONE_3) \
    NEXT(, TEXT, "t.number") \
    PART(, NONE_5)

// Where the entries of thread h lie: those of a merged ticket lie with its parent.
#define EMAIL_EFFECTIVE \
    "(SELECT h.id AS own_id,h.object_type,COALESCE(p.id,h.id) AS thread_id,COALESCE(p.object_id,h.object_id) AS object_id," \
    "h.object_id AS own_object_id FROM {thread} h " \
    "LEFT JOIN {ticket} c ON h.object_type='C' AND c.ticket_id=h.object_id " \
    "LEFT JOIN {thread} p ON p.object_type='T' AND p.object_id=c.ticket_pid"

#define EMAIL_SENDER(FIRST, NEXT, PART) \
    FIRST(EMAIL_SENDER_KIND, TEXT, "'sender'") \
    NEXT(EMAIL_SENDER_USER, INTEGER, "u.id") \
    PART(EMAIL_SENDER_NO_NUMBERS, NONE_5) \
    NEXT(EMAIL_SENDER_NAME, TEXT, "u.name") \
    NEXT(EMAIL_SENDER_ADDRESS, TEXT, "d.address") \
    PART(EMAIL_SENDER_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(EMAIL_SENDER);

#define EMAIL_AGENT(FIRST, NEXT, PART) \
    FIRST(EMAIL_AGENT_KIND, TEXT, "'agent'") \
    NEXT(EMAIL_AGENT_ID, INTEGER, "s.staff_id") \
    NEXT(EMAIL_AGENT_ACTIVE, INTEGER, "s.isactive") \
    PART(EMAIL_AGENT_NO_NUMBERS, NONE_4) \
    PART(EMAIL_AGENT_STAFF, STAFF_PART) \
    PART(EMAIL_AGENT_NO_TEXTS, NONE_1)
DESK_KIND_NAMES(EMAIL_AGENT);

#define EMAIL_MAILBOX(FIRST, NEXT, PART) \
    FIRST(EMAIL_MAILBOX_KIND, TEXT, "'mailbox'") \
    NEXT(EMAIL_MAILBOX_ID, INTEGER, "b.email_id") \
    NEXT(EMAIL_MAILBOX_DEPARTMENT, INTEGER, "b.dept_id") \
    PART(EMAIL_MAILBOX_NO_NUMBERS, NONE_4) \
    NEXT(EMAIL_MAILBOX_NAME, TEXT, "b.name") \
    NEXT(EMAIL_MAILBOX_ADDRESS, TEXT, "b.email") \
    PART(EMAIL_MAILBOX_NO_TEXTS, NONE_4)
DESK_KIND_NAMES(EMAIL_MAILBOX);

// A row where the address, or another of the same user, is banned.
#define EMAIL_BANNED(FIRST, NEXT, PART) \
    FIRST(, TEXT, "'banned'") \
    NEXT(, INTEGER, "r.id") \
    PART(, NONE_5) \
    NEXT(, TEXT, "NULL") \
    PART(, NONE_5)

// What stands above and below the entries that a mail names; most mails name none.
#define EMAIL_LOOK_TAKES_FIRST "INTEGER claims,TEXT message_id,INTEGER seconds,TEXT message_id,TEXT message_id,"
#define EMAIL_LOOK_FIRST \
    DESK_OF_WRITING " " \
    "UNION ALL SELECT " COLUMNS(EMAIL_CLAIM) " " \
    "UNION ALL (SELECT " COLUMNS(EMAIL_NOW) " " \
    "FROM {thread_entry_email} m " \
    "WHERE m.mid=? LOCK IN SHARE MODE) " \
    "UNION ALL SELECT " COLUMNS(EMAIL_SEEN) " " \
    "FROM {thread_entry_email} m " \
    "JOIN {thread_entry} e ON e.id=m.thread_entry_id " \
    "JOIN {thread} h ON h.id=e.thread_id " \
    "WHERE m.mid=? "
#define EMAIL_LOOK_TAKES_LAST "TEXT address,TEXT address,TEXT address,TEXT address,"
#define EMAIL_LOOK_LAST \
    "UNION ALL SELECT " COLUMNS(EMAIL_SENDER) " " \
    "FROM {user_email} m " \
    "JOIN {user} u ON u.id=m.user_id " \
    "LEFT JOIN {user_email} d ON d.id=u.default_email_id " \
    "WHERE m.address=? " \
    "UNION ALL SELECT " COLUMNS(EMAIL_AGENT) " " \
    "FROM {staff} s " \
    "WHERE s.email=? " \
    "UNION ALL SELECT " COLUMNS(EMAIL_MAILBOX) " " \
    "FROM {email} b " \
    "UNION ALL SELECT " COLUMNS(EMAIL_BANNED) " " \
    "FROM {filter_rule} r " \
    "JOIN {filter} f ON f.id=r.filter_id AND f.isactive=1 AND f.name='SYSTEM BAN LIST' " \
    "WHERE r.isactive=1 AND r.what='email' AND (r.val=? OR r.val IN (SELECT " UNIFORM("o.address") " " \
    "FROM {user_email} m JOIN {user_email} o ON o.user_id=m.user_id WHERE m.address=? AND m.user_id<>0))"

#define EMAIL_LOOK_STATEMENTS(STATEMENT) \
    STATEMENT(EMAIL_LOOK_ALONE, EMAIL_LOOK_TAKES_FIRST EMAIL_LOOK_TAKES_LAST, DESK_FIRST_SETTING, \
        EMAIL_LOOK_FIRST EMAIL_LOOK_LAST) \
    STATEMENT(EMAIL_LOOK, EMAIL_LOOK_TAKES_FIRST "16 TEXT ids,INTEGER count,16 INTEGER threads,16 INTEGER entries," \
        "INTEGER count,TEXT number,TEXT address," EMAIL_LOOK_TAKES_LAST, DESK_FIRST_SETTING, \
        EMAIL_LOOK_FIRST \
        "UNION ALL SELECT " COLUMNS(EMAIL_PLACE) " " \
        "FROM " SLOT_NUMBERS " " \
        "JOIN {thread_entry_email} m ON m.mid=" SLOT " " \
        "JOIN {thread_entry} e ON e.id=m.thread_entry_id " \
        "WHERE r.n<=? " \
        "UNION ALL SELECT " COLUMNS(EMAIL_OWN) " " \
        "FROM " SLOT_NUMBERS " " \
        "JOIN {thread} h ON h.id=" SLOT " " \
        "LEFT JOIN {thread_entry} e ON e.id=" SLOT " AND e.thread_id=h.id " \
        "WHERE r.n<=? " \
        "UNION ALL SELECT " COLUMNS(EMAIL_BY_NUMBER) " " \
        "FROM {ticket} t " \
        "JOIN " EMAIL_EFFECTIVE ") x ON x.own_object_id=t.ticket_id AND x.object_type IN ('T','C') " \
        "JOIN {user_email} m " \
        "LEFT JOIN {thread_collaborator} c ON c.thread_id=x.thread_id AND c.user_id=m.user_id " \
        "WHERE t.number=? AND m.address=? AND (m.user_id=t.user_id OR c.id IS NOT NULL) " \
        EMAIL_LOOK_LAST)
// clang-format on

#endif
