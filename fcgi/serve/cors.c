// SPDX-License-Identifier: GPL-2.0-or-later
// Pages of other hosts.
#include "serve/cors.h"

#include "base/buffer.h"

#include <stdio.h>
#include <string.h>

// What clients' pages send and read.
#define SENT                                                                                                 \
    "X-API-Key, Authorization, Content-Type, X-Request-Id, X-Requested-With, Idempotency-Key, "              \
    "If-None-Match, If-Match, "                                                                              \
    "X-Act-As, Range, If-Range"
#define READ    "X-Request-Id, Retry-After, Location, ETag, Content-Disposition, Content-Range"
#define MAX_AGE "600"

// What a page may ask: an operation's path by the table, PHP's routes by any method.
static void list_methods(const struct route *route, char list[ROUTE_METHODS_SIZE]) {
    route_methods(route->own ? route->methods : ~0u, list);
}

// Whether the answer is for whoever has a token, or would like to send one.
static bool is_of_token(const struct request *request) {
    return !text_is_null(request->token) || request->preflight_of_token;
}

static bool is_named(const struct settings *settings, const struct request *request) {
    if (text_is_null(request->origin)) return false;
    for (size_t i = 0; i < settings->cors.origin_count; i++) {
        const char *origin = settings->cors.origins[i];
        if (strcmp(origin, "*") == 0 || text_equal(request->origin, text_of(origin))) return true;
    }
    return false;
}

// The value of Access-Control-Allow-Origin for a page that is allowed: with a token never all pages.
static struct text shown_origin(const struct settings *settings, const struct request *request) {
    for (size_t i = 0; !is_of_token(request) && i < settings->cors.origin_count; i++)
        if (strcmp(settings->cors.origins[i], "*") == 0) return TEXT("*");
    return request->origin;
}

void cors_headers(const struct settings *settings, const struct request *request, bool knows_page,
                  char headers[CORS_HEADERS_MAX]) {
    struct buffer lines = buffer_new(CORS_HEADERS_MAX - 1);
    if (settings->cors.origin_count || is_of_token(request)) buffer_add_string(&lines, "Vary: Origin\r\n");
    if (knows_page || is_named(settings, request)) {
        buffer_add_string(&lines, "Access-Control-Allow-Origin: ");
        buffer_add_text(&lines, shown_origin(settings, request));
        buffer_add_string(&lines, "\r\nAccess-Control-Expose-Headers: " READ "\r\n");
        if (request->preflight) {
            char methods[ROUTE_METHODS_SIZE];
            list_methods(&request->route, methods);
            buffer_add_format(&lines,
                              "Access-Control-Allow-Methods: %s\r\nAccess-Control-Allow-Headers: " SENT
                              "\r\nAccess-Control-Max-Age: " MAX_AGE "\r\n",
                              methods);
        }
    }
    snprintf(headers, CORS_HEADERS_MAX, "%s", lines.failed ? "" : lines.data);
    buffer_free(&lines);
}

bool cors_is_preflight(const struct settings *settings, const struct request *request) {
    return request->preflight && is_named(settings, request);
}
