// SPDX-License-Identifier: GPL-2.0-or-later
// Paths against patterns. Both are walked segment by segment; what a request sent is decoded as it is walked,
// so that nothing is decoded twice and an encoded slash parts nothing.
#include "ops/route.h"

#include "base/digits.h"

#include <stdio.h>
#include <string.h>

#define ENCODED 3 // bytes of %XX

// A path cut at "/".
struct segments {
    size_t count; // 0: no path, or more than any operation has
    struct text of[ROUTE_SEGMENTS_MAX];
};

// What fitted a pattern's parameters, raw.
struct captured {
    size_t count;
    struct {
        struct text name, raw;
    } of[ROUTE_PARAMETERS_MAX];
};

static const struct text method_names[METHOD_OTHER] = {
    [METHOD_GET] = {"GET", 3}, [METHOD_HEAD] = {"HEAD", 4},   [METHOD_POST] = {"POST", 4},
    [METHOD_PUT] = {"PUT", 3}, [METHOD_PATCH] = {"PATCH", 5}, [METHOD_DELETE] = {"DELETE", 6},
};

enum method route_method(const char *name) {
    enum method method = METHOD_GET;
    while (method < METHOD_OTHER && !text_equal(text_of(name), method_names[method])) method++;
    return method;
}

void route_methods(unsigned methods, char list[ROUTE_METHODS_SIZE]) {
    size_t used = 0;
    list[0] = '\0';
    for (enum method method = METHOD_GET; method < METHOD_OTHER; method++)
        if (methods & 1u << method)
            used += (size_t)snprintf(list + used, ROUTE_METHODS_SIZE - used, "%s%s", used ? ", " : "",
                                     method_names[method].data);
}

static struct text behind(struct text text, size_t bytes) {
    return (struct text){text.data + bytes, text.length - bytes};
}

static void cut(struct text path, struct segments *segments) {
    segments->count = 0;
    if (!path.length || *path.data != '/') return;
    while (path.length) {
        while (path.length && *path.data == '/') path = behind(path, 1);
        const char *end = path.length ? memchr(path.data, '/', path.length) : NULL;
        struct text segment = {path.data, end ? (size_t)(end - path.data) : path.length};
        if (segments->count == ROUTE_SEGMENTS_MAX) {
            segments->count = 0;
            return;
        }
        segments->of[segments->count++] = segment;
        path = behind(path, segment.length);
    }
}

// The next byte, decoded. A "%" that begins no %XX stands for itself.
static char take(struct text *raw) {
    int byte = *raw->data == '%' ? digits_hexadecimal(*raw, 1) : -1;
    char c = byte < 0 ? *raw->data : (char)byte;
    *raw = behind(*raw, byte < 0 ? 1 : ENCODED);
    return c;
}

// Takes the pattern's fixed text at *pattern, which moves behind it, off `raw`. Plain bytes on a way of their
// own: most of a walk is here.
static bool take_fixed(struct text *raw, const char **pattern) {
    const char *at = *pattern, *sent = raw->data, *end = sent + raw->length;
    for (; *at && *at != '/' && *at != '{'; at++) {
        if (sent == end) return false;
        if (*sent == '%') {
            struct text rest = {sent, (size_t)(end - sent)};
            if (take(&rest) != *at) return false;
            sent = rest.data;
        } else if (*sent++ != *at) {
            return false;
        }
    }
    *raw = (struct text){sent, (size_t)(end - sent)};
    *pattern = at;
    return true;
}

static size_t decoded_length(struct text raw) {
    size_t length = 0;
    for (; raw.length; length++) take(&raw);
    return length;
}

// Takes the fixed text of `length` bytes off the end of `raw`, of which something must be left.
static bool drop_fixed(struct text *raw, const char *fixed, size_t length) {
    if (!length) return raw->length != 0;
    size_t all = decoded_length(*raw);
    struct text end = *raw;
    if (all <= length) return false;
    for (size_t i = 0; i < all - length; i++) take(&end);
    raw->length -= end.length;
    return take_fixed(&end, &fixed);
}

// The same for the parameter at *pattern and what is fixed behind it.
static bool take_parameter(struct text *raw, const char **pattern, struct captured *captured) {
    const char *name = *pattern + 1, *fixed = strchr(name, '}') + 1;
    size_t length = 0;
    while (fixed[length] && fixed[length] != '/') length++;
    if (captured->count == ROUTE_PARAMETERS_MAX || !drop_fixed(raw, fixed, length)) return false;
    captured->of[captured->count].name = (struct text){name, (size_t)(fixed - name) - 1};
    captured->of[captured->count++].raw = *raw;
    raw->length = 0;
    *pattern = fixed + length;
    return true;
}

// Whether `raw` fits the pattern's segment at *pattern, which moves to its end.
static bool fits_segment(const char **pattern, struct text raw, struct captured *captured) {
    return take_fixed(&raw, pattern) && (**pattern != '{' || take_parameter(&raw, pattern, captured)) &&
           raw.length == 0;
}

