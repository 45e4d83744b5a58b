// SPDX-License-Identifier: GPL-2.0-or-later
// Writing to a ticket's thread.
#include "store/ticket/thread.h"

#include "db/db.h"
#include "store/row_batch.h"
#include "store/slots.h"
#include "store/statements.h"
#include "store/text_fit.h"

#include <string.h>

#define POSTER_MAX   128 // characters that the columns hold
#define TITLE_MAX    255
#define SOURCE_MAX   32
#define ADDRESS_MAX  64
#define USERNAME_MAX 128
#define TEXT_COLUMN  65535 // bytes

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool fit_entry(struct work *work, struct new_entry *entry, struct error *error) {
    bool html = strcmp(entry->format, "html") == 0;
    return text_fit(work, "thread_entry", TEXT("title"), false, &entry->title, error) &&
           text_fit(work, "thread_entry", TEXT("poster"), false, &entry->poster, error) &&
           text_fit(work, "thread_entry", TEXT("body"), html, &entry->body, error) &&
           text_fit(work, "thread_entry", TEXT("ip_address"), false, &entry->ip_address, error);
}

static bool insert_entry(struct work *work, const struct new_entry *new_entry, bool later, uint64_t *id,
                         struct error *error) {
    struct new_entry fitted = *new_entry, *entry = &fitted;
    if (!fit_entry(work, entry, error)) return false;
    struct db_value values[ENTRY_VALUES_COUNT] = {
        [ENTRY_VALUE_PARENT] = db_integer(entry->parent_id),
        [ENTRY_VALUE_THREAD] = db_integer(entry->thread_id),
        [ENTRY_VALUE_STAFF] = db_integer(entry->staff_id),
        [ENTRY_VALUE_USER] = db_integer(entry->user_id),
        [ENTRY_VALUE_TYPE] = db_string(entry->type),
        [ENTRY_VALUE_FLAGS] = db_integer(entry->flags),
        [ENTRY_VALUE_POSTER] = db_text(text_cut(entry->poster, POSTER_MAX)),
        [ENTRY_VALUE_SOURCE] = db_text(text_cut(entry->source, SOURCE_MAX)),
        [ENTRY_VALUE_TITLE] = db_text(text_cut(entry->title, TITLE_MAX)),
        [ENTRY_VALUE_BODY] = strcmp(entry->format, "html") == 0 ? db_html(entry->body) : db_text(entry->body),
        [ENTRY_VALUE_FORMAT] = db_string(entry->format),
        [ENTRY_VALUE_IP_ADDRESS] = db_text(text_cut(entry->ip_address, ADDRESS_MAX)),
        [ENTRY_VALUE_RECIPIENTS] = db_text(entry->recipients),
    };
    return later ? db_execute_later(work->db, STATEMENT_ENTRY_INSERT, values, COUNT(values), NULL, id, error)
                 : db_execute(work->db, STATEMENT_ENTRY_INSERT, values, COUNT(values), NULL, id, error);
}

bool thread_entry_insert(struct work *work, const struct new_entry *entry, int64_t *entry_id,
                         struct error *error) {
    return insert_entry(work, entry, false, (uint64_t *)entry_id, error);
}

bool thread_entry_insert_later(struct work *work, const struct new_entry *entry, int64_t *entry_id,
                               struct error *error) {
    return insert_entry(work, entry, true, (uint64_t *)entry_id, error);
}

static bool insert_notes(struct work *work, int64_t thread_id, struct text title, const struct text *bodies,
                         size_t count, struct error *error) {
    struct db_value values[NOTE_VALUES_COUNT + SLOT_COUNT + 1] = {
        [NOTE_VALUE_THREAD] = db_integer(thread_id),
        [NOTE_VALUE_TITLE] = db_text(text_cut(title, TITLE_MAX)),
    };
    for (size_t i = 0; i < SLOT_COUNT; i++) {
        struct text body = i < count ? bodies[i] : TEXT_NULL;
        if (!text_fit(work, "thread_entry", TEXT("body"), false, &body, error)) return false;
        values[NOTE_VALUES_COUNT + i] = db_text(body);
    }
    values[NOTE_VALUES_COUNT + SLOT_COUNT] = db_integer((int64_t)count);
    return db_execute(work->db, STATEMENT_SYSTEM_NOTES_INSERT, values, COUNT(values), NULL, NULL, error);
}

bool thread_system_notes_insert(struct work *work, int64_t thread_id, struct text title,
                                const struct text *bodies, size_t count, struct error *error) {
    for (size_t i = 0; i < count; i += SLOT_COUNT) {
        size_t some = count - i < SLOT_COUNT ? count - i : SLOT_COUNT;
        if (!insert_notes(work, thread_id, title, bodies + i, some, error)) return false;
    }
    return true;
}

bool thread_responded(struct db *db, int64_t thread_id, struct error *error) {
    struct db_value value = db_integer(thread_id);
    return db_execute(db, STATEMENT_THREAD_RESPONDED, &value, 1, NULL, NULL, error);
}

// PHP takes "0" for nothing, too.
static bool is_nothing(struct text text) {
    return text.length == 0 || text_equal(text, TEXT("0"));
}

