// SPDX-License-Identifier: GPL-2.0-or-later
// An XML body as a tree of values.
#include "forms/input.h"

#include "base/buffer.h"
#include "base/trim.h"
#include "markup/xml.h"

// An element that is still open.
struct level {
    struct text name;
    struct input *members;
    size_t count;
    struct buffer text; // its own, without its children's, but for a message
};

struct building {
    struct arena *arena;
    size_t ceiling; // of a text
    struct level levels[XML_DEPTH_MAX];
    size_t depth;
    struct input root; // once it is closed, with its name
};

static struct input *find(struct level *level, struct text name) {
    for (size_t i = 0; i < level->count; i++)
        if (text_equal(level->members[i].name, name)) return &level->members[i];
    return NULL;
}

// What is there already becomes the first of a list.
static bool add_to_list(struct building *building, struct input *member, const struct input *value) {
    struct arena *arena = building->arena;
    if (member->kind != INPUT_LIST) {
        struct input *first = arena_take(arena, sizeof *first);
        if (!first) return false;
        *first = *member;
        first->name = TEXT_NULL;
        *member = (struct input){.kind = INPUT_LIST, .name = member->name, .members = first, .count = 1};
    }
    struct input *element = arena_append(arena, &member->members, &member->count, sizeof *element);
    if (!element) return false;
    *element = *value;
    element->name = TEXT_NULL;
    return true;
}

static bool add_member(struct building *building, struct input *value, struct error *error) {
    if (building->depth == 0) {
        building->root = *value;
        return true;
    }
    struct level *level = &building->levels[building->depth - 1];
    struct input *twin = find(level, value->name);
    if (twin) return add_to_list(building, twin, value) || error_too_large(error);
    struct input *member = arena_append(building->arena, &level->members, &level->count, sizeof *member);
    if (!member) return error_too_large(error);
    *member = *value;
    return true;
}

static bool open_element(void *context, struct text name, struct error *error) {
    struct building *building = context;
    struct level *level = &building->levels[building->depth++];
    *level = (struct level){.name = arena_copy(building->arena, name), .text = buffer_new(building->ceiling)};
    return !building->arena->failed || error_too_large(error);
}

static bool add_attribute(void *context, struct text name, struct text value, struct error *error) {
    struct building *building = context;
    struct input member = {.kind = INPUT_TEXT,
                           .name = arena_copy(building->arena, name),
                           .text = arena_copy(building->arena, value)};
    if (building->arena->failed) return error_too_large(error);
    return add_member(building, &member, error);
}

static bool add_text(void *context, struct text piece, struct error *error) {
    struct building *building = context;
    struct buffer *text = &building->levels[building->depth - 1].text;
    buffer_add_text(text, piece);
    // Who forgets to escape the tags of a message shall not lose its text.
    struct level *message = building->depth > 2 ? &building->levels[1] : NULL;
    if (message && text_equal(message->name, TEXT("message"))) buffer_add_text(&message->text, piece);
    return (!text->failed && !(message && message->text.failed)) || error_too_large(error);
}

static bool close_element(void *context, struct error *error) {
    struct building *building = context;
    struct level *level = &building->levels[--building->depth];
    struct text text = arena_copy(building->arena, trim_as_php(buffer_text(&level->text)));
    struct input value = {.name = level->name, .kind = INPUT_TEXT, .text = text};
    buffer_free(&level->text);
    if (building->arena->failed) return error_too_large(error);
    if (level->count) {
        if (text.length) {
            struct input *own = arena_append(building->arena, &level->members, &level->count, sizeof *own);
            if (!own) return error_too_large(error);
            *own = (struct input){.kind = INPUT_TEXT, .name = INPUT_OWN_TEXT, .text = text};
        }
        value = (struct input){
            .name = level->name, .kind = INPUT_MAP, .members = level->members, .count = level->count};
    }
    return add_member(building, &value, error);
}

// The members of a root <ticket>. Any other root is itself the only member, so that what is missing is told
// as PHP tells it.
static bool unwrap(struct building *building, struct input *input, struct error *error) {
    struct input *root = &building->root;
    *input = (struct input){.kind = INPUT_MAP};
    if (text_equal(root->name, TEXT("ticket")) && root->kind == INPUT_MAP) {
        *input = *root;
        input->name = TEXT_NULL;
        return true;
    }
    if (text_equal(root->name, TEXT("ticket"))) return true;
    input->members = arena_take(building->arena, sizeof *input->members);
    if (!input->members) return error_too_large(error);
    *input->members = *root;
    input->count = 1;
    return true;
}

bool input_read_xml(struct text body, struct arena *arena, struct input *input, struct error *error) {
    static const struct xml_events events = {open_element, add_attribute, add_text, close_element};
    struct building building = {.arena = arena, .ceiling = body.length * 3 + 16};
    bool done = markup_read_xml(body, &events, &building, error) && unwrap(&building, input, error);
    while (building.depth) buffer_free(&building.levels[--building.depth].text);
    return done;
}