static bool fits(const char *pattern, const struct segments *segments, struct captured *captured) {
    captured->count = 0;
    for (size_t i = 0; i < segments->count; i++)
        if (*pattern++ != '/' || !fits_segment(&pattern, segments->of[i], captured)) return false;
    return *pattern == '\0';
}

bool route_is(struct text path, const char *wanted) {
    struct segments segments;
    struct captured captured;
    cut(path, &segments);
    return segments.count && fits(wanted, &segments, &captured);
}

static const struct operation_parameter *described(const struct operation *operation, struct text name) {
    const struct operation_parameter *parameter = operation->parameters;
    while (parameter && parameter->name && !text_equal(text_of(parameter->name), name)) parameter++;
    return parameter && parameter->name ? parameter : NULL;
}

static bool has_bad_escape(struct text raw) {
    for (size_t i = 0; i < raw.length; i++)
        if (raw.data[i] == '%' && digits_hexadecimal(raw, i + 1) < 0) return true;
    return false;
}

static bool is_id(struct text text) {
    int64_t id;
    return text_to_int64(text, &id) && id > 0;
}

static enum route_fault fault_of(struct text raw, struct text value, enum parameter_kind kind) {
    if (text_is_null(value)) return ROUTE_TOO_LONG;
    if (has_bad_escape(raw)) return ROUTE_BAD_ESCAPE;
    if (!text_is_utf8(value)) return ROUTE_NOT_UTF8;
    if (text_has_control(value)) return ROUTE_CONTROL;
    if (text_equal(value, TEXT(".")) || text_equal(value, TEXT(".."))) return ROUTE_DOTS;
    if (kind == PARAMETER_ID) return is_id(value) ? ROUTE_GOOD : ROUTE_NO_ID;
    // osTicket's number formats may have one.
    return kind != PARAMETER_TICKET && text_find(value, TEXT("/"), 0) >= 0 ? ROUTE_SLASH : ROUTE_GOOD;
}

// Decodes into ROUTE_VALUE_MAX bytes. TEXT_NULL when they are too few.
static struct text decode(struct text raw, char *bytes) {
    size_t length = 0;
    while (raw.length && length < ROUTE_VALUE_MAX) bytes[length++] = take(&raw);
    return raw.length ? TEXT_NULL : (struct text){bytes, length};
}

static void keep(const struct captured *captured, struct route *route) {
    route->count = captured->count;
    for (size_t i = 0; i < captured->count; i++) {
        struct text raw = captured->of[i].raw, name = captured->of[i].name;
        const struct operation_parameter *parameter = described(route->operation, name);
        struct text value = decode(raw, route->bytes + i * ROUTE_VALUE_MAX);
        route->parameters[i].name = name;
        route->parameters[i].value = value;
        route->parameters[i].fault = fault_of(raw, value, parameter ? parameter->kind : PARAMETER_TEXT);
    }
}

static unsigned methods_of(const struct operation *operation) {
    return 1u << operation->method | (operation->with_head ? 1u << METHOD_HEAD : 0);
}

void route_find(const struct operation *rows, size_t count, enum method method, struct text path,
                struct route *route) {
    struct segments segments;
    struct captured captured, kept = {.count = 0};
    bool known = false, fixed = false, of_php = false;
    *route = (struct route){0};
    cut(path, &segments);
    for (size_t i = 0; segments.count && i < count; i++) {
        if (!fits(rows[i].path, &segments, &captured) || (fixed && captured.count)) continue;
        if (!fixed && !captured.count) { // what had parameters does not count any more
            route->operation = NULL;
            route->methods = 0;
            of_php = false;
            fixed = true;
        }
        known = true;
        of_php = of_php || rows[i].of_php;
        route->methods |= methods_of(&rows[i]);
        if (!(methods_of(&rows[i]) & 1u << method)) continue;
        route->operation = &rows[i];
        kept = captured;
    }
    route->own = known && !(route->operation ? route->operation->of_php : of_php);
    if (route->operation) keep(&kept, route);
}

bool route_check(const struct route *route, struct error *error) {
    static const char *const texts[] = {
        [ROUTE_TOO_LONG] = "is too long",
        [ROUTE_BAD_ESCAPE] = "has a % without two hexadecimal digits",
        [ROUTE_NOT_UTF8] = "is not UTF-8",
        [ROUTE_CONTROL] = "contains a control character",
        [ROUTE_DOTS] = "is . or ..",
        [ROUTE_SLASH] = "contains a slash",
        [ROUTE_NO_ID] = "is not a positive integer",
    };
    for (size_t i = 0; i < route->count; i++)
        if (route->parameters[i].fault)
            return error_set(error, ERROR_BAD_REQUEST, "The %.*s in the path %s",
                             (int)route->parameters[i].name.length, route->parameters[i].name.data,
                             texts[route->parameters[i].fault]);
    return true;
}

struct text route_value(const struct route *route, struct text name) {
    for (size_t i = 0; i < route->count; i++)
        if (text_equal(route->parameters[i].name, name)) return route->parameters[i].value;
    return TEXT_NULL;
}
