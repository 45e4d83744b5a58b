// SPDX-License-Identifier: GPL-2.0-or-later
// The table of osTicket's pull request 5019. spec: operations.md 10.
#include "adapters/pr5019.h"

#include "adapters/values.h"
#include "store/read/names.h"

// ---- failures

// What is not there or wrong is 400, and what a key may not 401.
enum error_code pr5019_code_of(enum error_code code) {
    switch (code) {
    case ERROR_SCOPE: return ERROR_UNAUTHORIZED;
    case ERROR_NOT_FOUND:
    case ERROR_CONFLICT:
    case ERROR_AMBIGUOUS:
    case ERROR_UNPROCESSABLE: return ERROR_BAD_REQUEST;
    default: return code;
    }
}

void pr5019_tell_failure(struct json_writer *json, const char *message, const struct error *error) {
    (void)error;
    json_open_object(json);
    json_name(json, "message");
    json_string(json, message);
    json_close_object(json);
}

// ---- which list it is

static bool has_parameter(struct text query, struct text name) {
    for (ptrdiff_t at = 0; (at = text_find(query, name, (size_t)at)) >= 0; at++)
        if (at == 0 || query.data[at - 1] == '&') return true;
    return false;
}

// GET tickets.json is ours, too: of somebody's tickets it is the pull request's.
bool pr5019_takes(const struct operation *row, struct text query) {
    return row != &pr5019_rows[0] || has_parameter(query, TEXT("userId=")) ||
           has_parameter(query, TEXT("email="));
}

// ---- values

// Who asks, by his id or an address: in the query, or in the body. 0: nobody is named.
static bool find_user(struct adapted_run *run, struct text id, struct text email, int64_t *user_id,
                      struct error *error) {
    if (id.length) {
        if (text_to_int64(id, user_id) && *user_id > 0) return true;
        return error_set(error, ERROR_BAD_REQUEST, "Invalid user.  User ID does not exist.");
    }
    if (!email.length)
        return error_set(error, ERROR_BAD_REQUEST, "Either user ID or email must be provided in request");
    int found = named_find(run->context->db, NAMED_KIND_USER, email, user_id, error);
    if (found == 0) error_set(error, ERROR_BAD_REQUEST, "Invalid user.  User email does not exist.");
    return found > 0;
}

static struct text in_query(const struct adapted_run *run, const char *name) {
    return text_trim(run->context->parameter(run->context, name));
}

static bool turn_owner(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    int64_t id = 0;
    (void)given;
    return find_user(run, in_query(run, "userId"), in_query(run, "email"), &id, error) &&
           value_take_number(run, id, value, error);
}

static bool write_author(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                         struct error *error) {
    struct text id = text_trim(adapted_text(run, json_member(run->body, "userId"))),
                email = text_trim(adapted_text(run, json_member(run->body, "email")));
    int64_t user_id = 0;
    (void)given;
    if (!find_user(run, id, email, &user_id, error)) return false;
    json_integer(json, user_id);
    return true;
}

// An entry has an author: one of the two names him.
static bool check_author(struct adapted_run *run, struct error *error) {
    if (json_member(run->body, "userId") || json_member(run->body, "email")) return true;
    return error_set(error, ERROR_BAD_REQUEST, "Either user ID or email must be provided in request");
}

static bool always(const struct adapted_run *run) {
    (void)run;
    return true;
}

// ---- the table

// clang-format off
#define TIMES FIXED("times", "db")
#define WHOLE(within) {.operation = "ticket", .is_within = (within), .query = QUERY(FIXED("include", "entries"), TIMES)}

static const struct adapted list = {
    .calls = CALLS({.operation = "list", .query = QUERY(
        AS("user", "userId", .turn = turn_owner, .always = true),
        AS("status", "status_id", .turn = value_turn_trimmed),
        FIXED("limit", "200"), FIXED("sort", "id"), TIMES)}),
    .tell = pr5019_tell_list,
};
static const struct adapted get = {.ticket = TICKET_BY_NUMBER, .calls = CALLS(WHOLE(false)), .tell = pr5019_tell_ticket};
static const struct adapted reopen = {
    .ticket = TICKET_BY_NUMBER,
    .calls = CALLS(
        {.operation = "status", .already = "status", .wanted = always, .body = MEMBERS(FIXED("state", "\"open\""))},
        WHOLE(true)),
    .tell = pr5019_tell_ticket,
};
static const struct adapted message = {
    .ticket = TICKET_BY_NUMBER,
    .needs = "message",
    .prepare = check_author,
    .calls = CALLS(
        {.operation = "message", .body = MEMBERS(
            AS("message", "message"),
            AS("user", "userId", .turn = write_author),
            AS("user", "email", .turn = write_author),
            FIXED("format", "\"text\""))},
        WHOLE(true)),
    .tell = pr5019_tell_ticket,
};
static const struct adapted closing = {
    .ticket = TICKET_BY_NUMBER,
    .calls = CALLS({.operation = "status", .already = "status", .wanted = always,
                    .body = MEMBERS(FIXED("state", "\"closed\""), FIXED("comments", "\"Closed by user\""))}),
    .is_empty = true,
};

#define NUMBER_IN_PATH \
    {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true, .help = "the ticket's number"}
#define ROW(word, of, ...) \
    {.name = "pr5019." word, .narrowed = NARROWED_BY_ITSELF, .answers = ANSWER_JSON, .adapted = &(of), __VA_ARGS__}
#define OF_TICKET .path = "/tickets.json/{number}", .parameters = PARAMETERS(NUMBER_IN_PATH)
#define WRITES    .handle = adapted_write, .writes = true, .max_body = BODY_OF_SETTINGS

const struct operation pr5019_rows[PR5019_ROWS] = {
    ROW("list", list, .method = METHOD_GET, .path = "/tickets.json", .handle = adapted_read, .help = "The tickets of a user, with their threads"),
    ROW("get", get, .method = METHOD_GET, .handle = adapted_read, OF_TICKET, .help = "A ticket with its thread"),
    ROW("reopen", reopen, .method = METHOD_POST, WRITES, OF_TICKET, .help = "A ticket is opened again"),
    ROW("message", message, .method = METHOD_PUT, WRITES, OF_TICKET, .help = "What a user writes"),
    ROW("close", closing, .method = METHOD_DELETE, WRITES, OF_TICKET, .help = "A ticket is closed"),
};
// clang-format on
