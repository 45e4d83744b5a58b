// SPDX-License-Identifier: GPL-2.0-or-later
// Any request to any operation, our own and of the APIs of others, on a help desk whose rows are a matter of
// chance: what the query holds, every body, the headers that operations read. It is answered with what it is
// to be, or refused with a sentence; no transaction and no rows stay open.
//
//     list                       the operation's name; "~" in front: a client asks
//     number=1234&limit=5        its parameters, of the path and the query
//     If-Match: "a"              headers, or none
//                                an empty line
//     {"title": …}               the body
//     NUL and bytes              what the database says, see fake/database.h
#include "auth/client.h"
#include "base/scope.h"
#include "fake/database.h"
#include "ops/adapter.h"
#include "ops/entry/form_body.h"
#include "ops/idempotency.h"
#include "ops/parameters.h"
#include "serve/query.h"
#include "json/reader.h"

#include <stdlib.h>
#include <string.h>

#define ANSWER_MAX (4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static struct query query;
static char asked[QUERY_MAX + 1];

static struct text parameter(const struct operation_context *context, const char *name) {
    (void)context;
    return query_value(&query, text_of(name));
}

static bool next_parameter(const struct operation_context *context, const char *prefix, size_t *cursor,
                           struct text *rest, struct text *value) {
    struct text beginning = text_of(prefix);
    (void)context;
    while (*cursor < query.count) {
        struct text name = query.parameters[*cursor].name;
        *value = query.parameters[(*cursor)++].value;
        if (!text_starts_with(name, beginning)) continue;
        *rest = (struct text){name.data + beginning.length, name.length - beginning.length};
        return true;
    }
    return false;
}

static struct failure_shown show_failure(const struct error *error) {
    return (struct failure_shown){400, "bad_request", error->message};
}

// ---- the request

// The next line without its end, which is taken off.
static struct text line_of(struct text *rest) {
    const char *end = rest->length ? memchr(rest->data, '\n', rest->length) : NULL;
    size_t length = end ? (size_t)(end - rest->data) : rest->length;
    struct text line = {rest->data, length};
    size_t taken = length + (end != NULL);
    *rest = (struct text){rest->data + taken, rest->length - taken};
    return line;
}

static const struct operation *named(const struct operation *rows, size_t count, struct text name) {
    for (size_t i = 0; i < count; i++)
        if (text_equal(text_of(rows[i].name), name)) return &rows[i];
    return NULL;
}

// By its name, or, of what an input makes out of one, by its first byte.
static const struct operation *operation_of(struct text name) {
    const struct operation *row = named(operations, operation_count, name);
    for (size_t i = 0; !row && i < ADAPTER_COUNT; i++) row = named(adapters[i].rows, adapters[i].count, name);
    if (row || !name.length) return row;
    return &operations[(unsigned char)name.data[0] % operation_count];
}

static bool is_of_path(const struct operation *operation, struct text name) {
    const struct operation_parameter *row = operation->parameters;
    for (; row && row->name; row++)
        if (row->place == IN_PATH && text_equal(text_of(row->name), name)) return true;
    return false;
}

// As the server does it: what the row says of the query, where PHP has no such path and it is no adapter's.
static bool check_query(const struct operation *operation, struct error *error) {
    struct sent_parameter sent[QUERY_PARAMETERS_MAX];
    size_t count = 0;
    if (operation->of_php || operation->adapted) return true;
    for (size_t i = 0; i < query.count; i++)
        if (!is_of_path(operation, query.parameters[i].name))
            sent[count++] = (struct sent_parameter){query.parameters[i].name, query.parameters[i].value};
    return parameters_check(operation, sent, count, error);
}

// A parameter of the path is always there.
static bool has_path(const struct operation *operation) {
    const struct operation_parameter *row = operation->parameters;
    for (; row && row->name; row++)
        if (row->place == IN_PATH && !query_value(&query, text_of(row->name)).length) return false;
    return true;
}

static void read_headers(struct text *rest, struct operation_context *context, struct text *type) {
    struct {
        struct text name, *into;
    } known[] = {{TEXT("Content-Type: "), type},
                 {TEXT("If-Match: "), &context->wanted_versions},
                 {TEXT("If-None-Match: "), &context->known_versions},
                 {TEXT("X-Act-As: "), &context->acting_as},
                 {TEXT("Idempotency-Key: "), &context->idempotency_key},
                 {TEXT("Range: "), &context->range},
                 {TEXT("If-Range: "), &context->range_if},
                 {TEXT("Waited: "), &context->waited}};
    for (struct text line; rest->length && (line = line_of(rest)).length;)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (text_starts_with(line, known[i].name))
                *known[i].into =
                    (struct text){line.data + known[i].name.length, line.length - known[i].name.length};
}

