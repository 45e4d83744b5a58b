// SPDX-License-Identifier: GPL-2.0-or-later
// The text of a canned response for a ticket.
#include "ops/entry/canned_text.h"

#include "base/buffer.h"
#include "mail/variables/ticket_variables.h"
#include "markup/body.h"
#include "markup/plain.h"
#include "markup/reference.h"
#include "ops/operation.h"

#define TEXT_MAX   (4 << 20)
#define LINE_WIDTH 90 // of osTicket's plain texts

// A response that was typed without tags keeps its line breaks; its references count as in HTML.
static bool make_plain(struct text response, struct buffer *out, struct error *error) {
    if (!markup_has_markup(response)) {
        reference_decode_all(response, out);
        return !out->failed || error_set(error, ERROR_TOO_LARGE, "the canned response is too long");
    }
    struct buffer html = buffer_new(TEXT_MAX);
    buffer_add_text(&html, response);
    bool done = !html.failed || error_set(error, ERROR_TOO_LARGE, "the canned response is too long");
    done = done && markup_html_to_text(buffer_text(&html), LINE_WIDTH, out, error);
    buffer_free(&html);
    return done;
}

bool canned_text_fill(const struct operation_context *context, struct work *work, int64_t ticket_id,
                      enum canned_by by, struct text response, struct text *text, struct error *error) {
    bool rich = help_desk_switch(work->help_desk, "enable_richtext", true);
    bool plain_last = !rich && by == CANNED_BY_AGENT && markup_has_markup(response);
    bool plain_first = !rich && !plain_last;
    struct buffer before = buffer_new(TEXT_MAX), filled = buffer_new(TEXT_MAX), after = buffer_new(TEXT_MAX);
    bool done = !plain_first || make_plain(response, &before, error);
    if (plain_first) response = buffer_text(&before);
    done = done &&
           ticket_variables_expand(work->db, work->arena, context->log, ticket_id,
                                   text_of(context->settings->secret_salt), response, !plain_first, &filled,
                                   error) &&
           (!plain_last || make_plain(buffer_text(&filled), &after, error));
    if (done) *text = arena_copy(work->arena, buffer_text(plain_last ? &after : &filled));
    buffer_free(&before);
    buffer_free(&filled);
    buffer_free(&after);
    return done;
}
