// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets/{number}/link.json and unlink.json: tickets that belong together, each with a thread of its
// own. spec: operations.md 4.11; acting.md 10, 11.
#include "ops/link/relative.h"
#include "ops/operations.h"

#define RIGHT         "ticket.link"
#define DIALOG_RIGHT  "ticket.edit" // opens the dialog, on the ticket in the path
#define FLAGS_MERGED  (TICKET_FLAG_COMBINED | TICKET_FLAG_SEPARATE)
#define FLAGS_RELATED (FLAGS_MERGED | TICKET_FLAG_LINKED | TICKET_FLAG_PARENT)

struct linking {
    int64_t *ids; // that the request names
    size_t id_count;
    struct relatives relatives;
    bool changes_own;  // the flags of the ticket itself
    int64_t flags;     // … to be
    bool leaves;       // it leaves its parent itself
    int64_t *children; // that hang on it
    size_t child_count;
};

static bool read_children(struct act *act, struct linking *linking, struct error *error) {
    return linked_children_read(act->change.work.db, act->change.ticket.id, &act->change.arena,
                                &linking->children, &linking->child_count, error);
}

// ---- linking

static bool check_parent(const struct locked_ticket *parent, struct error *error) {
    if (parent->flags & FLAGS_MERGED) return relative_refuse(parent, "is part of a merge", error);
    return !parent->parent_id || relative_refuse(parent, "hangs on another ticket itself", error);
}

// A parent whose last child left by itself, or was deleted, is still marked as one.
static bool check_child(struct act *act, const struct locked_ticket *child, struct error *error) {
    if (child->flags & FLAGS_MERGED) return relative_refuse(child, "is part of a merge", error);
    if (child->parent_id) return relative_refuse(child, "hangs on a ticket already", error);
    if (!(child->flags & TICKET_FLAG_PARENT)) return true;
    int exist = linked_children_exist(act->change.work.db, child->id, error);
    if (exist < 0) return false;
    return !exist || relative_refuse(child, "has tickets below it", error);
}

static bool link_one(struct act *act, struct linking *linking, size_t place, struct error *error) {
    const struct locked_ticket *parent = &act->change.ticket;
    if (linking->ids[place] == parent->id)
        return act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets: a ticket is not linked to itself");
    if (!relative_lock(act, &linking->relatives, linking->ids[place], RIGHT, error)) return false;
    struct relative_ticket *child = &linking->relatives.items[linking->relatives.count - 1];
    child->changed = true;
    child->to =
        (struct ticket_link_row){parent->id, (child->ticket.flags & ~FLAGS_RELATED) | TICKET_FLAG_LINKED,
                                 (int64_t)(linking->child_count + place + 1)};
    return check_child(act, &child->ticket, error) &&
           relative_tell(act, "linked", parent, &child->ticket, error) &&
           relative_tell(act, "linked", &child->ticket, parent, error);
}

static bool decide_link(struct act *act, void *operation, struct error *error) {
    struct linking *linking = operation;
    const struct locked_ticket *parent = &act->change.ticket;
    if (!act_needs(act, DIALOG_RIGHT, error) || !check_parent(parent, error) ||
        !read_children(act, linking, error))
        return false;
    for (size_t i = 0; i < linking->id_count; i++)
        if (!link_one(act, linking, i, error)) return false;
    linking->flags = parent->flags | TICKET_FLAG_LINKED | TICKET_FLAG_PARENT;
    linking->changes_own = act->change.saves = linking->flags != parent->flags;
    return true;
}

// ---- unlinking

static struct ticket_link_row unlinked(const struct locked_ticket *ticket) {
    return (struct ticket_link_row){0, ticket->flags & ~TICKET_FLAG_LINKED, 1};
}

static bool check_linked(const struct locked_ticket *ticket, struct error *error) {
    if (ticket->flags & FLAGS_MERGED)
        return act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "%.*s was merged, which is not taken back",
                          (int)ticket->number.length, ticket->number.data);
    return true;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id) return true;
    return false;
}

