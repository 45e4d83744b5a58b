// SPDX-License-Identifier: GPL-2.0-or-later
// IMAP, RFC 3501, behind the login: by UIDs throughout.
#include "mailbox/imap_command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define SIZES_AT_ONCE 50

static void take_capability(struct imap_answer *answer, struct text line, void *into) {
    (void)into;
    if (!imap_is_word(line, "CAPABILITY ")) return;
    answer->mailbox->has_move = answer->mailbox->has_move || imap_behind(line, " MOVE") > 0;
    answer->mailbox->has_uidplus = answer->mailbox->has_uidplus || imap_behind(line, " UIDPLUS") > 0;
}

bool imap_begin(struct mailbox *mailbox, struct error *error) {
    return imap_command(mailbox, "CAPABILITY", take_capability, NULL, "it does not say what it can", error);
}

// ---- folders

struct selection {
    struct arena *arena;
    struct text *validity;
};

static void take_validity(struct imap_answer *answer, struct text line, void *into) {
    struct selection *selection = into;
    struct text digits = imap_digits_behind(line, "[UIDVALIDITY ");
    (void)answer;
    if (digits.length) *selection->validity = arena_copy(selection->arena, digits);
}

bool imap_select(struct mailbox *mailbox, struct text folder, struct arena *arena, struct text *validity,
                 struct error *error) {
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    struct selection selection = {arena, validity};
    *validity = TEXT("");
    buffer_add_string(&text, "SELECT ");
    bool done =
        (imap_add_quoted(folder.length ? folder : TEXT("INBOX"), &text) ||
         connection_fail(mailbox->connection, "the folder's name cannot be one", TEXT_NULL, error)) &&
        imap_command(mailbox, text.data, take_validity, &selection, "the folder cannot be opened", error);
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
    if (!imap_is_word(line, "SEARCH")) return;
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
    if (!imap_command(mailbox, text, take_uids, listing, "the mails cannot be listed", error)) return false;
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
    struct text uid = imap_digits_behind(line, "UID "), size = imap_digits_behind(line, "RFC822.SIZE ");
    (void)answer;
    for (size_t i = 0; uid.length && size.length && i < sizing->count; i++)
        if (text_equal(sizing->messages[i].uid, uid) && !text_to_int64(size, &sizing->messages[i].size))
            sizing->messages[i].size = -1;
}

static bool some_sizes(struct mailbox *mailbox, struct mailbox_message *messages, size_t count,
                       struct error *error) {
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    struct sizing sizing = {messages, count};
    buffer_add_string(&text, "UID FETCH ");
    for (size_t i = 0; i < count; i++) {
        if (i) buffer_add_char(&text, ',');
        buffer_add_text(&text, messages[i].uid);
    }
    buffer_add_string(&text, " (UID RFC822.SIZE)");
    bool done = imap_command(mailbox, text.data, take_size, &sizing, "it does not tell sizes", error);
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
    ptrdiff_t start = imap_behind(line, "BODY[] \"");
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
    struct imap_answer answer = imap_answer_of(mailbox, error);
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    answer.body = bytes;
    add_uid(&text, "UID FETCH ", message, " (UID BODY.PEEK[])");
    int said = imap_ask(&answer, buffer_text(&text), take_body, NULL);
    if (said == 0) {
        imap_refuse(mailbox, "a mail cannot be read", buffer_text(&answer.line), error);
        said = -1;
    }
    buffer_free(&answer.line);
    buffer_free(&text);
    return said < 0 ? -1 : answer.has_body;
}

static bool store_flag(struct mailbox *mailbox, const struct mailbox_message *message, const char *flag,
                       struct error *error) {
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    add_uid(&text, "UID STORE ", message, " +FLAGS.SILENT (");
    buffer_add_format(&text, "%s)", flag);
    bool done = imap_command(mailbox, text.data, NULL, NULL, "a mail cannot be marked", error);
    buffer_free(&text);
    return done;
}

bool imap_mark_seen(struct mailbox *mailbox, const struct mailbox_message *message, struct error *error) {
    return store_flag(mailbox, message, "\\Seen", error);
}

// "UID MOVE 7 "name"", or COPY. 1: done, 0: the server says no, -1: failure.
static int transfer(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
                    struct buffer *said, struct error *error) {
    struct imap_answer answer = imap_answer_of(mailbox, error);
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    add_uid(&text, mailbox->has_move ? "UID MOVE " : "UID COPY ", message, " ");
    bool named =
        imap_add_quoted(folder, &text) ||
        connection_fail(mailbox->connection, "the archive folder's name cannot be one", TEXT_NULL, error);
    int done = named ? imap_ask(&answer, buffer_text(&text), NULL, NULL) : -1;
    if (done == 0) buffer_add_text(said, text_cut(buffer_text(&answer.line), 200));
    buffer_free(&answer.line);
    buffer_free(&text);
    return done;
}

static bool create(struct mailbox *mailbox, struct text folder, struct error *error) {
    struct buffer text = buffer_new(IMAP_COMMAND_MAX);
    buffer_add_string(&text, "CREATE ");
    bool done = imap_add_quoted(folder, &text) &&
                imap_command(mailbox, text.data, NULL, NULL, "the archive folder cannot be made", error);
    buffer_free(&text);
    return done;
}

bool imap_move(struct mailbox *mailbox, const struct mailbox_message *message, struct text folder,
               struct error *error) {
    struct buffer said = buffer_new(1024);
    int done = transfer(mailbox, message, folder, &said, error);
    if (done == 0 && imap_behind(buffer_text(&said), "[TRYCREATE]") > 0) {
        buffer_clear(&said);
        done = create(mailbox, folder, error) ? transfer(mailbox, message, folder, &said, error) : -1;
    }
    if (done == 0) imap_refuse(mailbox, "a mail cannot be archived", buffer_text(&said), error);
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
        struct buffer text = buffer_new(IMAP_COMMAND_MAX);
        buffer_add_string(&text, "UID EXPUNGE ");
        for (size_t n = 0; n < SIZES_AT_ONCE && i < mailbox->deleted_count; n++, i++) {
            if (n) buffer_add_char(&text, ',');
            buffer_add_text(&text, mailbox->deleted[i]);
        }
        bool done = imap_command(mailbox, text.data, NULL, NULL, "what was deleted stays there", error);
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
    return imap_command(mailbox, "EXPUNGE", NULL, NULL, "what was deleted stays there", error);
}

bool imap_finish(struct mailbox *mailbox, struct error *error) {
    struct error ignored = {0};
    bool done = !mailbox->deleted_count ||
                (mailbox->has_uidplus ? expunge_by_uid(mailbox, error) : expunge_all(mailbox, error));
    if (done) done = imap_command(mailbox, "LOGOUT", NULL, NULL, "", &ignored) || true;
    return done;
}
