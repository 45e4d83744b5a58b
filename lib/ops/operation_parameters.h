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
#define OF_NAMES(parameter, what) {.name = parameter, .place = IN_QUERY, .kind = PARAMETER_TEXT, .help = what}
#define OF_SWITCH(parameter, what) {.name = parameter, .place = IN_QUERY, .kind = PARAMETER_YES_NO, .help = what}
#define OF_SPAN(time) \
    {.name = time "_since", .place = IN_QUERY, .kind = PARAMETER_TIME, .help = "the earliest time of " time}, \
    {.name = time "_before", .place = IN_QUERY, .kind = PARAMETER_TIME, .help = "what time of " time " lies before"}
// clang-format on

#endif
