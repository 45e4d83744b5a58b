// SPDX-License-Identifier: GPL-2.0-or-later
// The step that makes this server's tables, indexes and triggers.
#include "setup/setup.h"

#include "base/buffer.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/check/connection_advice.h"
#include "store/mail/queue.h"
#include "store/statements.h"
#include "store/webhook/deliveries.h"

#include <stdio.h>
#include <string.h>

#define INDEX_SECONDS 3600 // an index on a large table takes its time
#define LIST_MAX      2000
#define MEMORY_MAX    (1 << 20)

// On a connection of the settings' own user, or of the administrator that the command line names.
static struct db *connection(const struct setup *setup, bool admin, const char *const *texts, size_t count) {
    struct db_settings database = database_settings(&setup->settings);
    const struct setup_wishes *wishes = &setup->wishes;
    database.read_timeout = INDEX_SECONDS;
    database.statement_timeout = 0;
    if (admin) {
        database.user = wishes->admin_user ? wishes->admin_user : "root";
        database.password = wishes->admin_password ? wishes->admin_password : "";
        if (wishes->admin_socket) database.socket = wishes->admin_socket;
    }
    return db_new(&database, texts, count);
}

static bool has_admin(const struct setup *setup) {
    return setup->wishes.admin_user || setup->wishes.admin_socket;
}

static const char *reason(const struct error *error) {
    return error->detail[0] ? error->detail : error->message;
}

static bool explain(const struct setup *setup, const char *what, struct error *error) {
    char why[ERROR_DETAIL_MAX];
    snprintf(why, sizeof why, "%.500s", reason(error));
    return error_set(
        error, ERROR_INTERNAL,
        "%s: %s; run setup with --admin-user USER (its password in OSTICKET_FCGI_ADMIN_PASSWORD) or "
        "--admin-socket SOCKET of one who may, or have one run what \"osticket-fcgi schema%s -c %s\" "
        "prints, then run setup again",
        what, why,
        setup->wishes.undo         ? " --drop"
        : setup->wishes.keep_names ? " --keep-names"
                                   : "",
        setup->settings_path);
}

// Marks in `missing` the items that are wanted and not there. False when the database cannot be asked.
static bool find_missing(struct setup *setup, struct db *db, bool *missing, size_t *count,
                         struct error *error) {
    *count = 0;
    for (size_t i = 0; i < setup->schema.count; i++) {
        const struct own_item *item = &setup->schema.items[i];
        int has = item->keeps_names && !setup->wishes.keep_names ? 1 : own_schema_has(db, item, error);
        if (has < 0) return false;
        missing[i] = !has;
        *count += !has;
    }
    return true;
}

// Triggers are counted: their names say no more than that.
static void list_missing(const struct setup *setup, const bool *missing, struct buffer *list) {
    size_t triggers = 0;
    for (size_t i = 0; i < setup->schema.count; i++) {
        const struct own_item *item = &setup->schema.items[i];
        if (!missing[i]) continue;
        if (item->kind == OWN_TRIGGER) {
            triggers++;
            continue;
        }
        buffer_add_format(list, "%s%s %s", list->length ? ", " : "", own_kind_word(item->kind),
                          item->name.data);
        if (item->kind == OWN_INDEX) buffer_add_format(list, " on %s", item->table.data);
    }
    if (triggers) buffer_add_format(list, "%s%zu triggers", list->length ? ", " : "", triggers);
}

static bool look(struct setup *setup, bool admin, bool **missing, size_t *count, struct error *error) {
    struct db *db = connection(setup, admin, statements, STATEMENT_COUNT);
    *missing = arena_take(&setup->arena, setup->schema.count * sizeof **missing + 1);
    bool good = db && *missing ? find_missing(setup, db, *missing, count, error)
                               : error_set(error, ERROR_INTERNAL, "no connection can be set up");
    db_free(&db);
    return good;
}

void setup_schema_plan(struct setup *setup, char *line, size_t size) {
    struct error error = {0};
    struct buffer list = buffer_new(LIST_MAX);
    bool *missing = NULL;
    size_t count = 0;
    if (!look(setup, false, &missing, &count, &error)) {
        snprintf(line, size,
                 "make the tables and indexes that are missing (the database cannot be asked now: %s)",
                 reason(&error));
    } else if (count == 0) {
        snprintf(line, size, "tables and indexes are all there");
    } else {
        list_missing(setup, missing, &list);
        snprintf(line, size, "make %s as %s", list.data,
                 has_admin(setup) ? "the database's administrator where the settings' user may not"
                                  : "the settings' user");
    }
    buffer_free(&list);
}

