// SPDX-License-Identifier: GPL-2.0-or-later
// What this server adds to a help desk's database.
#include "store/own_schema.h"

#include "base/buffer.h"
#include "db/db.h"
#include "store/own_schema_texts.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

#define TEXT_MAX   (256 * 1024)
#define NAMES_FILE "fcgi-versions.sql"

struct reading {
    const char *file;
    struct arena *arena;
    struct own_schema *schema;
    struct error *error;
};

// The file without lines that are comments, each name under the prefix instead of ost_.
static void take_statements(const char *text, const char *prefix, struct buffer *out) {
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        bool comment = strncmp(line, "--", 2) == 0;
        for (size_t i = 0; !comment && i < length; i++) {
            bool own = strncmp(line + i, "`fcgi_ost_", 10) == 0;
            if (own || strncmp(line + i, "`ost_", 5) == 0) {
                buffer_add_format(out, "`%s%s", own ? "fcgi_" : "", prefix);
                i += own ? 9 : 4;
            } else {
                buffer_add_char(out, line[i]);
            }
        }
        if (!comment && length) buffer_add_char(out, '\n');
        line += length + (line[length] == '\n');
    }
}

// What stands behind `head` up to `end`.
static struct text behind(struct text text, struct text head, char end) {
    ptrdiff_t start = text_find(text, head, 0);
    if (start < 0) return TEXT_NULL;
    const char *from = text.data + start + head.length;
    size_t left = text.length - (size_t)start - head.length;
    const char *to = memchr(from, end, left);
    return to ? (struct text){from, (size_t)(to - from)} : TEXT_NULL;
}

static bool add(struct reading *reading, const struct own_item *item) {
    struct own_schema *schema = reading->schema;
    struct own_item *place = arena_append(reading->arena, &schema->items, &schema->count, sizeof *place);
    if (!place) return error_set(reading->error, ERROR_INTERNAL, "out of memory");
    *place = (struct own_item){
        item->kind, strcmp(reading->file, NAMES_FILE) == 0, arena_copy(reading->arena, item->name),
        arena_copy(reading->arena, item->table), arena_copy(reading->arena, item->create)};
    return true;
}

static bool add_table(struct reading *reading, struct text statement) {
    struct own_item item = {.create = statement,
                            .name = behind(statement, TEXT("CREATE TABLE IF NOT EXISTS `"), '`')};
    return item.name.length
               ? add(reading, &item)
               : error_set(reading->error, ERROR_INTERNAL, "%s: a table without a name", reading->file);
}

// SET @sql = IF(EXISTS(…), 'DO 0', 'CREATE INDEX name ON `table` (…)')
static bool add_index(struct reading *reading, struct text statement) {
    struct own_item item = {.kind = OWN_INDEX};
    ptrdiff_t start = text_find(statement, TEXT("'CREATE INDEX "), 0);
    if (start >= 0) {
        struct text rest = {statement.data + start, statement.length - (size_t)start};
        item.create = behind(rest, TEXT("'"), '\'');
        item.name = behind(rest, TEXT("'CREATE INDEX "), ' ');
        item.table = behind(rest, TEXT(" ON `"), '`');
    }
    return item.create.length && item.name.length && item.table.length
               ? add(reading, &item)
               : error_set(reading->error, ERROR_INTERNAL, "%s: an index that cannot be read", reading->file);
}

static bool add_trigger(struct reading *reading, struct text statement) {
    struct own_item item = {.kind = OWN_TRIGGER,
                            .create = statement,
                            .name = behind(statement, TEXT("CREATE TRIGGER IF NOT EXISTS `"), '`'),
                            .table = behind(statement, TEXT(" ON `"), '`')};
    return item.name.length && item.table.length
               ? add(reading, &item)
               : error_set(reading->error, ERROR_INTERNAL, "%s: a trigger that cannot be read",
                           reading->file);
}

