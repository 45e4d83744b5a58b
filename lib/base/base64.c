// SPDX-License-Identifier: GPL-2.0-or-later
// Base64 both ways.
#include "base/base64.h"

#include <stdint.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct text bytes, struct buffer *out) {
    size_t length = BASE64_LENGTH(bytes.length);
    char *room = length ? buffer_reserve(out, length) : NULL;
    if (!room) return;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t left = bytes.length - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.data[i] << 16;
        if (left > 1) group |= (uint32_t)(unsigned char)bytes.data[i + 1] << 8;
        if (left > 2) group |= (unsigned char)bytes.data[i + 2];
        *room++ = alphabet[group >> 18];
        *room++ = alphabet[group >> 12 & 63];
        *room++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
        *room++ = left > 2 ? alphabet[group & 63] : '=';
    }
    *room = '\0';
    out->length += length;
}

static int value_of(unsigned char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Decodes into `room`, which holds three bytes for each four characters. `*length` is what was decoded.
static bool decode(struct text text, bool strict, char *room, size_t *length) {
    uint32_t bits = 0;
    size_t characters = 0, padding = 0, written = 0;
    for (size_t i = 0; i < text.length; i++) {
        int value = value_of((unsigned char)text.data[i]);
        if (text.data[i] == '=') {
            padding++;
        } else if (value >= 0) {
            if (strict && padding) return false;
            bits = bits << 6 | (uint32_t)value;
            // 6, 12, 18, 24 bits are there: each but the first character of a group ends a byte.
            unsigned place = characters++ % 4;
            if (place) room[written++] = (char)(bits >> (6 - 2 * place));
        } else if (strict && !is_blank(text.data[i])) {
            return false;
        }
    }
    *length = written;
    if (!strict) return true;
    if (characters % 4 == 1) return false;
    return padding == 0 || (padding <= 2 && (characters + padding) % 4 == 0);
}

static bool append(struct text text, bool strict, struct buffer *out) {
    size_t length = 0;
    char *room = buffer_reserve(out, text.length / 4 * 3 + text.length % 4 * 3 / 4);
    if (!room) return false;
    bool fine = decode(text, strict, room, &length);
    if (fine) out->length += length;
    out->data[out->length] = '\0';
    return fine;
}

void base64_decode_lenient(struct text text, struct buffer *out) {
    append(text, false, out);
}

bool base64_decode_strict(struct text text, struct buffer *out) {
    return append(text, true, out);
}

void base64_url_encode(struct text bytes, struct buffer *out) {
    size_t begin = out->length;
    base64_encode(bytes, out);
    while (out->length > begin && out->data[out->length - 1] == '=') out->data[--out->length] = '\0';
    for (size_t i = begin; i < out->length; i++)
        out->data[i] = (char)(out->data[i] == '+' ? '-' : out->data[i] == '/' ? '_' : out->data[i]);
}

bool base64_url_decode(struct text text, struct buffer *out) {
    struct buffer plain = buffer_new(text.length + 1);
    bool good = text.length % 4 != 1;
    for (size_t i = 0; good && i < text.length; i++) {
        char c = text.data[i];
        good = value_of((unsigned char)c) >= 0 ? c != '+' && c != '/' : c == '-' || c == '_';
        buffer_add_char(&plain, (char)(c == '-' ? '+' : c == '_' ? '/' : c));
    }
    good = good && !plain.failed && base64_decode_strict(buffer_text(&plain), out) && !out->failed;
    buffer_free(&plain);
    return good;
}
