// SPDX-License-Identifier: GPL-2.0-or-later
// A user whom a request names by an address.
#include "ops/edit/person.h"

#include "ops/create/address.h"
#include "ops/create/forms.h"
#include "store/create/desk.h"
#include "store/create/rows.h"

#include <inttypes.h>
#include <stdio.h>

#define ARENA_MAX  (64 << 20)
#define NAME_SHOWN 60

// A field of the contact form by the key of its error, which is its id.
static struct text name_of(const struct create_desk *desk, struct text key) {
    char id[24];
    for (size_t i = 0; i < desk->user_form.field_count; i++) {
        const struct field_row *field = &desk->user_form.fields[i];
        snprintf(id, sizeof id, "%" PRId64, field->id);
        if (text_equal(text_of(id), key) && field->name.length) return field->name;
    }
    return key;
}

static bool refuse(const struct person_maker *maker, struct error *error) {
    const struct form_error *first = maker->draft.user_errors.items;
    struct text text = text_cut(first->text, 500);
    error_set(error, ERROR_UNPROCESSABLE, "%.*s", (int)text.length, text.data);
    return error_field(error, name_of(&maker->draft.desk, first->key));
}

static bool check(struct person_maker *maker, struct error *error) {
    struct create_draft *draft = &maker->draft;
    if (!create_check_address_length(draft, error)) {
        error_set(error, ERROR_UNPROCESSABLE, "Enter a valid email address");
        return error_field(error, TEXT("email"));
    }
    if (!create_fill_new_user(draft, error)) {
        if (error->code == ERROR_BAD_REQUEST)
            error->code = ERROR_UNPROCESSABLE; // a list where a text belongs
        return false;
    }
    return create_check_address(draft, error) && (!draft->user_errors.count || refuse(maker, error));
}

bool person_open(struct person_maker *maker, struct operation_context *context, struct work *work,
                 struct text address, const struct input *fields, struct error *error) {
    struct create_draft *draft = &maker->draft;
    const struct create_desk_wish wish = {.email = address, .trust = work->trust};
    *maker = (struct person_maker){.draft = {.context = context, .arena = arena_new(ARENA_MAX)}};
    draft->help_desk = *work->help_desk;
    draft->request.email = address;
    draft->request.fields = *fields;
    draft->request.source = TEXT("");
    maker->creation = (struct creation){.draft = draft, .db = work->db, .arena = work->arena, .work = work};
    if (!create_desk_load(work->db, &wish, work->arena, &draft->desk, error)) return false;
    maker->user_id = draft->desk.user.id;
    maker->name = draft->desk.user.name;
    maker->address = draft->desk.user.address;
    maker->is_new = !maker->user_id;
    return !maker->is_new || check(maker, error);
}

static const struct field_row *field_called(const struct form_row *form, struct text name) {
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].name.length && text_equal(form->fields[i].name, name)) return &form->fields[i];
    return NULL;
}

static bool refuse_field(enum error_code code, struct text name, const char *what, struct error *error) {
    struct text shown = text_cut(name, NAME_SHOWN);
    error_set(error, code, "%.*s %s", (int)shown.length, shown.data, what);
    return error_field(error, name);
}

bool person_check_fields(const struct person_maker *maker, const struct input *fields, size_t count,
                         struct error *error) {
    for (size_t i = 0; i < count; i++) {
        struct text name = fields[i].name;
        const struct field_row *field = field_called(&maker->draft.desk.user_form, name);
        if (!field) return refuse_field(ERROR_UNPROCESSABLE, name, "is no field here", error);
        if (text_equal(name, TEXT("email")) || text_equal(name, TEXT("name")))
            return refuse_field(ERROR_UNPROCESSABLE, name, "is a member of its own", error);
        if (text_equal(field->type, TEXT("files")))
            return refuse_field(ERROR_NOT_NATIVE, name, "is a field of files, which are not taken here",
                                error);
        if (!input_is_kept(&fields[i]))
            return refuse_field(ERROR_UNPROCESSABLE, name,
                                "has a NUL character or a number that no column holds", error);
    }
    return true;
}

bool person_write(struct person_maker *maker, struct error *error) {
    struct creation *creation = &maker->creation;
    if (!maker->is_new) return true;
    if (!creation_write_user(creation, error)) return false;
    maker->user_id = creation->user_id;
    maker->name = creation->user_name;
    maker->address = creation->user_address;
    return search_replace(creation->work, creation->search, creation->search_count, error);
}

void person_close(struct person_maker *maker) {
    arena_free(&maker->draft.arena);
}
