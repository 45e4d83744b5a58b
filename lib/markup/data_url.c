// SPDX-License-Identifier: GPL-2.0-or-later
// data: URLs, RFC 2397.
#include "markup/data_url.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define CHARSET_MAX_LENGTH 60

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

static int hexadecimal(char c) {
    return isdigit((unsigned char)c) ? c - '0' : isxdigit((unsigned char)c) ? (c | 0x20) - 'a' + 10 : -1;
}

static void decode_percents(struct text encoded, struct buffer *out) {
    for (size_t i = 0; i < encoded.length; i++) {
        int high = -1, low = -1;
        if (encoded.data[i] == '%' && i + 2 < encoded.length) {
            high = hexadecimal(encoded.data[i + 1]);
            low = hexadecimal(encoded.data[i + 2]);
        }
        bool decoded = high >= 0 && low >= 0;
        buffer_add_char(out, decoded ? (char)(high << 4 | low) : encoded.data[i]);
        i += decoded ? 2 : 0;
    }
}

// The name iconv knows; false when there is nothing to convert. Wrong and vague names are those that mails
// really carry.
static bool charset_name(struct text charset, char name[CHARSET_MAX_LENGTH + 1]) {
    static const char *const latin1[] = {"default", "x-user-defined", "iso", "us-ascii"};
    if (charset.length == 0 || charset.length > CHARSET_MAX_LENGTH) return false;
    if (text_equal_ignoring_case(charset, TEXT("utf-8")) || text_equal_ignoring_case(charset, TEXT("utf8")))
        return false;
    snprintf(name, CHARSET_MAX_LENGTH + 1, "%.*s", (int)charset.length, charset.data);
    for (size_t i = 0; i < sizeof latin1 / sizeof *latin1; i++)
        if (text_equal_ignoring_case(charset, text_of(latin1[i]))) strcpy(name, "ISO-8859-1");
    if (strncasecmp(name, "ks_c_5601-1987", 14) == 0) strcpy(name, "CP949");
    if (strncasecmp(name, "gb2312", 6) == 0) strcpy(name, "GBK");
    if (strncasecmp(name, "windows", 7) == 0 && isdigit((unsigned char)name[7]))
        snprintf(name, CHARSET_MAX_LENGTH + 1, "WINDOWS-%.*s", (int)charset.length - 7, charset.data + 7);
    if (strncasecmp(name, "iso8", 4) == 0)
        snprintf(name, CHARSET_MAX_LENGTH + 1, "ISO-%.*s", (int)charset.length - 3, charset.data + 3);
    return true;
}

// One step of the conversion; what it made is appended. 0, EILSEQ when the input's next byte makes no
// character, EINVAL when its last character is cut off.
static int convert_step(iconv_t conversion, char **in, size_t *left, struct buffer *out) {
    char piece[4096], *to = piece;
    size_t room = sizeof piece;
    size_t result = iconv(conversion, in, left, &to, &room);
    int reason = errno;
    buffer_add(out, piece, sizeof piece - room);
    return result == (size_t)-1 && reason != E2BIG ? reason : 0;
}

// Appends `bytes` as UTF-8, without what the charset has no character for. False when the charset is unknown.
// Not by "//IGNORE": with it glibc calls an input malformed that it has already used up.
static bool convert(struct text bytes, const char *charset, struct buffer *out) {
    iconv_t conversion = iconv_open("UTF-8", charset);
    if (conversion == (iconv_t)-1) return false;
    char *in = (char *)(uintptr_t)bytes.data;
    size_t left = bytes.length;
    while (left && !out->failed) {
        int trouble = convert_step(conversion, &in, &left, out);
        if (trouble == EINVAL) break;
        if (!trouble || !left) continue;
        in++;
        left--;
    }
    convert_step(conversion, NULL, NULL, out); // what a charset with shifts holds back
    iconv_close(conversion);
    return true;
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

static void to_utf8(struct text charset, struct buffer *bytes) {
    char name[CHARSET_MAX_LENGTH + 1];
    if (!charset_name(charset, name)) return;
    struct buffer converted = buffer_new(bytes->ceiling);
    if (convert(buffer_text(bytes), name, &converted) && converted.length) {
        buffer_clear(bytes);
        buffer_add_text(bytes, buffer_text(&converted));
        if (converted.failed) bytes->failed = true;
    }
    buffer_free(&converted);
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
    if (is_text_type(result->type)) to_utf8(charset, bytes);
    result->data = buffer_text(bytes);
    return !bytes->failed || error_set(error, ERROR_TOO_LARGE, "the data are too large");
}
