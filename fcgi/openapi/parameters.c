// SPDX-License-Identifier: GPL-2.0-or-later
// Parameters of paths, queries and headers.
#include "openapi/parts.h"

#include "base/words.h"
#include "ops/parameters.h"
#include "ops/time_text.h"
#include "serve/answers.h"

#include <stddef.h>
#include <string.h>

#define OPEN_NAME_MAX 64

// Headers that some operations heed.
static const struct header_parameter {
    const char *name, *help, *example;
} header_parameters[] = {
    {"Idempotency-Key", "1 to 255 visible ASCII characters, new for each request that is to be done once",
     "5f1c-order-4711"},
    {"If-None-Match", "entity tags of answers that are known: 304 where nothing is another",
     "\"9f3c21aa7be00451.77ab03d1\""},
    {"If-Match", "the version of what is changed, or an answer's entity tag: 412 where it is another by now",
     "\"9f3c21aa7be00451\""},
    {"X-Act-As", "the agent who acts, of a key that may name him: user name, address or id", "tokafor"},
    {"Range", "a part of the file", "bytes=0-1023"},
    {"If-Range", "the entity tag of the file that the part has to be of",
     "\"b1946ac92492d2347c6235b4d2611184\""},
};

static bool heeds(const struct operation *operation, const char *header) {
    if (strcmp(header, "Idempotency-Key") == 0) return operation->writes;
    if (strcmp(header, "If-None-Match") == 0) return operation->versioned;
    bool of_ticket = operation->writes && !operation->of_php && operation->subject.kind == SUBJECT_TICKET;
    bool acts = of_ticket || operation->acts;
    if (strcmp(header, "If-Match") == 0) return failure_is_of(ERROR_CHANGED, operation);
    if (strcmp(header, "X-Act-As") == 0) return acts || operation->scope == SCOPE_CATALOG;
    return operation->answers == ANSWER_FILE; // Range, If-Range
}

static void write_type(struct json_writer *json, const char *type) {
    json_text_member(json, "type", text_of(type));
}

static void write_members(struct json_writer *json, const char *members) {
    struct text list = text_of(members), member;
    write_type(json, "string");
    json_name(json, "enum");
    json_open_array(json);
    while (list_next(&list, &member)) json_text(json, member);
    json_close_array(json);
}

static void write_text(struct json_writer *json, const char *example) {
    write_type(json, "string");
    json_integer_member(json, "minLength", 1);
    if (!example) return;
    json_name(json, "examples");
    json_open_array(json);
    json_string(json, example);
    json_close_array(json);
}

static void write_integer(struct json_writer *json, int64_t least, int64_t most) {
    write_type(json, "integer");
    json_integer_member(json, "minimum", least);
    if (most) json_integer_member(json, "maximum", most);
}

static void write_list(struct json_writer *json, const char *members) {
    write_type(json, "array");
    json_name(json, "items");
    json_open_object(json);
    write_members(json, members);
    json_close_object(json);
}

static void write_switch(struct json_writer *json) {
    write_type(json, "integer");
    json_name(json, "enum");
    json_open_array(json);
    json_integer(json, 0);
    json_integer(json, 1);
    json_close_array(json);
}

// Any number of texts whose names begin so: in a query the members of such an object stand one by one.
static void write_open(struct json_writer *json, const struct operation_parameter *parameter) {
    write_type(json, "object");
    json_name(json, "patternProperties");
    json_open_object(json);
    struct text name = text_of(parameter->name); // it ends in a dot
    struct buffer pattern = buffer_new(OPEN_NAME_MAX);
    buffer_add_format(&pattern, "^%.*s\\.", (int)name.length - 1, name.data);
    json_name_text(json, buffer_text(&pattern));
    buffer_free(&pattern);
    json_open_object(json);
    write_text(json, NULL);
    json_close_object(json);
    json_close_object(json);
}

static void write_schema(struct json_writer *json, const struct operation_parameter *parameter) {
    json_open_object(json);
    if (parameter->is_open) {
        write_open(json, parameter);
        json_close_object(json);
        return;
    }
    switch (parameter->kind) {
    case PARAMETER_TICKET: write_text(json, "310042"); break;
    case PARAMETER_ID: write_integer(json, 1, 0); break;
    case PARAMETER_NAME:
    case PARAMETER_TEXT: write_text(json, NULL); break;
    case PARAMETER_INTEGER: write_integer(json, parameter->least, parameter->most); break;
    case PARAMETER_YES_NO: write_switch(json); break;
    case PARAMETER_TIME:
        write_text(json, "-7d");
        json_text_member(json, "description", TEXT(TIME_TEXT_FORMS));
        break;
    case PARAMETER_CHOICE: write_members(json, parameter->members); break;
    case PARAMETER_LIST: write_list(json, parameter->members); break;
    }
    json_close_object(json);
}

static void write_parameter(struct json_writer *json, const struct operation_parameter *parameter) {
    json_open_object(json);
    json_text_member(json, "name", text_of(parameter->name));
    json_text_member(json, "in", parameter->place == IN_PATH ? TEXT("path") : TEXT("query"));
    json_text_member(json, "description", text_of(parameter->help));
    if (parameter->required) {
        json_name(json, "required");
        json_boolean(json, true);
    }
    if (parameter->kind == PARAMETER_LIST) { // with commas between
        json_name(json, "explode");
        json_boolean(json, false);
    }
    json_name(json, "schema");
    write_schema(json, parameter);
    json_close_object(json);
}

void openapi_parameters(struct json_writer *json, const struct operation *operation) {
    const struct operation_parameter *parameter = operation->parameters;
    json_open_array(json);
    for (; parameter && parameter->name; parameter++) write_parameter(json, parameter);
    for (size_t i = 0; i < sizeof header_parameters / sizeof *header_parameters; i++)
        if (heeds(operation, header_parameters[i].name))
            openapi_reference(json, "parameters", header_parameters[i].name);
    json_close_array(json);
}

void openapi_header_parameters(struct json_writer *json) {
    json_open_object(json);
    for (size_t i = 0; i < sizeof header_parameters / sizeof *header_parameters; i++) {
        json_name(json, header_parameters[i].name);
        json_open_object(json);
        json_text_member(json, "name", text_of(header_parameters[i].name));
        json_text_member(json, "in", TEXT("header"));
        json_text_member(json, "description", text_of(header_parameters[i].help));
        json_name(json, "schema");
        json_open_object(json);
        write_text(json, header_parameters[i].example);
        json_close_object(json);
        json_close_object(json);
    }
    json_close_object(json);
}
