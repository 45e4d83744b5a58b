// SPDX-License-Identifier: GPL-2.0-or-later
// A mail as RFC 5322 and MIME have it.
#include "delivery/message.h"

#include "delivery/message_ids.h"
#include "mail/header_text.h"

#include <gmime/gmime.h>
#include <string.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096
#define WORD_MAX_BYTES 41 // and one character more: an encoded word has at most 75

void message_library_start(void) {
    g_mime_init();
}

// In words of RFC 2047, each in itself complete.
static void encode_words(struct text text, struct buffer *out) {
    for (size_t from = 0, to = 0; from < text.length; from = to) {
        for (size_t next = from; next < text.length && next - from <= WORD_MAX_BYTES; to = next)
            text_next_code_point(text, &next);
        gchar *code = g_base64_encode((const guchar *)text.data + from, to - from);
        buffer_add_format(out, "%s=?utf-8?B?%s?=", from ? " " : "", code);
        g_free(code);
    }
}

// One line, cut; the caller frees. GMime encodes what is not ASCII; what looks as if it were encoded already
// is encoded here, or the reader's program would decode it to line ends or whatever else is in it.
static struct buffer line(struct text text) {
    struct buffer plain = buffer_new(LINE_MAX_BYTES), encoded = buffer_new(LINE_MAX_BYTES * 4);
    mail_one_line(text_cut(text, LINE_MAX_BYTES / 4), &plain);
    if (text_find(buffer_text(&plain), TEXT("=?"), 0) < 0) return plain;
    encode_words(buffer_text(&plain), &encoded);
    buffer_free(&plain);
    return encoded;
}

// Domains are lower-cased, as osTicket does.
static struct buffer address_text(struct text address) {
    struct buffer out = buffer_new(LINE_MAX_BYTES);
    bool in_domain = false;
    for (size_t i = 0; i < address.length; i++) {
        char c = address.data[i];
        buffer_add_char(&out, in_domain && c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c);
        in_domain = in_domain || c == '@';
    }
    return out;
}

static void add_address(InternetAddressList *list, struct text name, struct text address) {
    struct buffer shown = line(name), plain = address_text(address);
    InternetAddress *item = internet_address_mailbox_new(shown.length ? shown.data : NULL, plain.data);
    internet_address_set_charset(item, "utf-8");
    internet_address_list_add(list, item);
    g_object_unref(item);
    buffer_free(&shown);
    buffer_free(&plain);
}

static void set_header(GMimeMessage *message, const char *name, struct text value) {
    if (value.length) g_mime_object_set_header(GMIME_OBJECT(message), name, value.data, "utf-8");
}

// Ids of other mails came from outside: only what looks like ids is taken over.
static void set_ids(GMimeMessage *message, const char *name, struct text ids) {
    struct buffer clean = buffer_new(MESSAGE_IDS_BYTES);
    message_ids_keep(ids, &clean);
    set_header(message, name, buffer_text(&clean));
    buffer_free(&clean);
}

// RFC 3834 and what mail programs look for beside it. spec: creating.md D.3.
static void set_automation(GMimeMessage *to, enum message_automation automation) {
    switch (automation) {
    case MESSAGE_PERSONAL: return;
    case MESSAGE_AUTOMATIC_REPLY:
        set_header(to, "Precedence", TEXT("auto_reply"));
        set_header(to, "X-Autoreply", TEXT("yes"));
        set_header(to, "X-Auto-Response-Suppress", TEXT("DR, RN, OOF, AutoReply"));
        set_header(to, "Auto-Submitted", TEXT("auto-replied"));
        return;
    case MESSAGE_NOTICE:
        set_header(to, "X-Auto-Response-Suppress", TEXT("OOF, AutoReply"));
        set_header(to, "Auto-Submitted", TEXT("auto-generated"));
        return;
    }
}

// Where complaints go, as osTicket says it beside the envelope.
static void set_return_path(GMimeMessage *to, const struct message *from) {
    struct buffer path = buffer_new(LINE_MAX_BYTES);
    struct text sender = from->sender_address.length ? from->sender_address : from->from_address;
    buffer_add_format(&path, "<%.*s>", (int)sender.length, sender.data);
    set_header(to, "Return-Path", buffer_text(&path));
    buffer_free(&path);
}

static void set_headers(GMimeMessage *to, const struct message *from) {
    struct buffer subject = line(from->subject), id = line(from->message_id);
    InternetAddressList *recipients[] = {g_mime_message_get_to(to), g_mime_message_get_cc(to)};
    GDateTime *date = g_date_time_new_from_unix_utc(from->date);
    add_address(g_mime_message_get_from(to), from->from_name, from->from_address);
    if (from->sender_address.length)
        add_address(g_mime_message_get_sender(to), from->from_name, from->sender_address);
    for (size_t i = 0; i < from->recipient_count; i++)
        add_address(recipients[from->recipients[i].copy], from->recipients[i].name,
                    from->recipients[i].address);
    g_mime_message_set_subject(to, subject.data, "utf-8");
    g_mime_message_set_date(to, date);
    g_mime_message_set_message_id(to, id.data);
    set_return_path(to, from);
    set_ids(to, "In-Reply-To", from->in_reply_to);
    set_ids(to, "References", from->references);
    set_automation(to, from->automation);
    set_header(to, "X-Mailer", TEXT("osTicket Mailer"));
    g_date_time_unref(date);
    buffer_free(&subject);
    buffer_free(&id);
}