// ---- the answer

static bool take(void *context, const char *bytes, size_t length) {
    struct buffer *answered = context;
    buffer_add(answered, bytes, length);
    return !answered->failed;
}

static void check_answer(const struct answer *answer, const struct buffer *answered) {
    struct error error = {0};
    if (answer->unchanged || answer->without_content || answer->kind == ANSWER_FILE) return;
    if (!text_is_utf8(buffer_text(answered))) abort();
    if (answer->kind != ANSWER_JSON) return;
    struct json_value *root = json_parse(buffer_text(answered), &error);
    if (!root && error.code != ERROR_TOO_LARGE) abort();
    json_free(&root);
}

static void check_failure(const struct error *error) {
    if (error->code == ERROR_NONE || !*error->message) abort();
    if (!text_is_utf8(text_of(error->message)) || !text_is_utf8(text_of(error->field))) abort();
}

static void run(const struct operation *operation, struct operation_context *context, struct text type) {
    struct buffer answered = buffer_new(ANSWER_MAX);
    struct output output;
    struct answer answer = {.kind = operation->answers, .output = &output};
    struct error error = {0};
    struct form_body form;
    output_init(&output, take, &answered);
    bool done = check_query(operation, &error);
    bool is_form = done && operation->max_body && form_body_is(operation, type);
    if (is_form) done = form_body_open(&form, operation, type, context, &error);
    if (done) done = idempotency_run(operation, context, &answer, &error);
    if (done && fake_database_in_transaction(context->db)) abort();
    if (fake_database_has_open_rows(context->db)) abort();
    if (done && output_flush(&output)) check_answer(&answer, &answered);
    if (!done) check_failure(&error);
    if (is_form) form_body_close(&form);
    buffer_free(&answered);
}

// The bytes behind a NUL that stands for itself.
static struct text chance_of(struct text *request) {
    const char *nul = request->length ? memchr(request->data, '\0', request->length) : NULL;
    if (!nul) return TEXT("");
    struct text chance = {nul + 1, request->length - (size_t)(nul - request->data) - 1};
    request->length = (size_t)(nul - request->data);
    return chance;
}

static void ask(const struct operation *operation, bool by_client, struct text rest, struct text chance) {
    static const struct operation_settings settings = {.notes = NOTES_IN_TICKET_INFO | NOTES_IN_STAFF_TICKETS,
                                                       .reply_email_default = true,
                                                       .mail_enabled = true,
                                                       .allow_internal_fields = true,
                                                       .ignored_plugins = "",
                                                       .write_despite_audit = true,
                                                       .resolver = "",
                                                       .mail_wake = -1,
                                                       .cron_wake = -1,
                                                       .secret_salt = "salt",
                                                       .osticket_folder = "/nonexistent",
                                                       .max_body = 1 << 20,
                                                       .changes_gap = 60,
                                                       .webhooks_enabled = true,
                                                       .webhooks_allow = ""};
    struct principal principal = {.key_id = 1,
                                  .scopes = SCOPES_NAMED | SCOPE_CRON,
                                  .has_rules = true,
                                  .rules = {.any_staff = true, .is_system = true}};
    struct subject subject = {.kind = operation->subject.kind, .id = 1};
    struct text type = TEXT_NULL;
    if (by_client) client_become(7, principal.scopes, &principal);
    if (operation->subject.parameter) subject.name = parameter(NULL, operation->subject.parameter);
    struct operation_context context = {.operation = operation,
                                        .db = fake_database(chance),
                                        .settings = &settings,
                                        .principal = &principal,
                                        .client_address = "192.0.2.9",
                                        .asked = text_of(asked),
                                        .subject = subject.name.length ? &subject : NULL,
                                        .parameter = parameter,
                                        .next_parameter = next_parameter,
                                        .show_failure = show_failure};
    read_headers(&rest, &context, &type);
    context.body = operation->max_body ? rest : TEXT("");
    run(operation, &context, type);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    // A body is terminated.
    char *copy = malloc(length + 1);
    if (!copy) return 0;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    struct text rest = {copy, length}, chance = chance_of(&rest), name = line_of(&rest),
                sent = line_of(&rest);
    struct error error = {0};
    bool by_client = name.length && name.data[0] == '~';
    if (by_client) name = (struct text){name.data + 1, name.length - 1};
    const struct operation *operation = operation_of(name);
    if (sent.length > QUERY_MAX) sent.length = QUERY_MAX;
    memcpy(asked, sent.data, sent.length);
    asked[sent.length] = '\0';
    if (operation && operation->handle && (!by_client || operation->for_clients) &&
        query_parse(asked, &query, &error) && has_path(operation))
        ask(operation, by_client, rest, chance);
    free(copy);
    return 0;
}
