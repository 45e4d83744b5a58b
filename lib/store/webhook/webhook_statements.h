// SPDX-License-Identifier: GPL-2.0-or-later
// The statements of webhooks.c, deliveries.c and delivery_position.c. spec: operations.md 8.
#ifndef STORE_WEBHOOK_WEBHOOK_STATEMENTS_H
#define STORE_WEBHOOK_WEBHOOK_STATEMENTS_H

#include "store/columns.h"
#include "store/outbox/outbox_statements.h"

// clang-format off
// What a webhook is, in the order of the values that are written.
#define WEBHOOK_VALUES(FIRST, NEXT, PART) \
    FIRST(WEBHOOK_VALUE_URL, TEXT, "url") \
    NEXT(WEBHOOK_VALUE_TYPES, TEXT, "types") \
    NEXT(WEBHOOK_VALUE_DEPARTMENTS, TEXT, "departments") \
    NEXT(WEBHOOK_VALUE_PRIVATE_ENTRIES, INTEGER, "private_entries") \
    NEXT(WEBHOOK_VALUE_FORMAT, TEXT, "format") \
    NEXT(WEBHOOK_VALUE_PARTS, TEXT, "parts")
COLUMN_NAMES(WEBHOOK_VALUES);

// What waits is found by its state: asked for the first by seq, the optimiser would rather walk over all that was sent,
// a week of it.
#define DELIVERIES_BY_STATE "{fcgi:delivery} d FORCE INDEX (waiting) "

// The first that waits of the webhook w.
#define WEBHOOK_HEAD(column) \
    "(SELECT " column " FROM " DELIVERIES_BY_STATE "WHERE d.webhook_id=w.id AND d.state='waiting' ORDER BY d.seq LIMIT 1)"

#define WEBHOOK_COLUMNS(FIRST, NEXT, PART) \
    FIRST(WEBHOOK_ID, INTEGER, "w.id") \
    NEXT(WEBHOOK_KEY, INTEGER, "w.key_id") \
    NEXT(WEBHOOK_URL, TEXT, "w.url") \
    NEXT(WEBHOOK_TYPES, TEXT, "w.types") \
    NEXT(WEBHOOK_DEPARTMENTS, TEXT, "w.departments") \
    NEXT(WEBHOOK_PRIVATE_ENTRIES, INTEGER, "w.private_entries") \
    NEXT(WEBHOOK_FORMAT, TEXT, "w.format") \
    NEXT(WEBHOOK_PARTS, TEXT, "w.parts") \
    NEXT(WEBHOOK_SECRET, TEXT, "w.secret") \
    NEXT(WEBHOOK_OLD_SECRET, TEXT, "IF(w.old_until>UTC_TIMESTAMP(),w.old_secret,NULL)") \
    NEXT(WEBHOOK_IS_ON, INTEGER, "w.state='on'") \
    NEXT(WEBHOOK_REASON, TEXT, "w.reason") \
    NEXT(WEBHOOK_SEQ, INTEGER, "w.seq") \
    NEXT(WEBHOOK_FROM_EVENT, INTEGER, "w.from_event") \
    NEXT(WEBHOOK_FROM_ENTRY, INTEGER, "w.from_entry") \
    NEXT(WEBHOOK_FAILING, INTEGER, "TIMESTAMPDIFF(SECOND,w.failing,UTC_TIMESTAMP())") \
    NEXT(WEBHOOK_CREATED, TIME, "w.created") \
    NEXT(WEBHOOK_UPDATED, TIME, "w.updated") \
    NEXT(WEBHOOK_UPDATED_AGO, INTEGER, "TIMESTAMPDIFF(SECOND,w.updated,UTC_TIMESTAMP())") \
    NEXT(WEBHOOK_HEAD_SEQ, INTEGER, WEBHOOK_HEAD("d.seq")) \
    NEXT(WEBHOOK_HEAD_DUE, INTEGER, WEBHOOK_HEAD("TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),d.due)"))
COLUMN_NAMES(WEBHOOK_COLUMNS);

#define WEBHOOK_WAITING_COLUMNS(FIRST, NEXT, PART) FIRST(WEBHOOK_WAITING, INTEGER, "COUNT(*)")
COLUMN_NAMES(WEBHOOK_WAITING_COLUMNS);

