// SPDX-License-Identifier: GPL-2.0-or-later
// Tries every statement of the table on the help desk of a settings file, and prints a line for each that is
// wrong: its name, then why. For tests of what the tables may be like.
//
//     statement_driver CONFIG        prepares each, as a worker does: the database's words where it refuses
//     statement_driver CONFIG run    runs each in a transaction that is rolled back, with a value of its type
//                                    for each that it takes; its columns are those of its list, in number and
//                                    type. Each text in turn is one that no character set of Europe has, too
#include "config/settings.h"
#include "db/db.h"
#include "store/statements.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// One more of a text of types, "INTEGER ticket,16 TEXT body,": how many of it follow each other, 0 at the
// end.
struct type {
    char word[16];
    unsigned count;
};
static unsigned next_type(const char **types, struct type *type) {
    char *behind;
    const char *at = *types;
    if (!*at) return 0;
    unsigned long count = strtoul(at, &behind, 10);
    at = behind == at ? at : behind + 1;
    type->count = behind == *types ? 1 : (unsigned)count;
    snprintf(type->word, sizeof type->word, "%.*s", (int)strcspn(at, " ,"), at);
    at += strcspn(at, ",");
    *types = *at ? at + 1 : at;
    return type->count;
}

static bool is(const struct type *type, const char *word) {
    return strcmp(type->word, word) == 0;
}

// False for a type that is none.
static bool value_of(const struct type *type, struct db_value *value) {
    if (is(type, "INTEGER")) *value = db_integer(1);
    if (is(type, "TEXT")) *value = db_string("1");
    if (is(type, "TIME")) *value = db_string("2024-03-05 09:15:00");
    return is(type, "INTEGER") || is(type, "TEXT") || is(type, "TIME");
}

static bool set_values(const char *takes, struct db_value values[DB_VALUES_MAX], size_t *count) {
    struct type type;
    *count = 0;
    while (next_type(&takes, &type))
        for (unsigned i = 0; i < type.count; i++)
            if (*count == DB_VALUES_MAX || !value_of(&type, &values[(*count)++])) return false;
    return true;
}

static bool fits(const struct type *type, enum db_column column) {
    switch (column) {
    case DB_COLUMN_NUMBER: return is(type, "INTEGER") || is(type, "ANY");
    case DB_COLUMN_TIME: return is(type, "TIME") || is(type, "ANY");
    case DB_COLUMN_TEXT: return is(type, "TEXT") || is(type, "ANY");
    }
    return false;
}

static void compare_columns(const char *name, const char *gives, const struct db_rows *rows) {
    static const char *const words[] = {
        [DB_COLUMN_NUMBER] = "number", [DB_COLUMN_TEXT] = "text", [DB_COLUMN_TIME] = "time"};
    unsigned column = 0;
    struct type type;
    for (const char *at = gives; next_type(&gives, &type); at = gives, column++)
        if (column < db_rows_columns(rows) && !fits(&type, db_rows_holds(rows, column)))
            printf("%s gives a %s at %.*s\n", name, words[db_rows_holds(rows, column)], (int)strcspn(at, ","),
                   at);
    if (column != db_rows_columns(rows))
        printf("%s gives %u columns, its list has %u\n", name, db_rows_columns(rows), column);
}

static bool query(struct db *db, unsigned number, const struct db_value *values, size_t count,
                  struct error *error) {
    struct db_rows *rows;
    int more;
    if (!db_query(db, number, values, count, &rows, error)) return false;
    compare_columns(statement_types[number].name, statement_types[number].gives, rows);
    while ((more = db_rows_next(rows, error)) > 0) continue;
    db_rows_close(&rows);
    return more == 0;
}

static bool run_with(struct db *db, unsigned number, const struct db_value *values, size_t count,
                     struct error *error) {
    const struct statement_types *types = &statement_types[number];
    bool done =
        db_begin(db, error) && (*types->gives ? query(db, number, values, count, error)
                                              : db_execute(db, number, values, count, NULL, NULL, error));
    db_rollback(db);
    return done;
}

// Each text in turn as one that no character set of Europe has. MySQL says so where it takes the value for
// another kind than a text; a column that holds ASCII alone may refuse it.
static void run_beyond(struct db *db, unsigned number, struct db_value *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct db_value usual = values[i];
        struct error error = {0};
        if (usual.kind != DB_TEXT) continue;
        values[i] = db_text(TEXT_NULL);
        if (!run_with(db, number, values, count, &error)) error_clear(&error); // not every column takes it
        values[i] = db_string("\u5C71");
        bool done = run_with(db, number, values, count, &error);
        if (!done && strstr(error.detail, "impossible for parameter") && !strstr(error.detail, "ascii"))
            printf("%s, value %zu beyond Europe: %s\n", statement_types[number].name, i + 1, error.detail);
        values[i] = usual;
    }
}

static void run(struct db *db, unsigned number) {
    const struct statement_types *types = &statement_types[number];
    struct db_value values[DB_VALUES_MAX];
    struct error error = {0};
    size_t count;
    if (!types->name || !set_values(types->takes, values, &count))
        printf("%u %s has no types\n", number, types->name ? types->name : "");
    else if (!run_with(db, number, values, count, &error))
        printf("%s %s: %s\n", types->name, error.message, error.detail);
    else
        run_beyond(db, number, values, count);
}

int main(int count, char **arguments) {
    struct settings settings;
    struct error error = {0};
    bool runs = count == 3 && strcmp(arguments[2], "run") == 0;
    if ((count != 2 && !runs) || !settings_load(arguments[1], &settings, &error)) return 2;
    struct db_settings database = {.socket = settings.database.socket,
                                   .user = settings.database.user,
                                   .password = settings.database.password,
                                   .database = settings.database.name,
                                   .prefix = settings.database.prefix};
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    bool connected = db && db_connect(db, &error);
    if (!connected) fprintf(stderr, "%s: %s\n", error.message, error.detail);
    for (unsigned i = 0; connected && i < STATEMENT_COUNT; i++) {
        error_clear(&error);
        if (runs)
            run(db, i);
        else if (statements[i] && (db_denies(db, i, &error) || error.code))
            printf("%s %s\n", statement_types[i].name, error.detail);
    }
    db_free(&db);
    settings_free(&settings);
    return connected ? 0 : 1;
}
