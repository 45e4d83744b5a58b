// SPDX-License-Identifier: GPL-2.0-or-later
// The body of POST /tickets.json and /tickets.xml, read before the database is asked anything.
#ifndef OPS_CREATE_REQUEST_H
#define OPS_CREATE_REQUEST_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "forms/input.h"
#include "ops/entry/incoming_file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum create_format { CREATE_JSON, CREATE_XML };

// What takes effect only with [create] allow_internal_fields: it lets a client do what agents do. 0, null and
// false where absent.
struct create_internal {
    int64_t department_id, status_id, sla_id, staff_id, team_id, user_id, email_id, canned_id;
    struct text assign;           // "s12" or "t3"
    struct text assignee;         // an agent's user name
    struct text note;             // goes with `assign`
    struct text due_date;         // as it came
    const int64_t *copy_user_ids; // ccs: become collaborators
    size_t copy_user_count;
};

// Texts lie in the body or the arena.
struct create_request {
    struct input fields; // everything, for the forms: a field finds its value by name
    struct text source;  // as it came; "API" where there is none
    struct text
        shown_source; // the ticket's and its message's, where the key may say another; null: by `source`
    struct text email;
    struct text name;
    struct text ip_address; // as it came, unchecked; null, empty or "0": the client's own is the ticket's
    bool by_client;         // its client opens it himself, as in the portal: what that shows counts alone
    bool by_mail;           // it came as an e-mail: what mails alone bring counts (reply-to, recipients)
    bool alert;             // default yes
    bool autorespond;       // default yes
    bool has_message;
    bool message_is_html;
    struct text message; // UTF-8, decoded from a data URL where it was one
    int64_t topic_id;    // 0: none, or nothing that could name one
    bool has_priority_id;
    int64_t priority_id;    // what the database keeps of priorityId: of "3x" 3, of "x" 0
    bool priority_is_loose; // priorityId is not a whole number as it stands: PHP keeps the id and finds no
                            // name
    struct incoming_files files;
    struct create_internal internal;
};

// ERROR_BAD_REQUEST for what cannot be parsed, naming the field for a wrong type; ERROR_TOO_LARGE over a
// ceiling. Nothing to free but the arena. spec: creating.md A; lib/DIFFERENCES.md.
bool create_request_read(struct text body, enum create_format format, bool allow_internal,
                         struct arena *arena, struct create_request *request, struct error *error) CHECKED;

#endif
