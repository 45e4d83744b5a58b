// SPDX-License-Identifier: GPL-2.0-or-later
// FastCGI parameters to request.
#include "serve/request.h"

#include "auth/pipe_proof.h"
#include "base/buffer.h"
#include "base/words.h"
#include "serve/accept.h"
#include "serve/holding_words.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#define FORWARDED_MAX 8192
#define FOLDERS_MAX   16 // in front of a prefix

// The value of the first parameter `name` at or after *from, which moves behind it. NULL when there is none.
static const char *next_value(char *const *parameters, const char *name, size_t *from) {
    size_t length = strlen(name);
    while (parameters[*from]) {
        const char *parameter = parameters[(*from)++];
        if (strncmp(parameter, name, length) == 0 && parameter[length] == '=') return parameter + length + 1;
    }
    return NULL;
}

static const char *value(char *const *parameters, const char *name) {
    size_t from = 0;
    return next_value(parameters, name, &from);
}

// The next character; a run of slashes is one, as under PHP, where the web server merges them. '\0' at the
// end.
static char next_character(struct text *path) {
    if (!path->length) return '\0';
    char c = *path->data;
    do {
        path->data++;
        path->length--;
    } while (c == '/' && path->length && *path->data == '/');
    return c;
}

static bool take_prefix(struct text *path, struct text prefix) {
    struct text rest = *path;
    for (size_t i = 0; i < prefix.length; i++)
        if (next_character(&rest) != prefix.data[i]) return false;
    *path = rest;
    return rest.length && *rest.data == '/';
}

// Takes the first prefix that fits (longest first) off `path`.
static bool strip_prefix(struct text *path, const struct settings *settings) {
    for (size_t i = 0; i < settings->api.prefix_count; i++) {
        struct text rest = *path;
        if (!take_prefix(&rest, text_of(settings->api.prefixes[i]))) continue;
        *path = rest;
        return true;
    }
    return false;
}

// Takes "/wildcard" off as well.
static void strip_wildcard(struct request *request) {
    struct text rest = request->tail;
    request->by_wildcard = !text_is_null(rest) && take_prefix(&rest, TEXT("/wildcard"));
    if (!request->by_wildcard) return;
    request->script.length += request->tail.length - rest.length;
    request->tail = rest;
}

// Cuts the path of `uri` behind the prefix, in front of which folders may stand, as few as will do.
static void split_uri(const char *uri, const struct settings *settings, struct request *request) {
    struct text whole = {uri, uri ? strcspn(uri, "?") : 0}, rest = whole;
    request->script = request->tail = TEXT_NULL;
    for (int folders = 0; rest.length && *rest.data == '/' && folders <= FOLDERS_MAX; folders++) {
        if (strip_prefix(&rest, settings)) {
            request->script = (struct text){whole.data, whole.length - rest.length};
            request->tail = rest;
            return;
        }
        next_character(&rest);
        while (rest.length && *rest.data != '/') next_character(&rest);
    }
}

static struct text without_blanks(struct text text) {
    while (text.length && text.data[0] == ' ') text = (struct text){text.data + 1, text.length - 1};
    while (text.length && text.data[text.length - 1] == ' ') text.length--;
    return text;
}

// The one key of a list "KEY, KEY"; TEXT_NULL when its elements differ. No key has a comma.
static struct text one_of_equal(struct text list) {
    struct text one = TEXT_NULL;
    if (!list.length) return TEXT_NULL;
    for (struct text key; list_next(&list, &key); one = key) {
        key = without_blanks(key);
        if (!text_is_null(one) && !text_equal(one, key)) return TEXT_NULL;
    }
    return one;
}

// Before 1.23 nginx passes a header that was sent twice as two parameters, since then joined by a comma.
// Which of two keys was meant nobody knows, unless they are equal.
static struct text read_key(char *const *parameters) {
    size_t from = 0;
    struct text key = one_of_equal(text_of(next_value(parameters, "HTTP_X_API_KEY", &from)));
    for (const char *other; (other = next_value(parameters, "HTTP_X_API_KEY", &from));)
        if (!text_equal(key, one_of_equal(text_of(other)))) return TEXT_NULL;
    if (key.length > REQUEST_KEY_MAX) return TEXT_NULL;
    for (size_t i = 0; i < key.length; i++)
        if ((unsigned char)key.data[i] <= ' ' || key.data[i] == 0x7F || key.data[i] == ',') return TEXT_NULL;
    return text_is_utf8(key) ? key : TEXT_NULL;
}

// RFC 6750, 2.1. Other ways to sign in are none of ours.
static struct text read_token(char *const *parameters) {
    static const char scheme[] = "Bearer";
    size_t from = 0;
    const char *sent = next_value(parameters, "HTTP_AUTHORIZATION", &from);
    if (!sent || strncasecmp(sent, scheme, sizeof scheme - 1) != 0) return TEXT_NULL;
    if (sent[sizeof scheme - 1] && sent[sizeof scheme - 1] != ' ') return TEXT_NULL;
    if (next_value(parameters, "HTTP_AUTHORIZATION", &from)) return TEXT("");
    return without_blanks(text_of(sent + sizeof scheme - 1));
}

static bool names_authorization(const char *list) {
    struct text word;
    for (size_t at = 0; words_next(text_of(list), &at, &word);)
        if (text_equal_ignoring_case(word, TEXT("Authorization"))) return true;
    return false;
}

// The operation judges it. Which of two was meant nobody knows.
static struct text read_idempotency_key(char *const *parameters) {
    size_t from = 0;
    struct text key = text_of(next_value(parameters, "HTTP_IDEMPOTENCY_KEY", &from));
    return next_value(parameters, "HTTP_IDEMPOTENCY_KEY", &from) ? TEXT("") : key;
}

