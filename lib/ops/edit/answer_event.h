// SPDX-License-Identifier: GPL-2.0-or-later
// What the history tells of an edited answer.
#ifndef OPS_EDIT_ANSWER_EVENT_H
#define OPS_EDIT_ANSWER_EVENT_H

#include "base/arena.h"
#include "base/text.h"
#include "ops/edit/answers.h"

// {"0":"old","1":"new","fields":{"22":["old","new"]}} in the arena, of a client's edit {"fields":{…}} alone;
// null when the arena is full. Values as they are stored; a priority ["Normal",2], a date that is none 0, of
// a long text its beginning without tags. It fits the column: long values are cut, not the JSON. spec:
// acting.md 7.1.
struct text answer_event_data(const struct answer_edit *edit, struct arena *arena);

// Data of one event that tells of several edits, and before them of `members` (JSON without braces, may be
// empty): {"topic_id":[1,"2"],"fields":{"20":["Crane","Crane 2"]}}. Null where nothing is told, or the arena
// is full. spec: acting.md 7.2.
struct text answer_event_of_all(struct text members, const struct answer_edits *edits, struct arena *arena);

#endif
