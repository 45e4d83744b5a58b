// SPDX-License-Identifier: GPL-2.0-or-later
// What this server adds to a help desk's database: its tables, and indexes and triggers on osTicket's, read
// from the SQL files that are delivered.
#ifndef STORE_OWN_SCHEMA_H
#define STORE_OWN_SCHEMA_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct db;
struct db_settings;

// A table, or an index or a trigger on one of osTicket's tables. Names are whole and not quoted; all texts
// are terminated.
enum own_kind { OWN_TABLE, OWN_INDEX, OWN_TRIGGER };
struct own_item {
    enum own_kind kind;
    bool keeps_names;   // of schema/fcgi-versions.sql: made where it is asked for
    struct text name;   // "fcgi_ost_mail", "fcgi_number"
    struct text table;  // of an index or a trigger: "ost_ticket"
    struct text create; // the statement that makes it, without its semicolon
};
// "table", "index", "trigger", and back: false where it is none of them.
const char *own_kind_word(enum own_kind kind);
bool own_kind_of(const char *word, enum own_kind *kind);

struct own_schema {
    struct own_item *items; // in the order in which they are made
    size_t count;
};

// Reads them for a prefix that sql_prefix_is_valid(). False when a file has a statement that is neither; a
// test sees to it that none has.
bool own_schema_read(const char *prefix, struct arena *arena, struct own_schema *schema,
                     struct error *error) CHECKED;

// Where the tables lie and who shall use them.
struct own_schema_user {
    const char *database, *user, *host; // host: as in 'user'@'host'
};

// As the settings have it. Only where the database is on this machine is it known what it calls us; else any
// host.
struct own_schema_user own_schema_user_of(const struct db_settings *settings);

// "GRANT ...", without a semicolon: what the server needs for all that it does, and with `keeps_names` to see
// the triggers that it relies on then.
void own_schema_print_grant(const struct own_schema_user *user, bool keeps_names, FILE *out);

// Writes SQL for the mariadb client: everything that is missing, made without harm to what is there, and what
// the database's user has to be granted; or, to take it all away again, what drops it.
void own_schema_print(const struct own_schema *schema, const struct own_schema_user *user, bool keeps_names,
                      FILE *out);
void own_schema_print_drop(const struct own_schema *schema, const struct own_schema_user *user, FILE *out);

// Whether the database has the item: 1, 0, or -1 with `error` set. One round trip.
int own_schema_has(struct db *db, const struct own_item *item, struct error *error) CHECKED;

// Make it, drop it: one statement each. Of a trigger, whoever makes it is the one in whose name it writes. An
// index is made online, which may take as long as it takes: give the connection time.
bool own_schema_create(struct db *db, const struct own_item *item, struct error *error) CHECKED;
bool own_schema_drop(struct db *db, const struct own_item *item, struct error *error) CHECKED;

#endif
