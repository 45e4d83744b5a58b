// SPDX-License-Identifier: GPL-2.0-or-later
// A command of IMAP and the server's responses to it.
#include "mailbox/imap_command.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define RESPONSE_MAX   (8u << 20) // a line with the numbers of a million mails
#define NAME_MAX_BYTES 1024

// ---- reading

// The size of the literal that a line ends with, -1 without one.
static int64_t literal_of(struct text line) {
    int64_t size;
    if (!line.length || line.data[line.length - 1] != '}') return -1;
    size_t open = line.length - 1;
    while (open > 0 && line.data[open - 1] != '{') open--;
    struct text digits = {line.data + open, line.length - 1 - open};
    if (digits.length && digits.data[digits.length - 1] == '+') digits.length--;
    return open && text_to_int64(digits, &size) && size >= 0 ? size : -1;
}

static bool ends_with_body(struct text line) {
    size_t length = line.length;
    while (length && line.data[length - 1] != '{') length--;
    if (length) length--;
    while (length && line.data[length - 1] == ' ') length--;
    return length >= 6 && strncasecmp(line.data + length - 6, "BODY[]", 6) == 0;
}

static bool read_literal(struct imap_answer *answer, size_t size) {
    struct connection *connection = answer->mailbox->connection;
    if (!answer->body || !ends_with_body(buffer_text(&answer->line)))
        return connection_bytes(connection, size, &answer->line, answer->error);
    answer->has_body = true;
    buffer_clear(answer->body);
    return (buffer_reserve(answer->body, size) != NULL ||
            error_set(answer->error, ERROR_TOO_LARGE, "the mail is too large")) &&
           connection_bytes(connection, size, answer->body, answer->error);
}

// A response with its literals: they end a line, and it goes on behind them.
static bool read_response(struct imap_answer *answer) {
    size_t seen = 0;
    buffer_clear(&answer->line);
    for (;;) {
        if (!connection_line(answer->mailbox->connection, &answer->line, answer->error)) return false;
        struct text rest = {answer->line.data + seen, answer->line.length - seen};
        int64_t size = literal_of(rest);
        if (size < 0) return true;
        if (!read_literal(answer, (size_t)size)) return false;
        seen = answer->line.length;
    }
}

// ---- asking

int imap_ask(struct imap_answer *answer, struct text command, imap_take *take, void *into) {
    struct mailbox *mailbox = answer->mailbox;
    char tag[16];
    struct buffer line = buffer_new(IMAP_COMMAND_MAX);
    snprintf(tag, sizeof tag, "f%04u ", ++mailbox->tag);
    buffer_add_string(&line, tag);
    buffer_add_text(&line, command);
    bool sent = !line.failed ? connection_send(mailbox->connection, buffer_text(&line), answer->error)
                             : error_set(answer->error, ERROR_INTERNAL, "a command is too long");
    buffer_free(&line);
    while (sent && read_response(answer)) {
        struct text said = buffer_text(&answer->line);
        if (text_starts_with(said, text_of(tag))) {
            size_t skipped = strlen(tag);
            return strncasecmp(said.data + skipped, "OK", 2) == 0;
        }
        if (take && text_starts_with(said, TEXT("* ")))
            take(answer, (struct text){said.data + 2, said.length - 2}, into);
    }
    return -1;
}

struct imap_answer imap_answer_of(struct mailbox *mailbox, struct error *error) {
    return (struct imap_answer){.mailbox = mailbox, .line = buffer_new(RESPONSE_MAX), .error = error};
}

void imap_refuse(const struct mailbox *mailbox, const char *what, struct text said, struct error *error) {
    connection_fail(mailbox->connection, what, said, error);
    error->code = ERROR_DENIED;
}

bool imap_command(struct mailbox *mailbox, const char *text, imap_take *take, void *into, const char *what,
                  struct error *error) {
    struct imap_answer answer = imap_answer_of(mailbox, error);
    int said = imap_ask(&answer, text_of(text), take, into);
    if (said == 0) imap_refuse(mailbox, what, buffer_text(&answer.line), error);
    buffer_free(&answer.line);
    return said > 0;
}

bool imap_add_quoted(struct text name, struct buffer *out) {
    buffer_add_char(out, '"');
    for (size_t i = 0; i < name.length; i++) {
        char c = name.data[i];
        if (c == '\r' || c == '\n' || c == '\0') return false;
        if (c == '"' || c == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, c);
    }
    buffer_add_char(out, '"');
    return name.length > 0 && name.length <= NAME_MAX_BYTES && !out->failed;
}

// ---- words of responses

bool imap_is_word(struct text line, const char *word) {
    size_t length = strlen(word);
    return line.length >= length && strncasecmp(line.data, word, length) == 0;
}

ptrdiff_t imap_behind(struct text line, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= line.length; i++)
        if (strncasecmp(line.data + i, word, length) == 0) return (ptrdiff_t)(i + length);
    return -1;
}

struct text imap_digits_behind(struct text line, const char *word) {
    ptrdiff_t start = imap_behind(line, word);
    size_t end = start < 0 ? 0 : (size_t)start;
    while (start >= 0 && end < line.length && isdigit((unsigned char)line.data[end])) end++;
    return start < 0 ? TEXT_NULL : (struct text){line.data + start, end - (size_t)start};
}
