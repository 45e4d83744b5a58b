// SPDX-License-Identifier: GPL-2.0-or-later
// Any lines "NAME=value" as FastCGI parameters: which operation, whose key, which client; what is told of the
// headers is UTF-8 where it has to be, and no header of an answer holds a second one.
#include "fake/settings.h"
#include "ops/read/byte_range.h"
#include "ops/read/ticket_read.h"
#include "serve/accept.h"
#include "serve/cors.h"
#include "serve/request.h"

#include <stdlib.h>
#include <string.h>

#define PARAMETERS_MAX 64

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// The terminated lines of `text`, ended by NULL.
static void split(char *text, char *parameters[PARAMETERS_MAX + 1]) {
    size_t count = 0;
    for (char *line = text; line && count < PARAMETERS_MAX;) {
        char *end = strchr(line, '\n');
        if (end) *end = '\0';
        if (strchr(line, '=')) parameters[count++] = line;
        line = end ? end + 1 : NULL;
    }
    parameters[count] = NULL;
}

// Lines with their ends, and nothing else that ends one.
static void check_lines(const char *lines, const struct text *origin) {
    if (!text_is_null(*origin) && memchr(origin->data, '\r', origin->length))
        return; // no web server sends it
    for (const char *c = lines; *c; c++)
        if (*c == '\n' ? c == lines || c[-1] != '\r' : *c == '\r' && c[1] != '\n') abort();
}

static void check(const struct request *request) {
    if (!*request->id || strlen(request->id) > REQUEST_ID_MAX) abort();
    if (strlen(request->client) >= ADDRESS_TEXT_MAX) abort();
    if (!text_is_null(request->key) && (!text_is_utf8(request->key) || request->key.length > REQUEST_KEY_MAX))
        abort();
    if (request->adapter && !request->route.own) abort();
    if (!text_is_null(request->tail) && (!request->tail.length || *request->tail.data != '/')) abort();
}

static void check_range(struct text header) {
    static const int64_t sizes[] = {0, 1, 100, INT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t first = 0, length = 0;
        if (byte_range_read(header, sizes[i], &first, &length) != BYTE_RANGE_PART) continue;
        if (first < 0 || length < 1 || first >= sizes[i] || length > sizes[i] - first) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static struct request_ids ids;
    static struct request request;
    char *parameters[PARAMETERS_MAX + 1], cors[CORS_HEADERS_MAX], *text = malloc(length + 1);
    struct error error = {0};
    if (!text) return 0;
    memcpy(text, bytes, length);
    text[length] = '\0';
    split(text, parameters);
    request_read(parameters, fake_settings(), &ids, &request);
    check(&request);
    if (request.route.operation) (void)route_check(&request.route, &error);
    for (int knows_page = 0; knows_page < 2; knows_page++) {
        cors_headers(fake_settings(), &request, knows_page, cors);
        check_lines(cors, &request.origin);
    }
    check_range(request.range);
    (void)version_is_known(request.known_versions, "1-2");
    free(text);
    return 0;
}
