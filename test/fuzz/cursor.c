// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as a cursor of tickets and as one of changes: nobody else's counts as ours, and what is read is
// written as it came. As a place in a list, any bytes come back.
#include "ops/changes/cursor.h"
#include "ops/list/ticket_cursor.h"

#include <stdlib.h>
#include <string.h>

#define SECRET TEXT("a secret of which no input knows anything")
#define OF     TEXT("status=open&sort=created")

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void of_tickets(struct text text, struct arena *arena) {
    struct ticket_place place;
    struct error error = {0};
    if (ticket_cursor_read(text, OF, SECRET, arena, &place, &error)) abort();
    if (error.code != ERROR_BAD_REQUEST) abort();
}

static void of_changes(struct text text) {
    struct lanes_position position, again;
    struct error error = {0};
    struct buffer out = buffer_new(CHANGES_CURSOR_MAX);
    if (changes_cursor_read(text, &position, &error)) {
        changes_cursor_write(&position, &out);
        if (out.failed || !changes_cursor_read(buffer_text(&out), &again, &error)) abort();
        for (int lane = 0; lane < LANES; lane++)
            if (position.of[lane].classes < 1 || position.of[lane].classes > LANE_CLASSES_MAX ||
                lane_position_lowest(&position.of[lane]) != lane_position_lowest(&again.of[lane]) ||
                lane_position_highest(&position.of[lane]) != lane_position_highest(&again.of[lane]))
                abort();
    } else if (error.code != ERROR_BAD_REQUEST) {
        abort();
    }
    buffer_free(&out);
}

static void as_place(struct text text, struct arena *arena) {
    struct ticket_place place = {.is_set = true, .id = (int64_t)text.length, .value = text}, again;
    struct error error = {0};
    struct buffer out = buffer_new(2 * TICKET_CURSOR_MAX);
    place.is_null = !text.length;
    if (ticket_cursor_write(&place, OF, SECRET, &out)) {
        bool read = ticket_cursor_read(buffer_text(&out), OF, SECRET, arena, &again, &error);
        if (!read || again.id != place.id || again.is_null != place.is_null ||
            !text_equal(again.value, place.value))
            abort();
        if (ticket_cursor_read(buffer_text(&out), TEXT("status=closed"), SECRET, arena, &again, &error))
            abort();
    }
    buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    struct text text = {(const char *)bytes, length};
    struct arena arena = arena_new(1 << 16);
    of_tickets(text, &arena);
    of_changes(text);
    as_place(text, &arena);
    arena_free(&arena);
    return 0;
}
