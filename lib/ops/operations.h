// SPDX-License-Identifier: GPL-2.0-or-later
// The handlers that the operation table names, one file each.
#ifndef OPS_OPERATIONS_H
#define OPS_OPERATIONS_H

#include "ops/operation.h"

operation_handler ticket_info;        // GET /tickets/ticketInfo?ticketNumber=
operation_handler staff_tickets;      // GET /tickets/staffTickets?staffUserName=
operation_handler client_tickets;     // GET /tickets/clientTickets?clientUserMail=
operation_handler ticket_list;        // GET /tickets
operation_handler ticket_reply;       // POST /tickets/reply.json
operation_handler ticket_create_json; // POST /tickets.json
operation_handler ticket_create_xml;  // POST /tickets.xml

#endif
