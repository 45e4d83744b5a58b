// SPDX-License-Identifier: GPL-2.0-or-later
// The tree of a request's values.
#include "forms/input.h"

#include <string.h>

const struct input *input_member(const struct input *map, struct text name) {
    if (!map || map->kind != INPUT_MAP) return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (text_equal(map->members[i].name, name)) return &map->members[i];
    return NULL;
}

bool input_is_true(const struct input *input) {
    if (!input) return false;
    switch (input->kind) {
    case INPUT_BOOLEAN: return input->truth;
    case INPUT_NUMBER:
    case INPUT_TEXT: return input->text.length && !text_equal(input->text, TEXT("0"));
    case INPUT_LIST:
    case INPUT_MAP: return input->count > 0;
    default: return false;
    }
}

bool input_is_kept(const struct input *input) {
    if (input->kind == INPUT_TEXT)
        return !input->text.length || !memchr(input->text.data, '\0', input->text.length);
    if (input->kind == INPUT_NUMBER)
        return !text_equal(input->text, TEXT("INF")) && !text_equal(input->text, TEXT("-INF"));
    if (input->kind != INPUT_LIST && input->kind != INPUT_MAP) return true;
    for (size_t i = 0; i < input->count; i++)
        if (!input_is_kept(&input->members[i])) return false;
    return true;
}

bool input_add_members(struct input *input, const struct input *more, struct arena *arena,
                       struct error *error) {
    for (size_t i = 0; i < more->count; i++) {
        struct input *member = arena_append(arena, &input->members, &input->count, sizeof *member);
        if (!member) return error_too_large(error);
        *member = more->members[i];
    }
    return true;
}

bool input_add_text(struct input *input, const char *name, struct text text, struct arena *arena,
                    struct error *error) {
    struct input member = {.kind = text.data ? INPUT_TEXT : INPUT_NULL, .name = text_of(name), .text = text};
    return input_add_members(input, &(struct input){.members = &member, .count = 1}, arena, error);
}

struct text input_text(const struct input *input) {
    bool scalar = input && input->kind >= INPUT_BOOLEAN && input->kind <= INPUT_TEXT;
    return scalar ? input->text : TEXT_NULL;
}
