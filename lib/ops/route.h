// SPDX-License-Identifier: GPL-2.0-or-later
// Which operation a request asks for: its method and path against the rows of the table.
#ifndef OPS_ROUTE_H
#define OPS_ROUTE_H

#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"

#include <stdbool.h>
#include <stddef.h>

#define ROUTE_SEGMENTS_MAX   8 // of a path
#define ROUTE_PARAMETERS_MAX 3 // of a path
#define ROUTE_VALUE_MAX      255
#define ROUTE_METHODS_SIZE   48 // bytes of all methods' names as a list, terminated

// What is wrong with a parameter of a path.
enum route_fault {
    ROUTE_GOOD,
    ROUTE_TOO_LONG,
    ROUTE_BAD_ESCAPE,
    ROUTE_NOT_UTF8,
    ROUTE_CONTROL,
    ROUTE_DOTS,
    ROUTE_SLASH,
    ROUTE_NO_ID,
};

// Texts point into the route itself: it may not be copied.
struct route {
    const struct operation *operation; // NULL: none has this path, or none of the path has this method
    bool own;                          // PHP has no such operation, or, without one, not this path
    unsigned methods;                  // those of the path, 1u << METHOD_…
    size_t count;                      // the path's parameters, decoded once
    struct {
        struct text name;
        struct text value; // TEXT_NULL when it is too long
        enum route_fault fault;
    } parameters[ROUTE_PARAMETERS_MAX];
    char bytes[ROUTE_PARAMETERS_MAX * ROUTE_VALUE_MAX];
};

// The method of this name, case counts; METHOD_OTHER for NULL, too.
enum method route_method(const char *name);

// The names of `methods` (1u << METHOD_…), as Allow has them: "GET, HEAD, POST".
void route_methods(unsigned methods, char list[ROUTE_METHODS_SIZE]);

// Looks for `path`, raw as a client sends it behind the prefix, which is cut at "/" before %XX is decoded; a
// run of slashes is one. TEXT_NULL has no operation. Never fails: what is wrong with a parameter is left to
// route_check().
void route_find(const struct operation *rows, size_t count, enum method method, struct text path,
                struct route *route);

// Whether the path's parameters can be used: valid %XX, UTF-8 without control characters, at most
// ROUTE_VALUE_MAX bytes, neither "." nor "..", a slash in nothing but a ticket's number, and an id where it
// is one. ERROR_BAD_REQUEST.
bool route_check(const struct route *route, struct error *error) CHECKED;

// The value of a parameter of the path; TEXT_NULL when the path has none of this name.
struct text route_value(const struct route *route, struct text name);

// Whether the raw `path` is this one, which has no parameters.
bool route_is(struct text path, const char *wanted);

#endif
