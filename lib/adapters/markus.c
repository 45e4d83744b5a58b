// SPDX-License-Identifier: GPL-2.0-or-later
// The table of markus-michalski's plugin api-endpoints: its paths, and what each is here. spec:
// operations.md 10.
#include "adapters/markus.h"

#include "adapters/values.h"
#include "base/scope.h"

#include <string.h>

// ---- failures

// Its clients know no 409, and what they may not is 401.
enum error_code markus_code_of(enum error_code code) {
    switch (code) {
    case ERROR_SCOPE: return ERROR_UNAUTHORIZED;
    case ERROR_UNPROCESSABLE: return ERROR_BAD_REQUEST;
    case ERROR_CONFLICT:
    case ERROR_AMBIGUOUS: return ERROR_UNPROCESSABLE;
    default: return code;
    }
}

void markus_tell_failure(struct json_writer *json, const char *message, const struct error *error) {
    (void)error;
    json_open_object(json);
    json_name(json, "error");
    json_boolean(json, true);
    json_name(json, "message");
    json_string(json, message);
    json_close_object(json);
}

// ---- values

static bool turn_limit(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    return value_take_number(run, value_limit(given, 20), value, error);
}

// "created", "updated", "number", also with ":desc" behind it, and anything else is created.
static bool turn_sort(struct adapted_run *run, struct text given, struct text *value, struct error *error) {
    ptrdiff_t colon = text_find(given, TEXT(":"), 0);
    struct text word = text_trim((struct text){given.data, colon < 0 ? given.length : (size_t)colon});
    (void)run, (void)error;
    *value = text_equal_ignoring_case(word, TEXT("updated"))  ? TEXT("-updated")
             : text_equal_ignoring_case(word, TEXT("number")) ? TEXT("number")
                                                              : TEXT("-created");
    return true;
}

// What is Markdown stays the text that it is.
static bool turn_format(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                        struct error *error) {
    struct text word = adapted_text(run, given);
    bool is_html = text_equal_ignoring_case(word, TEXT("html"));
    if (!is_html && !text_equal_ignoring_case(word, TEXT("text")) &&
        !text_equal_ignoring_case(word, TEXT("markdown")))
        return adapted_refuse(error, "noteFormat", "has to be markdown, html or text");
    json_string(json, is_html ? "html" : "text");
    return true;
}

// An empty one takes it away, as null does.
static bool turn_due(struct adapted_run *run, const struct json_value *given, struct json_writer *json,
                     struct error *error) {
    struct text text = text_trim(adapted_text(run, given));
    if (json_kind(given) != JSON_NULL && json_kind(given) != JSON_TEXT)
        return adapted_refuse(error, "dueDate", "has to be a date or null");
    json_text(json, text.length ? text : TEXT_NULL);
    return true;
}

static bool has_note(const struct adapted_run *run) {
    return adapted_says_something(json_member(run->body, "note"));
}

// ---- the table

#define TIMES                                                                                                \
    { .ours = "times", .fixed = "db" }
// A part of a subject alone has every ticket read: as there, that is let be.
#define EVER FIXED("created_since", "1970-01-02")
// Its plugin sets columns, and nobody hears of it by mail.
#define QUIETLY                                                                                              \
    { .ours = "alert", .fixed = "false" }

