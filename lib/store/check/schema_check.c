// SPDX-License-Identifier: GPL-2.0-or-later
// Whether a database is one that this server can work on: a handful of statements, compared with
// schema_needs.
#include "store/check/schema_check.h"

#include "base/buffer.h"
#include "base/text.h"
#include "store/check/connection_advice.h"
#include "store/check/schema_needs.h"
#include "store/row.h"
#include "store/statements.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CATALOG_MAX (4 * 1024 * 1024)
#define LIST_SHOWN  400

// A check on its way.
struct check {
    struct db *db;
    const char *prefix;
    schema_report *report;
    void *context;
    bool usable;
};

static void tell(struct check *check, enum schema_grade grade, const char *mend, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void tell(struct check *check, enum schema_grade grade, const char *mend, const char *format, ...) {
    char finding[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(finding, sizeof finding, format, arguments);
    va_end(arguments);
    if (grade == SCHEMA_WRONG) check->usable = false;
    check->report(check->context, grade, finding, mend);
}

static void tell_failure(struct check *check, const char *what, const struct error *error) {
    tell(check, SCHEMA_WRONG, "see the database server's own log", "%s cannot be read: %s", what,
         error->detail[0] ? error->detail : error->message);
}

static void take_line(const struct row *row, void *into) {
    struct buffer *catalog = into;
    buffer_add_text(catalog, row_text(row, CATALOG_TABLE));
    buffer_add_char(catalog, ' ');
    buffer_add_text(catalog, row_text(row, CATALOG_WORD));
    buffer_add_char(catalog, '\n');
}

// All rows of a catalog statement as "\nfirst second\n...", in lower case, for has_pair(). False after
// telling why not.
static bool read_catalog(struct check *check, unsigned statement, const char *what, struct buffer *catalog) {
    char own[64];
    snprintf(own, sizeof own, "fcgi_%s", check->prefix);
    struct query query =
        QUERY(statement, db_string(check->prefix), db_string(check->prefix), db_string(own), db_string(own));
    struct error error = {0};
    buffer_add_char(catalog, '\n');
    bool done = row_each(check->db, query, NULL, take_line, catalog, &error);
    if (done && catalog->failed) done = error_set(&error, ERROR_INTERNAL, "too many tables");
    if (!done) tell_failure(check, what, &error);
    for (size_t i = 0; i < catalog->length; i++)
        catalog->data[i] = (char)tolower((unsigned char)catalog->data[i]);
    return done;
}

// Whether the catalog has a line "PREFIXtable word"; with an empty word: any line of the table.
static bool has_pair(const struct buffer *catalog, const char *prefix, const char *table, struct text word) {
    struct buffer line = buffer_new(512);
    buffer_add_format(&line, "\n%s%s %.*s%s", prefix, table, (int)word.length, word.data,
                      word.length ? "\n" : "");
    for (size_t i = 0; i < line.length; i++) line.data[i] = (char)tolower((unsigned char)line.data[i]);
    bool found = text_find(buffer_text(catalog), buffer_text(&line), 0) >= 0;
    buffer_free(&line);
    return found;
}

static void check_columns_of(const struct check *check, const struct buffer *catalog,
                             const struct schema_table *table, struct buffer *missing) {
    for (const char *start = table->columns; *start;) {
        size_t length = strcspn(start, " ");
        struct text column = {start, length};
        if (!has_pair(catalog, check->prefix, table->name, column))
            buffer_add_format(missing, " %s%s.%.*s", check->prefix, table->name, (int)length, start);
        start += length + (start[length] == ' ');
    }
}

static void check_tables(struct check *check, const struct buffer *catalog) {
    struct buffer tables = buffer_new(65536), columns = buffer_new(65536);
    size_t count = 0;
    for (size_t i = 0; i < schema_table_count; i++) {
        if (has_pair(catalog, check->prefix, schema_tables[i].name, TEXT(""))) {
            check_columns_of(check, catalog, &schema_tables[i], &columns);
        } else {
            buffer_add_format(&tables, " %s%s", check->prefix, schema_tables[i].name);
            count++;
        }
    }
    if (count == schema_table_count)
        tell(check, SCHEMA_WRONG,
             "set [database] name and prefix to DBNAME and TABLE_PREFIX of osTicket's ost-config.php",
             "tables: none of osTicket's is there under the prefix \"%s\"", check->prefix);
    else if (count > 0)
        tell(check, SCHEMA_WRONG,
             "let osTicket's installer or upgrade finish, or grant [database] user SELECT on them",
             "tables missing:%.*s", LIST_SHOWN, tables.data);
    if (columns.length > 0)
        tell(check, SCHEMA_WRONG, "upgrade osTicket to 1.17 or later", "columns missing:%.*s", LIST_SHOWN,
             columns.data);
    if (count == 0 && columns.length == 0)
        tell(check, SCHEMA_GOOD, "", "tables: all %zu that are needed are there, with their columns",
             schema_table_count);
    buffer_free(&tables);
    buffer_free(&columns);
}

static void check_own_tables(struct check *check, const struct buffer *catalog) {
    char own[64];
    snprintf(own, sizeof own, "fcgi_%s", check->prefix);
    for (size_t i = 0; i < schema_own_table_count; i++) {
        const struct schema_own_table *table = &schema_own_tables[i];
        char mend[256];
        if (has_pair(catalog, own, table->name, TEXT(""))) continue;
        snprintf(mend, sizeof mend,
                 "run schema/%s on the database: osticket-fcgi schema -c {config} | mariadb", table->file);
        tell(check, table->optional ? SCHEMA_WARNING : SCHEMA_WRONG, mend,
             "table %s%s of this server (%s) is missing", own, table->name, table->purpose);
    }
}

// Triggers that have nowhere to write: somebody dropped their table alone.
static void check_version_table(struct check *check) {
    struct error error = {0};
    int left = row_answer(check->db, QUERY_WITHOUT_VALUES(STATEMENT_VERSION_TRIGGERS_LEFT), &error);
    if (left < 0) tell_failure(check, "the triggers", &error);
    if (left <= 0) return;
    tell(check, SCHEMA_WRONG,
         "osticket-fcgi schema -c {config} --keep-names | mariadb makes it, schema --drop drops them",
         "the triggers of fcgi-versions.sql are there without its table: the help desk cannot save a "
         "department");
}

// Optional: said where somebody wanted it.
static void check_kept_names(struct check *check, const struct buffer *catalog) {
    struct error error = {0};
    char own[64];
    snprintf(own, sizeof own, "fcgi_%s", check->prefix);
    if (!has_pair(catalog, own, "version", TEXT(""))) {
        check_version_table(check);
        return;
    }
    int whole = row_answer(check->db, QUERY_WITHOUT_VALUES(STATEMENT_VERSION_TRIGGERS), &error);
    if (whole < 0)
        tell_failure(check, "the triggers", &error);
    else if (whole)
        tell(check, SCHEMA_GOOD, "",
             "names are kept by the workers: all triggers of fcgi-versions.sql are there");
    else
        tell(check, SCHEMA_WARNING,
             "osticket-fcgi setup --keep-names makes them; [database] user needs TRIGGER to see them",
             "names are read for each ticket: not all triggers of fcgi-versions.sql are seen, but its table "
             "is there");
}

// What osTicket drops when a form is changed, and makes anew itself.
static void check_answer_table(struct check *check, const struct buffer *catalog) {
    if (has_pair(catalog, check->prefix, "ticket__cdata", TEXT(""))) return;
    tell(check, SCHEMA_WARNING, "look at any page of the help desk: osTicket makes it then",
         "table %sticket__cdata is not there at the moment: tickets are answered with 503 until it is",
         check->prefix);
}

// Without transactions half a reply can stay behind.
static void check_engines(struct check *check) {
    struct buffer catalog = buffer_new(CATALOG_MAX), plain = buffer_new(65536);
    if (read_catalog(check, STATEMENT_CHECK_ENGINES, "the tables' engines", &catalog)) {
        for (size_t i = 0; i < schema_table_count; i++) {
            const struct schema_table *table = &schema_tables[i];
            if (table->written && has_pair(&catalog, check->prefix, table->name, TEXT("")) &&
                !has_pair(&catalog, check->prefix, table->name, TEXT("InnoDB")))
                buffer_add_format(&plain, " %s%s", check->prefix, table->name);
        }
        if (plain.length > 0)
            tell(check, SCHEMA_WARNING,
                 "ALTER TABLE ... ENGINE=InnoDB on each: else a failure can leave half a reply",
                 "tables without transactions:%.*s", LIST_SHOWN, plain.data);
    }
    buffer_free(&catalog);
    buffer_free(&plain);
}

// Some installations have lost it, or never had it: without it osTicket's own search fails as well.
static void check_text_index(struct check *check, const struct buffer *indexes) {
    char mend[256];
    if (has_pair(indexes, check->prefix, "_search", TEXT("title"))) return;
    snprintf(mend, sizeof mend, "ALTER TABLE `%s_search` ADD FULLTEXT INDEX `search` (`title`,`content`)",
             check->prefix);
    tell(check, SCHEMA_WARNING, mend,
         "no full-text index on %s_search.title and content: words cannot be searched for (q)",
         check->prefix);
}

static void check_indexes(struct check *check) {
    struct buffer catalog = buffer_new(CATALOG_MAX);
    if (read_catalog(check, STATEMENT_CHECK_INDEXES, "the tables' indexes", &catalog)) {
        for (size_t i = 0; i < schema_index_count; i++) {
            const struct schema_index *index = &schema_indexes[i];
            char mend[256];
            const char *sign = index->name ? index->name : index->column;
            if (has_pair(&catalog, check->prefix, index->table, text_of(sign))) continue;
            snprintf(mend, sizeof mend, "CREATE INDEX %s%s ON `%s%s` (`%s`%s%s) ALGORITHM=INPLACE LOCK=NONE",
                     index->name ? "" : "fcgi_", sign, check->prefix, index->table, index->column,
                     index->name ? "," : "", index->name ? index->more : "");
            tell(check, SCHEMA_WARNING, mend, "no index on %s%s.%s: %s %s", check->prefix, index->table,
                 index->column, index->purpose, index->name ? "is sorted first" : "reads the whole table");
        }
        check_text_index(check, &catalog);
    }
    buffer_free(&catalog);
}

struct signature {
    char text[64];
};

static void take_signature(const struct row *row, void *into) {
    struct signature *signature = into;
    struct text text = row_text(row, CHECK_SETTING);
    snprintf(signature->text, sizeof signature->text, "%.*s", (int)text.length, text.data);
}

static void check_signature(struct check *check) {
    struct signature read = {""};
    const char *signature = read.text;
    struct error error = {0};
    int state = row_first(check->db, QUERY_WITHOUT_VALUES(STATEMENT_CHECK_SIGNATURE), NULL, take_signature,
                          &read, &error);
    const struct schema_version *version = schema_version_find(text_of(signature));
    if (state < 0)
        tell_failure(check, "osTicket's schema version", &error);
    else if (!version)
        tell(check, SCHEMA_WARNING, "this server is made for osTicket 1.17 and 1.18: try it on a copy first",
             "schema version \"%s\" is not known", signature);
    else if (!version->fits)
        tell(check, SCHEMA_WARNING, "upgrade osTicket to 1.17 or later",
             "schema version %s is that of osTicket %s", signature, version->version);
    else
        tell(check, SCHEMA_GOOD, "", "schema version: osTicket %s", version->version);
}

// PHP refuses the API over plain HTTP then. Only nginx can do so before the key has crossed the net.
static void tell_https(const struct row *row, void *into) {
    (void)row;
    tell(into, SCHEMA_WARNING, "let nginx redirect http to https, as its site file shows",
         "the help desk forces HTTPS (force_https), which this server does not look at");
}

static void check_https(struct check *check) {
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_CHECK_HTTPS);
    struct error error = {0};
    if (row_first(check->db, query, NULL, tell_https, check, &error) < 0) error_clear(&error);
}

static void tell_server(const struct row *row, void *into) {
    struct check *check = into;
    struct text version = row_text(row, CHECK_SERVER_VERSION), zone = row_text(row, CHECK_SERVER_ZONE);
    char shown[128];
    snprintf(shown, sizeof shown, "%.*s", (int)version.length, version.data);
    int minutes = (int)row_integer(row, CHECK_SERVER_MINUTES);
    int size = minutes < 0 ? -minutes : minutes;
    int64_t packet = row_integer(row, CHECK_SERVER_MAX_PACKET);
    tell(check, SCHEMA_GOOD, "", "database server %s, time zone %.*s (UTC%c%02d:%02d)", shown,
         (int)zone.length, zone.data, minutes < 0 ? '-' : '+', size / 60, size % 60);
    if (packet < 16 * 1024 * 1024)
        tell(check, SCHEMA_WARNING, "set max_allowed_packet of the database server to 16M or more",
             "max_allowed_packet is %lld bytes: long replies cannot be stored", (long long)packet);
}

static void check_server(struct check *check) {
    struct query query = QUERY_WITHOUT_VALUES(STATEMENT_CHECK_SERVER);
    struct error error = {0};
    if (row_first(check->db, query, NULL, tell_server, check, &error) <= 0)
        tell_failure(check, "the database server's version", &error);
}

bool schema_check(const struct db_settings *settings, schema_report *report, void *context) {
    struct check check = {.prefix = settings->prefix, .report = report, .context = context, .usable = true};
    struct error error = {0};
    check.db = db_new(settings, statements, STATEMENT_COUNT);
    if (!check.db) {
        tell(&check, SCHEMA_WRONG, "look at [database] prefix", "no connection can be set up");
        return false;
    }
    if (!db_connect(check.db, &error)) {
        tell(&check, SCHEMA_WRONG, connection_advice(&error), "no connection to the database: %s",
             error.detail[0] ? error.detail : error.message);
    } else {
        tell(&check, SCHEMA_GOOD, "", "connection to the database \"%s\"", settings->database);
        check_server(&check);
        struct buffer catalog = buffer_new(CATALOG_MAX);
        if (read_catalog(&check, STATEMENT_CHECK_COLUMNS, "the tables", &catalog)) {
            check_tables(&check, &catalog);
            check_own_tables(&check, &catalog);
            check_kept_names(&check, &catalog);
            if (has_pair(&catalog, check.prefix, "ticket", TEXT("number")))
                check_answer_table(&check, &catalog);
            if (has_pair(&catalog, check.prefix, "config", TEXT("value"))) {
                check_signature(&check);
                check_https(&check);
            }
            check_engines(&check);
            // A database without our tables needs no list of their indexes.
            if (has_pair(&catalog, check.prefix, "ticket", TEXT("number"))) check_indexes(&check);
        }
        buffer_free(&catalog);
    }
    db_free(&check.db);
    return check.usable;
}
