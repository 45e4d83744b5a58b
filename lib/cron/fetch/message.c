// SPDX-License-Identifier: GPL-2.0-or-later
// One message of a mailbox.
#include "cron/fetch/message.h"

#include "base/buffer.h"
#include "base/log.h"
#include "cron/fetch/pauses.h"
#include "cron/fetch/plan.h"
#include "cron/fetch/tell.h"
#include "crypto/digest.h"
#include "mime/fields.h"
#include "mime/words.h"
#include "ops/email.h"
#include "store/help_desk.h"

#include <stdio.h>

#define TRIES      3 // where the database rolled it back
#define HEADER_MAX (1 << 20)
#define REASON_MAX 500 // characters
#define WORDS_MAX  4096
#define UNFINISHED                                                                                           \
    "It was begun several times and never ended: the program, or the mail server's connection, ends over "   \
    "it, or the server does not let it be read"

struct taking {
    struct fetching *fetching;
    struct text uid;
    char made[DIGEST_HEX_SIZE(DIGEST_SHA1_SIZE) + 1]; // the UID where the server has none
    int64_t attempts;                                 // this one included
    bool remembered;                                  // that it is done, in the transaction
};

enum fetch_end fetch_end_of_mailbox(bool done, const struct error *error) {
    if (done) return FETCH_WELL;
    return error->code == ERROR_ABORTED ? FETCH_OWN_TROUBLE : FETCH_ACCOUNT_TROUBLE;
}

enum fetch_end fetch_end_of_database(bool done) {
    return done ? FETCH_WELL : FETCH_OWN_TROUBLE;
}

// ---- its place afterwards

static bool note_put_away(struct fetching *fetching, const struct mailbox_message *message,
                          struct error *error) {
    struct text uid = fetch_uid(message);
    if (!uid.length) return true;
    struct text *slot =
        arena_append(fetching->arena, &fetching->put_away, &fetching->put_away_count, sizeof *slot);
    if (slot) *slot = uid;
    return slot || error_too_large(error);
}

static enum fetch_end end_of_placing(struct fetching *fetching, bool done, struct error *error) {
    if (done || error->code != ERROR_DENIED) return fetch_end_of_mailbox(done, error);
    fetching->no_place = *error;
    error_clear(error);
    return FETCH_WELL;
}

enum fetch_end fetch_put_away(struct fetching *fetching, const struct mailbox_message *message,
                              struct error *error) {
    bool done = true;
    if (fetching->no_place.code) return FETCH_WELL;
    if (fetching->archives)
        done = mailbox_move(fetching->mailbox, message, fetching->account->archive_folder, error);
    else if (fetching->deletes)
        done = mailbox_delete(fetching->mailbox, message, error);
    if (done && (fetching->archives || fetching->deletes)) done = note_put_away(fetching, message, error);
    return end_of_placing(fetching, done, error);
}

enum fetch_end fetch_settle(struct fetching *fetching, const struct mailbox_message *message,
                            struct error *error) {
    enum fetch_end end = FETCH_WELL;
    if (!fetching->no_place.code)
        end = end_of_placing(fetching, mailbox_mark_seen(fetching->mailbox, message, error), error);
    return end == FETCH_WELL ? fetch_put_away(fetching, message, error) : end;
}

// ---- what could not be taken in

// "Jane <jane@example.org>: Broken pump", in one line.
static void describe(struct text bytes, struct buffer *about) {
    struct arena arena = arena_new(HEADER_MAX);
    struct text header, body;
    mail_split(bytes, &header, &body);
    struct mail_fields fields = mail_fields_read(text_cut(header, HEADER_MAX / 8), &arena);
    struct text from = mail_words_decode(mail_field_last(&fields, "From"), &arena);
    struct text subject = mail_words_decode(mail_field_last(&fields, "Subject"), &arena);
    fetch_add_words(from.length ? text_cut(from, 100) : TEXT("(no sender)"), about);
    buffer_add_string(about, ": ");
    fetch_add_words(subject.length ? text_cut(subject, 100) : TEXT("(no subject)"), about);
    arena_free(&arena);
}

