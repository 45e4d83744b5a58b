// SPDX-License-Identifier: GPL-2.0-or-later
// A canned response that an agent chose.
#include "ops/act/canned.h"

#include "ops/entry/canned_text.h"
#include "store/ticket/canned_choice.h"
#include "store/ticket/files.h"

// As osTicket's panel fills it in when an agent chooses it.
static bool take_text(struct act *act, struct text stored, struct text *text, struct error *error) {
    struct change *change = &act->change;
    if (!text_is_null(*text)) return true;
    act->is_html = help_desk_switch(&change->help_desk, "enable_richtext", true);
    return canned_text_fill(change->context, &change->work, change->ticket_id, CANNED_BY_AGENT, stored, text,
                            error);
}

static bool take_files(struct act *act, int64_t canned_id, struct error *error) {
    struct arena *arena = &act->change.arena;
    struct stored_file *files = NULL;
    size_t count = 0;
    if (!canned_files(act->change.work.db, canned_id, arena, &files, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        struct attached_file attached = {.file = files[i], .name = files[i].name};
        if (!attached_files_add(&act->note.files, arena, &attached, error)) return false;
    }
    return true;
}

bool act_take_canned(struct act *act, struct reference canned, struct text *text, struct error *error) {
    struct change *change = &act->change;
    struct canned_choice choice = {0};
    if (!reference_is_given(canned)) return true;
    int found =
        canned_choice_find(change->work.db, change->ticket_id, canned, &change->arena, &choice, error);
    if (found == 0)
        return act_refuse(ERROR_UNPROCESSABLE, "canned", error,
                          "canned: the ticket's department has no such response");
    return found > 0 && take_text(act, choice.text, text, error) && take_files(act, choice.id, error);
}
