// SPDX-License-Identifier: GPL-2.0-or-later
// Answers that a worker keeps for some seconds, since whoever asks for them asks again and again.
#ifndef OPS_STATS_KEPT_H
#define OPS_STATS_KEPT_H

#include "base/text.h"

#include <stdint.h>

#define KEPT_ANSWERS    16
#define KEPT_ANSWER_MAX 65536 // longer ones are not kept
#define KEPT_SECONDS    10

// All zero at first. A megabyte at most.
struct kept_answers {
    struct kept_answer {
        char *question; // NULL: none; the answer lies behind it
        struct text asked, answer;
        int64_t until_ms;
    } of[KEPT_ANSWERS];
};

// The answer to a question that was asked less than KEPT_SECONDS ago; null: there is none. Valid until the
// next call. `now_ms` is a time of clock_monotonic_ms().
struct text kept_answer_find(const struct kept_answers *kept, struct text question, int64_t now_ms);

// Keeps an answer in the place of the oldest. Nothing where memory is out or it is too long.
void kept_answer_keep(struct kept_answers *kept, struct text question, struct text answer, int64_t now_ms);

void kept_answers_free(struct kept_answers *kept);

#endif
