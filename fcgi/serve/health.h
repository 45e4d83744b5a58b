// SPDX-License-Identifier: GPL-2.0-or-later
// GET /health and /ready behind the API's prefixes: for a load balancer that asks through the web server.
#ifndef FCGI_SERVE_HEALTH_H
#define FCGI_SERVE_HEALTH_H

#include "serve/exchange.h"

struct db;

// Whether the request is one of the two and comes from [api] health_networks; to others they are unknown.
bool health_is_asked(const struct exchange *exchange, const struct settings *settings);

// Answers it: "ok" as long as a worker does; "ready" when the database does, too, else ERROR_UNAVAILABLE.
bool health_answer(struct exchange *exchange, struct db *db, struct error *error) CHECKED;

#endif
