// SPDX-License-Identifier: GPL-2.0-or-later
// What nginx's FastCGI parameters say about a request.
#ifndef FCGI_SERVE_REQUEST_H
#define FCGI_SERVE_REQUEST_H

#include "base/ip_address.h"
#include "base/text.h"
#include "config/settings.h"
#include "ops/adapter.h"
#include "ops/operation.h"
#include "ops/route.h"

#include <stddef.h>
#include <stdint.h>

#define REQUEST_ID_MAX  64
#define REQUEST_KEY_MAX 255 // bytes of ost_api_key.apikey

// Random numbers for the requests that come without an id; from the kernel, many at once. All zero at first,
// and never handed through a fork.
struct request_ids {
    uint64_t numbers[32];
    size_t left;
};

// Texts point into the parameters.
struct request {
    enum method method;
    struct route route; // which operation it asks for
    const struct adapter
        *adapter;            // whose path it is, where it is another API's that is spoken here; else NULL
    bool by_wildcard;        // behind /wildcard
    bool in_profile;         // the answer is to be JSON in the operation's profile; the route is our own then
    struct text script;      // as sent: "/api/http.php" or "/api", with the folder in front; TEXT_NULL: none
    struct text tail;        // as sent, what follows it; TEXT_NULL when the path is not under a prefix
    struct text origin;      // of a page, "https://desk.example.org"; TEXT_NULL: none
    bool preflight;          // a browser asks whether a page may ask (the Fetch standard, CORS-preflight)
    bool preflight_of_token; // with "Authorization" among what it wants to send
    bool web_server_hands_on;      // X-Accel-Redirect to a named location will be heeded
    struct text key;               // X-API-Key; TEXT_NULL when there is none or it cannot be one
    struct text token;             // of "Authorization: Bearer"; TEXT_NULL: none; empty: one that can be none
    struct text idempotency_key;   // as sent; TEXT_NULL: none; empty: sent more than once
    struct text known_versions;    // If-None-Match; TEXT_NULL: none
    struct text wanted_versions;   // If-Match; TEXT_NULL: none
    struct text acting_as;         // X-Act-As; TEXT_NULL: none
    struct text range, range_if;   // Range, If-Range; TEXT_NULL: none
    struct text pipe_proof;        // auth/pipe_proof.h; TEXT_NULL: none
    struct text waited;            // HELD_PARAMETER, see holding_words.h; TEXT_NULL: it has not
    char id[REQUEST_ID_MAX + 1];   // X-Request-Id, or one made here
    char client[ADDRESS_TEXT_MAX]; // after trusted proxies; ADDRESS_UNREADABLE
    const char *query;             // NULL for none
    const char *content_length;    // NULL for none
    struct text content_type;      // TEXT_NULL for none
};

// Reads `parameters` ("NAME=value", ended by NULL). Never fails: what is wrong shows as a missing route or
// key. The path is that of REQUEST_URI, raw, so that no normalisation of nginx's stands between: one of the
// settings' prefixes is taken off, with any folders in front of it, and what follows is looked for in the
// operation table.
void request_read(char *const *parameters, const struct settings *settings, struct request_ids *ids,
                  struct request *request);

#endif
