// SPDX-License-Identifier: GPL-2.0-or-later
// POST /organizations.json, PATCH /organizations/{id}.json. spec: operations.md 5.3.
#include "base/words.h"
#include "contact/mail_address_syntax.h"
#include "ops/directory/fields.h"
#include "ops/directory/name.h"
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/ticket/search_index.h"

#include <stdio.h>

#define MEMBERS     "name,fields,domain,manager,assign_manager,all_collaborate,primary_collaborate,share"
#define SHARE_WORDS "none,primary,all"
#define MANAGER_MAX 16 // characters

struct organization_write {
    struct answer_edits answers;
    struct organization_saving saving;
    struct input fields;
    struct text name, domain, manager, share; // given; null: as it is
};

static bool is_given(const struct directory_change *change, const char *name) {
    return json_member(change->act.body, name) != NULL;
}

static bool refuse(const char *member, const char *what, struct error *error) {
    return act_refuse(ERROR_UNPROCESSABLE, member, error, "%s", what);
}

// ---- what the row becomes

// "quay.example, .pier.example": each as the domain of an address.
static bool check_domains(struct text list, struct error *error) {
    struct text element;
    if (text_cut(list, ORGANIZATION_DOMAIN_MAX).length != list.length)
        return refuse("domain", "domain is too long", error);
    while (list_next(&list, &element)) {
        struct buffer address = buffer_new(2048);
        element = text_trim(element);
        if (element.length > 1 && *element.data == '.')
            element = (struct text){element.data + 1, element.length - 1};
        buffer_add_string(&address, "t@");
        buffer_add_text(&address, element);
        bool good = !address.failed && mail_address_is_valid(buffer_text(&address));
        buffer_free(&address);
        if (!good) return refuse("domain", "Enter a valid email domain, like domain.com", error);
    }
    return true;
}

static bool set_domain(const struct directory_change *change, struct organization_write *write,
                       struct error *error) {
    write->saving.domain = change->item.organization.domain;
    if (!is_given(change, "domain")) return true;
    write->saving.domain = text_trim(write->domain);
    return !write->saving.domain.length || check_domains(write->saving.domain, error);
}

static bool set_manager(const struct directory_change *change, struct organization_write *write,
                        struct error *error) {
    write->saving.manager = change->item.organization.manager;
    if (!is_given(change, "manager")) return true;
    write->saving.manager = write->manager;
    return !write->manager.length || change->act.parties.staff_count || change->act.parties.team_count ||
           refuse("manager", "manager: there is no such agent (s and his id) or team (t and its id)", error);
}

static bool set_flag(const struct directory_change *change, const char *member, int64_t flag, int64_t *status,
                     struct error *error) {
    bool on;
    if (!act_switch(&change->act, member, *status & flag, &on, error)) return false;
    *status = on ? *status | flag : *status & ~flag;
    return true;
}

// A new one shares its tickets with its primary contacts, as in the panel.
static bool set_status(const struct directory_change *change, struct organization_write *write,
                       struct error *error) {
    int64_t *status = &write->saving.status;
    const int64_t sharing = ORGANIZATION_FLAG_PRIMARY_SEE | ORGANIZATION_FLAG_ALL_SEE;
    *status = change->steps->creates ? ORGANIZATION_FLAG_PRIMARY_SEE : change->item.organization.status;
    if (!set_flag(change, "assign_manager", ORGANIZATION_FLAG_ASSIGN_MANAGER, status, error) ||
        !set_flag(change, "all_collaborate", ORGANIZATION_FLAG_ALL_COLLABORATE, status, error) ||
        !set_flag(change, "primary_collaborate", ORGANIZATION_FLAG_PRIMARY_COLLABORATE, status, error))
        return false;
    if (text_is_null(write->share)) return true;
    static const int64_t shares[] = {0, ORGANIZATION_FLAG_PRIMARY_SEE, ORGANIZATION_FLAG_ALL_SEE};
    int place = list_place(SHARE_WORDS, write->share);
    if (place < 0) return refuse("share", "share has to be one of " SHARE_WORDS, error);
    *status = (*status & ~sharing) | shares[place];
    return true;
}

// The form's own field says what a name may be; no two organizations have one.
static bool set_name(struct directory_change *change, struct organization_write *write, struct error *error) {
    struct text name;
    write->saving.name = change->item.organization.name;
    if (text_is_null(write->name)) return true;
    if (!answer_edits_check(&write->answers, "name", write->name, &name, error)) return false;
    name = directory_name(name, change->act.change.work.arena);
    if (!name.length) return refuse("name", "Name is a required field", error);
    if (text_cut(name, ORGANIZATION_NAME_MAX).length != name.length)
        return refuse("name", "name is too long", error);
    int taken = organization_is_named(change->act.change.work.db, name, change->id, error);
    if (taken > 0)
        return act_refuse(ERROR_CONFLICT, "name", error, "Organization with the same name already exists");
    write->saving.name = name;
    return taken == 0;
}

