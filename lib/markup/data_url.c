// SPDX-License-Identifier: GPL-2.0-or-later
// data: URLs, RFC 2397.
#include "markup/data_url.h"

#include "base/digits.h"
#include "markup/charset.h"

#include <stdint.h>
#include <string.h>

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void markup_decode_base64(struct text encoded, struct buffer *out) {
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        int value = base64_value(encoded.data[i]);
        if (value < 0) continue;
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFF;
        count = (count + 6) % 8;
        // Each digit but the first of four completes a byte.
        if (count != 6) buffer_add_char(out, (char)(bits >> count & 0xFF));
    }
}

static void decode_percents(struct text encoded, struct buffer *out) {
    for (size_t i = 0; i < encoded.length; i++) {
        int byte = encoded.data[i] == '%' ? digits_hexadecimal(encoded, i + 1) : -1;
        buffer_add_char(out, byte < 0 ? encoded.data[i] : (char)byte);
        i += byte < 0 ? 0 : 2;
    }
}

// The parameters between the media type and the comma.
static struct text read_parameters(struct text parameters, bool *base64) {
    struct text charset = TEXT_NULL;
    *base64 = false;
    for (size_t i = 0; i < parameters.length;) {
        const char *semicolon = memchr(parameters.data + i, ';', parameters.length - i);
        size_t end = semicolon ? (size_t)(semicolon - parameters.data) : parameters.length;
        struct text parameter = text_trim((struct text){parameters.data + i, end - i});
        if (text_equal_ignoring_case(parameter, TEXT("base64"))) *base64 = true;
        if (parameter.length > 8 && strncasecmp(parameter.data, "charset=", 8) == 0)
            charset = (struct text){parameter.data + 8, parameter.length - 8};
        i = end + 1;
    }
    if (charset.length >= 2 && charset.data[0] == '"' && charset.data[charset.length - 1] == '"')
        charset = (struct text){charset.data + 1, charset.length - 2};
    return charset;
}

static void decode(struct text content, bool base64, struct buffer *bytes) {
    if (!base64) {
        decode_percents(content, bytes);
        return;
    }
    struct buffer digits = buffer_new(content.length);
    bool percents = content.length && memchr(content.data, '%', content.length);
    if (percents) decode_percents(content, &digits);
    markup_decode_base64(percents ? buffer_text(&digits) : content, bytes);
    if (digits.failed) bytes->failed = true;
    buffer_free(&digits);
}

static bool is_text_type(struct text type) {
    return type.length >= 5 && strncasecmp(type.data, "text/", 5) == 0;
}

bool markup_parse_data_url(struct text url, struct data_url *result, struct buffer *bytes,
                           struct error *error) {
    *result = (struct data_url){TEXT("text/plain"), url, false, false};
    if (!text_starts_with(url, TEXT("data:"))) return true;
    const char *comma = memchr(url.data, ',', url.length);
    struct text head = {url.data + 5, (comma ? (size_t)(comma - url.data) : url.length) - 5};
    struct text content = comma ? (struct text){comma + 1, url.length - head.length - 6} : TEXT("");
    const char *semicolon = head.length ? memchr(head.data, ';', head.length) : NULL;
    struct text type = {head.data, semicolon ? (size_t)(semicolon - head.data) : head.length};
    struct text parameters =
        semicolon ? (struct text){semicolon + 1, head.length - type.length - 1} : TEXT("");
    result->is_url = true;
    if (text_trim(type).length) result->type = text_trim(type);
    struct text charset = read_parameters(parameters, &result->is_base64);
    decode(content, result->is_base64, bytes);
    if (is_text_type(result->type)) markup_to_utf8(charset, bytes);
    result->data = buffer_text(bytes);
    return !bytes->failed || error_set(error, ERROR_TOO_LARGE, "the data are too large");
}
