// SPDX-License-Identifier: GPL-2.0-or-later
// What somebody may have meant who wrote an unknown section or key.
#include "config/setting_table.h"

#include <string.h>

#define NAME_MAX_COMPARED 40

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

// Levenshtein's distance, or a large number for names too long to be ours.
static unsigned distance(const char *one, const char *other) {
    size_t length = strlen(other);
    if (strlen(one) > NAME_MAX_COMPARED || length > NAME_MAX_COMPARED) return 1000;
    unsigned row[NAME_MAX_COMPARED + 1];
    for (size_t j = 0; j <= length; j++) row[j] = (unsigned)j;
    for (size_t i = 0; one[i]; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i + 1;
        for (size_t j = 0; j < length; j++) {
            unsigned substituted = diagonal + (one[i] != other[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(substituted, least(row[j], diagonal) + 1);
        }
    }
    return row[length];
}

// How far a name may be from ours to be taken for a slip: a third of its letters.
static unsigned tolerance(const char *name) {
    return least((unsigned)strlen(name) / 3, 3);
}

void setting_suggest_section(const char *section, struct buffer *hint) {
    const char *best = NULL;
    unsigned best_distance = tolerance(section) + 1;
    for (size_t i = 0; i < setting_count; i++) {
        unsigned found = distance(section, setting_table[i].section);
        if (found >= best_distance) continue;
        best = setting_table[i].section;
        best_distance = found;
    }
    if (best) {
        buffer_add_format(hint, "; did you mean [%s]?", best);
        return;
    }
    buffer_add_string(hint, "; there are");
    for (size_t i = 0; i < setting_count; i++)
        if (i == 0 || strcmp(setting_table[i].section, setting_table[i - 1].section) != 0)
            buffer_add_format(hint, " [%s]", setting_table[i].section);
}

void setting_suggest_key(const char *section, const char *key, struct buffer *hint) {
    const struct setting *best = NULL;
    unsigned best_distance = tolerance(key) + 1;
    for (size_t i = 0; i < setting_count; i++) {
        const struct setting *setting = &setting_table[i];
        unsigned found = distance(key, setting->key);
        bool here = strcmp(setting->section, section) == 0;
        if (!here && found > 0) continue;
        if (found >= best_distance) continue;
        best = setting;
        best_distance = found;
    }
    if (best && strcmp(best->section, section) != 0) {
        buffer_add_format(hint, "; it belongs into [%s]", best->section);
    } else if (best) {
        buffer_add_format(hint, "; did you mean \"%s\"?", best->key);
    } else {
        buffer_add_format(hint, "; [%s] has", section);
        for (size_t i = 0; i < setting_count; i++)
            if (strcmp(setting_table[i].section, section) == 0)
                buffer_add_format(hint, " %s", setting_table[i].key);
    }
}
