// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a query string, as a path and as a data: URL.
#include "markup/data_url.h"
#include "ops/route.h"
#include "serve/query.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void as_query(const char *string) {
    static struct query query;
    struct error error;
    error_clear(&error);
    if (!query_parse(string, &query, &error)) {
        if (error.code != ERROR_BAD_REQUEST) abort();
        return;
    }
    for (size_t i = 0; i < query.count; i++)
        if (query.parameters[i].value.data && !text_is_utf8(query.parameters[i].value)) abort();
}

// What passes the check is text without control characters.
static void as_path(struct text path) {
    static const struct operation rows[] = {
        {.path = "/tickets"},
        {.path = "/tickets/{number}.json"},
        {.path = "/tickets/of-{number}/entries/{id}"},
        {.path = "/{a}/{b}.x/{c}"},
        {.path = "/{a}/{b}/{c}/{d}"},
    };
    static struct route route;
    struct error error;
    for (enum method method = METHOD_GET; method <= METHOD_OTHER; method++) {
        error_clear(&error);
        route_find(rows, sizeof rows / sizeof *rows, method, path, &route);
        if (route.operation && method != METHOD_GET) abort();
        bool usable = route_check(&route, &error);
        if (!usable && error.code != ERROR_BAD_REQUEST) abort();
        for (size_t i = 0; usable && i < route.count; i++) {
            struct text value = route_value(&route, route.parameters[i].name);
            if (!value.length || value.length > ROUTE_VALUE_MAX || !text_is_utf8(value)) abort();
            for (size_t k = 0; k < value.length; k++)
                if ((unsigned char)value.data[k] < 0x20) abort();
        }
    }
}

static void as_data_url(struct text text) {
    struct data_url url;
    struct buffer bytes = buffer_new(text.length), decoded = buffer_new(text.length * 4 + 16);
    bool is_url = data_url_read(text, &url);
    data_url_bytes(&url, &bytes);
    data_url_text(&url, &decoded);
    if (bytes.failed || (!is_url && !text_equal(buffer_text(&bytes), text))) abort();
    buffer_free(&bytes);
    buffer_free(&decoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *string = malloc(length + 1);
    if (!string) return 0;
    memcpy(string, bytes, length);
    string[length] = '\0';
    as_query(string);
    as_path((struct text){string, length});
    as_data_url((struct text){string, length});
    free(string);
    return 0;
}
