// SPDX-License-Identifier: GPL-2.0-or-later
// API keys.
#include "store/api_key.h"

#include "base/clock.h"
#include "base/ip_address.h"
#include "base/scope.h"
#include "base/words.h"
#include "store/own_table.h"
#include "store/read/ticket_version.h"
#include "store/row.h"
#include "store/statements.h"

#include <stdio.h>
#include <string.h>

#define LOOK_AGAIN_MS 10000

// ---- what a row says

static struct text without_last_blanks(struct text key) {
    while (key.length && key.data[key.length - 1] == ' ') key.length--;
    return key;
}

// To the database É is E, too, and more under some collations. A key opens what it is the key of.
static bool is_key(const struct row *row, struct text key) {
    return text_equal_ignoring_case(without_last_blanks(row_text(row, API_KEY_TEXT)),
                                    without_last_blanks(key));
}

// A network that cannot be read is none.
static bool is_inside(struct text networks, const struct api_key_question *question) {
    struct address address;
    struct network network;
    struct text word;
    if (!address_parse(text_of(question->address), &address)) return false;
    for (size_t at = 0; words_next(networks, &at, &word);)
        if (network_parse(word, &network) && (question->open_networks || !network_is_open(&network)) &&
            network_contains(&network, &address))
            return true;
    return false;
}

static bool may_ask_from_there(const struct row *row, const struct api_key_question *question, bool ruled) {
    if (ruled && !row_is_null(row, KEY_RULE_NETWORKS))
        return is_inside(row_text(row, KEY_RULE_NETWORKS), question);
    return row_integer(row, API_KEY_IS_OF_ADDRESS) == 1;
}

static enum key_view view_of(struct text word) {
    static const char *const words[] = {"all", "staff", "user", "org"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(word, text_of(words[i]))) return (enum key_view)i;
    return KEY_VIEW_NOTHING;
}

static void add_to_list(char *list, size_t size, int64_t id) {
    size_t length = strlen(list);
    snprintf(list + length, size - length, length ? ",%lld" : "%lld", (long long)id);
}

void key_rules_add_department(struct key_rules *rules, int64_t id) {
    if (rules->department_count == KEY_DEPARTMENTS_MAX) return;
    add_to_list(rules->department_list, sizeof rules->department_list, id);
    rules->departments[rules->department_count++] = id;
}

bool key_rules_add_ticket(struct key_rules *rules, int64_t id) {
    if (rules->ticket_count == KEY_TICKETS_MAX) return false;
    add_to_list(rules->ticket_list, sizeof rules->ticket_list, id);
    rules->tickets[rules->ticket_count++] = id;
    return true;
}

static void take_departments(struct text list, struct key_rules *rules) {
    struct text word;
    int64_t id;
    for (size_t at = 0; words_next(list, &at, &word);)
        if (text_to_int64(word, &id) && id > 0) key_rules_add_department(rules, id);
}

// "2027-01-01 00:00:00": formatted by the database, it would take that 4 us of each request.
static void take_expiry(struct text time, struct key_rules *rules) {
    ptrdiff_t blank = text_find(time, TEXT(" "), 0);
    if (blank <= 0) return;
    snprintf(rules->expires, sizeof rules->expires, "%.*sT%.*sZ", (int)blank, time.data,
             (int)(time.length - (size_t)blank - 1), time.data + blank + 1);
}

static void take_rules(const struct row *row, struct key_rules *rules) {
    *rules = (struct key_rules){
        .has_scopes = !row_is_null(row, KEY_RULE_SCOPES),
        .staff_id = row_integer(row, KEY_RULE_STAFF),
        .any_staff = row_is_true(row, KEY_RULE_ANY_STAFF),
        .is_system = row_is_true(row, KEY_RULE_SYSTEM),
        .view = view_of(row_text(row, KEY_RULE_VIEW)),
        .has_departments = !row_is_null(row, KEY_RULE_DEPARTMENTS),
        .rate = row_integer(row, KEY_RULE_RATE),
        .burst = row_integer(row, KEY_RULE_BURST),
        .expired = row_is_true(row, KEY_RULE_EXPIRED),
    };
    rules->view_id = rules->view == KEY_VIEW_STAFF ? rules->staff_id : row_integer(row, KEY_RULE_VIEW_ID);
    if (rules->has_scopes) (void)scopes_read(row_text(row, KEY_RULE_SCOPES), &rules->scopes, NULL);
    if (rules->has_departments) take_departments(row_text(row, KEY_RULE_DEPARTMENTS), rules);
    take_expiry(row_text(row, KEY_RULE_EXPIRES), rules);
}

