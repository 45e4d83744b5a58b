// SPDX-License-Identifier: GPL-2.0-or-later
// The API of HairyDuck's plugin osticket-api-plus, 1.2.0: what its table and its answers share.
#ifndef ADAPTERS_API_PLUS_H
#define ADAPTERS_API_PLUS_H

#include "adapters/adapted.h"

#define API_PLUS_ROWS 28
extern const struct operation api_plus_rows[API_PLUS_ROWS];

enum error_code api_plus_code_of(enum error_code code);
void api_plus_tell_failure(struct json_writer *json, const char *message, const struct error *error);

// What the list was asked for, as the answer repeats it.
struct text api_plus_status(struct adapted_run *run, const char *usual);

// Answers. api_plus_answers.c
bool api_plus_tell_health(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_list(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_own_list(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_done(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_statuses(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_departments(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_staff(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_canned(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_priorities(struct adapted_run *run, struct json_writer *json, struct error *error);
bool api_plus_tell_topics(struct adapted_run *run, struct json_writer *json, struct error *error);

operation_handler api_plus_file; // api_plus_file.c

#endif
