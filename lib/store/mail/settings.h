// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk says about its mail: settings, mailboxes, SMTP accounts, templates.
#ifndef STORE_MAIL_SETTINGS_H
#define STORE_MAIL_SETTINGS_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "store/help_desk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

// Fills `config`, `zone_name`, `zone_offset` and `now` of a help_desk, with every setting of the namespace
// core: help_desk_config() and its like then answer for the mail's settings too. One round trip.
bool mail_settings_load(struct db *db, struct arena *arena, struct help_desk *help_desk,
                        struct error *error) CHECKED;

struct mailbox {
    int64_t email_id;
    struct text address, name;
};

// 1: found, 0: no such mailbox, -1: failure.
int mailbox_load(struct db *db, int64_t email_id, struct arena *arena, struct mailbox *mailbox,
                 struct error *error) CHECKED;

// An active account of the type smtp.
struct smtp_account {
    int64_t id, email_id;
    struct text address;        // of its mailbox; null when that is gone
    struct text authentication; // none, basic, oauth2:…; "mailbox" is resolved already
    struct text host;           // may begin with ssl://, tls:// or plain://
    int64_t port;
    bool allow_spoofing;
    struct text namespace;          // of its credentials in ost_config
    struct text username, password; // null when not set; the password as stored
};

// The mailbox's own account, then the one with the id `default_smtp_id` of the settings: in the order in
// which they are tried. spec: creating.md D.4.
bool smtp_accounts_load(struct db *db, int64_t email_id, int64_t default_smtp_id, struct arena *arena,
                        struct smtp_account **accounts, size_t *count, struct error *error) CHECKED;

// The template `code` of the group `group`, else of the group `fallback`. 1, 0, -1.
int mail_template_load(struct db *db, int64_t group, int64_t fallback, struct text code, struct arena *arena,
                       struct text *subject, struct text *body, struct error *error) CHECKED;

#endif
