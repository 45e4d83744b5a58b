// SPDX-License-Identifier: GPL-2.0-or-later
// The body of POST /tickets.json and /tickets.xml.
#include "ops/create/request.h"

#include "base/buffer.h"
#include "base/number.h"
#include "markup/data_url.h"
#include "ops/yes_no.h"

#include <string.h>

#define COPIES_MAX 1000 // of ccs
#define IP_MAX     64   // characters of ticket.ip_address

struct reading {
    struct create_request *request;
    enum create_format format;
    struct arena *arena;
    struct error *error;
};

static bool wrong_type(const struct reading *reading, const char *name, const char *wanted) {
    error_set(reading->error, ERROR_BAD_REQUEST, "%s must be %s", name, wanted);
    return error_field(reading->error, text_of(name));
}

static struct input *member(const struct reading *reading, const char *name) {
    // The tree is this request's own.
    return (struct input *)(uintptr_t)input_member(&reading->request->fields, text_of(name));
}

static bool is_compound(const struct input *value) {
    return value && (value->kind == INPUT_LIST || value->kind == INPUT_MAP);
}

// false is nothing, as null is; true says nothing either, where a text or a number is wanted.
static bool is_wrong(const struct input *value) {
    return is_compound(value) || (value && value->kind == INPUT_BOOLEAN && value->truth);
}

// TEXT_NULL where there is none or null.
static bool read_text(const struct reading *reading, const char *name, struct text *text) {
    const struct input *value = member(reading, name);
    *text = input_text(value);
    return !is_wrong(value) || wrong_type(reading, name, "a string");
}

// The text of a number, whatever it says; TEXT_NULL where there is none.
static bool read_digits(const struct reading *reading, const char *name, struct text *digits) {
    const struct input *value = member(reading, name);
    *digits = input_text(value);
    return !is_wrong(value) || wrong_type(reading, name, "a number");
}

// An id that PHP asks to be numeric.
static bool read_number(const struct reading *reading, const char *name, int64_t *number) {
    struct text digits;
    bool read = read_digits(reading, name, &digits);
    *number = number_whole(digits);
    return read;
}

// An id that PHP leaves to the database to compare with.
static bool read_compared(const struct reading *reading, const char *name, int64_t *number) {
    struct text digits;
    bool read = read_digits(reading, name, &digits);
    *number = number_equal_to(digits);
    return read;
}

// Absent: yes. Null and what is empty: no, as in PHP.
static bool read_switch(const struct reading *reading, const char *name, bool *on) {
    const struct input *value = member(reading, name);
    *on = true;
    if (!value) return true;
    if (is_compound(value) && value->count) return wrong_type(reading, name, "true or false");
    enum yes_no answer = yes_no_of(input_text(value));
    *on = answer == SWITCH_YES;
    return answer != SWITCH_NEITHER || wrong_type(reading, name, "true or false");
}