static void set_content(GMimePart *part, GMimeStream *stream) {
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    g_object_unref(content);
    g_object_unref(stream);
}

static GMimeObject *text_part(const char *subtype, struct text text) {
    GMimePart *part = g_mime_part_new_with_type("text", subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    set_content(part, g_mime_stream_mem_new_with_buffer(text.data, text.length));
    return GMIME_OBJECT(part);
}

// RFC 2045's tokens. What may only be sent unencoded (message/…, multipart/…) is sent as bytes.
static bool type_is_usable(struct text type) {
    size_t slashes = 0;
    for (size_t i = 0; i < type.length; i++) {
        char c = type.data[i];
        slashes += c == '/';
        if (!g_ascii_isalnum(c) && !strchr("/+-._", c)) return false;
    }
    return slashes == 1 && type.length > 2 && type.data[0] != '/' && type.data[type.length - 1] != '/' &&
           !text_starts_with(type, TEXT("message/")) && !text_starts_with(type, TEXT("multipart/"));
}

static GMimeObject *file_part(const struct message_file *file) {
    struct buffer name = line(file->name);
    const char *type = type_is_usable(file->type) ? file->type.data : "application/octet-stream";
    GMimeContentType *parsed = g_mime_content_type_parse(NULL, type);
    GMimePart *part = g_mime_part_new_with_type(g_mime_content_type_get_media_type(parsed),
                                                g_mime_content_type_get_media_subtype(parsed));
    GMimeStream *stream = g_mime_stream_fs_new_with_bounds(file->descriptor, 0, -1);
    g_mime_stream_fs_set_owner(GMIME_STREAM_FS(stream), FALSE);
    bool is_inline = !text_is_null(file->content_id);
    g_mime_object_set_disposition(GMIME_OBJECT(part), is_inline ? "inline" : "attachment");
    g_mime_part_set_filename(part, name.length ? name.data : "file");
    if (is_inline) g_mime_part_set_content_id(part, file->content_id.data);
    set_content(part, stream);
    g_object_unref(parsed);
    buffer_free(&name);
    return GMIME_OBJECT(part);
}

// `inner` inside a multipart with the files that are (or are not) inline; `inner` itself when there are none.
static GMimeObject *with_files(GMimeObject *inner, const char *subtype, const struct message *message,
                               bool is_inline) {
    GMimeMultipart *outer = NULL;
    for (size_t i = 0; i < message->file_count; i++) {
        if (text_is_null(message->files[i].content_id) == is_inline) continue;
        if (!outer) {
            outer = g_mime_multipart_new_with_subtype(subtype);
            g_mime_multipart_add(outer, inner);
            g_object_unref(inner);
        }
        GMimeObject *part = file_part(&message->files[i]);
        g_mime_multipart_add(outer, part);
        g_object_unref(part);
    }
    return outer ? GMIME_OBJECT(outer) : inner;
}

static GMimeObject *body(const struct message *message) {
    GMimeObject *text = text_part("plain", message->text);
    if (text_is_null(message->html)) return with_files(text, "mixed", message, false);
    GMimeMultipart *both = g_mime_multipart_new_with_subtype("alternative");
    GMimeObject *html = text_part("html", message->html);
    g_mime_multipart_add(both, text);
    g_mime_multipart_add(both, html);
    g_object_unref(text);
    g_object_unref(html);
    GMimeObject *related = with_files(GMIME_OBJECT(both), "related", message, true);
    if (related != GMIME_OBJECT(both))
        g_mime_object_set_content_type_parameter(related, "type", "multipart/alternative");
    return with_files(related, "mixed", message, false);
}

static bool write_out(GMimeMessage *message, bool crlf, int descriptor) {
    GMimeFormatOptions *options = g_mime_format_options_new();
    GMimeStream *file = g_mime_stream_fs_new(descriptor);
    GMimeStream *out = g_mime_stream_filter_new(file);
    g_mime_stream_fs_set_owner(GMIME_STREAM_FS(file), FALSE);
    // GMime writes the line ends of encoded bodies as LF whatever the options say; so all are made here.
    if (crlf) {
        GMimeFilter *filter = g_mime_filter_unix2dos_new(FALSE);
        g_mime_stream_filter_add(GMIME_STREAM_FILTER(out), filter);
        g_object_unref(filter);
    }
    bool done = g_mime_object_write_to_stream(GMIME_OBJECT(message), options, out) >= 0 &&
                g_mime_stream_flush(out) == 0;
    g_object_unref(out);
    g_object_unref(file);
    g_mime_format_options_free(options);
    return done;
}

bool message_write(const struct message *message, bool crlf, int descriptor, struct error *error) {
    GMimeMessage *built = g_mime_message_new(TRUE);
    GMimeObject *content = body(message);
    set_headers(built, message);
    g_mime_message_set_mime_part(built, content);
    bool done = write_out(built, crlf, descriptor);
    g_object_unref(content);
    g_object_unref(built);
    return done || error_set(error, ERROR_INTERNAL, "the message cannot be written to its temporary file");
}
