// SPDX-License-Identifier: GPL-2.0-or-later
// Webhooks as they are registered.
#include "store/webhook/webhooks.h"

#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

#define REASON_MAX 500

bool webhook_explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server is not set up for webhooks");
    return error_detail(error, "a table of webhooks is missing: load schema/fcgi-webhook.sql (prefix %s)",
                        db_prefix(db));
}

static void take_webhook(const struct row *row, void *into) {
    struct webhook *webhook = into;
    *webhook = (struct webhook){
        .id = row_integer(row, WEBHOOK_ID),
        .key_id = row_integer(row, WEBHOOK_KEY),
        .url = row_copy(row, WEBHOOK_URL),
        .types = row_copy(row, WEBHOOK_TYPES),
        .departments = row_copy(row, WEBHOOK_DEPARTMENTS),
        .private_entries = row_is_true(row, WEBHOOK_PRIVATE_ENTRIES),
        .format = row_copy(row, WEBHOOK_FORMAT),
        .parts = row_copy(row, WEBHOOK_PARTS),
        .secret = row_copy(row, WEBHOOK_SECRET),
        .old_secret = row_copy(row, WEBHOOK_OLD_SECRET),
        .is_on = row_is_true(row, WEBHOOK_IS_ON),
        .reason = row_copy(row, WEBHOOK_REASON),
        .seq = row_integer(row, WEBHOOK_SEQ),
        .from_event = row_integer(row, WEBHOOK_FROM_EVENT),
        .from_entry = row_integer(row, WEBHOOK_FROM_ENTRY),
        .failing = row_is_null(row, WEBHOOK_FAILING) ? -1 : row_integer(row, WEBHOOK_FAILING),
        .created = row_copy(row, WEBHOOK_CREATED),
        .updated = row_copy(row, WEBHOOK_UPDATED),
        .updated_ago = row_integer(row, WEBHOOK_UPDATED_AGO),
        .has_waiting = !row_is_null(row, WEBHOOK_HEAD_SEQ),
        .head_seq = row_integer(row, WEBHOOK_HEAD_SEQ),
        .head_due = row_integer(row, WEBHOOK_HEAD_DUE),
    };
}

static bool read_all(struct db *db, struct query query, struct arena *arena, struct webhook **webhooks,
                     size_t *count, struct error *error) {
    *webhooks = NULL;
    *count = 0;
    if (!row_all(db, query, arena, take_webhook, ROW_LIST(webhooks, count), error))
        return webhook_explain(db, error);
    return !arena->failed || error_too_large(error);
}

bool webhooks_list(struct db *db, int64_t key_id, int64_t id, struct arena *arena, struct webhook **webhooks,
                   size_t *count, struct error *error) {
    return read_all(db,
                    QUERY(STATEMENT_WEBHOOKS_LISTED, db_integer(key_id), db_integer(key_id), db_integer(id),
                          db_integer(id)),
                    arena, webhooks, count, error);
}

int webhook_read(struct db *db, int64_t key_id, int64_t id, struct arena *arena, struct webhook *webhook,
                 struct error *error) {
    int found = row_first(db,
                          QUERY(STATEMENT_WEBHOOKS_LISTED, db_integer(key_id), db_integer(key_id),
                                db_integer(id), db_integer(id)),
                          arena, take_webhook, webhook, error);
    return found < 0 ? webhook_explain(db, error) - 1 : found;
}

bool webhooks_on(struct db *db, bool locked, struct arena *arena, struct webhook **webhooks, size_t *count,
                 struct error *error) {
    unsigned statement = locked ? STATEMENT_WEBHOOKS_LOCKED : STATEMENT_WEBHOOKS_ON;
    return read_all(db, QUERY_WITHOUT_VALUES(statement), arena, webhooks, count, error);
}

int webhook_lock(struct db *db, int64_t id, struct arena *arena, struct webhook *webhook,
                 struct error *error) {
    int found =
        row_first(db, QUERY(STATEMENT_WEBHOOK_LOCKED, db_integer(id)), arena, take_webhook, webhook, error);
    return found < 0 ? webhook_explain(db, error) - 1 : found;
}

static void bind(const struct webhook *webhook, struct db_value values[WEBHOOK_VALUES_COUNT]) {
    values[WEBHOOK_VALUE_URL] = db_text(webhook->url);
    values[WEBHOOK_VALUE_TYPES] = db_text(webhook->types);
    values[WEBHOOK_VALUE_DEPARTMENTS] = db_text(webhook->departments);
    values[WEBHOOK_VALUE_PRIVATE_ENTRIES] = db_integer(webhook->private_entries);
    values[WEBHOOK_VALUE_FORMAT] = db_text(webhook->format);
    values[WEBHOOK_VALUE_PARTS] = db_text(webhook->parts);
}

static bool change(struct db *db, struct query query, uint64_t *insert_id, struct error *error) {
    return db_execute(db, query.statement, query.values, query.count, NULL, insert_id, error) ||
           webhook_explain(db, error);
}

bool webhook_insert(struct db *db, struct webhook *webhook, struct error *error) {
    struct db_value values[2 + WEBHOOK_VALUES_COUNT] = {db_integer(webhook->key_id),
                                                        db_text(webhook->secret)};
    uint64_t id = 0;
    bind(webhook, values + 2);
    if (!change(db, QUERY_OF(STATEMENT_WEBHOOK_INSERT, values), &id, error)) return false;
    webhook->id = (int64_t)id;
    return true;
}

bool webhook_update(struct db *db, const struct webhook *webhook, struct error *error) {
    struct db_value values[WEBHOOK_VALUES_COUNT + 1];
    bind(webhook, values);
    values[WEBHOOK_VALUES_COUNT] = db_integer(webhook->id);
    return change(db, QUERY_OF(STATEMENT_WEBHOOK_UPDATE, values), NULL, error);
}

bool webhook_delete(struct db *db, int64_t id, struct error *error) {
    return change(db, QUERY(STATEMENT_WEBHOOK_DELETE, db_integer(id)), NULL, error);
}

bool webhook_new_secret(struct db *db, int64_t id, const char *secret, struct error *error) {
    return change(db, QUERY(STATEMENT_WEBHOOK_NEW_SECRET, db_string(secret), db_integer(id)), NULL, error);
}

bool webhook_switch(struct db *db, int64_t id, bool on, struct text reason, struct error *error) {
    struct query state = QUERY(STATEMENT_WEBHOOK_SWITCH, db_string(on ? "on" : "off"),
                               db_text(text_cut(reason, REASON_MAX)), db_integer(id));
    return change(db, state, NULL, error) &&
           (!on || change(db, QUERY(STATEMENT_WEBHOOK_GOES_ON, db_integer(id)), NULL, error));
}

bool webhook_fails(struct db *db, int64_t id, struct error *error) {
    return change(db, QUERY(STATEMENT_WEBHOOK_FAILS, db_integer(id)), NULL, error);
}

bool webhook_succeeds(struct db *db, int64_t id, struct error *error) {
    return change(db, QUERY(STATEMENT_WEBHOOK_SUCCEEDS, db_integer(id)), NULL, error);
}

static void take_count(const struct row *row, void *into) {
    *(int64_t *)into = row_integer(row, WEBHOOK_WAITING);
}

bool webhook_backlog(struct db *db, int64_t id, int64_t *waiting, struct error *error) {
    *waiting = 0;
    return row_first(db, QUERY(STATEMENT_WEBHOOK_BACKLOG, db_integer(id)), NULL, take_count, waiting,
                     error) >= 0 ||
           webhook_explain(db, error);
}
