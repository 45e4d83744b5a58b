// SPDX-License-Identifier: GPL-2.0-or-later
// Opens a mailbox as cron does and does one thing with each mail:
//     mailbox_driver imap|pop3 HOST PORT CA USER PASSWORD FOLDER seen|move=NAME|delete|nothing [MOST]
// A line each: "validity TEXT"; "UID SIZE BYTES SUM" of each mail that was read (the sum of its bytes);
// "peak KILOBYTES". Or "error CODE TEXT" and 1.
#include "base/arena.h"
#include "base/buffer.h"
#include "mailbox/mailbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define ARENA_MAX (64 << 20)
#define MAIL_MAX  (64 << 20)

static uint64_t sum_of(struct text bytes) {
    uint64_t sum = 0;
    for (size_t i = 0; i < bytes.length; i++) sum += (unsigned char)bytes.data[i];
    return sum;
}

static bool act(struct mailbox *mailbox, const struct mailbox_message *message, const char *what,
                struct error *error) {
    if (strcmp(what, "nothing") == 0) return true;
    if (!mailbox_mark_seen(mailbox, message, error)) return false;
    if (strncmp(what, "move=", 5) == 0) return mailbox_move(mailbox, message, text_of(what + 5), error);
    return strcmp(what, "delete") != 0 || mailbox_delete(mailbox, message, error);
}

static bool take(struct mailbox *mailbox, const struct mailbox_message *message, const char *what,
                 struct error *error) {
    struct buffer bytes = buffer_new(MAIL_MAX);
    int found = mailbox_read(mailbox, message, &bytes, error);
    if (found > 0)
        printf("%.*s %" PRId64 " %zu %" PRIu64 "\n", (int)message->uid.length, message->uid.data,
               message->size, bytes.length, sum_of(buffer_text(&bytes)));
    buffer_free(&bytes);
    return found >= 0 && act(mailbox, message, what, error);
}

static bool run(struct mailbox *mailbox, char **words, size_t most, struct arena *arena,
                struct error *error) {
    struct text validity;
    struct mailbox_message *messages;
    size_t count;
    if (!mailbox_select(mailbox, text_of(words[7]), arena, &validity, error) ||
        !mailbox_list(mailbox, arena, &messages, &count, error))
        return false;
    printf("validity %s\n", validity.data);
    if (count > most) count = most;
    if (!mailbox_sizes(mailbox, messages, count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!take(mailbox, &messages[i], words[8], error)) return false;
    return mailbox_finish(mailbox, error);
}

int main(int count, char **words) {
    struct arena arena = arena_new(ARENA_MAX);
    struct error error = {0};
    struct mailbox_server server = {.protocol = MAILBOX_IMAP};
    struct rusage usage;
    if (count < 9) return 2;
    struct mailbox_settings settings = {
        .verify = true, .tls_ca = words[4], .answer_time = 5, .total_time = 60};
    if (strcmp(words[1], "pop3") == 0) server.protocol = MAILBOX_POP3;
    server.username = text_of(words[5]);
    server.password = text_of(words[6]);
    struct mailbox *mailbox = NULL;
    bool done = mailbox_address(text_of(words[2]), atoi(words[3]), &arena, &server) &&
                (mailbox = mailbox_open(&server, &settings, &error)) != NULL &&
                run(mailbox, words, count > 9 ? (size_t)atoi(words[9]) : SIZE_MAX, &arena, &error);
    if (!done) printf("error %d %s\n", (int)error.code, error.message);
    mailbox_close(&mailbox);
    arena_free(&arena);
    getrusage(RUSAGE_SELF, &usage);
    printf("peak %ld\n", usage.ru_maxrss);
    return done ? 0 : 1;
}
