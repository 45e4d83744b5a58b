// SPDX-License-Identifier: GPL-2.0-or-later
// What a request names things by: the path's parameters, then the query's.
#include "serve/named.h"

#include "ops/operation.h"

struct text named_value(const struct named *named, const char *name) {
    struct text value = route_value(named->route, text_of(name));
    return text_is_null(value) ? query_value(named->query, text_of(name)) : value;
}

struct text named_parameter(const struct operation_context *context, const char *name) {
    return named_value(context->request, name);
}

bool named_next(const struct operation_context *context, const char *prefix, size_t *cursor,
                struct text *rest, struct text *value) {
    const struct named *named = context->request;
    struct text beginning = text_of(prefix);
    while (*cursor < named->query->count) {
        struct text name = named->query->parameters[*cursor].name;
        *value = named->query->parameters[(*cursor)++].value;
        if (!text_starts_with(name, beginning)) continue;
        *rest = (struct text){name.data + beginning.length, name.length - beginning.length};
        return true;
    }
    return false;
}
