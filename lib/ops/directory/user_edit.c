// SPDX-License-Identifier: GPL-2.0-or-later
// PATCH /users/{id}.json: name, address, answers, organization. spec: operations.md 5.2; acting.md 9, 11.
#include "contact/mail_address_syntax.h"
#include "dns/mail_domain.h"
#include "ops/create/user_name.h"
#include "ops/directory/fields.h"
#include "ops/directory/name.h"
#include "ops/operations.h"
#include "ops/ticket/search_index.h"

#include <string.h>

#define MEMBERS     "name,email,fields,organization,primary_contact"
#define ADDRESS_MAX 255 // characters
#define LOOK_UP_MS  900

struct user_edit {
    struct answer_edits answers;
    struct user_saving saving;
    struct text name, address; // given; null: it stays
    struct input fields;
    struct reference organization;
    bool has_organization; // it was given, be it null
    bool has_primary, is_primary;
};

// ---- the address

static bool refuse_address(struct error *error) {
    return act_refuse(ERROR_UNPROCESSABLE, "email", error, "Enter a valid email address");
}

// Where the help desk verifies addresses, its domain has to take mail, as of a new user's.
static bool takes_mail(const struct act *act, struct text address) {
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    if (!help_desk_switch(&act->change.help_desk, "verify_email_addrs", true) || !at) return true;
    struct mail_domain domain = {.name = {at + 1, (size_t)(address.data + address.length - at - 1)}};
    mail_domains_look_up(act->change.context->settings->resolver, &domain, 1, LOOK_UP_MS);
    return domain.state != MAIL_DOMAIN_TAKES_NONE;
}

static bool check_address(const struct act *act, struct user_edit *edit, struct error *error) {
    if (text_is_null(edit->address)) return true;
    edit->address = text_trim(edit->address);
    return (mail_address_is_valid(edit->address) &&
            text_cut(edit->address, ADDRESS_MAX).length == edit->address.length &&
            takes_mail(act, edit->address)) ||
           refuse_address(error);
}

// The addresses as they are once the default one is another: a line each.
static struct text new_addresses(const struct directory_change *change, struct text address) {
    const struct user_object *user = &change->item.user;
    struct buffer list = buffer_new(1 << 20);
    struct text rest = user->addresses;
    bool found = false;
    while (rest.length) {
        ptrdiff_t end = text_find(rest, TEXT("\n"), 0);
        struct text one = {rest.data, end < 0 ? rest.length : (size_t)end};
        bool is_default = !found && text_equal(one, user->address);
        found = found || is_default;
        if (list.length) buffer_add_char(&list, '\n');
        buffer_add_text(&list, is_default ? address : one);
        size_t behind = one.length + (end >= 0);
        rest = (struct text){rest.data + behind, rest.length - behind};
    }
    struct text copy = list.failed ? address : arena_copy(change->act.change.work.arena, buffer_text(&list));
    buffer_free(&list);
    return copy;
}

static bool set_address(struct directory_change *change, const struct user_edit *edit, struct error *error) {
    const struct user_object *user = &change->item.user;
    int64_t other;
    struct text ignored;
    if (text_is_null(edit->address) || text_equal(edit->address, user->address)) return true;
    if (!user->address.data)
        return act_refuse(ERROR_CONFLICT, "email", error, "The user has no address that could be another");
    if (!answer_edits_check(&edit->answers, "email", edit->address, &ignored, error) ||
        !user_address_set(&change->act.change.work, change->id, edit->address, &other, error))
        return false;
    change->changes = true;
    return !other || act_refuse(ERROR_CONFLICT, "email", error, "Email is assigned to another user: %lld",
                                (long long)other);
}

// ---- the rest

static bool set_name(struct directory_change *change, struct user_edit *edit, struct error *error) {
    struct text value;
    edit->saving.name = change->item.user.name;
    if (text_is_null(edit->name)) return true;
    if (!answer_edits_check(&edit->answers, "name", edit->name, &value, error)) return false;
    value = directory_name(value, change->act.change.work.arena);
    value = user_name_clean(value, change->act.change.work.arena);
    if (!value.length) return act_refuse(ERROR_UNPROCESSABLE, "name", error, "Full Name is a required field");
    edit->saving.name = value;
    return true;
}

