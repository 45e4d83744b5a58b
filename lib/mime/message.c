// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as it came, taken apart.
#include "mime/message.h"

#include "base/buffer.h"
#include "mime/automation.h"
#include "mime/charset.h"
#include "mime/fields.h"
#include "mime/parameters.h"
#include "mime/parts.h"
#include "mime/words.h"

#include <ctype.h>

#define INNER_FIELDS_MAX 2000

// Without empty lines in front.
static struct text without_lead(struct text bytes) {
    while (bytes.length && (bytes.data[0] == '\r' || bytes.data[0] == '\n'))
        bytes = (struct text){bytes.data + 1, bytes.length - 1};
    return bytes;
}

// Each line by itself: one in another charset does not change the others.
static struct text header_to_utf8(struct text header, struct arena *arena) {
    if (text_is_utf8(header)) return header;
    struct buffer whole = buffer_new(header.length * 4 + 4);
    struct text line;
    for (size_t at = 0, start = 0; mail_line_next(header, &at, &line); start = at) {
        buffer_add_text(&whole, mail_to_utf8(line, TEXT(""), arena));
        buffer_add(&whole, header.data + start + line.length, at - start - line.length);
    }
    struct text copy = arena_copy(arena, buffer_text(&whole));
    buffer_free(&whole);
    return copy;
}

static struct mail_address_list addresses(const struct mail_fields *fields, const char *name,
                                          struct arena *arena) {
    struct mail_address_list list = {0};
    mail_addresses_read(mail_field_joined(fields, name, ", ", arena), arena, &list);
    return list;
}

// Two fields with the same meaning.
static struct mail_address_list both(const struct mail_fields *fields, const char *one, const char *other,
                                     struct arena *arena) {
    struct mail_address_list list = addresses(fields, one, arena);
    mail_addresses_read(mail_field_joined(fields, other, ", ", arena), arena, &list);
    return list;
}

// "<mailto:list@example.org>"; "NO" is no address.
static struct mail_address_list list_post(const struct mail_fields *fields, struct arena *arena) {
    return addresses(fields, "List-Post", arena);
}

static void read_people(const struct mail_fields *fields, struct arena *arena, struct mail_message *message) {
    message->from = addresses(fields, "From", arena);
    message->sender = addresses(fields, "Sender", arena);
    message->reply_to = addresses(fields, "Reply-To", arena);
    message->to = addresses(fields, "To", arena);
    message->cc = addresses(fields, "Cc", arena);
    message->bcc = addresses(fields, "Bcc", arena);
    message->delivered_to = addresses(fields, "Delivered-To", arena);
    message->original_to = both(fields, "X-Original-To", "Envelope-To", arena);
    message->list_post = list_post(fields, arena);
    if (message->from.cut || message->to.cut || message->cc.cut)
        message->problem = "it goes to too many addresses";
}

// Bytes in a Message-ID as in any other field.
static struct text identifiers(const struct mail_fields *fields, const char *name, struct arena *arena) {
    struct text joined = mail_field_joined(fields, name, " ", arena);
    return joined.data ? mail_to_utf8(text_trim(joined), TEXT(""), arena) : joined;
}

static void read_subject(const struct mail_fields *fields, struct arena *arena,
                         struct mail_message *message) {
    struct text subject = mail_words_decode(mail_field_first(fields, "Subject"), arena);
    message->subject = text_cut(subject, MAIL_SUBJECT_MAX);
    if (message->subject.length < subject.length) message->problem = "its subject is too long";
}

static void read_fields(const struct mail_fields *fields, struct arena *arena, struct mail_message *message) {
    struct text id = mail_field_last(fields, "Message-ID");
    message->message_id = id.data ? mail_to_utf8(id, TEXT(""), arena) : id;
    read_subject(fields, arena, message);
    message->in_reply_to = identifiers(fields, "In-Reply-To", arena);
    message->references = identifiers(fields, "References", arena);
    message->urgency = mail_urgency_of(fields);
    message->automation = mail_automation_of(fields, message->subject, arena);
    read_people(fields, arena, message);
}

// ---- a whole mail in the place of the body

static void add_title(struct text name, struct buffer *out) {
    bool begins = true;
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.data[i];
        buffer_add_char(out, (char)(begins ? toupper(c) : tolower(c)));
        begins = !isalnum(c);
    }
}

static bool came_before(const struct mail_fields *fields, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (text_equal_ignoring_case(fields->items[i].name, fields->items[at].name)) return true;
    return false;
}

// The header of the mail within, a line a field, as PHP stores it; of more fields than any mail has the
// first.
static struct text inner_header(const struct mail_fields *fields, struct text message_id,
                                struct arena *arena) {
    struct buffer header = buffer_new(1 << 20);
    for (size_t i = 0; i < fields->count && i < INNER_FIELDS_MAX; i++) {
        if (came_before(fields, i)) continue;
        if (header.length) buffer_add_char(&header, '\n');
        add_title(fields->items[i].name, &header);
        buffer_add_string(&header, ": ");
        buffer_add_text(&header, fields->items[i].value);
    }
    if (text_is_null(mail_field_last(fields, "Message-ID")) && message_id.length) {
        buffer_add_string(&header, "\nMessage-Id: ");
        buffer_add_text(&header, message_id);
    }
    struct text copy = header_to_utf8(arena_copy(arena, buffer_text(&header)), arena);
    buffer_free(&header);
    return copy;
}

// Whether the mail is nothing but the wrapping of another, whose body and header stand for its own then.
static bool unwrap(struct mail_fields *fields, struct text *body, struct arena *arena,
                   struct mail_message *message) {
    struct mail_value type = mail_value_read(mail_field_last(fields, "Content-Type"), arena);
    struct text header, inner;
    if (!text_equal(type.value, TEXT("message/rfc822"))) return false;
    mail_split(without_lead(*body), &header, &inner);
    *fields = mail_fields_read(header, arena);
    *body = inner;
    message->header = inner_header(fields, message->message_id, arena);
    return true;
}

bool mail_message_read(struct text bytes, const struct mail_reading *reading, struct arena *arena,
                       struct mail_message *message, struct error *error) {
    struct text header, body;
    *message = (struct mail_message){.message_id = TEXT_NULL, .subject = TEXT_NULL, .returned = TEXT_NULL};
    mail_split(without_lead(bytes), &header, &body);
    message->raw_header = text_trim(header);
    message->header = header_to_utf8(message->raw_header, arena);
    message->line_end = text_find(header, TEXT("\r\n"), 0) >= 0 ? TEXT("\r\n") : TEXT("\n");
    struct mail_fields fields = mail_fields_read(message->raw_header, arena);
    read_fields(&fields, arena, message);
    unwrap(&fields, &body, arena, message);
    mail_parts_read(&fields, body, reading, arena, message);
    return !arena->failed || error_set(error, ERROR_TOO_LARGE, "the mail is too large");
}
