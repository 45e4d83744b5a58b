// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a JSON request: refused, or a tree of UTF-8 texts.
#include "json/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void walk(const struct json_value *value) {
    struct text name;
    const struct json_value *member;
    void *cursor = NULL;
    if (json_kind(value) == JSON_TEXT && !text_is_utf8(json_value_text(value))) abort();
    for (size_t i = 0; json_kind(value) == JSON_ARRAY && i < json_count(value); i++)
        walk(json_element(value, i));
    while (json_kind(value) == JSON_OBJECT && json_next_member(value, &cursor, &name, &member)) walk(member);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct error error;
    error_clear(&error);
    struct json_value *root = json_parse((struct text){(const char *)bytes, length}, &error);
    if (!root && error.code != ERROR_BAD_REQUEST && error.code != ERROR_TOO_LARGE) abort();
    walk(root);
    json_free(&root);
    return 0;
}
