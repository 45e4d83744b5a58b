// SPDX-License-Identifier: GPL-2.0-or-later
// A small help desk in rows, and one request to it.
#include "desk.h"

#include <string.h>

// kind, id, parent, flags, name, translation, value, more
const fake_row desk_rows[DESK_ROWS] = {
    {"config", "0", "0", "0", "agent_name_format", NULL, "lastfirst"},
    {"dept", "1", NULL, "4", "Support", NULL, "0"},
    {"dept", "4", "1", "4", "Night Shift", NULL, "0"},
    {"topic", "1", "0", "2", "General"},
    {"topic", "2", "1", "2", "Feedback"},
    {"status", "1", "0", "0", "Open", NULL, "open", "{}"},
    {"status", "3", "0", "0", "Closed", NULL, "closed", "{\"allowreopen\":true,\"reopenstatus\":0}"},
    {"status", "4", "0", "0", "Archived", NULL, "archived", "{}"},
    {"priority", "2", "3", "1", "Normal", NULL, "normal", "#FFFFF0"},
    {"phrase", "0", "0", "0", "1d3b03e5ba7b621b", "Allgemein"}, // of topic.name.1
    {"field", "20", "0", "1", "Subject", NULL, "us"},
    {"field", "22", "0", "2", "priority", NULL, "us"},
    {"field", "3", "0", "3", "phone", NULL, "us"},
};

const fake_row desk_times[1] = {
    {"zone", "0", "0", "0", "UTC", NULL, "2026-11-24 12:00:00", "2026-01-15 12:00:00", "2026-01-15 12:00:00",
     "2026-07-15 12:00:00", "2026-07-15 12:00:00"},
};

static struct text parameter(const struct operation_context *context, const char *name) {
    const struct desk *desk = context->request;
    bool asked = desk->parameter_name && strcmp(name, desk->parameter_name) == 0;
    return asked ? text_of(desk->parameter_value) : TEXT_NULL;
}

static bool take(void *context, const char *bytes, size_t length) {
    struct desk *desk = context;
    if (desk->client_gone || desk->length + length >= DESK_ANSWER_MAX) return false;
    memcpy(desk->answered + desk->length, bytes, length);
    desk->length += length;
    return true;
}

void desk_open(struct desk *desk, const struct fake_answer *answers, size_t count) {
    memset(desk, 0, sizeof *desk);
    desk->db.answers = answers;
    desk->db.answer_count = count;
    desk->settings = (struct operation_settings){.notes = NOTES_IN_TICKET_INFO | NOTES_IN_STAFF_TICKETS,
                                                 .reply_email_default = true,
                                                 .secret_salt = "salt",
                                                 .mail_wake = -1,
                                                 .max_body = 1 << 20};
    desk->context = (struct operation_context){.db = &desk->db,
                                               .settings = &desk->settings,
                                               .principal = &desk->principal,
                                               .client_address = "192.0.2.9",
                                               .parameter = parameter,
                                               .request = desk};
}

bool desk_run(struct desk *desk, operation_handler *handle) {
    error_clear(&desk->error);
    desk->length = 0;
    output_init(&desk->output, take, desk);
    desk->answer = (struct answer){.output = &desk->output};
    bool done = handle(&desk->context, &desk->answer, &desk->error);
    if (done) done = output_flush(&desk->output);
    desk->answered[desk->length] = '\0';
    return done;
}
