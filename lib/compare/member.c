// SPDX-License-Identifier: GPL-2.0-or-later
// The members of an answer that depart on purpose.
#include "compare/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool is_called(const struct place *place, const char *name) {
    return place && !place->element && text_equal(place->name, text_of(name));
}

// "ticket" itself, or an element of "tickets".
static bool is_ticket(const struct place *place) {
    return place && ((is_called(place, "ticket") && !place->parent) ||
                     (place->element && is_called(place->parent, "tickets") && !place->parent->parent));
}

static bool is_listed_ticket(const struct place *place) {
    return is_ticket(place) && place->element;
}

static bool is_entry(const struct place *place) {
    return place && place->element && is_called(place->parent, "thread_entries") &&
           is_ticket(place->parent->parent);
}

static struct text text_member(const struct json_value *object, const char *name) {
    return json_value_text(json_member(object, name));
}

static void meet(struct trees *trees, enum departure departure) {
    trees->result->met[departure] = true;
}

// ---- the owner's address: {"email","address"} or {"address"}
// ------------------------------------------------------

static bool is_same_address(struct trees *trees, struct text php, struct text ours) {
    if (text_equal(php, ours)) return true;
    if (!text_equal(php, TEXT("@")) || !ours.data || ours.length) return false;
    meet(trees, DEPARTURE_NO_ADDRESS);
    return true;
}

static bool email_departs(struct trees *trees, const struct json_value *php, const struct json_value *ours) {
    struct text email = text_member(php, "email"), our_email = text_member(ours, "email");
    struct text address = text_member(php, "address"), our_address = text_member(ours, "address");
    if (json_count(php) == 2 && json_count(ours) == 1 && is_same_address(trees, email, our_address)) {
        meet(trees, DEPARTURE_SHAPE_CURRENT);
        return true;
    }
    if (json_count(php) == 1 && json_count(ours) == 2 && is_same_address(trees, address, our_email)) {
        meet(trees, DEPARTURE_SHAPE_DOCUMENTED);
        return true;
    }
    return json_count(php) == 2 && json_count(ours) == 2 && text_equal(email, TEXT("@")) &&
           is_same_address(trees, email, our_email) && is_same_address(trees, address, our_address);
}

// ---- a priority: its row as PHP's ORM holds it, or its description
// -------------------------------------------------

static bool priority_departs(struct trees *trees, const struct json_value *php,
                             const struct json_value *ours) {
    struct text described = text_member(json_member(php, "ht"), "priority_desc");
    struct text our_described = text_member(json_member(ours, "ht"), "priority_desc");
    if (described.data && text_equal(described, json_value_text(ours))) {
        meet(trees, DEPARTURE_PRIORITY_OBJECT);
        return true;
    }
    if (our_described.data && text_equal(our_described, json_value_text(php))) {
        meet(trees, DEPARTURE_PRIORITY_TEXT);
        return true;
    }
    return false;
}

// ---- an editor: the row of an agent or a user, or a name
// -----------------------------------------------------------

// "first last", or the one of them that is there.
static bool is_name_of(struct text first, struct text last, struct text name) {
    if (!first.length || !last.length)
        return text_equal(text_trim(first.length ? first : last), text_trim(name));
    size_t length = first.length + 1 + last.length;
    return name.length == length && memcmp(name.data, first.data, first.length) == 0 &&
           name.data[first.length] == ' ' &&
           memcmp(name.data + first.length + 1, last.data, last.length) == 0;
}

static bool editor_departs(struct trees *trees, const struct json_value *php, const struct json_value *ours) {
    const struct json_value *row = json_member(php, "ht");
    struct text name = json_value_text(ours), whole = text_member(row, "name");
    bool same = whole.data ? text_equal(whole, name)
                           : is_name_of(text_member(row, "firstname"), text_member(row, "lastname"), name);
    if (!row || !name.data || !same) return false;
    meet(trees, DEPARTURE_EDITOR);
    return true;
}

// ---- entries: bare, or within {"model","annotations"}
// --------------------------------------------------------------

