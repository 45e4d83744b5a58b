// SPDX-License-Identifier: GPL-2.0-or-later
// The document as a whole.
#include "openapi/openapi.h"

#include "openapi/parts.h"
#include "ops/schemas.h"

static const char about[] =
    "The API of osTicket, answered by osticket-fcgi: the calls that osTicket's PHP has, and those of its "
    "own.\n\n"
    "**Key.** Each request carries `X-API-Key`; what a key may do `GET /key.json` says. `x-scope` names the "
    "scope that an operation asks for.\n\n"
    "**Failures** of this server's own operations are JSON with one word for programs (`error`), a sentence, "
    "and by parameter what is wrong with it; osTicket's calls answer plain text.\n\n"
    "**Once and only once.** A request that writes may carry an `Idempotency-Key`: sent again within 24 "
    "hours it is answered as before, and nothing is written again.\n\n"
    "**Request id.** `X-Request-Id` is passed on, or made, and stands in the log.\n\n"
    "Members may be added to answers: a client passes over those that it does not know.";

static const char about_tokens[] = "A client's token, in the place of a key, for what is marked with "
                                   "x-clients: it shows what the help desk's "
                                   "portal shows that client.";

void openapi_reference(struct json_writer *json, const char *kind, const char *name) {
    json_open_object(json);
    json_name(json, "$ref");
    json_open_string(json);
    json_string_part(json, TEXT("#/components/"));
    json_string_part(json, text_of(kind));
    json_string_part(json, TEXT("/"));
    json_string_part(json, text_of(name));
    json_close_string(json);
    json_close_object(json);
}

static void write_info(struct json_writer *json) {
    json_open_object(json);
    json_text_member(json, "title", TEXT("The help desk's API"));
    json_text_member(json, "version", TEXT(OSTICKET_FCGI_VERSION));
    json_text_member(json, "description", TEXT(about));
    json_name(json, "license");
    json_open_object(json);
    json_text_member(json, "name", TEXT("GPL-2.0-or-later"));
    json_text_member(json, "identifier", TEXT("GPL-2.0-or-later"));
    json_close_object(json);
    json_close_object(json);
}

static void write_server(struct json_writer *json, const char *url, const char *description) {
    json_open_object(json);
    json_text_member(json, "url", text_of(url));
    json_text_member(json, "description", text_of(description));
    json_close_object(json);
}

static void write_servers(struct json_writer *json, const char *server) {
    json_open_array(json);
    write_server(json, server ? server : "/api",
                 "The folder api of the help desk; the same with /http.php behind it");
    json_close_array(json);
}

// An operation that asks for a key asks for any good one; its scope is another matter.
static void write_security(struct json_writer *json) {
    json_open_array(json);
    json_open_object(json);
    json_name(json, "key");
    json_open_array(json);
    json_close_array(json);
    json_close_object(json);
    json_open_object(json);
    json_name(json, "token");
    json_open_array(json);
    json_close_array(json);
    json_close_object(json);
    json_close_array(json);
}

static void write_security_schemes(struct json_writer *json) {
    json_open_object(json);
    json_name(json, "key");
    json_open_object(json);
    json_text_member(json, "type", TEXT("apiKey"));
    json_text_member(json, "in", TEXT("header"));
    json_text_member(json, "name", TEXT("X-API-Key"));
    json_text_member(json, "description", TEXT("A key of the help desk's (Admin Panel, Manage, API)"));
    json_close_object(json);
    json_name(json, "token");
    json_open_object(json);
    json_text_member(json, "type", TEXT("http"));
    json_text_member(json, "scheme", TEXT("bearer"));
    json_text_member(json, "bearerFormat", TEXT("JWT"));
    json_text_member(json, "description", TEXT(about_tokens));
    json_close_object(json);
    json_close_object(json);
}

// What stands between the braces of each file.
static void write_schemas(struct json_writer *json) {
    struct buffer all = buffer_new(1 << 20);
    for (size_t i = 0; i < schema_file_count; i++) {
        struct text text = text_trim(schema_files[i].text);
        buffer_add_string(&all, i ? "," : "{");
        buffer_add_text(&all, (struct text){text.data + 1, text.length - 2});
    }
    buffer_add_char(&all, '}');
    json_verbatim(json, buffer_text(&all));
    json->output->failed = json->output->failed || all.failed;
    buffer_free(&all);
}

static void write_components(struct json_writer *json) {
    json_open_object(json);
    json_name(json, "securitySchemes");
    write_security_schemes(json);
    json_name(json, "parameters");
    openapi_header_parameters(json);
    json_name(json, "headers");
    openapi_headers(json);
    json_name(json, "responses");
    openapi_failures(json);
    json_name(json, "schemas");
    write_schemas(json);
    json_close_object(json);
}

static void write_document(struct json_writer *json, const char *server) {
    json_open_object(json);
    json_text_member(json, "openapi", TEXT("3.1.0"));
    json_name(json, "info");
    write_info(json);
    json_name(json, "servers");
    write_servers(json, server);
    json_name(json, "security");
    write_security(json);
    json_name(json, "tags");
    openapi_tags(json);
    json_name(json, "paths");
    openapi_paths(json);
    json_name(json, "components");
    write_components(json);
    json_close_object(json);
}

static bool to_file(void *context, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, context) == length;
}

bool openapi_print(FILE *file, const char *server) {
    struct output output;
    struct json_writer json;
    output_init(&output, to_file, file);
    json_writer_init(&json, &output);
    write_document(&json, server);
    output_add_char(&output, '\n');
    return output_flush(&output) && fflush(file) == 0;
}
