// SPDX-License-Identifier: GPL-2.0-or-later
// Translations by their hash.
#include "store/phrases.h"

#include "crypto/digest.h"

#include <inttypes.h>
#include <stdio.h>

#define HASH_DIGITS 16
#define TAG_MAX     64

void phrase_list_add(struct phrase_list *list, struct text hash, struct text text, struct arena *arena) {
    struct phrase *phrase = arena_append(arena, &list->phrases, &list->count, sizeof *phrase);
    if (phrase) *phrase = (struct phrase){arena_copy(arena, hash), arena_copy(arena, text)};
}

bool phrase_find(const struct phrase_list *list, const char *tag, int64_t id, struct text *translation) {
    char name[TAG_MAX], hex[DIGEST_HEX_SIZE(DIGEST_MD5_SIZE)];
    *translation = TEXT_NULL;
    if (!list->count) return true;
    snprintf(name, sizeof name, "%s.%" PRId64, tag, id);
    if (!digest_md5_hex(text_of(name), hex)) return false;
    struct text hash = text_of(hex + 2 * DIGEST_MD5_SIZE - HASH_DIGITS);
    for (size_t i = 0; i < list->count && text_is_null(*translation); i++)
        if (text_equal_ignoring_case(list->phrases[i].hash, hash)) *translation = list->phrases[i].text;
    return true;
}
