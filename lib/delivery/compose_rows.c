// SPDX-License-Identifier: GPL-2.0-or-later
// The rows that a queued mail is about.
#include "delivery/compose_rows.h"

struct loading {
    struct db *db;
    const struct mail_row *row;
    struct arena *arena;
    struct compose_rows *to;
    struct error *error;
};

static enum compose_result gone(struct loading *l, const char *what) {
    error_set(l->error, ERROR_NOT_FOUND, "%s", what);
    return COMPOSE_GONE;
}

// Keeps whether there was such a row; false on failure.
static bool keep(int found, bool *has) {
    *has = found > 0;
    return found >= 0;
}

// An id may have come back after a restore: then its row was written another time.
static enum compose_result load_ticket(struct loading *l) {
    struct compose_rows *to = l->to;
    if (!l->row->ticket_id) return COMPOSE_DONE;
    if (!keep(mail_ticket_load(l->db, l->row->ticket_id, l->arena, &to->ticket, l->error), &to->has_ticket))
        return COMPOSE_FAILED;
    if (!to->has_ticket) return gone(l, "the ticket is gone");
    if (!text_equal(to->ticket.created_text, l->row->ticket_created))
        return gone(l, "the ticket is gone, and another one has its id");
    return COMPOSE_DONE;
}

static enum compose_result load_entry(struct loading *l) {
    struct compose_rows *to = l->to;
    if (!l->row->entry_id) return COMPOSE_DONE;
    if (!keep(mail_entry_load(l->db, l->row->entry_id, l->arena, &to->entry, l->error), &to->has_entry))
        return COMPOSE_FAILED;
    if (!to->has_entry) return gone(l, "the entry is gone");
    if (!text_equal(to->entry.created_text, l->row->entry_created))
        return gone(l, "the entry is gone, and another one has its id");
    return COMPOSE_DONE;
}

static bool load_agent(struct loading *l, int64_t id, struct mail_agent *agent, bool *has) {
    return keep(id ? mail_agent_load(l->db, id, l->arena, agent, l->error) : 0, has);
}

// "s3" is an agent, "t2" a team.
static bool load_assignee(struct loading *l) {
    struct text assignee = l->row->assignee;
    struct compose_rows *to = l->to;
    int64_t id;
    if (assignee.length < 2 || !text_to_int64((struct text){assignee.data + 1, assignee.length - 1}, &id))
        return true;
    if (assignee.data[0] == 's') return load_agent(l, id, &to->assignee_agent, &to->has_assignee_agent);
    return keep(mail_team_load(l->db, id, l->arena, &to->assignee_team, l->error), &to->has_assignee_team);
}

static bool is_kind(const struct mail_row *row, const char *kind) {
    return text_equal(row->kind, text_of(kind));
}

// Of mails that tell of a client's message.
static bool load_author(struct loading *l) {
    struct compose_rows *to = l->to;
    bool tells = is_kind(l->row, MAIL_KIND_NOTICE) || is_kind(l->row, MAIL_KIND_MESSAGE_HAD);
    int64_t id = tells && to->has_entry ? to->entry.user_id : 0;
    return keep(id ? mail_user_load(l->db, id, l->arena, &to->author, l->error) : 0, &to->has_author);
}

static bool load_people(struct loading *l) {
    struct compose_rows *to = l->to;
    const struct mail_row *row = l->row;
    if (to->has_ticket &&
        (!keep(mail_user_load(l->db, to->ticket.user_id, l->arena, &to->owner, l->error), &to->has_owner) ||
         !keep(mail_department_load(l->db, to->ticket.dept_id, l->arena, &to->department, l->error),
               &to->has_department)))
        return false;
    return load_author(l) && load_agent(l, row->staff_id, &to->staff, &to->has_staff) &&
           load_agent(l, row->recipient_staff_id, &to->recipient, &to->has_recipient) && load_assignee(l);
}

enum compose_result compose_rows_load(const struct compose_settings *settings, const struct mail_row *row,
                                      struct arena *arena, struct compose_rows *rows, struct error *error) {
    struct loading l = {settings->db, row, arena, rows, error};
    *rows = (struct compose_rows){0};
    enum compose_result result = load_ticket(&l);
    if (result == COMPOSE_DONE) result = load_entry(&l);
    if (result != COMPOSE_DONE) return result;
    if (!load_people(&l)) return COMPOSE_FAILED;
    if (row->recipient_staff_id && !rows->has_recipient) return gone(&l, "the agent is gone");
    return COMPOSE_DONE;
}

static struct text signature(const struct compose_rows *rows, const struct mail_row *row) {
    if (text_equal(row->signature, TEXT("mine")) && rows->has_staff) return rows->staff.signature;
    if (text_equal(row->signature, TEXT("dept")) && rows->has_department && rows->department.is_public)
        return rows->department.signature;
    return TEXT_NULL;
}

// In osTicket's words.
static struct text activity(const struct mail_entry *entry) {
    bool note = entry && text_equal(entry->type, TEXT("N"));
    return note ? TEXT("New Internal Note") : TEXT("New Response");
}

struct variable_roots compose_rows_roots(const struct compose_rows *rows, const struct mail_row *row,
                                         bool link_with_token) {
    bool note = is_kind(row, MAIL_KIND_ACTIVITY) || is_kind(row, MAIL_KIND_ASSIGNED) ||
                is_kind(row, MAIL_KIND_TRANSFER);
    bool notice = is_kind(row, MAIL_KIND_NOTICE), had = is_kind(row, MAIL_KIND_MESSAGE_HAD);
    const struct mail_user *author = rows->has_author ? &rows->author : NULL;
    const struct mail_entry *entry = rows->has_entry ? &rows->entry : NULL;
    return (struct variable_roots){
        .ticket = rows->has_ticket ? &rows->ticket : NULL,
        .owner = rows->has_owner ? &rows->owner : NULL,
        .recipient = had ? author : NULL,
        .to_collaborators = notice && author && author->id == rows->ticket.user_id,
        .link_with_token = link_with_token,
        .agent_recipient = rows->has_recipient ? &rows->recipient : NULL,
        .addressee = row->addressee,
        .staff = rows->has_staff ? &rows->staff : NULL,
        .author = notice ? author : NULL,
        .author_name = is_kind(row, MAIL_KIND_MESSAGE) && entry ? entry->poster : TEXT_NULL,
        .entry = entry,
        .note = note ? entry : NULL,
        .comments = row->comments,
        .signature = signature(rows, row),
        .activity = activity(entry),
        .assignee_agent = rows->has_assignee_agent ? &rows->assignee_agent : NULL,
        .assignee_team = rows->has_assignee_team ? &rows->assignee_team : NULL,
        .assigner = is_kind(row, MAIL_KIND_REPLY) ? TEXT_NULL : row->assigner,
    };
}
