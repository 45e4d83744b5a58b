// SPDX-License-Identifier: GPL-2.0-or-later
// The owner of a new ticket: known, or new himself.
#include "ops/create/creation.h"

#include "contact/user_name.h"
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

// The form's own answer; without a name the part of the address before the @.
static struct text name_of(struct create_draft *draft) {
    const struct answer_value *answer = form_answer_named(&draft->user_answers, "name");
    struct text address = draft->request.email;
    const char *at = address.length ? memchr(address.data, '@', address.length) : NULL;
    if (answer && answer->value.length)
        return user_name_to_keep(in_one_line(&draft->arena, answer->value), &draft->arena);
    return at ? (struct text){address.data, (size_t)(at - address.data)} : address;
}

static bool insert(struct creation *creation, struct error *error) {
    struct new_user user = {.name = creation->user_name,
                            .address = creation->user_address,
                            .organization_id = creation->draft->desk.user.organization_id};
    return user_insert(creation->work, &user, &creation->user_id, error);
}

static bool add_search(struct creation *creation, struct error *error) {
    struct form_answer *answers = NULL;
    size_t count = 0;
    struct search_row row;
    return creation_list_answers(creation, &creation->draft->user_answers, &answers, &count, error) &&
           user_search_make(creation->work, answers, count, creation->user_id, creation->user_name,
                            creation->user_address, &row, error) &&
           creation_add_search(creation, row, error);
}

bool creation_write_user(struct creation *creation, struct error *error) {
    const struct user_row *known = &creation->draft->desk.user;
    if (known->id) {
        creation->user_id = known->id;
        creation->user_name = known->name;
        creation->user_address = known->address;
        return true;
    }
    creation->user_name = name_of(creation->draft);
    creation->user_address = creation->draft->request.email;
    return insert(creation, error) &&
           creation_write_answers(creation, &creation->draft->user_answers, true, creation->user_id,
                                  TEXT_NULL, error) &&
           add_search(creation, error);
}