static bool set_row(struct directory_change *change, struct organization_write *write, struct error *error) {
    return set_name(change, write, error) && set_domain(change, write, error) &&
           set_manager(change, write, error) && set_status(change, write, error);
}

// ---- writing

static bool begin(struct directory_change *change, void *operation, struct error *error) {
    const struct organization_write *write = operation;
    return text_is_null(write->name) || organization_names_lock(change->act.change.work.db, error);
}

static bool index_organization(struct directory_change *change, const struct organization_write *write,
                               struct error *error) {
    struct work *work = &change->act.change.work;
    struct form_answer *answers = NULL;
    size_t count = 0;
    struct search_row row;
    return answer_edits_list(&write->answers, &answers, &count, error) &&
           organization_search_make(work, answers, count, change->id, write->saving.name, &row, error) &&
           search_replace(work, &row, 1, error);
}

static bool save(struct directory_change *change, const struct organization_write *write,
                 struct error *error) {
    change->changes = true;
    return answer_edits_write(&write->answers, error) &&
           organization_save(&change->act.change.work, change->id, &write->saving, error) &&
           index_organization(change, write, error);
}

static bool create(struct directory_change *change, void *operation, struct error *error) {
    struct organization_write *write = operation;
    struct work *work = &change->act.change.work;
    return organization_insert(work, write->name, ORGANIZATION_FLAG_PRIMARY_SEE, &change->id, error) &&
           form_entry_ensure(work->db, FORM_OF_ORGANIZATION, change->id, error) &&
           answer_edits_open(work, FORM_OF_ORGANIZATION, change->id, &write->answers, error) &&
           answer_edits_fill(&write->answers, &write->fields, error) && set_row(change, write, error) &&
           save(change, write, error);
}

static bool text_is_as(struct text a, struct text b) {
    return a.length == b.length && (!a.length || text_equal(a, b));
}

static bool edit(struct directory_change *change, void *operation, struct error *error) {
    struct organization_write *write = operation;
    const struct organization_object *was = &change->item.organization;
    const struct organization_saving *saving = &write->saving;
    if (!directory_fields_edit(change, &write->fields, &write->answers, error) ||
        !set_row(change, write, error))
        return false;
    bool same = !write->answers.count && text_is_as(saving->name, was->name) &&
                text_is_as(saving->domain, was->domain) && text_is_as(saving->manager, was->manager) &&
                saving->status == was->status;
    return same || save(change, write, error);
}

// "s7" or "t2": looked for together with who acts.
static void name_manager(struct act_names *names, struct text manager) {
    struct reference *named = NULL;
    if (manager.length < 2 || manager.length > MANAGER_MAX) return;
    if (*manager.data == 's') named = &names->staff;
    if (*manager.data == 't') named = &names->team;
    if (named && !text_to_int64((struct text){manager.data + 1, manager.length - 1}, &named->id))
        *named = (struct reference){0};
}

static bool read_members(struct directory_change *change, struct organization_write *write,
                         struct error *error) {
    struct text members = TEXT(MEMBERS), member;
    const struct act *act = &change->act;
    bool any = false;
    while (list_next(&members, &member)) {
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)member.length, member.data);
        any = any || is_given(change, name);
    }
    if (!any) return act_refuse(ERROR_UNPROCESSABLE, NULL, error, "There is nothing to change: " MEMBERS);
    if (!act_text(act, "name", &write->name, error) || !act_text(act, "domain", &write->domain, error) ||
        !act_text(act, "manager", &write->manager, error) || !act_text(act, "share", &write->share, error))
        return false;
    bool wants_name = change->steps->creates || is_given(change, "name");
    if (wants_name && !text_trim(write->name).length)
        return refuse("name", "Name is a required field", error);
    name_manager(&change->act.names, write->manager);
    return directory_fields_read(act, &write->fields, error);
}

static bool run(struct operation_context *context, const struct directory_steps *steps, struct answer *answer,
                struct error *error) {
    struct organization_write write = {0};
    struct directory_change change;
    bool done = directory_change_open(&change, context, steps, MEMBERS, error) &&
                read_members(&change, &write, error) && directory_change_find(&change, error) &&
                directory_change_run(&change, &write, answer, error);
    directory_change_close(&change);
    return done;
}

bool organization_create(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {
        .kind = ITEM_ORGANIZATION, .right = "org.create", .creates = true, .begin = begin, .write = create};
    return run(context, &steps, answer, error);
}

bool organization_edit(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {
        .kind = ITEM_ORGANIZATION, .right = "org.edit", .begin = begin, .write = edit};
    return run(context, &steps, answer, error);
}
