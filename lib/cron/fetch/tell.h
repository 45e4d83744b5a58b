// SPDX-License-Identifier: GPL-2.0-or-later
// What the administrator hears of fetching: a row of the system log and a mail, both or neither.
#ifndef CRON_FETCH_TELL_H
#define CRON_FETCH_TELL_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "cron/cron.h"
#include "store/fetch/accounts.h"

#include <stdbool.h>
#include <stddef.h>

// How the account is called: its address, or "account 3".
#define FETCH_NAME_MAX 300
void fetch_name(const struct mail_account *account, char name[FETCH_NAME_MAX]);

// Appends what a server or a mail says, for a log, a column or a mail: in UTF-8, in one line.
void fetch_add_words(struct text text, struct buffer *words);

// Notes the error in the account's row; where trouble begins that is told, once. One transaction.
bool fetch_tell_trouble(struct cron *cron, const struct mail_account *account, struct text message,
                        struct error *error) CHECKED;

// Notes success in the account's row, with what stays behind, or null; where it ends trouble that is told.
bool fetch_tell_success(struct cron *cron, const struct mail_account *account, struct text message,
                        struct error *error) CHECKED;

// Tells of messages that could not be taken in, each once; nothing where there are none.
bool fetch_tell_failed(struct cron *cron, const struct mail_account *account, struct error *error) CHECKED;

#endif
