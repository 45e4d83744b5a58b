// SPDX-License-Identifier: GPL-2.0-or-later
// Values of other APIs' clients.
#include "adapters/values.h"

#include <stdio.h>

#define LIMIT_MAX 100

int64_t value_number(struct text given, int64_t most) {
    int64_t number = 0;
    given = text_trim(given);
    for (size_t i = 0; i < given.length && given.data[i] >= '0' && given.data[i] <= '9'; i++)
        if ((number = number * 10 + (given.data[i] - '0')) > most) return most;
    return number;
}

int64_t value_limit(struct text given, int64_t usual) {
    int64_t limit = value_number(given, LIMIT_MAX);
    return limit ? limit : usual;
}

int64_t value_offset(struct text given) {
    return value_number(given, INT32_MAX);
}

bool value_take_number(struct adapted_run *run, int64_t number, struct text *value, struct error *error) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    *value = arena_copy(&run->arena, text_of(digits));
    return !text_is_null(*value) || error_too_large(error);
}

bool value_turn_offset(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    return value_take_number(run, value_offset(given), value, error);
}

bool value_turn_trimmed(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    (void)run, (void)error;
    *value = text_trim(given);
    if (!value->length) *value = TEXT_NULL;
    return true;
}

bool value_turn_confirmation(struct adapted_run *run, struct text given, struct text *value,
                             struct error *error) {
    (void)given, (void)error;
    *value = run->subject.name;
    return true;
}
