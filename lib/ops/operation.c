// SPDX-License-Identifier: GPL-2.0-or-later
// The operation table.
#include "ops/operation.h"

#include "ops/operations.h"

#define WRITES (OPERATION_NATIVE | OPERATION_REMEMBERED)

// What is not NATIVE goes to PHP after the key check, or is answered 501.
static const struct operation operations[] = {
    {"ticketInfo", METHOD_GET, "/tickets/ticketInfo", PERMISSION_NONE, OPERATION_READS | OPERATION_NATIVE,
     false, ticket_info},
    {"staffTickets", METHOD_GET, "/tickets/staffTickets", PERMISSION_NONE, OPERATION_READS | OPERATION_NATIVE,
     false, staff_tickets},
    {"clientTickets", METHOD_GET, "/tickets/clientTickets", PERMISSION_NONE,
     OPERATION_READS | OPERATION_NATIVE, false, client_tickets},
    {"tickets", METHOD_GET, "/tickets", PERMISSION_NONE, OPERATION_READS | OPERATION_NATIVE, false,
     ticket_list},
    {"reply", METHOD_POST, "/tickets/reply.json", PERMISSION_CREATE_TICKETS, WRITES, true, ticket_reply},
    {"create.json", METHOD_POST, "/tickets.json", PERMISSION_CREATE_TICKETS, WRITES, true,
     ticket_create_json},
    {"create.xml", METHOD_POST, "/tickets.xml", PERMISSION_CREATE_TICKETS, WRITES, true, ticket_create_xml},
    {"create.email", METHOD_POST, "/tickets.email", PERMISSION_CREATE_TICKETS, 0, true, NULL},
    {"cron", METHOD_POST, "/tasks/cron", PERMISSION_EXEC_CRON, 0, true, NULL},
};

enum subject_kind operation_subject(const struct operation *operation, const char **parameter) {
    static const struct {
        operation_handler *handle;
        enum subject_kind kind;
        const char *parameter;
    } subjects[] = {
        {ticket_info, SUBJECT_TICKET, "ticketNumber"},
        {staff_tickets, SUBJECT_STAFF, "staffUserName"},
        {client_tickets, SUBJECT_USER, "clientUserMail"},
    };
    *parameter = NULL;
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        if (subjects[i].handle != operation->handle) continue;
        *parameter = subjects[i].parameter;
        return subjects[i].kind;
    }
    return SUBJECT_NONE;
}

const struct operation *operation_find(enum method method, struct text path) {
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        if (operations[i].method == method && text_equal(path, text_of(operations[i].path)))
            return &operations[i];
    return NULL;
}
