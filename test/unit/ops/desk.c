// SPDX-License-Identifier: GPL-2.0-or-later
// A small help desk in rows, and one request to it.
#include "desk.h"

#include "store/statements.h"

#include <string.h>

#define STATUS(id, name, state, properties)                                                                  \
    [DESK_KIND] = "status", [DESK_STATUS_ID] = id, [DESK_STATUS_MODE] = "3", [DESK_STATUS_NAME] = name,      \
    [DESK_STATUS_STATE] = state, [DESK_STATUS_PROPERTIES] = properties
#define FIELD(id, sort, name)                                                                                \
    [DESK_KIND] = "field", [DESK_FIELD_ID] = id, [DESK_FIELD_SORT] = sort, [DESK_FIELD_NAME] = name,         \
    [DESK_FIELD_PHONE_FORMAT] = "us"

// The topic 1 is translated, as topic.name.1.
const fake_row desk_rows[DESK_ROWS] = {
    {DESK_ROW_OF_SETTING("agent_name_format", "lastfirst")},
    {[DESK_KIND] = "dept",
     [DESK_DEPARTMENT_ID] = "1",
     [DESK_DEPARTMENT_FLAGS] = "4",
     [DESK_DEPARTMENT_NAME] = "Support"},
    {[DESK_KIND] = "dept",
     [DESK_DEPARTMENT_ID] = "4",
     [DESK_DEPARTMENT_PARENT] = "1",
     [DESK_DEPARTMENT_FLAGS] = "4",
     [DESK_DEPARTMENT_NAME] = "Night Shift"},
    {[DESK_KIND] = "topic", [DESK_TOPIC_ID] = "1", [DESK_TOPIC_FLAGS] = "2", [DESK_TOPIC_NAME] = "General"},
    {[DESK_KIND] = "topic",
     [DESK_TOPIC_ID] = "2",
     [DESK_TOPIC_PARENT] = "1",
     [DESK_TOPIC_FLAGS] = "2",
     [DESK_TOPIC_NAME] = "Feedback"},
    {STATUS("1", "Open", "open", "{}")},
    {STATUS("3", "Closed", "closed", "{\"allowreopen\":true,\"reopenstatus\":0}")},
    {STATUS("4", "Archived", "archived", "{}")},
    {[DESK_KIND] = "priority",
     [DESK_PRIORITY_ID] = "2",
     [DESK_PRIORITY_URGENCY] = "3",
     [DESK_PRIORITY_IS_PUBLIC] = "1",
     [DESK_PRIORITY_DESCRIPTION] = "Normal",
     [DESK_PRIORITY_NAME] = "normal",
     [DESK_PRIORITY_COLOR] = "#FFFFF0"},
    {[DESK_KIND] = "phrase", [DESK_PHRASE_HASH] = "1d3b03e5ba7b621b", [DESK_PHRASE_TEXT] = "Allgemein"},
    {FIELD("20", "1", "Subject")},
    {FIELD("22", "2", "priority")},
    {FIELD("3", "3", "phone")},
};

const fake_row desk_times[1] = {
    {[DESK_KIND] = "zone",
     [DESK_ZONE_OFFSET] = "0",
     [DESK_ZONE_NAME] = "UTC",
     [DESK_ZONE_NOW] = "2026-11-24 12:00:00",
     [DESK_ZONE_JANUARY] = "2026-01-15 12:00:00",
     [DESK_ZONE_JANUARY_UTC] = "2026-01-15 12:00:00",
     [DESK_ZONE_JULY] = "2026-07-15 12:00:00",
     [DESK_ZONE_JULY_UTC] = "2026-07-15 12:00:00"},
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
