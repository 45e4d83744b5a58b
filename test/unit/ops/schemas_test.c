// SPDX-License-Identifier: GPL-2.0-or-later
// What the rows of the operation table say of bodies and answers is there, and nothing else is.
#include "ops/schemas.h"

#include "base/words.h"
#include "ops/operation.h"
#include "ops/parameters.h"
#include "ops/read/parts.h"
#include "store/read/ticket_field_names.h"
#include "json/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FILES_MAX 32
#define PREFIX    "#/components/schemas/"

static struct json_value *files[FILES_MAX];

static int read_files(void **state) {
    (void)state;
    assert_true(schema_file_count > 0 && schema_file_count <= FILES_MAX);
    for (size_t i = 0; i < schema_file_count; i++) {
        struct error error;
        error_clear(&error);
        files[i] = json_parse(schema_files[i].text, &error);
        if (json_kind(files[i]) != JSON_OBJECT) fail_msg("%s: %s", schema_files[i].name, error.message);
    }
    return 0;
}

static int free_files(void **state) {
    (void)state;
    for (size_t i = 0; i < schema_file_count; i++) json_free(&files[i]);
    return 0;
}

static const struct json_value *schema(const char *name) {
    const struct json_value *found = NULL;
    for (size_t i = 0; name && i < schema_file_count; i++) {
        const struct json_value *here = json_member(files[i], name);
        if (found && here) fail_msg("there are two schemas %s", name);
        if (here) found = here;
    }
    return found;
}

static void each_row_says_what_it_takes_and_gives(void **state) {
    (void)state;
    for (size_t i = 0; i < operation_count; i++) {
        const struct operation *row = &operations[i];
        if (!schema(row->gives))
            fail_msg("%s: .gives names no schema of lib/ops/schemas/ (%s)", row->name,
                     row->gives ? row->gives : "it is left out");
        if (row->max_body && !schema(row->takes))
            fail_msg("%s: .takes names no schema of lib/ops/schemas/ (%s)", row->name,
                     row->takes ? row->takes : "it is left out");
        if (!row->max_body && row->takes) fail_msg("%s takes no body", row->name);
        if (row->max_body && !json_count(json_member(schema(row->takes), "examples")))
            fail_msg("%s: %s has no example", row->name, row->takes);
        if (row->profile && !json_count(json_member(schema(row->gives_in_profile), "examples")))
            fail_msg("%s: .gives_in_profile names no schema with an example", row->name);
        if (!json_count(json_member(schema(row->gives), "examples")))
            fail_msg("%s: %s has no example", row->name, row->gives);
    }
}

// Goes through a schema with all that is in it; examples are no schemas.
static void each(const struct json_value *value, void (*take)(struct text reference, void *context),
                 void *context) {
    const struct json_value *member;
    struct text name;
    void *cursor = NULL;
    for (size_t i = 0; json_kind(value) == JSON_ARRAY && i < json_count(value); i++)
        each(json_element(value, i), take, context);
    while (json_kind(value) == JSON_OBJECT && json_next_member(value, &cursor, &name, &member)) {
        if (text_equal(name, TEXT("examples"))) continue;
        if (text_equal(name, TEXT("$ref"))) take(json_value_text(member), context);
        each(member, take, context);
    }
}

static void assert_leads_somewhere(struct text reference, void *context) {
    char name[128] = "";
    (void)context;
    assert_true(text_starts_with(reference, TEXT(PREFIX)) && reference.length < sizeof name);
    memcpy(name, reference.data + strlen(PREFIX), reference.length - strlen(PREFIX));
    if (!schema(name)) fail_msg("there is no schema %s", name);
}

static void each_reference_leads_to_a_schema(void **state) {
    (void)state;
    for (size_t i = 0; i < schema_file_count; i++) each(files[i], assert_leads_somewhere, NULL);
}

struct search {
    struct text name;
    bool found;
};

static void compare(struct text reference, void *context) {
    struct search *search = context;
    search->found =
        search->found ||
        (reference.length > strlen(PREFIX) &&
         text_equal((struct text){reference.data + strlen(PREFIX), reference.length - strlen(PREFIX)},
                    search->name));
}

static bool is_named_by_a_row(struct text name) {
    for (size_t i = 0; i < operation_count; i++)
        if (text_equal(name, text_of(operations[i].gives)) ||
            (operations[i].takes && text_equal(name, text_of(operations[i].takes))) ||
            (operations[i].profile && text_equal(name, text_of(operations[i].gives_in_profile))))
            return true;
    // What fcgi/openapi names.
    return text_equal(name, TEXT("FormFiles")) || text_equal(name, TEXT("Failure")) ||
           text_equal(name, TEXT("PhpFailure")) || text_equal(name, TEXT("PhpText"));
}

static void no_schema_is_left_over(void **state) {
    (void)state;
    for (size_t i = 0; i < schema_file_count; i++) {
        const struct json_value *ignored;
        struct search search = {.found = false};
        void *cursor = NULL;
        while (json_next_member(files[i], &cursor, &search.name, &ignored)) {
            search.found = is_named_by_a_row(search.name);
            for (size_t k = 0; k < schema_file_count; k++) each(files[k], compare, &search);
            if (!search.found)
                fail_msg("%s: nothing names %.*s", schema_files[i].name, (int)search.name.length,
                         search.name.data);
        }
    }
}

// Every member of the list is a property.
static void assert_has(const char *name, const char *members) {
    const struct json_value *properties = json_member(schema(name), "properties");
    struct text list = text_of(members), member;
    char word[64];
    while (list_next(&list, &member)) {
        if (text_equal(member, TEXT("all"))) continue;
        assert_true(member.length < sizeof word);
        memcpy(word, member.data, member.length);
        word[member.length] = '\0';
        if (!json_member(properties, word)) fail_msg("%s does not describe %s", name, word);
    }
}

static void a_ticket_is_described_with_every_member_and_part(void **state) {
    (void)state;
    assert_has("Ticket", TICKET_FIELD_NAMES);
    assert_has("Ticket", "entries_last");
    assert_int_equal(TICKET_FIELD_COUNT + 1, json_count(json_member(schema("Ticket"), "properties")));
    assert_has("TicketAnswer", TICKET_PART_NAMES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_says_what_it_takes_and_gives),
        cmocka_unit_test(each_reference_leads_to_a_schema),
        cmocka_unit_test(no_schema_is_left_over),
        cmocka_unit_test(a_ticket_is_described_with_every_member_and_part),
    };
    return cmocka_run_group_tests(tests, read_files, free_files);
}
