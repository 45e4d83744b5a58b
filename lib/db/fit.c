// SPDX-License-Identifier: GPL-2.0-or-later
// Values that their columns cannot hold.
#include "db/fit.h"

#include <string.h>

static const struct {
    uint32_t last;           // the last character that is there
    uint32_t in_place_of_it; // of one that is not
} sets[FIT_STEPS] = {
    [FIT_THREE_BYTES] = {0xFFFF, 0xFFFD},
    [FIT_LATIN] = {0xFF, '?'},
    [FIT_ASCII] = {0x7F, '?'},
};

bool fit_keys(const struct db_value *values, size_t count, struct db_value *fitted) {
    bool changed = false;
    for (size_t i = 0; i < count; i++) {
        bool forgotten = values[i].kind == DB_KEY && !text_is_ascii(values[i].text);
        fitted[i] = forgotten ? db_text(TEXT_NULL) : values[i];
        changed = changed || forgotten;
    }
    return changed;
}

// C1 controls are no letters of Latin as databases have it (Windows 1252).
static bool is_there(uint32_t code_point, enum fit_step step) {
    return code_point <= sets[step].last && !(step == FIT_LATIN && code_point >= 0x80 && code_point < 0xA0);
}

static bool holds_all(struct text text, enum fit_step step) {
    if (text_is_ascii(text) || !text_is_utf8(text)) return true;
    for (size_t i = 0; i < text.length;)
        if (!is_there(text_next_code_point(text, &i), step)) return false;
    return true;
}

static void write_fitted(struct text text, bool html, enum fit_step step, struct buffer *room) {
    for (size_t i = 0; i < text.length;) {
        uint32_t code_point = text_next_code_point(text, &i);
        if (is_there(code_point, step))
            buffer_add_code_point(room, code_point);
        else if (html)
            buffer_add_format(room, "&#x%X;", code_point);
        else
            buffer_add_code_point(room, sets[step].in_place_of_it);
    }
}

bool fit_texts(const struct db_value *values, size_t count, enum fit_step step, struct db_value *fitted,
               struct buffer *room) {
    size_t at = 0;
    buffer_clear(room);
    memcpy(fitted, values, count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        if ((values[i].kind == DB_TEXT || values[i].kind == DB_HTML) && !holds_all(values[i].text, step)) {
            size_t before = buffer_text(room).length;
            write_fitted(values[i].text, values[i].kind == DB_HTML, step, room);
            fitted[i].text = (struct text){NULL, buffer_text(room).length - before};
        }
    if (room->failed || !buffer_text(room).length) return false;
    for (size_t i = 0; i < count; i++) { // the buffer moves no more
        if (fitted[i].kind == DB_INTEGER || fitted[i].kind == DB_NULL || fitted[i].text.data) continue;
        fitted[i].text.data = buffer_text(room).data + at;
        at += fitted[i].text.length;
    }
    return true;
}
