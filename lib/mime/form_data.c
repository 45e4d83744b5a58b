// SPDX-License-Identifier: GPL-2.0-or-later
// Bodies of the media type multipart/form-data.
#include "mime/form_data.h"

#include "base/buffer.h"
#include "base/media_type_syntax.h"

#include <string.h>

#define BOUNDARY_MAX 70 // RFC 2046, 5.1.1
#define HEADER_MAX   8192
#define NAME_SHOWN   60

struct form_reading {
    struct arena *arena;
    struct error *error;
    size_t place; // of the part at hand, from 1 on
};

static bool malformed(const struct form_reading *reading, const char *what) {
    return error_set(reading->error, ERROR_BAD_REQUEST, "The form's part %zu %s", reading->place, what);
}

static struct text from(struct text text, size_t at) {
    return (struct text){text.data + at, text.length - at};
}

static struct text without_blanks(struct text text) {
    while (text.length && (*text.data == ' ' || *text.data == '\t')) text = from(text, 1);
    return text;
}

// ---- values with parameters ----------------------------------------------------------------------------

struct form_parameter {
    struct text name, value;
};

// "a \"b\" c" without the quotes: the value lies in the text where nothing of it is escaped. False: it has no
// end.
static bool take_quoted(struct text *rest, struct arena *arena, struct text *value) {
    char *bytes = arena_take(arena, rest->length ? rest->length : 1);
    size_t length = 0, at = 1;
    for (; bytes && at < rest->length && rest->data[at] != '"'; at++) {
        bool escapes = rest->data[at] == '\\' && at + 1 < rest->length &&
                       (rest->data[at + 1] == '"' || rest->data[at + 1] == '\\');
        at += escapes;
        bytes[length++] = rest->data[at];
    }
    if (!bytes || at >= rest->length) return false;
    *value = (struct text){bytes, length};
    *rest = from(*rest, at + 1);
    return true;
}

static struct text take_token(struct text *rest) {
    struct text token = {rest->data, 0};
    while (token.length < rest->length && media_type_is_token_character(rest->data[token.length]))
        token.length++;
    *rest = from(*rest, token.length);
    return token;
}

// The next parameter of "; name=value; name=\"value\"". 1: there is one, 0: none is left, -1: that is none.
static int next_parameter(struct text *rest, struct arena *arena, struct form_parameter *parameter) {
    *rest = without_blanks(*rest);
    while (rest->length && *rest->data == ';') *rest = without_blanks(from(*rest, 1));
    if (!rest->length) return 0;
    parameter->name = take_token(rest);
    if (!parameter->name.length || !rest->length || *rest->data != '=') return -1;
    *rest = from(*rest, 1);
    if (rest->length && *rest->data == '"') {
        if (!take_quoted(rest, arena, &parameter->value)) return -1;
    } else {
        parameter->value = take_token(rest);
        if (!parameter->value.length) return -1;
    }
    struct text behind = without_blanks(*rest);
    return !behind.length || *behind.data == ';' ? 1 : -1;
}

// Gives the parameter to `*value`, which may not have one yet.
static bool keep_once(struct text *value, struct text given) {
    if (!text_is_null(*value)) return false;
    *value = given;
    return true;
}

static struct text behind_value(struct text text) {
    ptrdiff_t semicolon = text_find(text, TEXT(";"), 0);
    return semicolon < 0 ? from(text, text.length) : from(text, (size_t)semicolon);
}

// ---- the boundary --------------------------------------------------------------------------------------

static bool is_boundary(struct text boundary) {
    static const char others[] = "'()+_,-./:=? ";
    for (size_t i = 0; i < boundary.length; i++) {
        char c = boundary.data[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!plain && (!c || !strchr(others, c))) return false;
    }
    return boundary.length && boundary.length <= BOUNDARY_MAX && boundary.data[boundary.length - 1] != ' ';
}

// "\r\n--BOUNDARY", in the arena.
static bool read_delimiter(struct text content_type, struct arena *arena, struct text *delimiter,
                           struct error *error) {
    struct text rest = behind_value(content_type), boundary = TEXT_NULL;
    struct form_parameter parameter;
    int found;
    while ((found = next_parameter(&rest, arena, &parameter)) > 0)
        if (text_equal_ignoring_case(parameter.name, TEXT("boundary")) &&
            !keep_once(&boundary, parameter.value))
            return error_set(error, ERROR_BAD_REQUEST, "The Content-Type has two boundaries");
    if (found < 0 || !is_boundary(boundary))
        return error_set(error, ERROR_BAD_REQUEST,
                         "The Content-Type multipart/form-data has to name a boundary of 1 to %d characters",
                         BOUNDARY_MAX);
    struct buffer text = buffer_new(BOUNDARY_MAX + 8);
    buffer_add_string(&text, "\r\n--");
    buffer_add_text(&text, boundary);
    *delimiter = arena_copy(arena, buffer_text(&text));
    buffer_free(&text);
    return true;
}

