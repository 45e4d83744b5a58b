// SPDX-License-Identifier: GPL-2.0-or-later
// The parameters of a query against what the operation's row says of them, and what handlers read them by.
#ifndef OPS_PARAMETERS_H
#define OPS_PARAMETERS_H

#include "base/error.h"
#include "base/text.h"
#include "ops/operation.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PARAMETER_SHOWN 60 // characters of what was sent, in a refusal

// A parameter as it was sent. A null value: an array (name[]=…).
struct sent_parameter {
    struct text name, value;
};

// Whether the query can be used: each parameter is one of the row's, is there once and is of its kind, and
// none that is required is missing. ERROR_UNPROCESSABLE naming the parameter, of an unknown one with the
// nearest that there is. Of operations that PHP has, too, nothing is checked: there PHP's rules hold.
// spec: operations.md 1.4, 3.1.
bool parameters_check(const struct operation *operation, const struct sent_parameter *sent, size_t count,
                      struct error *error) CHECKED;

// What follows reads parameters that were checked.

// False, with ERROR_UNPROCESSABLE about the parameter: "`name` `what`".
bool parameter_refuse(const char *name, const char *what, struct error *error);

// The integer, `fallback` where it is absent.
int64_t parameter_integer(const struct operation_context *context, const char *name, int64_t fallback);

// Whether the choice or the switch is `word`.
bool parameter_is(const struct operation_context *context, const char *name, const char *word);

// Which members ("a,b,c") a list names, as bits in their order; `fallback` where it is absent.
uint64_t parameter_members(const struct operation_context *context, const char *name, const char *members,
                           uint64_t fallback);

// Keeps in `nearest`, null at first, the candidate that a word is most like: the one with the fewest letters
// to be put in, taken out or changed.
void parameter_keep_nearer(struct text word, struct text candidate, struct text *nearest);

// The place of a word among members, -1 where it is none of them.
int list_place(const char *members, struct text word);

#endif
