// SPDX-License-Identifier: GPL-2.0-or-later
// The help desk's mail accounts whose mailboxes are fetched: those of the type mailbox. One round trip each.
#ifndef STORE_FETCH_ACCOUNTS_H
#define STORE_FETCH_ACCOUNTS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// With so many errors in a row an account waits ten minutes between two tries. spec: cron.md 3.1
#define MAIL_ACCOUNT_ERRORS_MAX 6

// As its row has it; texts lie in the arena, null where there is none.
struct mail_account {
    int64_t id;
    int64_t email_id;           // its mailbox, 0 when that is gone
    struct text address;        // of the mailbox
    struct text authentication; // basic, oauth2:…
    struct text protocol;       // IMAP, POP; others cannot be fetched
    struct text host;           // may begin with ssl://, tls:// or plain://
    int64_t port;
    struct text folder; // "": INBOX
    int64_t most;       // mails in a run; 0: as many as is usual
    bool deletes;       // mails that were taken in
    struct text archive_folder;
    int64_t errors;            // in a row, before this run
    struct text namespace;     // of its credentials in ost_config
    struct text username;      // of basic, as the next
    struct text password;      // as stored: crypto/password.h
    struct text token;         // of oauth2, as the next two; as stored
    struct text token_owner;   // what the token is bound to
    struct text token_expires; // seconds since 1970
};

// Whether the help desk fetches mail at all: 1, 0, -1.
int mail_accounts_are_fetched(struct db *db, struct error *error) CHECKED;

// The ids of those that are due, the one that waits longest first. spec: cron.md 3.1
bool mail_accounts_due(struct db *db, struct arena *arena, int64_t **ids, size_t *count,
                       struct error *error) CHECKED;

// Makes the account ours: as osTicket's own cron notes that it has begun. 1: ours; 0: it is not due any more,
// somebody else is at it; -1: failure.
int mail_account_claim(struct db *db, int64_t id, struct error *error) CHECKED;

// 1: found, 0: gone, -1: failure.
int mail_account_load(struct db *db, int64_t id, struct arena *arena, struct mail_account *account,
                      struct error *error) CHECKED;

// All that are switched on.
bool mail_accounts_load(struct db *db, struct arena *arena, struct mail_account **accounts, size_t *count,
                        struct error *error) CHECKED;

// What came of it. `message` is for the administrator, who sees it with the account; null: nothing to say. It
// is cut to its column. `errors` in a row, this one included, are kept in this server's own table, too: PHP
// sets osTicket's number back with each try of its own. Two round trips, in a transaction of the caller's.
bool mail_account_succeeded(struct db *db, int64_t id, struct text message, struct error *error) CHECKED;
bool mail_account_failed(struct db *db, int64_t id, int64_t errors, struct text message,
                         struct error *error) CHECKED;

#endif
