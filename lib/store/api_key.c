// SPDX-License-Identifier: GPL-2.0-or-later
// API keys.
#include "store/api_key.h"

#include "store/row.h"
#include "store/statements.h"

static struct query query_of(const struct subject *subject, const struct db_value values[3]) {
    static const unsigned statements_of[] = {
        [SUBJECT_TICKET] = STATEMENT_KEY_AND_TICKET,
        [SUBJECT_STAFF] = STATEMENT_KEY_AND_STAFF,
        [SUBJECT_USER] = STATEMENT_KEY_AND_USER,
    };
    return (struct query){statements_of[subject->kind], values, 3};
}

static struct text without_last_blanks(struct text key) {
    while (key.length && key.data[key.length - 1] == ' ') key.length--;
    return key;
}

struct search {
    struct text key;
    struct subject *subject;
    struct api_key *api_key;
    bool found;
};

// To the database É is E, too, and more under some collations. A key opens what it is the key of.
static bool is_key(const struct row *row, struct text key) {
    return text_equal_ignoring_case(without_last_blanks(row_text(row, API_KEY_TEXT)),
                                    without_last_blanks(key));
}

static void take_key(const struct row *row, void *into) {
    struct search *search = into;
    struct subject *subject = search->subject;
    if (!is_key(row, search->key) || row_integer(row, API_KEY_IS_OF_ADDRESS) != 1) return;
    search->found = true;
    search->api_key->id = row_integer(row, API_KEY_ID);
    search->api_key->active = row_is_true(row, API_KEY_IS_ACTIVE);
    search->api_key->can_create_tickets = row_is_true(row, API_KEY_CREATES_TICKETS);
    search->api_key->can_exec_cron = row_is_true(row, API_KEY_RUNS_CRON);
    int64_t id = subject && subject->kind != SUBJECT_NONE ? row_integer(row, API_KEY_SUBJECT) : 0;
    if (id && (!subject->id || id < subject->id)) subject->id = id;
}

int api_key_find(struct db *db, struct text key, const char *address, struct subject *subject,
                 struct api_key *api_key, struct error *error) {
    struct search search = {.key = key, .subject = subject, .api_key = api_key};
    bool alone = !subject || subject->kind == SUBJECT_NONE;
    const struct db_value values[] = {db_string(address), db_key(alone ? key : subject->name), db_key(key)};
    if (subject) subject->id = 0;
    struct query query = alone ? (struct query){STATEMENT_API_KEY, values, 2} : query_of(subject, values);
    return row_each(db, query, NULL, take_key, &search, error) ? search.found : -1;
}
