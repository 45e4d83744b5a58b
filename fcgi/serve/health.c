// SPDX-License-Identifier: GPL-2.0-or-later
// GET /health and /ready.
#include "serve/health.h"

#include "db/db.h"

static bool is_path(const struct exchange *exchange, const char *path) {
    return route_is(exchange->request.tail, path);
}

bool health_is_asked(const struct exchange *exchange, const struct settings *settings) {
    return exchange->request.method == METHOD_GET &&
           (is_path(exchange, "/health") || is_path(exchange, "/ready")) &&
           network_list_contains(text_of(settings->api.health_networks), text_of(exchange->request.client));
}

bool health_answer(struct exchange *exchange, struct db *db, struct error *error) {
    bool ready = is_path(exchange, "/ready");
    if (ready && !db_answers(db, error)) return false;
    output_add_string(&exchange->output, ready ? "ready\n" : "ok\n");
    return true;
}
