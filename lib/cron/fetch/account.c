// SPDX-License-Identifier: GPL-2.0-or-later
// One mail account.
#include "cron/fetch/account.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/log.h"
#include "cron/fetch/login.h"
#include "cron/fetch/message.h"
#include "cron/fetch/plan.h"
#include "cron/fetch/tell.h"
#include "cron/jobs.h"
#include "crypto/digest.h"
#include "mailbox/mailbox.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define ARENA_MAX   (96 << 20) // of a list of half a million messages
#define ANSWER_TIME 30         // seconds that a server may be silent
#define TOTAL_TIME  300        // seconds for an account; no message is begun in the last fifth of them
#define MESSAGE_MAX 2048

// What is behind the login, and not in the lists.
struct visit {
    struct fetching fetching;
    struct mailbox_server server;
    struct fetch_plan plan;
    int64_t begun_ms;
};

// ---- the way in

static bool open_mailbox(struct visit *visit, struct error *error) {
    const struct cron *cron = visit->fetching.cron;
    const struct mail_account *account = visit->fetching.account;
    const struct mailbox_settings settings = {.verify = cron->fetch.verify,
                                              .tls_ca = cron->fetch.tls_ca,
                                              .answer_time = ANSWER_TIME,
                                              .total_time = TOTAL_TIME,
                                              .may_go_on = cron->may_go_on,
                                              .context = cron->context};
    struct buffer secret = buffer_new(FETCH_SECRET_MAX);
    if (fetch_login(account, cron->secret_salt, time(NULL), visit->fetching.arena, &secret, &visit->server,
                    error))
        visit->fetching.mailbox = mailbox_open(&visit->server, &settings, error);
    fetch_wipe(&secret);
    visit->server.password = visit->server.token = TEXT_NULL;
    return visit->fetching.mailbox != NULL;
}

// UIDs hold for a user's folder on a server, as long as the server says so.
static bool name_box(struct visit *visit, struct text validity, struct error *error) {
    const struct mailbox_server *server = &visit->server;
    const struct mail_account *account = visit->fetching.account;
    struct text folder = account->folder.data ? account->folder : TEXT("");
    struct buffer name = buffer_new(8192);
    visit->fetching.box.account_id = account->id;
    buffer_add_format(&name, "%d\n%s\n%" PRId64 "\n%s\n", (int)server->protocol, server->host.data,
                      server->port, server->username.data);
    buffer_add_text(&name, folder);
    buffer_add_char(&name, '\n');
    buffer_add_text(&name, validity);
    bool done = !name.failed && digest_sha1_hex(buffer_text(&name), visit->fetching.box.digest);
    buffer_free(&name);
    return done || error_set(error, ERROR_INTERNAL, "the mailbox cannot be named");
}

// Names of folders are the server's, to the letter; that of the inbox alone is the protocol's. RFC 3501, 5.1
static bool is_same_folder(struct text one, struct text other) {
    static const struct text inbox = {"INBOX", 5};
    return text_equal(one, other) ||
           (text_equal_ignoring_case(one, inbox) && text_equal_ignoring_case(other, inbox));
}

// What is taken in goes to the archive folder whatever else is chosen, as in osTicket; where that is the
// folder itself, it stays there. spec: cron.md 3.6
static void choose_place(struct visit *visit) {
    struct fetching *fetching = &visit->fetching;
    const struct mail_account *account = fetching->account;
    struct text folder = account->folder.length ? account->folder : TEXT("INBOX");
    bool has_archive = visit->server.protocol == MAILBOX_IMAP && account->archive_folder.length;
    fetching->archives = has_archive && !is_same_folder(folder, account->archive_folder);
    fetching->deletes = account->deletes && !has_archive;
}

static enum fetch_end make_plan(struct visit *visit, struct error *error) {
    struct fetching *fetching = &visit->fetching;
    struct arena *arena = fetching->arena;
    const struct fetch_rules rules = {.most = fetching->most,
                                      .largest = fetching->cron->fetch.max_mail,
                                      .puts_away = fetching->archives || fetching->deletes};
    struct mailbox_message *messages = NULL;
    struct message_memory *memories = NULL;
    size_t count = 0, memory_count = 0;
    if (!mailbox_list(fetching->mailbox, arena, &messages, &count, error))
        return fetch_end_of_mailbox(false, error);
    if (!messages_load(fetching->cron->db, &fetching->box, arena, &memories, &memory_count, error))
        return FETCH_OWN_TROUBLE;
    if (!fetch_plan_make(messages, count, memories, memory_count, &rules, arena, &visit->plan))
        return fetch_end_of_mailbox(
            error_set(error, ERROR_TOO_LARGE, "There are more messages than can be listed"), error);
    return fetch_end_of_mailbox(
        mailbox_sizes(fetching->mailbox, visit->plan.take, visit->plan.take_count, error), error);
}

// ---- the messages

static bool has_time(const struct visit *visit) {
    return clock_monotonic_ms() - visit->begun_ms < (int64_t)TOTAL_TIME * 800;
}

// What an earlier run could not finish.
static enum fetch_end put_rest_away(struct visit *visit, struct error *error) {
    struct fetching *fetching = &visit->fetching;
    const struct fetch_plan *plan = &visit->plan;
    bool marked = fetching->deletes && visit->server.protocol == MAILBOX_IMAP;
    enum fetch_end end = FETCH_WELL;
    for (size_t i = 0; end == FETCH_WELL && marked && i < plan->gone_count; i++) {
        const struct mailbox_message message = {.uid = plan->gone[i]};
        end = fetch_put_away(fetching, &message, error);
    }
    for (size_t i = 0; end == FETCH_WELL && i < plan->put_away_count && has_time(visit); i++)
        end = fetch_settle(fetching, &plan->put_away[i], error);
    return end;
}

