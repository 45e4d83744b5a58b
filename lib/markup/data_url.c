// SPDX-License-Identifier: GPL-2.0-or-later
// data: URLs, RFC 2397, as clients of help desks write them.
#include "markup/data_url.h"

#include "base/base64.h"
#include "base/digits.h"
#include "base/media_type_syntax.h"
#include "markup/charset.h"

#include <string.h>

// An escape counts as what it means: most often it is the padding, "%3D".
static void add_unescaped(struct text escaped, struct buffer *out) {
    for (size_t i = 0; i < escaped.length; i++) {
        int meant = escaped.data[i] == '%' ? digits_hexadecimal(escaped, i + 1) : -1;
        buffer_add_char(out, meant < 0 ? escaped.data[i] : (char)meant);
        if (meant >= 0) i += 2;
    }
}

static void decode_base64(struct text encoded, struct buffer *out) {
    struct buffer plain = buffer_new(encoded.length);
    bool escaped = encoded.length && memchr(encoded.data, '%', encoded.length);
    if (escaped) add_unescaped(encoded, &plain);
    base64_decode_lenient(escaped ? buffer_text(&plain) : encoded, out);
    out->failed = out->failed || plain.failed;
    buffer_free(&plain);
}

static struct text unquoted(struct text value) {
    bool quoted = value.length >= 2 && value.data[0] == '"' && value.data[value.length - 1] == '"';
    return quoted ? (struct text){value.data + 1, value.length - 2} : value;
}

// "charset=utf-8", "base64", or any other; false when it is no parameter at all. What a value may be is not
// looked at: names of files stand there as they are.
static bool read_parameter(struct text parameter, struct data_url *url) {
    size_t name = 0;
    while (name < parameter.length && media_type_is_token_character(parameter.data[name])) name++;
    struct text label = {parameter.data, name};
    if (name == parameter.length) {
        if (text_equal_ignoring_case(label, TEXT("base64"))) url->is_base64 = true;
        return true;
    }
    if (!name || parameter.data[name] != '=') return false;
    if (text_equal_ignoring_case(label, TEXT("charset")))
        url->charset = unquoted((struct text){parameter.data + name + 1, parameter.length - name - 1});
    return true;
}

static bool read_parameters(struct text parameters, struct data_url *url) {
    while (parameters.length) {
        const char *semicolon = memchr(parameters.data, ';', parameters.length);
        size_t length = semicolon ? (size_t)(semicolon - parameters.data) : parameters.length;
        if (!read_parameter(text_trim((struct text){parameters.data, length}), url)) return false;
        length += semicolon != NULL;
        parameters = (struct text){parameters.data + length, parameters.length - length};
    }
    return true;
}

// What stands before the comma.
static bool read_head(struct text head, struct data_url *url) {
    const char *semicolon = head.length ? memchr(head.data, ';', head.length) : NULL;
    struct text type = {head.data, semicolon ? (size_t)(semicolon - head.data) : head.length};
    struct text parameters = {head.data + type.length, head.length - type.length};
    while (semicolon && type.length && type.data[type.length - 1] == ' ') type.length--;
    if (type.length) url->type = type;
    return media_type_is_well_formed(url->type) && read_parameters(parameters, url);
}

bool data_url_read(struct text text, struct data_url *url) {
    static const struct text scheme = {"data:", 5};
    const char *comma = text.length ? memchr(text.data, ',', text.length) : NULL;
    *url = (struct data_url){.type = TEXT("text/plain"), .content = text};
    if (!comma || !text_starts_with(text, scheme)) return false;
    struct text head = {text.data + scheme.length, (size_t)(comma - text.data) - scheme.length};
    if (!read_head(head, url)) {
        *url = (struct data_url){.type = TEXT("text/plain"), .content = text};
        return false;
    }
    url->content = (struct text){comma + 1, text.length - (size_t)(comma + 1 - text.data)};
    return true;
}

void data_url_bytes(const struct data_url *url, struct buffer *out) {
    if (url->is_base64)
        decode_base64(url->content, out);
    else
        buffer_add_text(out, url->content);
}

void data_url_text(const struct data_url *url, struct buffer *out) {
    data_url_bytes(url, out);
    if (url->is_base64) markup_to_utf8(url->charset, out);
}
