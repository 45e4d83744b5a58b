// SPDX-License-Identifier: GPL-2.0-or-later
// From rows to an answer that may be kept for a minute.
#include "ops/catalog/catalog.h"

#include "ops/catalog/gathered.h"
#include "ops/reading.h"

#define SECONDS_TO_KEEP 60

struct writing {
    struct catalog *catalog;
    catalog_write *write;
};

static bool write_members(void *context, struct error *error) {
    const struct writing *writing = context;
    return writing->write(writing->catalog, error);
}

static bool run(struct catalog *catalog, struct answer *answer, catalog_write *write, struct error *error) {
    struct buffer gathered = buffer_new(GATHERED_MAX);
    struct writing writing = {catalog, write};
    bool done = gathered_make(&catalog->json, write_members, &writing, &gathered, error) &&
                gathered_tell(catalog->context, buffer_text(&gathered), SECONDS_TO_KEEP, answer, error);
    buffer_free(&gathered);
    return done;
}

bool catalog_run(struct operation_context *context, struct answer *answer, catalog_write *write,
                 struct error *error) {
    struct catalog catalog = {.context = context, .arena = arena_new(REQUEST_ARENA_MAX)};
    bool done = audience_read(context, &catalog.arena, &catalog.audience, error) &&
                run(&catalog, answer, write, error);
    arena_free(&catalog.arena);
    return done;
}

bool catalog_run_for_agents(struct operation_context *context, struct answer *answer, catalog_write *write,
                            struct error *error) {
    if (principal_sees_as_client(context->principal))
        return error_set(error, ERROR_SCOPE, "This operation is not for keys with a client's view");
    return catalog_run(context, answer, write, error);
}
