// SPDX-License-Identifier: GPL-2.0-or-later
// The table of HairyDuck's plugin osticket-api-plus: its paths, and what each is here. spec:
// operations.md 10.
#include "adapters/api_plus.h"

#include "adapters/values.h"
#include "ops/parameters.h"
#include "store/read/names.h"

#include <stdio.h>
#include <time.h>

#define LIST_USUAL  25
#define SECONDS_MAX INT64_C(253402300799) // 9999-12-31T23:59:59Z

// ---- failures

// What it refuses is 400.
enum error_code api_plus_code_of(enum error_code code) {
    return code == ERROR_UNPROCESSABLE || code == ERROR_CONFLICT || code == ERROR_AMBIGUOUS
               ? ERROR_BAD_REQUEST
               : code;
}

void api_plus_tell_failure(struct json_writer *json, const char *message, const struct error *error) {
    json_open_object(json);
    json_name(json, "error");
    json_string(json, message);
    if (*error->field) {
        json_name(json, "detail");
        json_open_object(json);
        json_name_text(json, text_of(error->field));
        json_string(json, message);
        json_close_object(json);
    }
    json_close_object(json);
}

// ---- who asks

static struct text sent_email(struct adapted_run *run) {
    struct text email = text_trim(run->context->parameter(run->context, "email"));
    return email.length ? email : text_trim(adapted_text(run, json_member(run->body, "email")));
}

// As the client of the address, whose tickets, entries and fields are those that the portal shows him. Where
// nobody has it, nobody is asked for, who sees nothing. The key itself has to see all: what a client sees of
// a view is nobody's.
static bool be_client(struct adapted_run *run, struct error *error) {
    struct text email = sent_email(run);
    struct key_rules *rules = &run->principal.rules;
    int64_t id = 0;
    if (text_find(email, TEXT("@"), 0) < 1)
        return error_set(error, ERROR_BAD_REQUEST, "Valid email query parameter is required");
    if (rules->view != KEY_VIEW_ALL)
        return error_set(error, ERROR_SCOPE, "The API key sees some tickets only, and speaks for no client");
    if (named_find(run->context->db, NAMED_KIND_USER, email, &id, error) < 0) return false;
    rules->view = KEY_VIEW_USER;
    rules->view_id = id;
    return true;
}

// ---- values

static bool turn_limit(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    return value_take_number(run, value_limit(given, LIST_USUAL), value, error);
}

static bool is_word(struct text text, const char *word) {
    return text_equal_ignoring_case(text_trim(text), text_of(word));
}

// "open" and "closed" are states; "all" is no filter.
static bool turn_state(struct text given, struct text *value, struct error *error) {
    *value = is_word(given, "open") ? TEXT("open") : is_word(given, "closed") ? TEXT("closed") : TEXT_NULL;
    return value->length || is_word(given, "all") ||
           error_set(error, ERROR_BAD_REQUEST, "status must be open, closed, or all");
}

static bool is_given(struct adapted_run *run, const char *name) {
    return text_trim(run->context->parameter(run->context, name)).length != 0;
}

static bool turn_staff_state(struct adapted_run *run, struct text given, struct text *value,
                             struct error *error) {
    bool by_id = is_given(run, "status_id"), by_name = is_given(run, "status_name");
    *value = TEXT_NULL;
    if (by_id && by_name)
        return error_set(error, ERROR_BAD_REQUEST, "Use status_id or status_name, not both");
    return by_id || by_name || turn_state(text_is_null(given) ? TEXT("open") : given, value, error);
}

static bool turn_own_state(struct adapted_run *run, struct text given, struct text *value,
                           struct error *error) {
    (void)run;
    return turn_state(given, value, error);
}

struct text api_plus_status(struct adapted_run *run, const char *usual) {
    struct text status = text_trim(run->context->parameter(run->context, "status"));
    return status.length ? status : text_of(usual);
}

// Nobody's tickets, where nobody has the address.
static bool turn_owner(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    int64_t id = 0;
    if (named_find(run->context->db, NAMED_KIND_USER, text_trim(given), &id, error) < 0) return false;
    return value_take_number(run, id, value, error);
}

static bool turn_client(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    (void)given;
    return value_take_number(run, run->principal.rules.view_id, value, error);
}