// clang-format off
static const struct adapted search = {
    .calls = CALLS({.operation = "list", .any_scope = SCOPE_SEARCH, .query = QUERY(
        AS("subject", "query", .turn = value_turn_trimmed),
        AS("status", "status", .turn = value_turn_trimmed),
        AS("department", "department", .turn = value_turn_trimmed),
        AS("department", "departmentId", .turn = value_turn_trimmed),
        AS("limit", "limit", .fixed = "20", .turn = turn_limit),
        AS("offset", "offset", .turn = value_turn_offset),
        AS("sort", "sort", .fixed = "-created", .turn = turn_sort),
        EVER, TIMES)}),
    .tell = markus_tell_found,
};
static const struct adapted get = {
    .ticket = TICKET_BY_NUMBER_OR_ID,
    .calls = CALLS({.operation = "ticket", .query = QUERY(FIXED("include", "entries,related"), TIMES)}),
    .tell = markus_tell_ticket,
};
static const struct adapted update = {
    .ticket = TICKET_BY_NUMBER_OR_ID,
    .needs_body = true,
    .calls = CALLS(
        {.operation = "transfer", .already = "department", .body = MEMBERS(AS("department", "departmentId"), QUIETLY)},
        {.operation = "edit", .body = MEMBERS(
            AS("topic", "topicId"),
            AS("sla", "slaId"),
            AS("priority", "priorityId"),
            AS("priority", "priority"),
            AS("due", "dueDate", .tells_null = true, .turn = turn_due))},
        {.operation = "assign", .already = "staff", .body = MEMBERS(AS("staff", "staffId"), QUIETLY)},
        {.operation = "status", .already = "status", .body = MEMBERS(AS("status", "statusId"))},
        {.operation = "note", .wanted = has_note, .body = MEMBERS(
            AS("note", "note"),
            AS("title", "noteTitle", .fixed = "\"API Update\""),
            AS("format", "noteFormat", .fixed = "\"text\"", .turn = turn_format),
            AS("attachments", "attachments"),
            QUIETLY)},
        {.operation = "ticket", .is_within = true, .query = QUERY(FIXED("fields", "number"))}),
    .also = subticket_hang,
    .tell = markus_tell_number,
};
static const struct adapted deletion = {
    .ticket = TICKET_BY_NUMBER_OR_ID,
    .calls = CALLS({.operation = "delete", .query = QUERY(AS("confirm", "number", .turn = value_turn_confirmation))}),
    .tell = markus_tell_deleted,
};
// Its statistics in three: all tickets, the closed ones, the overdue ones.
static const struct adapted stats = {
    .calls = CALLS(
        {.operation = "stats", .query = QUERY(FIXED("group", "staff,department"))},
        {.operation = "stats", .query = QUERY(FIXED("group", "staff,department"), FIXED("state", "closed"))},
        {.operation = "stats", .query = QUERY(FIXED("group", "staff,department"), FIXED("overdue", "1"))}),
    .tell = markus_tell_stats,
};
// Its keys have no right for catalogues: who may read tickets or statistics may see what statuses there are.
static const struct adapted statuses = {
    .calls = CALLS({.operation = "statuses", .any_scope = SCOPE_READ | SCOPE_STATS, .query = QUERY(FIXED("all", "1"))}),
    .tell = markus_tell_statuses,
};
static const struct adapted file = {.ticket = TICKET_NOT_NAMED};
static const struct adapted parent = {.ticket = TICKET_BY_NUMBER, .prepare = subticket_may_read};
static const struct adapted link = {
    .ticket = TICKET_BY_NUMBER,
    .prepare = subticket_may_write,
    .needs_body = true,
    .also = subticket_link,
    .tell = subticket_tell_linked,
};
static const struct adapted unlink_child = {
    .ticket = TICKET_BY_NUMBER,
    .prepare = subticket_may_write,
    .also = subticket_unlink,
    .tell = subticket_tell_unlinked,
};
static const struct adapted no_xml = {.not_done = "Answers are JSON here, not XML: ask for .json"};

#define NUMBER_IN_PATH \
    {.name = "number", .place = IN_PATH, .kind = PARAMETER_TICKET, .required = true, .help = "the ticket's number"}
#define ROW(word, of, ...) \
    {.name = "markus." word, .narrowed = NARROWED_BY_ITSELF, .adapted = &(of), __VA_ARGS__}
