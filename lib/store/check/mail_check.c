// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the help desk's mail finds a way out.
#include "store/check/mail_check.h"

#include "store/row.h"
#include "store/statements.h"

#include <stdio.h>

// Where its verdict goes.
struct judgement {
    bool has_sendmail;
    schema_report *report;
    void *context;
};

static void judge(const struct row *row, void *into) {
    const struct judgement *judgement = into;
    bool has_sendmail = judgement->has_sendmail;
    schema_report *report = judgement->report;
    void *context = judgement->context;
    struct text oauth = row_text(row, CHECK_MAIL_OAUTH_MAILBOXES);
    int64_t usable = row_integer(row, CHECK_MAIL_USABLE_ACCOUNTS);
    char finding[512];
    if (!row_is_true(row, CHECK_MAIL_DEFAULT_MAILBOXES))
        report(context, SCHEMA_WARNING,
               "the help desk has no default mailbox: mail may have nowhere to come from",
               "choose one in osTicket, among its e-mail settings");
    if (oauth.length) {
        snprintf(finding, sizeof finding, "SMTP by OAuth2 is not supported: %.*s; such mail goes out by %s",
                 (int)(oauth.length < 300 ? oauth.length : 300), oauth.data,
                 has_sendmail ? "the default SMTP account or sendmail" : "the default SMTP account alone");
        report(context, SCHEMA_WARNING, finding, "give these mailboxes SMTP accounts with a password");
    }
    if (!usable && !has_sendmail)
        report(context, SCHEMA_WARNING,
               "no way out for mail: it will wait in the queue and be given up after two days",
               "give the help desk an SMTP account, or set [mail] sendmail to a sendmail program");
}

void mail_check(const struct db_settings *settings, bool has_sendmail, schema_report *report, void *context) {
    struct db *db = db_new(settings, statements, STATEMENT_COUNT);
    struct judgement judgement = {has_sendmail, report, context};
    struct error error = {0};
    if (db && row_first(db, QUERY_WITHOUT_VALUES(STATEMENT_CHECK_MAIL), NULL, judge, &judgement, &error) < 0)
        error_clear(&error); // schema_check tells of a database that cannot be read
    db_free(&db);
}
