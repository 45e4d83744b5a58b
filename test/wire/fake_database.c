// SPDX-License-Identifier: GPL-2.0-or-later
// A database of nothing and two keys, for the wire tests. A database called "none" cannot be had.
#include "auth/client.h"
#include "auth/principal.h"
#include "client.h"
#include "db/db.h"
#include "store/api_key.h"
#include "store/desk/kept_desk.h"
#include "store/statements.h"
#include "store/ticket_view.h"

#include <stdlib.h>
#include <string.h>

const char *const statements[STATEMENT_COUNT];

struct db {
    uint64_t round_trips;
};

struct db *db_new(const struct db_settings *settings, const char *const *table, size_t count) {
    (void)table, (void)count;
    return strcmp(settings->database, "none") == 0 ? NULL : calloc(1, sizeof(struct db));
}

void db_free(struct db **db) {
    free(*db);
    *db = NULL;
}

bool db_prepare_first(struct db *db, size_t count, struct error *error) {
    (void)count, (void)error;
    db->round_trips++;
    return true;
}

bool db_answers(struct db *db, struct error *error) {
    (void)error;
    db->round_trips++;
    return true;
}

bool db_has_other_hosts(const struct db *db) {
    (void)db;
    return false;
}

// It keeps no log, so that no replica is asked.
bool db_position(struct db *db, struct buffer *position, bool *takes_writes, struct error *error) {
    (void)position, (void)error;
    *takes_writes = true;
    db->round_trips++;
    return true;
}

int db_reach(struct db *db, struct text position, unsigned wait_ms, struct error *error) {
    (void)db, (void)position, (void)wait_ms, (void)error;
    return 0;
}

void db_disconnect(struct db *db) {
    (void)db;
}

bool db_ran_out_of_time(const struct db *db, const struct error *error) {
    (void)db, (void)error;
    return false;
}

void db_rollback(struct db *db) {
    (void)db;
}

uint64_t db_round_trips(const struct db *db) {
    return db->round_trips;
}

// A key that begins with "LOST" finds the link lost once. There is one subject: "310042", whose id is 17. Of
// a key that begins with "SOME" no ticket is seen, and one that begins with "OFTEN" has asked too often.
bool principal_authenticate(struct principal_source *source, const struct principal_question *question,
                            struct subject *subject, struct principal *principal, struct error *error) {
    static bool lost;
    struct text key = question->key;
    if (subject) subject->id = text_equal(subject->name, TEXT("310042")) ? 17 : 0;
    *principal = (struct principal){.key_id = 1};
    if (key.length == 0) return error_set(error, ERROR_UNAUTHORIZED, "Valid API key required");
    source->db->round_trips++;
    if (text_starts_with(key, TEXT("LOST"))) {
        lost = !lost;
        return !lost || error_set(error, ERROR_RETRYABLE, "lost");
    }
    if (text_equal(key, TEXT("AWAY"))) return error_set(error, ERROR_UNAVAILABLE, "away");
    if (text_equal(key, TEXT("OFTEN"))) {
        principal->rate = (struct rate_state){.limit = 10, .reset = 7, .retry_after = 3};
        return error_set(error, ERROR_RATE, "too often");
    }
    if (text_equal(key, TEXT("SOME"))) {
        principal->rate = (struct rate_state){.limit = 10, .remaining = 9, .reset = 1};
        principal->rules.view = KEY_VIEW_NOTHING;
        return true;
    }
    if (!text_equal(key, TEXT(GOOD_KEY)))
        return error_set(error, ERROR_UNAUTHORIZED, "Valid API key required");
    if (question->scopes) return error_set(error, ERROR_UNAUTHORIZED, "API key not authorized");
    return true;
}

bool principal_is_client(const struct principal *principal) {
    return principal->user_id != 0;
}

void kept_desk_free(struct kept_desk *kept) {
    (void)kept;
}

int client_page_is_known(struct db *db, struct text origin, struct error *error) {
    (void)db, (void)origin, (void)error;
    return 0;
}

bool principal_is_narrowed(const struct principal *principal) {
    return principal->rules.view != KEY_VIEW_ALL;
}

bool ticket_view_narrow(struct db *db, const struct key_rules *rules, struct subject *subject,
                        struct error *error) {
    (void)rules, (void)error;
    db->round_trips++;
    subject->id = 0;
    return true;
}
