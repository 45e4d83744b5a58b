// SPDX-License-Identifier: GPL-2.0-or-later
// What a request names things by: the path's parameters, then the query's.
#ifndef FCGI_SERVE_NAMED_H
#define FCGI_SERVE_NAMED_H

#include "ops/route.h"
#include "serve/query.h"

struct operation_context;

struct named {
    const struct route *route;
    const struct query *query;
};

// What `name` says there; a null text where nothing does.
struct text named_value(const struct named *named, const char *name);

// The same to operations (ops/operation.h), whose context's `request` is a struct named.
struct text named_parameter(const struct operation_context *context, const char *name);
bool named_next(const struct operation_context *context, const char *prefix, size_t *cursor,
                struct text *rest, struct text *value);

#endif
