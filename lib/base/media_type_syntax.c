// SPDX-License-Identifier: GPL-2.0-or-later
// Media types as they are written.
#include "base/media_type_syntax.h"

#include <string.h>

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_letter_or_digit(char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
}

bool media_type_is_token_character(char c) {
    return is_letter_or_digit(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_token(struct text token) {
    for (size_t i = 0; i < token.length; i++)
        if (!media_type_is_token_character(token.data[i])) return false;
    return token.length > 0;
}

bool media_type_is_well_formed(struct text type) {
    const char *slash = type.length ? memchr(type.data, '/', type.length) : NULL;
    if (!slash) return false;
    struct text first = {type.data, (size_t)(slash - type.data)};
    struct text second = {slash + 1, type.length - first.length - 1};
    return is_token(first) && is_token(second) && is_letter(*first.data) && is_letter_or_digit(*second.data);
}

struct text media_type_without_parameters(struct text type) {
    const char *semicolon = type.length ? memchr(type.data, ';', type.length) : NULL;
    if (semicolon) type.length = (size_t)(semicolon - type.data);
    return text_trim(type);
}

bool media_type_is_one_of(struct text type, const char *list) {
    type = media_type_without_parameters(type);
    while (*list) {
        size_t length = strcspn(list, ",");
        if (text_equal_ignoring_case(type, text_trim((struct text){list, length}))) return true;
        list += length + (list[length] == ',');
    }
    return false;
}
