// SPDX-License-Identifier: GPL-2.0-or-later
// To whom a thread entry went.
#include "ops/entry/recipients.h"

#include "base/buffer.h"
#include "json/writer.h"

#include <inttypes.h>

#define JSON_MAX (1 << 20)

static void add_part(const struct reply_mail_recipients *recipients, bool copies, struct buffer *json) {
    bool first = true;
    for (size_t i = 0; i < recipients->count; i++) {
        if (recipients->items[i].copy != copies) continue;
        if (first) buffer_add_format(json, "%s\"%s\":{", json->length > 1 ? "," : "", copies ? "cc" : "to");
        buffer_add_format(json, "%s\"%" PRId64 "\":", first ? "" : ",", recipients->items[i].id);
        json_quote(recipients->items[i].display, json);
        first = false;
    }
    if (!first) buffer_add_char(json, '}');
}

bool entry_recipients_json(const struct reply_mail_recipients *recipients, struct arena *arena,
                           struct text *json, struct error *error) {
    *json = TEXT_NULL;
    if (!recipients->count) return true;
    struct buffer buffer = buffer_new(JSON_MAX);
    buffer_add_char(&buffer, '{');
    add_part(recipients, false, &buffer);
    add_part(recipients, true, &buffer);
    buffer_add_char(&buffer, '}');
    bool done = !buffer.failed;
    if (done) *json = arena_copy(arena, buffer_text(&buffer));
    buffer_free(&buffer);
    return (done && !text_is_null(*json)) || error_set(error, ERROR_TOO_LARGE, "too many recipients");
}
