// SPDX-License-Identifier: GPL-2.0-or-later
// Members of requests for users and organizations.
#include "ops/directory/fields.h"

#include "store/read/names.h"

bool directory_fields_read(const struct act *act, struct input *fields, struct error *error) {
    const struct json_value *given = json_member(act->body, "fields");
    *fields = (struct input){.kind = INPUT_MAP};
    if (!given || json_kind(given) == JSON_NULL) return true;
    if (json_kind(given) != JSON_OBJECT || json_count(given) > FIELDS_MAX)
        return act_refuse(ERROR_UNPROCESSABLE, "fields", error,
                          "fields: has to be an object with at most %d members", FIELDS_MAX);
    return input_of_json(given, act->change.work.arena, fields, error);
}

bool directory_fields_edit(struct directory_change *change, const struct input *fields,
                           struct answer_edits *edits, struct error *error) {
    struct work *work = &change->act.change.work;
    enum form_of of = change->steps->kind == ITEM_USER ? FORM_OF_USER : FORM_OF_ORGANIZATION;
    bool added;
    if (!form_entry_ensure(work->db, of, change->id, error) ||
        !answer_edits_open(work, of, change->id, edits, error))
        return false;
    for (size_t i = 0; i < fields->count; i++)
        if (!answer_edits_add(edits, fields->members[i].name, &fields->members[i], &added, error))
            return false;
    return true;
}

bool directory_organization(struct directory_change *change, struct reference reference, int64_t *id,
                            struct error *error) {
    struct db *db = change->act.change.work.db;
    int found = 1;
    *id = reference.id;
    if (!reference_is_given(reference)) return true;
    if (!reference.id) found = named_find(db, NAMED_KIND_ORGANIZATION, reference.name, id, error);
    if (found == 1) found = organization_lock(db, *id, error);
    if (found < 0) return false;
    return found == 1 || act_refuse(ERROR_UNPROCESSABLE, "organization", error,
                                    found ? "organization: several organizations bear this name"
                                          : "organization: there is no such organization");
}