#define READS    .method = METHOD_GET, .answers = ANSWER_JSON
#define OF_NUMBER .parameters = PARAMETERS(NUMBER_IN_PATH)
#define NO_XML(word, method_of, script) \
    ROW(word ".xml", no_xml, .method = (method_of), .path = script "/{number}.xml", .help = "Refused: there is JSON only", \
        .handle = adapted_not_done, OF_NUMBER)

const struct operation markus_rows[MARKUS_ROWS] = {
    ROW("search", search, READS, .path = "/tickets-search.php", .handle = adapted_read,
        .help = "Tickets by a part of the subject, status and department"),
    ROW("get", get, READS, .path = "/tickets-get.php/{number}.json", .handle = adapted_read, OF_NUMBER,
        .help = "A ticket with its thread"),
    ROW("update", update, .method = METHOD_PATCH, .path = "/tickets-update.php/{number}.json", .handle = adapted_write,
        .writes = true, .max_body = BODY_OF_SETTINGS, OF_NUMBER, .help = "Changes of a ticket, and a note"),
    ROW("update.put", update, .method = METHOD_PUT, .path = "/tickets-update.php/{number}.json", .handle = adapted_write,
        .writes = true, .max_body = BODY_OF_SETTINGS, OF_NUMBER, .help = "Changes of a ticket, and a note"),
    ROW("delete", deletion, .method = METHOD_DELETE, .path = "/tickets-delete.php/{number}.json", .handle = adapted_write,
        .writes = true, OF_NUMBER, .help = "A ticket goes for good"),
    ROW("stats", stats, READS, .path = "/tickets-stats.php", .handle = adapted_read,
        .help = "How many tickets, by departments and agents"),
    ROW("statuses", statuses, READS, .path = "/tickets-statuses.php", .handle = adapted_read,
        .help = "The statuses that a ticket may have"),
    ROW("file", file, READS, .path = "/tickets-attachment-download.php/{file}.json", .handle = markus_file,
        .help = "What is in a file of a ticket, as base64",
        .parameters = PARAMETERS({.name = "file", .place = IN_PATH, .kind = PARAMETER_ID, .required = true,
                                  .help = "the attachment's id"})),
    ROW("subtickets.parent", parent, READS, .path = "/tickets-subtickets-parent.php/{number}.json", .handle = markus_parent,
        OF_NUMBER, .help = "The ticket above one"),
    ROW("subtickets.list", parent, READS, .path = "/tickets-subtickets-list.php/{number}.json", .handle = markus_children,
        OF_NUMBER, .help = "The tickets below one"),
    ROW("subtickets.create", link, .method = METHOD_POST, .path = "/tickets-subtickets-create.php/{number}.json",
        .answers = ANSWER_JSON, .handle = adapted_write, .writes = true, .max_body = BODY_OF_SETTINGS, OF_NUMBER,
        .help = "A ticket hangs on another"),
    ROW("subtickets.unlink", unlink_child, .method = METHOD_DELETE, .path = "/tickets-subtickets-unlink.php/{number}.json",
        .answers = ANSWER_JSON, .handle = adapted_write, .writes = true, OF_NUMBER, .help = "A ticket hangs on no other any more"),
    NO_XML("get", METHOD_GET, "/tickets-get.php"),
    NO_XML("update", METHOD_PATCH, "/tickets-update.php"),
    NO_XML("update.put", METHOD_PUT, "/tickets-update.php"),
    NO_XML("delete", METHOD_DELETE, "/tickets-delete.php"),
    NO_XML("file", METHOD_GET, "/tickets-attachment-download.php"),
    NO_XML("subtickets.parent", METHOD_GET, "/tickets-subtickets-parent.php"),
    NO_XML("subtickets.list", METHOD_GET, "/tickets-subtickets-list.php"),
    NO_XML("subtickets.create", METHOD_POST, "/tickets-subtickets-create.php"),
    NO_XML("subtickets.unlink", METHOD_DELETE, "/tickets-subtickets-unlink.php"),
};
// clang-format on
