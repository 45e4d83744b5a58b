// SPDX-License-Identifier: GPL-2.0-or-later
// Whether the addresses of a new ticket can be written to.
#include "ops/create/address.h"

#include "dns/mail_domain.h"
#include "json/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define ADDRESS_MAX 255 // characters
#define LOOK_UP_MS  900
#define COMPLAINT   TEXT("Enter a valid email address")

// Domains and whose they are.
struct checking {
    struct create_draft *draft;
    struct mail_domain domains[MAIL_DOMAINS_MAX];
    struct checked {
        struct form_errors *errors; // of its form
        const struct form_field *field;
        size_t domain;
    } items[MAIL_DOMAINS_MAX];
    size_t domain_count, count;
};

// [192.0.2.1] has no domain to ask about; to PHP no such domain exists.
static struct text domain_of(struct text address) {
    address = text_trim(address);
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    return at ? (struct text){at + 1, (size_t)(address.data + address.length - at - 1)} : TEXT_NULL;
}

static size_t find_domain(struct checking *checking, struct text name) {
    size_t place = 0;
    while (place < checking->domain_count && !text_equal_ignoring_case(checking->domains[place].name, name))
        place++;
    if (place == checking->domain_count && place < MAIL_DOMAINS_MAX)
        checking->domains[checking->domain_count++].name = name;
    return place;
}

// More than can be asked for are let through.
static void add(struct checking *checking, struct form_errors *errors, const struct form_field *field,
                struct text address) {
    struct text name = domain_of(address);
    size_t domain = name.data ? find_domain(checking, name) : MAIL_DOMAINS_MAX;
    if (domain == MAIL_DOMAINS_MAX || checking->count == MAIL_DOMAINS_MAX) return;
    checking->items[checking->count++] = (struct checked){errors, field, domain};
}

static struct text setting(struct create_draft *draft, const struct form_field *field, const char *name) {
    struct error ignored = {0};
    struct json_value *root = field->configuration.length ? json_parse(field->configuration, &ignored) : NULL;
    struct text text = arena_copy(&draft->arena, json_value_text(json_member(root, name)));
    json_free(&root);
    return text;
}

static struct text key_of(const struct form_field *field, char digits[24]) {
    snprintf(digits, 24, "%" PRId64, field->id);
    return text_of(digits);
}

static bool has_error(const struct form_errors *errors, const struct form_field *field) {
    char digits[24];
    for (size_t i = 0; i < errors->count; i++)
        if (text_equal(errors->items[i].key, key_of(field, digits))) return true;
    return false;
}

static void add_answers(struct checking *checking, struct form_errors *errors,
                        const struct form_answers *answers) {
    for (size_t i = 0; i < answers->count; i++) {
        const struct answer_value *answer = &answers->values[i];
        const struct form_field *field = answer->field;
        if (answer->shown.length && !field->disabled && text_equal(field->type, TEXT("text")) &&
            !has_error(errors, field) &&
            text_equal(setting(checking->draft, field, "validator"), TEXT("email")))
            add(checking, errors, field, answer->shown);
    }
}

// The place of a field among those of the ticket's forms, whose errors are told in this order.
static size_t place_of(const struct create_draft *draft, struct text key) {
    size_t place = 0;
    char digits[24];
    for (size_t i = 0; i < draft->ticket_answers.count; i++, place++)
        if (text_equal(key_of(draft->ticket_answers.values[i].field, digits), key)) return place;
    for (size_t i = 0; i < draft->topic_answer_count; i++)
        for (size_t j = 0; j < draft->topic_answers[i].count; j++, place++)
            if (text_equal(key_of(draft->topic_answers[i].values[j].field, digits), key)) return place;
    return place;
}

// Adds the error where it belongs in the order of the fields.
static bool complain(struct create_draft *draft, const struct checked *checked, struct error *error) {
    struct form_errors *errors = checked->errors;
    char digits[24];
    struct text key = arena_copy(&draft->arena, key_of(checked->field, digits));
    struct text own = setting(draft, checked->field, "validator-error");
    if (!form_errors_add(errors, &draft->arena, key, own.length ? own : COMPLAINT))
        return error_too_large(error);
    struct form_error added = errors->items[errors->count - 1];
    size_t at = errors->count - 1;
    while (at > 0 && place_of(draft, errors->items[at - 1].key) > place_of(draft, key)) {
        errors->items[at] = errors->items[at - 1];
        at--;
    }
    errors->items[at] = added;
    return true;
}

static void gather(struct checking *checking) {
    struct create_draft *draft = checking->draft;
    bool topic_counts = draft->desk.topic_requested && draft->desk.topic.active;
    if (!draft->desk.user.id && !draft->user_errors.count) {
        add(checking, &draft->user_errors, NULL, draft->request.email);
        add_answers(checking, &draft->user_errors, &draft->user_answers);
    }
    add_answers(checking, &draft->ticket_errors, &draft->ticket_answers);
    for (size_t i = 0; topic_counts && i < draft->topic_answer_count; i++)
        add_answers(checking, &draft->topic_errors, &draft->topic_answers[i]);
}

bool create_check_address_length(const struct create_draft *draft, struct error *error) {
    struct text email = draft->request.email;
    return text_cut(email, ADDRESS_MAX).length == email.length ||
           error_set(error, ERROR_BAD_REQUEST,
                     "Unable to create new ticket :user\nIncomplete client information");
}

bool create_check_address(struct create_draft *draft, struct error *error) {
    struct checking checking = {.draft = draft};
    // Of a ticket by mail nothing is checked.
    if (!help_desk_switch(&draft->help_desk, "verify_email_addrs", true) ||
        text_equal_ignoring_case(draft->request.source, TEXT("email")))
        return true;
    gather(&checking);
    if (draft->arena.failed) return error_too_large(error);
    if (!checking.count) return true;
    mail_domains_look_up(draft->context->settings->resolver, checking.domains, checking.domain_count,
                         LOOK_UP_MS);
    for (size_t i = 0; i < checking.count; i++) {
        const struct checked *checked = &checking.items[i];
        if (checking.domains[checked->domain].state != MAIL_DOMAIN_TAKES_NONE) continue;
        // Nobody is told which of a user's fields it was.
        bool of_user = checked->errors == &draft->user_errors;
        if (of_user && !form_errors_add(checked->errors, &draft->arena, TEXT("email"), COMPLAINT))
            return error_too_large(error);
        if (!of_user && !complain(draft, checked, error)) return false;
    }
    return true;
}
