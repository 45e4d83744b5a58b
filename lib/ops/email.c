// SPDX-License-Identifier: GPL-2.0-or-later
// E-mails that come in.
#include "ops/email.h"

#include "base/buffer.h"
#include "base/wake.h"
#include "markup/html.h"
#include "ops/email/addressees.h"
#include "ops/email/author.h"
#include "ops/email/create.h"
#include "ops/email/identify.h"
#include "ops/email/incoming.h"
#include "ops/email/match.h"
#include "ops/email/post.h"
#include "ops/email/posting.h"
#include "ops/email/refer.h"
#include "ops/email/text.h"
#include "ops/native_version.h"
#include "ops/operations.h"
#include "ops/plugins.h"
#include "store/claims.h"
#include "store/create/rows.h"
#include "store/email/thread.h"

#define ARENA_MAX     (128 << 20)
#define CLAIM_SECONDS 10
#define CLAIM_TRIES   3
#define NOTICE_MAX    (128 * 1024)
#define SYSLOG_ALWAYS 0 // whatever the help desk logs

static bool read_mail(struct incoming_email *email, bool rich_text, struct error *error) {
    struct mail_reading reading = {.rich_text = rich_text};
    return mail_message_read(email->bytes, &reading, &email->arena, &email->mail, error);
}

// HTML that is more than can be cleaned is read as words, and the mail itself comes along.
static bool read_again(struct incoming_email *email, struct error *error) {
    bool rich = !email->as_words && help_desk_switch(&email->help_desk, "enable_richtext", true);
    if (!rich && !read_mail(email, false, error)) return false;
    if (email->as_words && !email->mail.problem) email->mail.problem = "its HTML is too large";
    return true;
}

// What is known of it. Where no HTML is shown the mail is read anew: another form of its text may be wanted.
static bool look(struct incoming_email *email, struct error *error) {
    const struct operation_context *context = email->context;
    if (!email_look(context->db, &email->question, &email->arena, &email->help_desk, &email->facts, error) ||
        !native_version_check(&email->help_desk, error) ||
        !plugins_check(context->db, &email->help_desk, text_of(context->settings->ignored_plugins),
                       "an e-mail", error))
        return false;
    if (!email->facts.claimed)
        return error_set(error, ERROR_UNAVAILABLE, "the same mail is being taken in just now");
    if (!email_look_further(email, error)) return false;
    if (!read_again(email, error)) return false;
    return email_text(email, error) && email_addressees(email, error);
}

// The number of what the thread of our own mail is about.
static struct text own_number(const struct incoming_email *email, struct email_thread *thread) {
    return email->own_tag.thread_id && thread->number.data ? thread->number : TEXT("");
}

// osTicket's own words; the row is written whatever it logs otherwise.
static bool note_loop(struct incoming_email *email, struct error *error) {
    static const struct markup_options no_frames;
    struct buffer text = buffer_new(NOTICE_MAX), clean = buffer_new(NOTICE_MAX * 2);
    buffer_add_string(&text, "It appears as though ");
    buffer_add_text(&text, text_cut(email->sender, 255));
    buffer_add_string(
        &text,
        " is being used as a forwarded or fetched email account and is also being used as a user / system "
        "account. Please correct the loop or seek technical assistance.\\n\\n");
    buffer_add_text(&text, text_cut(email->mail.header, 16 * 1024));
    struct work work = {.db = email->context->db, .arena = &email->arena, .help_desk = &email->help_desk};
    bool done = markup_clean_html(buffer_text(&text), &no_frames, &clean, error) &&
                syslog_insert(&work, "Error", SYSLOG_ALWAYS, TEXT("Email loop detected"), buffer_text(&clean),
                              text_of(email->context->client_address), error);
    buffer_free(&text);
    buffer_free(&clean);
    return done;
}

static bool take_own_back(struct incoming_email *email, struct email_outcome *outcome, struct error *error) {
    struct email_thread thread = {.number = TEXT_NULL};
    if (email->own_tag.thread_id &&
        email_thread_load(email->context->db, email->own_tag.thread_id, 0, &email->arena, &thread, error) < 0)
        return false;
    email_tell(outcome, EMAIL_CAME_BACK, own_number(email, &thread));
    return note_loop(email, error);
}

static bool refuse_mailbox(const struct incoming_email *email, struct error *error) {
    return error_set(error, ERROR_DENIED,
                     "%.*s is a mailbox of this help desk: a mail from there is not put into a ticket",
                     (int)text_cut(email->sender, 255).length, email->sender.data);
}

