// SPDX-License-Identifier: GPL-2.0-or-later
// Which ticket a request is about, and which agent acts on it.
#include "ops/change/parties.h"

#include "ops/native_version.h"
#include "ops/plugins.h"
#include "store/ticket_view.h"

// A change is done here even where a plugin listens, unless it shall not.
static bool check_native(struct change *change, const char *what, struct error *error) {
    const struct operation_settings *settings = change->context->settings;
    if (!native_version_check(&change->help_desk, error)) return false;
    return !settings->reply_hands_over || plugins_check(change->work.db, &change->help_desk,
                                                        text_of(settings->ignored_plugins), what, error);
}

// For a key that sees some tickets only, in one more round trip.
static int is_seen(struct change *change, int64_t ticket_id, struct error *error) {
    const struct principal *principal = change->context->principal;
    if (!principal_is_narrowed(principal)) return 1;
    return ticket_view_has(change->work.db, &principal->rules, ticket_id, error);
}

bool change_find_parties(struct change *change, const struct change_parties *parties,
                         struct reply_target *target, struct error *error) {
    if (!reply_target_find(change->work.db, parties->ticket_number, parties->staff_username,
                           parties->canned_id, &change->arena, target, &change->help_desk, error) ||
        !check_native(change, parties->what, error))
        return false;
    int sees = target->ticket_id ? is_seen(change, target->ticket_id, error) : 0;
    if (sees < 0) return false;
    if (!sees) return error_set(error, ERROR_NOT_FOUND, "Ticket not found");
    change->ticket_id = target->ticket_id;
    change->actor = actor_system();
    if (text_is_null(parties->staff_username)) return true;
    if (!target->staff.id) {
        error_set(error, ERROR_NOT_FOUND, "there is no agent with this user name");
        return error_envelope(error, "tickets");
    }
    change->actor = actor_agent(&target->staff, &change->help_desk, &change->arena);
    return true;
}
