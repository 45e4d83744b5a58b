// SPDX-License-Identifier: GPL-2.0-or-later
// POST /tickets.json and /tickets.xml: a new ticket.
//
// The way is told in ops/create/draft.h. Everything that can be refused, or is PHP's to do, is found out
// before the first write; then one transaction writes all or nothing.
#include "ops/create/address.h"
#include "ops/create/draft.h"
#include "ops/create/filter.h"
#include "ops/create/forms.h"
#include "ops/create/limit.h"
#include "ops/create/native.h"
#include "ops/create/resolve.h"
#include "ops/create/write.h"
#include "ops/native_version.h"
#include "ops/open/answer.h"
#include "ops/open/client.h"
#include "ops/open/wishes.h"
#include "ops/operations.h"
#include "ops/parameters.h"

#define ARENA_MAX (128 << 20)

// What the request itself wishes, before filters have their say.
static void take_wishes(struct create_draft *draft) {
    const struct create_request *request = &draft->request;
    const struct create_internal *internal = &request->internal;
    draft->wishes = (struct create_wishes){
        .department_id = internal->department_id,
        .priority_id = request->priority_id,
        .sla_id = internal->sla_id,
        .team_id = internal->team_id,
        .staff_id = internal->staff_id,
        .status_id = internal->status_id,
        .canned_id = internal->canned_id,
        .has_priority = request->has_priority_id,
        .priority_is_loose = request->priority_is_loose,
        .autorespond = request->autorespond,
        .alert = request->alert,
    };
}

static bool load_desk(struct create_draft *draft, struct error *error) {
    struct create_desk_wish wish = {
        .email = draft->request.email,
        .user_id = draft->request.internal.user_id,
        .topic_id = draft->request.topic_id,
        .trust = draft->context->trust,
    };
    if (!help_desk_load(draft->context->db, &draft->arena, &draft->help_desk, error)) return false;
    // Before the desk is read: of another version it may not be there to be read.
    if (!native_version_check(&draft->help_desk, error)) return false;
    wish.default_topic_id = help_desk_number(&draft->help_desk, "default_help_topic", 0);
    wish.counts_tickets = create_has_limit(&draft->help_desk);
    return create_desk_load(draft->context->db, &wish, &draft->arena, &draft->desk, error);
}

static bool prepare(struct create_draft *draft, enum create_format format, struct open_wishes *wishes,
                    struct actor *opener, struct error *error) {
    const struct operation_context *context = draft->context;
    if (!create_request_read(context->body, format, context->settings->allow_internal_fields, &draft->arena,
                             &draft->request, error) ||
        !incoming_files_join(context->files, &draft->arena, &draft->request.files, error) ||
        !open_client_begin(draft, error))
        return false;
    take_wishes(draft);
    return create_check_address_length(draft, error) && load_desk(draft, error) &&
           open_client_narrow(draft, opener, error) && open_wishes_read(wishes, error) &&
           create_check_native(draft, error) && create_fill_forms(draft, error) &&
           ticket_filters_apply(draft, error) && create_check_limit(draft, error) &&
           create_check_address(draft, error) && create_validate(draft, error);
}

// How it is answered. A rehearsal that were answered with a bare number would be taken for a ticket.
static bool choose_answer(struct create_draft *draft, struct error *error) {
    const struct operation_context *context = draft->context;
    bool rehearses = parameter_is(context, "dry_run", "1");
    if (context->in_profile)
        draft->beside = (struct create_beside){.answer = open_answer, .is_rehearsal = rehearses};
    return context->in_profile || !rehearses ||
           error_set(
               error, ERROR_BAD_REQUEST,
               "dry_run is told of in JSON alone: ask for it by Accept: application/json; profile=ticket");
}

static bool create(struct operation_context *context, enum create_format format, struct answer *answer,
                   struct error *error) {
    struct create_draft draft = {.context = context, .arena = arena_new(ARENA_MAX)};
    struct create_decision decision;
    struct outcome created;
    struct open_wishes wishes;
    struct actor opener;
    draft.work = (struct work){
        .db = context->db, .arena = &draft.arena, .help_desk = &draft.help_desk, .trust = context->trust};
    open_wishes_begin(&wishes, &draft);
    bool done = choose_answer(&draft, error) && prepare(&draft, format, &wishes, &opener, error) &&
                create_resolve(&draft, &decision, error) && open_wishes_check(&wishes, &decision, error) &&
                create_write(&draft, &decision, &created, error);
    if (done) outcome_tell(context, &created, answer);
    error->stays = open_wishes_are_ours(&wishes);
    open_wishes_end(&wishes);
    arena_free(&draft.arena);
    return done;
}

bool ticket_create_json(struct operation_context *context, struct answer *answer, struct error *error) {
    return create(context, CREATE_JSON, answer, error);
}

bool ticket_create_xml(struct operation_context *context, struct answer *answer, struct error *error) {
    return create(context, CREATE_XML, answer, error);
}
