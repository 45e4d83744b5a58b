// SPDX-License-Identifier: GPL-2.0-or-later
// What a query may hold.
#include "ops/parameters.h"

#include "base/words.h"
#include "ops/time_text.h"

#define COMPARED_MAX 32 // bytes of a word that is compared with others

int list_place(const char *members, struct text word) {
    struct text list = text_of(members), member;
    if (!word.length) return -1; // a list of nothing has one empty word
    for (int place = 0; list_next(&list, &member); place++)
        if (text_equal(member, word)) return place;
    return -1;
}

static size_t least_of(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

// How many letters have to be put in, taken out or changed (Levenshtein).
static size_t distance(struct text a, struct text b) {
    size_t row[COMPARED_MAX + 1];
    if (a.length > COMPARED_MAX) a.length = COMPARED_MAX;
    if (b.length > COMPARED_MAX) b.length = COMPARED_MAX;
    for (size_t k = 0; k <= b.length; k++) row[k] = k;
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.length; k++) {
            size_t above = row[k];
            row[k] = least_of(above + 1, row[k - 1] + 1, diagonal + (a.data[i - 1] != b.data[k - 1]));
            diagonal = above;
        }
    }
    return row[b.length];
}

void parameter_keep_nearer(struct text word, struct text candidate, struct text *nearest) {
    if (text_is_null(*nearest) || distance(word, candidate) < distance(word, *nearest)) *nearest = candidate;
}

static const struct operation_parameter *find(const struct operation *operation, struct text name,
                                              struct text *nearest) {
    const struct operation_parameter *parameter = operation->parameters;
    for (; parameter && parameter->name; parameter++) {
        if (parameter->place != IN_QUERY) continue;
        struct text known = text_of(parameter->name);
        if (text_equal(known, name)) return parameter;
        if (parameter->is_open && name.length > known.length && text_starts_with(name, known))
            return parameter;
        parameter_keep_nearer(name, known, nearest);
    }
    return NULL;
}

// "limit is empty".
static bool refuse(struct text name, const char *what, struct error *error) {
    struct text shown = text_cut(name, PARAMETER_SHOWN);
    error_set(error, ERROR_UNPROCESSABLE, "%.*s %s", (int)shown.length, shown.data, what);
    return error_field(error, name);
}

static bool is_unknown(struct text name, struct text nearest, struct error *error) {
    struct text shown = text_cut(name, PARAMETER_SHOWN);
    error_set(error, ERROR_UNPROCESSABLE, "There is no parameter %.*s; the nearest is %.*s",
              (int)shown.length, shown.data, (int)nearest.length, nearest.data);
    if (text_is_null(nearest))
        error_set(error, ERROR_UNPROCESSABLE, "There is no parameter %.*s: there is none at all",
                  (int)shown.length, shown.data);
    return error_field(error, name);
}

static bool is_member(const struct operation_parameter *parameter, struct text word, struct error *error) {
    struct text list = text_of(parameter->members), member, nearest = TEXT_NULL;
    if (list_place(parameter->members, word) >= 0) return true;
    while (list_next(&list, &member)) parameter_keep_nearer(word, member, &nearest);
    struct text shown = text_cut(word, PARAMETER_SHOWN);
    error_set(error, ERROR_UNPROCESSABLE, "%s has no %.*s; the nearest is %.*s", parameter->name,
              (int)shown.length, shown.data, (int)nearest.length, nearest.data);
    return error_field(error, text_of(parameter->name));
}

static bool are_members(const struct operation_parameter *parameter, struct text list, struct error *error) {
    struct text word;
    while (list_next(&list, &word))
        if (!is_member(parameter, word, error)) return false;
    return true;
}

static bool is_integer(const struct operation_parameter *parameter, struct text value, struct error *error) {
    int64_t number, most = parameter->most ? parameter->most : INT64_MAX;
    if (text_to_int64(value, &number) && number >= parameter->least && number <= most) return true;
    if (parameter->most)
        error_set(error, ERROR_UNPROCESSABLE, "%s has to be a number from %lld to %lld", parameter->name,
                  (long long)parameter->least, (long long)most);
    else
        error_set(error, ERROR_UNPROCESSABLE, "%s has to be a number, %lld at least", parameter->name,
                  (long long)parameter->least);
    return error_field(error, text_of(parameter->name));
}

static bool is_switch(struct text value) {
    return text_equal(value, TEXT("0")) || text_equal(value, TEXT("1"));
}

static bool fits(const struct operation_parameter *parameter, struct text name, struct text value,
                 struct error *error) {
    const struct operation_parameter id = {.name = parameter->name, .least = 1};
    struct time_text time;
    switch (parameter->kind) {
    case PARAMETER_ID: return is_integer(&id, value, error);
    case PARAMETER_INTEGER: return is_integer(parameter, value, error);
    case PARAMETER_CHOICE: return is_member(parameter, value, error);
    case PARAMETER_LIST: return are_members(parameter, value, error);
    case PARAMETER_YES_NO: return is_switch(value) || refuse(name, "has to be 1 or 0", error);
    case PARAMETER_TIME:
        return time_text_read(value, &time) || refuse(name, "has to be a time as " TIME_TEXT_FORMS, error);
    case PARAMETER_TICKET:
    case PARAMETER_NAME:
    case PARAMETER_TEXT: break;
    }
    return value.length || refuse(name, "is empty", error);
}

static bool check(const struct operation *operation, const struct sent_parameter *sent, size_t place,
                  struct error *error) {
    struct text name = sent[place].name, nearest = TEXT_NULL;
    const struct operation_parameter *parameter = find(operation, name, &nearest);
    if (!parameter) return is_unknown(name, nearest, error);
    for (size_t i = 0; i < place; i++)
        if (text_equal(sent[i].name, name)) return refuse(name, "is there twice", error);
    if (text_is_null(sent[place].value)) return refuse(name, "cannot be an array", error);
    return fits(parameter, name, sent[place].value, error);
}

static bool is_sent(const char *name, const struct sent_parameter *sent, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(sent[i].name, text_of(name))) return true;
    return false;
}

bool parameters_check(const struct operation *operation, const struct sent_parameter *sent, size_t count,
                      struct error *error) {
    const struct operation_parameter *parameter = operation->parameters;
    for (size_t i = 0; i < count; i++)
        if (!check(operation, sent, i, error)) return false;
    for (; parameter && parameter->name; parameter++)
        if (parameter->place == IN_QUERY && parameter->required && !is_sent(parameter->name, sent, count))
            return refuse(text_of(parameter->name), "is missing", error);
    return true;
}

bool parameter_refuse(const char *name, const char *what, struct error *error) {
    error_set(error, ERROR_UNPROCESSABLE, "%s %s", name, what);
    return error_field(error, text_of(name));
}

int64_t parameter_integer(const struct operation_context *context, const char *name, int64_t fallback) {
    int64_t number;
    struct text value = context->parameter(context, name);
    return !text_is_null(value) && text_to_int64(value, &number) ? number : fallback;
}

bool parameter_is(const struct operation_context *context, const char *name, const char *word) {
    return text_equal(context->parameter(context, name), text_of(word));
}

uint64_t parameter_members(const struct operation_context *context, const char *name, const char *members,
                           uint64_t fallback) {
    struct text list = context->parameter(context, name), word;
    uint64_t bits = 0;
    if (text_is_null(list)) return fallback;
    while (list_next(&list, &word)) {
        int place = list_place(members, word);
        if (place >= 0) bits |= UINT64_C(1) << place;
    }
    return bits;
}
