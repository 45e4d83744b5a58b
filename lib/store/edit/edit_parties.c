// SPDX-License-Identifier: GPL-2.0-or-later
// Whom and what an edit of a ticket names.
#include "store/edit/edit_parties.h"

#include "store/row.h"
#include "store/statements.h"

static void take_user(const struct row *row, void *into) {
    struct edit_parties *parties = into;
    parties->user = (struct edit_user){row_integer(row, EDIT_PARTY_ID), row_copy(row, EDIT_PARTY_NAME),
                                       row_copy(row, EDIT_USER_ADDRESS)};
}

static void take_sla(const struct row *row, void *into) {
    struct edit_parties *parties = into;
    struct edit_sla *sla = arena_append(row->arena, &parties->slas, &parties->sla_count, sizeof *sla);
    if (sla)
        *sla = (struct edit_sla){row_integer(row, EDIT_SLA_ID), row_integer(row, EDIT_SLA_ROW_FLAGS),
                                 row_integer(row, EDIT_SLA_ROW_GRACE),
                                 row_integer(row, EDIT_SLA_ROW_SCHEDULE), row_copy(row, EDIT_SLA_NAME)};
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {{"user", take_user}, {"sla", take_sla}};
    row_take_kind(row, EDIT_PARTY_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

bool edit_parties_find(struct db *db, struct reference user, struct reference sla, struct arena *arena,
                       struct edit_parties *parties, struct error *error) {
    const struct db_value values[] = {db_integer(user.id), db_integer(user.id), db_key(user.name),
                                      db_integer(sla.id),  db_integer(sla.id),  db_key(sla.name)};
    *parties = (struct edit_parties){0};
    return row_each(db, QUERY_OF(STATEMENT_EDIT_PARTIES, values), arena, take_row, parties, error) &&
           (!arena->failed || error_too_large(error));
}

static void take_taking_part(const struct row *row, void *into) {
    *(struct taking_part *)into = (struct taking_part){
        .user_id = row_integer(row, TAKING_PART_USER),
        .name = row_copy(row, TAKING_PART_NAME),
        .address = row_copy(row, TAKING_PART_ADDRESS),
        .is_agent = row_is_true(row, TAKING_PART_IS_AGENT),
        .is_collaborator = !row_is_null(row, TAKING_PART_ROW),
        .flags = row_integer(row, TAKING_PART_FLAGS),
    };
}

int taking_part_read(struct db *db, int64_t thread_id, int64_t user_id, struct arena *arena,
                     struct taking_part *taking_part, struct error *error) {
    struct query query = QUERY(STATEMENT_TAKING_PART_OF_USER, db_integer(thread_id), db_integer(user_id));
    return row_first(db, query, arena, take_taking_part, taking_part, error);
}

bool collaborator_update(struct db *db, int64_t thread_id, int64_t user_id, int64_t flags,
                         struct error *error) {
    const struct db_value values[] = {db_integer(flags), db_integer(thread_id), db_integer(user_id)};
    return db_execute(db, STATEMENT_COLLABORATOR_UPDATE, values, 3, NULL, NULL, error);
}

bool ticket_parties_set(struct db *db, int64_t ticket_id, struct text source, int64_t user_id,
                        struct error *error) {
    const struct db_value values[] = {db_text(source), db_integer(user_id), db_integer(ticket_id)};
    return db_execute(db, STATEMENT_TICKET_PARTIES_SET, values, 3, NULL, NULL, error);
}

bool collaborator_delete(struct db *db, int64_t thread_id, int64_t user_id, bool *removed,
                         struct error *error) {
    const struct db_value values[] = {db_integer(thread_id), db_integer(user_id)};
    uint64_t count = 0;
    if (!db_execute(db, STATEMENT_COLLABORATOR_DELETE, values, 2, removed ? &count : NULL, NULL, error))
        return false;
    if (removed) *removed = count > 0;
    return true;
}
