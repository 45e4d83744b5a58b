// SPDX-License-Identifier: GPL-2.0-or-later
// Who takes part in a new ticket because the request says so.
#include "ops/open/copies.h"

#include "contact/mail_address_syntax.h"
#include "ops/create/addressees.h"
#include "store/create/assignees.h"
#include "store/email/rows.h"

#define COPIES_MAX 50
#define SHOWN      60

static bool refuse(struct error *error, const char *what, struct text name) {
    struct text shown = text_cut(name, SHOWN);
    return act_refuse(ERROR_UNPROCESSABLE, "cc", error, "cc: %s %.*s", what, (int)shown.length,
                      shown.data ? shown.data : "");
}

static bool is_there(const struct open_wishes *wishes, const struct open_copy *copy) {
    for (size_t i = 0; i < wishes->copy_count; i++) {
        const struct open_copy *other = &wishes->copies[i];
        if (copy->id ? other->id == copy->id : text_equal_ignoring_case(other->address, copy->address))
            return true;
    }
    return false;
}

static bool read_one(const struct input *value, struct open_copy *copy, struct error *error) {
    bool described = value->kind == INPUT_MAP;
    struct text text = text_trim(input_text(described ? input_member(value, TEXT("email")) : value));
    *copy = (struct open_copy){.address = TEXT_NULL, .name = TEXT_NULL};
    if (described) copy->name = text_trim(input_text(input_member(value, TEXT("name"))));
    bool says = described || value->kind == INPUT_TEXT || value->kind == INPUT_NUMBER;
    if (says && !described && text_to_int64(text, &copy->id) && copy->id > 0) return true;
    copy->id = 0;
    copy->address = text;
    if (!says || !mail_address_is_valid(text))
        return refuse(error, "a list of ids and addresses of users is wanted, not", text);
    return true;
}

static bool read_into(struct open_wishes *wishes, const struct input *value, struct error *error) {
    struct open_copy copy;
    if (!read_one(value, &copy, error)) return false;
    if (is_there(wishes, &copy)) return true;
    if (wishes->copy_count == COPIES_MAX) return refuse(error, "too many users", TEXT(""));
    struct open_copy *slot =
        arena_append(&wishes->draft->arena, &wishes->copies, &wishes->copy_count, sizeof *slot);
    if (!slot) return error_too_large(error);
    *slot = copy;
    return true;
}

bool open_copies_read(struct open_wishes *wishes, const struct input *list, struct error *error) {
    if (!list) return true;
    if (list->kind != INPUT_LIST) return read_into(wishes, list, error) && (wishes->any = true);
    for (size_t i = 0; i < list->count; i++)
        if (!read_into(wishes, &list->members[i], error)) return false;
    wishes->any = wishes->any || wishes->copy_count;
    return true;
}

static bool add_by_id(struct creation *creation, int64_t id, struct error *error) {
    struct member_row member;
    int found = member_by_id(creation->db, id, creation->arena, &member, error);
    if (found == 0)
        return act_refuse(ERROR_UNPROCESSABLE, "cc", error, "cc: there is no user %lld", (long long)id);
    return found > 0 && creation_add_collaborator(creation, &member, error);
}

static bool add_found(struct creation *creation, const struct open_copy *copy, struct email_user *user,
                      struct error *error) {
    const struct mail_addressee addressee = {.name = copy->name.data ? copy->name : TEXT(""),
                                             .address = copy->address};
    if (!user->id && !addressee_make_user(creation, &addressee, user, error)) return false;
    const struct member_row member = {user->id, user->name, copy->address, user->is_agent};
    return creation_add_collaborator(creation, &member, error);
}

bool open_copies_add(struct creation *creation, const struct open_wishes *wishes, struct error *error) {
    struct email_user *users = arena_take(creation->arena, (wishes->copy_count + 1) * sizeof *users);
    size_t count = 0, next = 0;
    if (!users) return error_too_large(error);
    for (size_t i = 0; i < wishes->copy_count; i++)
        if (!wishes->copies[i].id) users[count++] = (struct email_user){.address = wishes->copies[i].address};
    if (count && !email_users_find(creation->db, users, count, creation->arena, error)) return false;
    for (size_t i = 0; i < wishes->copy_count; i++) {
        const struct open_copy *copy = &wishes->copies[i];
        if (!(copy->id ? add_by_id(creation, copy->id, error)
                       : add_found(creation, copy, &users[next++], error)))
            return false;
    }
    return true;
}
