// SPDX-License-Identifier: GPL-2.0-or-later
// Fields of one line: text with its validators, and telephone numbers.
#include "forms/field.h"

#include "contact/mail_address_syntax.h"
#include "contact/phone.h"
#include "markup/escape.h"
#include "pattern/pattern.h"

#include <arpa/inet.h>
#include <string.h>

#define DIGITS_DEFAULT 7

static bool is_phone(struct text text) {
    char digits[32];
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("()-.+ ", text.data[i]) && text.data[i]) continue;
        if (length == sizeof digits) return false;
        digits[length++] = text.data[i];
    }
    return length >= 7 && length <= 16 && text_is_numeric((struct text){digits, length});
}

static bool is_ip(struct text text) {
    char copy[64];
    unsigned char address[16];
    text = text_trim(text);
    if (!text.length || text.length >= sizeof copy) return false;
    memcpy(copy, text.data, text.length);
    copy[text.length] = '\0';
    return inet_pton(AF_INET, copy, address) == 1 || inet_pton(AF_INET6, copy, address) == 1;
}

static bool is_email(struct text text) {
    return mail_address_is_valid(text);
}

static bool is_number(struct text text) {
    return text_equal(text, TEXT("&#48")) || text_is_numeric(text);
}

// A pattern that cannot be read fits nothing, as in PHP.
static bool fits_pattern(const struct filling *filling, struct text text) {
    struct error ignored = {0};
    bool matches;
    return pattern_match(field_setting(filling, "regex", TEXT("")), text, &matches, &ignored) && matches;
}

static const struct validator {
    const char *name;
    bool (*is_valid)(struct text text);
    const char *complaint;
} validators[] = {
    {"email", is_email, "Enter a valid email address"},
    {"phone", is_phone, "Enter a valid phone number"},
    {"ip", is_ip, "Enter a valid IP address"},
    {"number", is_number, "Enter a Number"},
    {"", field_is_no_formula, "Content cannot start with the following characters: = - + @"},
};

static void complain_as_set(struct filling *filling, const char *complaint) {
    struct text own = field_setting(filling, "validator-error", TEXT(""));
    field_complain(filling, own.length ? own : text_of(complaint));
}

// `escaped` is the text as PHP checks it, with & < > " as references, and "0" as one.
static void validate(struct filling *filling, struct text escaped) {
    struct text wanted = field_setting(filling, "validator", TEXT(""));
    if (text_equal(wanted, TEXT("regex"))) {
        if (!fits_pattern(filling, escaped))
            complain_as_set(filling, "Value does not match required pattern");
        return;
    }
    for (size_t i = 0; i < sizeof validators / sizeof *validators; i++)
        if (text_equal(wanted, text_of(validators[i].name)) && !validators[i].is_valid(escaped))
            complain_as_set(filling, validators[i].complaint);
}

static void add_without_nul(struct text text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i]) buffer_add_char(out, text.data[i]);
}

bool field_fill_text(struct filling *filling, bool required) {
    struct text given;
    if (!field_given_text(filling, &given)) return false;
    struct buffer plain = buffer_new(given.length + 16), escaped = buffer_new(given.length * 12 + 16);
    struct buffer unescaped = buffer_new(given.length + 16);
    // As typed: PHP takes the tags out, and with them what only looks like one.
    markup_unescape_once(given, &unescaped);
    add_without_nul(buffer_text(&unescaped), &plain);
    struct text value = arena_copy(filling->arena, buffer_text(&plain));
    if (text_equal(value, TEXT("0")))
        buffer_add_string(&escaped, "&#48");
    else
        markup_escape_once(value, &escaped);
    bool failed = plain.failed || escaped.failed || unescaped.failed;
    if (!failed && value.length) validate(filling, buffer_text(&escaped));
    if (required && !value.length) field_complain_required(filling);
    buffer_free(&plain);
    buffer_free(&escaped);
    buffer_free(&unescaped);
    field_keep(filling, value, value);
    return !failed || error_too_large(filling->error);
}

// Digits and the X before an extension; a text with neither as it came, to be found wrong.
static struct text phone_digits(struct filling *filling, struct text given) {
    char *kept = arena_take(filling->arena, given.length + 1);
    size_t length = 0;
    if (!kept) return TEXT_NULL;
    for (size_t i = 0; i < given.length; i++)
        if ((given.data[i] >= '0' && given.data[i] <= '9') || given.data[i] == 'X')
            kept[length++] = given.data[i];
    bool falsy = length == 0 || (length == 1 && kept[0] == '0');
    return falsy ? given : (struct text){kept, length};
}

static bool is_truthy(struct text text) {
    return text.length && !text_equal(text, TEXT("0"));
}

static void validate_phone(struct filling *filling, struct text value) {
    ptrdiff_t mark = text_find(value, TEXT("X"), 0);
    struct text number = {value.data, mark < 0 ? value.length : (size_t)mark};
    struct text extension = TEXT("");
    int64_t digits = DIGITS_DEFAULT;
    if (mark >= 0) extension = (struct text){value.data + mark + 1, value.length - (size_t)mark - 1};
    if (!text_to_int64(text_trim(field_setting(filling, "digits", TEXT("7"))), &digits)) digits = 0;
    if (is_truthy(number) && (!text_is_numeric(number) || (int64_t)number.length < digits))
        field_complain(filling, TEXT("Enter a valid phone number"));
    if (!is_truthy(extension) || !field_switch(filling, "ext", true)) return;
    if (!text_is_numeric(extension))
        field_complain(filling, TEXT("Enter a valid phone extension"));
    else if (!is_truthy(number))
        field_complain(filling, TEXT("Enter a phone number for the extension"));
}

bool field_fill_phone(struct filling *filling, bool required) {
    struct text given;
    if (!field_given_text(filling, &given)) return false;
    struct text value = phone_digits(filling, given);
    struct buffer shown = buffer_new(value.length + 64);
    if (required && !is_truthy(value)) field_complain_required(filling);
    if (value.length) {
        validate_phone(filling, value);
        phone_format(value, field_setting(filling, "format", TEXT("us")), &shown);
    }
    field_keep(filling, value, arena_copy(filling->arena, buffer_text(&shown)));
    buffer_free(&shown);
    return true;
}
