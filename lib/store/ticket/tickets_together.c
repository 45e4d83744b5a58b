// SPDX-License-Identifier: GPL-2.0-or-later
// Several locked tickets, read together.
#include "store/ticket/tickets_together.h"

#include "store/row.h"
#include "store/statements.h"

#define ARENA_MAX  (128 << 20)
#define VALUES_MAX (5 * TICKETS_LOCK_MAX + 4)

void tickets_together_open(struct tickets_together *together, const int64_t *ids, size_t count) {
    *together = (struct tickets_together){.arena = arena_new(ARENA_MAX), .count = count};
    for (size_t i = 0; i < count; i++) together->tickets[i].id = ids[i];
}

void tickets_together_close(struct tickets_together *together) {
    arena_free(&together->arena);
}

static struct together_ticket *find(struct tickets_together *together, int64_t ticket_id) {
    for (size_t i = 0; i < together->count; i++)
        if (together->tickets[i].id == ticket_id) return &together->tickets[i];
    return NULL;
}

static void take_row(const struct row *row, void *into) {
    struct together_ticket *one = find(into, row_integer(row, LOCK_TOGETHER_OF));
    if (one) ticket_lock_take(row, &(struct locking){&one->ticket, &one->around});
}

static struct db_value *add_ids(const struct tickets_together *together, struct db_value *value) {
    for (size_t i = 0; i < TICKETS_LOCK_MAX; i++)
        *value++ = db_integer(i < together->count ? together->tickets[i].id : 0);
    return value;
}

// In the order of LOCK_TOGETHER_TYPES.
static bool read_all(struct tickets_together *together, struct db *db, struct error *error) {
    const struct ticket_surroundings *asked = &together->asked;
    struct db_value values[VALUES_MAX], *value = values;
    *value++ = db_integer(asked->drafts);
    value = add_ids(together, add_ids(together, value));
    *value++ = db_integer(asked->with_collaborators);
    value = add_ids(together, value);
    *value++ = db_integer(asked->agent_id);
    value = add_ids(together, value);
    *value++ = db_integer(asked->with_referrals);
    value = add_ids(together, value);
    const struct query query = {STATEMENT_TICKETS_TOGETHER, values, (size_t)(value - values)};
    return row_each(db, query, &together->arena, take_row, together, error) &&
           (!together->arena.failed || error_too_large(error));
}

static bool is_as_asked(const struct ticket_surroundings *asked, const struct ticket_surroundings *around) {
    return asked->drafts == around->drafts && asked->with_collaborators == around->with_collaborators &&
           asked->with_referrals == around->with_referrals && asked->agent_id == around->agent_id;
}

static void hand_out(const struct together_ticket *one, struct ticket_surroundings *around,
                     struct locked_ticket *ticket) {
    *ticket = one->ticket;
    around->answers = one->around.answers;
    around->answer_count = one->around.answer_count;
    around->collaborators = one->around.collaborators;
    around->agent = one->around.agent;
    around->referrals = one->around.referrals;
    around->referral_count = one->around.referral_count;
}

int tickets_together_lock(struct tickets_together *together, struct db *db, int64_t ticket_id,
                          struct ticket_surroundings *around, struct arena *arena,
                          struct locked_ticket *ticket, struct error *error) {
    struct together_ticket *one = together ? find(together, ticket_id) : NULL;
    bool is_fresh = one && !one->is_asked_for;
    if (one) one->is_asked_for = true;
    if (!is_fresh || around->search_count) return ticket_lock(db, ticket_id, around, arena, ticket, error);
    if (!together->is_read) {
        together->asked = *around;
        if (!read_all(together, db, error)) return -1;
        together->is_read = true;
    }
    if (!is_as_asked(&together->asked, around))
        return ticket_lock(db, ticket_id, around, arena, ticket, error);
    hand_out(one, around, ticket);
    return ticket->id != 0;
}
