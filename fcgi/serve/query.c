// SPDX-License-Identifier: GPL-2.0-or-later
// The query string.
#include "serve/query.h"

#include "base/digits.h"

size_t query_decode(struct text text, bool plus, char *to) {
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        int byte = c == '%' ? digits_hexadecimal(text, i + 1) : -1;
        if (byte >= 0) {
            c = (char)byte;
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        to[length++] = c;
    }
    return length;
}

// Decodes `raw` into the query's bytes at `*used`.
static bool take(struct text raw, struct query *query, size_t *used, struct text *decoded,
                 struct error *error) {
    *decoded = (struct text){query->bytes + *used, query_decode(raw, true, query->bytes + *used)};
    *used += decoded->length;
    if (!text_is_utf8(*decoded)) return error_set(error, ERROR_BAD_REQUEST, "A query parameter is not UTF-8");
    if (text_has_control(*decoded))
        return error_set(error, ERROR_BAD_REQUEST, "A query parameter contains a control character");
    return true;
}

static bool add(struct text pair, struct query *query, size_t *used, struct error *error) {
    struct text name, value = TEXT("");
    ptrdiff_t equals = text_find(pair, TEXT("="), 0);
    struct text raw_name = equals < 0 ? pair : (struct text){pair.data, (size_t)equals};
    if (!take(raw_name, query, used, &name, error)) return false;
    if (equals >= 0) {
        struct text raw_value = {pair.data + equals + 1, pair.length - (size_t)equals - 1};
        if (!take(raw_value, query, used, &value, error)) return false;
    }
    while (name.length && name.data[0] == ' ') name = (struct text){name.data + 1, name.length - 1};
    ptrdiff_t bracket = text_find(name, TEXT("["), 0);
    if (bracket > 0 && text_find(name, TEXT("]"), (size_t)bracket) > 0) {
        name.length = (size_t)bracket;
        value = TEXT_NULL;
    }
    if (name.length == 0) return true; // PHP drops it, too
    if (query->count == QUERY_PARAMETERS_MAX)
        return error_set(error, ERROR_BAD_REQUEST, "More than %d query parameters", QUERY_PARAMETERS_MAX);
    query->parameters[query->count].name = name;
    query->parameters[query->count++].value = value;
    return true;
}

bool query_parse(const char *string, struct query *query, struct error *error) {
    struct text text = string ? text_of(string) : TEXT("");
    query->count = 0;
    if (text.length > QUERY_MAX)
        return error_set(error, ERROR_BAD_REQUEST, "The query is longer than %d bytes", QUERY_MAX);
    size_t used = 0;
    for (size_t start = 0; start < text.length;) {
        ptrdiff_t end = text_find(text, TEXT("&"), start);
        size_t stop = end < 0 ? text.length : (size_t)end;
        if (stop > start && !add((struct text){text.data + start, stop - start}, query, &used, error))
            return false;
        start = stop + 1;
    }
    return true;
}

struct text query_value(const struct query *query, struct text name) {
    for (size_t i = query->count; i-- > 0;)
        if (text_equal(query->parameters[i].name, name)) return query->parameters[i].value;
    return TEXT_NULL;
}
