// SPDX-License-Identifier: GPL-2.0-or-later
// What the administrator hears of fetching.
#include "cron/fetch/tell.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "cron/fetch/pauses.h"
#include "mail/ticket_mail.h"
#include "markup/escape.h"
#include "store/create/rows.h"
#include "store/fetch/messages.h"
#include "store/help_desk.h"
#include "store/transaction.h"
#include "store/work.h"

#include <inttypes.h>
#include <stdio.h>

#define TITLE     TEXT("Mail Fetcher") // osTicket's own
#define ARENA_MAX (4 << 20)
#define TEXT_MAX  (64 << 10)
#define TOLD_MAX  10000 // characters: escaped they still fit into a row
#define ABOUT_MAX 200
#define WHY_MAX   250

// For "%.*s".
#define SHOWN(text, most) (int)text_cut(text, most).length, (text).data ? (text).data : ""

void fetch_name(const struct mail_account *account, char name[FETCH_NAME_MAX]) {
    if (account->address.length)
        snprintf(name, FETCH_NAME_MAX, "%.*s", SHOWN(account->address, 64));
    else
        snprintf(name, FETCH_NAME_MAX, "account %" PRId64, account->id);
}

void fetch_add_words(struct text text, struct buffer *words) {
    for (size_t i = 0; i < text.length;) {
        uint32_t code_point = text_next_code_point(text, &i);
        buffer_add_code_point(words, code_point < ' ' || code_point == 0x7F ? ' ' : code_point);
    }
}

// The system log is shown as HTML.
static bool add_row(struct cron *cron, struct arena *arena, struct text text, struct error *error) {
    struct work work = {.db = cron->db, .arena = arena, .help_desk = cron->help_desk};
    struct buffer html = buffer_new(6 * TEXT_MAX);
    markup_escape(text_cut(text, TOLD_MAX), &html);
    bool done =
        syslog_insert(&work, "Warning", SYSLOG_WARNING, TITLE, buffer_text(&html), cron->caller, error);
    buffer_free(&html);
    return done;
}

static bool add_mail(struct cron *cron, struct text text, struct error *error) {
    const struct help_desk *desk = cron->help_desk;
    struct text url = help_desk_url(desk);
    struct buffer whole = buffer_new(TEXT_MAX + 4096);
    if (!cron->mail_enabled || help_desk_number(desk, "log_level", SYSLOG_WARNING) < SYSLOG_WARNING)
        return true;
    buffer_add_text(&whole, text);
    buffer_add_string(&whole, "\n\n");
    buffer_add_text(&whole, url.data ? url : TEXT(""));
    bool done = ticket_mail_administration(cron->db, help_desk_config(desk, "admin_email"), cron->secret_salt,
                                           TITLE, buffer_text(&whole), error);
    buffer_free(&whole);
    if (done) cron->mailed = true;
    return done;
}

// Inside a transaction.
static bool tell(struct cron *cron, struct text text, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    bool done = add_row(cron, &arena, text, error) && add_mail(cron, text, error);
    arena_free(&arena);
    return done;
}

static bool end(struct cron *cron, bool done, struct error *error) {
    if (done && transaction_commit(cron->db, error)) return true;
    transaction_rollback(cron->db);
    return false;
}

// "The mailbox of NAME" and what is said of it.
static bool tell_of_account(struct cron *cron, const struct mail_account *account, const char *what,
                            struct text message, struct error *error) {
    char name[FETCH_NAME_MAX];
    struct buffer text = buffer_new(TEXT_MAX);
    fetch_name(account, name);
    buffer_add_format(&text, "The mailbox of %s %s", name, what);
    buffer_add_text(&text, message);
    bool done = tell(cron, buffer_text(&text), error);
    buffer_free(&text);
    return done;
}

bool fetch_tell_trouble(struct cron *cron, const struct mail_account *account, struct text message,
                        struct error *error) {
    static const char words[] =
        "could not be fetched six times in a row. From now on it is tried every ten minutes "
        "at most; when it works again, you are told. The last error: ";
    bool done =
        transaction_begin(cron->db, error) &&
        mail_account_failed(cron->db, account->id, account->errors + 1, message, error) &&
        (!fetch_trouble_begins(account->errors) || tell_of_account(cron, account, words, message, error));
    return end(cron, done, error);
}

bool fetch_tell_success(struct cron *cron, const struct mail_account *account, struct text message,
                        struct error *error) {
    bool done = transaction_begin(cron->db, error) &&
                mail_account_succeeded(cron->db, account->id, message, error) &&
                (!fetch_trouble_ends(account->errors) ||
                 tell_of_account(cron, account, "is fetched again.", TEXT(""), error));
    return end(cron, done, error);
}

static void add_message(const struct untold_message *message, struct buffer *text) {
    buffer_add_string(text, "\n\n");
    if (message->about.length) {
        buffer_add_text(text, text_cut(message->about, ABOUT_MAX));
        buffer_add_char(text, '\n');
    } else {
        buffer_add_format(text, "The message with the UID %.*s\n", SHOWN(message->uid, 250));
    }
    if (message->large)
        buffer_add_format(text, "Too large: %" PRId64 " bytes ([cron] max_mail)", message->size);
    else
        buffer_add_text(text, text_cut(message->reason.data ? message->reason : TEXT(""), WHY_MAX));
}

static bool tell_of_messages(struct cron *cron, const struct mail_account *account,
                             const struct untold_message *messages, size_t count, struct error *error) {
    char name[FETCH_NAME_MAX];
    struct buffer text = buffer_new(TEXT_MAX);
    fetch_name(account, name);
    buffer_add_format(
        &text,
        "Messages in the mailbox of %s could not be taken in. They stay there; those that are not "
        "too large are tried again from time to time.",
        name);
    for (size_t i = 0; i < count; i++) add_message(&messages[i], &text);
    bool done = tell(cron, buffer_text(&text), error);
    buffer_free(&text);
    return done;
}

bool fetch_tell_failed(struct cron *cron, const struct mail_account *account, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct untold_message *messages = NULL;
    size_t count = 0;
    bool done = messages_untold(cron->db, account->id, FETCH_BEGUN_MAX, &arena, &messages, &count, error);
    if (done && count) {
        done = transaction_begin(cron->db, error) &&
               messages_told(cron->db, account->id, FETCH_BEGUN_MAX, error) &&
               tell_of_messages(cron, account, messages, count, error);
        done = end(cron, done, error);
    }
    arena_free(&arena);
    return done;
}
