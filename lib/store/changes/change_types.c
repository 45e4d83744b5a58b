// SPDX-License-Identifier: GPL-2.0-or-later
// What a change can be.
#include "store/changes/change_types.h"

#define TYPE_NAME(name, word, stored)   [CHANGE_##name] = (word),
#define TYPE_STORED(name, word, stored) [CHANGE_##name] = (stored),
static const char *const type_names[CHANGE_TYPE_COUNT] = {CHANGE_TYPES(TYPE_NAME)};
static const char *const stored_types[CHANGE_TYPE_COUNT] = {CHANGE_TYPES(TYPE_STORED)};

const char *change_type_name(enum change_type type) {
    return type < CHANGE_TYPE_COUNT ? type_names[type] : NULL;
}

static enum change_type type_of(struct text stored, enum change_type first, enum change_type behind) {
    for (enum change_type type = first; type < behind; type++)
        if (text_equal(stored, text_of(stored_types[type]))) return type;
    return CHANGE_NONE;
}

enum change_type change_type_of_event(struct text name) {
    return type_of(name, CHANGE_CREATED, CHANGE_MESSAGE);
}

enum change_type change_type_of_entry(struct text type, bool is_edited) {
    enum change_type found = type_of(type, CHANGE_MESSAGE, CHANGE_ENTRY_EDITED);
    return found != CHANGE_NONE && is_edited ? CHANGE_ENTRY_EDITED : found;
}

bool change_type_names_another(enum change_type type) {
    return type == CHANGE_MERGED || type == CHANGE_LINKED || type == CHANGE_UNLINKED;
}
