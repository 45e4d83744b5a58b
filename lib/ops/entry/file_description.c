// SPDX-License-Identifier: GPL-2.0-or-later
// What a client says of one file, and the bytes that it means by it.
#include "ops/entry/file_description.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "markup/data_url.h"
#include "ops/entry/media_type.h"

#include <string.h>

#define SHORT_TEXT 8 // characters; shorter ones without padding are words rather than base64

static const char *take_name(struct text name, struct incoming_file *file) {
    file->name = text_trim(name);
    if (!file->name.length) return "has no file name";
    for (size_t i = 0; i < file->name.length; i++)
        if ((unsigned char)file->name.data[i] < 0x20) return "has control characters in its name";
    return NULL;
}

static bool is_any_of(struct text text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(text, text_of(words[i]))) return true;
    return false;
}

// The alphabet for URLs in that of RFC 4648, 4.
static struct text standard_alphabet(struct text text, struct arena *arena) {
    struct text copy = arena_copy(arena, text);
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; i < copy.length; i++)
        bytes[i] = bytes[i] == '-' ? '+' : bytes[i] == '_' ? '/' : bytes[i];
    return copy;
}

// The bytes that the base64 stands for; false when it is none.
static bool decode(struct text base64, struct arena *arena, struct text *bytes) {
    struct buffer decoded = buffer_new(base64.length + 16);
    bool fine = base64_decode_strict(base64, &decoded);
    if (fine) *bytes = arena_copy(arena, buffer_text(&decoded));
    buffer_free(&decoded);
    return fine;
}

static bool decode_any(struct text base64, struct arena *arena, struct text *bytes) {
    return decode(base64, arena, bytes) || decode(standard_alphabet(base64, arena), arena, bytes);
}

// Whether the text is whole groups of four in lines without blanks, as programs write base64.
static bool looks_like_base64(struct text text) {
    size_t characters = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == ' ' || text.data[i] == '\t') return false;
        characters += text.data[i] != '\r' && text.data[i] != '\n';
    }
    return characters && characters % 4 == 0;
}

static bool is_of(struct text type, const char *start) {
    return text_starts_with(type, text_of(start));
}

// Whether what is of this type can stand in JSON or XML only as base64.
static bool is_binary(struct text type) {
    static const char *const starts[] = {"image/",
                                         "audio/",
                                         "video/",
                                         "font/",
                                         "application/pdf",
                                         "application/zip",
                                         "application/gzip",
                                         "application/vnd.openxmlformats",
                                         "application/vnd.oasis.opendocument"};
    if (text_find(type, TEXT("+xml"), 0) >= 0) return false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (is_of(type, starts[i])) return true;
    return false;
}

// Base64 that does not say so. With a type for which only base64 makes sense it is taken for that; elsewhere
// when the bytes are of a known kind, which words that happen to look like base64 never are.
static bool is_unsaid_base64(struct text data, struct text type, struct arena *arena, struct text *bytes) {
    if (!looks_like_base64(data) || !decode(data, arena, bytes)) return false;
    if (is_binary(type)) return true;
    struct text kind = media_type_of(*bytes);
    if (text_equal(kind, TEXT("application/octet-stream"))) return is_of(type, "application/octet-stream");
    bool padded = data.data[data.length - 1] == '=';
    return padded || data.length >= SHORT_TEXT || !is_of(kind, "text/plain");
}

static const char *take_raw(struct text data, struct arena *arena, struct incoming_file *file) {
    struct text kind = media_type_of(data);
    if (is_unsaid_base64(data, file->type, arena, &file->data)) return NULL;
    file->data = data;
    bool wrong = data.length && is_binary(file->type) && is_of(kind, "text/plain");
    return wrong ? "has a type whose data must be base64, and they are not" : NULL;
}

// A file's bytes are its own: the charset that a client gives them is no more than their label.
static const char *take_url(const struct data_url *url, bool base64, struct arena *arena,
                            struct incoming_file *file) {
    struct buffer bytes = buffer_new(url->content.length);
    if (base64 && !url->is_base64)
        return decode_any(url->content, arena, &file->data) ? NULL : "is said to be base64, and is not";
    file->data = url->content;
    if (!url->is_base64) return NULL;
    data_url_bytes(url, &bytes);
    file->data = arena_copy(arena, buffer_text(&bytes));
    buffer_free(&bytes);
    return NULL;
}

static bool says_base64(struct text data) {
    struct text head = {data.data, data.length < 100 ? data.length : 100};
    return text_starts_with(data, TEXT("data:")) && text_find(head, TEXT("base64,"), 0) >= 0;
}

static const char *take_data(const struct file_description *description, struct arena *arena,
                             struct incoming_file *file) {
    static const char *const none[] = {"7bit", "8bit", "binary", "none", "plain", "text", "utf-8", "utf8"};
    bool base64 = text_equal_ignoring_case(description->encoding, TEXT("base64"));
    struct data_url url;
    if (!base64 && description->encoding.length &&
        !is_any_of(description->encoding, none, sizeof none / sizeof *none))
        return "has an encoding other than \"base64\"";
    if (data_url_read(description->data, &url)) {
        if (!file->type.length) file->type = url.type;
        return take_url(&url, base64, arena, file);
    }
    if (says_base64(description->data)) return "has a data: URL that cannot be read";
    if (!base64) return take_raw(description->data, arena, file);
    return decode_any(description->data, arena, &file->data) ? NULL : "is said to be base64, and is not";
}

const char *file_description_read(const struct file_description *description, struct arena *arena,
                                  struct incoming_file *file) {
    const char *trouble = take_name(description->name, file);
    file->type = text_trim(description->type);
    if (!trouble && text_is_null(description->data)) trouble = "has no data";
    if (!trouble) trouble = take_data(description, arena, file);
    if (!file->type.length && file->data.data == description->data.data) file->type = description->raw_type;
    file->type = file->type.length ? media_type_to_keep(file->type) : media_type_of(file->data);
    return trouble;
}

const char *file_of_bytes(struct text name, struct text type, struct text bytes, struct incoming_file *file) {
    const char *trouble = take_name(name, file);
    file->data = bytes;
    file->type = text_trim(type).length ? media_type_to_keep(text_trim(type)) : media_type_of(bytes);
    return trouble;
}
