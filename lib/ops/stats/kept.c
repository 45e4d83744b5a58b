// SPDX-License-Identifier: GPL-2.0-or-later
// A few answers, the oldest of which goes when another comes.
#include "ops/stats/kept.h"

#include <stdlib.h>
#include <string.h>

struct text kept_answer_find(const struct kept_answers *kept, struct text question, int64_t now_ms) {
    for (size_t i = 0; i < KEPT_ANSWERS; i++)
        if (kept->of[i].question && now_ms < kept->of[i].until_ms && text_equal(kept->of[i].asked, question))
            return kept->of[i].answer;
    return TEXT_NULL;
}

// The place of the same question, an empty one, or the one that ends first.
static struct kept_answer *place_for(struct kept_answers *kept, struct text question) {
    struct kept_answer *oldest = &kept->of[0];
    for (size_t i = 0; i < KEPT_ANSWERS; i++) {
        struct kept_answer *place = &kept->of[i];
        if (place->question && text_equal(place->asked, question)) return place;
        if (oldest->question && (!place->question || place->until_ms < oldest->until_ms)) oldest = place;
    }
    return oldest;
}

void kept_answer_keep(struct kept_answers *kept, struct text question, struct text answer, int64_t now_ms) {
    if (question.length + answer.length > KEPT_ANSWER_MAX) return;
    struct kept_answer *place = place_for(kept, question);
    char *room = malloc(question.length + answer.length + 1);
    free(place->question);
    *place = (struct kept_answer){.question = room};
    if (!room) return;
    memcpy(room, question.data, question.length);
    memcpy(room + question.length, answer.data, answer.length);
    place->asked = (struct text){room, question.length};
    place->answer = (struct text){room + question.length, answer.length};
    place->until_ms = now_ms + KEPT_SECONDS * 1000;
}

void kept_answers_free(struct kept_answers *kept) {
    for (size_t i = 0; i < KEPT_ANSWERS; i++) free(kept->of[i].question);
    *kept = (struct kept_answers){0};
}
