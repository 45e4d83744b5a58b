// SPDX-License-Identifier: GPL-2.0-or-later
// winmail.dat.
#include "mime/tnef.h"

#include "base/buffer.h"
#include "mime/charset.h"

#include <stdio.h>
#include <string.h>

#define SIGNATURE        0x223E9F78
#define LEVEL_MESSAGE    1
#define LEVEL_ATTACHMENT 2
#define FILES_MAX        256
#define ATTRIBUTE_MIN    11 // bytes

// Attributes, by the low half of their identifier.
enum attribute {
    ATTACH_TITLE = 0x8010,
    ATTACH_DATA = 0x800F,
    ATTACH_RENDERING = 0x9002, // begins an attachment
    ATTACHMENT = 0x9005,       // its properties
    PROPERTIES = 0x9003,       // of the message
    CODE_PAGE = 0x9007,
};

// MAPI properties.
enum property {
    PROPERTY_IMPORTANCE = 0x0017,
    PROPERTY_BODY = 0x1000,
    PROPERTY_RTF = 0x1009,
    PROPERTY_HTML = 0x1013,
    PROPERTY_INTERNET_CODE_PAGE = 0x3FDE,
    PROPERTY_FILE_NAME = 0x3704,
    PROPERTY_LONG_FILE_NAME = 0x3707,
    PROPERTY_TRANSPORT_NAME = 0x370C,
    PROPERTY_MIME_TYPE = 0x370E,
    PROPERTY_CONTENT_ID = 0x3712,
    PROPERTY_DATA = 0x3701,
};

enum type {
    TYPE_SHORT = 2,
    TYPE_LONG = 3,
    TYPE_FLOAT = 4,
    TYPE_DOUBLE = 5,
    TYPE_CURRENCY = 6,
    TYPE_APPLICATION_TIME = 7,
    TYPE_ERROR = 10,
    TYPE_BOOLEAN = 11,
    TYPE_OBJECT = 13,
    TYPE_INT64 = 20,
    TYPE_STRING = 30,
    TYPE_UNICODE = 31,
    TYPE_TIME = 64,
    TYPE_GUID = 72,
    TYPE_BINARY = 258
};
#define TYPE_MULTIPLE 0x1000

struct reader {
    struct text bytes;
    size_t at;
    bool failed;
};

// Where a file's name comes from, the worst first: as PHP looks for it.
enum name_source { NAMED_BY_NOTHING, NAMED_BY_TITLE, NAMED_BY_TRANSPORT, NAMED_SHORT, NAMED_LONG };

struct parsing {
    struct tnef *tnef;
    struct arena *arena;
    enum name_source named_by; // the file at hand
    uint32_t code_page, html_code_page;
    struct text html; // as it stands
};

static struct text take(struct reader *reader, size_t length) {
    if (reader->failed || length > reader->bytes.length - reader->at) {
        reader->failed = true;
        return TEXT("");
    }
    struct text taken = {reader->bytes.data + reader->at, length};
    reader->at += length;
    return taken;
}

static uint32_t number_of(struct text bytes) {
    uint32_t number = 0;
    for (size_t i = bytes.length < 4 ? bytes.length : 4; i > 0; i--)
        number = number << 8 | (unsigned char)bytes.data[i - 1];
    return number;
}

static uint32_t take_number(struct reader *reader, size_t size) {
    return number_of(take(reader, size));
}

// Values are padded to four bytes.
static struct text take_padded(struct reader *reader, size_t length) {
    struct text taken = take(reader, length);
    size_t padding = (4 - length % 4) % 4, left = reader->bytes.length - reader->at;
    if (!reader->failed) take(reader, padding < left ? padding : left);
    return taken;
}

static size_t size_of(uint32_t type) {
    switch (type) {
    case TYPE_SHORT:
    case TYPE_LONG:
    case TYPE_FLOAT:
    case TYPE_ERROR:
    case TYPE_BOOLEAN: return 4;
    case TYPE_DOUBLE:
    case TYPE_CURRENCY:
    case TYPE_APPLICATION_TIME:
    case TYPE_INT64:
    case TYPE_TIME: return 8;
    case TYPE_GUID: return 16;
    default: return 0; // has its length in front, and a count before that
    }
}

static struct text without_zeros(struct text text) {
    while (text.length && !text.data[text.length - 1]) text.length--;
    return text;
}

