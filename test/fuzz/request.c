// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a query string and as a data: URL.
#include "markup/data_url.h"
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
    as_data_url((struct text){string, length});
    free(string);
    return 0;
}
