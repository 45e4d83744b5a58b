// SPDX-License-Identifier: GPL-2.0-or-later
// What a file of a mail is called.
#include "mime/file_name.h"

#include "base/buffer.h"
#include "mime/words.h"

#include <string.h>

#define NAME_MAX_BYTES 4096

// Endings by type; of a type that is not here the subtype's own letters, or "bin".
static const struct {
    const char *type, *ending;
} endings[] = {
    {"text/plain", "txt"},
    {"text/html", "html"},
    {"text/calendar", "ics"},
    {"text/csv", "csv"},
    {"text/vcard", "vcf"},
    {"text/x-vcard", "vcf"},
    {"text/rfc822-headers", "txt"},
    {"message/delivery-status", "txt"},
    {"message/disposition-notification", "txt"},
    {"application/pdf", "pdf"},
    {"application/zip", "zip"},
    {"application/msword", "doc"},
    {"application/rtf", "rtf"},
    {"application/pgp-signature", "asc"},
    {"application/pgp-encrypted", "asc"},
    {"application/pkcs7-mime", "p7m"},
    {"application/pkcs7-signature", "p7s"},
    {"application/x-pkcs7-signature", "p7s"},
    {"application/ms-tnef", "dat"},
    {"application/json", "json"},
    {"application/xml", "xml"},
    {"image/jpeg", "jpg"},
    {"image/svg+xml", "svg"},
    {"image/tiff", "tif"},
    {"audio/mpeg", "mp3"},
    {"audio/x-wav", "wav"},
    {"video/quicktime", "mov"},
};

static struct text subtype(struct text type) {
    const char *slash = type.length ? memchr(type.data, '/', type.length) : NULL;
    return slash ? (struct text){slash + 1, type.length - (size_t)(slash + 1 - type.data)} : TEXT("");
}

static bool is_plain_word(struct text text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) return false;
    }
    return text.length > 0 && text.length <= 5;
}

static struct text ending_of(struct text type) {
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (text_equal(type, text_of(endings[i].type))) return text_of(endings[i].ending);
    bool media = text_starts_with(type, TEXT("image/")) || text_starts_with(type, TEXT("audio/")) ||
                 text_starts_with(type, TEXT("video/"));
    return media && is_plain_word(subtype(type)) ? subtype(type) : TEXT("bin");
}

// "Subject.eml"
static struct text name_of_mail(const struct mail_part *part, struct arena *arena) {
    struct text header, body, name = TEXT_NULL;
    struct buffer whole = buffer_new(NAME_MAX_BYTES);
    mail_split(part->content, &header, &body);
    struct mail_fields fields = mail_fields_read(text_cut(header, 64 * 1024), arena);
    struct text subject = text_trim(mail_words_decode(mail_field_first(&fields, "Subject"), arena));
    if (subject.length) {
        buffer_add_text(&whole, text_cut(subject, 250));
        buffer_add_string(&whole, ".eml");
        name = arena_copy(arena, buffer_text(&whole));
    }
    buffer_free(&whole);
    return name;
}

// A picture that a text may show is called as PHP calls it, which takes four letters of chance.
static bool is_picture_shown(const struct mail_part *part) {
    return text_starts_with(part->type.value, TEXT("image/")) && text_is_ascii(part->type.value) &&
           mail_field_last(&part->fields, "Content-ID").length;
}

static struct text made_name(const struct mail_part *part, size_t number, struct arena *arena) {
    struct buffer name = buffer_new(NAME_MAX_BYTES);
    bool mail = text_equal(part->type.value, TEXT("message/rfc822")), picture = is_picture_shown(part);
    buffer_add_format(&name,
                      mail      ? "email-message-%zu."
                      : picture ? "image-%04zu."
                                : "attachment-%zu.",
                      number);
    buffer_add_text(&name, mail      ? TEXT("eml")
                           : picture ? subtype(part->type.value)
                                     : ending_of(part->type.value));
    struct text copy = arena_copy(arena, buffer_text(&name));
    buffer_free(&name);
    return copy.data ? copy : TEXT("attachment");
}

struct text mail_file_name(const struct mail_part *part, size_t number, struct arena *arena) {
    struct text name = text_trim(mail_parameter_text(&part->disposition, "filename", arena));
    if (!name.length) name = text_trim(mail_parameter_text(&part->type, "name", arena));
    if (!name.length && text_equal(part->type.value, TEXT("message/rfc822")))
        name = name_of_mail(part, arena);
    return name.length ? name : made_name(part, number, arena);
}
