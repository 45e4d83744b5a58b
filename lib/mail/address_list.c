// SPDX-License-Identifier: GPL-2.0-or-later
// Addresses that somebody typed. Read here and not by a library of mail, since a worker reads them; and not
// by mime/addresses.h, which finds an address in whatever a mail brings: mail goes to these, so that what is
// not clearly an address (an open quote, two in one place, a name without a host) is none.
#include "mail/address_list.h"

#include "mail/encoded_word.h"
#include "mail/header_text.h"

#define LIST_MAX (64 * 1024)

static bool has(const struct address_list *list, struct text address) {
    for (size_t i = 0; i < list->count; i++)
        if (text_equal_ignoring_case(list->items[i].address, address)) return true;
    return false;
}

static void add(struct text name, struct text address, struct arena *arena, struct address_list *list) {
    struct buffer line = buffer_new(LIST_MAX);
    mail_one_line(name, &line);
    if (mail_address_is_usable(address) && !has(list, address)) {
        struct reply_mail_recipient *item = arena_append(arena, &list->items, &list->count, sizeof *item);
        struct text copy = arena_copy(arena, buffer_text(&line));
        if (item) *item = (struct reply_mail_recipient){.name = copy, .address = arena_copy(arena, address)};
    }
    buffer_free(&line);
}

// ---- one address of the list

// What was read of it so far.
struct typed {
    struct buffer words;   // a name, or the address itself; quoted words without their quotes
    struct buffer comment; // in parentheses
    struct buffer angle;   // in angle brackets
    bool quoted;           // some of the words were: then they are a name
};

static void clear(struct typed *typed) {
    buffer_clear(&typed->words);
    buffer_clear(&typed->comment);
    buffer_clear(&typed->angle);
    typed->quoted = false;
}

// Whoever copies an address out of a mail has its encoded words.
static void add_typed(struct text name, struct text address, struct arena *arena, struct address_list *list) {
    struct buffer decoded = buffer_new(LIST_MAX);
    encoded_words_decode(name, &decoded);
    add(buffer_text(&decoded), text_trim(address), arena, list);
    buffer_free(&decoded);
}

static void finish(struct typed *typed, struct arena *arena, struct address_list *list) {
    struct text words = buffer_text(&typed->words), comment = buffer_text(&typed->comment);
    if (typed->angle.length)
        add_typed(typed->words.length ? words : comment, buffer_text(&typed->angle), arena, list);
    else if (!typed->quoted)
        add_typed(comment, words, arena, list);
    clear(typed);
}

// Adds what stands between the mark at `at` and `end`, a backslash taking the next byte as it is; returns
// where it ends, which is the text's end when it is not closed. Comments lie in each other.
static size_t enclosed(struct text text, size_t at, char end, struct buffer *out) {
    unsigned depth = 1;
    size_t i = at + 1;
    for (; i < text.length; i++) {
        char c = text.data[i];
        if (c == end && --depth == 0) break;
        if (c == '(' && end == ')') depth++;
        if (c == '\\' && i + 1 < text.length) c = text.data[++i];
        buffer_add_char(out, c);
    }
    return i;
}

// RFC 5322, 3.4: mailboxes with commas between, and groups, "name: mailbox, mailbox;".
static void read_all(struct text text, struct arena *arena, struct address_list *list) {
    struct typed typed = {buffer_new(LIST_MAX), buffer_new(LIST_MAX), buffer_new(LIST_MAX), false};
    for (size_t i = 0; i < text.length; i++) {
        switch (text.data[i]) {
        case '"':
            i = enclosed(text, i, '"', &typed.words);
            typed.quoted = true;
            break;
        case '(': i = enclosed(text, i, ')', &typed.comment); break;
        case '<': i = enclosed(text, i, '>', &typed.angle); break;
        case ':': clear(&typed); break; // that was the name of a group
        case ',':
        case ';': finish(&typed, arena, list); break;
        default: buffer_add_char(&typed.words, text.data[i]);
        }
    }
    finish(&typed, arena, list);
    buffer_free(&typed.words);
    buffer_free(&typed.comment);
    buffer_free(&typed.angle);
}

// ---- the list

// Without "%{user}"; whether there was one.
static bool take_user_out(struct text text, struct buffer *rest) {
    bool found = false;
    for (size_t from = 0; from < text.length;) {
        ptrdiff_t at = text_find(text, TEXT("%{user}"), from);
        size_t end = at < 0 ? text.length : (size_t)at;
        buffer_add(rest, text.data + from, end - from);
        from = at < 0 ? end : end + TEXT("%{user}").length;
        found = found || at >= 0;
    }
    return found;
}

bool address_list_read(struct text text, const struct reply_mail_owner *user, struct arena *arena,
                       struct address_list *list, struct error *error) {
    struct buffer rest = buffer_new(LIST_MAX);
    *list = (struct address_list){0};
    if (take_user_out(text, &rest)) add(user->name, text_trim(user->address), arena, list);
    read_all(buffer_text(&rest), arena, list);
    bool done = !rest.failed && !arena->failed;
    buffer_free(&rest);
    return done || error_set(error, ERROR_TOO_LARGE, "the list of addresses is too long");
}
