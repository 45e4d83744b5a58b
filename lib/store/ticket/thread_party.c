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

struct looking {
    struct thread_look *look;
    size_t first; // of those that are sought
};

static void take_looked(const struct row *row, void *into) {
    const struct looking *looking = into;
    struct thread_look *look = looking->look;
    const struct row part = row_part(row, LOOKED_PARTY_PARTY);
    int64_t place = row_integer(row, LOOKED_PARTY_PLACE);
    struct sought_party *sought = place >= 0 ? &look->sought[looking->first + (size_t)place] : NULL;
    if (place == LOOKED_PARTY_BAN) {
        look->owner_is_banned = true;
        return;
    }
    if (sought) sought->is_found = true;
    struct thread_party *party =
        sought ? &sought->party : arena_append(row->arena, &look->parties, &look->count, sizeof *party);
    if (party) take_party(&part, party);
}

// Up to PARTIES_SOUGHT_AT_ONCE of those that are sought. The first time all that there is besides.
static bool seek(struct db *db, struct thread_look *look, size_t first, struct arena *arena,
                 struct error *error) {
    struct db_value values[2 + 2 * PARTIES_SOUGHT_AT_ONCE];
    struct looking looking = {look, first};
    values[0] = db_integer(first ? 0 : look->thread_id);
    values[1] = db_integer(first ? 0 : look->owner_id);
    for (size_t i = 0; i < PARTIES_SOUGHT_AT_ONCE; i++) {
        const struct sought_party *sought =
            first + i < look->sought_count ? &look->sought[first + i] : &(struct sought_party){0};
        values[2 + 2 * i] = sought->user_id > 0 ? db_integer(sought->user_id) : db_text(TEXT_NULL);
        values[3 + 2 * i] = db_key(sought->address);
    }
    return row_each(db, QUERY_OF(STATEMENT_THREAD_PARTIES_SEEK, values), arena, take_looked, &looking, error);
}

bool thread_parties_look(struct db *db, struct thread_look *look, struct arena *arena, struct error *error) {
    if (!look->sought_count) {
        const struct query query =
            QUERY(STATEMENT_THREAD_PARTIES_LOOK, db_integer(look->thread_id), db_integer(look->owner_id));
        return row_each(db, query, arena, take_looked, &(struct looking){look, 0}, error);
    }
    for (size_t i = 0; i < look->sought_count; i += PARTIES_SOUGHT_AT_ONCE)
        if (!seek(db, look, i, arena, error)) return false;
    return true;
}

bool thread_party_insert(struct db *db, int64_t thread_id, int64_t user_id, struct error *error) {
    const struct db_value values[] = {db_integer(thread_id), db_integer(user_id)};
    return db_execute(db, STATEMENT_THREAD_PARTY_INSERT, values, 2, NULL, NULL, error);
}