// ---- names ---------------------------------------------------------------------------------------------

static bool is_name(struct text text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F) return false;
    return text_is_utf8(text);
}

static int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// UTF-8'en'%E2%82%AC.txt: RFC 8187, 3.2, in which no other charset is left.
static bool decode_extended(struct text value, struct arena *arena, struct text *decoded) {
    ptrdiff_t first = text_find(value, TEXT("'"), 0);
    ptrdiff_t second = first < 0 ? -1 : text_find(value, TEXT("'"), (size_t)first + 1);
    struct text charset = {value.data, first < 0 ? 0 : (size_t)first};
    if (second < 0 || !text_equal_ignoring_case(charset, TEXT("UTF-8"))) return false;
    struct text rest = from(value, (size_t)second + 1);
    char *bytes = arena_take(arena, rest.length + 1);
    size_t length = 0;
    for (size_t i = 0; bytes && i < rest.length; i++) {
        bytes[length++] = rest.data[i];
        if (rest.data[i] != '%') continue;
        int high = i + 2 < rest.length ? digit_of(rest.data[i + 1]) : -1;
        int low = high < 0 ? -1 : digit_of(rest.data[i + 2]);
        if (low < 0) return false;
        bytes[length - 1] = (char)(high * 16 + low);
        i += 2;
    }
    *decoded = (struct text){bytes, length};
    return bytes != NULL;
}

// What the sender's folders are called is nobody's business (RFC 7578, 4.2).
static struct text without_folders(struct text name) {
    for (size_t i = name.length; i > 0; i--)
        if (name.data[i - 1] == '/' || name.data[i - 1] == '\\') return from(name, i);
    return name;
}

// Content-Disposition: form-data; name="file"; filename="a.txt"
static bool read_disposition(const struct form_reading *reading, struct text value, struct form_part *part) {
    struct text rest = behind_value(value), plain = TEXT_NULL, extended = TEXT_NULL;
    struct form_parameter parameter;
    bool once = true;
    int found;
    if (!text_equal_ignoring_case(media_type_without_parameters(value), TEXT("form-data")))
        return malformed(reading, "is no form-data");
    while ((found = next_parameter(&rest, reading->arena, &parameter)) > 0) {
        if (text_equal_ignoring_case(parameter.name, TEXT("name")))
            once = once && keep_once(&part->name, parameter.value);
        else if (text_equal_ignoring_case(parameter.name, TEXT("filename")))
            once = once && keep_once(&plain, parameter.value);
        else if (text_equal_ignoring_case(parameter.name, TEXT("filename*")))
            once = once && keep_once(&extended, parameter.value);
    }
    if (found < 0) return malformed(reading, "has a Content-Disposition that cannot be read");
    if (!once) return malformed(reading, "has a name twice");
    if (!part->name.length) return malformed(reading, "has no name");
    if (!text_is_null(extended) && !decode_extended(extended, reading->arena, &plain))
        return malformed(reading, "has a filename* that is none in UTF-8");
    if (!is_name(part->name) || !is_name(plain))
        return malformed(reading, "has a name with control characters or bytes that are no UTF-8");
    part->file_name = without_folders(plain);
    return true;
}

// ---- headers -------------------------------------------------------------------------------------------

static bool is_field_value(struct text value) {
    for (size_t i = 0; i < value.length; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < 0x20 && c != '\t') || c == 0x7F) return false;
    }
    return true;
}

