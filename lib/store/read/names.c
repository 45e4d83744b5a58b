// SPDX-License-Identifier: GPL-2.0-or-later
// From names to ids.
#include "store/read/names.h"

#include "store/row.h"
#include "store/statements.h"

static void take_name(const struct row *row, void *into) {
    *(struct name_row *)into = (struct name_row){row_integer(row, NAME_ID), row_integer(row, NAME_PARENT),
                                                 row_copy(row, NAME_TEXT), row_copy(row, NAME_OTHER)};
}

bool names_read(struct db *db, enum names_of of, struct arena *arena, struct name_row **rows, size_t *count,
                struct error *error) {
    static const unsigned statements_of[] = {
        [NAMES_OF_STATUS] = STATEMENT_NAMES_OF_STATUSES,
        [NAMES_OF_PRIORITY] = STATEMENT_NAMES_OF_PRIORITIES,
        [NAMES_OF_DEPARTMENT] = STATEMENT_NAMES_OF_DEPARTMENTS,
        [NAMES_OF_TOPIC] = STATEMENT_NAMES_OF_TOPICS,
    };
    return row_all(db, QUERY_WITHOUT_VALUES(statements_of[of]), arena, take_name, ROW_LIST(rows, count),
                   error) &&
           (!arena->failed || error_too_large(error));
}

struct found {
    int64_t id;
    int count;
};

static void take_id(const struct row *row, void *into) {
    struct found *found = into;
    int64_t id = row_integer(row, NAMED_ID_ID);
    if (found->count == 0 || id != found->id) found->count++;
    found->id = id;
}

int named_find(struct db *db, enum named_kind kind, struct text name, int64_t *id, struct error *error) {
    static const unsigned statements_of[] = {
        [NAMED_KIND_STAFF] = STATEMENT_NAMED_STAFF, [NAMED_KIND_TEAM] = STATEMENT_NAMED_TEAM,
        [NAMED_KIND_SLA] = STATEMENT_NAMED_SLA,     [NAMED_KIND_ORGANIZATION] = STATEMENT_NAMED_ORGANIZATION,
        [NAMED_KIND_USER] = STATEMENT_NAMED_USER,   [NAMED_KIND_TICKET] = STATEMENT_NAMED_TICKET,
    };
    struct found found = {0};
    const struct db_value values[] = {db_key(name), db_key(name)};
    struct query query = {statements_of[kind], values, kind == NAMED_KIND_STAFF ? 2 : 1};
    if (!row_each(db, query, NULL, take_id, &found, error)) return -1;
    *id = found.id;
    return found.count;
}

bool ticket_name_is_id(struct text name, int64_t *id) {
    static const struct text prefix = {"id:", 3};
    if (!text_starts_with(name, prefix)) return false;
    struct text digits = {name.data + prefix.length, name.length - prefix.length};
    if (!text_to_int64(digits, id)) *id = 0;
    return true;
}