static enum fetch_end note_failure(struct taking *taking, struct text bytes, const struct error *why,
                                   struct error *error) {
    struct fetching *fetching = taking->fetching;
    struct buffer about = buffer_new(WORDS_MAX), reason = buffer_new(WORDS_MAX);
    int64_t pause = fetch_pause_failed(taking->attempts);
    describe(bytes, &about);
    fetch_add_words(text_cut(text_of(why->message), REASON_MAX), &reason);
    bool done = message_failed(fetching->cron->db, &fetching->box, taking->uid, pause, buffer_text(&about),
                               buffer_text(&reason), error);
    log_write(fetching->cron->log, LOG_LEVEL_WARNING,
              "cron: a message of mail account %lld (UID %.*s) cannot be taken in, next try in %lld s: %s",
              (long long)fetching->account->id, (int)taking->uid.length, taking->uid.data, (long long)pause,
              *why->detail ? why->detail : why->message);
    buffer_free(&about);
    buffer_free(&reason);
    fetching->failed++;
    return fetch_end_of_database(done);
}

static enum fetch_end note_large(struct fetching *fetching, struct text uid, int64_t size,
                                 struct error *error) {
    fetching->large++;
    log_write(fetching->cron->log, LOG_LEVEL_WARNING,
              "cron: a message of mail account %lld (UID %.*s) has %lld bytes, more than [cron] max_mail",
              (long long)fetching->account->id, (int)uid.length, uid.data, (long long)size);
    return fetch_end_of_database(!uid.length ||
                                 message_large(fetching->cron->db, &fetching->box, uid, size, error));
}

// ---- taking in

// Part of the transaction of whatever the message becomes.
static bool remember(void *with, struct error *error) {
    struct taking *taking = with;
    taking->remembered = message_done(taking->fetching->cron->db, &taking->fetching->box, taking->uid, error);
    return taking->remembered;
}

static bool receive(struct taking *taking, struct text bytes, struct email_outcome *outcome,
                    struct error *error) {
    const struct cron *cron = taking->fetching->cron;
    char caller[64];
    snprintf(caller, sizeof caller, "%.*s", (int)cron->caller.length,
             cron->caller.data ? cron->caller.data : "");
    const struct operation_settings settings = {.mail_enabled = cron->mail_enabled,
                                                .email_as_php = cron->fetch.email_as_php,
                                                .ignored_plugins = cron->fetch.ignored_plugins,
                                                .resolver = "",
                                                .mail_wake = -1,
                                                .cron_wake = -1,
                                                .secret_salt = cron->secret_salt.data};
    struct operation_context context = {.db = cron->db,
                                        .log = cron->log,
                                        .settings = &settings,
                                        .client_address = caller,
                                        .also = remember,
                                        .with = taking,
                                        .trust = &taking->fetching->trust};
    for (int tries = 1;; tries++) {
        taking->remembered = taking->fetching->trust.is_used = false;
        error_clear(error);
        if (email_receive(&context, bytes, taking->fetching->account->email_id, outcome, error)) return true;
        if (error->code != ERROR_RETRYABLE || tries == TRIES) return false;
    }
}

// Where the database is away nothing is known of the message.
static bool is_own_trouble(const struct error *error) {
    return error->code == ERROR_UNAVAILABLE || error->code == ERROR_UNKNOWN || error->code == ERROR_ABORTED;
}

static enum fetch_end take_in(struct taking *taking, const struct mailbox_message *message, struct text bytes,
                              struct error *error) {
    struct fetching *fetching = taking->fetching;
    struct email_outcome outcome = {0};
    struct error why = {0};
    bool done = receive(taking, bytes, &outcome, &why);
    bool refused = !done && why.code == ERROR_DENIED;
    if (!done && is_own_trouble(&why)) {
        *error = why;
        return FETCH_OWN_TROUBLE;
    }
    if (!done && !refused) return note_failure(taking, bytes, &why, error);
    if (outcome.mailed) fetching->cron->mailed = true;
    fetching->taken += done;
    fetching->refused += refused;
    if ((!done || !taking->remembered) &&
        !message_done(fetching->cron->db, &fetching->box, taking->uid, error))
        return FETCH_OWN_TROUBLE;
    return fetch_settle(fetching, message, error);
}