static enum fetch_end take_all(struct visit *visit, struct error *error) {
    struct fetching *fetching = &visit->fetching;
    const struct fetch_plan *plan = &visit->plan;
    enum fetch_end end = FETCH_WELL;
    for (size_t i = 0; end == FETCH_WELL && i < plan->take_count && fetching->begun < fetching->most; i++) {
        if (!has_time(visit)) break;
        if (!cron_goes_on(fetching->cron))
            return fetch_end_of_database(error_set(error, ERROR_ABORTED, "told to stop"));
        end = fetch_message(fetching, &plan->take[i], plan->attempts[i], error);
    }
    return end;
}

static enum fetch_end forget(struct visit *visit, struct error *error) {
    const struct fetching *fetching = &visit->fetching;
    const struct fetch_plan *plan = &visit->plan;
    struct db *db = fetching->cron->db;
    return fetch_end_of_database(
        messages_forget(db, &fetching->box, fetching->put_away, fetching->put_away_count, error) &&
        messages_forget(db, &fetching->box, plan->gone, fetching->no_place.code ? 0 : plan->gone_count,
                        error) &&
        messages_forget(db, &fetching->box, plan->forget, plan->forget_count, error) &&
        messages_forget_others(db, &fetching->box, error));
}

static enum fetch_end work(struct visit *visit, struct error *error) {
    struct fetching *fetching = &visit->fetching;
    struct text folder = fetching->account->folder.data ? fetching->account->folder : TEXT(""), validity;
    choose_place(visit);
    enum fetch_end end =
        fetch_end_of_mailbox(mailbox_select(fetching->mailbox, folder, fetching->arena, &validity, error) &&
                                 name_box(visit, validity, error),
                             error);
    if (end == FETCH_WELL) end = make_plan(visit, error);
    if (end == FETCH_WELL) end = put_rest_away(visit, error);
    if (end == FETCH_WELL) end = take_all(visit, error);
    if (end == FETCH_WELL) end = fetch_end_of_mailbox(mailbox_finish(fetching->mailbox, error), error);
    if (end == FETCH_WELL) end = forget(visit, error);
    if (end != FETCH_WELL || !fetching->no_place.code) return end;
    *error = fetching->no_place;
    return FETCH_ACCOUNT_TROUBLE;
}

// ---- what came of it

static bool note_trouble(struct cron *cron, const struct mail_account *account, const struct error *why,
                         struct error *error) {
    char name[FETCH_NAME_MAX];
    struct buffer words = buffer_new(MESSAGE_MAX);
    fetch_name(account, name);
    fetch_add_words(text_cut(text_of(why->message), MESSAGE_MAX / 4), &words);
    log_write(cron->log, LOG_LEVEL_WARNING,
              "cron: the mailbox of %s cannot be fetched (error %" PRId64 "): %s", name, account->errors + 1,
              words.data);
    bool done = fetch_tell_trouble(cron, account, buffer_text(&words), error);
    buffer_free(&words);
    return done;
}

static bool note_success(struct visit *visit, struct error *error) {
    const struct fetching *fetching = &visit->fetching;
    char name[FETCH_NAME_MAX], left[128] = "";
    size_t large = fetching->large + visit->plan.large;
    fetch_name(fetching->account, name);
    if (large)
        snprintf(left, sizeof left, "%zu messages are too large ([cron] max_mail) and stay in the mailbox",
                 large);
    if (fetching->begun)
        log_write(fetching->cron->log, LOG_LEVEL_INFO,
                  "cron: the mailbox of %s: %zu messages taken in, %zu refused, %zu failed in %" PRId64 " ms",
                  name, fetching->taken, fetching->refused, fetching->failed,
                  clock_monotonic_ms() - visit->begun_ms);
    return fetch_tell_success(fetching->cron, fetching->account, *left ? text_of(left) : TEXT_NULL, error);
}

static bool fetch(struct cron *cron, const struct mail_account *account, struct arena *arena,
                  struct error *error) {
    struct visit visit = {
        .fetching = {.cron = cron,
                     .account = account,
                     .arena = arena,
                     .most = account->most > 0 ? (size_t)account->most : FETCH_MOST_USUALLY},
        .begun_ms = clock_monotonic_ms()};
    struct error why = {0};
    enum fetch_end end = fetch_end_of_mailbox(open_mailbox(&visit, &why), &why);
    if (end == FETCH_WELL) end = work(&visit, &why);
    mailbox_close(&visit.fetching.mailbox);
    if (end == FETCH_OWN_TROUBLE) {
        *error = why;
        return false;
    }
    return (end == FETCH_WELL ? note_success(&visit, error) : note_trouble(cron, account, &why, error)) &&
           fetch_tell_failed(cron, account, error);
}

bool fetch_account(struct cron *cron, int64_t id, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct mail_account account;
    int found = mail_account_claim(cron->db, id, error);
    if (found > 0) found = mail_account_load(cron->db, id, &arena, &account, error);
    bool done = found == 0 || (found > 0 && fetch(cron, &account, &arena, error));
    arena_free(&arena);
    return done;
}
