// SPDX-License-Identifier: GPL-2.0-or-later
// IMAP, RFC 3501, behind the login: by UIDs throughout.
#include "mailbox/session.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define RESPONSE_MAX   (8u << 20) // a line with the numbers of a million mails
#define COMMAND_MAX    8192
#define NAME_MAX_BYTES 1024
#define SIZES_AT_ONCE  50

struct imap_answer {
    struct mailbox *mailbox;
    struct buffer line;  // a response, literals left out that went to `body`
    struct buffer *body; // where a BODY[] literal goes; NULL: none is expected
    bool has_body;
    struct error *error;
};

typedef void imap_take(struct imap_answer *answer, struct text line, void *into);

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

// Sends a command and hands each untagged response on. 1: OK, 0: NO or BAD (its text is in the line),
// -1: failure.
static int ask(struct imap_answer *answer, struct text command, imap_take *take, void *into) {
    struct mailbox *mailbox = answer->mailbox;
    char tag[16];
    struct buffer line = buffer_new(COMMAND_MAX);
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

static struct imap_answer answer_of(struct mailbox *mailbox, struct error *error) {
    return (struct imap_answer){.mailbox = mailbox, .line = buffer_new(RESPONSE_MAX), .error = error};
}

// The server said no: nothing of the connection's.
static void refuse(const struct mailbox *mailbox, const char *what, struct text said, struct error *error) {
    connection_fail(mailbox->connection, what, said, error);
    error->code = ERROR_DENIED;
}

// The same where the text is the answer's own business; a NO is a failure that says `what`.
static bool command(struct mailbox *mailbox, const char *text, imap_take *take, void *into, const char *what,
                    struct error *error) {
    struct imap_answer answer = answer_of(mailbox, error);
    int said = ask(&answer, text_of(text), take, into);
    if (said == 0) refuse(mailbox, what, buffer_text(&answer.line), error);
    buffer_free(&answer.line);
    return said > 0;
}

// A name in quotes. False for one that cannot stand there.
static bool add_quoted(struct text name, struct buffer *out) {
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

static bool is_word(struct text line, const char *word) {
    size_t length = strlen(word);
    return line.length >= length && strncasecmp(line.data, word, length) == 0;
}

// The position behind `word` in the line, whatever its case; -1 when it is not there.
static ptrdiff_t behind(struct text line, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= line.length; i++)
        if (strncasecmp(line.data + i, word, length) == 0) return (ptrdiff_t)(i + length);
    return -1;
}

// The digits behind `word`.
static struct text digits_behind(struct text line, const char *word) {
    ptrdiff_t start = behind(line, word);
    size_t end = start < 0 ? 0 : (size_t)start;
    while (start >= 0 && end < line.length && isdigit((unsigned char)line.data[end])) end++;
    return start < 0 ? TEXT_NULL : (struct text){line.data + start, end - (size_t)start};
}

static void take_capability(struct imap_answer *answer, struct text line, void *into) {
    (void)into;
    if (!is_word(line, "CAPABILITY ")) return;
    answer->mailbox->has_move = answer->mailbox->has_move || behind(line, " MOVE") > 0;
    answer->mailbox->has_uidplus = answer->mailbox->has_uidplus || behind(line, " UIDPLUS") > 0;
}

bool imap_begin(struct mailbox *mailbox, struct error *error) {
    return command(mailbox, "CAPABILITY", take_capability, NULL, "it does not say what it can", error);
}

// ---- folders

struct selection {
    struct arena *arena;
    struct text *validity;
};

static void take_validity(struct imap_answer *answer, struct text line, void *into) {
    struct selection *selection = into;
    struct text digits = digits_behind(line, "[UIDVALIDITY ");
    (void)answer;
    if (digits.length) *selection->validity = arena_copy(selection->arena, digits);
}

bool imap_select(struct mailbox *mailbox, struct text folder, struct arena *arena, struct text *validity,
                 struct error *error) {
    struct buffer text = buffer_new(COMMAND_MAX);
    struct selection selection = {arena, validity};
    *validity = TEXT("");
    buffer_add_string(&text, "SELECT ");
    bool done = (add_quoted(folder.length ? folder : TEXT("INBOX"), &text) ||
                 connection_fail(mailbox->connection, "the folder's name cannot be one", TEXT_NULL, error)) &&
                command(mailbox, text.data, take_validity, &selection, "the folder cannot be opened", error);
    buffer_free(&text);
    return done;
}

// ---- lists

struct listing {
    struct arena *arena;
    struct mailbox_message **messages;
    size_t *count;
};

static void take_uids(struct imap_answer *answer, struct text line, void *into) {
    struct listing *listing = into;
    (void)answer;
    if (!is_word(line, "SEARCH")) return;
    for (size_t at = 6; at < line.length;) {
        size_t end = at;
        while (end < line.length && isdigit((unsigned char)line.data[end])) end++;
        struct text uid = {line.data + at, end - at};
        at = end + (end == at);
        if (!uid.length || uid.length > 20) continue;
        struct mailbox_message *message =
            arena_append(listing->arena, listing->messages, listing->count, sizeof *message);
        if (!message) return;
        message->uid = arena_copy(listing->arena, uid);
        message->size = -1;
        at = end;
    }
}

static int by_age(const void *a, const void *b) {
    const struct mailbox_message *one = a, *other = b;
    if (one->uid.length != other->uid.length) return one->uid.length < other->uid.length ? -1 : 1;
    return memcmp(one->uid.data, other->uid.data, one->uid.length);
}

static bool search(struct mailbox *mailbox, const char *text, struct listing *listing, struct error *error) {
    *listing->messages = NULL;
    *listing->count = 0;
    if (!command(mailbox, text, take_uids, listing, "the mails cannot be listed", error)) return false;
    if (*listing->count && !listing->arena->failed)
        qsort(*listing->messages, *listing->count, sizeof **listing->messages, by_age);
    return true;
}

bool imap_list(struct mailbox *mailbox, struct arena *arena, struct mailbox_message **messages, size_t *count,
               struct error *error) {
    struct listing listing = {arena, messages, count};
    return search(mailbox, "UID SEARCH UNDELETED", &listing, error);
}

struct sizing {
    struct mailbox_message *messages;
    size_t count;
};

static void take_size(struct imap_answer *answer, struct text line, void *into) {
    struct sizing *sizing = into;
    struct text uid = digits_behind(line, "UID "), size = digits_behind(line, "RFC822.SIZE ");
    (void)answer;
    for (size_t i = 0; uid.length && size.length && i < sizing->count; i++)
        if (text_equal(sizing->messages[i].uid, uid) && !text_to_int64(size, &sizing->messages[i].size))
            sizing->messages[i].size = -1;
}

static bool some_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                       struct error *error) {
    struct buffer text = buffer_new(COMMAND_MAX);
    struct sizing sizing = {messages, count};
    buffer_add_string(&text, "UID FETCH ");
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_char(&text, ',');
        buffer_add_text(&text, messages[i].uid);
    }
    buffer_add_string(&text, " (UID RFC822.SIZE)");
    bool done = command(mailbox, text.data, take_size, &sizing, "it does not tell sizes", error);
    buffer_free(&text);
    return done;
}

