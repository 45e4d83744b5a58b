// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of create/desk.c: everything that a creation looks at, one kind of row below the other. Each
// kind has a list of its own, all of them as many columns: what it is, its id, its place among its kind, nine
// numbers, four texts. They are sorted by desk.c: the database would put them into a temporary table on the
// disk.
#ifndef STORE_CREATE_DESK_STATEMENTS_H
#define STORE_CREATE_DESK_STATEMENTS_H

#include "store/columns.h"
#include "store/ticket/file_statements.h"
#include "store/uniform_text.h"

// clang-format off
// The forms of users and of tickets. As the first kind they decide what the columns hold, see uniform_text.h.
#define CREATE_FORM(FIRST, NEXT, PART) \
    FIRST(CREATE_KIND, TEXT, "'form'") \
    NEXT(CREATE_FORM_ID, INTEGER, "o.id AS id") \
    NEXT(CREATE_PLACE, INTEGER, "0 AS place") \
    NEXT(CREATE_NUMBER_1, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_2, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_3, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_4, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_5, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_6, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_7, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_8, INTEGER, "NULL") \
    NEXT(CREATE_NUMBER_9, INTEGER, "NULL") \
    NEXT(CREATE_FORM_TYPE, TEXT, UNIFORM("o.type")) \
    NEXT(CREATE_TEXT_2, TEXT, NO_TEXT) \
    NEXT(CREATE_TEXT_3, TEXT, NO_TEXT) \
    NEXT(CREATE_TEXT_4, TEXT, NO_TEXT)
