// SPDX-License-Identifier: GPL-2.0-or-later
// An operation's statements, run again.
#include "recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREAD_OFFSET 3000000 // as in help_desk.py
#define LINE_MAX_SIZE 65536

// Takes the escapes of a part back, in place.
static void unescape(char *part) {
    char *to = part;
    for (const char *from = part; *from; from++) {
        if (*from != '\\' || !from[1]) {
            *to++ = *from;
            continue;
        }
        from++;
        *to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' : *from;
    }
    *to = '\0';
}

static bool add_step(char *line, MYSQL *mysql, struct recipe *recipe) {
    struct recipe_step *step = &recipe->steps[recipe->count];
    char *rest = line, *kind = strsep(&rest, "\t"), *sql = strsep(&rest, "\t");
    if (!sql || recipe->count == RECIPE_STEPS) return false;
    unescape(sql);
    step->sql = strdup(sql);
    for (char *part; (part = strsep(&rest, "\t")) && step->count < RECIPE_VALUES;) {
        unescape(part);
        step->values[step->count++] = strdup(part);
    }
    if (rest) return false; // more values than there is room for
    recipe->count++;
    if (strcmp(kind, "text") == 0) return true;
    step->inserts_entry = strstr(sql, "INSERT INTO `ost_thread_entry`") == sql;
    step->statement = mysql_stmt_init(mysql);
    return step->statement && mysql_stmt_prepare(step->statement, sql, strlen(sql)) == 0;
}

bool recipe_read(const char *path, MYSQL *mysql, struct recipe *recipe) {
    static char line[LINE_MAX_SIZE];
    FILE *file = fopen(path, "r");
    bool done = file != NULL;
    while (done && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        done = add_step(line, mysql, recipe);
    }
    if (file) fclose(file);
    return done && recipe->count;
}

// What stands in a statement's place for a value: an id, a number, a text, or NULL.
static void bind_value(const char *value, long long ids[3], const char *number, long long *room,
                       MYSQL_BIND *bind) {
    static const char *const names[] = {"ticket", "thread", "entry"};
    bool is_id = value[0] == '#';
    if (is_id) *room = atoll(value + 1);
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(value, names[i]) != 0) continue;
        *room = ids[i];
        is_id = true;
    }
    const char *text = strcmp(value, "number") == 0 ? number : value[0] == '=' ? value + 1 : NULL;
    bind->buffer_type = is_id ? MYSQL_TYPE_LONGLONG : text ? MYSQL_TYPE_STRING : MYSQL_TYPE_NULL;
    bind->buffer = is_id ? (void *)room : (void *)(size_t)text;
    bind->buffer_length = text ? strlen(text) : 0;
}

static bool run_prepared(const struct recipe_step *step, long ticket, const char *number, long *entry) {
    MYSQL_BIND binds[RECIPE_VALUES] = {0};
    long long room[RECIPE_VALUES], ids[3] = {ticket, ticket + THREAD_OFFSET, *entry};
    for (size_t i = 0; i < step->count; i++) bind_value(step->values[i], ids, number, &room[i], &binds[i]);
    if ((step->count && mysql_stmt_bind_param(step->statement, binds)) || mysql_stmt_execute(step->statement))
        return false;
    if (mysql_stmt_field_count(step->statement)) {
        mysql_stmt_store_result(step->statement);
        mysql_stmt_free_result(step->statement);
    } else if (step->inserts_entry) {
        *entry = (long)mysql_stmt_insert_id(step->statement);
    }
    return true;
}

bool recipe_run(const struct recipe *recipe, MYSQL *mysql, long ticket, const char *number) {
    long entry = 0;
    for (size_t i = 0; i < recipe->count; i++) {
        const struct recipe_step *step = &recipe->steps[i];
        if (step->statement ? run_prepared(step, ticket, number, &entry) : mysql_query(mysql, step->sql) == 0)
            continue;
        mysql_rollback(mysql);
        return false;
    }
    return true;
}