// What no sender has written since 2015 (RFC 7578, 4.7), and would change the bytes.
static bool check_encoding(const struct form_reading *reading, struct text value) {
    static const char *const none[] = {"7bit", "8bit", "binary"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (text_equal_ignoring_case(value, text_of(none[i]))) return true;
    return malformed(reading, "has a Content-Transfer-Encoding: the bytes of a form are sent as they are");
}

static bool read_field(const struct form_reading *reading, struct text line, struct text *disposition,
                       struct form_part *part) {
    struct text rest = line, name = take_token(&rest), value;
    if (!name.length || !rest.length || *rest.data != ':' || !is_field_value(rest))
        return malformed(reading, "has a header line that is none");
    value = text_trim(from(rest, 1));
    if (text_equal_ignoring_case(name, TEXT("Content-Disposition")))
        return keep_once(disposition, value) || malformed(reading, "has two Content-Dispositions");
    if (text_equal_ignoring_case(name, TEXT("Content-Type")))
        return keep_once(&part->type, value) || malformed(reading, "has two Content-Types");
    return !text_equal_ignoring_case(name, TEXT("Content-Transfer-Encoding")) ||
           check_encoding(reading, value);
}

// The lines of a header, each of which has its end.
static bool read_header(const struct form_reading *reading, struct text header, struct form_part *part) {
    struct text disposition = TEXT_NULL;
    for (size_t at = 0; at < header.length;) {
        size_t end = (size_t)text_find(header, TEXT("\r\n"), at);
        if (!read_field(reading, (struct text){header.data + at, end - at}, &disposition, part)) return false;
        at = end + 2;
    }
    if (text_is_null(disposition)) return malformed(reading, "has no Content-Disposition");
    return read_disposition(reading, disposition, part);
}

// Reads the part from its header on, up to the next delimiter, behind which `*rest` begins then.
static bool read_part(const struct form_reading *reading, struct text delimiter, struct text *rest,
                      struct form_part *part) {
    struct text head = {rest->data, rest->length < HEADER_MAX + 4 ? rest->length : HEADER_MAX + 4};
    ptrdiff_t end = text_find(head, TEXT("\r\n\r\n"), 0);
    *part = (struct form_part){.name = TEXT_NULL, .file_name = TEXT_NULL, .type = TEXT_NULL};
    if (end < 0 && head.length < rest->length)
        return error_set(reading->error, ERROR_TOO_LARGE,
                         "The form's part %zu has a header of more than %d bytes", reading->place,
                         HEADER_MAX);
    if (end < 0) return malformed(reading, "is cut off within its header");
    if (!read_header(reading, (struct text){rest->data, (size_t)end + 2}, part)) return false;
    struct text behind = from(*rest, (size_t)end + 4);
    ptrdiff_t stop = text_find(behind, delimiter, 0);
    if (stop < 0) return malformed(reading, "is cut off");
    part->content = (struct text){behind.data, (size_t)stop};
    *rest = from(behind, (size_t)stop + delimiter.length);
    return true;
}

// What stands behind a delimiter: "--" behind the last one, else a line end. 1: a part follows, 0: none, -1:
// neither.
static int read_line_end(struct text *rest) {
    bool last = text_starts_with(*rest, TEXT("--"));
    struct text behind = without_blanks(last ? from(*rest, 2) : *rest);
    if (last) return !behind.length || text_equal(behind, TEXT("\r\n")) ? 0 : -1;
    if (!text_starts_with(behind, TEXT("\r\n"))) return -1;
    *rest = from(behind, 2);
    return 1;
}

// ---- the form ------------------------------------------------------------------------------------------

static bool read_parts(struct form_reading *reading, struct text delimiter, struct text rest, size_t most,
                       struct form_data *form) {
    for (int more; (more = read_line_end(&rest));) {
        struct form_part part;
        if (more < 0)
            return error_set(reading->error, ERROR_BAD_REQUEST,
                             "The form's boundary number %zu is followed by something else", reading->place);
        if (form->count == most)
            return error_set(reading->error, ERROR_TOO_LARGE, "The form has more than %zu parts", most);
        if (!read_part(reading, delimiter, &rest, &part)) return false;
        struct form_part *slot = arena_append(reading->arena, &form->parts, &form->count, sizeof *slot);
        if (!slot) return error_too_large(reading->error);
        *slot = part;
        reading->place++;
    }
    return !reading->arena->failed || error_too_large(reading->error);
}

bool form_data_is(struct text content_type) {
    return text_equal_ignoring_case(media_type_without_parameters(content_type), TEXT("multipart/form-data"));
}

bool form_data_read(struct text content_type, struct text body, size_t most, struct arena *arena,
                    struct form_data *form, struct error *error) {
    struct form_reading reading = {arena, error, 1};
    struct text delimiter = TEXT_NULL;
    *form = (struct form_data){0};
    if (!read_delimiter(content_type, arena, &delimiter, error)) return false;
    if (arena->failed) return error_too_large(error);
    // The first one has no line end in front of it.
    struct text first = from(delimiter, 2);
    if (!text_starts_with(body, first))
        return error_set(error, ERROR_BAD_REQUEST,
                         "The form does not begin with the boundary of its Content-Type");
    return read_parts(&reading, delimiter, from(body, first.length), most, form);
}
