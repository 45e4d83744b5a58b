// SPDX-License-Identifier: GPL-2.0-or-later
// What two answers to the same request have in common, and what explains the rest.
#include "compare/comparison.h"

#include "compare/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Both answers with their trees; NULL where a body is no JSON.
struct pair {
    const struct compared_answer *php, *ours;
    struct json_value *php_tree, *our_tree;
    struct text path;
    struct comparison *result;
};

static bool names(struct text path, const char *operation) {
    struct text wanted = text_of(operation);
    return text_starts_with(path, wanted) &&
           (path.length == wanted.length || path.data[wanted.length] == '?');
}

static bool is_failure(const struct json_value *tree) {
    return text_equal(json_value_text(json_member(tree, "status_code")), TEXT("FAILURE"));
}

static bool meet(struct pair *pair, enum departure departure) {
    pair->result->met[departure] = true;
    return true;
}

// "application/json;charset=utf-8" of "application/json; charset=UTF-8".
static bool is_same_type(struct text one, struct text other) {
    size_t i = 0, k = 0;
    for (;;) {
        while (i < one.length && one.data[i] == ' ') i++;
        while (k < other.length && other.data[k] == ' ') k++;
        if (i == one.length || k == other.length) return i == one.length && k == other.length;
        if (!text_equal_ignoring_case((struct text){one.data + i++, 1}, (struct text){other.data + k++, 1}))
            return false;
    }
}

static bool says(const struct compared_answer *answer, int status, const char *body) {
    return answer->status == status && text_equal(answer->body, text_of(body));
}

// What departs as a whole, so that nothing within is to be compared.
static bool answer_departs(struct pair *pair) {
    const struct compared_answer *php = pair->php, *ours = pair->ours;
    bool of_person =
        names(pair->path, "/tickets/staffTickets") || names(pair->path, "/tickets/clientTickets");
    bool failed = is_failure(pair->php_tree), our_failed = is_failure(pair->our_tree);
    if (says(php, 400, "URL not supported") && ours->status != 400) return meet(pair, DEPARTURE_NO_CALL);
    if (php->status == 302 && says(php, 302, "<html></html>")) return meet(pair, DEPARTURE_FORCE_HTTPS);
    if (of_person && failed && php->status == 500 && our_failed && ours->status == 404)
        return meet(pair, DEPARTURE_UNKNOWN_PERSON);
    if (failed && ours->status == 200 && pair->our_tree && !our_failed)
        return meet(pair, DEPARTURE_BROKEN_TICKET);
    if (names(pair->path, "/tickets/ticketInfo") && says(php, 404, "Invalid ticket number") &&
        ours->status == 200)
        return meet(pair, DEPARTURE_NUMBER_WITH_LETTERS);
    if (php->status == 200 && !php->body.length && ours->status == 200 && pair->our_tree)
        return meet(pair, DEPARTURE_NO_UTF8);
    return false;
}

static void differ(struct comparison *result, const char *where, struct text php, struct text ours) {
    if (result->unknown++) return;
    snprintf(result->where, sizeof result->where, "%s", where);
    char *to[] = {result->php, result->ours};
    const struct text from[] = {php, ours};
    for (size_t i = 0; i < 2; i++) {
        size_t length = from[i].length < COMPARISON_VALUE_MAX - 1 ? from[i].length : COMPARISON_VALUE_MAX - 1;
        for (size_t k = 0; k < length; k++) {
            unsigned char byte = (unsigned char)from[i].data[k];
            to[i][k] = byte >= ' ' && byte < 0x7F ? (char)byte : '.';
        }
        to[i][length] = '\0';
    }
}

static void differ_in_status(struct pair *pair) {
    char php[16], ours[16];
    snprintf(php, sizeof php, "%d", pair->php->status);
    snprintf(ours, sizeof ours, "%d", pair->ours->status);
    differ(pair->result, "status", text_of(php), text_of(ours));
}

static void compare_bytes(struct pair *pair) {
    struct text php = pair->php->body, ours = pair->ours->body;
    size_t at = 0, start;
    char where[48];
    while (at < php.length && at < ours.length && php.data[at] == ours.data[at]) at++;
    if (at == php.length && at == ours.length) return;
    snprintf(where, sizeof where, "bytes at %zu", at);
    start = at > 20 ? at - 20 : 0;
    differ(pair->result, where, (struct text){php.length ? php.data + start : "", php.length - start},
           (struct text){ours.length ? ours.data + start : "", ours.length - start});
}

static void compare_contents(struct pair *pair) {
    struct trees trees = {pair->result};
    if (pair->php->status != pair->ours->status) {
        differ_in_status(pair);
        return;
    }
    if (!is_same_type(pair->php->type, pair->ours->type))
        differ(pair->result, "type", pair->php->type, pair->ours->type);
    if (pair->php_tree && pair->our_tree) trees_compare(&trees, pair->php_tree, pair->our_tree);
    // Where nothing departs, not even the way of writing may.
    if (!pair->result->unknown && !comparison_departs(pair->result)) compare_bytes(pair);
}

static struct json_value *parse(struct text body) {
    struct error *error = calloc(1, sizeof *error); // larger than a frame should be
    struct json_value *tree = error && body.length ? json_parse_large(body, error) : NULL;
    free(error);
    return tree;
}

void comparison_make(struct text path, const struct compared_answer *php, const struct compared_answer *ours,
                     struct comparison *result) {
    struct pair pair = {php, ours, parse(php->body), parse(ours->body), path, result};
    *result = (struct comparison){0};
    if (!answer_departs(&pair)) compare_contents(&pair);
    json_free(&pair.php_tree);
    json_free(&pair.our_tree);
}

bool comparison_departs(const struct comparison *comparison) {
    for (size_t i = 0; i < DEPARTURE_COUNT; i++)
        if (comparison->met[i]) return true;
    return false;
}
