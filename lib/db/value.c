// SPDX-License-Identifier: GPL-2.0-or-later
// Values that are bound to placeholders.
#include "db/db.h"

struct db_value db_integer(int64_t value) {
    return (struct db_value){.kind = DB_INTEGER, .integer = value};
}

struct db_value db_text(struct text text) {
    return (struct db_value){.kind = text.data ? DB_TEXT : DB_NULL, .text = text};
}

struct db_value db_html(struct text text) {
    return (struct db_value){.kind = text.data ? DB_HTML : DB_NULL, .text = text};
}

struct db_value db_key(struct text text) {
    return (struct db_value){.kind = text.data ? DB_KEY : DB_NULL, .text = text};
}

struct db_value db_string(const char *string) {
    return db_text(text_of(string));
}

struct db_value db_inserted(const uint64_t *insert_id) {
    return (struct db_value){.kind = DB_INSERTED, .inserted = insert_id};
}
