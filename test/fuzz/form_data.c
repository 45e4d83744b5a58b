// SPDX-License-Identifier: GPL-2.0-or-later
// Guards the reader of forms: whatever comes, each part lies in the body, in the order of the parts, no
// boundary is within one, and names are UTF-8. The first line is the Content-Type.
#include "mime/form_data.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX (16 << 20)
#define PARTS_MAX 257

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_name(struct text name) {
    if (!text_is_utf8(name)) abort();
    for (size_t i = 0; i < name.length; i++)
        if ((unsigned char)name.data[i] < 0x20) abort();
}

static void check(const struct form_data *form, struct text body) {
    const char *at = body.data;
    if (form->count > PARTS_MAX) abort();
    for (size_t i = 0; i < form->count; i++) {
        const struct form_part *part = &form->parts[i];
        const char *end = part->content.data + part->content.length;
        if (part->content.data <= at || end >= body.data + body.length) abort();
        if (memcmp(end, "\r\n--", 4) != 0) abort();
        at = end;
        if (!part->name.length) abort();
        check_name(part->name);
        check_name(part->file_name);
        if (part->file_name.length && memchr(part->file_name.data, '/', part->file_name.length)) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data, *line = size ? memchr(text, '\n', size) : NULL;
    if (!line) return 0;
    struct text type = {text, (size_t)(line - text)}, body = {line + 1, size - type.length - 1};
    struct arena arena = arena_new(ARENA_MAX);
    struct form_data form;
    struct error error = {0};
    if (form_data_is(type) && form_data_read(type, body, PARTS_MAX, &arena, &form, &error))
        check(&form, body);
    arena_free(&arena);
    return 0;
}
