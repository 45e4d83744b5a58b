// SPDX-License-Identifier: GPL-2.0-or-later
// One message of a mailbox, from the first note of it to its place afterwards.
#ifndef CRON_FETCH_MESSAGE_H
#define CRON_FETCH_MESSAGE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "cron/cron.h"
#include "mailbox/mailbox.h"
#include "store/create/cdata_columns.h"
#include "store/fetch/accounts.h"
#include "store/fetch/messages.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A mailbox that is being worked on.
struct fetching {
    struct cron *cron;
    const struct mail_account *account;
    struct mailbox *mailbox;
    struct message_box box;
    bool archives; // what is taken in goes to the archive folder …
    bool deletes;  // … or away
    struct cdata_trust trust;
    struct arena *arena;
    size_t most;           // messages that are begun in this run
    struct text *put_away; // UIDs, in the arena: they are gone once the mailbox is finished
    size_t put_away_count;
    size_t begun, taken, refused, failed, large; // in this run
    struct error no_place; // why the server does not let messages be put away; ERROR_NONE: it does
};

enum fetch_end {
    FETCH_WELL,            // go on
    FETCH_ACCOUNT_TROUBLE, // the server's or the account's: to be noted with it
    FETCH_OWN_TROUBLE,     // the database's, or the run is broken off: nothing can be noted
};

// How a step ended that asked the server, or the database.
enum fetch_end fetch_end_of_mailbox(bool done, const struct error *error);
enum fetch_end fetch_end_of_database(bool done);

// Takes the message in; `attempts`: that were begun before. In this order: the attempt is noted; the message
// is read, which leaves no trace in the mailbox; all that it becomes is written in one transaction, with the
// note that it is done; then it is marked as seen and put away. A message that cannot be taken in, or is too
// large, is noted as that and stays: FETCH_WELL.
enum fetch_end fetch_message(struct fetching *fetching, const struct mailbox_message *message,
                             int64_t attempts, struct error *error) CHECKED;

// Moves one that was taken in to the archive, or deletes it; nothing where it is to stay. Where the server
// does not let it, that is noted in `no_place`, and nothing more is put away in this run: new messages are
// taken in all the same.
enum fetch_end fetch_put_away(struct fetching *fetching, const struct mailbox_message *message,
                              struct error *error) CHECKED;

// The same, once it is marked as seen.
enum fetch_end fetch_settle(struct fetching *fetching, const struct mailbox_message *message,
                            struct error *error) CHECKED;

#endif