void api_key_take(const struct row *row, bool has_rules, struct api_key *key) {
    key->id = row_integer(row, API_KEY_ID);
    key->active = row_is_true(row, API_KEY_IS_ACTIVE);
    key->can_create_tickets = row_is_true(row, API_KEY_CREATES_TICKETS);
    key->can_exec_cron = row_is_true(row, API_KEY_RUNS_CRON);
    key->has_rules = has_rules;
    if (has_rules) take_rules(row, &key->rules);
}

// ---- the search

// What is asked for of this server's own table.
enum depth { WITHOUT_TABLE, WHETHER_RULES, WITH_RULES };

struct search {
    const struct api_key_question *question;
    struct subject *subject;
    struct api_key *api_key;
    enum depth depth;
    bool found;
    bool wants_rules; // a row has rules whose columns are not there
    bool with_version;
    size_t versions; // rows with one
};

// A version that is one of several says nothing, and one that cannot be made is none.
static void take_version(const struct row *row, struct search *search) {
    struct subject *subject = search->subject;
    const struct row version =
        row_part(row, search->depth == WITH_RULES ? RULED_KEY_VERSION : KNOWN_KEY_VERSION);
    if (row_is_null(row, API_KEY_SUBJECT)) return;
    subject->has_version = !search->versions++ && row_is_null(&version, VERSION_PARENT) &&
                           ticket_version_take(&version, subject->version);
}

// "8123 991 1"
static void take_lanes(struct text numbers, struct lanes_ends *lanes) {
    int64_t *const places[] = {&lanes->of[LANE_EVENTS], &lanes->of[LANE_ENTRIES], &lanes->step};
    struct text word;
    size_t at = 0;
    for (size_t i = 0; i < sizeof places / sizeof *places && words_next(numbers, &at, &word); i++)
        (void)text_to_int64(word, places[i]);
}

static void take_subject(const struct row *row, struct subject *subject) {
    if (!subject || subject->kind == SUBJECT_NONE) return;
    if (subject->kind == SUBJECT_LANES) {
        take_lanes(row_text(row, API_KEY_SUBJECT), &subject->lanes);
        return;
    }
    int64_t id = row_integer(row, API_KEY_SUBJECT);
    if (id && (!subject->id || id < subject->id)) subject->id = id;
}

static void take_key(const struct row *row, void *into) {
    struct search *search = into;
    bool has_rules = search->depth != WITHOUT_TABLE && !row_is_null(row, KEY_RULE_OF);
    if (!is_key(row, search->question->key)) return;
    if (has_rules && search->depth != WITH_RULES) {
        search->wants_rules = true;
        return;
    }
    if (!may_ask_from_there(row, search->question, has_rules)) return;
    search->found = true;
    api_key_take(row, has_rules, search->api_key);
    if (search->with_version) take_version(row, search);
    take_subject(row, search->subject);
}

static unsigned statement_of(enum subject_kind kind, enum depth depth) {
    static const unsigned statements_of[][3] = {
        [SUBJECT_NONE] = {STATEMENT_API_KEY, STATEMENT_KNOWN_KEY, STATEMENT_RULED_KEY},
        [SUBJECT_TICKET] = {STATEMENT_KEY_AND_TICKET, STATEMENT_KNOWN_KEY_AND_TICKET,
                            STATEMENT_RULED_KEY_AND_TICKET},
        [SUBJECT_STAFF] = {STATEMENT_KEY_AND_STAFF, STATEMENT_KNOWN_KEY_AND_STAFF,
                           STATEMENT_RULED_KEY_AND_STAFF},
        [SUBJECT_USER] = {STATEMENT_KEY_AND_USER, STATEMENT_KNOWN_KEY_AND_USER, STATEMENT_RULED_KEY_AND_USER},
        [SUBJECT_LANES] = {STATEMENT_KEY_AND_LANES, STATEMENT_KNOWN_KEY_AND_LANES,
                           STATEMENT_RULED_KEY_AND_LANES},
    };
    return statements_of[kind][depth];
}

static unsigned version_statement_of(bool by_id, enum depth depth) {
    if (by_id)
        return depth == WITH_RULES ? STATEMENT_RULED_KEY_AND_VERSION_BY_ID
                                   : STATEMENT_KNOWN_KEY_AND_VERSION_BY_ID;
    return depth == WITH_RULES ? STATEMENT_RULED_KEY_AND_VERSION : STATEMENT_KNOWN_KEY_AND_VERSION;
}

// Whether a ticket is named by its id, which the subject has then. Only one whose version is wanted comes so.
static bool is_by_id(const struct subject *subject) {
    return subject->version && text_starts_with(subject->name, TEXT("id:"));
}

