// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the help desk's mail finds a way out.
#include "store/check/mail_check.h"

#include <stdio.h>

enum { ASK_WAYS, ASK_COUNT };

// Whether there is a default mailbox, how many SMTP accounts can be used, the mailboxes of those that cannot.
// An account that logs in as its mailbox does is resolved.
static const char *const asks[ASK_COUNT] = {
    [ASK_WAYS] =
        "SELECT (SELECT COUNT(*) FROM {config} c JOIN {email} m ON CONCAT(m.email_id)=c.value WHERE "
        "c.namespace='core' AND c.`key`='default_email_id'),SUM(q.auth NOT LIKE 'oauth2%'),"
        "GROUP_CONCAT(IF(q.auth LIKE 'oauth2%',q.email,NULL) SEPARATOR ', ') FROM (SELECT "
        "COALESCE(IF(a.auth_bk='mailbox',b.auth_bk,a.auth_bk),'') AS auth,m.email FROM {email_account} a "
        "LEFT JOIN "
        "{email} m ON m.email_id=a.email_id LEFT JOIN {email_account} b ON b.email_id=a.email_id AND "
        "b.type='mailbox' WHERE a.type='smtp' AND a.active=1) q",
};

static void judge(struct db_rows *rows, bool has_sendmail, schema_report *report, void *context) {
    struct text oauth = db_rows_text(rows, 2);
    int64_t usable = db_rows_integer(rows, 1);
    char finding[512];
    if (!db_rows_integer(rows, 0))
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
    struct db *db = db_new(settings, asks, ASK_COUNT);
    struct db_rows *rows;
    struct error error;
    if (db && db_query(db, ASK_WAYS, NULL, 0, &rows, &error)) {
        if (db_rows_next(rows, &error) > 0) judge(rows, has_sendmail, report, context);
        db_rows_close(&rows);
    }
    db_free(&db);
}
