// SPDX-License-Identifier: GPL-2.0-or-later
// Referral to the departments of further mailboxes.
#include "ops/email/refer.h"

#include "store/email/rows.h"

#include <inttypes.h>
#include <stdio.h>

static bool has_id(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

// That of a mailbox that was written to; 0: the mailbox is gone.
static int64_t department_of(const struct incoming_email *email, int64_t mailbox_id) {
    for (size_t i = 0; i < email->facts.mailbox_count; i++)
        if (email->facts.mailboxes[i].id == mailbox_id) return email->facts.mailboxes[i].department_id;
    return 0;
}

static bool add_department(struct arena *arena, int64_t **departments, size_t *count, int64_t department,
                           struct error *error) {
    if (!department || has_id(*departments, *count, department)) return true;
    int64_t *slot = arena_append(arena, departments, count, sizeof *slot);
    if (!slot) return error_too_large(error);
    *slot = department;
    return true;
}

bool email_refer_new(struct incoming_email *email, struct error *error) {
    int64_t *departments = NULL;
    size_t count = 0;
    for (size_t i = 0; i < email->mailbox_count; i++)
        if (email->mailboxes[i] != email->mailbox_id &&
            !add_department(&email->arena, &departments, &count, department_of(email, email->mailboxes[i]),
                            error))
            return false;
    email->take.departments = departments;
    email->take.department_count = count;
    return true;
}

// ---- a thread that is there

static bool was_transferred_from(const struct incoming_email *email, const struct email_thread *thread,
                                 int64_t mailbox_id) {
    int64_t usual = help_desk_number(&email->help_desk, "default_email_id", 0);
    for (size_t i = 0; i < thread->transferred_count; i++)
        if ((thread->transferred[i] ? thread->transferred[i] : usual) == mailbox_id) return true;
    return false;
}

static bool lets_see(const struct incoming_email *email, const struct email_thread *thread,
                     const struct change *change, int64_t mailbox_id) {
    int64_t department = department_of(email, mailbox_id);
    return mailbox_id != thread->mailbox_id && department != change->ticket.state.department_id &&
           help_desk_node(&change->help_desk.departments, department) &&
           !was_transferred_from(email, thread, mailbox_id) &&
           !has_id(thread->referred, thread->referred_count, department);
}

static bool add_event(struct change *change, int64_t department, struct error *error) {
    char data[64];
    snprintf(data, sizeof data, "{\"dept\":%" PRId64 "}", department);
    return change_add_event(change, "referred", arena_copy(&change->arena, text_of(data)), error);
}

bool email_refer(const struct incoming_email *email, const struct email_thread *thread, struct change *change,
                 struct email_referrals *referrals, struct error *error) {
    *referrals = (struct email_referrals){0};
    for (size_t i = 0; i < email->mailbox_count; i++) {
        int64_t department = department_of(email, email->mailboxes[i]);
        size_t before = referrals->count;
        if (!lets_see(email, thread, change, email->mailboxes[i])) continue;
        if (!add_department(&change->arena, &referrals->departments, &referrals->count, department, error) ||
            (referrals->count > before && !add_event(change, department, error)))
            return false;
    }
    return true;
}

bool email_refer_write(const struct email_referrals *referrals, struct change *change, struct error *error) {
    for (size_t i = 0; i < referrals->count; i++)
        if (!email_referral_insert(change->work.db, change->ticket.thread_id, referrals->departments[i],
                                   error))
            return false;
    return true;
}

// ---- a mail that was here before

struct again {
    struct incoming_email *email;
    struct email_thread thread;
    struct email_referrals referrals;
};

static bool decide(struct change *change, void *operation, struct error *error) {
    struct again *again = operation;
    return email_refer(again->email, &again->thread, change, &again->referrals, error);
}

static bool write(struct change *change, void *operation, struct error *error) {
    const struct again *again = operation;
    return email_refer_write(&again->referrals, change, error);
}

static bool tell(struct change *change, void *operation, struct outcome *outcome, struct error *error) {
    (void)change, (void)operation, (void)error;
    *outcome = (struct outcome){.kind = ANSWER_TEXT};
    return true;
}

bool email_refer_again(struct incoming_email *email, const struct email_seen *seen, struct error *error) {
    static const struct change_steps steps = {.decide = decide, .write = write, .answer = tell};
    struct again again = {.email = email};
    struct outcome written;
    struct change change;
    int found = email_thread_load(email->context->db, seen->thread_id, seen->entry_id, &email->arena,
                                  &again.thread, error);
    if (found <= 0 || again.thread.is_task) return found >= 0;
    change_open(&change, email->context);
    change.help_desk = email->help_desk;
    change.ticket_id = again.thread.object_id;
    change.actor = actor_system();
    bool done = change_write(&change, &steps, &again, &written, error);
    change_close(&change);
    return done;
}
