// SPDX-License-Identifier: GPL-2.0-or-later
// What a client reads of a failure.
#include "serve/failure_body.h"

#include "json/writer.h"

#include <stdlib.h>
#include <string.h>

static void write_envelope(struct output *output, const char *member, const char *text) {
    struct json_writer writer;
    json_writer_init(&writer, output);
    json_open_object(&writer);
    json_name(&writer, member);
    json_open_array(&writer);
    json_close_array(&writer);
    json_name(&writer, "status_code");
    json_string(&writer, "FAILURE");
    json_name(&writer, "status_msg");
    json_string(&writer, text);
    json_close_object(&writer);
}

// Lines by twos: a name, a sentence.
static void write_several(struct json_writer *writer, const char *fields) {
    for (const char *end; *fields; fields = end + 1) {
        const char *line = strchr(fields, '\n');
        end = line ? strchr(line + 1, '\n') : NULL;
        if (!end) return;
        json_name_text(writer, (struct text){fields, (size_t)(line - fields)});
        json_text(writer, (struct text){line + 1, (size_t)(end - line - 1)});
    }
}

// "errors":{"limit":"limit has to be a number from 1 to 500"}
static void write_fields(struct json_writer *writer, const struct error *error, const char *text) {
    json_name(writer, "errors");
    json_open_object(writer);
    write_several(writer, error->fields);
    if (*error->field && !*error->fields) {
        json_name_text(writer, text_of(error->field));
        json_string(writer, text);
    }
    json_close_object(writer);
}

// "ids":[17,18]
static void write_ids(struct json_writer *writer, const char *ids) {
    json_name(writer, "ids");
    json_open_array(writer);
    for (char *end; *ids; ids = *end ? end + 1 : end) json_integer(writer, strtoll(ids, &end, 10));
    json_close_array(writer);
}

// {"status_code":"FAILURE","error":"not_found","status_msg":"There is no such ticket","errors":{}}
static void write_own(struct output *output, const struct error *error, const char *word, const char *text) {
    struct json_writer writer;
    json_writer_init(&writer, output);
    json_open_object(&writer);
    json_name(&writer, "status_code");
    json_string(&writer, "FAILURE");
    json_name(&writer, "error");
    json_string(&writer, word);
    json_name(&writer, "status_msg");
    json_string(&writer, text);
    write_fields(&writer, error, text);
    if (*error->ids) write_ids(&writer, error->ids);
    if (*error->version) json_text_member(&writer, "version", text_of(error->version));
    json_close_object(&writer);
}

void failure_body_write(const struct request *request, const struct error *error, const char *word,
                        const char *text, struct output *output) {
    struct json_writer writer;
    json_writer_init(&writer, output);
    if (request->adapter)
        request->adapter->tell_failure(&writer, text, error);
    else if (request->route.own)
        write_own(output, error, word, text);
    else if (error->envelope)
        write_envelope(output, error->envelope, text);
    else
        output_add_string(output, text);
}