static uint64_t random_number(struct request_ids *ids) {
    if (!ids->left) {
        memset(ids->numbers, 0, sizeof ids->numbers);
        ssize_t got = getrandom(ids->numbers, sizeof ids->numbers, 0);
        (void)got; // an id of zeros is better than no answer
        ids->left = sizeof ids->numbers / sizeof *ids->numbers;
    }
    return ids->numbers[--ids->left];
}

static void read_id(const char *sent, struct request_ids *ids, char id[REQUEST_ID_MAX + 1]) {
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    size_t length = sent ? strspn(sent, allowed) : 0;
    if (length > 0 && length <= REQUEST_ID_MAX && sent[length] == '\0') {
        memcpy(id, sent, length + 1);
        return;
    }
    snprintf(id, REQUEST_ID_MAX + 1, "%016llx", (unsigned long long)random_number(ids));
}

// Several X-Forwarded-For headers are one list (RFC 9110, 5.3). What is too long to be read is not believed,
// and neither is the proxy's own address then.
static void read_client(char *const *parameters, const struct settings *settings,
                        char client[ADDRESS_TEXT_MAX]) {
    struct buffer forwarded = buffer_new(FORWARDED_MAX);
    size_t from = 0;
    for (const char *hop; (hop = next_value(parameters, "HTTP_X_FORWARDED_FOR", &from));) {
        if (forwarded.length) buffer_add_char(&forwarded, ',');
        buffer_add_string(&forwarded, hop);
    }
    const char *list = forwarded.failed ? ADDRESS_UNREADABLE : forwarded.length ? forwarded.data : NULL;
    address_resolve(value(parameters, "REMOTE_ADDR"), list, settings->api.trusted_proxies,
                    settings->api.trusted_count, client);
    buffer_free(&forwarded);
}

// Whether an answer is asked for that PHP does not give where it has the path. Such a request is ours alone.
static bool asks_for_profile(char *const *parameters, const struct operation *operation) {
    size_t from = 0;
    if (!operation || !operation->profile) return false;
    for (const char *accept; (accept = next_value(parameters, "HTTP_ACCEPT", &from));)
        if (accept_asks_for(text_of(accept), operation->profile)) return true;
    return false;
}

// The adapter whose row has the path and the method, or, without `whole`, the path alone.
static const struct adapter *find_adapter(const struct settings *settings, struct request *request,
                                          bool whole) {
    const bool is_on[ADAPTER_COUNT] = {
        [ADAPTER_MARKUS] = settings->adapters.markus,
        [ADAPTER_API_PLUS] = settings->adapters.api_plus,
        [ADAPTER_PR5019] = settings->adapters.pr5019,
    };
    for (size_t i = 0; i < ADAPTER_COUNT; i++) {
        const struct adapter *adapter = &adapters[i];
        if (!is_on[i]) continue;
        route_find(adapter->rows, adapter->count, request->method, request->tail, &request->route);
        if (!request->route.own || (whole && !request->route.operation)) continue;
        if (!whole || !adapter->takes || adapter->takes(request->route.operation, text_of(request->query)))
            return adapter;
    }
    return NULL;
}

// Among the paths of the APIs that are spoken as well, then among our own.
static void find_route(const struct settings *settings, struct request *request) {
    request->adapter = find_adapter(settings, request, true);
    if (request->adapter) return;
    route_find(operations, operation_count, request->method, request->tail, &request->route);
    if (request->route.operation || request->route.methods) return;
    request->adapter = find_adapter(settings, request, false);
    if (!request->adapter) request->route = (struct route){0};
}

void request_read(char *const *parameters, const struct settings *settings, struct request_ids *ids,
                  struct request *request) {
    const char *method = value(parameters, "REQUEST_METHOD");
    request->method = route_method(method);
    request->query = value(parameters, "QUERY_STRING");
    request->by_wildcard = false;
    split_uri(value(parameters, "REQUEST_URI"), settings, request);
    if (settings->adapters.wildcard) strip_wildcard(request);
    find_route(settings, request);
    request->in_profile = asks_for_profile(parameters, request->route.operation);
    request->route.own = request->route.own || request->in_profile;
    request->origin = text_of(value(parameters, "HTTP_ORIGIN"));
    request->preflight = method && strcmp(method, "OPTIONS") == 0 && !text_is_null(request->origin) &&
                         value(parameters, "HTTP_ACCESS_CONTROL_REQUEST_METHOD");
    request->preflight_of_token =
        request->preflight && names_authorization(value(parameters, "HTTP_ACCESS_CONTROL_REQUEST_HEADERS"));
    request->web_server_hands_on = value(parameters, "OSTICKET_FCGI_HANDS_ON");
    request->key = read_key(parameters);
    request->token = read_token(parameters);
    request->idempotency_key = read_idempotency_key(parameters);
    request->known_versions = text_of(value(parameters, "HTTP_IF_NONE_MATCH"));
    request->wanted_versions = text_of(value(parameters, "HTTP_IF_MATCH"));
    request->acting_as = text_of(value(parameters, "HTTP_X_ACT_AS"));
    request->range = text_of(value(parameters, "HTTP_RANGE"));
    request->range_if = text_of(value(parameters, "HTTP_IF_RANGE"));
    request->waited = text_of(value(parameters, HELD_PARAMETER));
    request->pipe_proof = text_of(value(parameters, PIPE_PROOF_PARAMETER));
    request->content_length = value(parameters, "CONTENT_LENGTH");
    request->content_type = text_of(value(parameters, "CONTENT_TYPE"));
    read_id(value(parameters, "HTTP_X_REQUEST_ID"), ids, request->id);
    read_client(parameters, settings, request->client);
}