static void set_search_row(const struct search_row *row, struct db_value *value, size_t step) {
    value[SEARCH_VALUE_OBJECT_TYPE * step] = db_string(row->object_type);
    value[SEARCH_VALUE_OBJECT * step] = db_integer(row->object_id);
    value[SEARCH_VALUE_TITLE * step] = db_text(text_cut_bytes(row->title, TEXT_COLUMN));
    value[SEARCH_VALUE_CONTENT * step] = db_text(text_cut_bytes(row->content, TEXT_COLUMN));
}

// At most SLOT_COUNT of them.
static bool replace_some(struct work *work, const struct search_row *rows, size_t count,
                         struct error *error) {
    struct db_value one[SEARCH_VALUES_OF_ROW_COUNT], many[SLOT_COUNT * SEARCH_VALUES_OF_ROW_COUNT + 1];
    for (size_t i = 0; i < COUNT(many); i++) many[i] = db_text(TEXT_NULL);
    for (size_t i = 0; i < count; i++) {
        set_search_row(&rows[i], one, 1);
        set_search_row(&rows[i], &many[i], SLOT_COUNT);
    }
    many[SLOT_COUNT * SEARCH_VALUES_OF_ROW_COUNT] = db_integer((int64_t)count);
    if (count == 1) return db_execute(work->db, STATEMENT_SEARCH_REPLACE, one, COUNT(one), NULL, NULL, error);
    return !count ||
           db_execute(work->db, STATEMENT_SEARCH_REPLACE_ROWS, many, COUNT(many), NULL, NULL, error);
}

bool search_replace(struct work *work, const struct search_row *rows, size_t count, struct error *error) {
    struct search_row kept[SLOT_COUNT];
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_nothing(rows[i].title) && is_nothing(rows[i].content)) continue;
        struct search_row *row = &kept[kept_count++];
        *row = rows[i];
        if (!text_fit(work, "_search", TEXT("title"), false, &row->title, error) ||
            !text_fit(work, "_search", TEXT("content"), false, &row->content, error))
            return false;
        if (kept_count < SLOT_COUNT) continue;
        if (!replace_some(work, kept, kept_count, error)) return false;
        kept_count = 0;
    }
    return replace_some(work, kept, kept_count, error);
}

#define ROWS_MAX 16

static void set_event(const struct new_event *event, struct db_value *values) {
    values[EVENT_VALUE_THREAD] = db_integer(event->thread_id);
    values[EVENT_VALUE_NAME] = db_string(event->name);
    values[EVENT_VALUE_STAFF] = db_integer(event->assignee_id);
    values[EVENT_VALUE_TEAM] = db_integer(event->team_id);
    values[EVENT_VALUE_DEPARTMENT] = db_integer(event->department_id);
    values[EVENT_VALUE_TOPIC] = db_integer(event->topic_id);
    values[EVENT_VALUE_DATA] = db_text(event->data);
    values[EVENT_VALUE_USERNAME] = db_text(text_cut(event->username, USERNAME_MAX));
    values[EVENT_VALUE_UID] = event->uid ? db_integer(event->uid) : db_text(TEXT_NULL);
    values[EVENT_VALUE_UID_TYPE] = db_string(event->by_user ? "U" : "S");
}

bool thread_events_insert(struct db *db, const struct new_event *events, size_t count, struct error *error) {
    struct db_value values[ROWS_MAX * EVENT_VALUES_COUNT], *next = values;
    for (size_t i = 0; i < count; i++) {
        set_event(&events[i], next);
        next += EVENT_VALUES_COUNT;
        size_t gathered = (size_t)(next - values) / EVENT_VALUES_COUNT;
        if (gathered < ROWS_MAX && i + 1 < count) continue;
        if (!row_batch_insert(db, STATEMENT_EVENT_INSERT, values, EVENT_VALUES_COUNT, gathered, error))
            return false;
        next = values;
    }
    return true;
}

static bool execute_referral(struct db *db, unsigned statement, int64_t thread_id, struct referral to,
                             struct error *error) {
    const char type[] = {(char)to.type, '\0'};
    struct db_value values[REFERRAL_VALUES_COUNT] = {
        [REFERRAL_VALUE_THREAD] = db_integer(thread_id),
        [REFERRAL_VALUE_OBJECT] = db_integer(to.id),
        [REFERRAL_VALUE_TYPE] = db_string(type),
    };
    return db_execute(db, statement, values, COUNT(values), NULL, NULL, error);
}

bool thread_refer(struct db *db, int64_t thread_id, struct referral to, struct error *error) {
    return execute_referral(db, STATEMENT_REFERRAL_INSERT, thread_id, to, error);
}

bool thread_unrefer(struct db *db, int64_t thread_id, struct referral to, struct error *error) {
    return execute_referral(db, STATEMENT_REFERRAL_DELETE, thread_id, to, error);
}

bool ticket_drafts_delete(struct db *db, int64_t ticket_id, struct error *error) {
    struct db_value value = db_integer(ticket_id);
    return db_execute(db, STATEMENT_DRAFTS_DELETE, &value, 1, NULL, NULL, error);
}

bool ticket_draft_delete(struct db *db, int64_t ticket_id, int64_t staff_id, const char *what,
                         struct error *error) {
    const struct db_value values[] = {db_integer(staff_id), db_string(what), db_integer(ticket_id)};
    return db_execute(db, STATEMENT_DRAFT_DELETE, values, COUNT(values), NULL, NULL, error);
}