static bool is_wrapped(const struct json_value *entry) {
    return json_kind(json_member(entry, "model")) == JSON_OBJECT && json_member(entry, "annotations");
}

static const struct json_value *bare(const struct json_value *entry) {
    return is_wrapped(entry) ? json_member(entry, "model") : entry;
}

static bool entry_departs(struct trees *trees, const struct place *place, const struct json_value *php,
                          const struct json_value *ours) {
    if (!ours) {
        bool hidden = text_equal(text_member(bare(php), "type"), TEXT("N"));
        if (hidden) meet(trees, DEPARTURE_NOTES);
        return hidden;
    }
    if (!php || is_wrapped(php) == is_wrapped(ours)) return false;
    meet(trees, is_wrapped(ours) ? DEPARTURE_SHAPE_CURRENT : DEPARTURE_SHAPE_DOCUMENTED);
    values_compare(trees, place, bare(php), bare(ours));
    return true;
}

static bool entry_key(const struct json_value *entry, struct text *key, char space[24]) {
    const struct json_value *id = json_member(bare(entry), "id");
    snprintf(space, 24, "%" PRId64, json_value_integer(id));
    *key = text_of(space);
    return json_kind(id) == JSON_INTEGER;
}

static bool ticket_key(const struct json_value *ticket, struct text *key, char space[24]) {
    (void)space;
    *key = text_member(ticket, "ticket_number");
    return key->data != NULL;
}

// [["number","310042"],…]
static bool pair_key(const struct json_value *pairs, struct text *key, char space[24]) {
    (void)space;
    *key = json_value_text(json_element(json_element(pairs, 0), 1));
    return key->data != NULL;
}

// ---- the rules
// ------------------------------------------------------------------------------------------------------

static bool status_departs(struct trees *trees, const struct place *place, const struct json_value *php,
                           const struct json_value *ours) {
    bool extra = !php && ours && is_called(place, "status") && is_listed_ticket(place->parent);
    if (extra) meet(trees, DEPARTURE_LIST_STATUS);
    return extra;
}

// PHP's lists leave out a ticket whose status is gone.
static bool ticket_departs(struct trees *trees, const struct json_value *php, const struct json_value *ours) {
    bool broken = !php && json_kind(json_member(ours, "ticket_status")) == JSON_NULL;
    if (broken) meet(trees, DEPARTURE_BROKEN_TICKET);
    return broken;
}

static bool array_departs(struct trees *trees, const struct place *place, const struct json_value *php,
                          const struct json_value *ours) {
    bool both = json_kind(php) == JSON_ARRAY && json_kind(ours) == JSON_ARRAY;
    if (both && is_called(place, "tickets") && !place->parent)
        arrays_pair(trees, place, php, ours, ticket_key);
    else if (both && is_called(place, "thread_entries") && is_ticket(place->parent))
        arrays_pair(trees, place, php, ours, entry_key);
    else
        return false;
    return true;
}

bool member_departs(struct trees *trees, const struct place *place, const struct json_value *php,
                    const struct json_value *ours) {
    if (is_listed_ticket(place)) return ticket_departs(trees, php, ours);
    if (is_entry(place)) return entry_departs(trees, place, php, ours);
    if (array_departs(trees, place, php, ours) || status_departs(trees, place, php, ours)) return true;
    if (!php || !ours) return false;
    if (is_ticket(place->parent) && is_called(place, "priority")) return priority_departs(trees, php, ours);
    if (is_ticket(place->parent) && is_called(place, "user_email")) return email_departs(trees, php, ours);
    bool of_entry =
        is_entry(place->parent) || (is_called(place->parent, "model") && is_entry(place->parent->parent));
    return of_entry && is_called(place, "editor") && editor_departs(trees, php, ours);
}

void trees_compare(struct trees *trees, const struct json_value *php, const struct json_value *ours) {
    static const struct place top = {NULL, {"tickets", 7}, false};
    if (json_kind(php) == JSON_ARRAY && json_kind(ours) == JSON_ARRAY)
        arrays_pair(trees, &top, php, ours, pair_key);
    else
        values_compare(trees, NULL, php, ours);
}