static bool add_statement(struct reading *reading, struct text statement) {
    static const char *const around[] = {"PREPARE make_index ", "EXECUTE make_index", "DEALLOCATE PREPARE "};
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        if (text_starts_with(statement, text_of(around[i]))) return true;
    if (text_starts_with(statement, TEXT("CREATE TABLE "))) return add_table(reading, statement);
    if (text_starts_with(statement, TEXT("CREATE TRIGGER "))) return add_trigger(reading, statement);
    if (text_starts_with(statement, TEXT("SET @sql = "))) return add_index(reading, statement);
    return error_set(reading->error, ERROR_INTERNAL, "%s: a statement that is not known: %.60s",
                     reading->file, statement.data);
}

static bool read_file(struct reading *reading, struct text text) {
    for (size_t start = 0; start < text.length;) {
        ptrdiff_t end = text_find(text, TEXT(";\n"), start);
        if (end < 0) return error_set(reading->error, ERROR_INTERNAL, "%s: no ; at its end", reading->file);
        if (!add_statement(reading, (struct text){text.data + start, (size_t)end - start})) return false;
        start = (size_t)end + 2;
    }
    return true;
}

bool own_schema_read(const char *prefix, struct arena *arena, struct own_schema *schema,
                     struct error *error) {
    struct reading reading = {.arena = arena, .schema = schema, .error = error};
    bool good = true;
    *schema = (struct own_schema){0};
    for (size_t i = 0; good && i < own_schema_text_count; i++) {
        struct buffer text = buffer_new(TEXT_MAX);
        reading.file = own_schema_texts[i].file;
        take_statements(own_schema_texts[i].text, prefix, &text);
        good = text.failed ? error_set(error, ERROR_INTERNAL, "%s: too long", reading.file)
                           : read_file(&reading, buffer_text(&text));
        buffer_free(&text);
    }
    return good && (!arena->failed || error_set(error, ERROR_INTERNAL, "out of memory"));
}

// Between backticks, or between ' with backslashes: a name may hold both.
static void print_name(const char *name, FILE *out) {
    fputc('`', out);
    for (; *name; name++) fputs(*name == '`' ? "``" : (char[]){*name, 0}, out);
    fputc('`', out);
}

static void print_literal(const char *text, FILE *out) {
    fputc('\'', out);
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\') fputc(*text, out);
        fputc(*text, out);
    }
    fputc('\'', out);
}

static bool is_local(const struct db_settings *settings) {
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]", "::1"};
    const char *host = settings->hosts;
    if ((settings->socket && *settings->socket) || *host == '/') return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);
        if (strncmp(host, names[i], length) == 0 && (!host[length] || host[length] == ':')) return true;
    }
    return false;
}

struct own_schema_user own_schema_user_of(const struct db_settings *settings) {
    return (struct own_schema_user){settings->database, settings->user,
                                    is_local(settings) ? "localhost" : "%"};
}

// In a GRANT, _ and % of a database's name stand for any character.
void own_schema_print_grant(const struct own_schema_user *user, bool keeps_names, FILE *out) {
    fprintf(out, "GRANT SELECT, INSERT, UPDATE, DELETE%s ON `", keeps_names ? ", TRIGGER" : "");
    for (const char *c = user->database; *c; c++) {
        if (strchr("_%\\", *c)) fputc('\\', out);
        fputs(*c == '`' ? "``" : (char[]){*c, 0}, out);
    }
    fputs("`.* TO ", out);
    print_literal(user->user, out);
    fputc('@', out);
    print_literal(user->host, out);
}

// The statement runs only where the index is (is not) there: neither server has IF for it in the same words.
static void print_index(const struct own_item *item, bool drop, FILE *out) {
    fputs("SET @sql = IF(EXISTS(SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() "
          "AND "
          "table_name = ",
          out);
    print_literal(item->table.data, out);
    fputs(" AND index_name = ", out);
    print_literal(item->name.data, out);
    if (drop)
        fprintf(out, "), 'DROP INDEX `%s` ON `%s`', 'DO 0');\n", item->name.data, item->table.data);
    else
        fprintf(out, "),\n    'DO 0', '%s');\n", item->create.data);
    fputs("PREPARE make_index FROM @sql;\nEXECUTE make_index;\nDEALLOCATE PREPARE make_index;\n\n", out);
}