#define WEBHOOKS(where) "SELECT " COLUMNS(WEBHOOK_COLUMNS) " FROM {fcgi:webhook} w " where

// What a delivery is when it begins to wait.
#define DELIVERY_VALUES(FIRST, NEXT, PART) \
    FIRST(DELIVERY_VALUE_WEBHOOK, INTEGER, "webhook_id") \
    NEXT(DELIVERY_VALUE_SEQ, INTEGER, "seq") \
    NEXT(DELIVERY_VALUE_CHANGE, TEXT, "change_id") \
    NEXT(DELIVERY_VALUE_TYPE, TEXT, "type") \
    NEXT(DELIVERY_VALUE_TICKET, INTEGER, "ticket_id") \
    NEXT(DELIVERY_VALUE_IS_NOTE, INTEGER, "is_note") \
    NEXT(DELIVERY_VALUE_BODY, TEXT, "body")
COLUMN_NAMES(DELIVERY_VALUES);
#define DELIVERIES_INTO "INSERT INTO {fcgi:delivery}(" COLUMNS(DELIVERY_VALUES) ",due,created) VALUES"
#define DELIVERIES_NOT_TWICE " ON DUPLICATE KEY UPDATE due=due"
#define DELIVERY_ROW "(" PLACES(DELIVERY_VALUES) ",UTC_TIMESTAMP(),UTC_TIMESTAMP())"

#define DELIVERY_COLUMNS_OF(FIRST, NEXT, PART, body) \
    FIRST(DELIVERY_ID, INTEGER, "d.id") \
    NEXT(DELIVERY_WEBHOOK, INTEGER, "d.webhook_id") \
    NEXT(DELIVERY_SEQ, INTEGER, "d.seq") \
    NEXT(DELIVERY_CHANGE, TEXT, "d.change_id") \
    NEXT(DELIVERY_TYPE, TEXT, "d.type") \
    NEXT(DELIVERY_TICKET, INTEGER, "d.ticket_id") \
    NEXT(DELIVERY_IS_NOTE, INTEGER, "d.is_note") \
    NEXT(DELIVERY_ATTEMPTS, INTEGER, "d.attempts") \
    NEXT(DELIVERY_DUE_IN, INTEGER, "TIMESTAMPDIFF(SECOND,UTC_TIMESTAMP(),d.due)") \
    NEXT(DELIVERY_STATE, TEXT, "d.state") \
    NEXT(DELIVERY_STATUS, INTEGER, "d.status") \
    NEXT(DELIVERY_ERROR, TEXT, "d.error") \
    NEXT(DELIVERY_CREATED, TIME, "d.created") \
    NEXT(DELIVERY_FINISHED, TIME, "d.finished") \
    NEXT(DELIVERY_BODY, TEXT, body)
#define DELIVERY_COLUMNS(FIRST, NEXT, PART) DELIVERY_COLUMNS_OF(FIRST, NEXT, PART, "d.body")
#define DELIVERY_LIST_COLUMNS(FIRST, NEXT, PART) DELIVERY_COLUMNS_OF(FIRST, NEXT, PART, "''")
COLUMN_NAMES(DELIVERY_COLUMNS);

#define DELIVERY_NAMED_COLUMNS(FIRST, NEXT, PART) FIRST(DELIVERY_NAMED, INTEGER, "d.id")
COLUMN_NAMES(DELIVERY_NAMED_COLUMNS);

#define POSITION_COLUMNS(FIRST, NEXT, PART) \
    FIRST(POSITION_TEXT, TEXT, "p.position") \
    NEXT(POSITION_LEASE, TEXT, "p.lease")
COLUMN_NAMES(POSITION_COLUMNS);
#define POSITION_LOCK_COLUMNS(FIRST, NEXT, PART) FIRST(, INTEGER, "GET_LOCK(SHA2(CONCAT(DATABASE(),'{fcgi:position}'),256),0)")

// Whoever has the position has every delivery.
#define DELIVERY_IS_HELD "EXISTS(SELECT 1 FROM {fcgi:position} p WHERE p.name='webhooks' AND p.lease=?)"

// Then ids, and a bracket.
#define DELIVERIES_SENT_AMONG \
    "UPDATE {fcgi:delivery} SET state='sent',attempts=attempts+1,status=?,error=NULL,due=NULL,finished=UTC_TIMESTAMP() " \
    "WHERE state='waiting' AND " DELIVERY_IS_HELD " AND id IN ("

