// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as what an IMAP or a POP3 server says, from the greeting's end to the last answer: mails are read
// within the bounds, and no name of a server's making becomes a second command. The first byte chooses.
#include "mailbox/mailbox.h"
#include "fake/connection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_MAX (16 << 20)
#define MAIL_MAX  (1 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// As cron does it with one mail.
static bool take(struct mailbox *mailbox, const struct mailbox_message *message, char what,
                 struct error *error) {
    struct buffer bytes = buffer_new(MAIL_MAX);
    int read = mailbox_read(mailbox, message, &bytes, error);
    bool done = read >= 0;
    if (read > 0 && bytes.failed) abort();
    if (done && what == 'm') done = mailbox_move(mailbox, message, TEXT("done"), error);
    if (done && what == 'd') done = mailbox_delete(mailbox, message, error);
    if (done && what == 's') done = mailbox_mark_seen(mailbox, message, error);
    buffer_free(&bytes);
    return done;
}

static bool fetch(struct mailbox *mailbox, struct text folder, char what, struct arena *arena,
                  struct error *error) {
    struct text validity;
    struct mailbox_message *messages;
    size_t count;
    if (!mailbox_select(mailbox, folder, arena, &validity, error)) return false;
    if (!mailbox_list(mailbox, arena, &messages, &count, error)) return false;
    if (!mailbox_sizes(mailbox, messages, count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!take(mailbox, &messages[i], what, error)) return false;
    return mailbox_finish(mailbox, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    static const char kinds[] = "msdrMSDR"; // capitals: POP3
    const char *kind = length ? strchr(kinds, bytes[0]) : NULL;
    if (!kind || !*kind) return 0;
    bool pop3 = kind - kinds >= 4;
    struct mailbox_server server = {.protocol = pop3 ? MAILBOX_POP3 : MAILBOX_IMAP,
                                    .host = TEXT("mail.example.org")};
    struct mailbox_settings settings = {0};
    struct error error = {0};
    struct arena arena = arena_new(ARENA_MAX);
    fake_connection_says((struct text){(const char *)bytes + 1, length - 1});
    struct mailbox *mailbox = mailbox_open(&server, &settings, &error);
    bool done =
        mailbox && fetch(mailbox, pop3 ? TEXT("") : TEXT("INBOX"), (char)(*kind | 0x20), &arena, &error);
    if (!done && error.code == ERROR_NONE) abort();
    mailbox_close(&mailbox);
    arena_free(&arena);
    return 0;
}
