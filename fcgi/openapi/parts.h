// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of the description: each writes JSON where the writer stands.
#ifndef FCGI_OPENAPI_PARTS_H
#define FCGI_OPENAPI_PARTS_H

#include "ops/operation.h"
#include "json/writer.h"

// {"$ref":"#/components/KIND/NAME"}.
void openapi_reference(struct json_writer *json, const char *kind, const char *name);

// The parameters of one operation, an array; and those that are headers, an object of all that there are.
void openapi_parameters(struct json_writer *json, const struct operation *operation);
void openapi_header_parameters(struct json_writer *json);

// What one operation may answer, an object by status.
void openapi_responses(struct json_writer *json, const struct operation *operation);

// The failures of this server's own operations and of PHP's, an object by name; and the headers of answers.
void openapi_failures(struct json_writer *json);
void openapi_headers(struct json_writer *json);

// All operations, an object by path; and how they are grouped, an array.
void openapi_paths(struct json_writer *json);
void openapi_tags(struct json_writer *json);

#endif
