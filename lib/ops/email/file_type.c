// SPDX-License-Identifier: GPL-2.0-or-later
// What kind of file winmail.dat brings, where it does not say so.
#include "ops/email/file_type.h"

#include "base/error.h"
#include "ops/entry/media_type.h"
#include "json/reader.h"

#include <ctype.h>

#define JSON_MAX     (1 << 20) // bytes of a file that is read as JSON
#define TABLE_LINES  10        // that decide whether it is a table
#define ZIPPED_NAME  30        // where the name of the first file in an archive stands
#define ARCHIVE_HEAD (1 << 20) // bytes in which the names of an archive are looked for

// ---- what programs write into an archive

// "mimetype" comes first there, unpacked, and says what it is.
static struct text type_said_in(struct text archive) {
    static const char first[] = "mimetypeapplication/";
    struct text behind = {archive.data + ZIPPED_NAME, archive.length - ZIPPED_NAME};
    if (!text_starts_with(behind, text_of(first))) return TEXT_NULL;
    size_t start = sizeof "mimetype" - 1, end = start;
    while (end < behind.length &&
           (islower((unsigned char)behind.data[end]) || isdigit((unsigned char)behind.data[end]) ||
            behind.data[end] == '/' || behind.data[end] == '.' || behind.data[end] == '-' ||
            behind.data[end] == '+'))
        end++;
    struct text said = {behind.data + start, end - start};
    bool known = text_starts_with(said, TEXT("application/vnd.oasis.opendocument.")) ||
                 text_equal(said, TEXT("application/epub+zip"));
    return known ? said : TEXT_NULL;
}

static struct text type_of_archive(struct text archive) {
    static const struct {
        const char *member, *type;
    } kinds[] = {
        {"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    };
    if (archive.length <= ZIPPED_NAME) return TEXT("application/zip");
    struct text said = type_said_in(archive);
    if (said.length) return said;
    struct text head = {archive.data, archive.length < ARCHIVE_HEAD ? archive.length : ARCHIVE_HEAD};
    if (text_find(head, TEXT("[Content_Types].xml"), 0) < 0) return TEXT("application/zip");
    // A file's name stands 26 bytes behind the end of the mark of its header.
    for (ptrdiff_t at = text_find(head, TEXT("PK\3\4"), 0); at >= 0;
         at = text_find(head, TEXT("PK\3\4"), (size_t)at + 4)) {
        if ((size_t)at + ZIPPED_NAME >= head.length) break;
        struct text member = {head.data + at + ZIPPED_NAME, head.length - (size_t)at - ZIPPED_NAME};
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (text_starts_with(member, text_of(kinds[i].member))) return text_of(kinds[i].type);
    }
    return TEXT("application/zip");
}

// ---- texts

static bool is_json(struct text bytes) {
    size_t start = 0;
    while (start < bytes.length && isspace((unsigned char)bytes.data[start])) start++;
    if (start == bytes.length || (bytes.data[start] != '{' && bytes.data[start] != '[')) return false;
    if (bytes.length > JSON_MAX) return false;
    struct error ignored = {0};
    struct json_value *root = json_parse(bytes, &ignored);
    bool is = root != NULL;
    json_free(&root);
    return is;
}

// As many commas in each of the first lines, of which there are three at least.
static bool is_table(struct text bytes) {
    size_t commas = 0, first = 0, lines = 0;
    bool quoted = false;
    for (size_t i = 0; i < bytes.length && lines < TABLE_LINES; i++) {
        char c = bytes.data[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == ',') commas++;
        if (c != '\n') continue;
        if (lines++ == 0) first = commas;
        if (first == 0 || commas != first) return false;
        commas = 0;
    }
    return lines > 2;
}

static struct text type_of_text(struct text bytes) {
    if (is_json(bytes)) return TEXT("application/json");
    return is_table(bytes) ? TEXT("text/csv") : TEXT("text/plain");
}

// ---- others

static struct text type_of_compound(struct text name) {
    static const struct {
        const char *ending, *type;
    } kinds[] = {
        {".doc", "application/msword"},
        {".xls", "application/vnd.ms-excel"},
        {".ppt", "application/vnd.ms-powerpoint"},
        {".msg", "application/vnd.ms-outlook"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct text ending = text_of(kinds[i].ending);
        if (name.length > ending.length && text_ends_with_ignoring_case(name, ending))
            return text_of(kinds[i].type);
    }
    return TEXT("application/CDFV2");
}

static struct text type_by_start(struct text bytes) {
    static const struct {
        struct text start, type;
    } starts[] = {
        {{"II*\0", 4}, {"image/tiff", 10}},
        {{"MM\0*", 4}, {"image/tiff", 10}},
        {{"Rar!\x1a\7", 6}, {"application/x-rar", 17}},
        {{"7z\xbc\xaf\x27\x1c", 6}, {"application/x-7z-compressed", 27}},
        {{"BZh", 3}, {"application/x-bzip2", 19}},
        {{"%!PS-Adobe-", 11}, {"application/postscript", 22}},
        {{"-----BEGIN PGP SIGNATURE-----", 29}, {"application/pgp-signature", 25}},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts_with(bytes, starts[i].start)) return starts[i].type;
    bool is_riff = bytes.length >= 12 && text_starts_with(bytes, TEXT("RIFF"));
    struct text form = is_riff ? (struct text){bytes.data + 8, 4} : TEXT("");
    if (text_equal(form, TEXT("WEBP"))) return TEXT("image/webp");
    return text_equal(form, TEXT("WAVE")) ? TEXT("audio/x-wav") : TEXT_NULL;
}

struct text email_file_type(struct text name, struct text bytes) {
    static const struct text compound = {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8};
    struct text type = type_by_start(bytes);
    if (type.length) return type;
    if (text_starts_with(bytes, compound)) return type_of_compound(name);
    type = media_type_of(bytes);
    if (text_equal(type, TEXT("application/zip"))) return type_of_archive(bytes);
    return text_equal(type, TEXT("text/plain")) ? type_of_text(bytes) : type;
}
