// SPDX-License-Identifier: GPL-2.0-or-later
// GET /tickets/{number}.json: a ticket with the parts that are asked for. spec: operations.md 3.2.
#include "ops/operations.h"
#include "ops/parameters.h"
#include "ops/read/client_view.h"
#include "ops/read/parts.h"
#include "ops/read/ticket_fields.h"
#include "store/read/ticket_page.h"

#define PART(name) part_##name,
static ticket_read_write *const parts[] = {TICKET_PARTS(PART, PART)};
#define PART_COUNT (sizeof parts / sizeof *parts)

static bool write_parts(struct ticket_read *read, struct error *error) {
    uint64_t wanted =
        client_view_parts(read->view, parameter_members(read->context, "include", TICKET_PART_NAMES, 0));
    for (size_t part = 0; part < PART_COUNT; part++)
        if (wanted & UINT64_C(1) << part && !parts[part](read, error)) return false;
    return true;
}

// Of whoever sees some tickets only it depends what is shown of one.
static int read_object(struct ticket_read *read, struct ticket_object *object, struct error *error) {
    struct db *db = read->context->db;
    int64_t id = read->ticket.ticket_id;
    return read->view.rules ? ticket_page_one(db, id, read->view, &read->arena, object, error)
                            : ticket_object_read(db, id, read->view, &read->arena, object, error);
}

static bool write_ticket(struct ticket_read *read, struct error *error) {
    struct ticket_object object;
    uint64_t fields = client_view_fields(
        read->view, parameter_members(read->context, "fields", TICKET_FIELD_NAMES, TICKET_FIELDS_ALL));
    int found = read_object(read, &object, error);
    if (found == 0) error_set(error, ERROR_NOT_FOUND, "There is no such ticket"); // gone meanwhile
    if (found <= 0) return false;
    json_name(&read->json, "ticket");
    json_open_object(&read->json);
    ticket_fields_write(&read->json, &object, fields, read->view);
    json_close_object(&read->json);
    if (!write_parts(read, error)) return false;
    json_text_member(&read->json, "version", text_of(read->ticket.version));
    return true;
}

bool ticket_show(struct operation_context *context, struct answer *answer, struct error *error) {
    return client_view_check(context, error) && ticket_read_run(context, answer, write_ticket, error);
}
