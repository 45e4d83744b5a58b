// SPDX-License-Identifier: GPL-2.0-or-later
// Whether SECRET_SALT is the help desk's own.
#include "mail/salt_check.h"

#include "crypto/password.h"
#include "mail/message_id.h"
#include "store/check/salt_rows.h"

#include <stdio.h>
#include <string.h>

#define ARENA_MAX    (16 << 20)
#define PASSWORD_MAX 4096

// For "%.*s".
#define SHOWN(text, most) (int)text_cut(text, most).length, (text).data ? (text).data : ""

static const char mend[] = "set [osticket] secret_salt to SECRET_SALT of osTicket's include/ost-config.php; "
                           "look for a copy of an older "
                           "file where the help desk was moved";

struct evidence {
    unsigned fitting, foreign;
    char shown[192]; // the first that does not fit
};

// Every "<B" of a mail's headers that begins a Message-ID of osTicket's form.
static void look_at_headers(struct text headers, struct text salt, struct evidence *evidence) {
    ptrdiff_t at = 0;
    while ((at = text_find(headers, TEXT("<B"), (size_t)at)) >= 0) {
        struct text id = {headers.data + at + 1, headers.length - (size_t)at - 1};
        enum message_id_origin origin = message_id_origin(id, salt);
        evidence->fitting += origin == MESSAGE_ID_OURS;
        evidence->foreign += origin == MESSAGE_ID_OTHERS;
        if (origin == MESSAGE_ID_OTHERS && !evidence->shown[0])
            snprintf(evidence->shown, sizeof evidence->shown, "the Message-ID %.*s… that a customer answered",
                     SHOWN(id, 24));
        at++;
    }
}

static void look_at_password(const struct salt_password *password, struct text salt,
                             struct evidence *evidence) {
    struct buffer plain = buffer_new(PASSWORD_MAX);
    struct error error = {0};
    if (!password->stored.length) return;
    if (password_decrypt_account(password->stored, salt, password->username, password->namespace, &plain,
                                 &error)) {
        evidence->fitting++;
    } else {
        evidence->foreign++;
        if (!evidence->shown[0])
            snprintf(evidence->shown, sizeof evidence->shown, "the password of the mail account %.*s (%.*s)",
                     SHOWN(password->username, 60), SHOWN(password->namespace, 40));
    }
    if (plain.data && plain.length) explicit_bzero(plain.data, plain.length);
    buffer_free(&plain);
}

// One that fits is enough: other help desks' Message-IDs may stand among the headers.
static bool judge(const struct evidence *evidence, schema_report *report, void *context) {
    char finding[320];
    if (evidence->fitting)
        report(context, SCHEMA_GOOD, "secret_salt is the help desk's own", "");
    else if (evidence->foreign) {
        snprintf(
            finding, sizeof finding,
            "secret_salt is not the help desk's own: %s does not fit it; threading, links in mails and SMTP "
            "passwords do not work",
            evidence->shown);
        report(context, SCHEMA_WRONG, finding, mend);
    } else {
        report(context, SCHEMA_GOOD,
               "secret_salt is set; nothing in the database tells whether it is the right one", "");
    }
    return evidence->fitting || !evidence->foreign;
}

bool salt_check(const struct db_settings *settings, struct text secret_salt, schema_report *report,
                void *context) {
    struct arena arena = arena_new(ARENA_MAX);
    struct evidence evidence = {0};
    struct salt_rows rows;
    struct error error = {0};
    bool good = true;
    if (salt_rows_load(settings, &arena, &rows, &error)) {
        for (size_t i = 0; i < rows.password_count; i++)
            look_at_password(&rows.passwords[i], secret_salt, &evidence);
        for (size_t i = 0; i < rows.header_count; i++)
            look_at_headers(rows.headers[i], secret_salt, &evidence);
        good = judge(&evidence, report, context);
    }
    arena_free(&arena);
    return good;
}
