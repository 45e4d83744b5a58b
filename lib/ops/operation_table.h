// SPDX-License-Identifier: GPL-2.0-or-later
// The operation table: OPERATION(handler, members of struct operation), one row an operation. Handlers'
// declarations (operations.h) and the array (operation.c) are made from it. What PHP has as well comes first,
// then our own.
// clang-format off

OPERATION(ticket_info,
    .name = "ticketInfo",
    .method = METHOD_GET,
    .path = "/tickets/ticketInfo",
    .help = "A ticket with its entries",
    .of_php = true,
    .scope = SCOPE_READ,
    .narrowed = NARROWED_BY_SUBJECT,
    .answers = ANSWER_JSON,
    .subject = {SUBJECT_TICKET, "ticketNumber"},
    .parameters = PARAMETERS({"ticketNumber", IN_QUERY, PARAMETER_TICKET, true, "the ticket's number"}))

OPERATION(staff_tickets,
    .name = "staffTickets",
    .method = METHOD_GET,
    .path = "/tickets/staffTickets",
    .help = "The tickets that are assigned to an agent, with their entries",
    .of_php = true,
    .scope = SCOPE_READ,
    .answers = ANSWER_JSON,
    .subject = {SUBJECT_STAFF, "staffUserName"},
    .parameters = PARAMETERS({"staffUserName", IN_QUERY, PARAMETER_NAME, true, "the agent's user name"}))

OPERATION(client_tickets,
    .name = "clientTickets",
    .method = METHOD_GET,
    .path = "/tickets/clientTickets",
    .help = "The tickets of a user, with their entries",
    .of_php = true,
    .scope = SCOPE_READ,
    .answers = ANSWER_JSON,
    .subject = {SUBJECT_USER, "clientUserMail"},
    .parameters = PARAMETERS({"clientUserMail", IN_QUERY, PARAMETER_NAME, true, "an address of the user"}))

OPERATION(ticket_list,
    .name = "tickets",
    .method = METHOD_GET,
    .path = "/tickets",
    .help = "Number and times of every ticket",
    .of_php = true,
    .scope = SCOPE_READ,
    .answers = ANSWER_JSON)

OPERATION(ticket_reply,
    .name = "reply",
    .method = METHOD_POST,
    .path = "/tickets/reply.json",
    .help = "An agent's reply to a ticket, with a change of its status where one is asked for",
    .of_php = true,
    .writes = true,
    .scope = SCOPE_REPLY,
    .narrowed = NARROWED_BY_ITSELF,
    .max_body = BODY_OF_SETTINGS,
    .answers = ANSWER_JSON)

OPERATION(ticket_create_json,
    .name = "create.json",
    .method = METHOD_POST,
    .path = "/tickets.json",
    .help = "A new ticket, answered with its number",
    .of_php = true,
    .writes = true,
    .scope = SCOPE_CREATE,
    .max_body = BODY_OF_SETTINGS)

OPERATION(ticket_create_xml,
    .name = "create.xml",
    .method = METHOD_POST,
    .path = "/tickets.xml",
    .help = "A new ticket, answered with its number",
    .of_php = true,
    .writes = true,
    .scope = SCOPE_CREATE,
    .max_body = BODY_OF_SETTINGS)

OPERATION(ticket_create_email,
    .name = "create.email",
    .method = METHOD_POST,
    .path = "/tickets.email",
    .help = "A mail as it came, which becomes a new ticket or an entry of one",
    .of_php = true,
    .writes = true,
    .by_pipe = true,
    .scope = SCOPE_CREATE,
    .max_body = BODY_OF_SETTINGS)

OPERATION(tasks_cron,
    .name = "cron",
    .method = METHOD_POST,
    .path = "/tasks/cron",
    .help = "What osTicket does from time to time; answered when it is done",
    .of_php = true,
    .scope = SCOPE_CRON,
    .narrowed = NARROWED_ANY)

OPERATION(key_info,
    .name = "key",
    .method = METHOD_GET,
    .path = "/key.json",
    .help = "What the key that asks may do: scopes, agent, tickets that it sees, rate, expiry",
    .with_head = true,
    .narrowed = NARROWED_ANY,
    .answers = ANSWER_JSON)