// Seconds since 1970, "2026-03-05 10:20:30", or a time as we take it.
static bool turn_since(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    char stamp[40];
    int64_t seconds;
    given = text_trim(given);
    *value = given;
    if (text_to_int64(given, &seconds) && seconds >= 0 && seconds <= SECONDS_MAX) {
        time_t time = (time_t)seconds;
        struct tm parts;
        if (!gmtime_r(&time, &parts)) return adapted_refuse(error, "updated_since", "is no time");
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
    } else if (given.length == 19 && given.data[10] == ' ') {
        snprintf(stamp, sizeof stamp, "%.10sT%.8sZ", given.data, given.data + 11);
    } else {
        return true;
    }
    *value = arena_copy(&run->arena, text_of(stamp));
    return !text_is_null(*value) || error_too_large(error);
}

static bool is_true(const struct json_value *value) {
    switch (json_kind(value)) {
    case JSON_BOOLEAN: return json_value_boolean(value);
    case JSON_INTEGER: return json_value_integer(value) != 0;
    case JSON_TEXT: return json_value_text(value).length && !text_equal(json_value_text(value), TEXT("0"));
    default: return false;
    }
}

static bool turn_switch(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                        struct error *error) {
    (void)run, (void)error;
    json_boolean(json, is_true(given));
    return true;
}

// Without an alert nobody gets the reply by mail, as there.
static bool turn_alert_to(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                          struct error *error) {
    (void)run, (void)error;
    json_string(json, is_true(given) ? "all" : "none");
    return true;
}

static bool turn_lower(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                       struct error *error) {
    (void)run, (void)error;
    json_string(json, is_word(json_value_text(given), "open") ? "open" : "closed");
    return true;
}

// ---- which calls

static struct text sent_status(const struct adapted_run *run) {
    return json_value_text(json_member(run->body, "status"));
}

static bool is_state(const struct adapted_run *run) {
    return is_word(sent_status(run), "open") || is_word(sent_status(run), "closed");
}

static bool is_status(const struct adapted_run *run) {
    return adapted_says_something(json_member(run->body, "status")) && !is_state(run);
}

static bool is_claim(const struct adapted_run *run) {
    return is_true(json_member(run->body, "claim"));
}

// What is no number at all is given, too: it is refused, not passed over.
static bool is_number_given(const struct adapted_run *run, const char *name) {
    const struct json_value *given = json_member(run->body, name);
    enum json_kind kind = json_kind(given);
    return kind == JSON_REAL || kind == JSON_ARRAY || kind == JSON_OBJECT || is_true(given);
}

static bool is_for_staff(const struct adapted_run *run) {
    return is_number_given(run, "staff_id");
}

static bool is_for_team(const struct adapted_run *run) {
    return !is_for_staff(run) && is_number_given(run, "team_id");
}

static bool is_for_department(const struct adapted_run *run) {
    return is_number_given(run, "dept_id");
}

static bool check_assignment(struct adapted_run *run, struct error *error) {
    bool assigns = is_for_staff(run) || is_number_given(run, "team_id");
    if (is_claim(run) && assigns)
        return error_set(error, ERROR_BAD_REQUEST, "claim cannot be combined with staff_id or team_id");
    return is_claim(run) || assigns || is_for_department(run) ||
           error_set(error, ERROR_BAD_REQUEST, "Provide claim=true, staff_id, team_id, and/or dept_id");
}

// ---- the table

// clang-format off
#define TIMES  FIXED("times", "db")
// A filter that no index serves has every ticket read: as there, that is let be.
#define EVER   FIXED("created_since", "1970-01-02")
#define ALERT  AS("alert", "alert", .fixed = "true", .turn = turn_switch)
#define AFTERWARDS {.operation = "ticket", .is_within = true, .query = QUERY(TIMES)}
#define PAGE AS("limit", "limit", .fixed = "25", .turn = turn_limit), AS("offset", "offset", .turn = value_turn_offset), \
             FIXED("total", "1"), FIXED("sort", "-created"), EVER, TIMES
#define STATUS(within, ...) \
    {.operation = "status", .already = "status", .wanted = is_status, .is_within = (within), .body = MEMBERS(AS("status", "status") __VA_ARGS__)}, \
    {.operation = "status", .already = "status", .wanted = is_state, .is_within = (within), \
     .body = MEMBERS(AS("state", "status", .turn = turn_lower) __VA_ARGS__)}
