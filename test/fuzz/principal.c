// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as an API key, as a token of a client and as the one in a mail's link, on a database that answers
// by chance: who is let in has an id and scopes, and the rest is told no more than that he is not.
//
//     K, T                          a key, a token
//     its bytes                     up to the end of the line
//     https://desk.example.org      of which page, or an empty line
//     192.0.2.9                     from where
//     NUL and bytes                 what the database says, see fake/database.h
#include "auth/principal.h"

#include "base/scope.h"
#include "fake/database.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

// The next line, terminated where it ends; "" at the end.
static char *line_of(char **rest) {
    char *line = *rest, *end = strchr(line, '\n');
    *rest = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    return line;
}

static void check(const struct principal *principal, bool by_token) {
    if (by_token ? principal->user_id <= 0 || !principal_is_narrowed(principal) : principal->user_id != 0)
        abort();
    if (by_token && (principal->rules.staff_id || principal->rules.is_system)) abort();
}

static void check_refusal(const struct error *error, bool by_token) {
    bool is_of_database = error->code == ERROR_UNAVAILABLE || error->code == ERROR_RETRYABLE ||
                          error->code == ERROR_INTERNAL || error->code == ERROR_UNKNOWN ||
                          error->code == ERROR_TOO_LARGE;
    if (is_of_database || error->code == ERROR_SCOPE || error->code == ERROR_RATE) return;
    if (error->code != (by_token ? ERROR_TOKEN : ERROR_UNAUTHORIZED)) abort();
}

static void ask(char *request, struct text chance) {
    bool by_token = *line_of(&request) == 'T';
    struct text shown = text_of(line_of(&request)), origin = text_of(line_of(&request));
    struct principal_source source = {
        .db = fake_database(chance), .stock_scopes = SCOPE_READ, .mail_link_salt = "salt"};
    struct principal_question question = {.key = by_token ? TEXT_NULL : shown,
                                          .token = by_token ? shown : TEXT_NULL,
                                          .origin = origin.length ? origin : TEXT_NULL,
                                          .address = line_of(&request),
                                          .scopes = SCOPE_READ,
                                          .for_clients = true};
    struct subject subject = {.kind = SUBJECT_TICKET, .name = TEXT("310001")};
    struct principal principal = {0};
    struct error error = {0};
    if (principal_authenticate(&source, &question, &subject, &principal, &error))
        check(&principal, by_token);
    else
        check_refusal(&error, by_token);
    if (fake_database_has_open_rows(source.db)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *copy = malloc(length + 1);
    if (!copy) return 0;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    size_t held = strlen(copy);
    ask(copy, held < length ? (struct text){copy + held + 1, length - held - 1} : TEXT(""));
    free(copy);
    return 0;
}
