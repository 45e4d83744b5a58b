// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's mail accounts: what fetching would stumble over.
#include "check/checks.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "cron/fetch/login.h"
#include "cron/fetch/tell.h"
#include "db/db.h"
#include "pool/database_settings.h"
#include "store/fetch/accounts.h"
#include "store/statements.h"

#include <string.h>
#include <time.h>

#define ARENA_MAX (32 << 20)

static bool is_here(struct text host) {
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]", "::1"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(host, text_of(names[i]))) return true;
    return false;
}

// True when nothing was found.
static bool check_account(const struct mail_account *account, struct text secret_salt, struct arena *arena,
                          struct findings *findings) {
    char name[FETCH_NAME_MAX];
    struct mailbox_server server;
    struct error error = {0};
    struct buffer secret = buffer_new(FETCH_SECRET_MAX);
    bool good = fetch_login(account, secret_salt, time(NULL), arena, &secret, &server, &error);
    fetch_wipe(&secret);
    fetch_name(account, name);
    if (!good)
        findings_tell(findings, SCHEMA_WARNING, "mend it in osTicket, with the mailbox's account",
                      "the mailbox of %s cannot be fetched: %s", name, error.message);
    else if (server.security == MAILBOX_PLAIN && !is_here(server.host))
        findings_tell(
            findings, SCHEMA_WARNING,
            "choose port 993 (IMAP) or 995 (POP3) in osTicket, or write tls:// before the host's name",
            "the password of the mailbox of %s goes to %s without encryption", name, server.host.data);
    return good;
}

static void check_all(const struct mail_account *accounts, size_t count, bool fetched,
                      struct text secret_salt, struct arena *arena, struct findings *findings) {
    size_t good = 0;
    if (!fetched) {
        findings_tell(findings, SCHEMA_WARNING,
                      "switch it on among osTicket's e-mail settings, or switch the accounts off",
                      "mail accounts that are not fetched, since fetching is switched off: %zu", count);
        return;
    }
    for (size_t i = 0; i < count; i++) good += check_account(&accounts[i], secret_salt, arena, findings);
    if (good)
        findings_tell(findings, SCHEMA_GOOD, "", "cron: mail accounts that are fetched here: %zu", good);
}

void check_mailboxes(const struct settings *settings, struct findings *findings) {
    struct db_settings database = database_settings(settings);
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    struct arena arena = arena_new(ARENA_MAX);
    struct mail_account *accounts = NULL;
    size_t count = 0;
    struct error error = {0};
    // schema_check tells of a database that cannot be read.
    int fetched = db ? mail_accounts_are_fetched(db, &error) : -1;
    if (fetched >= 0 && mail_accounts_load(db, &arena, &accounts, &count, &error) && count)
        check_all(accounts, count, fetched > 0, text_of(settings->osticket.secret_salt), &arena, findings);
    arena_free(&arena);
    db_free(&db);
}
