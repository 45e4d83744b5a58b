// SPDX-License-Identifier: GPL-2.0-or-later
// The values of a list's filters: ids and names become values of a condition.
#include "ops/list/filter_values.h"

#include "base/words.h"
#include "ops/list/narrowed_list.h"
#include "ops/parameters.h"

#define ID_PREFIX TEXT("id:")

bool filter_refuse(const struct filter_reading *reading, const char *name, const char *what,
                   struct text word) {
    struct text shown = text_cut(word, PARAMETER_SHOWN);
    error_set(reading->error, ERROR_UNPROCESSABLE, "%s: %s %.*s", name, what, (int)shown.length, shown.data);
    return error_field(reading->error, text_of(name));
}

// What a client is shown of a ticket may be another thing than it has.
static enum ticket_condition_kind shown_kind(const struct filter_reading *reading,
                                             enum ticket_condition_kind kind) {
    if (!principal_sees_as_client(reading->context->principal)) return kind;
    return kind == TICKET_OF_DEPARTMENT ? TICKET_OF_SHOWN_DEPARTMENT
           : kind == TICKET_OF_TOPIC    ? TICKET_OF_SHOWN_TOPIC
                                        : kind;
}

bool filter_add(const struct filter_reading *reading, enum ticket_condition_kind kind, const char *name,
                struct db_value value) {
    kind = shown_kind(reading, kind);
    struct db_value *values = reading->conditions->of[kind].values;
    size_t count = reading->conditions->of[kind].count;
    reading->conditions->of[kind].is_asked = true;
    if (count == TICKET_CONDITION_VALUES_MAX)
        return filter_refuse(reading, name, "too many values, from", TEXT("the 51st on"));
    struct db_value *next = arena_append(reading->arena, &values, &count, sizeof *next);
    if (!next) return error_too_large(reading->error);
    *next = value;
    reading->conditions->of[kind].values = values;
    reading->conditions->of[kind].count = count;
    return true;
}

static const struct name_row *row_of_id(const struct name_row *rows, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id) return &rows[i];
    return NULL;
}

// Whether the row is called so: by its name, or by its path "Support / Mail".
static bool is_called(const struct name_row *rows, size_t count, const struct name_row *row,
                      struct text word) {
    for (int depth = 0; row && depth < 20; depth++) {
        if (text_equal_ignoring_case(row->name, word)) return depth == 0 || row->parent == 0;
        size_t end = word.length;
        while (end && word.data[end - 1] != '/') end--;
        struct text last = text_trim((struct text){word.data + end, word.length - end});
        if (!end || !text_equal_ignoring_case(row->name, last)) return false;
        word = text_trim((struct text){word.data, end - 1});
        row = row_of_id(rows, count, row->parent);
    }
    return false;
}

static bool is_number(struct text word, int64_t *id) {
    return text_to_int64(word, id) && *id >= 0;
}

static bool add_named_row(const struct filter_reading *reading, enum ticket_condition_kind kind,
                          const char *name, const struct name_row *rows, size_t count, struct text word) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        bool fits = is_called(rows, count, &rows[i], word) ||
                    (kind == TICKET_OF_PRIORITY && text_equal_ignoring_case(rows[i].other, word));
        if (fits && ++found == 1 && !filter_add(reading, kind, name, db_integer(rows[i].id))) return false;
    }
    if (found > 1) return filter_refuse(reading, name, "several are called", word);
    return found || filter_refuse(reading, name, "none is called", word);
}

bool filter_add_by_table(const struct filter_reading *reading, enum ticket_condition_kind kind,
                         const char *name, enum names_of of, struct text list) {
    struct text word;
    struct name_row *rows = NULL;
    size_t count = 0;
    int64_t id;
    while (list_next(&list, &word)) {
        if (is_number(word, &id)) {
            if (!filter_add(reading, kind, name, db_integer(id))) return false;
            continue;
        }
        if (!rows && !names_read(reading->context->db, of, reading->arena, &rows, &count, reading->error))
            return false;
        if (!add_named_row(reading, kind, name, rows, count, word)) return false;
    }
    return true;
}

// A ticket's number is a name, even where it looks like an id.
static bool is_id(enum named_kind of, struct text word, int64_t *id) {
    if (of != NAMED_KIND_TICKET) return is_number(word, id);
    return text_starts_with(word, ID_PREFIX) &&
           is_number((struct text){word.data + ID_PREFIX.length, word.length - ID_PREFIX.length}, id);
}

// Of a word that is no id. 1: found.
static int find(const struct filter_reading *reading, const char *name, enum named_kind of, struct text word,
                int64_t *id) {
    int found = narrowed_list_find(reading->context, of, word, id, reading->error);
    if (found >= 0 && found != 1)
        filter_refuse(reading, name, found ? "several are called" : "none is called", word);
    return found;
}

bool filter_add_by_name(const struct filter_reading *reading, enum ticket_condition_kind kind,
                        const char *name, enum named_kind of, struct text list) {
    struct text word;
    int64_t id;
    while (list_next(&list, &word)) {
        if (!is_id(of, word, &id)) {
            if (find(reading, name, of, word, &id) != 1) return false;
        } else if (of == NAMED_KIND_TICKET &&
                   !narrowed_list_ticket(reading->context, word, &id, reading->error)) {
            return false;
        }
        if (!filter_add(reading, kind, name, db_integer(id))) return false;
    }
    return true;
}