#define WEBHOOK_STATEMENTS(STATEMENT) \
    OUTBOX_STATEMENTS(STATEMENT, DELIVERY, "{fcgi:delivery}", DELIVERY_IS_HELD, "'waiting','sent','failed','dropped'") \
    /* Of one key, or of all (0); one of them, or all (0). */ \
    STATEMENT(WEBHOOKS_LISTED, "INTEGER key,INTEGER key,INTEGER id,INTEGER id,", WEBHOOK_COLUMNS, \
        WEBHOOKS("WHERE (?=0 OR w.key_id=?) AND (?=0 OR w.id=?) ORDER BY w.id")) \
    STATEMENT(WEBHOOKS_ON, "", WEBHOOK_COLUMNS, WEBHOOKS("WHERE w.state='on' ORDER BY w.id")) \
    STATEMENT(WEBHOOKS_LOCKED, "", WEBHOOK_COLUMNS, WEBHOOKS("WHERE w.state='on' ORDER BY w.id FOR UPDATE")) \
    STATEMENT(WEBHOOK_LOCKED, "INTEGER id,", WEBHOOK_COLUMNS, WEBHOOKS("WHERE w.id=? FOR UPDATE")) \
    STATEMENT(WEBHOOK_INSERT, "INTEGER key,TEXT secret," COLUMN_TYPES(WEBHOOK_VALUES), NO_COLUMNS, \
        "INSERT INTO {fcgi:webhook}(key_id,secret," COLUMNS(WEBHOOK_VALUES) ",from_event,from_entry,created,updated) " \
        "SELECT ?,?," PLACES(WEBHOOK_VALUES) ",COALESCE((SELECT MAX(v.id) FROM {thread_event} v),0)," \
        "COALESCE((SELECT MAX(e.id) FROM {thread_entry} e),0),UTC_TIMESTAMP(),UTC_TIMESTAMP()") \
    STATEMENT(WEBHOOK_UPDATE, COLUMN_TYPES(WEBHOOK_VALUES) "INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:webhook} " \
        "SET url=?,types=?,departments=?,private_entries=?,format=?,parts=?,updated=UTC_TIMESTAMP() " \
        "WHERE id=?") \
    STATEMENT(WEBHOOK_DELETE, "INTEGER id,", NO_COLUMNS, "DELETE FROM {fcgi:webhook} WHERE id=?") \
    STATEMENT(WEBHOOK_NEW_SECRET, "TEXT secret,INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:webhook} " \
        "SET old_secret=secret,old_until=UTC_TIMESTAMP()+INTERVAL 24 HOUR,secret=?,updated=UTC_TIMESTAMP() " \
        "WHERE id=?") \
    STATEMENT(WEBHOOK_SWITCH, "TEXT state,TEXT reason,INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:webhook} SET state=?,reason=?,failing=NULL,updated=UTC_TIMESTAMP() WHERE id=?") \
    /* The first that waits decides when what waits behind it is told. */ \
    STATEMENT(WEBHOOK_GOES_ON, "INTEGER webhook,", NO_COLUMNS, \
        "UPDATE " DELIVERIES_BY_STATE "SET d.due=UTC_TIMESTAMP() WHERE d.webhook_id=? AND d.state='waiting' ORDER BY d.seq LIMIT 1") \
    STATEMENT(WEBHOOK_FAILS, "INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:webhook} SET failing=COALESCE(failing,UTC_TIMESTAMP()) WHERE id=?") \
    STATEMENT(WEBHOOK_SUCCEEDS, "INTEGER id,", NO_COLUMNS, "UPDATE {fcgi:webhook} SET failing=NULL WHERE id=?") \
    /* After deliveries were added: where their numbers are. A MAX() would read them all. */ \
    STATEMENT(WEBHOOKS_COUNT_ON, "", NO_COLUMNS, \
        "UPDATE {fcgi:webhook} w " \
        "SET w.seq=GREATEST(w.seq,COALESCE((SELECT d.seq FROM {fcgi:delivery} d FORCE INDEX (sequence) " \
        "WHERE d.webhook_id=w.id ORDER BY d.seq DESC LIMIT 1),0)) " \
        "WHERE w.state='on'") \
    STATEMENT(WEBHOOK_COUNT_ON, "INTEGER seq,INTEGER id,", NO_COLUMNS, "UPDATE {fcgi:webhook} SET seq=? WHERE id=?") \
    STATEMENT(WEBHOOK_BACKLOG, "INTEGER webhook,", WEBHOOK_WAITING_COLUMNS, \
        "SELECT " COLUMNS(WEBHOOK_WAITING_COLUMNS) " FROM " DELIVERIES_BY_STATE "WHERE d.webhook_id=? AND d.state='waiting'") \
    STATEMENT(DELIVERIES_WAITING, "INTEGER webhook,INTEGER most,", DELIVERY_COLUMNS, \
        "SELECT " COLUMNS(DELIVERY_COLUMNS) " " \
        "FROM " DELIVERIES_BY_STATE \
        "WHERE d.webhook_id=? AND d.state='waiting' ORDER BY d.seq LIMIT ?") \
    STATEMENT(DELIVERY_TRIED, "INTEGER status,INTEGER id,", NO_COLUMNS, \
        "UPDATE {fcgi:delivery} SET attempts=attempts+1,status=? WHERE id=?") \
    STATEMENT(DELIVERIES_LISTED, "INTEGER webhook,INTEGER before,INTEGER before,INTEGER most,", DELIVERY_LIST_COLUMNS, \
        "SELECT " COLUMNS(DELIVERY_LIST_COLUMNS) " " \
        "FROM {fcgi:delivery} d " \
        "WHERE d.webhook_id=? AND (?=0 OR d.seq<?) ORDER BY d.seq DESC LIMIT ?") \
    STATEMENT(DELIVERY_OF_CHANGE, "INTEGER webhook,TEXT change,", DELIVERY_NAMED_COLUMNS, \
        "SELECT " COLUMNS(DELIVERY_NAMED_COLUMNS) " FROM {fcgi:delivery} d WHERE d.webhook_id=? AND d.change_id=?") \
    STATEMENT(DELIVERY_ONE, "INTEGER webhook,INTEGER id,", DELIVERY_COLUMNS, \
        "SELECT " COLUMNS(DELIVERY_COLUMNS) " " \
        "FROM {fcgi:delivery} d " \
        "WHERE d.webhook_id=? AND d.id=?") \
    /* Of webhooks that are no more, and what waited for a week for one that is off. */ \
    STATEMENT(DELIVERIES_FORGOTTEN, "INTEGER days,", NO_COLUMNS, \
        "DELETE FROM {fcgi:delivery} " \
        "WHERE webhook_id NOT IN (SELECT w.id FROM {fcgi:webhook} w) " \
        "OR (created<UTC_TIMESTAMP()-INTERVAL ? DAY AND webhook_id IN (SELECT w.id FROM {fcgi:webhook} w WHERE w.state='off')) " \
        "LIMIT 5000") \
    STATEMENT(POSITION_LOOK, "", POSITION_COLUMNS, \
        "SELECT " COLUMNS(POSITION_COLUMNS) " FROM {fcgi:position} p WHERE p.name='webhooks'") \
    STATEMENT(POSITION_SEED, "TEXT position,", NO_COLUMNS, \
        "INSERT IGNORE INTO {fcgi:position}(name,position) VALUES('webhooks',?)") \
    STATEMENT(POSITION_CLAIM, "TEXT lease,INTEGER seconds,TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:position} SET lease=?,until=UTC_TIMESTAMP(6)+INTERVAL ? SECOND " \
        "WHERE name='webhooks' AND (lease IN ('',?) OR until<UTC_TIMESTAMP(6))") \
    STATEMENT(POSITION_ADVANCE, "TEXT position,INTEGER seconds,TEXT lease,TEXT position before,", NO_COLUMNS, \
        "UPDATE {fcgi:position} SET position=?,until=UTC_TIMESTAMP(6)+INTERVAL ? SECOND " \
        "WHERE name='webhooks' AND lease=? AND position=?") \
    STATEMENT(POSITION_FREE, "TEXT lease,", NO_COLUMNS, \
        "UPDATE {fcgi:position} SET lease='',until=NULL WHERE name='webhooks' AND lease=?") \
    STATEMENT(POSITION_LOCK, "", POSITION_LOCK_COLUMNS, "SELECT " COLUMNS(POSITION_LOCK_COLUMNS))
// clang-format on

#endif
