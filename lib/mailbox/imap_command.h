// SPDX-License-Identifier: GPL-2.0-or-later
// A command of IMAP and the server's responses to it, with their literals. RFC 3501, 2.2 and 7.
#ifndef MAILBOX_IMAP_COMMAND_H
#define MAILBOX_IMAP_COMMAND_H

#include "mailbox/session.h"

#define IMAP_COMMAND_MAX 8192

struct imap_answer {
    struct mailbox *mailbox;
    struct buffer line;  // a response, literals left out that went to `body`
    struct buffer *body; // where a BODY[] literal goes; NULL: none is expected
    bool has_body;
    struct error *error;
};

// Takes an untagged response, without "* " before it.
typedef void imap_take(struct imap_answer *answer, struct text line, void *into);

// Free its line.
struct imap_answer imap_answer_of(struct mailbox *mailbox, struct error *error);

// Sends a command and hands each untagged response on. 1: OK, 0: NO or BAD (its text is in the line), -1:
// failure.
int imap_ask(struct imap_answer *answer, struct text command, imap_take *take, void *into);

// The same where the text is nothing but the command's; a NO is a failure that says `what`.
bool imap_command(struct mailbox *mailbox, const char *text, imap_take *take, void *into, const char *what,
                  struct error *error);

// The error where the server said no: nothing of the connection's.
void imap_refuse(const struct mailbox *mailbox, const char *what, struct text said, struct error *error);

// Appends a name in quotes. False for one that cannot stand there.
bool imap_add_quoted(struct text name, struct buffer *out);

// Whether the response begins with the word, in any case.
bool imap_is_word(struct text line, const char *word);

// The position behind `word` in the line, in any case; -1 when it is not there.
ptrdiff_t imap_behind(struct text line, const char *word);

// The digits behind `word`; null where it is not there.
struct text imap_digits_behind(struct text line, const char *word);

#endif
