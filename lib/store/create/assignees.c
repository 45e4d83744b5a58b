// SPDX-License-Identifier: GPL-2.0-or-later
// Agents, teams and members of organizations.
#include "store/create/assignees.h"

#include "store/create/address_domain.h"
#include "store/row.h"
#include "store/statements.h"

static void take_assignee(const struct row *row, void *into) {
    struct assignee_row *assignee = into;
    assignee->is_team = text_equal(row_text(row, ASSIGNEE_KIND), TEXT("team"));
    assignee->id = row_integer(row, ASSIGNEE_ID);
    assignee->available = row_is_true(row, ASSIGNEE_IS_AVAILABLE);
    assignee->first_name = row_copy(row, ASSIGNEE_FIRST_NAME);
    assignee->last_name = row_copy(row, ASSIGNEE_LAST_NAME);
    assignee->username = row_copy(row, ASSIGNEE_USERNAME);
}

bool assignees_find(struct db *db, struct text staff_ids, struct text username, struct text team_ids,
                    struct arena *arena, struct assignee_row **rows, size_t *count, struct error *error) {
    struct query query =
        QUERY(STATEMENT_CREATE_ASSIGNEES, db_text(staff_ids), db_key(username), db_text(team_ids));
    return row_all(db, query, arena, take_assignee, ROW_LIST(rows, count), error);
}

static void take_member(const struct row *row, void *into) {
    struct member_row *member = into;
    member->id = row_integer(row, MEMBER_ID);
    member->name = row_copy(row, MEMBER_NAME);
    member->address = row_copy(row, MEMBER_ADDRESS);
    member->is_agent = row_is_true(row, MEMBER_IS_AGENT);
}

bool organization_members(struct db *db, int64_t organization_id, int64_t without, bool all,
                          struct arena *arena, struct member_row **rows, size_t *count, struct error *error) {
    struct query query =
        QUERY(STATEMENT_CREATE_MEMBERS, db_integer(organization_id), db_integer(without), db_integer(all));
    return row_all(db, query, arena, take_member, ROW_LIST(rows, count), error);
}

int member_by_id(struct db *db, int64_t user_id, struct arena *arena, struct member_row *row,
                 struct error *error) {
    return row_first(db, QUERY(STATEMENT_CREATE_USER, db_integer(user_id)), arena, take_member, row, error);
}

// An organization that is sought by a domain.
struct domain_search {
    struct text domain;
    int64_t organization_id;
};

static void take_domains(const struct row *row, void *into) {
    struct domain_search *search = into;
    if (!search->organization_id && address_domain_is_listed(row_text(row, DOMAIN_LIST), search->domain))
        search->organization_id = row_integer(row, DOMAIN_ORGANIZATION);
}

bool organization_of_address(struct db *db, struct text address, struct arena *arena,
                             int64_t *organization_id, struct error *error) {
    struct domain_search search = {.domain = address_domain(address)};
    bool done = !search.domain.length || row_each(db, QUERY(STATEMENT_CREATE_DOMAINS, db_key(search.domain)),
                                                  arena, take_domains, &search, error);
    *organization_id = search.organization_id;
    return done;
}
