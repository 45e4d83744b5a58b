// SPDX-License-Identifier: GPL-2.0-or-later
// Settings as bytes for another process: section, key and value of each, a NUL behind every one.
#include "config/settings.h"

#include "config/setting_list.h"
#include "config/setting_table.h"

#include <string.h>

// Adds the value as its row would take it from a file.
static void add_value(const struct setting *setting, const struct settings *settings, struct buffer *packed) {
    const void *place = (const char *)settings + setting->offset;
    switch (setting->type) {
    case SETTING_COUNT:
    case SETTING_SPAN: buffer_add_format(packed, "%u", *(const unsigned *)place); break;
    case SETTING_MODE: buffer_add_format(packed, "%04o", *(const unsigned *)place); break;
    case SETTING_BYTES: buffer_add_format(packed, "%zu", *(const size_t *)place); break;
    case SETTING_BOOL: buffer_add_string(packed, *(const bool *)place ? "yes" : "no"); break;
    case SETTING_LEVEL: buffer_add_string(packed, setting->words[*(const enum log_level *)place]); break;
    case SETTING_PREFIXES: setting_print_prefixes(settings, packed); break;
    case SETTING_NETWORKS: setting_print_networks(settings, packed); break;
    case SETTING_ORIGINS: setting_print_origins(settings, packed); break;
    case SETTING_WORDS: setting_print_words(setting, *(const unsigned *)place, packed); break;
    default: buffer_add_string(packed, *(char *const *)place);
    }
}

bool settings_pack(const struct settings *settings, struct buffer *packed) {
    for (size_t i = 0; i < setting_count; i++) {
        buffer_add_string(packed, setting_table[i].section);
        buffer_add_char(packed, '\0');
        buffer_add_string(packed, setting_table[i].key);
        buffer_add_char(packed, '\0');
        add_value(&setting_table[i], settings, packed);
        buffer_add_char(packed, '\0');
    }
    return !packed->failed;
}

// Takes off what stands before the next NUL; NULL when there is none.
static const char *next(struct text *rest) {
    const char *word = rest->data, *end = rest->length ? memchr(word, '\0', rest->length) : NULL;
    if (!end) return NULL;
    *rest = (struct text){end + 1, rest->length - (size_t)(end + 1 - word)};
    return word;
}

bool settings_unpack(struct text packed, struct settings *settings, struct error *error) {
    char problem[SETTING_PROBLEM_MAX] = "comes in another order";
    *settings = (struct settings){0};
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *row = &setting_table[i];
        const char *section = next(&packed), *key = next(&packed), *value = next(&packed);
        if (value && strcmp(section, row->section) == 0 && strcmp(key, row->key) == 0 &&
            setting_apply(row, value, settings, problem))
            continue;
        settings_free(settings);
        return error_set(error, ERROR_INTERNAL, "[%s] %s: %s", row->section, row->key, problem);
    }
    return true;
}