static struct text charset_of(uint32_t code_page, char name[32]) {
    snprintf(name, 32, "windows-%u", code_page);
    if (code_page == 65001 || !code_page) return TEXT("utf-8");
    if (code_page == 20127) return TEXT("us-ascii");
    if (code_page == 932) return TEXT("shift_jis");
    if (code_page == 936) return TEXT("gbk");
    if (code_page == 949) return TEXT("cp949");
    if (code_page == 950) return TEXT("big5");
    if (code_page == 20866) return TEXT("koi8-r");
    if (code_page >= 28591 && code_page <= 28605) snprintf(name, 32, "iso-8859-%u", code_page - 28590);
    return text_of(name);
}

static struct text string_of(struct parsing *parsing, uint32_t type, struct text value) {
    char name[32];
    if (type != TYPE_UNICODE)
        return mail_to_utf8(without_zeros(value), charset_of(parsing->code_page, name), parsing->arena);
    if (value.length > 1 && !value.data[value.length - 1] && !value.data[value.length - 2]) value.length -= 2;
    return mail_to_utf8(value, TEXT("utf-16le"), parsing->arena);
}

static struct mail_attachment *file_at_hand(struct parsing *parsing) {
    struct tnef *tnef = parsing->tnef;
    return tnef->file_count ? &tnef->files[tnef->file_count - 1] : NULL;
}

static void name_file(struct parsing *parsing, enum name_source source, struct text name) {
    struct mail_attachment *file = file_at_hand(parsing);
    if (!file || source <= parsing->named_by || !name.length) return;
    file->name = name;
    parsing->named_by = source;
}

static enum name_source source_of(uint32_t id) {
    switch (id) {
    case PROPERTY_TRANSPORT_NAME: return NAMED_BY_TRANSPORT;
    case PROPERTY_FILE_NAME: return NAMED_SHORT;
    case PROPERTY_LONG_FILE_NAME: return NAMED_LONG;
    default: return NAMED_BY_NOTHING;
    }
}

static void keep_of_file(struct parsing *parsing, uint32_t id, uint32_t type, struct text value) {
    struct mail_attachment *file = file_at_hand(parsing);
    enum name_source source = source_of(id);
    if (!file) return;
    if (source) name_file(parsing, source, string_of(parsing, type, value));
    if (id == PROPERTY_MIME_TYPE) file->type = string_of(parsing, type, value);
    if (id == PROPERTY_CONTENT_ID) file->content_id = string_of(parsing, type, value);
    if (id == PROPERTY_DATA && type == TYPE_BINARY && !file->data.length) file->data = value;
    if (id == PROPERTY_DATA && type == TYPE_OBJECT) parsing->tnef->has_objects = true;
}

static void keep_of_message(struct parsing *parsing, uint32_t id, uint32_t type, struct text value) {
    if (id == PROPERTY_IMPORTANCE && number_of(value) <= 2)
        parsing->tnef->urgency = 4 - (int)number_of(value);
    if (id == PROPERTY_INTERNET_CODE_PAGE) parsing->html_code_page = number_of(value);
    if (id == PROPERTY_HTML) parsing->html = type == TYPE_UNICODE ? string_of(parsing, type, value) : value;
    if ((id == PROPERTY_BODY || id == PROPERTY_RTF) && value.length > 2) parsing->tnef->has_other_text = true;
}

// The name of a property above 0x8000 stands in front of its value.
static void pass_name(struct reader *reader) {
    take(reader, 16);
    if (take_number(reader, 4) == 0)
        take(reader, 4);
    else
        take_padded(reader, take_number(reader, 4));
}

static void read_property(struct parsing *parsing, struct reader *reader, bool of_message) {
    uint32_t type = take_number(reader, 2), id = take_number(reader, 2);
    bool multiple = type & TYPE_MULTIPLE;
    if (id >= 0x8000) pass_name(reader);
    type &= ~(uint32_t)TYPE_MULTIPLE;
    size_t size = size_of(type);
    uint32_t count = multiple || !size ? take_number(reader, 4) : 1;
    for (uint32_t i = 0; i < count && !reader->failed; i++) {
        struct text value = take_padded(reader, size ? size : take_number(reader, 4));
        if (i > 0 || reader->failed) continue;
        if (of_message)
            keep_of_message(parsing, id, type, value);
        else
            keep_of_file(parsing, id, type, value);
    }
}