static bool unlink_child(struct act *act, struct linking *linking, int64_t id, struct error *error) {
    const struct locked_ticket *parent = &act->change.ticket;
    if (!is_among(linking->children, linking->child_count, id))
        return act_refuse(ERROR_UNPROCESSABLE, "tickets", error,
                          "tickets: one of them does not hang on this ticket");
    if (!relative_lock(act, &linking->relatives, id, RIGHT, error)) return false;
    struct relative_ticket *child = &linking->relatives.items[linking->relatives.count - 1];
    child->changed = true;
    child->to = unlinked(&child->ticket);
    return check_linked(&child->ticket, error) &&
           relative_tell(act, "unlinked", &child->ticket, parent, error) &&
           relative_tell(act, "unlinked", parent, &child->ticket, error);
}

// As a parent it lets go of those that are named, or of all.
static bool unlink_children(struct act *act, struct linking *linking, struct error *error) {
    const int64_t *ids = linking->id_count ? linking->ids : linking->children;
    size_t count = linking->id_count ? linking->id_count : linking->child_count;
    if (!count) return act_refuse(ERROR_CONFLICT, NULL, error, "The ticket is not linked");
    for (size_t i = 0; i < count; i++)
        if (!unlink_child(act, linking, ids[i], error)) return false;
    if (count < linking->child_count) return true;
    linking->changes_own = act->change.saves = true;
    linking->flags = act->change.ticket.flags & ~(TICKET_FLAG_LINKED | TICKET_FLAG_PARENT);
    return true;
}

// As a child it leaves its parent, whose row stays as it is.
static bool unlink_itself(struct act *act, struct linking *linking, struct error *error) {
    const struct locked_ticket *child = &act->change.ticket;
    if (!check_linked(child, error)) return false;
    if (linking->id_count && !is_among(linking->ids, linking->id_count, child->parent_id))
        return act_refuse(ERROR_UNPROCESSABLE, "tickets", error,
                          "tickets: this ticket does not hang on them");
    if (!relative_lock(act, &linking->relatives, child->parent_id, RIGHT, error)) return false;
    const struct locked_ticket *parent = &linking->relatives.items[0].ticket;
    linking->leaves = act->change.saves = true;
    return relative_tell(act, "unlinked", child, parent, error) &&
           relative_tell(act, "unlinked", parent, child, error);
}

static bool decide_unlink(struct act *act, void *operation, struct error *error) {
    struct linking *linking = operation;
    if (!act_needs(act, DIALOG_RIGHT, error)) return false;
    if (act->change.ticket.parent_id) return unlink_itself(act, linking, error);
    return read_children(act, linking, error) && unlink_children(act, linking, error);
}

// ---- both

static bool write(struct act *act, void *operation, struct error *error) {
    const struct linking *linking = operation;
    const struct locked_ticket *ticket = &act->change.ticket;
    struct db *db = act->change.work.db;
    const struct ticket_link_row leaving = unlinked(ticket);
    return relatives_write(act, &linking->relatives, error) &&
           (!linking->leaves || ticket_link_set(db, ticket->id, &leaving, error)) &&
           (!linking->changes_own || ticket_flags_set(db, ticket->id, linking->flags, error));
}

static bool run(struct operation_context *context, const struct act_steps *steps, bool required,
                struct answer *answer, struct error *error) {
    struct linking linking = {0};
    struct act act;
    bool done = act_open(&act, context, "tickets", error) && act_find(&act, error) &&
                relatives_named(&act, &linking.ids, &linking.id_count, error);
    if (done && required && !linking.id_count)
        done = act_refuse(ERROR_UNPROCESSABLE, "tickets", error, "tickets is missing: a list of numbers");
    done = done && act_run(&act, steps, &linking, answer, error);
    act_close(&act);
    return done;
}

bool tickets_link(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.right = RIGHT, .decide = decide_link, .write = write};
    return run(context, &steps, true, answer, error);
}

bool tickets_unlink(struct operation_context *context, struct answer *answer, struct error *error) {
    static const struct act_steps steps = {.right = RIGHT, .decide = decide_unlink, .write = write};
    return run(context, &steps, false, answer, error);
}