#define WHOLE .calls = CALLS({.operation = "ticket", .query = QUERY(FIXED("include", "entries"), TIMES)}), .tell = api_plus_tell_ticket
#define REPLY .needs = "message", .tell = api_plus_tell_done, .calls = CALLS( \
    {.operation = "ticket.reply", .body = MEMBERS(AS("response", "message"), FIXED("format", "\"text\""), \
                                                  AS("to", "alert", .fixed = "\"all\"", .turn = turn_alert_to))}, \
    STATUS(true, ), AFTERWARDS)
#define SET_STATUS .needs = "status", .tell = api_plus_tell_done, .calls = CALLS(STATUS(false, , AS("comments", "comments")), AFTERWARDS)
#define NOTE .needs = "note", .tell = api_plus_tell_done, .calls = CALLS( \
    {.operation = "note", .body = MEMBERS(AS("note", "note"), FIXED("format", "\"text\""), \
                                          AS("alert", "alert", .fixed = "false", .turn = turn_switch))}, AFTERWARDS)
#define ASSIGN .needs_body = true, .prepare = check_assignment, .tell = api_plus_tell_done, .calls = CALLS( \
    {.operation = "transfer", .already = "department", .wanted = is_for_department, .body = MEMBERS(AS("department", "dept_id"), ALERT)}, \
    {.operation = "claim", .wanted = is_claim, .body = MEMBERS(AS("comments", "note"))}, \
    {.operation = "assign", .already = "staff", .wanted = is_for_staff, .body = MEMBERS(AS("staff", "staff_id"), AS("comments", "note"), ALERT)}, \
    {.operation = "assign", .already = "team", .wanted = is_for_team, .body = MEMBERS(AS("team", "team_id"), AS("comments", "note"), ALERT)}, \
    AFTERWARDS)
#define PRIORITY .needs = "priority_id,priority", .tell = api_plus_tell_done, .calls = CALLS( \
    {.operation = "edit", .body = MEMBERS(AS("priority", "priority_id"), AS("priority", "priority"))}, AFTERWARDS)
#define TOPIC .needs = "topic_id", .tell = api_plus_tell_done, .calls = CALLS( \
    {.operation = "edit", .body = MEMBERS(AS("topic", "topic_id"))}, AFTERWARDS)
#define CATALOGUE(operation_of, ...) .calls = CALLS({.operation = operation_of, .query = QUERY(__VA_ARGS__)})

#define ID_IN_PATH \
    {.name = "id", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "the ticket's id"}
#define NUMBER_IN_PATH \
    {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true, .help = "the ticket's number"}
#define FILE_IN_PATH \
    {.name = "file", .place = IN_PATH, .kind = PARAMETER_ID, .required = true, .help = "the attachment's id"}
#define ROW(word, path_of, help_of, made, ...) \
    {.name = "api_plus." word, .path = "/api-plus" path_of, .help = (help_of), .narrowed = NARROWED_BY_ITSELF, .answers = ANSWER_JSON, \
     .adapted = ADAPTED(made), __VA_ARGS__}
#define MADE(...) __VA_ARGS__
#define READS  .method = METHOD_GET, .handle = adapted_read
#define WRITES .method = METHOD_POST, .handle = adapted_write, .writes = true, .max_body = BODY_OF_SETTINGS
#define GETS_FILE .method = METHOD_GET, .handle = api_plus_file
#define OF(...) .parameters = PARAMETERS(__VA_ARGS__)
// What is done to a ticket, by its id and by its number.
#define TICKET_ROWS(word, end, help_of, made, ...) \
    ROW("staff." word, "/staff/tickets/{id}" end, help_of, MADE(.ticket = TICKET_BY_ID, made), OF(ID_IN_PATH), __VA_ARGS__), \
    ROW("staff.number." word, "/staff/tickets/by-number/{number}" end, help_of, MADE(.ticket = TICKET_BY_NUMBER, made), \
        OF(NUMBER_IN_PATH), __VA_ARGS__)

