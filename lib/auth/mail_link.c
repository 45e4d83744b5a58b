// SPDX-License-Identifier: GPL-2.0-or-later
// The token in a link of osTicket's mails to principal. What is wrong is told by nothing but that it is.
#include "auth/client.h"

#include "base/clock.h"
#include "crypto/link_token.h"
#include "store/token/mail_link.h"

#define ARENA_MAX (64 << 10)

bool mail_link_is(struct text token) {
    struct link_token ignored;
    return link_token_read(token, &ignored);
}

// Of an owner his own number, of a collaborator that of his row: as osTicket takes it, where both are the
// same number it is the owner's.
static int64_t holder_of(const struct link_token *said, const struct mail_link *found) {
    bool is_owners_number = found->owner_id == said->holder_id;
    if (!found->is_on || found->locked) return 0;
    if (said->is_owner) return is_owners_number ? found->owner_id : 0;
    return is_owners_number ? 0 : found->collaborator_user_id;
}

static bool is_good(const struct principal_source *source, const struct principal_question *question,
                    const struct link_token *said, const struct mail_link *found) {
    struct link_token wanted = *said;
    wanted.created = found->created;
    wanted.secret_salt = source->mail_link_salt ? text_of(source->mail_link_salt) : TEXT("");
    bool is_it = link_token_is(&wanted, question->token);
    bool from_there = text_is_null(question->origin) || found->origin_known;
    return is_it && from_there && holder_of(said, found) != 0;
}

// An address that has shown wrong ones waits, so that nobody can try them all.
static bool may_try(const struct principal_source *source, const struct principal_question *question,
                    struct principal *principal, struct error *error) {
    if (!source->rates || !source->mail_link_salt ||
        rate_may_try(source->rates, text_of(question->address), clock_monotonic_us(),
                     &principal->rate.retry_after))
        return true;
    return error_set(error, ERROR_RATE, "Too many tokens that were wrong: once more in %lld s",
                     (long long)principal->rate.retry_after);
}

static bool refuse(const struct principal_source *source, const struct principal_question *question,
                   struct error *error) {
    if (source->rates && source->mail_link_salt)
        rate_tried(source->rates, text_of(question->address), clock_monotonic_us());
    return error_set(error, ERROR_TOKEN, CLIENT_TOKEN_WRONG);
}

bool mail_link_authenticate(struct principal_source *source, const struct principal_question *question,
                            struct principal *principal, struct error *error) {
    struct arena arena = arena_new(ARENA_MAX);
    struct link_token said;
    struct mail_link found = {0};
    bool done = link_token_read(question->token, &said) || error_set(error, ERROR_TOKEN, CLIENT_TOKEN_WRONG);
    const struct mail_link_question asked = {.ticket_id = said.ticket_id,
                                             .collaborator_id = said.is_owner ? 0 : said.holder_id,
                                             .origin = client_origin(question->origin)};
    done = done && may_try(source, question, principal, error) &&
           mail_link_find(source->db, &asked, &arena, &found, error);
    principal->origin_known = found.origin_known;
    if (done && !is_good(source, question, &said, &found)) done = refuse(source, question, error);
    if (done) {
        client_become(holder_of(&said, &found), SCOPE_READ | SCOPE_MESSAGE, principal);
        principal->rules.has_tickets = true;
        done = key_rules_add_ticket(&principal->rules, said.ticket_id);
    }
    arena_free(&arena);
    return done;
}
