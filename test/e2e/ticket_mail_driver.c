// SPDX-License-Identifier: GPL-2.0-or-later
// Queues one of a new ticket's mails (mail/ticket_mail.h) as an operation would, in a transaction of its own:
// for tests against a real database.
//
//     ticket_mail_driver CONFIG TICKET THREAD ENTRY USER NAME ADDRESS WHAT [ARGUMENT...]
#include "config/settings.h"
#include "db/db.h"
#include "mail/ticket_mail.h"
#include "store/statements.h"
#include "store/transaction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool queue(struct db *db, struct arena *arena, const struct ticket_mail *mail, const char *what,
                  char **more, struct error *error) {
    if (!strcmp(what, "autoresponse")) return ticket_mail_new(db, arena, mail, true, false, error);
    if (!strcmp(what, "canned")) return ticket_mail_canned_reply(db, arena, mail, error);
    if (!strcmp(what, "overlimit")) return ticket_mail_over_limit(db, arena, mail, error);
    if (!strcmp(what, "new")) return ticket_mail_new(db, arena, mail, false, true, error);
    if (!strcmp(what, "assigned")) { // STAFF TEAM ASSIGNER [COMMENTS]
        struct ticket_mail_assignment assignment = {.staff_id = atoi(more[0]),
                                                    .team_id = atoi(more[1]),
                                                    .assigner = text_of(more[2]),
                                                    .comments = text_of(more[3])};
        return ticket_mail_alert_assigned(db, mail, &assignment, error);
    }
    if (!strcmp(what, "filter")) // FROM RECIPIENTS SUBJECT BODY
        return ticket_mail_filter(db, arena, mail, atoi(more[0]), text_of(more[1]), text_of(more[2]),
                                  text_of(more[3]), error);
    if (!strcmp(what, "administration")) // ADDRESS SUBJECT TEXT
        return ticket_mail_administration(db, text_of(more[0]), mail->secret_salt, text_of(more[1]),
                                          text_of(more[2]), error);
    return error_set(error, ERROR_INTERNAL, "no such mail: %s", what);
}

int main(int count, char **arguments) {
    struct settings settings;
    struct error error = {0};
    if (count < 9 || !settings_load(arguments[1], &settings, &error)) return 2;
    struct db_settings database = {.socket = settings.database.socket,
                                   .user = settings.database.user,
                                   .password = settings.database.password,
                                   .database = settings.database.name,
                                   .prefix = settings.database.prefix};
    struct db *db = db_new(&database, statements, STATEMENT_COUNT);
    struct arena arena = arena_new(1 << 20);
    struct ticket_mail mail = {.ticket_id = atoi(arguments[2]),
                               .thread_id = atoi(arguments[3]),
                               .entry_id = atoi(arguments[4]),
                               .owner = {atoi(arguments[5]), text_of(arguments[6]), text_of(arguments[7])},
                               .client_name_format = TEXT("original"),
                               .secret_salt = text_of(settings.osticket.secret_salt)};
    bool done = transaction_begin(db, &error) &&
                queue(db, &arena, &mail, arguments[8], arguments + 9, &error) &&
                transaction_commit(db, &error);
    if (!done) fprintf(stderr, "%s: %s\n", error.message, error.detail);
    arena_free(&arena);
    db_free(&db);
    settings_free(&settings);
    return done ? 0 : 1;
}
