// SPDX-License-Identifier: GPL-2.0-or-later
// Any body, JSON or XML (by its first byte), into a form with a field of every type: it is filled or refused
// with a 4xx, and what is kept is UTF-8.
#include "forms/form.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define FIELD(number, kind, settings)                                                                        \
    {                                                                                                        \
        .id = (number), .flags = FIELD_FLAG_ENABLED | FIELD_FLAG_CLIENT_REQUIRED,                            \
        .type = {(kind), sizeof(kind) - 1}, .label = {(kind), sizeof(kind) - 1},                             \
        .name = {(kind), sizeof(kind) - 1}, .configuration = {(settings), sizeof(settings) - 1},             \
    }

static struct form_field fields[] = {
    FIELD(1, "text", "{}"),
    FIELD(2, "memo", "{}"),
    FIELD(3, "bool", "{}"),
    FIELD(4, "choices", "{\"choices\":\"a:Alpha\\nb:Beta\"}"),
    FIELD(5, "list-5", "{}"),
    FIELD(6, "datetime", "{\"min\":\"2024-05-02\",\"time\":true}"),
    FIELD(7, "phone", "{}"),
    FIELD(8, "priority", "{}"),
    FIELD(9, "files", "{}"),
    FIELD(10, "thread", "{}"),
    FIELD(11, "text", "{\"validator\":\"regex\",\"regex\":\"/^(a|b)+c/u\"}"),
    FIELD(12, "text", "{\"validator\":\"email\"}"),
    FIELD(13, "text", "{\"validator\":\"ip\"}"),
    FIELD(14, "memo", "{\"html\":false}"),
};

static void check(struct text text) {
    if (!text_is_utf8(text)) abort();
}

static void fill(const struct input *request, struct arena *arena) {
    static const struct form_priority priorities[] = {{2, {"Normal", 6}}};
    static const struct list_item items[] = {{12, 5, {"Blue", 4}, {"BL", 2}}};
    const struct form_tables tables = {.priorities = priorities,
                                       .priority_count = 1,
                                       .list_items = items,
                                       .list_item_count = 1,
                                       .dates = {.zone_name = TEXT("Europe/Berlin")}};
    const struct form form = {.type = 'T', .fields = fields, .field_count = sizeof fields / sizeof *fields};
    struct form_answers answers;
    struct form_errors errors = {0};
    struct error error = {0};
    if (!form_fill(&form, request, &tables, FORM_FOR_API, arena, &answers, &errors, &error)) {
        if (error.code != ERROR_BAD_REQUEST && error.code != ERROR_TOO_LARGE) abort();
        return;
    }
    for (size_t i = 0; i < answers.count; i++) {
        check(answers.values[i].value);
        check(answers.values[i].cdata);
        check(answers.values[i].shown);
    }
    for (size_t i = 0; i < errors.count; i++) check(errors.items[i].text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text body = {(const char *)bytes, length};
    struct arena arena = arena_new(64 << 20);
    struct error error = {0};
    struct input request;
    bool xml = length && bytes[0] == '<';
    bool read = xml ? input_read_xml(body, &arena, &request, &error)
                    : input_read_json(body, &arena, &request, &error);
    if (read)
        fill(&request, &arena);
    else if (error.code != ERROR_BAD_REQUEST && error.code != ERROR_TOO_LARGE)
        abort();
    arena_free(&arena);
    return 0;
}
