// SPDX-License-Identifier: GPL-2.0-or-later
// POP3, RFC 1939, behind the login.
#include "mailbox/session.h"

#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 4096 // of an answer
#define UID_MAX        250
#define TEXT_LINE_MAX  (4u << 20) // of a mail

static bool is_good(struct text line) {
    return text_starts_with(line, TEXT("+OK"));
}

// Sends a command and reads its line. 1: +OK, 0: -ERR, -1: failure.
static int ask(struct mailbox *mailbox, const char *command, struct buffer *line, struct error *error) {
    buffer_clear(line);
    if (!connection_send(mailbox->connection, text_of(command), error) ||
        !connection_line(mailbox->connection, line, error))
        return -1;
    return is_good(buffer_text(line));
}

// The next line of a list. 1: a line, 0: the end, -1: failure.
static int next(struct mailbox *mailbox, struct buffer *line, struct error *error) {
    buffer_clear(line);
    if (!connection_line(mailbox->connection, line, error)) return -1;
    return !text_equal(buffer_text(line), TEXT("."));
}

// "12 text": the number, and what stands behind the blank.
static bool split(struct text line, int64_t *number, struct text *rest) {
    size_t digits = 0;
    while (digits < line.length && line.data[digits] != ' ') digits++;
    *rest = digits < line.length ? text_trim((struct text){line.data + digits + 1, line.length - digits - 1})
                                 : TEXT("");
    return text_to_int64((struct text){line.data, digits}, number) && *number > 0 && *number <= UINT32_MAX;
}

static bool read_sizes(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages,
                       size_t *count, struct buffer *line, struct error *error) {
    int more = ask(mailbox, "LIST", line, error);
    if (more == 0)
        return connection_fail(mailbox->connection, "the mails cannot be listed", buffer_text(line), error);
    while (more > 0 && (more = next(mailbox, line, error)) > 0) {
        int64_t number, size;
        struct text rest;
        if (!split(buffer_text(line), &number, &rest)) continue;
        struct mailbox_message *message = arena_append(arena, messages, count, sizeof *message);
        if (!message) continue;
        message->number = (uint32_t)number;
        message->uid = TEXT("");
        message->size = text_to_int64(rest, &size) ? size : -1;
    }
    return more == 0;
}

// In the order of LIST, mostly; a UID that is too long or has blanks is none.
static bool read_uids(struct mailbox *mailbox, struct arena *arena, struct mailbox_message *messages,
                      size_t count, struct buffer *line, struct error *error) {
    int more = ask(mailbox, "UIDL", line, error);
    mailbox->has_uidl = more > 0;
    size_t at = 0;
    while (more > 0 && (more = next(mailbox, line, error)) > 0) {
        int64_t number;
        struct text uid;
        if (!split(buffer_text(line), &number, &uid) || uid.length > UID_MAX) continue;
        if (at >= count || messages[at].number != (uint32_t)number)
            for (at = 0; at < count && messages[at].number != (uint32_t)number;) at++;
        if (at < count) messages[at++].uid = arena_copy(arena, uid);
    }
    return more == 0;
}

bool pop3_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages, size_t *count,
               struct error *error) {
    struct buffer line = buffer_new(LINE_MAX_BYTES);
    *messages = NULL;
    *count = 0;
    bool done = read_sizes(mailbox, arena, messages, count, &line, error) &&
                (!*count || read_uids(mailbox, arena, *messages, *count, &line, error));
    buffer_free(&line);
    return done;
}

int pop3_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
              struct error *error) {
    char command[32];
    struct buffer line = buffer_new(TEXT_LINE_MAX);
    snprintf(command, sizeof command, "RETR %u", (unsigned)message->number);
    int found = ask(mailbox, command, &line, error), more = found;
    while (more > 0 && (more = next(mailbox, &line, error)) > 0) {
        // A line that begins with a dot has one more.
        bool stuffed = line.length && line.data[0] == '.';
        buffer_add(bytes, line.data + stuffed, line.length - stuffed);
        buffer_add_string(bytes, "\r\n");
        if (!bytes->failed) continue;
        error_set(error, ERROR_TOO_LARGE, "the mail is too large");
        more = -1;
        break;
    }
    buffer_free(&line);
    return more < 0 ? -1 : found;
}

bool pop3_delete(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    char command[32];
    struct buffer line = buffer_new(LINE_MAX_BYTES);
    snprintf(command, sizeof command, "DELE %u", (unsigned)message->number);
    bool done = ask(mailbox, command, &line, error) >= 0; // one that is gone is fine
    buffer_free(&line);
    return done;
}

// Only now the server deletes what it was told to.
bool pop3_finish(struct mailbox *mailbox, struct error *error) {
    struct buffer line = buffer_new(LINE_MAX_BYTES);
    int said = ask(mailbox, "QUIT", &line, error);
    bool done =
        said > 0 || (said == 0 && connection_fail(mailbox->connection, "what was fetched is not deleted",
                                                  buffer_text(&line), error));
    buffer_free(&line);
    return done;
}
