// SPDX-License-Identifier: GPL-2.0-or-later
// What the help desk says about its mail.
#include "store/mail/settings.h"

#include "store/row.h"
#include "store/statements.h"

#include <string.h>

static void take_clock(const struct row *row, struct help_desk *help_desk) {
    bool system = text_equal_ignoring_case(row_text(row, MAIL_CLOCK_ZONE), TEXT("SYSTEM"));
    help_desk->zone_name = row_copy(row, system ? MAIL_CLOCK_SYSTEM_ZONE : MAIL_CLOCK_ZONE);
    help_desk->zone_offset = row_integer(row, MAIL_CLOCK_OFFSET);
    help_desk->now = row_copy(row, MAIL_CLOCK_NOW);
}

static void take_setting(const struct row *row, void *into) {
    struct help_desk *help_desk = into;
    if (row_is_null(row, MAIL_SETTING_KEY)) {
        take_clock(row, help_desk);
        return;
    }
    struct config_row *config =
        arena_append(row->arena, &help_desk->config, &help_desk->config_count, sizeof *config);
    if (config)
        *config = (struct config_row){row_copy(row, MAIL_SETTING_KEY), row_copy(row, MAIL_SETTING_VALUE)};
}

bool mail_settings_load(struct db *db, struct arena *arena, struct help_desk *help_desk,
                        struct error *error) {
    memset(help_desk, 0, sizeof *help_desk);
    if (!row_each(db, QUERY_WITHOUT_VALUES(STATEMENT_MAIL_SETTINGS), arena, take_setting, help_desk, error))
        return false;
    return !arena->failed ||
           error_set(error, ERROR_INTERNAL, "the help desk's settings do not fit into memory");
}

static void take_mailbox(const struct row *row, void *into) {
    struct mailbox *mailbox = into;
    mailbox->email_id = row_integer(row, MAILBOX_ID);
    mailbox->address = row_copy(row, MAILBOX_ADDRESS);
    mailbox->name = row_copy(row, MAILBOX_NAME);
}

int mailbox_load(struct db *db, int64_t email_id, struct arena *arena, struct mailbox *mailbox,
                 struct error *error) {
    return row_first(db, QUERY(STATEMENT_MAIL_MAILBOX, db_integer(email_id)), arena, take_mailbox, mailbox,
                     error);
}

static void take_account(const struct row *row, void *into) {
    struct smtp_account *account = into;
    account->id = row_integer(row, MAIL_ACCOUNT_ID);
    account->email_id = row_integer(row, MAIL_ACCOUNT_MAILBOX);
    account->address = row_copy(row, MAIL_ACCOUNT_ADDRESS);
    account->authentication = row_copy(row, MAIL_ACCOUNT_AUTHENTICATION);
    account->host = row_copy(row, MAIL_ACCOUNT_HOST);
    account->port = row_integer(row, MAIL_ACCOUNT_PORT);
    account->allow_spoofing = row_is_true(row, MAIL_ACCOUNT_ALLOWS_SPOOFING);
    account->namespace = row_copy(row, MAIL_ACCOUNT_NAMESPACE);
    account->username = row_copy(row, MAIL_ACCOUNT_USERNAME);
    account->password = row_copy(row, MAIL_ACCOUNT_PASSWORD);
}

bool smtp_accounts_load(struct db *db, int64_t email_id, int64_t default_smtp_id, struct arena *arena,
                        struct smtp_account **accounts, size_t *count, struct error *error) {
    struct query query = QUERY(STATEMENT_MAIL_ACCOUNTS, db_integer(email_id), db_integer(email_id),
                               db_integer(default_smtp_id));
    return row_all(db, query, arena, take_account, ROW_LIST(accounts, count), error);
}

struct template {
    int64_t group;
    bool found;
    struct text *subject, *body;
};

// The group's own one, whichever comes first.
static void take_template(const struct row *row, void *into) {
    struct template *template = into;
    if (template->found && row_integer(row, MAIL_TEMPLATE_GROUP) != template->group) return;
    template->found = true;
    *template->subject = row_copy(row, MAIL_TEMPLATE_SUBJECT);
    *template->body = row_copy(row, MAIL_TEMPLATE_BODY);
}

int mail_template_load(struct db *db, int64_t group, int64_t fallback, struct text code, struct arena *arena,
                       struct text *subject, struct text *body, struct error *error) {
    struct template template = {group, false, subject, body};
    struct query query =
        QUERY(STATEMENT_MAIL_TEMPLATE, db_integer(group), db_integer(fallback), db_text(code));
    return row_each(db, query, arena, take_template, &template, error) ? template.found : -1;
}
