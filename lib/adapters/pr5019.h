// SPDX-License-Identifier: GPL-2.0-or-later
// The ticket calls of osTicket's pull request 5019.
#ifndef ADAPTERS_PR5019_H
#define ADAPTERS_PR5019_H

#include "adapters/adapted.h"

#define PR5019_ROWS 5
extern const struct operation pr5019_rows[PR5019_ROWS];

bool pr5019_takes(const struct operation *row, struct text query);
enum error_code pr5019_code_of(enum error_code code);
void pr5019_tell_failure(struct json_writer *json, const char *message, const struct error *error);

// Answers. pr5019_answers.c
bool pr5019_tell_list(struct adapted_run *run, struct json_writer *json, struct error *error);
bool pr5019_tell_ticket(struct adapted_run *run, struct json_writer *json, struct error *error);

#endif