bool imap_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                struct error *error) {
    for (size_t i = 0; i < count; i += SIZES_AT_ONCE) {
        size_t some = count - i < SIZES_AT_ONCE ? count - i : SIZES_AT_ONCE;
        if (!some_sizes(mailbox, messages + i, some, error)) return false;
    }
    return true;
}

// ---- a message

// A short body may come in quotes.
static void take_body(struct imap_answer *answer, struct text line, void *into) {
    (void)into;
    ptrdiff_t start = behind(line, "BODY[] \"");
    if (answer->has_body || start < 0) return;
    answer->has_body = true;
    buffer_clear(answer->body);
    for (size_t i = (size_t)start; i < line.length && line.data[i] != '"'; i++) {
        if (line.data[i] == '\\' && i + 1 < line.length) i++;
        buffer_add_char(answer->body, line.data[i]);
    }
}

static void add_uid(struct buffer *text, const char *before, const struct mailbox_message *message,
                    const char *after) {
    buffer_add_string(text, before);
    buffer_add_text(text, message->uid);
    buffer_add_string(text, after);
}

int imap_read(struct mailbox *mailbox, const struct mailbox_message *message, struct buffer *bytes,
              struct error *error) {
    struct imap_answer answer = answer_of(mailbox, error);
    struct buffer text = buffer_new(COMMAND_MAX);
    answer.body = bytes;
    add_uid(&text, "UID FETCH ", message, " (UID BODY.PEEK[])");
    int said = ask(&answer, buffer_text(&text), take_body, NULL);
    if (said == 0) {
        connection_fail(mailbox->connection, "a mail cannot be read", buffer_text(&answer.line), error);
        said = -1;
    }
    buffer_free(&answer.line);
    buffer_free(&text);
    return said < 0 ? -1 : answer.has_body;
}

