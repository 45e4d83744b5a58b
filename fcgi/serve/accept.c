// SPDX-License-Identifier: GPL-2.0-or-later
// What answer a client asks for.
#include "serve/accept.h"

#include <string.h>

// The next piece of `*list` up to the separator, which does not count within quotes. False: none is left.
static bool take_piece(struct text *list, char separator, struct text *piece) {
    size_t end = 0;
    bool quoted = false;
    if (text_is_null(*list)) return false;
    for (; end < list->length && (quoted || list->data[end] != separator); end++) {
        quoted = quoted != (list->data[end] == '"');
        if (quoted && list->data[end] == '\\' && end + 1 < list->length) end++;
    }
    *piece = text_trim((struct text){list->data, end});
    *list = end < list->length ? (struct text){list->data + end + 1, list->length - end - 1} : TEXT_NULL;
    return true;
}

// The value of "name=value", without its quotes; null: the parameter has another name.
static struct text value_of(struct text parameter, const char *name) {
    ptrdiff_t equals = text_find(parameter, TEXT("="), 0);
    size_t at = equals < 0 ? parameter.length : (size_t)equals;
    if (equals < 0 || !text_equal_ignoring_case((struct text){parameter.data, at}, text_of(name)))
        return TEXT_NULL;
    struct text value = {parameter.data + at + 1, parameter.length - at - 1};
    bool quoted = value.length >= 2 && value.data[0] == '"' && value.data[value.length - 1] == '"';
    return quoted ? (struct text){value.data + 1, value.length - 2} : value;
}

// "0", "0.0": it is not wanted.
static bool is_nothing(struct text weight) {
    for (size_t i = 0; i < weight.length; i++)
        if (weight.data[i] != '0' && weight.data[i] != '.') return false;
    return weight.length > 0;
}

static bool names_profile(struct text range, const char *profile) {
    struct text piece;
    bool named = false, wanted = true;
    if (!take_piece(&range, ';', &piece) || !text_equal_ignoring_case(piece, TEXT("application/json")))
        return false;
    while (take_piece(&range, ';', &piece)) {
        named = named || text_equal(value_of(piece, "profile"), text_of(profile));
        wanted = wanted && !is_nothing(value_of(piece, "q"));
    }
    return named && wanted;
}

bool accept_asks_for(struct text accept, const char *profile) {
    struct text range;
    while (take_piece(&accept, ',', &range))
        if (names_profile(range, profile)) return true;
    return false;
}