// The statement, with what is asked for beside the key as its second value, where that is anything.
static struct query query_of(const struct search *search, struct db_value values[3]) {
    const struct subject *subject = search->subject;
    bool by_id = subject && is_by_id(subject);
    enum subject_kind kind = subject && !by_id ? subject->kind : SUBJECT_NONE;
    struct query query = {.statement = search->with_version ? version_statement_of(by_id, search->depth)
                                                            : statement_of(kind, search->depth),
                          .values = values};
    values[query.count++] = db_string(search->question->address);
    if (search->with_version && by_id)
        values[query.count++] = db_integer(subject->id);
    else if (kind != SUBJECT_NONE && kind != SUBJECT_LANES)
        values[query.count++] = db_key(subject->name);
    values[query.count++] = db_key(search->question->key);
    return query;
}

static bool run(struct db *db, struct search *search, enum depth depth, struct error *error) {
    struct subject *subject = search->subject;
    struct db_value values[3];
    if (subject && !is_by_id(subject)) subject->id = 0;
    if (subject) subject->has_version = false;
    *search->api_key = (struct api_key){0};
    search->depth = depth;
    search->found = search->wants_rules = false;
    search->with_version = subject && subject->version && depth != WITHOUT_TABLE;
    search->versions = 0;
    return row_each(db, query_of(search, values), NULL, take_key, search, error);
}

// ---- what a plugin of others lets it do

struct grants {
    unsigned scopes;
    bool has_columns;
};

static void take_grants(const struct row *row, void *into) {
    static const struct {
        unsigned column, scopes;
    } meanings[] = {
        {KEY_GRANT_READ, SCOPE_READ},
        {KEY_GRANT_SEARCH, SCOPE_SEARCH},
        {KEY_GRANT_UPDATE, SCOPE_NOTE | SCOPE_UPDATE | SCOPE_ASSIGN | SCOPE_TRANSFER | SCOPE_STATUS},
        {KEY_GRANT_DELETE, SCOPE_DELETE},
        {KEY_GRANT_STATS, SCOPE_STATS},
    };
    struct grants *grants = into;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
        grants->has_columns |= !row_is_null(row, meanings[i].column);
        if (row_is_true(row, meanings[i].column)) grants->scopes |= meanings[i].scopes;
    }
}

// Such a key counts as one of the system: the plugin knows no agents.
static bool read_grants(struct db *db, struct key_table *table, struct api_key *key, struct error *error) {
    struct grants grants = {0};
    if (table->has_no_grants || key->rules.has_scopes) return true;
    if (row_first(db, QUERY(STATEMENT_KEY_GRANTS, db_integer(key->id)), NULL, take_grants, &grants, error) <
        0)
        return false;
    table->has_no_grants = !grants.has_columns;
    key->granted = grants.scopes;
    key->rules.is_system |= grants.scopes != 0;
    return true;
}

int api_key_find(struct db *db, struct key_table *table, const struct api_key_question *question,
                 struct subject *subject, struct api_key *api_key, struct error *error) {
    struct search search = {.question = question, .subject = subject, .api_key = api_key};
    bool has_table = !table->missing_until_ms || clock_monotonic_ms() >= table->missing_until_ms;
    enum depth depth = !has_table ? WITHOUT_TABLE : table->has_rules ? WITH_RULES : WHETHER_RULES;
    bool done = run(db, &search, depth, error);
    if (done && has_table) table->missing_until_ms = 0;
    // Only where the table is not there at all; one that may not be read opens nothing.
    if (!done && has_table && own_table_is_missing(error)) {
        table->missing_until_ms = clock_monotonic_ms() + LOOK_AGAIN_MS;
        error_clear(error);
        done = run(db, &search, WITHOUT_TABLE, error);
    } else if (done && search.wants_rules) {
        table->has_rules = true;
        done = run(db, &search, WITH_RULES, error);
    }
    if (done && search.found && api_key->active) done = read_grants(db, table, api_key, error);
    return done ? search.found : -1;
}

// ---- by its id

static void take_ruled(const struct row *row, void *into) {
    api_key_take(row, !row_is_null(row, KEY_RULE_OF), into);
}

static void take_bare(const struct row *row, void *into) {
    api_key_take(row, false, into);
}

int api_key_of_id(struct db *db, int64_t id, struct api_key *api_key, struct error *error) {
    *api_key = (struct api_key){0};
    int found = row_first(db, QUERY(STATEMENT_RULED_KEY_OF_ID, db_string(""), db_integer(id)), NULL,
                          take_ruled, api_key, error);
    if (found >= 0 || !own_table_is_missing(error)) return found;
    error_clear(error);
    return row_first(db, QUERY(STATEMENT_KEY_OF_ID, db_string(""), db_integer(id)), NULL, take_bare, api_key,
                     error);
}
