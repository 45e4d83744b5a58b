// SPDX-License-Identifier: GPL-2.0-or-later
// PHP's regular expressions over PCRE2.
#include "pattern/pattern.h"

#include <stdint.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define MATCH_LIMIT    1000000 // PHP's pcre.backtrack_limit
#define DEPTH_LIMIT    100000  // PHP's pcre.recursion_limit
#define HEAP_LIMIT_KIB 16384
#define STEPS_MAX      50000000

// A pattern taken out of its delimiters.
struct parsed {
    struct text expression;
    uint32_t options, extra;
};

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static char closing(char opening) {
    switch (opening) {
    case '(': return ')';
    case '[': return ']';
    case '{': return '}';
    case '<': return '>';
    default: return opening;
    }
}

// The offset of the delimiter that ends the expression; brackets nest. -1 where there is none.
static ptrdiff_t find_end(struct text text, char opening) {
    char end = closing(opening);
    size_t depth = 1;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == end && --depth == 0)
            return (ptrdiff_t)i;
        else if (text.data[i] == opening && opening != end)
            depth++;
    }
    return -1;
}

static bool read_flag(char flag, struct parsed *parsed) {
    static const struct {
        char flag;
        uint32_t options;
    } flags[] = {
        {'i', PCRE2_CASELESS},
        {'m', PCRE2_MULTILINE},
        {'s', PCRE2_DOTALL},
        {'x', PCRE2_EXTENDED},
        {'A', PCRE2_ANCHORED},
        {'D', PCRE2_DOLLAR_ENDONLY},
        {'U', PCRE2_UNGREEDY},
        {'J', PCRE2_DUPNAMES},
        {'u', PCRE2_UTF | PCRE2_UCP},
        {'n', PCRE2_NO_AUTO_CAPTURE},
        {'S', 0},
        {' ', 0},
        {'\n', 0},
        {'\r', 0},
    };
    if (flag == 'X') parsed->extra = 0;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].flag == flag) {
            parsed->options |= flags[i].options;
            return true;
        }
    return flag == 'X';
}

static bool parse(struct text pattern, struct parsed *parsed, struct error *error) {
    *parsed = (struct parsed){.extra = PCRE2_EXTRA_BAD_ESCAPE_IS_LITERAL};
    while (pattern.length && is_blank(pattern.data[0])) {
        pattern.data++;
        pattern.length--;
    }
    if (pattern.length > PATTERN_LENGTH_MAX)
        return error_set(error, ERROR_INTERNAL, "a regular expression of %zu bytes is too long",
                         pattern.length);
    char opening = pattern.length ? pattern.data[0] : '\0';
    if (opening == '\0' || opening == '\\' || is_alphanumeric(opening))
        return error_set(error, ERROR_INTERNAL, "a regular expression without a delimiter in front");
    struct text rest = {pattern.data + 1, pattern.length - 1};
    ptrdiff_t end = find_end(rest, opening);
    if (end < 0) return error_set(error, ERROR_INTERNAL, "a regular expression without its end delimiter");
    parsed->expression = (struct text){rest.data, (size_t)end};
    for (size_t i = (size_t)end + 1; i < rest.length; i++)
        if (!read_flag(rest.data[i], parsed))
            return error_set(error, ERROR_INTERNAL, "a regular expression with an unknown flag");
    return true;
}

static bool pcre_error(int code, struct error *error) {
    char message[200];
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)message, sizeof message) < 0) strcpy(message, "?");
    return error_set(error, ERROR_INTERNAL, "a regular expression: %s", message);
}

// NULL with an error. The caller frees with pcre2_code_free().
static pcre2_code *compile(struct text pattern, struct error *error) {
    struct parsed parsed;
    if (!parse(pattern, &parsed, error)) return NULL;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context) {
        error_set(error, ERROR_INTERNAL, "out of memory");
        return NULL;
    }
    int code;
    PCRE2_SIZE offset;
    pcre2_set_compile_extra_options(context, parsed.extra);
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)parsed.expression.data, parsed.expression.length,
                      parsed.options | PCRE2_AUTO_CALLOUT | PCRE2_NEVER_BACKSLASH_C, &code, &offset, context);
    pcre2_compile_context_free(context);
    if (!compiled) pcre_error(code, error);
    return compiled;
}

// PCRE2 counts its limits anew at each place where it starts to look. This counts all of a search: a step is
// an item of the expression tried, or a byte that an item has taken.
struct steps {
    size_t taken, position;
};

static int count_step(pcre2_callout_block *callout, void *data) {
    struct steps *steps = data;
    size_t from = steps->position, to = callout->current_position;
    steps->taken += 1 + (to > from ? to - from : 0);
    steps->position = to;
    return steps->taken > STEPS_MAX ? PCRE2_ERROR_MATCHLIMIT : 0;
}

// `found`: the first part that fits.
static int search(const pcre2_code *compiled, struct text subject, struct text *found) {
    struct steps steps = {0, 0};
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    int code = PCRE2_ERROR_NOMEMORY;
    if (context && data) {
        pcre2_set_match_limit(context, MATCH_LIMIT);
        pcre2_set_depth_limit(context, DEPTH_LIMIT);
        pcre2_set_heap_limit(context, HEAP_LIMIT_KIB);
        pcre2_set_callout(context, count_step, &steps);
        const char *bytes = subject.data ? subject.data : "";
        code = pcre2_match(compiled, (PCRE2_SPTR)bytes, subject.length, 0, 0, data, context);
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
        // An expression with \K in a lookahead may end before it begins.
        if (code >= 0 && ends[0] <= ends[1]) *found = (struct text){bytes + ends[0], ends[1] - ends[0]};
    }
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    return code;
}

static bool find(struct text pattern, struct text subject, bool *matches, struct text *found,
                 struct error *error) {
    *matches = false;
    pcre2_code *compiled = compile(pattern, error);
    if (!compiled) return false;
    int code = search(compiled, subject, found);
    pcre2_code_free(compiled);
    *matches = code >= 0;
    return code >= 0 || code == PCRE2_ERROR_NOMATCH || pcre_error(code, error);
}

bool pattern_match(struct text pattern, struct text subject, bool *matches, struct error *error) {
    struct text found;
    return find(pattern, subject, matches, &found, error);
}

bool pattern_find(struct text pattern, struct text subject, struct text *found, struct error *error) {
    bool matches;
    *found = TEXT_NULL;
    return find(pattern, subject, &matches, found, error);
}
