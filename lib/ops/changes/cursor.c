// SPDX-License-Identifier: GPL-2.0-or-later
// Cursors of changes: "e8122.n991" in base64url (RFC 4648, 5), without padding.
#include "ops/changes/cursor.h"

#include "base/base64.h"

void changes_cursor_write(const struct lanes_position *position, struct buffer *out) {
    struct buffer plain = buffer_new(LANES_POSITION_MAX);
    lanes_position_print(position, &plain);
    base64_url_encode(buffer_text(&plain), out);
    buffer_free(&plain);
}

bool changes_cursor_read(struct text cursor, struct lanes_position *position, struct error *error) {
    struct buffer plain = buffer_new(LANES_POSITION_MAX);
    bool good = base64_url_decode(cursor, &plain) && lanes_position_read(buffer_text(&plain), position);
    buffer_free(&plain);
    if (good) return true;
    error_set(error, ERROR_BAD_REQUEST, "The cursor is none of changes: begin without one, or with since");
    return error_field(error, TEXT("after"));
}