static enum fetch_end begin(struct taking *taking, int64_t size, struct error *error) {
    struct fetching *fetching = taking->fetching;
    struct text reason = taking->attempts < FETCH_BEGUN_MAX ? TEXT_NULL : TEXT(UNFINISHED);
    fetching->begun++;
    return fetch_end_of_database(message_begin(fetching->cron->db, &fetching->box, taking->uid, size,
                                               fetch_pause_begun(taking->attempts), reason, error));
}

// A message that its server has no UID for is known by its content.
static enum fetch_end take_unnamed(struct taking *taking, const struct mailbox_message *message,
                                   struct text bytes, struct error *error) {
    struct fetching *fetching = taking->fetching;
    struct message_memory memory;
    taking->made[0] = '=';
    if (!digest_sha1_hex(bytes, taking->made + 1))
        return fetch_end_of_database(error_set(error, ERROR_INTERNAL, "no digest can be made"));
    taking->uid = text_of(taking->made);
    if (!message_load(fetching->cron->db, &fetching->box, taking->uid, fetching->arena, &memory, error))
        return FETCH_OWN_TROUBLE;
    if (memory.state == MESSAGE_DONE) return fetch_put_away(fetching, message, error);
    if (memory.state != MESSAGE_NEW && !memory.due) return FETCH_WELL;
    taking->attempts = memory.attempts + 1;
    enum fetch_end end = begin(taking, message->size, error);
    return end == FETCH_WELL ? take_in(taking, message, bytes, error) : end;
}

// The server says no to this one alone, as to one that it holds damaged: begun it stays, so that it is tried
// again, less and less often, and told of; those behind it have their turn.
static enum fetch_end pass_over(struct taking *taking, struct error *error) {
    struct fetching *fetching = taking->fetching;
    log_write(fetching->cron->log, LOG_LEVEL_WARNING,
              "cron: a message of mail account %lld (UID %.*s) cannot be read: %s",
              (long long)fetching->account->id, (int)taking->uid.length, taking->uid.data, error->message);
    error_clear(error);
    fetching->failed++;
    return FETCH_WELL;
}

static enum fetch_end read_and_take(struct taking *taking, const struct mailbox_message *message,
                                    struct error *error) {
    struct fetching *fetching = taking->fetching;
    struct buffer bytes = buffer_new(fetching->cron->fetch.max_mail);
    int found = mailbox_read(fetching->mailbox, message, &bytes, error);
    enum fetch_end end = found < 0 ? fetch_end_of_mailbox(false, error) : FETCH_WELL;
    if (found < 0 && error->code == ERROR_DENIED) {
        buffer_free(&bytes);
        return pass_over(taking, error);
    }
    if (found > 0)
        end = taking->uid.length ? take_in(taking, message, buffer_text(&bytes), error)
                                 : take_unnamed(taking, message, buffer_text(&bytes), error);
    if (found == 0 && taking->uid.length)
        end = fetch_end_of_database(
            messages_forget(fetching->cron->db, &fetching->box, &taking->uid, 1, error));
    // The server had said less, and the mailbox is of no use any more: but next time this is known.
    if (found < 0 && error->code == ERROR_TOO_LARGE) {
        struct error second = {0};
        if (note_large(fetching, taking->uid, (int64_t)fetching->cron->fetch.max_mail + 1, &second) !=
            FETCH_WELL) {
            *error = second;
            end = FETCH_OWN_TROUBLE;
        }
    }
    buffer_free(&bytes);
    return end;
}

enum fetch_end fetch_message(struct fetching *fetching, const struct mailbox_message *message,
                             int64_t attempts, struct error *error) {
    struct taking taking = {.fetching = fetching, .uid = fetch_uid(message), .attempts = attempts + 1};
    if (message->size > 0 && (uint64_t)message->size > fetching->cron->fetch.max_mail)
        return note_large(fetching, taking.uid, message->size, error);
    enum fetch_end end = taking.uid.length ? begin(&taking, message->size, error) : FETCH_WELL;
    return end == FETCH_WELL ? read_and_take(&taking, message, error) : end;
}
