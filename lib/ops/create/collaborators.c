// SPDX-License-Identifier: GPL-2.0-or-later
// Who takes part in a new ticket beside its owner.
#include "ops/create/creation.h"

#include "store/create/rows.h"

#define ORGANIZATION_ALL_MEMBERS      1
#define ORGANIZATION_PRIMARY_CONTACTS 2

bool creation_takes_part(const struct creation *creation, bool is_agent) {
    return !is_agent || !help_desk_switch(creation->work->help_desk, "disable_agent_collabs", false);
}

bool creation_add_collaborator(struct creation *creation, const struct member_row *member,
                               struct error *error) {
    if (member->id == creation->user_id) return true;
    for (size_t i = 0; i < creation->collaborator_count; i++)
        if (creation->collaborators[i].id == member->id) return true;
    struct member_row *row =
        arena_append(creation->arena, &creation->collaborators, &creation->collaborator_count, sizeof *row);
    if (!row) return error_set(error, ERROR_TOO_LARGE, "too many collaborators");
    *row = *member;
    return true;
}

static bool add_beside(struct creation *creation, struct error *error) {
    const struct create_beside *beside = &creation->draft->beside;
    return !beside->people || beside->people(creation, beside->with, error);
}

static bool add_copied(struct creation *creation, struct error *error) {
    const struct create_internal *internal = &creation->draft->request.internal;
    for (size_t i = 0; i < internal->copy_user_count; i++) {
        struct member_row member;
        int found = member_by_id(creation->db, internal->copy_user_ids[i], creation->arena, &member, error);
        if (found < 0) return false;
        if (found && !creation_add_collaborator(creation, &member, error)) return false;
    }
    return true;
}

static bool add_members(struct creation *creation, struct error *error) {
    const struct user_row *user = &creation->draft->desk.user;
    bool all = user->organization_status & ORGANIZATION_ALL_MEMBERS;
    struct member_row *members;
    size_t count, before = creation->collaborator_count;
    if (!user->organization_id || (!all && !(user->organization_status & ORGANIZATION_PRIMARY_CONTACTS)))
        return true;
    if (!organization_members(creation->db, user->organization_id, creation->user_id, all, creation->arena,
                              &members, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!creation_add_collaborator(creation, &members[i], error)) return false;
    creation->by_organization = creation->collaborator_count > before;
    return true;
}

bool creation_write_collaborators(struct creation *creation, struct error *error) {
    struct new_collaborator *rows = NULL;
    size_t count = 0;
    if (!add_beside(creation, error) || !add_copied(creation, error) || !add_members(creation, error))
        return false;
    for (size_t i = 0; i < creation->collaborator_count; i++) {
        struct new_collaborator *row = arena_append(creation->arena, &rows, &count, sizeof *row);
        if (!row) return error_set(error, ERROR_TOO_LARGE, "too many collaborators");
        const struct member_row *member = &creation->collaborators[i];
        int64_t active = creation_takes_part(creation, member->is_agent) ? COLLABORATOR_ACTIVE : 0;
        *row = (struct new_collaborator){member->id, active | COLLABORATOR_IN_COPY};
    }
    return collaborators_insert(creation->db, creation->thread_id, rows, count, error);
}
