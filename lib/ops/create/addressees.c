// SPDX-License-Identifier: GPL-2.0-or-later
// Addressees of a mail as collaborators of a thread.
#include "ops/create/addressees.h"

#include "base/buffer.h"
#include "contact/mail_address_syntax.h"
#include "ops/create/forms.h"
#include "store/create/assignees.h"
#include "store/create/rows.h"
#include "store/email/rows.h"
#include "json/writer.h"

#include <inttypes.h>

#define EVENT_MAX 1020 // bytes: of the column, without the end

static struct input text_field(const char *name, struct text text) {
    return (struct input){.kind = INPUT_TEXT, .name = text_of(name), .text = text};
}

bool addressee_make_user(struct creation *creation, const struct mail_addressee *addressee,
                         struct email_user *user, struct error *error) {
    struct input members[] = {text_field("email", addressee->address), text_field("name", addressee->name)};
    struct input fields = {.kind = INPUT_MAP, .members = members, .count = addressee->name.length ? 2 : 1};
    struct form_answers answers = {0};
    struct new_user row = {.address = addressee->address};
    if (!create_fill_user_form(creation->draft, &fields, &answers, error) ||
        !organization_of_address(creation->db, addressee->address, creation->arena, &row.organization_id,
                                 error) ||
        !creation_insert_user(creation, &answers, &row, &user->id, error))
        return false;
    user->name = row.name;
    return true;
}

static bool takes_part(const struct addressee_thread *thread, const struct new_collaborator *rows,
                       size_t count, int64_t user_id) {
    if (user_id == thread->owner_id) return true;
    for (size_t i = 0; i < thread->present_count; i++)
        if (thread->present[i] == user_id) return true;
    for (size_t i = 0; i < count; i++)
        if (rows[i].user_id == user_id) return true;
    return false;
}

static int64_t flags_of(const struct creation *creation, const struct addressee_thread *thread,
                        const struct email_user *user) {
    bool active = thread->active && creation_takes_part(creation, user->is_agent);
    return COLLABORATOR_IN_COPY | (active ? COLLABORATOR_ACTIVE : 0);
}

// "7":{"name":"Jane","src":"Email (cc)"}; those for whom there is no room are left out.
static void tell(const struct email_user *user, bool copied, struct buffer *event) {
    struct buffer piece = buffer_new(EVENT_MAX);
    buffer_add_format(&piece, "%s\"%" PRId64 "\":{\"name\":", event->length ? "," : "{\"add\":{", user->id);
    json_quote(user->name, &piece);
    buffer_add_format(&piece, ",\"src\":\"Email (%s)\"}", copied ? "cc" : "to");
    if (!piece.failed && event->length + piece.length <= EVENT_MAX)
        buffer_add_text(event, buffer_text(&piece));
    buffer_free(&piece);
}

// Who is named twice is made once.
static void take_twin(const struct mail_addressee *addressees, struct email_user *users, size_t i) {
    for (size_t j = 0; !users[i].id && j < i; j++)
        if (text_equal_ignoring_case(addressees[i].address, addressees[j].address)) users[i].id = users[j].id;
}

static bool join_all(struct creation *creation, const struct mail_addressee *addressees,
                     struct email_user *users, size_t count, const struct addressee_thread *thread,
                     struct buffer *event, struct error *error) {
    struct new_collaborator *rows = NULL;
    size_t row_count = 0;
    // Agents hear of a ticket by alerts, and would as collaborators read what clients read: by the owner's
    // wish alone.
    bool agents_join =
        thread->active || (creation->draft->context->settings->email_as_php & AS_PHP_LIST_JOIN) != 0;
    for (size_t i = 0; i < count; i++) {
        if (users[i].is_agent && !agents_join) continue;
        take_twin(addressees, users, i);
        if (!users[i].id && !addressee_make_user(creation, &addressees[i], &users[i], error)) return false;
        if (takes_part(thread, rows, row_count, users[i].id)) continue;
        struct new_collaborator *row = arena_append(creation->arena, &rows, &row_count, sizeof *row);
        if (!row) return error_too_large(error);
        *row = (struct new_collaborator){users[i].id, flags_of(creation, thread, &users[i])};
        tell(&users[i], addressees[i].copied, event);
    }
    return !row_count || collaborators_insert(creation->db, thread->thread_id, rows, row_count, error);
}

bool addressees_join(struct creation *creation, const struct mail_addressee *addressees, size_t count,
                     const struct addressee_thread *thread, struct text *event, struct error *error) {
    struct email_user *users = count ? arena_take(creation->arena, count * sizeof *users) : NULL;
    struct buffer told = buffer_new(EVENT_MAX + 2);
    *event = TEXT_NULL;
    if (!count) return true;
    if (!users) return error_too_large(error);
    for (size_t i = 0; i < count; i++) users[i].address = addressees[i].address;
    bool done = email_users_find(creation->db, users, count, creation->arena, error) &&
                join_all(creation, addressees, users, count, thread, &told, error);
    if (done && told.length) {
        buffer_add_string(&told, "}}");
        *event = arena_copy(creation->arena, buffer_text(&told));
    }
    buffer_free(&told);
    return done;
}

bool creation_write_addressees(struct creation *creation, struct error *error) {
    const struct create_by_mail *mail = creation->draft->mail;
    int64_t *present = arena_take(creation->arena, (creation->collaborator_count + 1) * sizeof *present);
    if (!present) return error_too_large(error);
    for (size_t i = 0; i < creation->collaborator_count; i++) present[i] = creation->collaborators[i].id;
    struct addressee_thread thread = {creation->thread_id, creation->user_id, present,
                                      creation->collaborator_count, true};
    return addressees_join(creation, mail->addressees, mail->addressee_count, &thread, &creation->joined,
                           error);
}
