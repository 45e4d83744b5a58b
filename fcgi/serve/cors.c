// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of other hosts.
#include "serve/cors.h"

#include <stdio.h>
#include <string.h>

// What clients' pages send and read.
#define SENT                                                                                                 \
    "X-API-Key, Content-Type, X-Request-Id, X-Requested-With, Idempotency-Key, If-None-Match, If-Match, "    \
    "X-Act-As, Range, If-Range"
#define READ    "X-Request-Id, Retry-After, Location, ETag, Content-Disposition, Content-Range"
#define MAX_AGE "600"

// What a page may ask: an operation's path by the table, PHP's routes by any method.
static void list_methods(const struct route *route, char list[ROUTE_METHODS_SIZE]) {
    route_methods(route->own ? route->methods : ~0u, list);
}

// The value of Access-Control-Allow-Origin; NULL where the page is not allowed.
static const char *allowed(const struct settings *settings, const struct request *request) {
    if (text_is_null(request->origin)) return NULL;
    for (size_t i = 0; i < settings->cors.origin_count; i++) {
        const char *origin = settings->cors.origins[i];
        if (strcmp(origin, "*") == 0 || text_equal(request->origin, text_of(origin))) return origin;
    }
    return NULL;
}

void cors_headers(const struct settings *settings, const struct request *request,
                  char headers[CORS_HEADERS_MAX]) {
    const char *origin = allowed(settings, request);
    size_t used = 0;
    headers[0] = '\0';
    if (settings->cors.origin_count) used += (size_t)snprintf(headers, CORS_HEADERS_MAX, "Vary: Origin\r\n");
    if (!origin) return;
    used += (size_t)snprintf(headers + used, CORS_HEADERS_MAX - used,
                             "Access-Control-Allow-Origin: %s\r\nAccess-Control-Expose-Headers: " READ "\r\n",
                             origin);
    if (!request->preflight || used >= CORS_HEADERS_MAX) return;
    char methods[ROUTE_METHODS_SIZE];
    list_methods(&request->route, methods);
    snprintf(headers + used, CORS_HEADERS_MAX - used,
             "Access-Control-Allow-Methods: %s\r\nAccess-Control-Allow-Headers: " SENT
             "\r\nAccess-Control-Max-Age: " MAX_AGE "\r\n",
             methods);
}

bool cors_is_preflight(const struct settings *settings, const struct request *request) {
    return request->preflight && allowed(settings, request);
}
