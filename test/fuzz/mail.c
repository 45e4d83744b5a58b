// SPDX-License-Identifier: GPL-2.0-or-later
// Any texts as names, subject, ids, file name and type of a mail: nothing begins a header or a part of its
// own, and the subject is read back as it was meant.
#include "delivery/message.h"
#include "mail/header_text.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SLICES 8

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const headers[] = {"From",
                                      "Sender",
                                      "Reply-To",
                                      "To",
                                      "Cc",
                                      "Subject",
                                      "Date",
                                      "Message-Id",
                                      "Message-ID",
                                      "Return-Path",
                                      "In-Reply-To",
                                      "References",
                                      "X-Mailer",
                                      "MIME-Version",
                                      "Content-Type",
                                      "Content-Transfer-Encoding",
                                      "Content-Disposition",
                                      "Content-Id",
                                      "Content-ID"};

static bool is_header(struct text line) {
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct text name = text_of(headers[i]);
        if (line.length > name.length && text_starts_with(line, name) && line.data[name.length] == ':')
            return true;
    }
    return false;
}

static bool is_base64(struct text line) {
    for (size_t i = 0; i < line.length; i++)
        if (!line.data[i] ||
            !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=", line.data[i]))
            return false;
    return true;
}

static void check_line(struct text line) {
    if (line.length > 998) abort();
    for (size_t i = 0; i < line.length; i++)
        if ((unsigned char)line.data[i] >= 0x7F || (line.data[i] < ' ' && line.data[i] != '\t')) abort();
    bool fine = is_base64(line) || is_header(line) || line.data[0] == ' ' || line.data[0] == '\t' ||
                text_starts_with(line, TEXT("--"));
    if (!fine) abort();
}

static void check_lines(const char *data, size_t length) {
    for (size_t begin = 0; begin < length;) {
        const char *end = memmem(data + begin, length - begin, "\r\n", 2);
        size_t to = end ? (size_t)(end - data) : length;
        check_line((struct text){data + begin, to - begin});
        begin = to + 2;
    }
}

// The names of all headers of the message and how often each comes.
static void check_headers(GMimeMessage *message, struct text subject) {
    static const char *const once[] = {"From",       "To",          "Subject", "Date",
                                       "Message-Id", "Return-Path", "X-Mailer"};
    GMimeHeaderList *list = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        int found = 0;
        for (int j = 0; j < g_mime_header_list_get_count(list); j++)
            found +=
                strcasecmp(g_mime_header_get_name(g_mime_header_list_get_header_at(list, j)), once[i]) == 0;
        if (found != 1) abort();
    }
    struct buffer wanted = buffer_new(1 << 20);
    mail_one_line(text_cut(subject, 1024), &wanted);
    const char *read = g_mime_message_get_subject(message);
    if (text_is_utf8(subject) && strcmp(read ? read : "", wanted.data) != 0) abort();
    buffer_free(&wanted);
    if (internet_address_list_length(g_mime_message_get_to(message)) != 1) abort();
}

static void check(int file, struct text subject) {
    off_t length = lseek(file, 0, SEEK_END);
    char *data = malloc((size_t)length + 1);
    if (!data || pread(file, data, (size_t)length, 0) != length) abort();
    check_lines(data, (size_t)length);
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, (size_t)length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (!message) abort();
    check_headers(message, subject);
    g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
    free(data);
}

// Terminated, as texts are when they come from an arena.
static struct text slice(const uint8_t *bytes, size_t length, size_t number, char **kept) {
    size_t size = length / SLICES;
    *kept = calloc(1, size + 1);
    if (!*kept) abort();
    memcpy(*kept, bytes + number * size, size);
    return (struct text){*kept, size};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *kept[SLICES];
    struct text part[SLICES];
    struct error error;
    message_library_start();
    for (size_t i = 0; i < SLICES; i++) part[i] = slice(bytes, length, i, &kept[i]);
    int content = memfd_create("content", 0), file = memfd_create("message", 0);
    struct reply_mail_recipient to = {.name = part[0], .address = TEXT("jane@example.org")};
    struct message_file attachment = {.name = part[1], .type = part[2], .descriptor = content};
    struct message message = {.from_name = part[3],
                              .from_address = TEXT("desk@example.org"),
                              .recipients = &to,
                              .recipient_count = 1,
                              .subject = part[4],
                              .message_id = TEXT("a-b@example.org"),
                              .in_reply_to = part[5],
                              .references = part[6],
                              .text = part[7],
                              .html = part[7],
                              .files = &attachment,
                              .file_count = 1};
    error_clear(&error);
    if (content < 0 || file < 0 || write(content, bytes, length) != (ssize_t)length) abort();
    if (!message_write(&message, true, file, &error)) abort();
    check(file, part[4]);
    close(content);
    close(file);
    for (size_t i = 0; i < SLICES; i++) free(kept[i]);
    return 0;
}
