// SPDX-License-Identifier: GPL-2.0-or-later
// Text as pointer and length: borrowed views, strict numbers, UTF-8.
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A view of bytes that somebody else owns. data == NULL is "no value" (SQL NULL), which is not the empty
// text. Not terminated unless the function that made it says so.
struct text {
    const char *data;
    size_t length;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
#define TEXT_NULL     ((struct text){NULL, 0})

// The view of a terminated string; TEXT_NULL for NULL.
struct text text_of(const char *string);

bool text_is_null(struct text text);
bool text_equal(struct text a, struct text b);               // bytes; a null text equals only a null text
bool text_equal_ignoring_case(struct text a, struct text b); // ASCII letters only
int text_compare(struct text a, struct text b);              // by bytes: below 0, 0, above 0, as memcmp()
bool text_starts_with(struct text text, struct text prefix);
bool text_ends_with(struct text text, struct text ending);
bool text_ends_with_ignoring_case(struct text text, struct text ending); // ASCII letters only
struct text text_trim(struct text text); // without blank, \t \n \r \v \f and NUL at both ends

// The offset of the first `needle` at or after `from`, or -1.
ptrdiff_t text_find(struct text text, struct text needle, size_t from);

// A decimal integer, the whole text and nothing else: no blank, no plus sign, no octal. False when it is not
// one or does not fit.
bool text_to_int64(struct text text, int64_t *value);

// PHP's is_numeric(): blanks around, sign, decimals and exponent allowed; no hexadecimal.
// https://www.php.net/manual/en/language.types.numeric-strings.php
bool text_is_numeric(struct text text);

bool text_is_ascii(struct text text);

// Whether a byte is a control character of ASCII, DEL among them.
bool text_has_control(struct text text);

// Well-formed UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool text_is_utf8(struct text text);

// The code point at `*offset`, which moves behind it. Malformed bytes give U+FFFD, one byte each. `*offset`
// must be less than the length.
uint32_t text_next_code_point(struct text text, size_t *offset);

// Whether any code point is above U+FFFF (MySQL's utf8mb3 cannot hold it).
bool text_has_supplementary(struct text text);

// The longest prefix of at most `code_points` code points that does not cut one.
struct text text_cut(struct text text, size_t code_points);

// The longest prefix of at most `bytes` bytes that does not cut a code point.
struct text text_cut_bytes(struct text text, size_t bytes);

#endif