// Whoever comes into another organization is none of its primary contacts by having been one elsewhere: they
// may see all of its tickets.
static bool set_organization(struct directory_change *change, struct user_edit *edit, struct error *error) {
    const struct user_object *user = &change->item.user;
    struct user_saving *saving = &edit->saving;
    saving->organization_id = user->organization.id;
    saving->status = user->status;
    if (edit->has_organization &&
        !directory_organization(change, edit->organization, &saving->organization_id, error))
        return false;
    if (saving->organization_id != user->organization.id)
        saving->status &= ~(int64_t)USER_FLAG_PRIMARY_CONTACT;
    if (!edit->has_primary) return true;
    saving->status &= ~(int64_t)USER_FLAG_PRIMARY_CONTACT;
    if (edit->is_primary) saving->status |= USER_FLAG_PRIMARY_CONTACT;
    return !edit->is_primary || saving->organization_id ||
           act_refuse(ERROR_UNPROCESSABLE, "primary_contact", error,
                      "primary_contact: the user has no organization");
}

static bool is_changed(const struct directory_change *change, const struct user_edit *edit) {
    const struct user_object *user = &change->item.user;
    const struct user_saving *saving = &edit->saving;
    return change->changes || edit->answers.count || !text_equal(saving->name, user->name) ||
           saving->organization_id != user->organization.id || saving->status != user->status;
}

static bool index_user(struct directory_change *change, const struct user_edit *edit, struct error *error) {
    struct work *work = &change->act.change.work;
    struct form_answer *answers = NULL;
    size_t count = 0;
    struct search_row row;
    struct text addresses = change->item.user.addresses;
    if (!text_is_null(edit->address)) addresses = new_addresses(change, edit->address);
    return answer_edits_list(&edit->answers, &answers, &count, error) &&
           user_search_renew(work, answers, count, change->id, edit->saving.name, addresses, &row, error) &&
           search_replace(work, &row, 1, error);
}

static bool write(struct directory_change *change, void *operation, struct error *error) {
    struct user_edit *edit = operation;
    struct work *work = &change->act.change.work;
    if (!directory_fields_edit(change, &edit->fields, &edit->answers, error) ||
        !set_name(change, edit, error) || !set_organization(change, edit, error) ||
        !set_address(change, edit, error))
        return false;
    if (!is_changed(change, edit)) return true;
    change->changes = true;
    return answer_edits_write(&edit->answers, error) && user_save(work, change->id, &edit->saving, error) &&
           index_user(change, edit, error);
}

static bool read_members(struct directory_change *change, struct user_edit *edit, struct error *error) {
    static const char *const members[] = {"name", "email", "fields", "organization", "primary_contact"};
    const struct act *act = &change->act;
    bool any = false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        any = any || json_member(act->body, members[i]);
    if (!any) return act_refuse(ERROR_UNPROCESSABLE, NULL, error, "There is nothing to change: " MEMBERS);
    if (json_member(act->body, "name") && !act_gives(act, "name"))
        return act_refuse(ERROR_UNPROCESSABLE, "name", error, "Full Name is a required field");
    if (json_member(act->body, "email") && !act_gives(act, "email")) return refuse_address(error);
    edit->has_organization = json_member(act->body, "organization") != NULL;
    edit->has_primary = act_gives(act, "primary_contact");
    return act_text(act, "name", &edit->name, error) && act_text(act, "email", &edit->address, error) &&
           act_reference(act, "organization", &edit->organization, error) &&
           act_switch(act, "primary_contact", false, &edit->is_primary, error) &&
           directory_fields_read(act, &edit->fields, error);
}

bool user_edit(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct directory_steps steps = {.kind = ITEM_USER, .right = "user.edit", .write = write};
    struct user_edit edit = {0};
    struct directory_change change;
    bool done = directory_change_open(&change, context, &steps, MEMBERS, error) &&
                read_members(&change, &edit, error) && directory_change_find(&change, error) &&
                check_address(&change.act, &edit, error) &&
                directory_change_run(&change, &edit, answer, error);
    directory_change_close(&change);
    return done;
}