// Clients' messages go to the parent of a merged ticket; what agents note stays where they noted it, as in
// PHP.
static void stay_with_merged(struct email_thread *thread) {
    thread->id = thread->own_id;
    thread->object_id = thread->own_object_id;
    thread->is_merged = false;
}

// 1: done; 0: it belongs into no thread; -1: failure.
static int post(struct incoming_email *email, struct email_outcome *outcome, struct error *error) {
    struct email_match match = email_match(email);
    struct email_thread thread;
    if (!match.way) return 0;
    int found =
        email_thread_load(email->context->db, match.thread_id, match.entry_id, &email->arena, &thread, error);
    if (found <= 0) return found;
    if (!email_find_recipient(email, &match, error)) return -1;
    struct email_author author = email_author(email, &match, &thread);
    if (author.kind == EMAIL_AUTHOR_MAILBOX)
        return email_is_as_php(email, AS_PHP_MAILBOX_SENDER) || refuse_mailbox(email, error) ? 0 : -1;
    if (thread.is_task) return error_set(error, ERROR_NOT_NATIVE, "the mail belongs to a task") ? 1 : -1;
    if (!email_may_post(email, &thread, &author)) return 0;
    if (email_author_writes_note(&author)) stay_with_merged(&thread);
    return email_post(email, &match, &thread, &author, outcome, error) ? 1 : -1;
}

static bool take_in(struct incoming_email *email, struct email_outcome *outcome, struct error *error) {
    const struct email_seen *seen;
    if (!look(email, error)) return false;
    // PHP asks the ban list for new tickets alone, and email_create() does so, too.
    if (email->facts.banned && !email_is_as_php(email, AS_PHP_BAN)) return email_refuse_banned(email, error);
    if (email->is_own) return take_own_back(email, outcome, error);
    int known = email_seen(email, &seen, error);
    if (known < 0) return false;
    if (known) {
        email_tell(outcome, EMAIL_SEEN, seen->number);
        return !email_is_as_php(email, AS_PHP_REFER) || email_refer_again(email, seen, error);
    }
    int posted = post(email, outcome, error);
    return posted > 0 || (posted == 0 && email_create(email, outcome, error));
}

static bool take_in_once(struct incoming_email *email, struct email_outcome *outcome, struct error *error) {
    struct operation_context *context = email->context;
    struct claims *claims = context->claims;
    claims->message_id.name = email->message_id;
    claims->message_id.locked = true;
    claims->number = (struct claim){.name = TEXT_NULL};
    if (claims->was_lost && !claims_look_again(context->db, claims, error)) return false;
    email->question.claim_seconds = CLAIM_SECONDS;
    claims->was_lost = claims->given_back = false;
    bool done = take_in(email, outcome, error);
    if (!claims->given_back) claims_release(context->db, claims);
    return done;
}

static bool receive(struct operation_context *context, struct text bytes, int64_t mailbox_id, bool as_words,
                    struct email_outcome *outcome, struct error *error) {
    struct incoming_email email = {.context = context,
                                   .arena = arena_new(ARENA_MAX),
                                   .bytes = bytes,
                                   .fetched_from = mailbox_id,
                                   .as_words = as_words};
    *outcome = (struct email_outcome){0};
    bool done = read_mail(&email, true, error) && email_identify(&email, error) &&
                take_in_once(&email, outcome, error);
    arena_free(&email.arena);
    return done;
}

bool email_receive(struct operation_context *context, struct text bytes, int64_t mailbox_id,
                   struct email_outcome *outcome, struct error *error) {
    struct claims claims = {.given_back = false};
    bool done = false, again = true, as_words = false;
    context->claims = &claims;
    for (int i = 0; i < CLAIM_TRIES && !done && again; i++) {
        error_clear(error);
        bool by_lock = claims.by_lock;
        done = receive(context, bytes, mailbox_id, as_words, outcome, error);
        bool too_large = error->code == ERROR_TOO_LARGE && !as_words;
        again =
            too_large || (error->code == ERROR_RETRYABLE && (claims.was_lost || by_lock != claims.by_lock));
        as_words = as_words || too_large;
    }
    context->claims = NULL;
    return done;
}

bool ticket_create_email(struct operation_context *context, struct answer *answer, struct error *error) {
    struct email_outcome outcome;
    if (!email_receive(context, context->body, 0, &outcome, error)) return false;
    answer->kind = ANSWER_TEXT;
    answer->created = true;
    answer->repeated = outcome.result == EMAIL_SEEN;
    output_add_text(answer->output, text_of(outcome.number));
    if (outcome.mailed) wake_send(context->settings->mail_wake);
    return true;
}
