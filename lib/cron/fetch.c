// SPDX-License-Identifier: GPL-2.0-or-later
// Mails of the help desk's mailboxes become tickets, messages and notes. spec: cron.md 3, 8.
//
// The way of a mail, file by file of cron/fetch/:
//   mail_accounts_due()   store/fetch/accounts.h: which accounts it is time for
//   fetch_account()       account.h: one account, from the claim to what its row says of the run
//   fetch_login()         login.h: its credentials
//   mailbox_open() …      lib/mailbox: the server
//   fetch_plan_make()     plan.h: which messages are taken, put away, forgotten
//   fetch_message()       message.h: one message: begun, read, taken in, remembered
//   fetch_tell_failed()   tell.h: what the administrator hears
#include "base/arena.h"
#include "cron/fetch/account.h"
#include "cron/jobs.h"
#include "ops/plugins.h"
#include "store/fetch/accounts.h"
#include "store/fetch/messages.h"
#include "store/help_desk.h"

#define IDS_MAX  (1 << 20)
#define DESK_MAX (32 << 20)

// Whether mails can be taken in here at all; if not, no account is touched, so that PHP's cron may do it.
static bool check(struct cron *cron, struct error *error) {
    struct arena arena = arena_new(DESK_MAX);
    struct help_desk help_desk;
    bool good =
        help_desk_load(cron->db, &arena, &help_desk, error) &&
        plugins_check(cron->db, &help_desk, text_of(cron->fetch.ignored_plugins), "fetched mail", error);
    arena_free(&arena);
    return good;
}

static bool fetch_all(struct cron *cron, const int64_t *ids, size_t count, struct error *error) {
    for (size_t i = 0; i < count && cron_goes_on(cron); i++)
        if (!fetch_account(cron, ids[i], error)) return false;
    return true;
}

bool cron_fetch(struct cron *cron, struct error *error) {
    struct arena arena = arena_new(IDS_MAX);
    int64_t *ids = NULL;
    size_t count = 0;
    if (!help_desk_switch(cron->help_desk, "enable_mail_polling", false)) return true;
    // The table first: what an account failed stands in it, too.
    bool done = messages_ready(cron->db, error) && mail_accounts_due(cron->db, &arena, &ids, &count, error) &&
                (!count || (check(cron, error) && fetch_all(cron, ids, count, error)));
    arena_free(&arena);
    return done;
}
