// SPDX-License-Identifier: GPL-2.0-or-later
// How many open tickets a user may have.
#include "ops/create/limit.h"

#include "base/buffer.h"
#include "store/create/rows.h"

#include <inttypes.h>

#define NOTICE_MAX 4096

static bool note_refusal(struct create_draft *draft, int64_t limit, struct error *error) {
    struct text address = text_cut(draft->desk.user.address, 255);
    struct buffer title = buffer_new(NOTICE_MAX), text = buffer_new(NOTICE_MAX);
    buffer_add_string(&title, "Ticket denied - ");
    buffer_add_text(&title, address);
    buffer_add_format(&text, "Max open tickets (%" PRId64 ") reached for ", limit);
    buffer_add_text(&text, address);
    bool done = syslog_insert(&draft->work, "Warning", SYSLOG_WARNING, buffer_text(&title),
                              buffer_text(&text), text_of(draft->context->client_address), error);
    buffer_free(&title);
    buffer_free(&text);
    return done;
}

bool create_has_limit(const struct help_desk *help_desk) {
    return help_desk_number(help_desk, "max_open_tickets", 0) > 0;
}

bool create_check_limit(struct create_draft *draft, struct error *error) {
    const struct user_row *user = &draft->desk.user;
    int64_t limit = help_desk_number(&draft->help_desk, "max_open_tickets", 0);
    bool by_staff = text_equal_ignoring_case(draft->request.source, TEXT("staff"));
    if (limit <= 0 || by_staff || !user->id || user->open_tickets < limit) return true;
    return note_refusal(draft, limit, error) &&
           error_set(error, ERROR_BAD_REQUEST,
                     "Unable to create new ticket :err\nYou've reached the maximum open tickets allowed.");
}