// A client writes the extension's X small or, in XML, as an attribute: <phone ext="7">5551234</phone>.
static bool fix_phone(const struct reading *reading) {
    struct input *phone = member(reading, "phone");
    if (!phone) return true;
    struct text extension = TEXT("");
    if (reading->format == CREATE_XML && phone->kind == INPUT_MAP) {
        const struct input *own = input_member(phone, INPUT_OWN_TEXT);
        extension = text_trim(input_text(input_member(phone, TEXT("ext"))));
        *phone = (struct input){.kind = INPUT_TEXT, .name = phone->name, .text = own ? own->text : TEXT("")};
    }
    if (phone->kind != INPUT_TEXT) return true;
    size_t length = phone->text.length;
    char *upper = arena_take(reading->arena, length + extension.length + 2);
    if (!upper) return error_too_large(reading->error);
    for (size_t i = 0; i < length; i++) {
        char c = phone->text.data[i];
        upper[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    if (extension.length) {
        upper[length++] = 'X';
        memcpy(upper + length, extension.data, extension.length);
    }
    phone->text = (struct text){upper, length + extension.length};
    return true;
}

static bool read_json_message(const struct reading *reading, const struct input *value) {
    struct create_request *request = reading->request;
    struct text text = input_text(value);
    struct data_url url;
    if (is_compound(value) || value->kind == INPUT_BOOLEAN) return wrong_type(reading, "message", "a string");
    data_url_read(text.data ? text : TEXT(""), &url);
    request->message_is_html = text_equal(url.type, TEXT("text/html"));
    request->message = url.content;
    if (!url.is_base64) return true;
    struct buffer decoded = buffer_new(text.length * 4); // what the bytes of another charset may need
    data_url_text(&url, &decoded);
    request->message = arena_copy(reading->arena, buffer_text(&decoded));
    bool done = !decoded.failed && !reading->arena->failed;
    buffer_free(&decoded);
    return done || error_too_large(reading->error);
}

// The attribute `encoding` is not heeded: the parser has made UTF-8 of the document already, and PHP, which
// converts once more, damages the text.
static bool read_xml_message(const struct reading *reading, const struct input *value) {
    struct create_request *request = reading->request;
    if (value->kind == INPUT_LIST) return wrong_type(reading, "message", "a single element");
    struct text type = input_text(input_member(value, TEXT("type")));
    request->message = input_text(value->kind == INPUT_MAP ? input_member(value, INPUT_OWN_TEXT) : value);
    request->message_is_html = text_equal_ignoring_case(type, TEXT("text/html"));
    return true;
}

static bool read_message(const struct reading *reading) {
    struct create_request *request = reading->request;
    const struct input *value = member(reading, "message");
    request->has_message = value != NULL;
    if (!value) return true;
    bool json = reading->format == CREATE_JSON;
    if (!(json ? read_json_message(reading, value) : read_xml_message(reading, value))) return false;
    if (!request->message.data) request->message = TEXT("");
    if (text_is_utf8(request->message)) return true;
    return error_set(reading->error, ERROR_BAD_REQUEST, "message contains bytes that are no UTF-8");
}

// Kept whether there is such a priority or not, as the column takes it.
static bool read_priority(const struct reading *reading) {
    struct create_request *request = reading->request;
    struct text digits;
    bool read = read_digits(reading, "priorityId", &digits);
    request->has_priority_id = input_is_true(member(reading, "priorityId"));
    if (!request->has_priority_id) return read;
    request->priority_id = number_in_column(digits, INT32_MIN, INT32_MAX);
    request->priority_is_loose = !text_is_numeric(digits) || number_equal_to(digits) != request->priority_id;
    return read;
}

static bool read_fields(const struct reading *reading) {
    struct create_request *request = reading->request;
    struct text ignored;
    if (!fix_phone(reading) || !read_text(reading, "source", &request->source) ||
        !read_text(reading, "email", &request->email) || !read_text(reading, "name", &request->name) ||
        !read_text(reading, "subject", &ignored) || !read_text(reading, "phone", &ignored) ||
        !read_text(reading, "ip", &request->ip_address) ||
        !read_number(reading, "topicId", &request->topic_id) || !read_priority(reading) ||
        !read_switch(reading, "alert", &request->alert) ||
        !read_switch(reading, "autorespond", &request->autorespond) || !read_message(reading))
        return false;
    if (!request->source.data) request->source = TEXT("API");
    if (request->topic_id < 0) request->topic_id = 0;
    request->ip_address = text_cut(request->ip_address, IP_MAX);
    return true;
}

static bool read_files(const struct reading *reading) {
    const struct input *attachments = member(reading, "attachments");
    struct incoming_files *files = &reading->request->files;
    bool done = reading->format == CREATE_XML
                    ? incoming_files_read_xml(attachments, reading->arena, files, reading->error)
                    : incoming_files_read(attachments, reading->arena, files, reading->error);
    return done || error_field(reading->error, TEXT("attachments"));
}

static bool add_copy(const struct reading *reading, const struct input *value, int64_t **ids, size_t *count) {
    if (is_compound(value) || *count == COPIES_MAX) return wrong_type(reading, "ccs", "a list of user ids");
    int64_t id = number_whole(input_text(value));
    if (id <= 0) return true;
    int64_t *slot = arena_append(reading->arena, ids, count, sizeof *slot);
    if (!slot) return error_too_large(reading->error);
    *slot = id;
    return true;
}

static bool read_copies(const struct reading *reading) {
    const struct input *value = member(reading, "ccs");
    struct create_internal *internal = &reading->request->internal;
    int64_t *ids = NULL;
    bool done = true;
    if (!value || value->kind == INPUT_NULL) return true;
    if (!is_compound(value)) done = add_copy(reading, value, &ids, &internal->copy_user_count);
    for (size_t i = 0; done && i < value->count; i++)
        done = add_copy(reading, &value->members[i], &ids, &internal->copy_user_count);
    internal->copy_user_ids = ids;
    return done;
}

// Kept whether there is such a department or not, as in PHP: it must fit the column.
static bool read_department(const struct reading *reading) {
    int64_t *id = &reading->request->internal.department_id;
    struct text digits;
    if (!read_digits(reading, "deptId", &digits)) return false;
    *id = number_in_column(digits, -1, (int64_t)UINT32_MAX + 1);
    return (*id >= 0 && *id <= UINT32_MAX) || wrong_type(reading, "deptId", "the number of a department");
}

static bool read_internal(const struct reading *reading) {
    struct create_internal *internal = &reading->request->internal;
    return read_department(reading) && read_compared(reading, "statusId", &internal->status_id) &&
           read_number(reading, "slaId", &internal->sla_id) &&
           read_number(reading, "staffId", &internal->staff_id) &&
           read_compared(reading, "teamId", &internal->team_id) &&
           read_number(reading, "uid", &internal->user_id) &&
           read_number(reading, "emailId", &internal->email_id) &&
           read_number(reading, "cannedResponseId", &internal->canned_id) &&
           read_text(reading, "assignId", &internal->assign) &&
           read_text(reading, "assignee", &internal->assignee) &&
           read_text(reading, "note", &internal->note) &&
           read_text(reading, "duedate", &internal->due_date) && read_copies(reading);
}

bool create_request_read(struct text body, enum create_format format, bool allow_internal,
                         struct arena *arena, struct create_request *request, struct error *error) {
    struct reading reading = {request, format, arena, error};
    memset(request, 0, sizeof *request);
    bool read = format == CREATE_JSON ? input_read_json(body, arena, &request->fields, error)
                                      : input_read_xml(body, arena, &request->fields, error);
    return read && read_fields(&reading) && (!allow_internal || read_internal(&reading)) &&
           read_files(&reading);
}
