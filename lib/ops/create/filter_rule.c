// SPDX-License-Identifier: GPL-2.0-or-later
// One rule of a ticket filter against one text.
#include "ops/create/filter_rule.h"

#include "base/buffer.h"
#include "pattern/pattern.h"

#include <stddef.h>
#include <string.h>

typedef bool rule_operator(struct text value, struct text subject);

static bool is_equal(struct text value, struct text subject) {
    return text_equal_ignoring_case(value, subject);
}

static bool is_not_equal(struct text value, struct text subject) {
    return !is_equal(value, subject);
}

static void add_lower(struct text text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        buffer_add_char(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
    }
}

// In small letters first: memmem() stays linear whatever the texts are.
static bool contains(struct text value, struct text subject) {
    if (!value.length) return true;
    if (value.length > subject.length) return false;
    struct buffer small_value = buffer_new(value.length + 1), small_subject = buffer_new(subject.length + 1);
    add_lower(value, &small_value);
    add_lower(subject, &small_subject);
    bool found =
        memmem(small_subject.data, small_subject.length, small_value.data, small_value.length) != NULL;
    buffer_free(&small_value);
    buffer_free(&small_subject);
    return found;
}

static bool does_not_contain(struct text value, struct text subject) {
    return !contains(value, subject);
}

static bool starts(struct text value, struct text subject) {
    return subject.length >= value.length && is_equal(value, (struct text){subject.data, value.length});
}

static bool ends(struct text value, struct text subject) {
    return subject.length >= value.length &&
           is_equal(value, (struct text){subject.data + subject.length - value.length, value.length});
}

static bool matches(struct text value, struct text subject) {
    struct error ignored = {0};
    bool found;
    return pattern_match(value, subject, &found, &ignored) && found;
}

static bool does_not_match(struct text value, struct text subject) {
    return !matches(value, subject);
}

static const struct {
    const char *how;
    rule_operator *fits;
} operators[] = {
    {"equal", is_equal},    {"not_equal", is_not_equal},
    {"contains", contains}, {"dn_contain", does_not_contain},
    {"starts", starts},     {"ends", ends},
    {"match", matches},     {"not_match", does_not_match},
};

static rule_operator *find(struct text how) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (text_equal(how, text_of(operators[i].how))) return operators[i].fits;
    return NULL;
}

bool filter_rule_is_known(struct text how) {
    return find(how) != NULL;
}

bool filter_rule_fits(struct text how, struct text value, struct text subject) {
    rule_operator *fits = find(how);
    return fits && fits(value.data ? value : TEXT(""), subject.data ? subject : TEXT(""));
}
