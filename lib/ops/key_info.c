// SPDX-License-Identifier: GPL-2.0-or-later
// GET /key.json: what the key that asks may do, or the client with a token. Never the key.
#include "base/arena.h"
#include "ops/operations.h"
#include "ops/success.h"
#include "store/people.h"
#include "json/writer.h"

#define ARENA_MAX (1 << 20)

static void write_scopes(struct json_writer *json, unsigned scopes) {
    json_name(json, "scopes");
    json_open_array(json);
    for (size_t i = 0; scope_names[i]; i++)
        if (scopes & (1U << i)) json_string(json, scope_names[i]);
    json_close_array(json);
}

static void write_staff(struct json_writer *json, const struct staff *staff) {
    json_name(json, "staff");
    if (!staff->id) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_integer_member(json, "id", staff->id);
    json_text_member(json, "username", staff->username);
    json_close_object(json);
}

// A client is not told of which departments the key is that signed: he sees what he sees.
static void write_view(struct json_writer *json, const struct key_rules *rules, bool of_client) {
    static const char *const words[] = {
        [KEY_VIEW_ALL] = "all",          [KEY_VIEW_STAFF] = "staff",     [KEY_VIEW_USER] = "user",
        [KEY_VIEW_ORGANIZATION] = "org", [KEY_VIEW_NOTHING] = "nothing",
    };
    json_name(json, "view");
    json_string(json, words[rules->view]);
    json_name(json, "view_id");
    if (rules->view_id)
        json_integer(json, rules->view_id);
    else
        json_null(json);
    json_name(json, "departments");
    if (!rules->has_departments || of_client) {
        json_null(json);
        return;
    }
    json_open_array(json);
    for (size_t i = 0; i < rules->department_count; i++) json_integer(json, rules->departments[i]);
    json_close_array(json);
}

static void write_rate(struct json_writer *json, const struct key_rules *rules) {
    json_name(json, "rate");
    if (rules->rate <= 0) {
        json_null(json);
        return;
    }
    json_open_object(json);
    json_integer_member(json, "a_minute", rules->rate);
    json_integer_member(json, "at_once", rules->burst > 0 ? rules->burst : rate_usual_burst(rules->rate));
    json_close_object(json);
}

static void write_key(struct json_writer *json, const struct principal *principal,
                      const struct staff *staff) {
    const struct key_rules *rules = &principal->rules;
    bool of_client = principal_is_client(principal);
    json_open_object(json);
    json_name(json, "id");
    if (principal->key_id)
        json_integer(json, principal->key_id);
    else
        json_null(json);
    write_scopes(json, principal->scopes);
    json_name(json, "cron");
    json_boolean(json, principal->scopes & SCOPE_CRON);
    write_staff(json, staff);
    json_name(json, "any_staff");
    json_boolean(json, rules->any_staff);
    json_name(json, "system");
    json_boolean(json, rules->is_system);
    write_view(json, rules, of_client);
    write_rate(json, rules);
    json_name(json, "expires");
    json_text(json, *rules->expires ? text_of(rules->expires) : TEXT_NULL);
    if (of_client) {
        json_name(json, "some_tickets");
        json_boolean(json, rules->has_tickets);
    }
    json_close_object(json);
}

bool key_info(struct operation_context *context, struct answer *answer, struct error *error) {
    const struct principal *principal = context->principal;
    struct arena arena = arena_new(ARENA_MAX);
    struct staff staff = {0};
    struct json_writer json;
    bool done = !principal->rules.staff_id ||
                staff_by_id(context->db, principal->rules.staff_id, &arena, &staff, error) >= 0;
    if (done) {
        json_writer_init(&json, answer->output);
        json_open_object(&json);
        json_name(&json, "key");
        write_key(&json, principal, &staff);
        success_write(&json);
        json_close_object(&json);
    }
    arena_free(&arena);
    return done;
}