static bool make(struct setup *setup, struct db *db, const bool *missing, struct error *error) {
    char journal[PATH_MAX];
    setup_path(setup, setup->journal_path, journal);
    for (size_t i = 0; i < setup->schema.count; i++) {
        const struct own_item *item = &setup->schema.items[i];
        if (!missing[i]) continue;
        if (!own_schema_create(db, item, error)) return false;
        if (!journal_add(journal, own_kind_word(item->kind), item->name.data,
                         item->kind == OWN_TABLE ? "" : item->table.data, error))
            return false;
    }
    return true;
}

static bool make_all(struct setup *setup, bool admin, char *line, size_t size, struct error *error) {
    bool *missing = NULL;
    size_t count = 0;
    if (!look(setup, admin, &missing, &count, error)) return false;
    struct db *db = connection(setup, admin, statements, STATEMENT_COUNT);
    struct buffer list = buffer_new(LIST_MAX);
    bool good = db && make(setup, db, missing, error);
    list_missing(setup, missing, &list);
    if (count)
        snprintf(line, size, "made %s%s", list.data, admin ? ", as the database's administrator" : "");
    else
        snprintf(line, size, "tables and indexes are all there");
    buffer_free(&list);
    db_free(&db);
    return good;
}

bool setup_schema_run(struct setup *setup, char *line, size_t size, struct error *error) {
    if (make_all(setup, false, line, size, error)) return true;
    if (!has_admin(setup)) return explain(setup, "the tables and indexes cannot all be made", error);
    error_clear(error);
    return make_all(setup, true, line, size, error) ||
           explain(setup, "the tables and indexes cannot all be made", error);
}

static bool drop(struct setup *setup, bool admin, const struct own_item *item, struct error *error) {
    struct db *db = connection(setup, admin, statements, STATEMENT_COUNT);
    // A trigger that this user may not see must not count as gone: osTicket's writes would fail without its
    // table.
    int has = !db ? -1 : item->kind == OWN_TRIGGER ? 1 : own_schema_has(db, item, error);
    bool good = has == 0 || (has > 0 && own_schema_drop(db, item, error));
    db_free(&db);
    return good;
}

bool setup_schema_undo(struct setup *setup, const struct journal_line *line, char *said, size_t size,
                       struct error *error) {
    struct own_item item = {.name = line->name, .table = line->more};
    if (!own_kind_of(line->kind.data, &item.kind))
        return error_set(error, ERROR_INTERNAL, "not understood: %s", line->kind.data);
    if (!setup->settings_known)
        return error_set(error, ERROR_INTERNAL, "%s is gone: put it back, it says where %s %s is",
                         setup->settings_path, line->kind.data, line->name.data);
    bool good = drop(setup, false, &item, error);
    if (!good && has_admin(setup)) {
        error_clear(error);
        good = drop(setup, true, &item, error);
    }
    snprintf(said, size, "dropped %s %s", line->kind.data, line->name.data);
    return good || explain(setup, line->name.data, error);
}

// The table whose name ends so, where the setup made it; else NULL.
static const struct journal_line *made_table(const struct setup *setup, struct text ending) {
    for (size_t i = 0; i < setup->journal.count; i++) {
        const struct journal_line *line = &setup->journal.lines[i];
        if (text_equal(line->kind, TEXT("table")) && text_ends_with(line->name, ending)) return line;
    }
    return NULL;
}

bool setup_waiting(struct setup *setup, struct setup_waiting *waiting, struct error *error) {
    const struct {
        struct text table; // the end of its name
        bool (*counts)(struct db *, struct arena *, struct outbox_count **, size_t *, struct error *);
        int64_t *waiting;
    } outboxes[] = {
        {TEXT("_mail"), mail_queue_counts, &waiting->mails},
        {TEXT("_delivery"), deliveries_counts, &waiting->deliveries},
    };
    *waiting = (struct setup_waiting){0};
    if (!setup->settings_known) return true;
    struct db *db = connection(setup, false, statements, STATEMENT_COUNT);
    bool good = db != NULL;
    for (size_t i = 0; good && i < sizeof outboxes / sizeof *outboxes; i++) {
        struct outbox_count *counts;
        size_t states = 0;
        const struct journal_line *made = made_table(setup, outboxes[i].table);
        if (!made) continue;
        // Somebody may have dropped it since.
        int there = own_schema_has(db, &(struct own_item){.kind = OWN_TABLE, .name = made->name}, error);
        good = there >= 0;
        if (there <= 0) continue;
        good = outboxes[i].counts(db, &setup->arena, &counts, &states, error);
        for (size_t k = 0; good && k < states; k++)
            if (text_equal(counts[k].state, TEXT("waiting")) || text_equal(counts[k].state, TEXT("sending")))
                *outboxes[i].waiting += counts[k].count;
    }
    db_free(&db);
    return good;
}
