// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a query string and as a data: URL.
#include "markup/data_url.h"
#include "query.h"

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

static void as_data_url(struct text text) {
    struct data_url url;
    struct error error;
    struct buffer decoded = buffer_new(text.length * 4 + 16);
    error_clear(&error);
    if (markup_parse_data_url(text, &url, &decoded, &error) && url.data.length > text.length * 4) abort();
    buffer_free(&decoded);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *string = malloc(length + 1);
    if (!string) return 0;
    memcpy(string, bytes, length);
    string[length] = '\0';
    as_query(string);
    as_data_url((struct text){string, length});
    free(string);
    return 0;
}
