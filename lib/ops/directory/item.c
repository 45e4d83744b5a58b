// SPDX-License-Identifier: GPL-2.0-or-later
// Users and organizations as JSON.
#include "ops/directory/item.h"

#include "base/buffer.h"
#include "crypto/digest.h"
#include "ops/read/fields.h"
#include "ops/read/values.h"
#include "store/directory/directory_item.h"

#include <stdio.h>

#define VERSION_TEXT_MAX (4 << 20)

bool item_check_view(const struct operation_context *context, enum item_kind kind, struct error *error) {
    const struct key_rules *rules = principal_view(context->principal);
    if (!rules || (rules->view != KEY_VIEW_NOTHING && !principal_sees_as_client(context->principal)))
        return true;
    return error_set(error, ERROR_SCOPE, "%s are not shown to keys with a client's view",
                     kind == ITEM_USER ? "Users" : "Organizations");
}

const char *item_word(enum item_kind kind) {
    return kind == ITEM_USER ? "user" : "organization";
}

bool item_is_missing(enum item_kind kind, struct error *error) {
    return error_set(error, ERROR_NOT_FOUND, "There is no such %s", item_word(kind));
}

static void write_addresses(struct json_writer *json, struct text addresses) {
    json_name(json, "emails");
    json_open_array(json);
    while (addresses.length) {
        ptrdiff_t end = text_find(addresses, TEXT("\n"), 0);
        size_t length = end < 0 ? addresses.length : (size_t)end;
        json_text(json, (struct text){addresses.data, length});
        length += end >= 0;
        addresses = (struct text){addresses.data + length, addresses.length - length};
    }
    json_close_array(json);
}

static const char *account_word(const struct user_object *user) {
    if (!user->has_account) return "none";
    if (user->account_status & ACCOUNT_FLAG_LOCKED) return "locked";
    return user->account_status & ACCOUNT_FLAG_CONFIRMED ? "active" : "pending";
}

// Without what changes by itself: times and counts.
static void write_user_members(struct json_writer *json, const struct user_object *user) {
    json_integer_member(json, "id", user->id);
    json_text_member(json, "name", user->name);
    json_text_member(json, "email", user->address);
    write_addresses(json, user->addresses);
    value_named(json, "organization", user->organization);
    value_boolean(json, "primary_contact", user->organization.id && user->status & USER_FLAG_PRIMARY_CONTACT);
    json_name(json, "account");
    json_open_object(json);
    json_name(json, "status");
    json_string(json, account_word(user));
    json_close_object(json);
}

static void write_counts(struct json_writer *json, int64_t open, int64_t closed) {
    json_name(json, "tickets");
    json_open_object(json);
    json_integer_member(json, "open", open);
    json_integer_member(json, "closed", closed);
    json_close_object(json);
}

static void write_user_rest(struct json_writer *json, const struct user_object *user, struct view view) {
    value_time(json, "created", user->created, view);
    value_time(json, "updated", user->updated, view);
    write_counts(json, user->open_tickets, user->closed_tickets);
}

static void write_manager(struct json_writer *json, const struct organization_object *organization) {
    bool both = organization->first_name.length && organization->last_name.length;
    value_text(json, "manager", organization->manager);
    json_name(json, "manager_name");
    if (text_is_null(organization->first_name)) {
        json_text(json, organization->team_name);
        return;
    }
    json_open_string(json);
    json_string_part(json, organization->first_name);
    if (both) json_string_part(json, TEXT(" "));
    json_string_part(json, organization->last_name);
    json_close_string(json);
}

static const char *share_word(int64_t status) {
    if (status & ORGANIZATION_FLAG_ALL_SEE) return "all";
    return status & ORGANIZATION_FLAG_PRIMARY_SEE ? "primary" : "none";
}

static void write_organization_members(struct json_writer *json,
                                       const struct organization_object *organization) {
    int64_t status = organization->status;
    json_integer_member(json, "id", organization->id);
    json_text_member(json, "name", organization->name);
    value_text(json, "domain", organization->domain);
    write_manager(json, organization);
    value_boolean(json, "assign_manager", status & ORGANIZATION_FLAG_ASSIGN_MANAGER);
    value_boolean(json, "all_collaborate", status & ORGANIZATION_FLAG_ALL_COLLABORATE);
    value_boolean(json, "primary_collaborate", status & ORGANIZATION_FLAG_PRIMARY_COLLABORATE);
    json_name(json, "share");
    json_string(json, share_word(status));
}

static void write_organization_rest(struct json_writer *json, const struct organization_object *organization,
                                    struct view view) {
    value_time(json, "created", organization->created, view);
    value_time(json, "updated", organization->updated, view);
    json_integer_member(json, "users", organization->users);
    write_counts(json, organization->open_tickets, organization->closed_tickets);
}

void user_write(struct json_writer *json, const struct user_object *user, struct view view) {
    json_open_object(json);
    write_user_members(json, user);
    write_user_rest(json, user, view);
    json_close_object(json);
}

void organization_write(struct json_writer *json, const struct organization_object *organization,
                        struct view view) {
    json_open_object(json);
    write_organization_members(json, organization);
    write_organization_rest(json, organization, view);
    json_close_object(json);
}

static void write_members(struct json_writer *json, const struct item *item) {
    if (item->kind == ITEM_USER)
        write_user_members(json, &item->user);
    else
        write_organization_members(json, &item->organization);
}

static void write_short(struct json_writer *json, const struct item *item) {
    bool of_user = item->kind == ITEM_USER;
    json_integer_member(json, "id", of_user ? item->user.id : item->organization.id);
    json_text_member(json, "name", of_user ? item->user.name : item->organization.name);
}

void item_write(struct json_writer *json, const struct item *item, bool whole, struct view view) {
    json_name(json, item_word(item->kind));
    json_open_object(json);
    if (!whole) {
        write_short(json, item);
    } else {
        write_members(json, item);
        fields_write(json, item->fields, item->field_count);
        if (item->kind == ITEM_USER)
            write_user_rest(json, &item->user, view);
        else
            write_organization_rest(json, &item->organization, view);
    }
    json_close_object(json);
}

// Out of what can be changed of it, as it would be shown: neither the times of the asking nor tickets count.
static bool make_version(struct item *item, struct error *error) {
    unsigned char digest[DIGEST_SHA256_SIZE];
    struct buffer text = buffer_new(VERSION_TEXT_MAX);
    struct output output;
    struct json_writer json;
    output_to_buffer(&output, &text);
    json_writer_init(&json, &output);
    json_open_object(&json);
    write_members(&json, item);
    fields_write(&json, item->fields, item->field_count);
    json_close_object(&json);
    bool done = output_flush(&output) && !text.failed;
    if (!done) error_too_large(error);
    if (done && !digest_sha256(buffer_text(&text), digest))
        done = error_set(error, ERROR_INTERNAL, "a version cannot be made");
    buffer_free(&text);
    if (done) digest_hex(digest, ITEM_VERSION_DIGITS / 2, item->version);
    return done;
}

int item_read(struct db *db, enum item_kind kind, int64_t id, struct view view, struct arena *arena,
              struct item *item, struct error *error) {
    bool of_user = kind == ITEM_USER;
    *item = (struct item){.kind = kind};
    struct item_answers answers;
    int found = of_user ? user_item_read(db, id, view, arena, &item->user, &answers, error)
                        : organization_item_read(db, id, view, arena, &item->organization, &answers, error);
    if (found <= 0) return found;
    item->fields = answers.fields;
    item->field_count = answers.count;
    return make_version(item, error) ? 1 : -1;
}