static bool store_flag(struct mailbox *mailbox, const struct mailbox_message *message, const char *flag,
                       struct error *error) {
    struct buffer text = buffer_new(COMMAND_MAX);
    add_uid(&text, "UID STORE ", message, " +FLAGS.SILENT (");
    buffer_add_format(&text, "%s)", flag);
    bool done = command(mailbox, text.data, NULL, NULL, "a mail cannot be marked", error);
    buffer_free(&text);
    return done;
}

bool imap_mark_seen(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    return store_flag(mailbox, message, "\\Seen", error);
}

// "UID MOVE 7 "name"", or COPY. 1: done, 0: the server says no, -1: failure.
static int transfer(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
                    struct buffer *said, struct error *error) {
    struct imap_answer answer = answer_of(mailbox, error);
    struct buffer text = buffer_new(COMMAND_MAX);
    add_uid(&text, mailbox->has_move ? "UID MOVE " : "UID COPY ", message, " ");
    bool named =
        add_quoted(folder, &text) ||
        connection_fail(mailbox->connection, "the archive folder's name cannot be one", TEXT_NULL, error);
    int done = named ? ask(&answer, buffer_text(&text), NULL, NULL) : -1;
    if (done == 0) buffer_add_text(said, text_cut(buffer_text(&answer.line), 200));
    buffer_free(&answer.line);
    buffer_free(&text);
    return done;
}

static bool create(struct mailbox *mailbox, struct text folder, struct error *error) {
    struct buffer text = buffer_new(COMMAND_MAX);
    buffer_add_string(&text, "CREATE ");
    bool done = add_quoted(folder, &text) &&
                command(mailbox, text.data, NULL, NULL, "the archive folder cannot be made", error);
    buffer_free(&text);
    return done;
}

bool imap_move(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
               struct error *error) {
    struct buffer said = buffer_new(1024);
    int done = transfer(mailbox, message, folder, &said, error);
    if (done == 0 && behind(buffer_text(&said), "[TRYCREATE]") > 0) {
        buffer_clear(&said);
        done = create(mailbox, folder, error) ? transfer(mailbox, message, folder, &said, error) : -1;
    }
    if (done == 0) refuse(mailbox, "a mail cannot be archived", buffer_text(&said), error);
    buffer_free(&said);
    return done > 0 && (mailbox->has_move || imap_delete(mailbox, message, error));
}

bool imap_delete(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    if (!store_flag(mailbox, message, "\\Deleted", error)) return false;
    struct text *uid = arena_append(&mailbox->arena, &mailbox->deleted, &mailbox->deleted_count, sizeof *uid);
    if (uid) *uid = arena_copy(&mailbox->arena, message->uid);
    return (uid && uid->data) || error_set(error, ERROR_INTERNAL, "out of memory");
}

// ---- taking away for good

static bool expunge_by_uid(struct mailbox *mailbox, struct error *error) {
    for (size_t i = 0; i < mailbox->deleted_count;) {
        struct buffer text = buffer_new(COMMAND_MAX);
        buffer_add_string(&text, "UID EXPUNGE ");
        for (size_t n = 0; n < SIZES_AT_ONCE && i < mailbox->deleted_count; n++, i++) {
            if (n) buffer_add_char(&text, ',');
            buffer_add_text(&text, mailbox->deleted[i]);
        }
        bool done = command(mailbox, text.data, NULL, NULL, "what was deleted stays there", error);
        buffer_free(&text);
        if (!done) return false;
    }
    return true;
}

static bool is_ours(const struct mailbox *mailbox, struct text uid) {
    for (size_t i = 0; i < mailbox->deleted_count; i++)
        if (text_equal(mailbox->deleted[i], uid)) return true;
    return false;
}

// Without UIDPLUS the server takes away all that is marked: only where nothing else is.
static bool expunge_all(struct mailbox *mailbox, struct error *error) {
    struct mailbox_message *marked;
    size_t count;
    struct listing listing = {&mailbox->arena, &marked, &count};
    if (!search(mailbox, "UID SEARCH DELETED", &listing, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!is_ours(mailbox, marked[i].uid)) return true;
    return command(mailbox, "EXPUNGE", NULL, NULL, "what was deleted stays there", error);
}

bool imap_finish(struct mailbox *mailbox, struct error *error) {
    struct error ignored = {0};
    bool done = !mailbox->deleted_count ||
                (mailbox->has_uidplus ? expunge_by_uid(mailbox, error) : expunge_all(mailbox, error));
    if (done) done = command(mailbox, "LOGOUT", NULL, NULL, "", &ignored) || true;
    return done;
}
