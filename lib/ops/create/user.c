// SPDX-License-Identifier: GPL-2.0-or-later
// The owner of a new ticket: known, or new himself.
#include "ops/create/creation.h"

#include "contact/user_name.h"
#include "ops/create/user_name.h"
#include "ops/ticket/search_index.h"
#include "store/create/rows.h"

#include <ctype.h>
#include <string.h>

// Runs of white space as one blank, as the cleaning of HTML leaves them.
static struct text in_one_line(struct arena *arena, struct text name) {
    struct text copy = arena_copy(arena, name);
    char *bytes = (char *)(uintptr_t)copy.data;
    size_t length = 0;
    for (size_t i = 0; i < copy.length; i++) {
        bool blank = isspace((unsigned char)bytes[i]);
        if (!blank || length == 0 || bytes[length - 1] != ' ') bytes[length++] = blank ? ' ' : bytes[i];
    }
    copy.length = length;
    return copy;
}

struct text user_name_clean(struct text answer, struct arena *arena) {
    return user_name_to_keep(in_one_line(arena, answer), arena);
}

// The form's own answer; without a name the part of the address before the @.
static struct text name_of(const struct form_answers *answers, struct text address, struct arena *arena) {
    const struct answer_value *answer = form_answer_named(answers, "name");
    const char *at = address.length ? memchr(address.data, '@', address.length) : NULL;
    if (answer && answer->value.length) return user_name_clean(answer->value, arena);
    return at ? (struct text){address.data, (size_t)(at - address.data)} : address;
}

static bool add_search(struct creation *creation, const struct form_answers *form,
                       const struct new_user *user, int64_t user_id, struct error *error) {
    struct form_answer *answers = NULL;
    size_t count = 0;
    struct search_row row;
    return creation_list_answers(creation, form, &answers, &count, error) &&
           user_search_make(creation->work, answers, count, user_id, user->name, user->address, &row,
                            error) &&
           creation_add_search(creation, row, error);
}

bool creation_insert_user(struct creation *creation, const struct form_answers *answers,
                          struct new_user *user, int64_t *user_id, struct error *error) {
    // The search row and the history name him as he is stored.
    user->name = text_cut(name_of(answers, user->address, creation->arena), USER_NAME_MAX);
    return user_insert(creation->work, user, user_id, error) &&
           creation_write_answers(creation, answers, true, *user_id, TEXT_NULL, error) &&
           add_search(creation, answers, user, *user_id, error);
}

bool creation_write_user(struct creation *creation, struct error *error) {
    const struct user_row *known = &creation->draft->desk.user;
    if (known->id) {
        creation->user_id = known->id;
        creation->user_name = known->name;
        creation->user_address = known->address;
        return true;
    }
    struct new_user user = {.address = creation->draft->request.email,
                            .organization_id = creation->draft->desk.user.organization_id};
    if (!creation_insert_user(creation, &creation->draft->user_answers, &user, &creation->user_id, error))
        return false;
    creation->user_name = user.name;
    creation->user_address = user.address;
    return true;
}
