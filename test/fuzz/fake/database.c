// SPDX-License-Identifier: GPL-2.0-or-later
// Rows by chance. A value is drawn when it is first asked for, as what it is asked for, and is the same
// whenever it is asked for again. What is not FROM a table has one row. Where a statement has rows of several
// kinds, the first column is one of them, and the first setting of a help desk is its version: else nothing
// would ever be written.
#include "fake/database.h"

#include "base/buffer.h"
#include "db/db.h"
#include "store/check/schema_needs.h"
#include "store/help_desk_statements.h"
#include "store/statements.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX   160
#define QUESTIONS_MAX 4000 // more than any request may need; then the database is gone
#define TEXT_MAX      64
#define KINDS_MAX     64
#define KIND          "SELECT '" // of the rows behind it, in front of a quote
#define ALL_RIGHTS                                                                                           \
    "{\"ticket.create\":1,\"ticket.edit\":1,\"ticket.assign\":1,\"ticket.release\":1,\"ticket.transfer\":1," \
    "\"ticket.refer\":1,\"ticket.merge\":1,\"ticket.link\":1,\"ticket.reply\":1,\"ticket.markanswered\":1,"  \
    "\"ticket.close\":1,\"ticket.delete\":1,\"thread.edit\":1,\"user.create\":1,\"user.edit\":1,"            \
    "\"user.delete\":1,\"user.dir\":1,\"org.create\":1,\"org.edit\":1,\"org.delete\":1}"

struct value {
    bool is_drawn, is_null;
    int64_t integer;
    struct text text;
    char bytes[TEXT_MAX + 1];
};

struct db_rows {
    struct db *db;
    struct text kinds[KINDS_MAX];
    size_t kind_count;
    bool has_version; // to come yet
    unsigned left, taken;
    struct value values[COLUMNS_MAX];
};

struct db {
    struct text chance;
    size_t at, asked, fails_at;
    uint64_t writes;
    enum error_code failure;
    bool in_transaction, has_open_rows;
    struct db_rows rows;
};

static struct db only;

// 0 when there is none left.
static unsigned char draw(struct db *db) {
    return db->at < db->chance.length ? (unsigned char)db->chance.data[db->at++] : 0;
}

struct db *fake_database(struct text chance) {
    static const enum error_code failures[] = {ERROR_UNAVAILABLE, ERROR_RETRYABLE, ERROR_INTERNAL,
                                               ERROR_UNKNOWN};
    memset(&only, 0, sizeof only);
    only.chance = chance;
    only.fails_at = draw(&only);
    only.failure = failures[only.fails_at % 4];
    return &only;
}

bool fake_database_in_transaction(const struct db *db) {
    return db->in_transaction;
}

bool fake_database_has_open_rows(const struct db *db) {
    return db->has_open_rows;
}

static bool answers(struct db *db, struct error *error) {
    db->asked++;
    if (db->asked > QUESTIONS_MAX) return error_set(error, ERROR_UNAVAILABLE, "the database is gone");
    return db->asked != db->fails_at || error_set(error, db->failure, "the database failed");
}

// What columns of a help desk hold; else bytes of chance.
static struct text draw_text(struct db *db, struct value *value) {
    static const char *const usual[] = {"1",
                                        "",
                                        "open",
                                        "closed",
                                        "Open",
                                        "Jane Doe",
                                        "jane@example.org",
                                        "2025-03-07 15:30:00",
                                        "123456",
                                        "text",
                                        "memo",
                                        "choices",
                                        "thread",
                                        "priority",
                                        "datetime",
                                        "files",
                                        "list-5",
                                        "html",
                                        "Europe/Berlin",
                                        "en_US",
                                        "M",
                                        "R",
                                        "N",
                                        "T",
                                        "E",
                                        "config",
                                        "{}",
                                        "[]",
                                        "{\"choices\":\"a:Alpha\\nb:Beta\"}",
                                        "{\"validator\":\"regex\",\"regex\":\"/^(a|b)+c/u\"}",
                                        "[[\"status__id\",\"includes\",{\"1\":\"Open\"}]]",
                                        "{\"1\":\"a\"}",
                                        "<p>Hello <b>you</b></p>",
                                        "%{ticket.number} and %{recipient.name.first}",
                                        "{\"status\":1,\"priority\":\"2\",\"name\":\"x\"}",
                                        ALL_RIGHTS,
                                        "salt"};
    unsigned char what = draw(db);
    if (what < 192) return text_of(usual[what % (sizeof usual / sizeof *usual)]);
    size_t length = what - 192, left = db->chance.length - db->at;
    if (length > left) length = left;
    memcpy(value->bytes, db->chance.data + db->at, length);
    db->at += length;
    struct text text = {value->bytes, length};
    return text_is_utf8(text) && !memchr(value->bytes, '\0', length) ? text : TEXT("x");
}

