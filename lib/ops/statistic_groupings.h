// SPDX-License-Identifier: GPL-2.0-or-later
// What tickets are counted by, in the order of enum ticket_grouping.
#ifndef OPS_STATISTIC_GROUPINGS_H
#define OPS_STATISTIC_GROUPINGS_H

// clang-format off
#define STATISTIC_GROUPINGS_EACH(FIRST, NEXT) \
    FIRST(status) \
    NEXT(state) \
    NEXT(department) \
    NEXT(staff) \
    NEXT(team) \
    NEXT(topic) \
    NEXT(priority) \
    NEXT(source)
// clang-format on

// "status,state,…": what `group` takes.
#define STATISTIC_GROUPINGS        STATISTIC_GROUPINGS_EACH(STATISTIC_FIRST_WORD, STATISTIC_NEXT_WORD)
#define STATISTIC_FIRST_WORD(word) #word
#define STATISTIC_NEXT_WORD(word)  "," #word

#endif