static void print_use(const struct own_schema_user *user, FILE *out) {
    fputs("USE ", out);
    print_name(user->database, out);
    fputs(";\n\n", out);
}

void own_schema_print(const struct own_schema *schema, const struct own_schema_user *user, bool keeps_names,
                      FILE *out) {
    fputs("-- What osticket-fcgi adds to the help desk's database: run it once, as a user who may create "
          "tables and\n"
          "-- indexes. What is there already stays as it is.\n",
          out);
    print_use(user, out);
    for (size_t i = 0; i < schema->count; i++) {
        const struct own_item *item = &schema->items[i];
        if (item->keeps_names && !keeps_names) continue;
        if (item->kind == OWN_INDEX)
            print_index(item, false, out);
        else
            fprintf(out, "%s;\n\n", item->create.data);
    }
    fputs("-- What the server's own user needs. It has to be there: CREATE USER ... IDENTIFIED BY '...'\n",
          out);
    own_schema_print_grant(user, keeps_names, out);
    fputs(";\n", out);
}

static const char *const kind_words[] = {
    [OWN_TABLE] = "table", [OWN_INDEX] = "index", [OWN_TRIGGER] = "trigger"};

const char *own_kind_word(enum own_kind kind) {
    return kind_words[kind];
}

bool own_kind_of(const char *word, enum own_kind *kind) {
    for (size_t i = 0; i < sizeof kind_words / sizeof *kind_words; i++) {
        *kind = (enum own_kind)i;
        if (strcmp(kind_words[i], word) == 0) return true;
    }
    return false;
}

void own_schema_print_drop(const struct own_schema *schema, const struct own_schema_user *user, FILE *out) {
    fputs("-- Takes away what osticket-fcgi added to the help desk's database, mail that still waits "
          "included: look at\n"
          "-- \"osticket-fcgi queue\" first.\n",
          out);
    print_use(user, out);
    for (size_t i = schema->count; i-- > 0;) {
        const struct own_item *item = &schema->items[i];
        if (item->kind == OWN_INDEX)
            print_index(item, true, out);
        else
            fprintf(out, "DROP %s IF EXISTS `%s`;\n\n", item->kind == OWN_TABLE ? "TABLE" : "TRIGGER",
                    item->name.data);
    }
}

int own_schema_has(struct db *db, const struct own_item *item, struct error *error) {
    const struct query queries[] = {
        [OWN_TABLE] = QUERY(STATEMENT_OWN_TABLE, db_text(item->name)),
        [OWN_INDEX] = QUERY(STATEMENT_OWN_INDEX, db_text(item->table), db_text(item->name)),
        [OWN_TRIGGER] = QUERY(STATEMENT_OWN_TRIGGER, db_text(item->table), db_text(item->name)),
    };
    return row_answer(db, queries[item->kind], error);
}

bool own_schema_create(struct db *db, const struct own_item *item, struct error *error) {
    return db_execute_text(db, item->create.data, NULL, 0, error);
}

bool own_schema_drop(struct db *db, const struct own_item *item, struct error *error) {
    struct buffer sql = buffer_new(1024);
    if (item->kind == OWN_INDEX)
        buffer_add_format(&sql, "DROP INDEX `%s` ON `%s`", item->name.data, item->table.data);
    else
        buffer_add_format(&sql, "DROP %s IF EXISTS `%s`", item->kind == OWN_TABLE ? "TABLE" : "TRIGGER",
                          item->name.data);
    bool done = db_execute_text(db, sql.data, NULL, 0, error);
    buffer_free(&sql);
    return done;
}
