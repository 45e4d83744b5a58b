// SPDX-License-Identifier: GPL-2.0-or-later
// Lists of some tickets only.
#include "ops/list/narrowed_list.h"

#include "store/ticket_view.h"

#define NO_TICKET (-1)
#define NOBODY    (-1)

bool narrowed_list_read(const struct operation_context *context, struct arena *arena,
                        struct ticket_conditions *conditions, struct error *error) {
    const struct key_rules *rules = principal_view(context->principal);
    struct ticket_scope *scope = rules ? arena_take(arena, sizeof *scope) : NULL;
    conditions->scope = scope;
    if (!rules) return true;
    return scope ? ticket_scope_read(context->db, rules, arena, scope, error) : error_too_large(error);
}

int narrowed_list_find(const struct operation_context *context, enum named_kind kind, struct text name,
                       int64_t *id, struct error *error) {
    const struct key_rules *rules = principal_view(context->principal);
    struct subject subject = {.kind = SUBJECT_TICKET, .name = name};
    if (!rules || kind != NAMED_KIND_TICKET) {
        int found = named_find(context->db, kind, name, id, error);
        // Whether somebody has an address is told by his tickets alone.
        if (!rules || kind != NAMED_KIND_USER || found != 0) return found;
        *id = NOBODY;
        return 1;
    }
    if (!ticket_view_narrow(context->db, rules, &subject, error)) return -1;
    *id = subject.id;
    return subject.is_ambiguous ? 2 : subject.id != 0;
}

bool narrowed_list_ticket(const struct operation_context *context, struct text name, int64_t *id,
                          struct error *error) {
    const struct key_rules *rules = principal_view(context->principal);
    struct subject subject = {.kind = SUBJECT_TICKET, .name = name, .id = *id};
    if (!rules) return true;
    if (!ticket_view_narrow(context->db, rules, &subject, error)) return false;
    *id = subject.id ? subject.id : NO_TICKET;
    return true;
}

void narrowed_list_write(const struct operation_context *context, struct buffer *out) {
    const struct key_rules *rules = principal_view(context->principal);
    if (rules)
        buffer_add_format(out, "view=%d:%lld:%s", (int)rules->view, (long long)rules->view_id,
                          rules->has_departments ? rules->department_list : "");
    if (rules && rules->has_tickets) buffer_add_format(out, " tickets=%s", rules->ticket_list);
}