static bool read_properties(struct parsing *parsing, struct text bytes, bool of_message) {
    struct reader reader = {.bytes = bytes};
    uint32_t count = take_number(&reader, 4);
    for (uint32_t i = 0; i < count && !reader.failed; i++) read_property(parsing, &reader, of_message);
    return !reader.failed;
}

static bool begin_file(struct parsing *parsing) {
    struct tnef *tnef = parsing->tnef;
    if (tnef->file_count == FILES_MAX) return false;
    struct mail_attachment *file =
        arena_append(parsing->arena, &tnef->files, &tnef->file_count, sizeof *file);
    if (file) *file = (struct mail_attachment){TEXT(""), TEXT(""), TEXT(""), TEXT_NULL};
    parsing->named_by = NAMED_BY_NOTHING;
    return file != NULL;
}

static bool read_attribute(struct parsing *parsing, uint32_t id, struct text data) {
    struct mail_attachment *file = file_at_hand(parsing);
    switch (id) {
    case CODE_PAGE: parsing->code_page = number_of(data); return true;
    case PROPERTIES: return read_properties(parsing, data, true);
    case ATTACH_RENDERING: return begin_file(parsing);
    case ATTACH_TITLE: name_file(parsing, NAMED_BY_TITLE, string_of(parsing, TYPE_STRING, data)); return true;
    case ATTACH_DATA:
        if (file) file->data = data;
        return true;
    case ATTACHMENT: return read_properties(parsing, data, false);
    default: return true;
    }
}

static bool sum_is_right(struct text data, uint32_t sum) {
    uint32_t reckoned = 0;
    for (size_t i = 0; i < data.length; i++) reckoned += (unsigned char)data.data[i];
    return (reckoned & 0xFFFF) == sum;
}

static struct text base_name(struct text path) {
    for (size_t i = path.length; i > 0; i--)
        if (path.data[i - 1] == '/' || path.data[i - 1] == '\\')
            return (struct text){path.data + i, path.length - i};
    return path;
}

// Mails and other objects within are not read: of them there is a name alone.
static void drop_objects(struct tnef *tnef) {
    size_t kept = 0;
    for (size_t i = 0; i < tnef->file_count; i++)
        if (tnef->files[i].data.length || !tnef->has_objects) tnef->files[kept++] = tnef->files[i];
    tnef->has_objects = kept < tnef->file_count;
    tnef->file_count = kept;
}

static void settle(struct parsing *parsing) {
    struct tnef *tnef = parsing->tnef;
    char name[32];
    uint32_t code_page = parsing->html_code_page ? parsing->html_code_page : parsing->code_page;
    if (parsing->html.length)
        tnef->html = mail_to_utf8(without_zeros(parsing->html), charset_of(code_page, name), parsing->arena);
    for (size_t i = 0; i < tnef->file_count; i++) {
        tnef->files[i].name = base_name(tnef->files[i].name);
        if (!tnef->files[i].name.length) tnef->files[i].name = TEXT("attachment");
    }
}

// Zeros or line ends that fill the end of the file.
static bool is_filling(struct text rest) {
    size_t i = 0;
    while (i < rest.length && memchr("\0\r\n", rest.data[i], 3)) i++;
    return rest.length < ATTRIBUTE_MIN && i == rest.length;
}

bool tnef_read(struct text bytes, struct arena *arena, struct tnef *tnef) {
    struct reader reader = {.bytes = bytes};
    *tnef = (struct tnef){.html = TEXT_NULL};
    struct parsing parsing = {.tnef = tnef, .arena = arena, .html = TEXT_NULL};
    if (take_number(&reader, 4) != SIGNATURE) return false;
    take(&reader, 2);
    while (!reader.failed && !is_filling((struct text){bytes.data + reader.at, bytes.length - reader.at})) {
        uint32_t level = take_number(&reader, 1), id = take_number(&reader, 4) & 0xFFFF;
        struct text data = take(&reader, take_number(&reader, 4));
        uint32_t sum = take_number(&reader, 2);
        bool known = level == LEVEL_MESSAGE || level == LEVEL_ATTACHMENT;
        if (reader.failed || !known || !sum_is_right(data, sum) || !read_attribute(&parsing, id, data))
            return false;
    }
    if (reader.failed) return false;
    drop_objects(tnef);
    settle(&parsing);
    return !arena->failed;
}
