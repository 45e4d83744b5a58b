// SPDX-License-Identifier: GPL-2.0-or-later
// Numbers of new tickets.
#include "ops/create/number.h"

#include "crypto/random.h"
#include "store/claims.h"
#include "store/create/ticket_numbers.h"

#include <inttypes.h>
#include <stdio.h>

#define DIGITS_MIN    6
#define DIGITS_MAX    20 // characters that the column holds
#define TRIES         1000
#define COLUMN_LENGTH 20

// The length of the run of # at `i` that are to become digits: a # behind a backslash is a #.
static size_t run_at(struct text format, size_t i) {
    size_t end = i;
    if (i && format.data[i - 1] == '\\') return 0;
    while (end < format.length && format.data[end] == '#') end++;
    return end - i;
}

static unsigned count_digits(struct text format) {
    unsigned count = 0;
    for (size_t i = 0; i < format.length; i++)
        if (format.data[i] == '#' && (i == 0 || format.data[i - 1] != '\\')) count++;
    return count;
}

unsigned ticket_number_digits(struct text format) {
    unsigned count = count_digits(format);
    return count < DIGITS_MIN ? DIGITS_MIN : count > DIGITS_MAX ? DIGITS_MAX : count;
}

// The digit (or padding) at `place` of the number padded to `width`.
static void add_padded(struct text number, struct text padding, size_t width, size_t place,
                       struct buffer *out) {
    size_t missing = width > number.length ? width - number.length : 0;
    if (place < missing)
        buffer_add_text(out, padding.length ? padding : TEXT("0"));
    else if (place - missing < number.length)
        buffer_add_char(out, number.data[place - missing]);
}

void ticket_number_format(struct text format, struct text padding, struct text number, struct buffer *out) {
    size_t width = count_digits(format), place = 0;
    size_t total = number.length > width ? number.length : width;
    for (size_t i = 0; i < format.length;) {
        size_t run = run_at(format, i);
        bool escaped = format.data[i] == '\\' && i + 1 < format.length && format.data[i + 1] == '#';
        for (size_t end = place + run; place < end; place++) add_padded(number, padding, width, place, out);
        if (run && place == width)
            for (; place < total; place++) add_padded(number, padding, width, place, out);
        if (!run) buffer_add_char(out, escaped ? '#' : format.data[i]);
        i += run ? run : escaped ? 2 : 1;
    }
    if (width) return;
    // A format without any place for digits: the number stands before it.
    struct buffer whole = buffer_new(out->ceiling);
    buffer_add_text(&whole, number);
    buffer_add_text(&whole, buffer_text(out));
    buffer_clear(out);
    buffer_add_text(out, buffer_text(&whole));
    if (whole.failed) out->failed = true;
    buffer_free(&whole);
}

static bool fits(const struct buffer *number, struct error *error) {
    struct text text = buffer_text(number);
    if (!number->failed && text_cut(text, COLUMN_LENGTH).length == text.length) return true;
    return error_set(error, ERROR_NOT_NATIVE,
                     "ticket numbers in this help desk's format are longer than %d characters",
                     COLUMN_LENGTH);
}

static bool random_digits(char digits[DIGITS_MAX + 1], unsigned count, struct error *error) {
    char first[2];
    if (!random_text("123456789", first, 1, error) || !random_text("0123456789", digits, count, error))
        return false;
    digits[0] = first[0];
    return true;
}

bool ticket_number_random(struct db *db, struct text format, struct buffer *number, struct claims *claims,
                          struct error *error) {
    char digits[DIGITS_MAX + 1];
    for (int i = 0; i < TRIES; i++) {
        buffer_clear(number);
        if (!random_digits(digits, ticket_number_digits(format), error)) return false;
        ticket_number_format(format, TEXT("0"), text_of(digits), number);
        if (!fits(number, error)) return false;
        int claimed = ticket_number_claim(db, buffer_text(number), claims, error);
        if (claimed != 0) return claimed > 0;
    }
    return error_set(error, ERROR_UNAVAILABLE, "all ticket numbers of this format seem to be taken");
}

int ticket_number_next(struct db *db, const struct number_source *source, struct buffer *number,
                       struct claims *claims, bool *taken, struct error *error) {
    char digits[32];
    int64_t value;
    buffer_clear(number);
    int found = sequence_next(db, source->sequence_id, &value, error);
    if (found <= 0) return found;
    snprintf(digits, sizeof digits, "%" PRId64, value);
    ticket_number_format(source->format, source->padding, text_of(digits), number);
    if (!fits(number, error)) return -1;
    int claimed = ticket_number_claim(db, buffer_text(number), claims, error);
    if (claimed > 0) claimed = claims_take_number(db, claims, buffer_text(number), error);
    *taken = claimed == 0;
    return claimed < 0 ? -1 : 1;
}
