// SPDX-License-Identifier: GPL-2.0-or-later
// How a mail account reaches its server, and as whom.
#ifndef CRON_FETCH_LOGIN_H
#define CRON_FETCH_LOGIN_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include "mailbox/mailbox.h"
#include "store/fetch/accounts.h"

#include <stdbool.h>
#include <stdint.h>

#define FETCH_SECRET_MAX (16 * 1024)

// Fills `server` from the account's row. The password or token is appended to `secret`, which lives as long
// as `server` is used; the caller wipes it. `now`: seconds since 1970. ERROR_UNPROCESSABLE with a message for
// the administrator, without any secret: a protocol or host that is none; a kind of login that is not known;
// credentials that are missing or cannot be read; a token that has expired, which only osTicket's plugin
// renews. spec: cron.md 3.2, 3.3
bool fetch_login(const struct mail_account *account, struct text secret_salt, int64_t now,
                 struct arena *arena, struct buffer *secret, struct mailbox_server *server,
                 struct error *error) CHECKED;

// Overwrites and frees it.
void fetch_wipe(struct buffer *secret);

#endif