// The kinds of rows that the statement has; none where all are of one.
static size_t find_kinds(const char *sql, struct text kinds[KINDS_MAX]) {
    size_t count = 0;
    if (strncmp(sql + (*sql == '('), KIND, strlen(KIND)) != 0) return 0;
    for (const char *at = sql; count < KINDS_MAX && (at = strstr(at, KIND));) {
        at += strlen(KIND);
        kinds[count++] = (struct text){at, strcspn(at, "'")};
    }
    return count;
}

// None below 0: ids and sizes are not.
static int64_t draw_integer(struct db *db) {
    static const int64_t unusual[] = {
        INT64_C(1) << 53, INT64_C(1) << 32, 1741361400, INT32_MAX, 65536, 86400, 1000, 255};
    unsigned char what = draw(db);
    return what < 248 ? (what + 1) % 64 : unusual[what - 248];
}

static const struct value *value_of(struct db_rows *rows, unsigned column, bool as_text) {
    if (column >= COLUMNS_MAX) abort();
    struct value *value = &rows->values[column];
    if (value->is_drawn) return value;
    value->is_drawn = true;
    if (column == 0 && as_text && rows->kind_count) {
        value->text = rows->kinds[(rows->taken - 1 + draw(rows->db)) % rows->kind_count];
        return value;
    }
    value->is_null = draw(rows->db) >= 240;
    if (value->is_null) return value;
    if (as_text) {
        value->text = draw_text(rows->db, value);
        if (!text_to_int64(value->text, &value->integer)) value->integer = 0;
    } else {
        value->integer = draw_integer(rows->db);
        struct buffer digits = buffer_new(TEXT_MAX);
        buffer_add_format(&digits, "%lld", (long long)value->integer);
        memcpy(value->bytes, digits.data, digits.length + 1);
        value->text = (struct text){value->bytes, digits.length};
        buffer_free(&digits);
    }
    return value;
}

// ---- lib/db

// Every byte of what is bound is there.
static void look_at(const struct db_value *values, size_t count) {
    volatile unsigned char last = 0;
    if (count > DB_VALUES_MAX) abort();
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < values[i].text.length; k++) last = (unsigned char)values[i].text.data[k];
    (void)last;
}

// Outside of parentheses and quotes.
static bool has_word(const char *sql, const char *word) {
    size_t depth = 0;
    for (; *sql; sql++) {
        if (*sql == '\'') sql += strcspn(sql + 1, "'") + 1;
        depth += *sql == '(';
        depth -= *sql == ')';
        if (!depth && strncmp(sql, word, strlen(word)) == 0) return true;
    }
    return false;
}

// Without chance one row, of each kind where there are several.
static unsigned draw_count(struct db *db, const char *sql, unsigned kinds) {
    static const unsigned char counts[] = {1, 0, 2, 3, 1, 1, 0, 1};
    unsigned char drawn = draw(db);
    if (kinds) return drawn ? drawn % (2 * kinds + 1) : kinds;
    return has_word(sql, " FROM ") ? counts[drawn % sizeof counts] : 1;
}

static bool query(struct db *db, const char *sql, const struct db_value *values, size_t count,
                  struct db_rows **rows, struct error *error) {
    *rows = NULL;
    if (db->has_open_rows) abort();
    look_at(values, count);
    if (!answers(db, error)) return false;
    memset(&db->rows, 0, sizeof db->rows);
    db->rows.db = db;
    db->rows.kind_count = find_kinds(sql, db->rows.kinds);
    db->rows.has_version = strncmp(sql, KIND "config'", strlen(KIND "config'")) == 0;
    db->rows.left = draw_count(db, sql, (unsigned)db->rows.kind_count);
    db->has_open_rows = true;
    *rows = &db->rows;
    return true;
}

