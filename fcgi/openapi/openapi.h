// SPDX-License-Identifier: GPL-2.0-or-later
// The description of the API for programs and people, as OpenAPI 3.1 has it: made from the operation table
// (parameters, scopes, limits), the failures of serve/answers.h and the schemas of ops/schemas.h.
#ifndef FCGI_OPENAPI_H
#define FCGI_OPENAPI_H

#include <stdbool.h>
#include <stdio.h>

// Prints the document, JSON. `server` is the URL that it names, "https://desk.example/api"; NULL: "/api".
// False when the file does not take all of it.
bool openapi_print(FILE *file, const char *server);

#endif