const struct operation api_plus_rows[API_PLUS_ROWS] = {
    ROW("health", "/health.json", "What of the API is spoken for the key", MADE(.tell = api_plus_tell_health), READS),
    ROW("tickets", "/tickets.json", "The tickets of a client", MADE(.prepare = be_client, .tell = api_plus_tell_own_list,
        .calls = CALLS({.operation = "list", .query = QUERY(AS("state", "status", .turn = turn_own_state),
                                                            AS("user", "email", .turn = turn_client), PAGE)})), READS),
    ROW("ticket", "/tickets/{number}.json", "A ticket of a client, as he sees it", MADE(.ticket = TICKET_BY_NUMBER, .prepare = be_client, WHOLE),
        READS, OF(NUMBER_IN_PATH)),
    ROW("message", "/tickets/{number}.json", "What a client writes", MADE(.ticket = TICKET_BY_NUMBER, .prepare = be_client, .needs = "message",
        .tell = api_plus_tell_done,
        .calls = CALLS({.operation = "message", .body = MEMBERS(AS("message", "message"), FIXED("format", "\"text\""))}, AFTERWARDS)),
        WRITES, OF(NUMBER_IN_PATH)),
    ROW("file", "/tickets/{number}/attachments/{file}.json", "A file of a client's ticket, as base64",
        MADE(.ticket = TICKET_BY_NUMBER, .prepare = be_client), GETS_FILE, OF(NUMBER_IN_PATH, FILE_IN_PATH)),
    ROW("staff.tickets", "/staff/tickets.json", "Tickets by filters, a page at a time", MADE(.tell = api_plus_tell_list,
        .calls = CALLS({.operation = "list", .query = QUERY(
            AS("state", "status", .turn = turn_staff_state, .always = true), AS("status", "status_id"),
            AS("status", "status_name", .turn = value_turn_trimmed), AS("user", "email", .turn = turn_owner), AS("department", "dept_id"),
            AS("topic", "topic_id"), AS("priority", "priority_id"), AS("updated_since", "updated_since", .turn = turn_since), PAGE)})), READS),
    TICKET_ROWS("ticket", ".json", "A ticket with its thread", MADE(WHOLE), READS),
    ROW("staff.file", "/staff/tickets/{id}/attachments/{file}.json", "A file of a ticket, as base64", MADE(.ticket = TICKET_BY_ID), GETS_FILE,
        OF(ID_IN_PATH, FILE_IN_PATH)),
    ROW("staff.number.file", "/staff/tickets/by-number/{number}/attachments/{file}.json", "A file of a ticket, as base64",
        MADE(.ticket = TICKET_BY_NUMBER), GETS_FILE, OF(NUMBER_IN_PATH, FILE_IN_PATH)),
    TICKET_ROWS("reply", "/reply.json", "An agent's response", MADE(REPLY), WRITES),
    TICKET_ROWS("status", "/status.json", "A ticket gets another status", MADE(SET_STATUS), WRITES),
    TICKET_ROWS("note", "/note.json", "An internal note", MADE(NOTE), WRITES),
    TICKET_ROWS("assign", "/assign.json", "A ticket is assigned, claimed, transferred", MADE(ASSIGN), WRITES),
    TICKET_ROWS("priority", "/priority.json", "A ticket gets another priority", MADE(PRIORITY), WRITES),
    TICKET_ROWS("topic", "/topic.json", "A ticket gets another help topic", MADE(TOPIC), WRITES),
    ROW("staff.statuses", "/staff/statuses.json", "The statuses", MADE(CATALOGUE("statuses", TIMES), .tell = api_plus_tell_statuses), READS),
    ROW("staff.depts", "/staff/depts.json", "The departments", MADE(CATALOGUE("departments", TIMES), .tell = api_plus_tell_departments), READS),
    ROW("staff.staff", "/staff/staff.json", "The agents", MADE(CATALOGUE("staff", TIMES), .tell = api_plus_tell_staff), READS),
    ROW("staff.canned", "/staff/canned.json", "The canned responses", MADE(CATALOGUE("canned", TIMES), .tell = api_plus_tell_canned), READS),
    ROW("staff.priorities", "/staff/priorities.json", "The priorities", MADE(CATALOGUE("priorities", TIMES), .tell = api_plus_tell_priorities),
        READS),
    ROW("staff.topics", "/staff/topics.json", "The help topics", MADE(CATALOGUE("topics", TIMES), .tell = api_plus_tell_topics), READS),
};
// clang-format on
