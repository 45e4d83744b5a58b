// SPDX-License-Identifier: GPL-2.0-or-later
// All who take part in a ticket's thread.
#include "store/ticket/thread_party.h"

#include "store/row.h"
#include "store/statements.h"

static void take_party(const struct row *row, void *into) {
    *(struct thread_party *)into = (struct thread_party){
        .id = row_integer(row, THREAD_PARTY_ID),
        .user_id = row_integer(row, THREAD_PARTY_USER),
        .is_active = (row_integer(row, THREAD_PARTY_FLAGS) & 1) != 0,
        .name = row_copy(row, THREAD_PARTY_NAME),
        .address = row_copy(row, THREAD_PARTY_ADDRESS),
    };
}

bool thread_parties_load(struct db *db, int64_t thread_id, struct arena *arena, struct thread_party **parties,
                         size_t *count, struct error *error) {
    *parties = NULL;
    *count = 0;
    return row_all(db, QUERY(STATEMENT_THREAD_PARTIES, db_integer(thread_id)), arena, take_party,
                   ROW_LIST(parties, count), error);
}

bool thread_party_switch(struct db *db, int64_t id, bool active, struct error *error) {
    const struct db_value values[] = {db_integer(active), db_integer(id)};
    return db_execute(db, STATEMENT_THREAD_PARTY_SWITCH, values, 2, NULL, NULL, error);
}

int thread_party_find(struct db *db, int64_t user_id, struct text address, struct arena *arena,
                      struct thread_party *party, struct error *error) {
    const struct db_value id = user_id > 0 ? db_integer(user_id) : db_text(TEXT_NULL);
    return row_first(db, QUERY(STATEMENT_THREAD_PARTY_FIND, id, db_key(address)), arena, take_party, party,
                     error);
}

bool thread_party_insert(struct db *db, int64_t thread_id, struct thread_party *party, struct error *error) {
    const struct db_value values[] = {db_integer(thread_id), db_integer(party->user_id)};
    uint64_t id = 0;
    if (!db_execute(db, STATEMENT_THREAD_PARTY_INSERT, values, 2, NULL, &id, error)) return false;
    party->id = (int64_t)id;
    party->is_active = true;
    return true;
}

int user_is_banned(struct db *db, int64_t user_id, struct error *error) {
    return row_answer(db, QUERY(STATEMENT_USER_IS_BANNED, db_integer(user_id)), error);
}
