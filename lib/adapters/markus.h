// SPDX-License-Identifier: GPL-2.0-or-later
// The API of markus-michalski's plugin api-endpoints, 2.3.4: what its table and its answers share.
#ifndef ADAPTERS_MARKUS_H
#define ADAPTERS_MARKUS_H

#include "adapters/adapted.h"

#define MARKUS_ROWS 21
extern const struct operation markus_rows[MARKUS_ROWS];

enum error_code markus_code_of(enum error_code code);
void markus_tell_failure(struct json_writer *json, const char *message, const struct error *error);

// Answers. markus_answers.c
bool markus_tell_found(struct adapted_run *run, struct json_writer *json, struct error *error);
bool markus_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error);
bool markus_tell_number(struct adapted_run *run, struct json_writer *json, struct error *error);
bool markus_tell_deleted(struct adapted_run *run, struct json_writer *json, struct error *error);
bool markus_tell_statuses(struct adapted_run *run, struct json_writer *json, struct error *error);
// A ticket in an answer about sub-tickets, of what operations answer.
void markus_tell_subticket(struct json_writer *json, const struct json_value *ticket);

// markus_stats.c
bool markus_tell_stats(struct adapted_run *run, struct json_writer *json, struct error *error);

// Handlers of their own.
operation_handler markus_file;                                     // markus_file.c
operation_handler markus_parent, markus_children;                  // subtickets.c
bool subticket_link(struct adapted_run *run, struct error *error); // of the body's childId
bool subticket_unlink(struct adapted_run *run, struct error *error);
// The ticket hangs on the body's parentTicketNumber, if there is one.
bool subticket_hang(struct adapted_run *run, struct error *error);
bool subticket_may_read(struct adapted_run *run, struct error *error); // prepare
bool subticket_may_write(struct adapted_run *run, struct error *error);
bool subticket_tell_linked(struct adapted_run *run, struct json_writer *json, struct error *error);
bool subticket_tell_unlinked(struct adapted_run *run, struct json_writer *json, struct error *error);

#endif
