// SPDX-License-Identifier: GPL-2.0-or-later
// Parameters that several rows of the operation table have. For operation.c alone, which makes the array of
// the table.
#ifndef OPS_OPERATION_PARAMETERS_H
#define OPS_OPERATION_PARAMETERS_H

#include "ops/operation.h"

// clang-format off
#define OF_TICKET \
    {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true, \
     .help = "the ticket's number, or id: and its id"}
#define OF_TIMES \
    {.name = "times", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "utc,db", \
     .help = "times in UTC, or as the database has them"}
#define OF_LIMIT(count) \
    {.name = "limit", .place = IN_QUERY, .kind = PARAMETER_INTEGER, .least = 1, .most = count, \
     .help = "how many at most"}
#define OF_BODY \
    {.name = "body", .place = IN_QUERY, .kind = PARAMETER_CHOICE, .members = "html,text,none", \
     .help = "bodies as they were written, as plain text, or not at all"}
// clang-format on

#endif