bool db_query(struct db *db, unsigned statement, const struct db_value *values, size_t count,
              struct db_rows **rows, struct error *error) {
    return query(db, statements[statement], values, count, rows, error);
}

static void set(struct db_rows *rows, unsigned column, const char *text) {
    rows->values[column] = (struct value){.is_drawn = true, .text = text_of(text)};
}

int db_rows_next(struct db_rows *rows, struct error *error) {
    (void)error;
    memset(rows->values, 0, sizeof rows->values);
    if (rows->has_version) {
        rows->has_version = false;
        set(rows, DESK_KIND, "config");
        set(rows, DESK_SETTING_KEY, "schema_signature");
        set(rows, DESK_SETTING_VALUE, schema_versions[0].signature);
        return 1;
    }
    if (!rows->left) return 0;
    rows->left--;
    rows->taken++;
    return 1;
}

struct text db_rows_text(struct db_rows *rows, unsigned column) {
    const struct value *value = value_of(rows, column, true);
    return value->is_null ? TEXT_NULL : value->text;
}

int64_t db_rows_integer(struct db_rows *rows, unsigned column) {
    return value_of(rows, column, false)->integer;
}

bool db_rows_is_null(struct db_rows *rows, unsigned column) {
    return value_of(rows, column, false)->is_null;
}

unsigned db_rows_columns(const struct db_rows *rows) {
    (void)rows;
    return 4;
}

enum db_column db_rows_holds(const struct db_rows *rows, unsigned column) {
    (void)rows;
    return column % 2 ? DB_COLUMN_TEXT : DB_COLUMN_NUMBER;
}

void db_rows_close(struct db_rows **rows) {
    if (*rows) (*rows)->db->has_open_rows = false;
    *rows = NULL;
}

bool db_execute(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                uint64_t *affected, uint64_t *insert_id, struct error *error) {
    (void)statement;
    if (db->has_open_rows) abort();
    look_at(values, count);
    db->writes++;
    if (!answers(db, error)) return false;
    if (affected) *affected = (draw(db) + 1) % 3;
    if (insert_id) *insert_id = 1000 + db->asked;
    return true;
}

bool db_execute_later(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                      uint64_t *affected, uint64_t *insert_id, struct error *error) {
    return db_execute(db, statement, values, count, affected, insert_id, error);
}

bool db_execute_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                     struct error *error) {
    (void)sql;
    return db_execute(db, STATEMENT_COUNT, values, count, NULL, NULL, error);
}

bool db_query_text(struct db *db, const char *sql, const struct db_value *values, size_t count,
                   struct db_rows **rows, struct error *error) {
    return query(db, sql, values, count, rows, error);
}

void db_gather(struct db *db, size_t few) {
    (void)db;
    (void)few;
}

bool db_is_far(const struct db *db) {
    (void)db;
    return true;
}

bool db_has_other_hosts(const struct db *db) {
    (void)db;
    return false;
}

bool db_send(struct db *db, struct error *error) {
    return answers(db, error);
}

bool db_run_behind(struct db *db, unsigned statement, const struct db_value *values, size_t count,
                   struct error *error) {
    (void)db, (void)statement, (void)error;
    look_at(values, count);
    return true;
}

const char *db_statement(const struct db *db, unsigned statement) {
    (void)db;
    return statements[statement];
}

bool db_begin(struct db *db, struct error *error) {
    if (db->in_transaction) abort();
    if (!answers(db, error)) return false;
    db->in_transaction = true;
    return true;
}

bool db_commit(struct db *db, struct error *error) {
    if (!db->in_transaction) abort();
    db->in_transaction = false;
    return answers(db, error);
}

void db_rollback(struct db *db) {
    db->in_transaction = false;
}

bool db_ran_out_of_time(const struct db *db, const struct error *error) {
    (void)db, (void)error;
    return false;
}

bool db_has_no_text_index(const struct db *db, const struct error *error) {
    (void)db, (void)error;
    return false;
}

bool db_lacks_what_was_named(const struct db *db, const struct error *error) {
    (void)db, (void)error;
    return false;
}

uint64_t db_round_trips(const struct db *db) {
    return db->asked;
}

uint64_t db_writes(const struct db *db) {
    return db->writes;
}

const char *db_prefix(const struct db *db) {
    (void)db;
    return "ost_";
}
