// SPDX-License-Identifier: GPL-2.0-or-later
// Claims of numbers and Message-IDs.
#include "store/claims.h"

#include "store/own_table.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

static struct text locked_name(const struct claim *claim) {
    return claim->locked && claim->name.data ? claim->name : TEXT("");
}

static bool has_locks(const struct claims *claims) {
    return claims->number.locked || claims->message_id.locked;
}

void claims_release(struct db *db, const struct claims *claims) {
    struct error ignored = {0};
    struct query query = QUERY(STATEMENT_CLAIMS_RELEASE, db_text(locked_name(&claims->number)),
                               db_text(locked_name(&claims->message_id)));
    if (has_locks(claims) && row_answer(db, query, &ignored) < 0) error_clear(&ignored);
}

bool claims_release_behind(struct db *db, const struct claims *claims, struct error *error) {
    const struct db_value values[] = {db_text(locked_name(&claims->number)),
                                      db_text(locked_name(&claims->message_id))};
    return !has_locks(claims) || db_run_behind(db, STATEMENT_CLAIMS_RELEASE, values, 2, error);
}

static bool take(struct db *db, const char *kind, const struct claim *claim, struct error *error) {
    const struct db_value values[] = {db_string(kind), db_text(claim->name),
                                      claim->mark[0] ? db_string(claim->mark) : db_text(TEXT_NULL)};
    return !claim->name.length || claim->written ||
           db_execute(db, STATEMENT_CLAIM_TAKE, values, 3, NULL, NULL, error);
}

bool claims_take(struct db *db, const struct claims *claims, struct error *error) {
    return claims->by_lock || (take(db, CLAIM_KIND_OF_MAIL, &claims->message_id, error) &&
                               take(db, CLAIM_KIND_OF_NUMBER, &claims->number, error));
}

bool claims_explain(struct claims *claims, struct error *error) {
    bool lost = error->code == ERROR_INTERNAL && strstr(error->detail, " 1048 ") &&
                strstr(error->detail, "'request'");
    bool missing = own_table_is_missing(error) && strstr(error->detail, "idempotency'");
    if (!lost && !missing) return false;
    claims->was_lost = lost;
    claims->by_lock = claims->by_lock || missing;
    return error_set(error, ERROR_RETRYABLE, "somebody else was just about to write the same");
}

void claim_take_mark(struct claim *claim, struct text mark) {
    struct text cut = text_cut(mark, CLAIM_MARK_SIZE - 1);
    if (cut.length) memcpy(claim->mark, cut.data, cut.length);
    claim->mark[cut.length] = 0;
}

int claims_take_number(struct db *db, struct claims *claims, struct text number, struct error *error) {
    struct claim claim = claims->number;
    claim.name = number;
    if (claims->by_lock) return 1;
    if (!take(db, CLAIM_KIND_OF_NUMBER, &claim, error)) {
        claims_explain(claims, error);
        if (!claims->was_lost) return -1;
        claims->was_lost = false;
        error_clear(error);
        return 0;
    }
    claims->number.written = true;
    return 1;
}

static void take_mark(const struct row *row, void *into) {
    claim_take_mark(into, row_text(row, CLAIM_MARK_NOW));
}

bool claims_look_again(struct db *db, struct claims *claims, struct error *error) {
    struct claim *claim = &claims->message_id;
    struct query query = QUERY(STATEMENT_CLAIM_LOOK, db_string(CLAIM_KIND_OF_MAIL), db_text(claim->name));
    claim->mark[0] = 0;
    return row_first(db, query, NULL, take_mark, claim, error) >= 0;
}
