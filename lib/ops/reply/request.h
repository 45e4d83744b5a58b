// SPDX-License-Identifier: GPL-2.0-or-later
// The body of POST /tickets/reply.json, read and checked before the database is asked anything.
#ifndef OPS_REPLY_REQUEST_H
#define OPS_REPLY_REQUEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "mail/reply_mail.h"
#include "ops/entry/incoming_file.h"
#include "json/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Texts lie in the JSON tree or the arena. What the contract does not name is not read, so it cannot take
// effect.
struct reply_request {
    struct json_value *body;
    struct text ticket_number;
    struct text staff_username;
    struct text response;     // empty only with a canned response
    struct text ip_address;   // null: the client's own
    int64_t status_id;        // 0: leave it
    int64_t parent_id;        // msgId: where the thread has no message
    int64_t canned_id;        // 0: none
    int64_t *canned_file_ids; // the chosen of the canned response's files
    size_t canned_file_count; // 0: all of them
    enum mail_signature signature;
    struct reply_mail_wish mail;
    int64_t from_email_id;
    struct incoming_files files;
};

// Reads `json`. ERROR_BAD_REQUEST for what is no JSON object or has a wrong type, ERROR_UNPROCESSABLE for
// what is missing. `email_default`: whether mail goes out when the request does not say. Freed with
// reply_request_free(), also after a failure.
bool reply_request_read(struct text json, bool email_default, struct arena *arena,
                        struct reply_request *request, struct error *error) CHECKED;
void reply_request_free(struct reply_request *request);

#endif
