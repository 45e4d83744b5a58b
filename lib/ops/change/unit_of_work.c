// SPDX-License-Identifier: GPL-2.0-or-later
// A unit of work.
#include "ops/change/unit_of_work.h"

#include "ops/idempotency.h"
#include "store/claims.h"
#include "store/create/cdata_columns.h"
#include "store/mail/queue.h"
#include "store/transaction.h"

static bool begin(struct db *db, const struct unit_of_work *unit, struct error *error) {
    return unit->begin ? unit->begin(unit->operation, error) : transaction_begin(db, error);
}

static bool is_of_mail(const struct operation_context *context) {
    return context->claims && !text_is_null(context->claims->message_id.name);
}

// Statements that are sent together take the database longer: over its own socket a new ticket took 1.4 times
// as long. That pays where a round trip is a way, and where nobody waits.
static bool begin_gathering(const struct operation_context *context, const struct unit_of_work *unit,
                            struct error *error) {
    struct db *db = context->db;
    if (!begin(db, unit, error)) return false;
    if (is_of_mail(context) || transaction_is_far(db))
        transaction_gather(db);
    else if (unit->is_many)
        transaction_gather_many(db);
    return !context->claims || claims_take(db, context->claims, error);
}

static bool commit(const struct operation_context *context, struct error *error) {
    struct claims *claims = context->claims;
    if (claims && !claims_release_behind(context->db, claims, error)) return false;
    if (!transaction_commit(context->db, error)) return false;
    if (claims) claims->given_back = true;
    return true;
}

static bool write_also(const struct operation_context *context, struct error *error) {
    return !context->also || context->also(context->with, error);
}

// What would have been written is told, and no mail waits.
static bool rehearse(const struct operation_context *context, const struct unit_of_work *unit,
                     struct outcome *outcome, struct error *error) {
    bool done = begin(context->db, unit, error) && unit->write(unit->operation, outcome, error);
    if (!done) cdata_trust_explain(context->trust, context->db, error);
    transaction_rollback(context->db);
    idempotency_pass(context);
    outcome->mailed = false;
    return done;
}

static bool join(const struct operation_context *context, const struct unit_of_work *unit,
                 struct outcome *outcome, struct error *error) {
    bool done = unit->write(unit->operation, outcome, error);
    context->joint->mailed |= outcome->mailed;
    return done;
}

bool unit_of_work_run(const struct operation_context *context, const struct unit_of_work *unit,
                      struct outcome *outcome, struct error *error) {
    *outcome = (struct outcome){0};
    if (context->joint) return join(context, unit, outcome, error);
    if (unit->is_rehearsal) return rehearse(context, unit, outcome, error);
    if (begin_gathering(context, unit, error) && unit->write(unit->operation, outcome, error) &&
        idempotency_remember(context, outcome->kind, outcome->created, outcome->text, error) &&
        write_also(context, error) && commit(context, error))
        return true;
    cdata_trust_explain(context->trust, context->db, error);
    transaction_rollback(context->db);
    if (context->claims) claims_explain(context->claims, error);
    return mail_queue_explain(context->db, error);
}
