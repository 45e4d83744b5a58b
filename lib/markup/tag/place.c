// SPDX-License-Identifier: GPL-2.0-or-later
// Where elements may stand. Browsers end an open <td> or <li> at the next one, and with it everything inside:
// also the page's own, around the text.
#include "markup/tag/place.h"

#include <stdbool.h>
#include <string.h>

static const struct {
    const char *name, *parents; // with blanks around
    enum place otherwise;
} rows[] = {
    {"li", " ul ol menu dir ", PLACE_AS_DIV},
    {"dt", " dl ", PLACE_AS_DIV},
    {"dd", " dl ", PLACE_AS_DIV},
    {"td", " tr table tbody thead tfoot ", PLACE_AS_DIV},
    {"th", " tr table tbody thead tfoot ", PLACE_AS_DIV},
    {"caption", " table ", PLACE_AS_DIV},
    {"tr", " table tbody thead tfoot ", PLACE_NOWHERE},
    {"tbody", " table ", PLACE_NOWHERE},
    {"thead", " table ", PLACE_NOWHERE},
    {"tfoot", " table ", PLACE_NOWHERE},
    {"colgroup", " table ", PLACE_NOWHERE},
    {"col", " table colgroup ", PLACE_NOWHERE},
    {"area", " map ", PLACE_NOWHERE},
    {"summary", " details ", PLACE_AS_DIV},
    {"legend", " fieldset ", PLACE_AS_DIV},
    {"rb", " ruby rtc ", PLACE_NOWHERE},
    {"rbc", " ruby ", PLACE_NOWHERE},
    {"rp", " ruby rtc ", PLACE_NOWHERE},
    {"rt", " ruby rtc ", PLACE_NOWHERE},
    {"rtc", " ruby ", PLACE_NOWHERE},
};

static bool has_word(const char *words, const char *word) {
    size_t length = strlen(word);
    const char *hit = length ? strstr(words, word) : NULL;
    return hit && hit[-1] == ' ' && hit[length] == ' ';
}

// Between the cells of a table nothing else may stand: browsers put it before the table, and end the table at
// the next one that begins there.
static bool is_between_cells(const char *parent) {
    return has_word(" table tbody thead tfoot tr colgroup ", parent);
}

static bool is_heading(const char *name) {
    return name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && name[2] == '\0';
}

enum place place_of(const char *name, const char *parent) {
    enum place otherwise = is_heading(name) && is_heading(parent) ? PLACE_AS_DIV : PLACE_FITS;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].name, name) != 0) continue;
        if (has_word(rows[i].parents, parent)) return PLACE_FITS;
        otherwise = rows[i].otherwise;
    }
    return is_between_cells(parent) ? PLACE_NOWHERE : otherwise;
}