COLUMN_NAMES(CREATE_FORM);
#define CREATE_KIND_NAMES(LIST) \
    COLUMN_NAMES(LIST); \
    _Static_assert((int)LIST##_COUNT == (int)CREATE_FORM_COUNT, "each kind has as many columns")

#define CREATE_TOPIC_FORM(FIRST, NEXT, PART) \
    FIRST(CREATE_TOPIC_FORM_KIND, TEXT, "'topic form'") \
    NEXT(CREATE_TOPIC_FORM_ID, INTEGER, "h.id") \
    NEXT(CREATE_TOPIC_FORM_PLACE, INTEGER, "h.sort") \
    NEXT(CREATE_TOPIC_FORM_FORM, INTEGER, "f.id") \
    PART(CREATE_TOPIC_FORM_NO_NUMBERS, NONE_8) \
    NEXT(CREATE_TOPIC_FORM_TYPE, TEXT, "f.type") \
    NEXT(CREATE_TOPIC_FORM_EXTRA, TEXT, "h.extra") \
    PART(CREATE_TOPIC_FORM_NO_TEXTS, NONE_2)
CREATE_KIND_NAMES(CREATE_TOPIC_FORM);

#define CREATE_FIELD(FIRST, NEXT, PART) \
    FIRST(CREATE_FIELD_KIND, TEXT, "'field'") \
    NEXT(CREATE_FIELD_ID, INTEGER, "f.id") \
    NEXT(CREATE_FIELD_SORT, INTEGER, "f.sort") \
    NEXT(CREATE_FIELD_FORM, INTEGER, "f.form_id") \
    NEXT(CREATE_FIELD_FLAGS, INTEGER, "f.flags") \
    PART(CREATE_FIELD_NO_NUMBERS, NONE_7) \
    NEXT(CREATE_FIELD_TYPE, TEXT, "f.type") \
    NEXT(CREATE_FIELD_LABEL, TEXT, "f.label") \
    NEXT(CREATE_FIELD_NAME, TEXT, "f.name") \
    NEXT(CREATE_FIELD_CONFIGURATION, TEXT, "f.configuration")
CREATE_KIND_NAMES(CREATE_FIELD);

#define CREATE_TOPIC_ROW(FIRST, NEXT, PART) \
    FIRST(CREATE_TOPIC_KIND, TEXT, "'topic'") \
    NEXT(CREATE_TOPIC_ID, INTEGER, "t.topic_id") \
    NEXT(CREATE_TOPIC_PLACE, INTEGER, "0") \
    NEXT(CREATE_TOPIC_FLAGS, INTEGER, "t.flags") \
    NEXT(CREATE_TOPIC_DEPARTMENT, INTEGER, "t.dept_id") \
    NEXT(CREATE_TOPIC_PRIORITY, INTEGER, "t.priority_id") \
    NEXT(CREATE_TOPIC_SLA, INTEGER, "t.sla_id") \
    NEXT(CREATE_TOPIC_STATUS, INTEGER, "t.status_id") \
    NEXT(CREATE_TOPIC_STAFF, INTEGER, "t.staff_id") \
    NEXT(CREATE_TOPIC_TEAM, INTEGER, "t.team_id") \
    NEXT(CREATE_TOPIC_SEQUENCE, INTEGER, "t.sequence_id") \
    NEXT(CREATE_TOPIC_NO_AUTORESPONSE, INTEGER, "t.noautoresp") \
    NEXT(CREATE_TOPIC_NUMBER_FORMAT, TEXT, "t.number_format") \
    PART(CREATE_TOPIC_NO_TEXTS, NONE_3)
CREATE_KIND_NAMES(CREATE_TOPIC_ROW);

// How many open tickets the user u has; those that he collaborates on too, where the help desk shows them to him.
#define OPEN_TICKETS \
    "(SELECT COUNT(*) FROM {ticket} k JOIN {ticket_status} s ON s.id=k.status_id " \
    "WHERE s.state='open' AND k.user_id=u.id)" \
    "+IF(COALESCE((SELECT g.value FROM {config} g WHERE g.namespace='core' " \
    "AND g.`key`='collaborator_ticket_visibility'),'1') IN ('','0'),0," \
    "(SELECT COUNT(DISTINCT k.ticket_id) FROM {thread_collaborator} c " \
    "JOIN {thread} h ON h.id=c.thread_id AND h.object_type='T' " \
    "JOIN {ticket} k ON k.ticket_id=h.object_id AND k.user_id<>u.id " \
    "JOIN {ticket_status} s ON s.id=k.status_id AND s.state='open' WHERE c.user_id=u.id))"
#define CREATE_USER_ROW_OF(FIRST, NEXT, PART, open) \
    FIRST(CREATE_USER_KIND, TEXT, "'user'") \
    NEXT(CREATE_USER_ID, INTEGER, "u.id") \
    NEXT(CREATE_USER_PLACE, INTEGER, "0") \
    NEXT(CREATE_USER_ORGANIZATION, INTEGER, "u.org_id") \
    NEXT(CREATE_USER_DEFAULT_EMAIL, INTEGER, "u.default_email_id") \
    NEXT(CREATE_USER_OPEN_TICKETS, INTEGER, open) \
    NEXT(CREATE_USER_HAS_ACCOUNT, INTEGER, "EXISTS(SELECT 1 FROM {user_account} a WHERE a.user_id=u.id)") \
    PART(CREATE_USER_NO_NUMBERS, NONE_5) \
    NEXT(CREATE_USER_NAME, TEXT, "u.name") \
    NEXT(CREATE_USER_ADDRESS, TEXT, "(SELECT e.address FROM {user_email} e WHERE e.id=u.default_email_id)") \
    NEXT(CREATE_USER_CREATED, TEXT, "CAST(u.created AS CHAR)") \
    PART(CREATE_USER_NO_TEXTS, NONE_1)
#define CREATE_USER_ROW(FIRST, NEXT, PART) CREATE_USER_ROW_OF(FIRST, NEXT, PART, "0")
#define CREATE_USER_ROW_WHOLE(FIRST, NEXT, PART) CREATE_USER_ROW_OF(FIRST, NEXT, PART, OPEN_TICKETS)
CREATE_KIND_NAMES(CREATE_USER_ROW);

// Behind the user, whose row decides about it.
#define CREATE_ORGANIZATION(FIRST, NEXT, PART) \
    FIRST(CREATE_ORGANIZATION_KIND, TEXT, "'organization'") \
    NEXT(CREATE_ORGANIZATION_ID, INTEGER, "o.id") \
    NEXT(CREATE_ORGANIZATION_PLACE, INTEGER, "1") \
    NEXT(CREATE_ORGANIZATION_STATUS, INTEGER, "o.status") \
    PART(CREATE_ORGANIZATION_NO_NUMBERS, NONE_8) \
    NEXT(CREATE_ORGANIZATION_NAME, TEXT, "o.name") \
    NEXT(CREATE_ORGANIZATION_MANAGER, TEXT, "o.manager") \
    NEXT(CREATE_ORGANIZATION_DOMAINS, TEXT, "o.domain") \
    PART(CREATE_ORGANIZATION_NO_TEXTS, NONE_1)
CREATE_KIND_NAMES(CREATE_ORGANIZATION);

#define CREATE_FILTER(FIRST, NEXT, PART) \
    FIRST(CREATE_FILTER_KIND, TEXT, "'filter'") \
    NEXT(CREATE_FILTER_ID, INTEGER, "f.id") \
    NEXT(CREATE_FILTER_ORDER, INTEGER, "f.execorder") \
    NEXT(CREATE_FILTER_MAILBOX, INTEGER, "f.email_id") \
    NEXT(CREATE_FILTER_MATCHES_ALL, INTEGER, "f.match_all_rules") \
    NEXT(CREATE_FILTER_STOPS, INTEGER, "f.stop_onmatch") \
    PART(CREATE_FILTER_NO_NUMBERS, NONE_6) \
    NEXT(CREATE_FILTER_NAME, TEXT, "f.name") \
    NEXT(CREATE_FILTER_TARGET, TEXT, "CONCAT(f.target)") \
    PART(CREATE_FILTER_NO_TEXTS, NONE_2)
CREATE_KIND_NAMES(CREATE_FILTER);

#define CREATE_RULE(FIRST, NEXT, PART) \
    FIRST(CREATE_RULE_KIND, TEXT, "'rule'") \
    NEXT(CREATE_RULE_ID, INTEGER, "r.id") \
    NEXT(CREATE_RULE_PLACE, INTEGER, "0") \
    NEXT(CREATE_RULE_FILTER, INTEGER, "r.filter_id") \
    NEXT(CREATE_RULE_IS_ACTIVE, INTEGER, "r.isactive") \
    PART(CREATE_RULE_NO_NUMBERS, NONE_7) \
    NEXT(CREATE_RULE_WHAT, TEXT, "r.what") \
    NEXT(CREATE_RULE_HOW, TEXT, "CONCAT(r.how)") \
    NEXT(CREATE_RULE_VALUE, TEXT, "r.val") \
    PART(CREATE_RULE_NO_TEXTS, NONE_1)
CREATE_KIND_NAMES(CREATE_RULE);

// A rule of the ban list that the requester's address meets; NULL for none.
#define CREATE_BAN(FIRST, NEXT, PART) \
    FIRST(CREATE_BAN_KIND, TEXT, "'ban'") \
    NEXT(CREATE_BAN_RULE, INTEGER, "MIN(r.id)") \
    NEXT(CREATE_BAN_PLACE, INTEGER, "0") \
    PART(CREATE_BAN_NO_NUMBERS, NONE_9) \
    PART(CREATE_BAN_NO_TEXTS, NONE_4)
CREATE_KIND_NAMES(CREATE_BAN);

#define CREATE_ACTION(FIRST, NEXT, PART) \
    FIRST(CREATE_ACTION_KIND, TEXT, "'action'") \
    NEXT(CREATE_ACTION_ID, INTEGER, "a.id") \
    NEXT(CREATE_ACTION_SORT, INTEGER, "a.sort") \
    NEXT(CREATE_ACTION_FILTER, INTEGER, "a.filter_id") \
    PART(CREATE_ACTION_NO_NUMBERS, NONE_8) \
    NEXT(CREATE_ACTION_TYPE, TEXT, "a.type") \
    NEXT(CREATE_ACTION_CONFIGURATION, TEXT, "a.configuration") \
    PART(CREATE_ACTION_NO_TEXTS, NONE_2)
CREATE_KIND_NAMES(CREATE_ACTION);

#define CREATE_ITEM(FIRST, NEXT, PART) \
    FIRST(CREATE_ITEM_KIND, TEXT, "'item'") \
    NEXT(CREATE_ITEM_ID, INTEGER, "i.id") \
    NEXT(CREATE_ITEM_SORT, INTEGER, "i.sort") \
    NEXT(CREATE_ITEM_LIST, INTEGER, "i.list_id") \
    PART(CREATE_ITEM_NO_NUMBERS, NONE_8) \
    NEXT(CREATE_ITEM_VALUE, TEXT, "i.value") \
    NEXT(CREATE_ITEM_ABBREVIATION, TEXT, "i.extra") \
    PART(CREATE_ITEM_NO_TEXTS, NONE_2)
CREATE_KIND_NAMES(CREATE_ITEM);

#define CREATE_DEPARTMENT(FIRST, NEXT, PART) \
    FIRST(CREATE_DEPARTMENT_KIND, TEXT, "'dept'") \
    NEXT(CREATE_DEPARTMENT_ID, INTEGER, "d.id") \
    NEXT(CREATE_DEPARTMENT_PLACE, INTEGER, "0") \
    NEXT(CREATE_DEPARTMENT_SLA, INTEGER, "d.sla_id") \
    NEXT(CREATE_DEPARTMENT_AUTORESPONSE, INTEGER, "d.ticket_auto_response") \
    PART(CREATE_DEPARTMENT_NO_NUMBERS, NONE_7) \
    PART(CREATE_DEPARTMENT_NO_TEXTS, NONE_4)
CREATE_KIND_NAMES(CREATE_DEPARTMENT);

#define CREATE_SLA(FIRST, NEXT, PART) \
    FIRST(CREATE_SLA_KIND, TEXT, "'sla'") \
    NEXT(CREATE_SLA_ID, INTEGER, "l.id") \
    NEXT(CREATE_SLA_PLACE, INTEGER, "0") \
    NEXT(CREATE_SLA_FLAGS, INTEGER, "l.flags") \
    NEXT(CREATE_SLA_GRACE, INTEGER, "l.grace_period") \
    NEXT(CREATE_SLA_SCHEDULE, INTEGER, "l.schedule_id") \
    PART(CREATE_SLA_NO_NUMBERS, NONE_6) \
    NEXT(CREATE_SLA_NAME, TEXT, "l.name") \
    PART(CREATE_SLA_NO_TEXTS, NONE_3)
CREATE_KIND_NAMES(CREATE_SLA);

#define CREATE_MAILBOX(FIRST, NEXT, PART) \
    FIRST(CREATE_MAILBOX_KIND, TEXT, "'mailbox'") \
    NEXT(CREATE_MAILBOX_ID, INTEGER, "e.email_id") \
    NEXT(CREATE_MAILBOX_PLACE, INTEGER, "0") \
    NEXT(CREATE_MAILBOX_DEPARTMENT, INTEGER, "e.dept_id") \
    NEXT(CREATE_MAILBOX_PRIORITY, INTEGER, "e.priority_id") \
    NEXT(CREATE_MAILBOX_TOPIC, INTEGER, "e.topic_id") \
    NEXT(CREATE_MAILBOX_NO_AUTORESPONSE, INTEGER, "e.noautoresp") \
    PART(CREATE_MAILBOX_NO_NUMBERS, NONE_5) \
    NEXT(CREATE_MAILBOX_ADDRESS, TEXT, "e.email") \
    PART(CREATE_MAILBOX_NO_TEXTS, NONE_3)
CREATE_KIND_NAMES(CREATE_MAILBOX);

#define CREATE_SEQUENCE(FIRST, NEXT, PART) \
    FIRST(CREATE_SEQUENCE_KIND, TEXT, "'sequence'") \
    NEXT(CREATE_SEQUENCE_ID, INTEGER, "q.id") \
    NEXT(CREATE_SEQUENCE_PLACE, INTEGER, "0") \
    PART(CREATE_SEQUENCE_NO_NUMBERS, NONE_9) \
    NEXT(CREATE_SEQUENCE_PADDING, TEXT, "q.padding") \
    PART(CREATE_SEQUENCE_NO_TEXTS, NONE_3)
CREATE_KIND_NAMES(CREATE_SEQUENCE);

// A column of user__cdata or ticket__cdata. A table's bare name, for information_schema.
#define BARE_NAME(table) "REPLACE('{" table "}','`','')"
#define CREATE_COLUMN(FIRST, NEXT, PART) \
    FIRST(CREATE_COLUMN_KIND, TEXT, "'column'") \
    NEXT(CREATE_COLUMN_ID, INTEGER, "0") \
    NEXT(CREATE_COLUMN_PLACE, INTEGER, "c.ordinal_position") \
    NEXT(CREATE_COLUMN_IS_OF_USER, INTEGER, "c.table_name=" BARE_NAME("user__cdata")) \
    NEXT(CREATE_COLUMN_IS_NARROW, INTEGER, "c.character_set_name<>'utf8mb4'") \
    PART(CREATE_COLUMN_NO_NUMBERS, NONE_7) \
    NEXT(CREATE_COLUMN_NAME, TEXT, UNIFORM("c.column_name")) \
    PART(CREATE_COLUMN_NO_TEXTS, NONE_3)
CREATE_KIND_NAMES(CREATE_COLUMN);

// A stored file that may have what a request brings.
#define CREATE_FILE(FIRST, NEXT, PART) \
    FIRST(CREATE_FILE_KIND, TEXT, "'file'") \
    NEXT(CREATE_FILE_NO_ID, INTEGER, "NULL") \
    NEXT(CREATE_FILE_PLACE, INTEGER, "0") \
    PART(CREATE_FILE_NO_NUMBERS, NONE_7) \
    PART(CREATE_FILE_SOUGHT, SOUGHT_FILE_PART) \
    PART(CREATE_FILE_NO_TEXTS, NONE_1)
CREATE_KIND_NAMES(CREATE_FILE);

// Which forms count: those of users and tickets, and the topic's. Takes the request's topic.
#define FORM_IS_USED(column) \
    "(" column " IN (SELECT o.id FROM {form} o WHERE o.type IN ('U','T')) " \
    "OR " column " IN (SELECT h.form_id FROM {help_topic_form} h WHERE h.topic_id=?))"

// Takes a user id and an address.
#define REQUESTER \
    "COALESCE((SELECT r.id FROM {user} r WHERE r.id=?),(SELECT m.user_id FROM {user_email} m WHERE m.address=?))"

#define CREATE_DESK_TAKES \
    "INTEGER topic,INTEGER topic,INTEGER topic,INTEGER default topic,INTEGER user,TEXT address," \
    "INTEGER user,TEXT address,TEXT domain,INTEGER user,TEXT address,TEXT address,INTEGER topic,"
#define CREATE_DESK_ROWS(USER_ROW) \
    "SELECT " COLUMNS(CREATE_FORM) " " \
    "FROM {form} o " \
    "WHERE o.id IN ((SELECT MIN(u.id) FROM {form} u WHERE u.type='U')," \
    "(SELECT MIN(u.id) FROM {form} u WHERE u.type='T')) " \
    "UNION ALL SELECT " COLUMNS(CREATE_TOPIC_FORM) " " \
    "FROM {help_topic_form} h " \
    "JOIN {form} f ON f.id=h.form_id " \
    "WHERE h.topic_id=? " \
    "UNION ALL SELECT " COLUMNS(CREATE_FIELD) " " \
    "FROM {form_field} f " \
    "WHERE " FORM_IS_USED("f.form_id") " " \
    "UNION ALL SELECT " COLUMNS(CREATE_TOPIC_ROW) " " \
    "FROM {help_topic} t " \
    "WHERE t.topic_id IN (?,?) " \
    "UNION ALL SELECT " COLUMNS(USER_ROW) " " \
    "FROM {user} u " \
    "WHERE u.id=" REQUESTER " " \
    "UNION ALL SELECT " COLUMNS(CREATE_ORGANIZATION) " " \
    "FROM (SELECT (SELECT u.org_id FROM {user} u WHERE u.id=" REQUESTER ") AS his) z " \
    "JOIN {organization} o ON o.id=z.his OR (z.his IS NULL AND LOCATE(?,o.domain)) " \
    "UNION ALL SELECT " COLUMNS(CREATE_FILTER) " " \
    "FROM {filter} f " \
    "WHERE f.isactive=1 " \
    "UNION ALL SELECT " COLUMNS(CREATE_RULE) " " \
    "FROM {filter_rule} r " \
    "JOIN {filter} f ON f.id=r.filter_id AND f.isactive=1 " \
    "WHERE f.name<>'SYSTEM BAN LIST' OR r.isactive=0 OR r.what<>'email' OR r.how<>'equal' " \
    "UNION ALL SELECT " COLUMNS(CREATE_BAN) " " \
    "FROM {filter_rule} r " \
    "JOIN {filter} f ON f.id=r.filter_id AND f.isactive=1 AND f.name='SYSTEM BAN LIST' " \
    "WHERE r.isactive=1 AND r.what='email' AND r.val=" \
    UNIFORM("COALESCE((SELECT e.address FROM {user} u " \
            "JOIN {user_email} e ON e.id=u.default_email_id WHERE u.id=" REQUESTER "),?)") " " \
    "UNION ALL SELECT " COLUMNS(CREATE_ACTION) " " \
    "FROM {filter_action} a " \
    "JOIN {filter} f ON f.id=a.filter_id AND f.isactive=1 " \
    "UNION ALL SELECT " COLUMNS(CREATE_ITEM) " " \
    "FROM {list_items} i " \
    "WHERE CONCAT('list-',i.list_id) IN (SELECT f.type FROM {form_field} f " \
    "WHERE " FORM_IS_USED("f.form_id") ") " \
    "UNION ALL SELECT " COLUMNS(CREATE_DEPARTMENT) " " \
    "FROM {department} d " \
    "UNION ALL SELECT " COLUMNS(CREATE_SLA) " " \
    "FROM {sla} l " \
    "UNION ALL SELECT " COLUMNS(CREATE_MAILBOX) " " \
    "FROM {email} e " \
    "UNION ALL SELECT " COLUMNS(CREATE_SEQUENCE) " " \
    "FROM {sequence} q "
// To look at the columns takes as long as half of the rest.
#define CREATE_DESK_COLUMNS \
    "UNION ALL SELECT " COLUMNS(CREATE_COLUMN) " " \
    "FROM information_schema.columns c " \
    "WHERE c.table_schema=DATABASE() " \
    "AND c.table_name IN (" BARE_NAME("user__cdata") "," BARE_NAME("ticket__cdata") ") "

#define CREATE_DESK_STATEMENTS(STATEMENT) \
    STATEMENT(CREATE_DESK, CREATE_DESK_TAKES, CREATE_FORM, CREATE_DESK_ROWS(CREATE_USER_ROW)) \
    STATEMENT(CREATE_TOPIC, "INTEGER topic,", CREATE_TOPIC_ROW, \
        "SELECT " COLUMNS(CREATE_TOPIC_ROW) " " \
        "FROM {help_topic} t " \
        "WHERE t.topic_id=?")

// The same with files that are sought; and with all that is known.
#define CREATE_DESK_FILES \
    "UNION ALL SELECT " COLUMNS(CREATE_FILE) " " SOUGHT_BY_SIGNATURE " " \
    "UNION ALL SELECT " COLUMNS(CREATE_FILE) " " SOUGHT_BY_KEY
#define CREATE_DESK_RARE_STATEMENTS(STATEMENT) \
    STATEMENT(CREATE_DESK_AND_FILES, CREATE_DESK_TAKES SOUGHT_FILE_TYPES, CREATE_FORM, \
        CREATE_DESK_ROWS(CREATE_USER_ROW) CREATE_DESK_FILES) \
    STATEMENT(CREATE_DESK_WHOLE, CREATE_DESK_TAKES, CREATE_FORM, \
        CREATE_DESK_ROWS(CREATE_USER_ROW_WHOLE) CREATE_DESK_COLUMNS) \
    STATEMENT(CREATE_DESK_WHOLE_AND_FILES, CREATE_DESK_TAKES SOUGHT_FILE_TYPES, CREATE_FORM, \
        CREATE_DESK_ROWS(CREATE_USER_ROW_WHOLE) CREATE_DESK_COLUMNS CREATE_DESK_FILES)
// clang-format on

#endif
