// SPDX-License-Identifier: GPL-2.0-or-later
// One option of "osticket-fcgi key" and its value.
#include "command/key_setting.h"

#define NUMBER_MAX 1000000

bool key_setting_wrong(const struct key_setting *setting, const char *what) {
    return error_set(setting->error, ERROR_BAD_REQUEST, "\"%.*s\" %s",
                     (int)text_cut(setting->value, 200).length, setting->value.data, what);
}

bool key_setting_is(const struct key_setting *setting, const char *word) {
    return text_equal_ignoring_case(setting->value, text_of(word));
}

bool key_setting_keep(const struct key_setting *setting, const struct buffer *list, struct text *place) {
    *place = list->failed ? TEXT_NULL : arena_copy(setting->options->arena, buffer_text(list));
    return place->data || error_set(setting->error, ERROR_BAD_REQUEST, "The list is too long");
}

void key_setting_add_word(struct buffer *list, struct text word) {
    if (list->length) buffer_add_char(list, ' ');
    buffer_add_text(list, word);
}

bool key_setting_number(const struct key_setting *setting, const char *none, int64_t *place) {
    *place = 0;
    if (key_setting_is(setting, none)) return true;
    return (text_to_int64(setting->value, place) && *place > 0 && *place <= NUMBER_MAX) ||
           key_setting_wrong(setting, "is no number from 1 to 1000000");
}
