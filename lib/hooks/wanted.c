// SPDX-License-Identifier: GPL-2.0-or-later
// Which changes a webhook is told.
#include "hooks/wanted.h"

#include "auth/principal.h"
#include "base/words.h"
#include "store/view/seen_ids.h"
#include "store/webhook/webhooks.h"

#include <stdio.h>

// Whether a comma list has the word; an empty one has all.
static bool has(struct text list, struct text word) {
    if (!list.length) return true;
    for (struct text item; list_next(&list, &item);)
        if (text_equal(item, word)) return true;
    return false;
}

static bool has_number(struct text list, int64_t number) {
    char word[24];
    snprintf(word, sizeof word, "%lld", (long long)number);
    return has(list, text_of(word));
}

bool webhook_asks_for(const struct webhook *webhook, const struct change *change) {
    int64_t from = change->lane == LANE_EVENTS ? webhook->from_event : webhook->from_entry;
    return change->type != CHANGE_NONE && change->id > from &&
           has(webhook->types, text_of(change_type_name(change->type))) &&
           (!change->is_note || webhook->private_entries) &&
           has_number(webhook->departments, change->department_id);
}

bool wanted_narrow(struct db *db, const struct principal *principal, const struct change *changes,
                   size_t count, bool *wanted, struct error *error) {
    const struct key_rules *rules = principal_view(principal);
    bool hides_notes = principal_hides_notes(principal);
    for (size_t i = 0; i < count; i++)
        if (changes[i].is_note && hides_notes) wanted[i] = false;
    for (size_t i = 0; rules && i < count; i += SEEN_IDS_MAX) {
        int64_t ids[SEEN_IDS_MAX];
        bool seen[SEEN_IDS_MAX];
        size_t some = count - i < SEEN_IDS_MAX ? count - i : SEEN_IDS_MAX;
        for (size_t c = 0; c < some; c++)
            ids[c] = changes[i + c].ticket_is_gone ? 0 : changes[i + c].ticket_id;
        if (!seen_ids(db, rules, ids, some, seen, error)) return false;
        for (size_t c = 0; c < some; c++) wanted[i + c] = wanted[i + c] && seen[c];
    }
    return true;
}
