// SPDX-License-Identifier: GPL-2.0-or-later
// The body of POST /tickets/reply.json.
#include "ops/reply/request.h"

#include "base/words.h"
#include "ops/json_field.h"
#include "ops/yes_no.h"

#include <string.h>

#define IDS_MAX 1000

static bool read_body(struct text json, struct reply_request *request, struct error *error) {
    request->body = json_parse(json, error);
    if (!request->body) return false;
    if (json_kind(request->body) == JSON_OBJECT && json_count(request->body)) return true;
    return error_set(error, ERROR_BAD_REQUEST,
                     "the JSON body must be an object with ticketNumber, staffUserName and "
                     "response");
}

static bool read_id(const struct json_value *value, int64_t *id) {
    if (json_kind(value) == JSON_INTEGER)
        *id = json_value_integer(value);
    else if (json_kind(value) != JSON_TEXT || !text_to_int64(text_trim(json_value_text(value)), id))
        return false;
    return true;
}

// A list of ids: an array of numbers or their texts, one number, or a text with commas; absent, null, "" are
// none.
static bool read_ids(const struct json_value *body, const char *name, struct arena *arena, int64_t **ids,
                     size_t *count, struct error *error) {
    const struct json_value *value = json_member(body, name);
    struct text list = json_value_text(value);
    int64_t id;
    if (json_kind(value) == JSON_BOOLEAN || json_kind(value) == JSON_REAL ||
        json_kind(value) == JSON_OBJECT || json_count(value) > IDS_MAX)
        return error_set(error, ERROR_BAD_REQUEST, "%s must be a list of ids", name);
    for (size_t i = 0; i < json_count(value); i++) {
        if (!read_id(json_element(value, i), &id))
            return error_set(error, ERROR_BAD_REQUEST, "%s must be a list of ids", name);
        int64_t *slot = arena_append(arena, ids, count, sizeof *slot);
        if (slot) *slot = id;
    }
    for (struct text item; *count < IDS_MAX && list_next(&list, &item);) {
        if (text_to_int64(text_trim(item), &id) && id) {
            int64_t *slot = arena_append(arena, ids, count, sizeof *slot);
            if (slot) *slot = id;
        }
    }
    if (json_kind(value) == JSON_INTEGER && json_value_integer(value)) {
        int64_t *slot = arena_append(arena, ids, count, sizeof *slot);
        if (slot) *slot = json_value_integer(value);
    }
    return true;
}

// A number, a text that begins with one, or an object with such an id, as PHP's clients send it.
static bool read_status(struct reply_request *request, struct error *error) {
    const struct json_value *status = json_member(request->body, "reply_status_id");
    if (json_kind(status) == JSON_OBJECT) return json_field_integer(status, "id", &request->status_id, error);
    return json_field_integer(request->body, "reply_status_id", &request->status_id, error);
}

static bool read_signature(struct reply_request *request, struct arena *arena, struct error *error) {
    struct text choice;
    if (!json_field_text(request->body, "signature", arena, &choice, error)) return false;
    request->signature = text_equal(choice, TEXT("mine"))   ? MAIL_SIGNATURE_MINE
                         : text_equal(choice, TEXT("dept")) ? MAIL_SIGNATURE_DEPARTMENT
                                                            : MAIL_SIGNATURE_NONE;
    return true;
}

// Who is meant by a reply-to: false when it is none of osTicket's words, nor a no.
static bool read_reply_to(struct text reply_to, bool *owner, bool *collaborators) {
    bool all = text_equal_ignoring_case(reply_to, TEXT("all"));
    *owner = all || text_equal_ignoring_case(reply_to, TEXT("user"));
    *collaborators = all || text_equal_ignoring_case(reply_to, TEXT("collabs"));
    return *owner || *collaborators || yes_no_of(reply_to) == SWITCH_NO;
}

// emailreply and emailcollab as documented. A reply-to names the recipients itself, unless emailreply forbids
// mail.
static bool read_recipients(struct reply_request *request, bool email_default, struct arena *arena,
                            struct error *error) {
    struct reply_mail_wish *mail = &request->mail;
    struct text reply_to;
    int64_t *only = NULL;
    bool collaborators;
    if (!json_field_switch(request->body, "emailreply", email_default, &mail->owner, error) ||
        !json_field_switch(request->body, "emailcollab", false, &collaborators, error) ||
        !json_field_text(request->body, "reply-to", arena, &reply_to, error) ||
        !json_field_integer(request->body, "from_email_id", &request->from_email_id, error) ||
        !read_ids(request->body, "ccs", arena, &only, &mail->only_count, error))
        return false;
    mail->only = only;
    mail->collaborators = mail->owner && collaborators;
    if (!mail->owner && json_field_given(request->body, "emailreply")) return true;
    // The empty text is an unset form field of a client.
    if (!text_trim(reply_to).length) return true;
    return read_reply_to(text_trim(reply_to), &mail->owner, &mail->collaborators) ||
           error_set(error, ERROR_BAD_REQUEST, "reply-to must be \"all\", \"user\", \"collabs\" or \"none\"");
}

static bool read_canned(struct reply_request *request, struct arena *arena, struct error *error) {
    return json_field_integer(request->body, "cannedResp", &request->canned_id, error) &&
           read_ids(request->body, "cannedattachments", arena, &request->canned_file_ids,
                    &request->canned_file_count, error);
}

// The canned response stands in for an empty response.
static bool read_response(struct reply_request *request, struct arena *arena, struct error *error) {
    if (request->canned_id <= 0)
        return json_field_required(request->body, "response", arena, &request->response, error);
    return json_field_text(request->body, "response", arena, &request->response, error);
}

static bool read_files(struct reply_request *request, struct arena *arena, struct error *error) {
    struct input attachments;
    return input_of_json(json_member(request->body, "attachments"), arena, &attachments, error) &&
           incoming_files_read(&attachments, arena, &request->files, error);
}

bool reply_request_read(struct text json, bool email_default, struct arena *arena,
                        struct reply_request *request, struct error *error) {
    memset(request, 0, sizeof *request);
    return read_body(json, request, error) &&
           json_field_required(request->body, "ticketNumber", arena, &request->ticket_number, error) &&
           json_field_required(request->body, "staffUserName", arena, &request->staff_username, error) &&
           read_canned(request, arena, error) && read_response(request, arena, error) &&
           read_status(request, error) && read_signature(request, arena, error) &&
           read_recipients(request, email_default, arena, error) &&
           json_field_text(request->body, "ip_address", arena, &request->ip_address, error) &&
           json_field_integer(request->body, "msgId", &request->parent_id, error) &&
           read_files(request, arena, error);
}

void reply_request_free(struct reply_request *request) {
    json_free(&request->body);
}
