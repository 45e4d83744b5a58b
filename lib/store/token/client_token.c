// SPDX-License-Identifier: GPL-2.0-or-later
// What tokens of clients name, and the keys that sign them.
#include "store/token/client_token.h"

#include "base/words.h"
#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

// Ids that a list of them holds for certain: MySQL cuts it at 1024 bytes.
#define LIST_BYTES 1000

// ---- what a token names

struct looking {
    const struct client_token_question *question;
    struct client_token_answer *answer;
};

// To the database É is E, too: an address is a user's where he wrote it so.
static bool is_address(struct text stored, struct text asked) {
    return text_is_null(asked) || text_equal_ignoring_case(stored, asked);
}

static void take_tickets(struct text list, struct client_token_answer *answer) {
    struct key_rules *rules = &answer->key.rules;
    struct text word;
    int64_t id;
    rules->has_tickets = true;
    answer->too_many = list.length > LIST_BYTES;
    for (size_t at = 0; words_next(list, &at, &word);)
        if (text_to_int64(word, &id)) answer->too_many = !key_rules_add_ticket(rules, id) || answer->too_many;
}

static void take_signing(const struct row *row, struct signing *signing) {
    *signing = (struct signing){
        .key_id = row_integer(row, SIGNING_KEY),
        .secret = row_copy(row, SIGNING_SECRET),
        .epoch = row_integer(row, SIGNING_EPOCH),
        .origins = row_copy(row, SIGNING_ORIGINS),
        .user_rate = row_integer(row, SIGNING_USER_RATE),
    };
}

static void take_token(const struct row *row, void *into) {
    struct looking *looking = into;
    struct client_token_answer *answer = looking->answer;
    const struct row key = row_part(row, TOKEN_KEY);
    answer->origin_known = row_is_true(row, TOKEN_ORIGIN_KNOWN);
    answer->has_key = !row_is_null(&key, API_KEY_ID) && !row_is_null(row, TOKEN_SECRET);
    if (answer->has_key) api_key_take(&key, !row_is_null(&key, KEY_RULE_OF), &answer->key);
    answer->signing = (struct signing){
        .key_id = answer->key.id,
        .secret = row_copy(row, TOKEN_SECRET),
        .epoch = row_integer(row, TOKEN_EPOCH),
        .origins = row_copy(row, TOKEN_ORIGINS),
        .user_rate = row_integer(row, TOKEN_USER_RATE),
    };
    if (is_address(row_text(row, TOKEN_ADDRESS), looking->question->address))
        answer->user_id = row_integer(row, TOKEN_USER);
    answer->locked = row_is_true(row, TOKEN_IS_LOCKED);
    if (looking->question->tickets) take_tickets(row_text(row, TOKEN_TICKETS), answer);
}

bool client_token_find(struct db *db, const struct client_token_question *question, struct arena *arena,
                       struct client_token_answer *answer, struct error *error) {
    struct looking looking = {question, answer};
    struct db_value values[5 + KEY_TICKETS_MAX];
    size_t count = 0;
    *answer = (struct client_token_answer){0};
    values[count++] = db_key(question->origin);
    for (size_t i = 0; question->tickets && i < KEY_TICKETS_MAX; i++)
        values[count++] = db_key(i < question->ticket_count ? question->tickets[i] : TEXT_NULL);
    values[count++] = db_string(""); // its own address does not matter
    values[count++] = db_integer(question->key_id);
    values[count++] = db_key(question->address);
    values[count++] = db_integer(text_is_null(question->address) ? question->user_id : 0);
    const unsigned statement = question->tickets ? STATEMENT_CLIENT_TOKEN_OF_TICKETS : STATEMENT_CLIENT_TOKEN;
    int found = row_first(db, (struct query){statement, values, count}, arena, take_token, &looking, error);
    if (found >= 0) return !arena->failed || error_too_large(error);
    if (!own_table_is_missing(error)) return false;
    error_clear(error);
    return true;
}

int client_token_origin_is_known(struct db *db, struct text origin, struct error *error) {
    int known = row_answer(db, QUERY(STATEMENT_TOKEN_ORIGIN, db_key(origin)), error);
    if (known >= 0 || !own_table_is_missing(error)) return known;
    error_clear(error);
    return 0;
}

// ---- keys that sign

static bool explain(struct db *db, struct error *error) {
    if (!own_table_is_missing(error)) return false;
    error_set(error, ERROR_NOT_NATIVE, "This server is not set up for tokens of clients");
    return error_detail(error, "the table fcgi_%stoken is missing: load schema/fcgi-token.sql",
                        db_prefix(db));
}

static void take_read(const struct row *row, void *into) {
    take_signing(row, into);
}

int signing_read(struct db *db, int64_t key_id, struct arena *arena, struct signing *signing,
                 struct error *error) {
    *signing = (struct signing){0};
    int found =
        row_first(db, QUERY(STATEMENT_SIGNING_READ, db_integer(key_id)), arena, take_read, signing, error);
    return found < 0 ? explain(db, error) - 1 : found;
}

bool signing_write(struct db *db, const struct signing *signing, struct error *error) {
    const struct db_value values[SIGNING_VALUES_COUNT] = {
        [SIGNING_VALUE_KEY] = db_integer(signing->key_id),
        [SIGNING_VALUE_SECRET] = db_text(signing->secret),
        [SIGNING_VALUE_EPOCH] = db_integer(signing->epoch),
        [SIGNING_VALUE_ORIGINS] = db_text(signing->origins),
        [SIGNING_VALUE_USER_RATE] =
            signing->user_rate > 0 ? db_integer(signing->user_rate) : db_text(TEXT_NULL),
    };
    return db_execute(db, STATEMENT_SIGNING_REPLACE, values, SIGNING_VALUES_COUNT, NULL, NULL, error) ||
           explain(db, error);
}

bool signing_delete(struct db *db, int64_t key_id, struct error *error) {
    const struct db_value values[] = {db_integer(key_id)};
    return db_execute(db, STATEMENT_SIGNING_DELETE, values, 1, NULL, NULL, error) || explain(db, error);
}

// ---- whom a token may be for

struct subject_found {
    struct text address;
    int64_t id;
    bool locked;
};

static void take_subject(const struct row *row, void *into) {
    struct subject_found *found = into;
    if (is_address(row_text(row, TOKEN_SUBJECT_ADDRESS), found->address))
        found->id = row_integer(row, TOKEN_SUBJECT_ID);
    found->locked = row_is_true(row, TOKEN_SUBJECT_IS_LOCKED);
}

int token_subject_find(struct db *db, int64_t user_id, struct text address, int64_t *id, bool *locked,
                       struct error *error) {
    struct subject_found subject = {.address = address};
    int found = row_first(
        db, QUERY(STATEMENT_TOKEN_SUBJECT, db_key(address), db_integer(text_is_null(address) ? user_id : 0)),
        NULL, take_subject, &subject, error);
    *id = subject.id;
    *locked = subject.locked;
    return found > 0 ? subject.id != 0 : found;
}
