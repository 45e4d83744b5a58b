// SPDX-License-Identifier: GPL-2.0-or-later
// Who acts on a ticket, and whom the request names.
#include "store/ticket/act_parties.h"

#include "base/words.h"
#include "store/row.h"
#include "store/statements.h"

#include <string.h>

static void take_namesakes(const struct row *row, void *into) {
    struct act_parties *parties = into;
    parties->namesakes = row_copy(row, ACT_NAMESAKES_IDS);
    parties->merged_into = row_integer(row, ACT_NAMESAKES_MERGED_INTO);
}

static void take_agent(const struct row *row, struct act_agent *agent) {
    agent->staff = (struct staff){
        .id = row_integer(row, ACT_AGENT_ID),
        .username = row_copy(row, ACT_AGENT_USERNAME),
        .first_name = row_copy(row, ACT_AGENT_FIRST_NAME),
        .last_name = row_copy(row, ACT_AGENT_LAST_NAME),
        .email = row_copy(row, ACT_AGENT_EMAIL),
    };
    agent->is_active = row_is_true(row, ACT_AGENT_IS_ACTIVE);
    agent->is_available = row_is_true(row, ACT_AGENT_IS_AVAILABLE);
    agent->is_administrator = row_is_true(row, ACT_AGENT_IS_ADMINISTRATOR);
    agent->department_id = row_integer(row, ACT_AGENT_DEPARTMENT);
    agent->permissions = row_copy(row, ACT_AGENT_PERMISSIONS);
    agent->departments = row_copy(row, ACT_AGENT_DEPARTMENTS);
}

static void take_actor(const struct row *row, void *into) {
    struct act_parties *parties = into;
    struct act_agent *agent =
        arena_append(row->arena, &parties->actors, &parties->actor_count, sizeof *agent);
    if (agent) take_agent(row, agent);
}

static void take_staff(const struct row *row, void *into) {
    struct act_parties *parties = into;
    struct act_agent *agent = arena_append(row->arena, &parties->staff, &parties->staff_count, sizeof *agent);
    if (agent) take_agent(row, agent);
}

static void take_team(const struct row *row, void *into) {
    struct act_parties *parties = into;
    struct act_team *team = arena_append(row->arena, &parties->teams, &parties->team_count, sizeof *team);
    if (!team) return;
    team->id = row_integer(row, ACT_TEAM_ID);
    team->name = row_copy(row, ACT_TEAM_NAME);
    team->is_active = (row_integer(row, ACT_TEAM_FLAGS) & TEAM_FLAG_ACTIVE) != 0;
    team->has_members = row_is_true(row, ACT_TEAM_MEMBERS);
    team->has_available = row_is_true(row, ACT_TEAM_AVAILABLE);
}

static void take_row(const struct row *row, void *into) {
    static const struct row_kind kinds[] = {
        {"namesakes", take_namesakes}, {"actor", take_actor}, {"staff", take_staff}, {"team", take_team}};
    row_take_kind(row, DESK_KIND, kinds, sizeof kinds / sizeof *kinds, into);
}

static struct db_value id_of(struct reference reference) {
    return reference.id > 0 ? db_integer(reference.id) : db_text(TEXT_NULL);
}

bool act_parties_find(struct db *db, const struct act_names *names, struct arena *arena,
                      struct act_parties *parties, struct help_desk *help_desk, struct error *error) {
    const struct db_value actor = db_key(names->actor.name), staff = db_key(names->staff.name);
    const struct db_value values[] = {db_integer(names->ticket_id),
                                      db_key(names->number),
                                      id_of(names->actor),
                                      actor,
                                      actor,
                                      id_of(names->staff),
                                      staff,
                                      staff,
                                      id_of(names->team),
                                      db_key(names->team.name)};
    struct help_desk_query query = {STATEMENT_ACT_PARTIES, values, sizeof values / sizeof *values, take_row,
                                    parties};
    memset(parties, 0, sizeof *parties);
    return help_desk_load_by(db, &query, arena, help_desk, error);
}

bool id_is_listed(struct text list, int64_t id) {
    int64_t one;
    for (struct text item; list_next(&list, &item);)
        if (text_to_int64(item, &one) && one == id) return true;
    return false;
}
