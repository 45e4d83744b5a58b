// SPDX-License-Identifier: GPL-2.0-or-later
// Two JSON trees beside each other. Private to this room.
#ifndef COMPARE_TREE_H
#define COMPARE_TREE_H

#include "compare/comparison.h"
#include "json/reader.h"

// Where in the trees the comparison stands.
struct place {
    const struct place *parent;
    struct text name; // of a member, or the number or id that pairs two elements
    bool element;
};

struct trees {
    struct comparison *result;
};

// Notes a difference that nothing explains.
void trees_differ(struct trees *trees, const struct place *place, const struct json_value *php,
                  const struct json_value *ours);

// Compares two whole answers.
void trees_compare(struct trees *trees, const struct json_value *php, const struct json_value *ours);

// The rules of members that depart on purpose; false where the plain comparison is to be made.
bool member_departs(struct trees *trees, const struct place *place, const struct json_value *php,
                    const struct json_value *ours);

// The plain comparison of two values, members and elements included.
void values_compare(struct trees *trees, const struct place *place, const struct json_value *php,
                    const struct json_value *ours);

// Arrays whose elements are paired by the text or integer that `key` finds in them.
typedef bool element_key(const struct json_value *element, struct text *key, char space[24]);
void arrays_pair(struct trees *trees, const struct place *place, const struct json_value *php,
                 const struct json_value *ours, element_key *key);

#endif
