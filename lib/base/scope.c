// SPDX-License-Identifier: GPL-2.0-or-later
// Scopes and their names.
#include "base/scope.h"

#include "base/words.h"

#include <string.h>

const char *const scope_names[] = {
    "read",  "notes",       "files",  "search",     "changes",  "catalog", "stats",    "create", "reply",
    "note",  "message",     "update", "assign",     "transfer", "status",  "merge",    "delete", "collab",
    "users", "users.write", "orgs",   "orgs.write", "tasks",    "kb",      "webhooks", "tokens", NULL,
};

#define NAMED (sizeof scope_names / sizeof *scope_names - 1)
_Static_assert(1U << NAMED == SCOPE_CRON, "a name for each scope but cron");

const char *scope_name(unsigned scopes) {
    for (size_t i = 0; i < NAMED; i++)
        if (scopes & (1U << i)) return scope_names[i];
    return "cron";
}

static unsigned scope_of(struct text name) {
    if (text_equal(name, TEXT("*"))) return SCOPES_NAMED;
    for (size_t i = 0; i < NAMED; i++)
        if (text_equal_ignoring_case(name, text_of(scope_names[i]))) return 1U << i;
    return SCOPE_NONE;
}

bool scopes_read(struct text list, unsigned *scopes, struct text *wrong) {
    struct text word;
    bool good = true;
    *scopes = SCOPE_NONE;
    for (size_t at = 0; words_next(list, &at, &word);) {
        unsigned scope = scope_of(word);
        *scopes |= scope;
        if (!scope && good && wrong) *wrong = word;
        good = good && scope;
    }
    return good;
}

void scopes_print(unsigned scopes, struct buffer *out) {
    const char *between = "";
    for (size_t i = 0; i < NAMED; i++) {
        if (!(scopes & (1U << i))) continue;
        buffer_add_format(out, "%s%s", between, scope_names[i]);
        between = " ";
    }
}
